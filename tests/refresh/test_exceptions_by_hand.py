"""A person lists by hand what a guard refused, and the same file comes on the next day."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from adoption.data.exceptions import Key
from adoption.data.run import build_tables
from adoption.refresh.judging import judge_as_it_is
from adoption.refresh.outcome import Result
from adoption.refresh.place import Place
from tests.fetching.answers import page
from tests.fetching.publisher_server import Publisher
from tests.refresh.life import TARGET, Depositary, Project

pytestmark = pytest.mark.slow

FILE = "data/reference/exceptions.csv"


@dataclass
class Contents:
    """What the depositary gives: an act is gone and a day another, it is back."""

    gone: bytes
    back: bytes


@pytest.fixture(scope="module")
def contents(project: Project) -> Contents:
    """Give the lists that follow one which is in use since 1 December 2026."""
    depositary = Depositary.agreed(project)
    depositary.signs(date(2026, 11, 28), "Kenya", "Samoa")
    (project.root / "first.xml").write_bytes(depositary.content())
    first = date(2026, 12, 1)
    outcome = project.refresh("2026-12-01", file=project.root / "first.xml", saved=first)
    assert outcome.status == 0, project.said
    *others, kenya, samoa = depositary.acts
    rest = [*others, replace(samoa, day=date(2026, 11, 27))]
    lists = (rest, [*rest, kenya])
    return Contents(*(Depositary(acts).content() for acts in lists))


@pytest.fixture
def given(project: Project, server: Publisher) -> Callable[[str, bytes], Result]:
    """Refresh with a list on a day."""

    def refresh(day: str, content: bytes) -> Result:
        server.gives(TARGET, page(content))
        (found,) = project.refresh(day).results
        return found

    return refresh


def write_by_hand(project: Project, keys: Iterable[Key]) -> bytes:
    """List violations as a person does; return the file."""
    with (project.root / FILE).open("a", encoding="utf-8", newline="") as file:
        rows = [(*key, "C.N.5.2026 corrects it") for key in keys]
        csv.writer(file, lineterminator="\n").writerows(rows)
    return (project.root / FILE).read_bytes()


def check_quiet(project: Project, listed: bytes) -> None:
    """Check that the exceptions stay as they were written, and that nobody is told of them."""
    assert [line for line in project.said if "exception" in line] == []
    assert (project.root / FILE).read_bytes() == listed


def test_what_was_listed_by_hand_is_taken_on_the_next_day(
    project: Project, contents: Contents, given: Callable[[str, bytes], Any]
) -> None:
    refused = given("2026-12-08", contents.gone)
    assert refused.kind == "refused"
    keys = [violation[:3] for violation in refused.verdict.violations]
    assert [rule for rule, _, _ in keys] == ["act-vanished", "act-day-changed"]
    assert all(found.endswith("in the list of 2026-12-08") for _, _, found in keys), keys
    listed = write_by_hand(project, keys)
    taken = given("2026-12-09", contents.gone)
    assert (taken.kind, taken.told) == ("accepted", ""), project.said
    check_quiet(project, listed)
    place = Place(project.root)
    build_tables(place.raw, place.reference)  # it finds nothing to mend
    assert judge_as_it_is(place).shown >= set(keys)
    assert given("2026-12-10", contents.gone).kind == "unchanged"
    check_quiet(project, listed)
    back = given("2026-12-11", contents.back)
    assert (back.kind, back.told) == ("accepted", ""), project.said
    check_quiet(project, listed)
