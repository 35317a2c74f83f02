"""States by the names that people use."""

from __future__ import annotations

import pytest

from adoption import tables
from adoption.countries.groups import find_country
from adoption.errors import AdoptionError


def test_every_state_is_found_by_its_code_and_its_name() -> None:
    states = tables.read("states")
    for iso3, name in zip(states["iso3"], states["name"], strict=True):
        assert find_country(iso3) == find_country(iso3.lower()) == iso3
        assert find_country(name) == find_country(name.upper()) == iso3


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
