"""Which name a merged act has, and what its note keeps of other sources."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.data.merge import merge_lists
from adoption.data.readers.publishers import Reader
from tests.build.listing import published, told
from tests.build.merging import DAY, LISTED, differences, merged, signed
from tests.conftest import Act, acts_of, bound


@pytest.mark.parametrize(
    ("reader", "ours", "listed", "kept", "conflicts"),
    [
        ("coe", "acceptance", "ratification", "acceptance", 0),
        ("coe", "approval", "ratification", "approval", 0),
        ("coe", "accession", "ratification", "ratification", 1),
        ("coe", "acceptance", "accession", "accession", 1),
        ("coe-service", "definitive signature", "ratification", "definitive signature", 0),
        ("coe-service", "succession", "accession", "succession", 0),
        ("coe-service", "ratification", "accession", "accession", 1),
        ("untc", "acceptance", "ratification", "ratification", 1),
    ],
)
def test_a_list_that_does_not_tell_acts_apart_leaves_their_names(
    reader: Reader, ours: str, listed: str, kept: str, conflicts: int
) -> None:
    record = [bound("AAA", "2001-02-01", act=ours)]
    acts, found = merged(record, f"AAA {listed} 2001-02-01", reader=reader)
    assert told(acts) == [f"AAA {kept} 2001-02-01 {LISTED}"]
    assert len(found) == conflicts


def test_two_names_for_one_listed_act_give_its_own_if_that_is_among_them() -> None:
    record = [
        bound("AAA", "2001-02-03", act="acceptance"),
        bound("AAA", "2001-02-03"),
        bound("BBB", "2001-02-03", act="approval"),
        bound("BBB", "2001-02-03", act="acceptance"),
    ]
    listed = ["AAA ratification 2001-02-01", "BBB ratification 2001-02-01"]
    acts, conflicts = merged(record, *listed, reader="coe")
    assert [line.split()[1] for line in told(acts)] == ["ratification", "acceptance"]
    days = [("consent", "day", "2001-02-01", "2001-02-03")]
    assert [row[1:5] for row in differences(conflicts)] == days * 2, "said twice, told once"


@pytest.mark.parametrize(
    ("record", "listed", "note"),
    [
        ([signed("2001-02-01")], [], "also in us"),
        ([signed("2001-02-01", grade="reported")], [], "reported before by us"),
        ([signed("2001-02-01", grade="inferred")], [], "inferred before by us"),
        ([signed("2001-02-03")], [], "confirmed before by us"),
        ([], [], None),
        ([], ["[AAA signature 2001-01-31]"], "signature of 2001-01-31 in brackets in the list"),
    ],
)
def test_the_note_says_who_else_has_it(
    record: list[Act], listed: list[str], note: str | None
) -> None:
    acts, _ = merged(record, "AAA signature 2001-02-01", *listed)
    found = acts["note"].iloc[0]
    assert found == note if note else pd.isna(found)


def test_notes_are_kept_behind_their_source() -> None:
    record = acts_of([signed("2001-02-01"), signed("2001-02-01", grade="reported", iso3="BBB")])
    record["note"] = ["seen twice", "no second source"]
    record["source"] = ["us;them", "them;untc-atlantis"]
    listed = published(DAY, "AAA signature 2001-02-01", "BBB signature 2001-02-01")
    acts, _ = merge_lists(record, [listed])
    assert list(acts.sort_values("iso3")["note"]) == [
        "also in us, them: seen twice",
        "reported before by them: no second source",
    ]
    record["source"] = "untc-atlantis"
    acts, _ = merge_lists(record, [listed])
    assert list(acts.sort_values("iso3")["note"]) == ["seen twice", "no second source"]
