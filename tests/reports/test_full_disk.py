"""A disk that fills up and a folder that may not be written, for real: one line, nothing lost."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.reports.publish import building
from tests.reports.publishing import (
    assert_tidy,
    assert_whole,
    publish,
    publish_numbered,
    put,
    runs,
    words,
)

pytestmark = pytest.mark.slow

BLOCK = 4096
FULL = "cannot be written: No space left on device"


def mount(*arguments: str) -> None:
    """Mount, or skip the test where that is not allowed."""
    if shutil.which("mount") is None:
        pytest.skip("there is no command mount")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {' '.join(done.stderr.split())}")


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """Have a disk of its own in a folder."""
    folder.mkdir()
    mount("-t", "tmpfs", "-o", options, "reports-test", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 160 blocks and 80 files."""
    with mounted(tmp_path / "disk", "size=640k,nr_inodes=80") as folder:
        yield folder


def fill_blocks(disk: Path, left: int) -> Path:
    """Fill a disk but for some blocks."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(BLOCK))
        except OSError:
            pass
        file.truncate(file.tell() - left * BLOCK)
    return filler


def fill_files(disk: Path, left: int) -> Path:
    """Use up the files that a disk can hold but for some."""
    filler = disk / "filler"
    filler.mkdir()
    made: list[Path] = []
    try:
        while True:
            made.append(filler / str(len(made)))
            made[-1].touch()
    except OSError:
        made.pop()
    for path in made[:left]:
        path.unlink()
    return filler


@pytest.mark.parametrize(
    ("fill", "most"), [(fill_blocks, 12), (fill_files, 16)], ids=["blocks", "files"]
)
def test_a_disk_that_fills_up_at_any_step(
    disk: Path, fill: Callable[[Path, int], Path], most: int
) -> None:
    output = disk / "reports"
    publish(output, {"page-0": "first"})
    ended = []
    for left in range(most):
        before = assert_whole(output)
        filler = fill(disk, left)
        try:
            publish_numbered(output, 3 * left + 2, pages=3, size=4000)
            ended.append("")
        except AdoptionError as error:
            ended.append(str(error))
        after = assert_whole(output)
        assert after is not None
        assert (after != before) == (ended[-1] == "")
        shutil.rmtree(filler) if filler.is_dir() else filler.unlink()
        assert_tidy(output)
    failed = [line for line in ended if line]
    assert all(line.startswith(str(disk)) and line.endswith(FULL) for line in failed), failed
    assert len(failed) > 3
    assert ended[-1] == "", "with enough left it is published"
    publish(output, {"page-0": "after"})
    assert words(output, "page-0") == "after"


def test_the_first_report_on_a_full_disk_leaves_nothing_of_itself(disk: Path) -> None:
    for left in range(4):
        filler = fill_blocks(disk, left)
        with pytest.raises(AdoptionError, match=f"{FULL}$"), building(disk / "reports") as run:
            put(run, "a.html", "x" * 100_000)
        assert runs(disk / "reports") == []
        filler.unlink()
