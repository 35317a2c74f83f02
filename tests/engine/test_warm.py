"""What the template shares is there in its forks, and follows the files it was made from."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

from adoption.engine.warm import LIBRARIES, share, targets
from adoption.reading import recorded
from adoption.status import load_status


def test_what_is_shared_is_remembered_with_its_files() -> None:
    share([{"as_of": "2020-01-01", "conventions": "malabo, arab-2010"}])
    with recorded() as files:
        load_status("arab-2010", date(2020, 1, 1))
    assert {"acts.parquet", "states.parquet"} <= {path.name for path in files}


def test_what_a_fork_can_do() -> None:
    assert set(targets()) == {"kernel", "worker"}


def test_warming_imports_what_notebooks_use() -> None:
    code = (
        "import sys; from adoption.engine.warm import warm; warm();"
        f"print(*[name in sys.modules for name in {LIBRARIES!r}])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == ["True"] * len(LIBRARIES)
