"""What is begun for one snapshot is finished, whatever was done of it before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.refresh.acceptance import list_exceptions, read_record
from adoption.refresh.decision import FILE, Decision, begin, begun, finish
from adoption.refresh.place import Place
from tests.fetching.snapshots import DESCRIBED, NOON, SOURCE, assert_whole, came, names

NEEDED = ("act-vanished", "hanoi QAT signature", "2025-10-25, gone", "It says so")
NEEDLESS = ("list-total-differs", "hanoi signatories", "header 99, counted 75", "A misprint")
STAYS = ("rule", "subject", "found", "why")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path)
    found.reference.mkdir(parents=True)
    (found.reference / "exceptions.csv").write_text("rule,subject,found,why\n", encoding="utf-8")
    list_exceptions(found.reference / "exceptions.csv", [STAYS, NEEDLESS])
    return found


def listed(place: Place) -> list[tuple[str, ...]]:
    with (place.reference / "exceptions.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def of_a_person(place: Place) -> Decision:
    """Put a list aside; return what a person decides."""
    aside = place.store.put_aside(SOURCE, DESCRIBED, {"a.xml": came()}, "vanished", NOON)
    accepted = ("2026-12-01", f"data/raw/{SOURCE}/{aside.name}", "A. Person", "It says so", "")
    return Decision(SOURCE, aside.name, (NEEDED,), (NEEDLESS[:3],), accepted)


@pytest.mark.parametrize("done", ["nothing", "listed", "accepted", "dropped", "recorded"])
def test_it_is_finished_from_wherever_it_was_stopped(place: Place, done: str) -> None:
    assert begun(place) is None
    decision = of_a_person(place)
    begin(place, decision)
    assert begun(place) == decision
    if done == "listed":
        list_exceptions(place.reference / "exceptions.csv", decision.listed)
    elif done != "nothing":
        written = (place.begun / FILE).read_bytes()
        exceptions = (place.reference / "exceptions.csv").read_bytes()
        finish(place)
        (place.begun / FILE).write_bytes(written)
        if done != "recorded":
            (place.reference / "acceptances.csv").unlink()
        if done == "accepted":
            (place.reference / "exceptions.csv").write_bytes(exceptions)
            list_exceptions(place.reference / "exceptions.csv", decision.listed)
    finish(place)
    finish(place)
    assert listed(place) == [STAYS, NEEDED]
    assert names(place.raw) == [decision.snapshot]
    assert place.store.refused(SOURCE) == []
    assert_whole(place.store)
    assert read_record(place.reference / "acceptances.csv") == [list(decision.accepted)]
    assert begun(place) is None


def test_what_is_gone_is_not_accepted_and_leaves_no_exceptions(place: Place) -> None:
    decision = of_a_person(place)
    begin(place, decision)
    list_exceptions(place.reference / "exceptions.csv", decision.listed)
    (place.aside / SOURCE).rename(place.aside / "taken-away")
    finish(place)
    assert listed(place) == [STAYS, NEEDLESS]
    assert read_record(place.reference / "acceptances.csv") == []
    assert begun(place) is None


def test_without_a_person_only_a_snapshot_in_use_makes_exceptions_needless(place: Place) -> None:
    begin(place, Decision(SOURCE, "2026-11-25T120000Z", outdated=(NEEDLESS[:3],)))
    finish(place)
    assert listed(place) == [STAYS, NEEDLESS], "it was stopped before the snapshot was kept"
    kept = place.store.keep(SOURCE, DESCRIBED, {"a.xml": came()}, NOON)
    begin(place, Decision(SOURCE, kept.name, outdated=(NEEDLESS[:3],)))
    finish(place)
    assert listed(place) == [STAYS]
    assert read_record(place.reference / "acceptances.csv") == []


@pytest.mark.parametrize("text", ["", '{"source": 1', '"a"'])
def test_what_no_refresh_has_written_is_not_followed(place: Place, text: str) -> None:
    begin(place, of_a_person(place))
    (place.begun / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(AdoptionError, match=r"^data/\.refresh/decision\.json: is not what a ref"):
        finish(place)
    assert listed(place) == [STAYS, NEEDLESS]
    assert names(place.raw) == []
