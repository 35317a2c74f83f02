"""What is refused again: on another day, for another reason, after the publisher went back."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adoption.data.readers.listed import ListedAct
from adoption.errors import AdoptionError
from adoption.refresh.outcome import Result
from tests.fetching.answers import page
from tests.fetching.publisher_server import Publisher
from tests.refresh.life import SOURCE, TARGET, Depositary, Project

pytestmark = pytest.mark.slow

WHY = {"accept": "C.N.5.2026 corrects it", "by": "A. Person"}
OMAN = ListedAct("Oman", "signature", date(2025, 10, 25))


@pytest.fixture(scope="module")
def contents(project: Project, depositary: Depositary) -> tuple[bytes, bytes]:
    """Give a list that is in use since 1 December 2026, and one in which a day has changed."""
    project.root.joinpath("first.xml").write_bytes(depositary.content())
    outcome = project.refresh(
        "2026-12-01", file=project.root / "first.xml", saved=date(2026, 12, 1)
    )
    assert outcome.status == 0, project.said
    old = next(act for act in depositary.acts if act.participant == "Angola")
    changed = replace(old, day=date(2025, 10, 26))
    other = Depositary([changed if act == old else act for act in depositary.acts])
    other.signs(date(2026, 12, 4), "Kenya")
    return depositary.content(), other.content()


def one(project: Project, day: str, **wanted: Any) -> Result:
    (found,) = project.refresh(day, **wanted).results
    return found


def exceptions(project: Project) -> list[list[str]]:
    path = project.root / "data" / "reference" / "exceptions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def reason(project: Project, found: Result) -> str:
    return (project.root / found.place / "reason.txt").read_text("utf-8")


def test_the_day_that_a_person_corrects_counts_and_no_other(
    project: Project, contents: tuple[bytes, bytes], tmp_path: Path
) -> None:
    """Else the list would be accepted with acts after the day to which it is complete."""
    file = tmp_path / "saved.xml"
    file.write_bytes(contents[1])
    first = one(project, "2026-12-08", file=file, saved=date(2026, 12, 2))
    assert "act-after-list: hanoi KEN signature: 2026-12-04" in first.verdict.lines
    second = one(project, "2026-12-08", file=file, saved=date(2026, 12, 7))
    assert (first.kind, second.kind) == ("refused", "refused")
    assert not any("act-after-list" in line for line in second.verdict.lines)
    assert project.aside() == [second.place.rpartition("/")[2]]
    assert reason(project, second).splitlines() == [*second.verdict.whole_reason.splitlines()]


def test_what_the_publisher_took_back_can_be_accepted_once_it_comes_again(
    project: Project, contents: tuple[bytes, bytes], server: Publisher
) -> None:
    server.gives(TARGET, page(contents[0]))
    assert one(project, "2026-12-08").kind == "unchanged"
    with pytest.raises(AdoptionError, match="found to have them still"):
        project.refresh("2026-12-08", **WHY)
    server.gives(TARGET, page(contents[1]))
    again = one(project, "2026-12-09")
    assert (again.kind, again.place) == ("refused", f"data/aside/{SOURCE}/2026-12-09T120000Z")
    assert project.aside() == ["2026-12-09T120000Z"], "the same bytes wait once"
    before = exceptions(project)
    found = one(project, "2026-12-10", **WHY)
    assert found.kind == "accepted", project.said
    new = [row[:3] for row in exceptions(project) if row not in before]
    assert [": ".join(key) for key in new] == list(again.verdict.lines)
    conventions = project.table("conventions").set_index("convention")
    assert str(conventions.at["hanoi", "complete_to"])[:10] == "2026-12-09"


def test_a_refused_source_is_told_once_and_with_what_to_do(
    project: Project, contents: tuple[bytes, bytes], server: Publisher
) -> None:
    server.gives(TARGET, page(contents[0]))
    found = one(project, "2026-12-15")
    assert [line for line in project.said if line.startswith(f"{SOURCE}: refused")] == [str(found)]
    assert project.said[-1] == (
        f"{SOURCE}: to see what it would change: adoption diff {found.place}; to use it if the "
        f"publisher is right: adoption refresh --source {SOURCE} --snapshot 2026-12-15T120000Z "
        "--accept REASON --by NAME"
    )
