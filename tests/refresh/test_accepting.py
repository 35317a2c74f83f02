"""A person accepts what a guard refused: once, by name, and with a reason that stays.

The tests have one project in turn: what was put aside before is still there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from adoption.data.readers.listed import ListedAct
from adoption.data.unchanged import UNCHANGED, written
from adoption.errors import AdoptionError
from tests.refresh.life import DEPOSITS, MAINTENANCE, MISPRINTED, SOURCE, Depositary, Project
from tests.refresh.spies import count_tables

OTHER = "untc-uncac"
REASON = "C.N.1.2026, which says so"


def at(second: int, day: int = 1) -> datetime:
    return datetime(2026, 12, day, 12, 0, second, tzinfo=UTC)


def accept(project: Project, *sources: str, **wanted: Any) -> Any:
    given = {"accept": REASON, "by": "A. Person", "sources": sources, **wanted}
    return project.refresh("2026-12-02", **given)


def refusal(project: Project, *sources: str, **wanted: Any) -> str:
    """Accept; return the one line that says why it cannot be."""
    with pytest.raises(AdoptionError) as caught:
        accept(project, *sources, **wanted)
    return str(caught.value)


def rows(project: Project, name: str) -> list[list[str]]:
    path = project.root / "data" / "reference" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def unchanged(project: Project) -> Iterator[Path]:
    """Yield the folder of what is aside, which has to stay; so has all that is used."""
    before = project.files()
    yield project.root / "data" / "aside"
    assert project.files() == before


def test_there_must_be_something_to_accept(project: Project, unchanged: Path) -> None:
    assert refusal(project).startswith("--accept: nothing was put aside since the snap")
    assert not unchanged.exists()


def test_a_reason_is_for_one_snapshot_of_one_source(project: Project, unchanged: Path) -> None:
    """A schedule may have put another one aside since somebody looked."""
    project.put_aside(MAINTENANCE, at(0), OTHER)
    first = project.put_aside(MAINTENANCE, at(0))
    known = Depositary.agreed(project).content()
    second = project.put_aside(known.replace(b">Angola<", b">Atlantis<"), at(1))
    assert refusal(project) == (
        f"--accept: 2 sources wait: {SOURCE} and {OTHER}; name those that the reason is for with "
        "--source"
    )
    assert refusal(project, SOURCE) == (
        f"--accept: 2 snapshots of {SOURCE} were put aside, of which {first} (refused) and "
        f"{second} (refused) wait; name the one that you have looked at with --snapshot"
    )
    assert refusal(project, SOURCE, snapshot="2026").startswith(
        "--snapshot: '2026' of untc-hanoi does not wait; "
    )
    outcome = accept(project, OTHER)
    (found,) = outcome.results
    assert (outcome.status, found.source, found.kind) == (3, OTHER, "refused")
    assert found.told.startswith("cannot be accepted: XVIII-14.en.xml: ")
    (found,) = accept(project, SOURCE, snapshot=second).results
    assert found.told.startswith("cannot be accepted: XVIII-16.en.xml: row ")
    assert "unknown participant 'Atlantis'; nearest: " in found.told
    assert found.place == f"data/aside/{SOURCE}/{second}"
    assert (unchanged / SOURCE / second).is_dir()


def test_the_last_list_is_used_with_exceptions_and_a_record(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Depositary.agreed(project).content(**MISPRINTED)
    project.put_aside(content, at(10))
    page, last = project.put_aside(MAINTENANCE, at(20)), project.put_aside(content, at(30))
    made, before = count_tables(monkeypatch), project.files()
    record = project.root / "data" / "reference" / "acceptances.csv"
    record.write_text("who,what\n", encoding="utf-8")
    line = "data/reference/acceptances.csv: row 1, column day"
    assert refusal(project, SOURCE, snapshot=last).startswith(line)
    record.unlink()
    assert (made, project.files()) == ([], before), "what cannot be recorded is not begun"
    listed = rows(project, "exceptions.csv")
    key = ["list-total-differs", "hanoi signatories", "header 99, counted 75"]
    (unseen,) = accept(project, SOURCE, snapshot=last).results
    assert (unseen.kind, unseen.told) == (
        "refused",
        f"cannot be accepted unseen: {': '.join(key)}; look, and accept it again",
    )
    assert rows(project, "exceptions.csv") == listed
    reason = project.root / "data" / "aside" / SOURCE / last / "reason.txt"
    assert reason.read_text("utf-8") == f"{': '.join(key)}\n"
    made.clear()
    outcome = accept(project, SOURCE, snapshot=last)
    assert len(made) == 1, "with it only: what is wrong is its own fault"
    (found,) = outcome.results
    assert (outcome.status, found.kind) == (0, "accepted")
    assert found.told == f"{REASON}; 1 exception listed"
    assert found.verdict.lines == (": ".join(key),)
    assert found.place == f"data/raw/{SOURCE}/{last}"
    assert project.aside()[-1:] == [page]
    (added,) = [row for row in rows(project, "exceptions.csv") if row not in listed]
    assert added == [*key, f"{REASON} (accepted by A. Person on 2026-12-02)"]
    assert rows(project, "acceptances.csv") == [
        ["day", "snapshot", "by", "why", "violations"],
        ["2026-12-02", found.place, "A. Person", REASON, ": ".join(key)],
    ]
    assert list((project.root / "data" / ".refresh").iterdir()) == []
    assert refusal(project, SOURCE).startswith("--accept: nothing was put aside since the snap")


def test_a_withdrawal_without_its_day_cannot_be_accepted(project: Project, unchanged: Path) -> None:
    """It would be as if the state had never been bound."""
    depositary = Depositary.agreed(project)
    bound = ListedAct("Qatar", "ratification", DEPOSITS["Qatar"])
    depositary.change(bound, replace(bound, superseded=True))
    stamp = project.put_aside(depositary.content(), at(50))
    (found,) = accept(project, SOURCE, snapshot=stamp).results
    assert found.kind == "refused"
    assert found.told.startswith("cannot be accepted: withdrawal-without-day: hanoi QAT ratific")
    assert any(line.startswith("act-superseded") for line in found.verdict.lines)
    assert unchanged.is_dir()


def test_what_the_publisher_has_taken_back_since_is_not_accepted(project: Project) -> None:
    """Asked again, it had what is in use; so a reason is none for what came before or then."""
    (newest, *_) = sorted((project.root / "data" / "raw" / SOURCE).iterdir(), reverse=True)
    path = project.root / "data" / "reference" / UNCHANGED
    path.write_bytes(written({f"{SOURCE}/{newest.name}": date(2026, 12, 3)}))
    assert refusal(project, SOURCE).endswith("were found to have them still")
    stamp = project.put_aside(MAINTENANCE + b" ", at(0, day=4))
    line = f"of which {stamp} (refused) waits; name the one"
    assert line in refusal(project, SOURCE)
