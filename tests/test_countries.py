"""States by the names that people use."""

from __future__ import annotations

import pytest

from adoption import tables
from adoption.countries.groups import find_country, spellings
from adoption.errors import AdoptionError


def test_every_state_is_found_by_its_code_and_its_name() -> None:
    states = tables.read("states")
    for iso3, name in zip(states["iso3"], states["name"], strict=True):
        assert find_country(iso3) == find_country(iso3.lower()) == iso3
        assert find_country(name) == find_country(name.upper()) == iso3


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("turkey", "TUR"),
        ("cote d ivoire", "CIV"),
        (" North Korea ", "PRK"),
        ("Iran (Islamic Republic of)", "IRN"),
    ],
)
def test_accents_punctuation_and_other_spellings(text: str, iso3: str) -> None:
    assert find_country(text) == iso3


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Quatar", "did you mean QAT (Qatar)?"),
        ("QTR", "did you mean QAT (Qatar)?"),
        ("", "there is nothing like it"),
    ],
)
def test_the_nearest_is_named(text: str, meant: str) -> None:
    with pytest.raises(AdoptionError, match=r"^--country: '.*' is neither an ISO3 code nor") as e:
        find_country(text, "--country")
    assert str(e.value).endswith(meant)


def test_a_spelling_stands_for_a_state_and_is_no_name_of_another() -> None:
    states = tables.read("states")
    names = dict(zip(states["name"], states["iso3"], strict=True))
    assert set(spellings().values()) <= set(states["iso3"])
    assert {names[text] for text in spellings() if text in names} == set()
