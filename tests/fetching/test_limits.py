"""Limits: each a number that it can be."""

from __future__ import annotations

from dataclasses import fields

import pytest

from adoption.errors import AdoptionError
from adoption.fetching.limits import Limits


def test_the_usual_limits_spare_publishers_and_memory() -> None:
    usual = Limits()
    assert usual.at_once == 4
    assert usual.pause >= 1
    assert usual.wire <= usual.content <= 20_000_000
    assert usual.read < usual.whole
    assert usual.longest_wait < usual.patience


@pytest.mark.parametrize("at_once", [0, -1, 5, 100])
def test_four_at_once_are_the_most(at_once: int) -> None:
    with pytest.raises(AdoptionError, match=rf"^limit at_once: {at_once}; allowed: from 1 to 4$"):
        Limits(at_once=at_once)
    assert [Limits(at_once=count).at_once for count in (1, 2, 3, 4)] == [1, 2, 3, 4]


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_no_limit_is_negative_or_without_end(name: str, value: float) -> None:
    with pytest.raises(AdoptionError, match=rf"^limit {name}: {value}; allowed: "):
        Limits(**{name: value})  # type: ignore[arg-type]


def test_some_may_be_none() -> None:
    assert Limits(redirects=0, first_wait=0, longest_wait=0, pause=0).pause == 0
    for name in ("connect", "read", "whole", "wire", "content", "attempts", "patience"):
        with pytest.raises(AdoptionError, match=rf"^limit {name}: 0; allowed: more than 0$"):
            Limits(**{name: 0})
