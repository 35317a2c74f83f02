"""What is said of a group: for every group and edition, and where there is too little."""

from __future__ import annotations

import re
from datetime import date

import pytest

from adoption import tables
from adoption.countries.dispersion import dispersion, pillar_values, spread_between
from adoption.countries.groups import Group, all_groups
from adoption.law.status import load_status
from adoption.sentences import inequality as say
from tests.conftest import bound, made

GROUPS = all_groups(tables.read("states"), tables.read("memberships"))
FAULTS = r"\bnan\b|None|NaT|  |\.\.|\bno of\b|\bthe the\b"


@pytest.mark.parametrize("edition", [2020, 2024])
def test_every_group(edition: int) -> None:
    values = pillar_values(tables.read("capacity"), edition)
    gulf = GROUPS["gcc"]
    for group in GROUPS.values():
        measured = dispersion(values, group.members)
        split = spread_between(values, group.members, gulf.members)
        texts = [
            say.dispersion_sentence(measured, group),
            say.split_sentence(split, group, gulf),
        ]
        for text in [*texts, say.dispersion_title(measured, group)]:
            assert not re.search(FAULTS, text), text
        assert all(text.endswith(".") for text in texts)


def test_the_arab_league() -> None:
    values = pillar_values(tables.read("capacity"), 2024)
    group, gulf = GROUPS["league-of-arab-states"], GROUPS["gcc"]
    text = say.dispersion_sentence(dispersion(values, group.members), group)
    assert text.startswith("The League of Arab States is most unequal in the capacity development")
    split = say.split_sentence(spread_between(values, group.members, gulf.members), group, gulf)
    assert split.startswith("The GCC has the higher median in five of five pillars.")


def test_who_has_acted_is_a_hand_count() -> None:
    acts = tables.read("acts")
    acts = acts[(acts["convention"] == "hanoi") & (acts["latest"] <= "2025-10-26")]
    group = GROUPS["league-of-arab-states"]
    count = acts.loc[acts["iso3"].isin(group.members), "iso3"].nunique()
    text = say.acted_sentence(load_status("hanoi", date(2025, 10, 26)), group)
    assert count == 8
    assert text.startswith("Eight of its 22 members are known to have acted")


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("AAA",), "One of its two members is known to have acted on the Pact; it has withdrawn."),
        (("AAA", "BBB"), "Two of its two members are known to have acted on the Pact; one of them "
         "has withdrawn."),
    ],
)  # fmt: skip
def test_one_that_withdrew_has_acted_and_is_named(codes: tuple[str, ...], says: str) -> None:
    rows = [bound(code, "2001-02-01") for code in codes]
    left = ("AAA", "withdrawal", "2001-03-01", "", "confirmed")
    group = Group("sea", "Sea", "organisation", frozenset({"AAA", "BBB"}))
    assert say.acted_sentence(made("2001-06-01", *rows, left, short_title="Pact"), group) == says


def test_a_part_must_be_a_part() -> None:
    values = pillar_values(tables.read("capacity"), 2024)
    gulf, union = GROUPS["gcc"], GROUPS["eu"]
    for group, says in ((union, "No state of the GCC is a member of the EU"),
                        (gulf, "Every member of the GCC is one of the GCC")):  # fmt: skip
        split = spread_between(values, group.members, gulf.members)
        assert split.empty
        assert say.split_sentence(split, group, gulf) == f"{says}: no part is set apart."


def test_too_few_states_to_compare() -> None:
    values = pillar_values(tables.read("capacity"), 2024)
    lonely = Group("palau", "Palau", "M49 region", frozenset({"PLW"}))
    measured = dispersion(values, lonely.members)
    assert say.dispersion_sentence(measured, lonely) == (
        "Too few states of Palau have a value to compare."
    )
    pair = Group("pair", "Pair", "organisation", frozenset({"PLW", "NIU"}))
    split = spread_between(values, pair.members, lonely.members)
    assert say.split_sentence(split, pair, lonely).startswith("Too few states of Palau")
