"""Choices: what is allowed, and the one line for what is not."""

from __future__ import annotations

import pytest

from adoption.choices import country_code, one_of
from adoption.errors import AdoptionError


def test_one_of_some() -> None:
    assert one_of("index", "EGDI", ("GCI", "EGDI")) == "EGDI"
    with pytest.raises(AdoptionError) as caught:
        one_of("component", "legl", ["legal", "overall"], "of the GCI")
    assert str(caught.value) == (
        "component: there is no 'legl' of the GCI; did you mean legal? (all: legal, overall)"
    )


@pytest.mark.parametrize(
    ("text", "meant"), [("QTR", "QAT (Qatar)"), ("Viet nam", "VNM (Viet Nam)"), ("qat", "QAT")]
)
def test_a_country_is_a_code_and_the_nearest_is_named(text: str, meant: str) -> None:
    with pytest.raises(AdoptionError, match=r"is not an ISO3 code") as caught:
        country_code(text)
    assert f"did you mean {meant}" in str(caught.value)
