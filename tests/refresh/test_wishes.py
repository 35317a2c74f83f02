"""What is wanted of a refresh."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.refresh.wishes import Wishes, with_bases
from tests.refresh.life import registry

HERE = Path("project")


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
    with pytest.raises(AdoptionError, match=r"^--base: no publisher 'unct'; did you mean untc\?"):
        with_bases(before, {"unct": "http://127.0.0.1:1"})
