"""What is said of a group: for every group and edition, and where there is too little."""

from __future__ import annotations

import pytest

from adoption import tables
from adoption.countries.groups import Group, all_groups
from adoption.countries.inequality import dispersion, pillar_values
from adoption.sentences import inequality as say
from tests.conftest import bound, made
from tests.sentences.words import reads_well

GROUPS = all_groups(tables.read("states"), tables.read("memberships"))


@pytest.mark.parametrize("edition", [2020, 2024])
def test_every_group(edition: int) -> None:
    values = pillar_values(tables.read("capacity"), edition)
    for group in GROUPS.values():
        measured = dispersion(values, group.members)
        reads_well(
            [say.dispersion_sentence(measured, group)], [say.dispersion_title(measured, group)]
        )


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("AAA", "BBB"), "Two of its two members are known to have acted on the Pact; one of them "
         "has withdrawn."),
    ],
)  # fmt: skip
def test_one_that_withdrew_has_acted_and_is_named(codes: tuple[str, ...], says: str) -> None:
    rows = [bound(code, "2001-02-01") for code in codes]
    left = ("AAA", "withdrawal", "2001-03-01", "", "confirmed")
    group = Group("sea", "Sea", "organisation", frozenset({"AAA", "BBB"}))
    assert say.acted_sentence(made("2001-06-01", *rows, left, short_title="Pact"), group) == says


def test_too_few_states_to_compare() -> None:
    values = pillar_values(tables.read("capacity"), 2024)
    lonely = Group("palau", "Palau", "M49 region", frozenset({"PLW"}))
    measured = dispersion(values, lonely.members)
    assert say.dispersion_sentence(measured, lonely) == (
        "Too few states of Palau have a value to compare."
    )
