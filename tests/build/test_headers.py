"""What the header of a depositary's list says, against its rows and against its acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest

from adoption.ingest import list_guards
from adoption.ingest.lists import PublishedList
from adoption.tables.write import conform
from tests.build.listing import lines_of, published
from tests.conftest import Act, acts_of, bound, made_up, states_of

FIRST, SECOND = "2002-01-01", "2002-02-01"
THREE = [bound(iso3, "2001-02-01") for iso3 in ("AAA", "BBB", "CCC")]  # in force 90 days later
BY_RULE = (
    "in-force-by-rule-only: entry into force: header: not yet in force, by the rule 2001-05-02"
)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ({"signatories": 3}, ["signatories: header 3, counted 2"]),
        (
            {"signatories": 1, "parties": 2},
            ["signatories: header 1, counted 2", "parties: header 2, counted 1"],
        ),
    ],
)
def test_totals_of_the_header(header: dict[str, Any], found: list[str]) -> None:
    one = published(
        FIRST,
        "AAA signature 2001-02-01",
        "AAA confirmation of signature 2001-03-01",
        "EUE succession to signature 2001-02-01",
        "[BBB signature 2001-02-01]",
        "AAA accession 2001-05-02",
        "[BBB accession 2001-05-01]",
        **header,
    )
    assert lines_of(list_guards.recount_differs(one)) == [
        f"list-total-differs: {line}" for line in found
    ]


def not_in_force(
    one: PublishedList, *acts: Act, members: Sequence[str] = (), **rules: object
) -> list[str]:
    """Return what is found of a list; `members` are those of an organisation."""
    belongs = pd.DataFrame({"iso3": list(members)}).assign(organisation="Atlantic Council")
    tables = {
        "acts": acts_of(acts),
        "states": states_of(["AAA", "BBB", "CCC", "DDD"]),
        "memberships": conform("memberships", belongs.assign(source="us")),
        "entries_into_force": pd.DataFrame(columns=["convention", "iso3", "date"]),
    }
    return lines_of(list_guards.still_not_in_force([one], tables, {"atlantis": made_up(**rules)}))


@pytest.mark.parametrize(
    ("day", "said", "found"),
    [
        ("2001-05-01", True, False),
        ("2001-05-02", True, True),
        ("2002-01-01", False, False),
    ],
)
def test_in_force_by_the_acts_and_not_by_the_header(day: str, said: bool, found: bool) -> None:
    one = published(day, not_in_force=said)
    assert not_in_force(one, *THREE) == ([BY_RULE] if found else [])


def test_nothing_is_said_of_an_entry_into_force_that_is_not_certain() -> None:
    one = published("2002-01-01", not_in_force=True)
    assert not_in_force(one, *THREE[:2]) == []
    unsure = [*THREE[:2], bound("CCC", "2001-02-01", "2001-12-31")]
    assert not_in_force(one, *unsure) == []
    later = published("2002-04-01", not_in_force=True)
    assert not_in_force(later, *unsure) == [f"{BY_RULE}..2002-03-31"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Atlantis Convention", []),
        ("ATLANTIS CONVENTION; and what belongs to it", []),
        ("Convention of Lemuria", ["list-title-differs: title: printed 'Convention of"]),
    ],
)
def test_a_title_that_nobody_knows(title: str, found: list[str]) -> None:
    one = published("2002-01-01", title=title)
    convention = made_up(title="Atlantis Convention", short_title="Atlantis Convention")
    violations = lines_of(list_guards.titles_differ([one], {"atlantis": convention}))
    assert [line[: len(start)] for line, start in zip(violations, found, strict=True)] == found


@pytest.mark.parametrize(("members", "found"), [(["AAA", "DDD"], []), (["AAA", "BBB"], [BY_RULE])])
def test_a_minimum_of_members_is_part_of_the_rule(members: list[str], found: list[str]) -> None:
    one = published("2002-01-01", not_in_force=True)
    rule = {"organisation": "Atlantic Council", "instruments": 2}
    assert not_in_force(one, *THREE, members=members, special=rule) == found
