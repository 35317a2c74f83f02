"""Killed while it changes the data, or without room on the disk: the next command ends it well.

Every file is compared with what it was before and with what an undisturbed refresh makes of it.
ADOPTION_KILLS sets how many kills there are of each refresh.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import adoption as ad
from adoption.refresh import publish
from tests.killing import preloaded, run
from tests.refresh.life import Depositary, Project

pytestmark = pytest.mark.slow

if not hasattr(os, "fork"):
    pytest.skip("processes are not killed so on this system", allow_module_level=True)
preloaded("tests.refresh.test_kills")
KILLS = int(os.environ.get("ADOPTION_KILLS", "8"))
SEED = 20261201
Wanted = dict[str, Any]


def refresh(root: Path, day: str, wanted: Wanted, largest: int) -> None:
    """Refresh, with little room on the disk if the largest file is told."""
    os.environ["ADOPTION_HOME"] = str(root)
    if largest:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    Project(root, "http://127.0.0.1:1").refresh(day, **wanted)


def refreshed(root: Path, day: str, wanted: Wanted, dies_before: int = 0, largest: int = 0) -> Any:
    """Refresh in a process of its own; return how many changes it made, an error, or None."""
    return run(root, refresh, root, day, wanted, largest, dies_before=dies_before)


def first_list(project: Project, depositary: Depositary) -> tuple[str, Wanted]:
    """A first list, from a file."""
    depositary.signs(date(2026, 4, 20), "Kenya")
    saved = project.root.parent / "saved.xml"
    saved.write_bytes(depositary.content())
    return "2026-12-01", {"file": saved, "saved": date(2026, 12, 1)}


def accepted(project: Project, depositary: Depositary) -> tuple[str, Wanted]:
    """A list that was refused, which a person accepts."""
    depositary.publish()
    assert project.refresh("2026-12-01").status == 0
    depositary.change("Peru", date(2025, 10, 26))
    depositary.signs(date(2026, 12, 4), "Kenya")
    depositary.publish()
    assert project.refresh("2026-12-08").status == 3
    return "2026-12-08", {"accept": "C.N.1 corrects it", "by": "A. Person"}


def state(root: Path) -> dict[str, Any]:
    """Return what is used: raw and reference data, tables, and the events in whatever order."""
    files = Project(root).files("raw", "reference", "processed", "feed.xml", "CHANGES.md")
    events = (root / "data" / "events.csv").read_text("utf-8").splitlines()
    return {**files, "events": sorted(events)}


@pytest.mark.parametrize("scene", [first_list, accepted], ids=lambda scene: scene.__name__)
def test_a_kill_at_any_moment_is_mended_by_the_next_command(
    project: Project,
    depositary: Depositary,
    tmp_path: Path,
    scene: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day, wanted = scene(project, depositary)
    before, undisturbed = state(project.root), tmp_path / "undisturbed"
    shutil.copytree(project.root, undisturbed)
    changes = refreshed(undisturbed, day, wanted)
    after = state(undisturbed)
    assert isinstance(changes, int)
    assert after != before
    moments = random.Random(SEED).choices(range(1, changes + 1), k=KILLS)
    ends = {"before": 0, "after": 0}
    for number, moment in enumerate(moments):
        root = tmp_path / str(number)
        shutil.copytree(project.root, root)
        assert refreshed(root, day, wanted, dies_before=moment) is None
        monkeypatch.setenv("ADOPTION_HOME", str(root))
        assert len(ad.table("acts")) > 70, "a report can be made"
        snapshots = [
            len(list((one / "data" / "raw").glob("untc-*/*"))) for one in (root, undisturbed)
        ]
        how = "after" if snapshots[0] == snapshots[1] else "before"
        if how == "after":
            assert isinstance(refreshed(root, day, wanted), int), "the same command is no error"
        else:
            publish.build_and_publish(root, str)
        found = state(root)
        expected = after if how == "after" else before
        wrong = [n for n in found.keys() | expected.keys() if found.get(n) != expected.get(n)]
        assert wrong == [], f"killed before change {moment} of {changes}: {how}"
        hidden = [path.name for path in (root / "data").rglob(".*") if path.name != ".lock"]
        assert hidden == []
        ends[how] += 1
        shutil.rmtree(root)
    print(f"{scene.__name__}: {KILLS} kills before one of {changes} changes: {ends}")


def test_without_room_on_the_disk_nothing_is_half_written(
    project: Project, depositary: Depositary
) -> None:
    day, wanted = first_list(project, depositary)
    before = state(project.root)
    for largest in (1_000, 20_000):
        message = refreshed(project.root, day, wanted, largest=largest)
        assert "File too large" in message
    publish.build_and_publish(project.root, str)
    found = state(project.root)
    changed = {name for name in found if found[name] != before.get(name)}
    assert not changed or any("untc-hanoi" in name for name in changed)
    assert isinstance(refreshed(project.root, day, wanted), int)
    assert "Kenya" in project.text("feed.xml")
