"""The depositary's list before any other source: what is kept, and what stands beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.data.csvfile import AT
from adoption.data.dictionary import table
from adoption.data.merge import CONFLICT_COLUMNS, merge_lists
from tests.build.listing import PLACE, published, told
from tests.build.merging import DAY, LISTED, differences, merged, signed
from tests.conftest import Act, acts_of, bound


@pytest.mark.parametrize(
    ("record", "listed", "kept", "conflicts"),
    [
        pytest.param([], [], [], [], id="nothing"),
        pytest.param(
            [],
            ["AAA signature 2001-02-01", "EUE approval 2001-03-01"],
            [f"AAA signature 2001-02-01 {LISTED}", f"EUE approval 2001-03-01 {LISTED}"],
            [],
            id="only the list knows, the organisation too",
        ),
        pytest.param(
            [signed("2001-02-01")],
            ["AAA signature 2001-02-01"],
            [f"AAA signature 2001-02-01 {LISTED}"],
            [],
            id="both say the same",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01", "2001-02-28")],
            ["AAA ratification 2001-02-28"],
            [f"AAA ratification 2001-02-28 {LISTED}"],
            [],
            id="a window is closed at its last day",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01", "2001-02-28")],
            ["AAA ratification 2001-03-01"],
            [f"AAA ratification 2001-03-01 {LISTED}"],
            [("AAA", "consent", "day", "2001-03-01", "2001-02-01 to 2001-02-28", "confirmed")],
            id="a day after the window",
        ),
        pytest.param(
            [signed("2001-02-02", grade="reported")],
            ["AAA signature 2001-02-01"],
            [f"AAA signature 2001-02-01 {LISTED}"],
            [("AAA", "signature", "day", "2001-02-01", "2001-02-02", "reported")],
            id="another day",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["AAA acceptance 2001-02-01"],
            [f"AAA acceptance 2001-02-01 {LISTED}"],
            [("AAA", "consent", "act", "acceptance", "ratification", "confirmed")],
            id="another name of the consent",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01"), bound("AAA", "2001-02-03", act="acceptance")],
            ["AAA acceptance 2001-02-03"],
            [f"AAA acceptance 2001-02-03 {LISTED}"],
            [("AAA", "consent", "listed", "not listed", "ratification, 2001-02-01", "confirmed")],
            id="two consents where the list has one",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01"), bound("AAA", "2001-02-03", act="acceptance")],
            ["AAA approval 2001-02-03"],
            [f"AAA approval 2001-02-03 {LISTED}"],
            [
                ("AAA", "consent", "act", "approval", "acceptance", "confirmed"),
                ("AAA", "consent", "act", "approval", "ratification", "confirmed"),
                ("AAA", "consent", "day", "2001-02-03", "2001-02-01", "confirmed"),
            ],
            id="two consents where the list has a third",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01", "2001-12-31")],
            [],
            [],
            [
                (
                    "AAA",
                    "consent",
                    "listed",
                    "not listed",
                    "ratification, 2001-02-01 to 2001-12-31",
                    "confirmed",
                )
            ],
            id="not in the complete list",
        ),
        pytest.param(
            [bound("AAA", "2002-01-02")],
            [],
            ["AAA ratification 2002-01-02 confirmed us"],
            [],
            id="later than the list",
        ),
        pytest.param(
            [bound("AAA", "2002-01-01")],
            [],
            ["AAA ratification 2002-01-01 confirmed us"],
            [],
            id="on the day of the list, perhaps after it was fetched",
        ),
        pytest.param(
            [bound("AAA", "2001-06-01", "2002-06-30")],
            [],
            ["AAA ratification 2002-01-02..2002-06-30 confirmed us"],
            [],
            id="a window that reaches beyond the list begins after it",
        ),
        pytest.param(
            [bound("AAA", "2001-06-01", DAY)],
            [],
            [],
            [
                (
                    "AAA",
                    "consent",
                    "listed",
                    "not listed",
                    "ratification, 2001-06-01 to 2002-01-01",
                    "confirmed",
                )
            ],
            id="a window that ends with the day of the list",
        ),
        pytest.param(
            [("AAA", "confirmation of signature", DAY, "", "reported")],
            ["AAA signature 2001-02-01"],
            [
                f"AAA signature 2001-02-01 {LISTED}",
                "AAA confirmation of signature 2002-01-01 reported us",
            ],
            [],
            id="an act of the day of the list is another than the listed one",
        ),
        pytest.param(
            [bound("AAA", "2002-02-01", "2002-06-30")],
            [],
            ["AAA ratification 2002-02-01..2002-06-30 confirmed us"],
            [],
            id="a window after the list is as it was",
        ),
        pytest.param(
            [
                signed("2001-02-01"),
                ("AAA", "confirmation of signature", "2002-02-01", "", "reported"),
            ],
            ["AAA signature 2001-02-01"],
            [
                f"AAA signature 2001-02-01 {LISTED}",
                "AAA confirmation of signature 2002-02-01 reported us",
            ],
            [],
            id="a further act after the list",
        ),
        pytest.param(
            [
                signed("2001-02-01"),
                ("AAA", "succession to signature", "2001-03-01", "", "confirmed"),
            ],
            ["AAA signature 2001-02-01", "AAA succession to signature 2001-03-01"],
            [
                f"AAA signature 2001-02-01 {LISTED}",
                f"AAA succession to signature 2001-03-01 {LISTED}",
            ],
            [],
            id="a signature and a succession to it",
        ),
        pytest.param(
            [signed("2001-03-01")],
            ["AAA signature 2001-02-01", "AAA succession to signature 2001-03-01"],
            [
                f"AAA signature 2001-02-01 {LISTED}",
                f"AAA succession to signature 2001-03-01 {LISTED}",
            ],
            [("AAA", "signature", "day", "2001-02-01", "2001-03-01", "confirmed")],
            id="the act of the same name answers, not the one of the same day",
        ),
        pytest.param(
            [("AAA", "succession to signature", "2001-03-01", "", "confirmed")],
            ["AAA signature 2001-02-01", "AAA confirmation of signature 2001-03-01"],
            [
                f"AAA signature 2001-02-01 {LISTED}",
                f"AAA confirmation of signature 2001-03-01 {LISTED}",
            ],
            [
                (
                    "AAA",
                    "signature",
                    "act",
                    "confirmation of signature",
                    "succession to signature",
                    "confirmed",
                )
            ],
            id="of two of other names the one of the same day answers",
        ),
        pytest.param(
            [("AAA", "definitive signature", "2001-02-01", "", "confirmed")],
            ["AAA definitive signature 2001-02-01", "BBB signature 2001-02-01"],
            [
                f"AAA definitive signature 2001-02-01 {LISTED}",
                f"BBB signature 2001-02-01 {LISTED}",
            ],
            [],
            id="a definitive signature is a consent",
        ),
    ],
)
def test_list_and_record(
    record: list[Act],
    listed: list[str],
    kept: list[str],
    conflicts: list[tuple[str, ...]],
) -> None:
    acts, found = merged(record, *listed)
    assert told(acts) == kept
    assert differences(found) == conflicts
    assert set(found["kept_source"]) <= {"untc-atlantis"}
    assert set(found["other_source"]) <= {"us"}
    dated = acts[acts["source"] == "untc-atlantis"]
    assert (dated["date"] == dated["earliest"]).all()
    assert (dated["date"] == dated["latest"]).all()
    assert not dated["open_ended"].any()


def test_an_open_end_is_closed_and_what_was_known_too_early_is_told() -> None:
    record = acts_of([bound("AAA", "2001-02-01", "2001-12-24"), bound("BBB", "2001-02-01", DAY)])
    record["open_ended"] = True
    lists = [published("2002-06-01", "AAA ratification 2001-05-05", "BBB ratification 2002-03-01")]
    acts, conflicts = merge_lists(record, lists)
    assert told(acts) == [f"AAA ratification 2001-05-05 {LISTED}",
                          f"BBB ratification 2002-03-01 {LISTED}"]  # fmt: skip
    assert not acts["open_ended"].any()
    (row,) = conflicts.to_dict("records")  # it was known on the day when the record was compiled
    assert (row["iso3"], row["kept"], row["other"]) == (
        "BBB", "2002-03-01", f"2001-02-01 to {DAY}",
    )  # fmt: skip


def test_other_conventions_are_as_they_were() -> None:
    mu = acts_of([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01", "2001-03-01")], "mu")
    acts = pd.concat([acts_of([signed("2001-02-01")]), mu], ignore_index=True)
    before = acts.copy()
    found, conflicts = merge_lists(acts, [published(DAY)])
    own = found["convention"] == "mu"
    pd.testing.assert_frame_equal(found[own].reset_index(drop=True), mu)
    assert list(found["convention"]) == ["mu", "mu"]
    assert list(conflicts["convention"]) == ["atlantis"]
    pd.testing.assert_frame_equal(acts, before)


def test_without_a_list_nothing_changes() -> None:
    acts = acts_of([signed("2001-02-01")])
    found, conflicts = merge_lists(acts, [])
    pd.testing.assert_frame_equal(found, acts)
    assert conflicts.empty
    assert list(conflicts.columns) == list(CONFLICT_COLUMNS)
    assert list(CONFLICT_COLUMNS) == [column.name for column in table("conflicts").columns]


def test_an_act_says_in_which_file_it_stands() -> None:
    acts = acts_of([signed("2001-02-01")]).assign(**{AT: "data/raw/x.csv: row 2"})
    found, _ = merge_lists(acts, [published(DAY, "BBB signature 2001-02-01")])
    assert list(found[AT]) == [PLACE]
    later, _ = merge_lists(acts, [published("2001-01-31", "BBB signature 2001-01-31")])
    assert set(later[AT]) == {"data/raw/x.csv: row 2", PLACE}


@pytest.mark.parametrize("record", [[], [signed("2001-02-01"), bound("BBB", "2001-02-01")]])
def test_merging_twice_changes_no_more(record: list[Act]) -> None:
    lists = [published(DAY, "AAA signature 2001-02-02", "CCC accession 2001-02-01")]
    once, _ = merge_lists(acts_of(record), lists)
    twice, conflicts = merge_lists(once, lists)
    assert told(twice) == told(once)
    assert conflicts.empty


def test_a_list_that_was_found_unchanged_says_so_of_what_came_since() -> None:
    """Else it would be complete to a day, and lack what was done before."""
    record = [
        signed("2002-02-01", grade="reported"),
        bound("BBB", "2002-02-28", "2002-04-30"),
        bound("DDD", "2002-03-01"),
    ]
    listed = published(DAY, "CCC signature 2001-02-01", until="2002-03-01")
    acts, conflicts = merge_lists(acts_of(record), [listed])
    assert told(acts) == [
        "BBB ratification 2002-03-02..2002-04-30 confirmed us",
        f"CCC signature 2001-02-01 {LISTED}",
        "DDD ratification 2002-03-01 confirmed us",
    ]
    assert differences(conflicts) == [
        ("AAA", "signature", "listed", "not listed", "signature, 2002-02-01", "reported")
    ]
