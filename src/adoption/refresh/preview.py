"""What a snapshot that was put aside would change if a person accepted it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from adoption.builds import read_build
from adoption.errors import AdoptionError, did_you_mean
from adoption.news.differences import differences
from adoption.news.kinds import Differences
from adoption.refresh.judging import judge_aside
from adoption.refresh.place import Place, nobody_else


def is_aside(folder: Path, place: Place) -> bool:
    """Return whether a folder is where a snapshot stands that was put aside."""
    return folder.resolve().parent.parent == place.aside.resolve()


def what_it_would_change(folder: Path, place: Place, say: Callable[[str], object]) -> Differences:
    """Return how the tables would differ from the built ones."""
    aside = folder.resolve()
    source, names = aside.parent.name, [f.name for f in place.store.refused(aside.parent.name)]
    if aside.name not in names:
        near = did_you_mean(aside.name, names, 1) if names else "nothing is there"
        raise AdoptionError(f"{folder}: no snapshot of {source} was put aside there; {near}")
    newest = place.store.newest(source)
    if newest and newest.name >= aside.name:
        raise AdoptionError(
            f"{folder}: would change nothing: data/raw/{source}/{newest.name} is in use, which is "
            "newer"
        )
    with nobody_else(place, say):
        verdict = judge_aside(place, aside)
    if verdict.problem:
        raise AdoptionError(f"{folder}: nothing can be made of it: {verdict.problem}")
    called = ("data/processed", f"data/processed with {folder}")
    return differences(read_build(place.processed), verdict.tables, called=called)
