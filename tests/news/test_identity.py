"""One entry an act, over any sequence of builds, though a state may do the same twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.news.acts import act_changes, done_again, read_acts
from adoption.news.atom import stamp
from adoption.news.feed import MOST, extend_feed
from adoption.news.identity import REMOVED_FROM_DATA
from adoption.news.kinds import ADDED, REMOVED, Act, ActChange, Differences
from adoption.words import long_day
from tests.news.made_up import act, acts_table, between, build, changed
from tests.news.test_feed import FIRST, WEEK, read

DAYS = ("2012-03-01", "2020-03-01", "2026-03-01", "2029-03-01", "2033-03-01")
Build = dict[str, str]  # the grade of each accession of one state, by its day


def accessions(found: Build) -> list[Act]:
    return [act("AAA", "accession", day, grade=grade) for day, grade in found.items()]


def told(path: Path) -> dict[str, str]:
    """Return what each entry says of an accession, by the end of its id, in the order of ids."""
    said = {e.id.rpartition("accession")[2]: e for e in read(path).entries}
    return {end: f"{said[end].title} | {said[end].content[0].value}" for end in sorted(said)}


def of_tables(old: Build, new: Build) -> Differences:
    """Compare two builds as `differences` does, by the acts alone."""
    before, after = (read_acts(acts_table(accessions(b)), "made up") for b in (old, new))
    return replace(changed(*act_changes(before, after)), done_again=done_again(before, after))


def of_builds(old: Build, new: Build) -> Differences:
    """Compare two builds as whole ones."""
    return between(build(*accessions(old)), build(*accessions(new)))


def weeks(
    path: Path, *builds: Build, compared: Callable[[Build, Build], Differences] = of_tables
) -> dict[str, str]:
    """Extend a feed build by build; return what it says at last."""
    for number, (old, new) in enumerate(pairwise(builds)):
        extend_feed(path, compared(old, new), FIRST + number * WEEK)
    return told(path)


A, B, C = "2026-03-01", "2029-03-01", "2033-03-01"
REPORTED, CONFIRMED = "reported", "confirmed"
NEW_A = "Aland: accession of 1 March 2026, Atlantis Convention | Accession of 1 March 2026, "
NEW_B = NEW_A.replace("2026", "2029")
CONFIRMED_B = (
    "Changed: Aland: accession of 1 March 2029, Atlantis Convention | Accession of 1 March 2029: "
    "now confirmed (was reported)."
)
GONE_A = (
    f"{REMOVED_FROM_DATA}: Aland: accession of 1 March 2026, Atlantis Convention | Accession of 1 "
    "March 2026 no longer in the record; why is not known."
)


@pytest.mark.parametrize(
    ("builds", "ends"),
    [
        pytest.param([{}, {A: REPORTED, B: REPORTED}, {A: REPORTED, C: REPORTED},
                      {A: REPORTED, C: CONFIRMED}, {C: CONFIRMED}, {}],
                     {"": "2026 no longer", "/2": "2033 no longer"}, id="another day of one"),
        pytest.param([{}, {B: REPORTED}, {A: REPORTED, B: REPORTED}, {B: REPORTED},
                      {A: CONFIRMED, B: REPORTED}],
                     {"": "2029, reported", "/2": "2026, confirmed"}, id="one of two comes again"),
        pytest.param([{}, {A: REPORTED, B: REPORTED}, {B: REPORTED}, {B: REPORTED, C: REPORTED}],
                     {"": "2026 no longer", "/2": "2029, reported", "/3": "2033, reported"},
                     id="a third after the first was removed"),
        pytest.param([{}, {A: REPORTED, B: REPORTED}, {B: REPORTED}, {A: REPORTED}, {A: CONFIRMED}],
                     {"": "2026 no longer", "/2": "2026: now confi"},
                     id="the day of one that is gone"),
        pytest.param([{}, {A: REPORTED, B: REPORTED}, {A: CONFIRMED, B: CONFIRMED}],
                     {"": "2026: now confi", "/2": "2029: now confi"}, id="both at once"),
    ],
)  # fmt: skip
def test_each_act_keeps_its_entry(
    tmp_path: Path, builds: list[Build], ends: dict[str, str]
) -> None:
    path = tmp_path / "acts.xml"
    found = weeks(path, *builds)
    said = {end: text.partition(" | Accession of 1 March ")[2] for end, text in found.items()}
    assert {end: text[: len(ends.get(end, ""))] for end, text in said.items()} == ends
    assert weeks(path, *builds[-2:]) == found, "twice is once"


def test_what_numbers_an_entry_is_never_forgotten(tmp_path: Path) -> None:
    """The entries that changed longest ago go; not those by which acts are told apart."""
    path, both = tmp_path / "acts.xml", {A: REPORTED, B: REPORTED}
    weeks(path, {}, both)
    many = changed(*(ActChange(None, act(f"Z{n:03}")) for n in range(MOST)))
    extend_feed(path, many, FIRST + WEEK)
    assert len(read(path).entries) == MOST + 2
    extend_feed(path, of_tables(both, {A: REPORTED, B: CONFIRMED}), FIRST + 2 * WEEK)
    ours = [e for e in read(path).entries if "AAA" in e.id]
    assert [e.id.rpartition("/")[2] for e in ours] == ["2", "accession"]


def told_on(entries: Iterable[Any], when: datetime) -> dict[str, str]:
    """Return the ids of the entries of a moment, by the day of the act that each tells of."""
    return {
        day: entry.id
        for entry in entries
        for day in DAYS
        if entry.updated == stamp(when)
        and f": accession of {long_day(date.fromisoformat(day))}, " in entry.title
    }


builds = st.dictionaries(st.sampled_from(DAYS), st.sampled_from([REPORTED, CONFIRMED]), max_size=3)


@given(st.lists(builds, min_size=3, max_size=6))
@settings(max_examples=20, deadline=None)
def test_an_entry_is_never_that_of_another_act(
    tmp_path_factory: pytest.TempPathFactory, found: list[Build]
) -> None:
    """The acts are followed from build to build beside the feed, by what became of each."""
    path = tmp_path_factory.mktemp("feed") / "acts.xml"
    alive: dict[str, str] = {}  # by the day of each act that was told: its entry
    gone: dict[str, str] = {}  # by the entry of each act that was removed: its day
    for number, (old, new) in enumerate(pairwise(found)):
        news, when = of_tables(old, new), FIRST + number * WEEK
        extend_feed(path, news, when)
        entries = {entry.id: entry for entry in read(path).entries}
        told = told_on(entries.values(), when)
        before, left = dict(alive), dict(gone)
        assert len(told) == len(news.acts), "one entry each"
        for change in news.acts:
            if change.old:
                alive.pop(f"{change.old.date}", None)
        for change in news.acts:
            day = f"{change.act.date}"
            entry = told[day]
            own = before.get(f"{change.old.date}") if change.old else None
            if own:
                assert entry == own
            elif change.change == ADDED and entry in left:  # it is the same that comes again
                assert left[entry] == day or (not old and len(left) == 1)
            else:
                assert entry not in {*before.values(), *left}
            gone.pop(entry, None)
            if change.change == REMOVED:
                gone[entry] = day
            else:
                alive[day] = entry
        assert len({*alive.values(), *gone}) == len(alive) + len(gone) == len(entries)
        for day, entry in alive.items():
            assert long_day(date.fromisoformat(day)) in entries[entry].title
            assert not entries[entry].title.startswith(REMOVED_FROM_DATA)
