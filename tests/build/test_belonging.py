"""Whose list a file is: by the number or the title that it prints."""

from __future__ import annotations

import pytest

from adoption.core.errors import AdoptionError
from adoption.ingest.lists import ALIKE, check_belonging, title_likeness
from adoption.law.conventions import load_conventions
from adoption.tables import read
from tests.build.listing import PLACE, treaty

REGISTRY = load_conventions()
LONGER = (
    "United Nations Convention against Cybercrime; Strengthening International Cooperation for "
    "Combating Certain Crimes Committed by Means of Information and Communications Technology "
    "Systems and for the Sharing of Evidence in Electronic Form of Serious Crimes"
)


def test_the_depositarys_own_titles_are_those_of_the_registry() -> None:
    """As public copies of the lists of 2018 have them."""
    titles = read("base_treaties").set_index("treaty")["title"]
    seen = 0
    for own in REGISTRY.values():
        number = own.reference.removeprefix("UNTC ")
        if number in titles.index:
            assert title_likeness(titles[number], own) >= ALIKE
            seen += 1
    assert seen >= 5


@pytest.mark.parametrize(
    ("whose", "header", "problem"),
    [
        ("hanoi", {"title": LONGER}, ""),
        ("hanoi", {"title": LONGER, "number": "XVIII-16"}, ""),
        (
            "hanoi",
            {"title": LONGER, "number": "XVIII-15"},
            "is of treaty XVIII-15; allowed: the list of hanoi, treaty XVIII-16",
        ),
        (
            "nagoya-kuala-lumpur",
            {"number": "XXVII-8-b"},
            "is of treaty XXVII-8-b; allowed: the list of nagoya-kuala-lumpur, treaty XXVII-8-c",
        ),
    ],
)
def test_the_list_of_another_treaty_is_refused(
    whose: str, header: dict[str, str], problem: str
) -> None:
    said = treaty(**header)
    if not problem:
        check_belonging(said, REGISTRY[whose], PLACE)
        return
    with pytest.raises(AdoptionError) as caught:
        check_belonging(said, REGISTRY[whose], PLACE)
    assert str(caught.value) == f"{PLACE}: {problem}"
