"""The depositary's list before any other source: what is kept, and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.core.acts import WITHDRAWAL, kind_of_act
from adoption.core.vocabulary import GRADES
from adoption.ingest.merge import merge_lists
from adoption.tables.csvfile import AT
from adoption.tables.write import conform
from tests.build.listing import PLACE, act_lines, published
from tests.conftest import Act, acts_of, bound

DAY = "2002-01-01"  # of the lists
LISTED = "confirmed untc-atlantis"
SIGNED = f"AAA signature 2001-02-01 {LISTED}"


def signed(day: str, latest: str = "", grade: str = "confirmed", iso3: str = "AAA") -> Act:
    return iso3, "signature", day, latest, grade


def merged(record: Sequence[Act], *acts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables `acts` and `conflicts` of a record and a list."""
    found, conflicts = merge_lists(acts_of(record), [published(DAY, *acts)])
    return conform("acts", found), conform("conflicts", conflicts)


def differences(conflicts: pd.DataFrame) -> list[str]:
    """Return who, which act, on what, what is kept, the other and its grade."""
    columns = ["iso3", "kind", "about", "kept", "other", "other_grade"]
    return [" | ".join(row) for row in conflicts[columns].itertuples(index=False, name=None)]


@pytest.mark.parametrize(
    ("record", "listed", "kept", "conflicts"),
    [
        pytest.param(
            [],
            ["AAA signature 2001-02-01", "EUE approval 2001-03-01"],
            [SIGNED, f"EUE approval 2001-03-01 {LISTED}"],
            [],
            id="only the list knows, the organisation too",
        ),
        pytest.param(
            [signed("2001-02-01")],
            ["AAA signature 2001-02-01"],
            [SIGNED],
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
            ["AAA | consent | day | 2001-03-01 | 2001-02-01 to 2001-02-28 | confirmed"],
            id="a day after the window",
        ),
        pytest.param(
            [signed("2001-02-02", grade="reported")],
            ["AAA signature 2001-02-01"],
            [SIGNED],
            ["AAA | signature | day | 2001-02-01 | 2001-02-02 | reported"],
            id="another day",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["AAA acceptance 2001-02-01"],
            [f"AAA acceptance 2001-02-01 {LISTED}"],
            ["AAA | consent | act | acceptance | ratification | confirmed"],
            id="another name of the consent",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01", "2001-12-31")],
            [],
            ["AAA ratification 2001-02-01..2001-12-31 reported us"],
            [
                "AAA | consent | listed | not listed | "
                "ratification, 2001-02-01 to 2001-12-31 | confirmed"
            ],
            id="not in the complete list: a report from then on",
        ),
        pytest.param(
            [bound("AAA", DAY)],
            [],
            [f"AAA ratification {DAY} confirmed us"],
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
            [signed("2001-03-01")],
            ["AAA signature 2001-02-01", "AAA confirmation of signature 2001-03-01"],
            [SIGNED, f"AAA confirmation of signature 2001-03-01 {LISTED}"],
            ["AAA | signature | day | 2001-02-01 | 2001-03-01 | confirmed"],
            id="the act of the same name answers, not the one of the same day",
        ),
        pytest.param(
            [signed("2001-02-01")],
            ["[AAA signature 2001-02-01]"],
            [],
            [
                "AAA | signature | listed | signature of 2001-02-01 in brackets | "
                "signature, 2001-02-01 | confirmed"
            ],
            id="a signature in brackets is none",
        ),
        pytest.param(
            [],
            ["[AAA accession 2001-02-01]"],
            [],
            [],
            id="a consent in brackets without a withdrawal is none",
        ),
        pytest.param(
            [("AAA", "withdrawal", "2003-01-01", "", "confirmed")],
            ["[AAA accession 2001-02-01]"],
            [f"AAA accession 2001-02-01 {LISTED}", "AAA withdrawal 2003-01-01 confirmed us"],
            [],
            id="a consent that a withdrawal ended, or will end, was done",
        ),
    ],
)
def test_list_and_record(
    record: list[Act], listed: list[str], kept: list[str], conflicts: list[str]
) -> None:
    acts, found = merged(record, *listed)
    assert act_lines(acts) == kept
    assert differences(found) == conflicts
    dated = acts[acts["source"] == "untc-atlantis"]
    assert (dated["date"] == dated["earliest"]).all()
    assert (dated["date"] == dated["latest"]).all()


