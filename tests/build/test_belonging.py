"""Whose list a file is: by the number or the title that it prints."""

from __future__ import annotations

import pytest

from adoption.data.belonging import check_belonging, likeness, nearest_title
from adoption.data.readers.publishers import Reader, Source, read_publishers
from adoption.errors import AdoptionError
from adoption.law.conventions import load_conventions
from adoption.paths import reference_folder
from adoption.tables import read
from tests.build.listing import PLACE, treaty
from tests.conftest import made_up

REGISTRY = load_conventions()
LONGER = (
    "United Nations Convention against Cybercrime; Strengthening International Cooperation for "
    "Combating Certain Crimes Committed by Means of Information and Communications Technology "
    "Systems and for the Sharing of Evidence in Electronic Form of Serious Crimes"
)
LISTED = [
    source
    for source in read_publishers(reference_folder() / "publishers.toml", REGISTRY).sources.values()
    if source.is_list
]


@pytest.mark.parametrize(
    ("title", "whose"),
    [
        ("United Nations Convention against Cybercrime", "hanoi"),
        ("UNITED NATIONS CONVENTION AGAINST CYBERCRIME", "hanoi"),
        ("UN Convention against Cybercrime", "hanoi"),
        (LONGER, "hanoi"),
        (f"16. {LONGER}", "hanoi"),
        ("United Nations Convention against Corruption", "uncac"),
        ("United Nations Convention Against Transnational Organised Crime", "untoc"),
        ("Terrorist Financing Convention", "terrorist-financing"),
        (f"{REGISTRY['rotterdam'].title}. Rotterdam, 10 September 1998", "rotterdam"),
        ("Nagoya \N{EN DASH} Kuala Lumpur Supplementary Protocol", "nagoya-kuala-lumpur"),
        ("Second Additional Protocol to the Convention on Cybercrime", "budapest-2ap"),
    ],
)
def test_the_title_says_whose_list_it_is(title: str, whose: str) -> None:
    for own in REGISTRY.values():
        assert nearest_title(title, own, REGISTRY).convention == whose


def test_the_depositarys_own_titles_are_those_of_the_registry() -> None:
    """As public copies of the lists of 2018 have them."""
    titles = read("base_treaties").set_index("treaty")["title"]
    seen = 0
    for own in REGISTRY.values():
        number = own.reference.removeprefix("UNTC ")
        if number in titles.index:
            assert nearest_title(titles[number], own, REGISTRY) is own
            seen += 1
    assert seen >= 5


@pytest.mark.parametrize("title", ["Title", "", "x " * 100_000])
def test_any_title_is_that_of_the_only_convention(title: str) -> None:
    own = made_up()
    assert nearest_title(title, own, {"atlantis": own}) is own


def test_a_convention_of_the_same_title_is_no_other_one() -> None:
    own, other = made_up(), made_up(convention="mu")
    assert nearest_title(own.title, own, {"mu": other, "atlantis": own}) is own
    assert likeness(own.title, own) == likeness(own.title, other) == 1


@pytest.mark.parametrize(
    ("whose", "reader", "header", "problem"),
    [
        ("hanoi", "untc", {"title": LONGER}, ""),
        ("hanoi", "untc", {"title": "Rotterdam Convention on Chemicals"},
         "its title is 'Rotterdam Convention on Chemicals', that of rotterdam; allowed: the list "
         "of hanoi"),
        ("rotterdam", "untc", {"title": "Rotterdam Convention on Chemicals"}, ""),
        ("budapest", "coe", {"number": "185"}, ""),
        ("budapest", "coe", {"number": "0185"}, ""),
        ("budapest", "coe", {"number": "185", "title": "Rotterdam Convention on Chemicals"}, ""),
        ("budapest", "coe", {"number": ""}, ""),
        ("budapest-2ap", "coe", {"number": "185"},
         "is of treaty 185; allowed: the list of budapest-2ap, treaty 224"),
        ("budapest", "coe-service", {"number": "224", "title": "Treaty 224"},
         "is of treaty 224; allowed: the list of budapest, treaty 185"),
        ("malabo", "coe", {"number": "185"}, ""),
    ],
)  # fmt: skip
def test_the_list_of_another_treaty_is_refused(
    whose: str, reader: Reader, header: dict[str, str], problem: str
) -> None:
    said = treaty(**header)
    if not problem:
        check_belonging(said, reader, REGISTRY[whose], REGISTRY, PLACE)
        return
    with pytest.raises(AdoptionError) as caught:
        check_belonging(said, reader, REGISTRY[whose], REGISTRY, PLACE)
    assert str(caught.value) == f"{PLACE}: {problem}"


@pytest.mark.parametrize(
    "source", [s for s in LISTED if s.reader != "untc"], ids=lambda s: s.source
)
def test_the_number_of_every_chart_is_known(source: Source) -> None:
    own = REGISTRY[str(source.convention)]
    with pytest.raises(AdoptionError, match=r"is of treaty 9999; allowed: "):
        check_belonging(treaty(number="9999"), source.reader, own, REGISTRY, PLACE)
