"""Files damaged on purpose, and files made to take all memory or time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adoption.data.readers.decoding import LARGEST, UnreadableError
from tests.conftest import ROOT
from tests.sources.bombs import BOMBS
from tests.sources.damage import FOLDER, READERS, SOUND, content, damaged, expected

pytestmark = pytest.mark.slow

SECONDS = 2.0  # of the processor, for a file of the largest size
MEBIBYTES = 500  # above what the process has at its start


def confined(kind: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Read all files of a kind in a process that may do nothing else; return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.sources.confined", kind],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("name", damaged())
def test_a_damaged_file_is_refused_with_a_clear_line(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        READERS[name.split("/")[0]](content(name), name)
    assert str(caught.value).startswith(f"{name}: {expected()[name]}")
    assert len(str(caught.value).splitlines()) == 1


def test_every_reader_has_damaged_files_and_every_file_an_expected_line() -> None:
    assert expected().keys() == set(damaged())
    assert {name.split("/")[0] for name in damaged()} == READERS.keys() == SOUND.keys()
    assert len(damaged()) > 100


def test_nothing_else_is_done_with_a_damaged_file(tmp_path: Path) -> None:
    found = confined("damaged", tmp_path)
    assert found.keys() == set(damaged())
    assert all(line["error"] for line in found.values())
    assert max(line["seconds"] for line in found.values()) < SECONDS
    assert list(tmp_path.iterdir()) == []


def test_time_and_memory_are_bounded_whatever_is_read(tmp_path: Path) -> None:
    found = confined("bombs", tmp_path)
    assert found.keys() == BOMBS.keys()
    slow = {name: line["seconds"] for name, line in found.items() if line["seconds"] >= SECONDS}
    assert slow == {}
    assert max(line["mebibytes"] for line in found.values()) < MEBIBYTES
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["untc: tags", "coe: rows", "gci: lines", "indicators: commas"])
def test_the_bombs_are_of_the_size_that_is_read(name: str) -> None:
    data = BOMBS[name]()
    assert 700_000 < len(data) <= LARGEST


def test_the_damaged_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 250_000
