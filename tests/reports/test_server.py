"""The server that pages are forked from has done what else each page would do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adoption.press.engine.process import can_fork
from adoption.press.project import MIN_PAGES_OF_WHOLE, MIN_PAGES_TO_SHARE
from adoption.press.store import make_folders
from tests.conftest import ROOT
from tests.reports.made_brief import WORK

pytestmark = pytest.mark.skipif(not can_fork(), reason="nothing is forked")
COSTLY = {
    "IPython",
    "ipykernel",
    "jinja2",
    "nbclient",
    "nbconvert",
    "nbformat",
    "pandas",
    "papermill",
}
# A process of its own, because a process starts its server once.
ASKED = "import sys; from tests.reports.made_brief import print_brief; print_brief(*sys.argv[1:])"


@pytest.mark.parametrize("pages", [1, MIN_PAGES_TO_SHARE, MIN_PAGES_OF_WHOLE])
def test_every_server_is_warm(pages: int, tmp_path: Path) -> None:
    make_folders(tmp_path)
    words = [sys.executable, "-c", ASKED, f"{pages}", str(tmp_path)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["error"] is None
    assert found["kernel"], "a kernel is made before any page"
    assert not COSTLY & set(found["imports"])
    assert found["statistics"] == (pages == MIN_PAGES_OF_WHOLE)
    if pages >= MIN_PAGES_TO_SHARE:
        assert (found["imports"], found["work"]) == ([], [0] * len(WORK))
    else:
        assert min(found["work"]) == found["work"][-1] == 1


STARTS = """
import os, tempfile
from adoption.press.engine.process import end_server, prepare
prepare("slow_to_import")
print(*sorted(os.listdir(tempfile.gettempdir())), flush=True)
end_server()
"""


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder with a path short enough for a socket."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def test_a_command_that_ends_leaves_no_server_and_no_temporary_folder(
    tmp_path: Path, temporary: Path
) -> None:
    """A reader of its output, such as `tee`, waits for nobody; a killed run's folder goes."""
    (tmp_path / "slow_to_import.py").write_text("import time; time.sleep(60)", encoding="utf-8")
    stale = temporary / "adoption-999999999-killed"  # no process has such a number
    stale.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": str(tmp_path)}
    words = [sys.executable, "-c", STARTS]
    done = subprocess.run(
        words, stdout=subprocess.PIPE, env=environment, text=True, check=True, timeout=30
    )
    (during,) = done.stdout.split()
    assert during.startswith("adoption-")
    assert during != stale.name
    assert list(temporary.iterdir()) == []