def test_other_conventions_and_what_is_given_are_as_they_were() -> None:
    mu = acts_of([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01", "2001-03-01")], "mu")
    acts = pd.concat([acts_of([signed("2001-02-01")]), mu], ignore_index=True)
    before = acts.copy()
    found, conflicts = merge_lists(acts, [published(DAY)])
    own = found["convention"] == "atlantis"
    pd.testing.assert_frame_equal(found[~own].reset_index(drop=True), mu)
    assert act_lines(found[own]) == ["AAA signature 2001-02-01 reported us"]
    assert list(conflicts["convention"]) == ["atlantis"]
    pd.testing.assert_frame_equal(acts, before)
    found, conflicts = merge_lists(acts, [])
    pd.testing.assert_frame_equal(found, acts)
    assert conflicts.empty


def test_an_act_says_in_which_file_it_stands() -> None:
    acts = acts_of([signed("2001-02-01")]).assign(**{AT: "data/raw/x.csv: row 2"})
    later, _ = merge_lists(acts, [published("2001-01-31", "BBB signature 2001-01-31")])
    assert set(later[AT]) == {"data/raw/x.csv: row 2", PLACE}


def test_a_list_that_was_found_unchanged_says_so_of_what_came_since() -> None:
    """Else it would be complete to a day, and lack what was done before."""
    record = [
        signed("2002-02-01", grade="reported"),
        bound("BBB", "2002-02-28", "2002-04-30"),
        bound("DDD", "2002-03-01"),
    ]
    listed = published(DAY, "CCC signature 2001-02-01", until="2002-03-01")
    acts, conflicts = merge_lists(acts_of(record), [listed])
    assert act_lines(acts) == [
        "AAA signature 2002-02-01 reported us",
        "BBB ratification 2002-03-02..2002-04-30 confirmed us",
        f"CCC signature 2001-02-01 {LISTED}",
        "DDD ratification 2002-03-01 confirmed us",
    ]
    assert differences(conflicts) == [
        "AAA | signature | listed | not listed | signature, 2002-02-01 | reported"
    ]


@pytest.mark.parametrize(
    ("record", "source", "note"),
    [
        (signed("2001-02-01"), "us;them", "also in us, them: seen"),
        (signed("2001-02-01", grade="reported"), "us;untc-atlantis", "reported before by us: seen"),
        (signed("2001-02-03"), "us", "confirmed before by us: seen"),
        (signed("2001-02-01"), "untc-atlantis", ""),  # accepted alone: its list is used now
    ],
)
def test_the_note_says_who_else_has_it(record: Act, source: str, note: str) -> None:
    acts = acts_of([record]).assign(note="seen", source=source)
    found, _ = merge_lists(acts, [published(DAY, "AAA signature 2001-02-01")])
    assert list(found["note"]) == [note]


@pytest.mark.parametrize(
    ("grade", "note"),
    [
        ("confirmed", "confirmed before; not in the depositary's list: seen"),
        ("reported", "not in the depositary's list: seen"),
    ],
)
def test_the_note_of_an_absent_act_says_what_it_was(grade: str, note: str) -> None:
    acts = acts_of([signed("2001-02-01", grade=grade)]).assign(note="seen")
    found, _ = merge_lists(acts, [published(DAY)])
    assert found[["grade", "note"]].to_numpy().tolist() == [["reported", note]]


DAYS = st.dates(date(2001, 12, 20), date(2002, 1, 12))
SIGNATURES = ("signature", "confirmation of signature")
CONSENTS = ("ratification", "accession")
WHO = st.sampled_from(["AAA", "BBB"])


@st.composite
def records(draw: st.DrawFn) -> list[Act]:
    keys = st.tuples(WHO, st.sampled_from([*SIGNATURES, *CONSENTS, WITHDRAWAL]))
    rows = []
    for iso3, word in draw(st.lists(keys, unique=True, max_size=6)):
        first, last = sorted([draw(DAYS), draw(DAYS)])
        latest = "" if draw(st.booleans()) else last.isoformat()
        rows.append((iso3, word, first.isoformat(), latest, draw(st.sampled_from(GRADES))))
    return rows


@st.composite
def listings(draw: st.DrawFn) -> list[str]:
    consents = {iso3: draw(st.sampled_from(CONSENTS)) for iso3 in ("AAA", "BBB")}
    keys = st.tuples(WHO, st.sampled_from([*SIGNATURES, "consent"]))
    acts = []
    for iso3, word in draw(st.lists(keys, unique=True, max_size=6)):
        text = f"{iso3} {consents[iso3] if word == 'consent' else word} {draw(DAYS)}"
        acts.append(f"[{text}]" if draw(st.booleans()) else text)
    return acts


@pytest.mark.slow
@given(records(), listings())
def test_no_act_is_lost_or_made_up(record: list[Act], listed: list[str]) -> None:
    before = acts_of(record)
    acts, conflicts = merged(record, *listed)  # each key once: they conform
    mine = acts[acts["source"] == "us"]
    ours = set(zip(before["iso3"], before["act"], strict=True))
    assert set(zip(mine["iso3"], mine["act"], strict=True)) <= ours
    for row in acts[acts["source"] == "untc-atlantis"].to_dict("records"):
        day = f"{row['date']:%Y-%m-%d}"
        assert any(row["iso3"] in text and day in text for text in listed)
    for text in listed:
        iso3, *_, day = text.strip("[]").split()
        own = acts[(acts["iso3"] == iso3) & (acts["date"] == day) & (acts["grade"] == "confirmed")]
        assert text.startswith("[") or (own["source"] == "untc-atlantis").any(), text
    in_conflict = set(zip(conflicts["iso3"], conflicts["kind"], strict=True))
    for row in before.to_dict("records"):
        kind = kind_of_act(row["act"])
        listed_of = [text for text in listed if text.strip("[]").startswith(row["iso3"])]
        if not listed_of:
            assert ((acts["iso3"] == row["iso3"]) & (acts["act"] == row["act"])).any()
        if (row["iso3"], kind) not in in_conflict:
            kept = acts[(acts["iso3"] == row["iso3"]) & (acts["act"].map(kind_of_act) == kind)]
            assert ((kept["earliest"] >= row["earliest"]) & (kept["latest"] <= row["latest"])).any()
