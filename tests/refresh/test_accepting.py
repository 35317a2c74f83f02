"""A person accepts what a guard refused: once, by name, and with a reason that stays."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from adoption.data.exceptions import compare_with_exceptions
from adoption.data.readers.listed import ListedAct
from adoption.data.run import make_tables
from adoption.data.unchanged import UNCHANGED, written
from adoption.errors import AdoptionError
from adoption.fetching.download import Download
from adoption.refresh.place import Place
from adoption.refresh.taking import described
from tests.refresh.life import DEPOSITS, MAINTENANCE, MISPRINTED, SOURCE, Depositary, Project
from tests.refresh.spies import count_tables
from tests.refresh.test_wishes import registry

OTHER = "untc-uncac"
REASON = "C.N.1.2026, which says so"


NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def put_aside(
    project: Project,
    content: bytes,
    second: int,
    source: str = SOURCE,
    when: datetime = NOON,
    reason: str = "refused",
) -> str:
    """Put a file aside; return the name of its folder."""
    known = registry()
    moment = when.replace(second=second)
    got = Download("address", "address", 200, {}, content, 0.1, moment)
    files = {known.sources[source].file: got}
    about = described(known.sources[source], known)
    return Place(project.root).store.put_aside(source, about, files, reason, moment).name


def accept(project: Project, *sources: str, **wanted: Any) -> Any:
    given = {"accept": REASON, "by": "A. Person", "sources": sources, **wanted}
    return project.refresh("2026-12-02", **given)


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
    with pytest.raises(AdoptionError, match=r"^--accept: nothing was put aside since the snap"):
        accept(project)
    assert not unchanged.exists()


def test_what_cannot_be_read_cannot_be_accepted(project: Project, unchanged: Path) -> None:
    stamp = put_aside(project, MAINTENANCE, 0)
    outcome = accept(project)
    (found,) = outcome.results
    assert (outcome.status, found.kind) == (3, "refused")
    assert found.told.startswith("cannot be accepted: XVIII-16.en.xml: ")
    assert found.place == f"data/aside/{SOURCE}/{stamp}"
    assert (unchanged / SOURCE / stamp).is_dir()


def test_nor_can_what_names_an_unknown_participant(project: Project, unchanged: Path) -> None:
    known = Depositary.agreed(project).content()
    unknown = known.replace(b">Angola<", b">Atlantis<")
    assert unknown != known
    stamp = put_aside(project, unknown, 1)
    (found,) = accept(project, SOURCE, snapshot=stamp).results
    assert found.told.startswith("cannot be accepted: XVIII-16.en.xml: row ")
    assert "unknown participant 'Atlantis'; nearest: " in found.told
    assert (unchanged / SOURCE / stamp).is_dir()


def test_a_reason_for_one_is_not_one_for_another(project: Project, unchanged: Path) -> None:
    put_aside(project, MAINTENANCE, 0, OTHER)
    with pytest.raises(AdoptionError) as caught:
        accept(project)
    assert str(caught.value) == (
        f"--accept: 2 sources wait: {SOURCE} and {OTHER}; name those that the reason is for with "
        "--source"
    )
    (found,) = accept(project, OTHER).results
    assert found.source == OTHER
    assert unchanged.is_dir()


def test_nor_of_one_snapshot_for_another(project: Project, unchanged: Path) -> None:
    """A schedule may have put another one aside since somebody looked."""
    first, second = project.aside()
    with pytest.raises(AdoptionError) as caught:
        accept(project, SOURCE)
    assert str(caught.value) == (
        f"--accept: 2 snapshots of {SOURCE} were put aside, of which {first} (refused) and "
        f"{second} (refused) wait; name the one that you have looked at with --snapshot"
    )
    with pytest.raises(AdoptionError, match=r"^--snapshot: '2026' of untc-hanoi does not wait; "):
        accept(project, SOURCE, snapshot="2026")
    (found,) = accept(project, SOURCE, snapshot=first).results
    assert found.place == f"data/aside/{SOURCE}/{first}"
    assert unchanged.is_dir()


def test_a_record_that_cannot_be_extended_stops_it_first(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = count_tables(monkeypatch)
    record = project.root / "data" / "reference" / "acceptances.csv"
    record.write_text("who,what\n", encoding="utf-8")
    before = project.files()
    with pytest.raises(AdoptionError, match=r"^data/reference/acceptances\.csv: row 1, column day"):
        accept(project, SOURCE)
    assert (made, project.files()) == ([], before)
    record.unlink()


def test_the_last_list_is_used_with_exceptions_and_a_record(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Depositary.agreed(project).content(**MISPRINTED)
    put_aside(project, content, 10)
    page, last = put_aside(project, MAINTENANCE, 20), put_aside(project, content, 30)
    before = rows(project, "exceptions.csv")
    key = ["list-total-differs", "hanoi signatories", "header 99, counted 75"]
    (unseen,) = accept(project, SOURCE, snapshot=last).results
    assert (unseen.kind, unseen.told) == (
        "refused",
        f"cannot be accepted unseen: {': '.join(key)}; look, and accept it again",
    )
    assert rows(project, "exceptions.csv") == before
    reason = project.root / "data" / "aside" / SOURCE / last / "reason.txt"
    assert reason.read_text("utf-8") == f"{': '.join(key)}\n"
    made = count_tables(monkeypatch)
    outcome = accept(project, SOURCE, snapshot=last)
    assert len(made) == 1, "with it only: what is wrong is its own fault"
    (found,) = outcome.results
    assert (outcome.status, found.kind) == (0, "accepted")
    assert found.told == f"{REASON}; 1 exception listed"
    assert found.verdict.lines == (": ".join(key),)
    assert found.place == f"data/raw/{SOURCE}/{last}"
    assert project.aside()[-1:] == [page]
    (added,) = [row for row in rows(project, "exceptions.csv") if row not in before]
    assert added == [*key, f"{REASON} (accepted by A. Person on 2026-12-02)"]
    assert rows(project, "acceptances.csv") == [
        ["day", "snapshot", "by", "why", "violations"],
        ["2026-12-02", found.place, "A. Person", REASON, ": ".join(key)],
    ]
    place = Place(project.root)
    tables, violations = make_tables(place.raw, place.reference)
    compare_with_exceptions(violations, place.reference / "exceptions.csv")
    assert all(tables[name].equals(found.verdict.tables[name]) for name in tables)
    assert list(place.begun.iterdir()) == []


def test_what_is_older_than_what_is_in_use_is_not_accepted(
    project: Project, unchanged: Path
) -> None:
    """The list and the page that were put aside before are there, and stay."""
    assert len(project.aside()) == 2
    with pytest.raises(AdoptionError, match="nothing was put aside since the snapshots in use"):
        accept(project, SOURCE)
    assert unchanged.is_dir()


def test_a_withdrawal_without_its_day_cannot_be_accepted(project: Project, unchanged: Path) -> None:
    """It would be as if the state had never been bound."""
    depositary = Depositary.agreed(project)
    bound = ListedAct("Qatar", "ratification", DEPOSITS["Qatar"])
    depositary.change(bound, replace(bound, superseded=True))
    stamp = put_aside(project, depositary.content(), 50)
    (found,) = accept(project, SOURCE, snapshot=stamp).results
    assert found.kind == "refused"
    assert found.told.startswith("cannot be accepted: withdrawal-without-day: hanoi QAT ratific")
    assert any(line.startswith("act-superseded") for line in found.verdict.lines)
    assert unchanged.is_dir()


def test_what_the_publisher_has_taken_back_since_is_not_accepted(
    project: Project, unchanged: Path
) -> None:
    """Asked again, it had what is in use; so what it had between the two was its own error."""
    (newest, *_) = sorted((project.root / "data" / "raw" / SOURCE).iterdir(), reverse=True)
    path = project.root / "data" / "reference" / UNCHANGED
    path.write_bytes(written({f"{SOURCE}/{newest.name}": date(2026, 12, 3)}))
    with pytest.raises(AdoptionError, match=r"were found to have them still$"):
        accept(project, SOURCE)
    path.unlink()
    assert unchanged.is_dir()


def test_a_reason_for_what_was_taken_back_is_none_for_what_came_then(project: Project) -> None:
    """The person looked at the first one; the publisher went back, and then sent another."""
    (newest, *_) = sorted((project.root / "data" / "raw" / SOURCE).iterdir(), reverse=True)
    path = project.root / "data" / "reference" / UNCHANGED
    path.write_bytes(written({f"{SOURCE}/{newest.name}": date(2026, 12, 3)}))
    late = datetime(2026, 12, 4, 12, tzinfo=UTC)
    stamp = put_aside(project, MAINTENANCE + b" ", 0, when=late)
    with pytest.raises(AdoptionError, match=rf"of which {stamp} \(refused\) waits; name the one"):
        accept(project, SOURCE)
    (found,) = accept(project, SOURCE, snapshot=stamp).results
    assert found.place == f"data/aside/{SOURCE}/{stamp}"
    path.unlink()
