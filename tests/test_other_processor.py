"""The notebooks as another processor, with other threads, would run them.

Which instructions add and multiply is chosen by processor: in OpenBLAS, in numpy and in the C
library. The last digits of a sum differ with them, and nothing that is published may.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from numpy._core._multiarray_umath import (  # type: ignore[import-not-found]
    __cpu_dispatch__,
)

from tests.conftest import ROOT, contents

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
COMPUTED = ("05", "06", "08", "12", "14", "16", "19")  # with a model, a forecast, draws at random
OTHER = {
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": " ".join(__cpu_dispatch__),
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL",
    "OPENBLAS_NUM_THREADS": "2",
    "OMP_NUM_THREADS": "2",
}
RUN = """
import sys, papermill
for path in sys.argv[2:]:
    papermill.execute_notebook(
        path, f"{sys.argv[1]}/{path.rpartition('/')[2]}", cwd=path.rpartition("/")[0],
        kernel_name="python3", progress_bar=False,
    )
"""


def elsewhere(home: Path, *command: str) -> None:
    """Run Python as on the other processor."""
    environment = {**os.environ, **OTHER, "ADOPTION_HOME": str(home)}
    subprocess.run([sys.executable, *command], env=environment, check=True, cwd=home)


def outputs(path: Path) -> list[Any]:
    """Return what the cells of a notebook show, but for pictures."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [[cell["id"], output] for cell in cells for output in cell.get("outputs", [])]
    for _, output in shown:
        output.get("data", {}).pop("image/png", None)
        output.pop("metadata", None)
        output.pop("execution_count", None)
    return shown


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param([p for p in NOTEBOOKS if p.stem[:2] in COMPUTED], id="computed"),
        pytest.param(
            [p for p in NOTEBOOKS if p.stem[:2] not in COMPUTED],
            id="others",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_another_processor_shows_the_same(paths: list[Path], tmp_path: Path) -> None:
    elsewhere(ROOT, "-c", RUN, str(tmp_path), *map(str, paths))
    assert paths
    for path in paths:
        assert outputs(tmp_path / path.name) == outputs(path), path.stem


@pytest.mark.slow
def test_another_processor_builds_the_same_tables(tmp_path: Path) -> None:
    """And scores the forecast of the past the same, of which each case has a fit of its own."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    elsewhere(tmp_path, "-m", "adoption", "backtest", "--force")  # which builds as well
    here, there = (contents(home / "data" / "processed") for home in (ROOT, tmp_path))
    assert [name for name in here if here[name] != there.get(name)] == []
