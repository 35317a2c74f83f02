"""Choices: what is allowed, and the one line for what is not."""

from __future__ import annotations

import pytest

from adoption.choices import one_of
from adoption.errors import AdoptionError


def test_one_of_some() -> None:
    assert one_of("index", "EGDI", ("GCI", "EGDI")) == "EGDI"
    with pytest.raises(AdoptionError) as caught:
        one_of("component", "legl", ["legal", "overall"], "of the GCI")
    assert str(caught.value) == (
        "component: there is no 'legl' of the GCI; did you mean legal? (all: legal, overall)"
    )
