"""Files damaged on purpose, and files made to take all memory or time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adoption.data.readers.text import UnreadableError
from tests.conftest import ROOT
from tests.sources.bombs import BOMBS
from tests.sources.damage import READERS, SOUND, content, damaged, expected

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
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("reader", READERS)
def test_a_damaged_file_is_refused_with_a_clear_line(reader: str) -> None:
    READERS[reader](SOUND[reader], "sound")
    names = [name for name in damaged() if name.startswith(f"{reader}/")]
    assert names
    for name in names:
        with pytest.raises(UnreadableError) as caught:
            READERS[reader](content(name), name)
        assert str(caught.value).startswith(f"{name}: {expected()[name]}")
        assert len(str(caught.value).splitlines()) == 1


def test_every_damaged_file_has_an_expected_line() -> None:
    assert expected().keys() == set(damaged())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["damaged", "bombs"])
def test_nothing_else_is_done_and_memory_is_bounded(tmp_path: Path, kind: str) -> None:
    found = confined(kind, tmp_path)
    assert found.keys() == set(damaged() if kind == "damaged" else BOMBS)
    assert kind == "bombs" or all(line["error"] for line in found.values())
    assert max(line["mebibytes"] for line in found.values()) < MEBIBYTES
    assert list(tmp_path.iterdir()) == []
