"""What a snapshot that was put aside would change if a person accepted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.builds import read_build
from adoption.errors import AdoptionError
from adoption.news.differences import differences
from adoption.refresh.judging import judge_aside

if TYPE_CHECKING:
    from pathlib import Path

    from adoption.news.kinds import Differences
    from adoption.refresh.place import Place


def is_aside(folder: Path, place: Place) -> bool:
    """Return whether a folder is a snapshot that was put aside."""
    return folder.resolve().parent.parent == place.aside.resolve()


def what_it_would_change(folder: Path, place: Place) -> Differences:
    """Return how the tables would differ from the built ones.

    Parameters
    ----------
    folder : Path
        Such as `data/aside/untc-hanoi/2026-12-08T060000Z`.
    place : Place
        The data.

    Raises
    ------
    AdoptionError
        If no tables can be made with it, or the data are not in order without it.
    """
    aside = folder.resolve()
    verdict = judge_aside(place, aside)
    if verdict.problem:
        raise AdoptionError(f"{folder}: nothing can be made of it: {verdict.problem}")
    called = ("data/processed", f"data/processed with {folder}")
    return differences(read_build(place.processed), verdict.tables, called=called)
