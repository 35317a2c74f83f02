"""What is wanted of a refresh."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adoption.data.readers.publishers import Registry, read_publishers
from adoption.errors import AdoptionError
from adoption.law.conventions import read_conventions
from adoption.refresh.wishes import Wishes, with_bases
from tests.conftest import FROZEN

HERE = Path("project")


def registry() -> Registry:
    reference = FROZEN / "data" / "reference"
    conventions = read_conventions(reference / "conventions.toml")
    return read_publishers(reference / "publishers.toml", conventions)


def test_the_time_is_now_unless_it_is_said() -> None:
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert Wishes(HERE, now=noon).moment == noon
    assert abs((Wishes(HERE).moment - datetime.now(UTC)).total_seconds()) < 60


def test_who_accepts_is_who_is_named_or_this_systems_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "somebody")
    assert Wishes(HERE).who == "somebody"
    assert Wishes(HERE, by="A. Person").who == "A. Person"


def test_where_the_system_knows_no_user_somebody_must_be_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(AdoptionError, match=r"^--by: who accepts it\? .*; allowed: a name$"):
        _ = Wishes(HERE).who
    assert Wishes(HERE, by="A. Person").who == "A. Person"


def test_another_base_is_that_of_one_publisher_alone() -> None:
    before = registry()
    after = with_bases(before, {"untc": "http://127.0.0.1:1"})
    assert after.publishers["untc"].base == "http://127.0.0.1:1"
    assert after.of(after.sources["untc-hanoi"]).base == "http://127.0.0.1:1"
    assert before.publishers["untc"].base == "https://treaties.un.org"
    others = {name: p for name, p in before.publishers.items() if name != "untc"}
    assert {name: p for name, p in after.publishers.items() if name != "untc"} == others


def test_a_base_of_nobody_names_the_nearest_publisher() -> None:
    with pytest.raises(AdoptionError) as caught:
        with_bases(registry(), {"unct": "http://127.0.0.1:1"})
    assert str(caught.value) == "--base: no publisher 'unct'; did you mean untc?"
