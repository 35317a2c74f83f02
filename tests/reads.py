"""What the notebooks read: as the package records it, and as Python and pandas see it.

    python -m tests.reads FOLDER

forks for each notebook a process in which nothing has been read yet. It runs the cells twice,
the second time with all that is remembered of the first, and writes NAME.json.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from adoption.core.paths import project_root

ROOT = project_root()
# With these values a notebook reads more than with its own, or is quicker.
GIVEN: dict[str, dict[str, Any]] = {
    "11_evidence": {"before": "data/processed"},
    "12_entry_into_force": {"convention": "arab-2010"},
}

READS = ("open", "os.listdir", "os.scandir")

seen: set[Path] = set()


def of_the_data(paths: Iterable[Path]) -> list[str]:
    """Return the files of the project's data among some, relative to the project."""
    own = [path for path in paths if path.is_relative_to(ROOT / "data")]
    names = {path.relative_to(ROOT).as_posix().partition("#")[0] for path in own}  # parts as one
    return sorted(names)


def see(path: object) -> None:
    if isinstance(path, (str, Path)):
        seen.add(Path(path).absolute())


def watch() -> None:
    """See what Python opens, and what Arrow and GDAL open without Python."""
    sys.addaudithook(lambda event, args: see(args[0]) if event in READS else None)
    read_parquet = pd.read_parquet

    def reading(path: Any, *args: Any, **kwargs: Any) -> pd.DataFrame:
        see(path)
        return read_parquet(path, *args, **kwargs)

    pd.read_parquet = reading
    read_file = gpd.read_file

    def drawing(name: str, *args: Any, **kwargs: Any) -> gpd.GeoDataFrame:
        see(Path(name.removeprefix("TopoJSON:")))
        return read_file(name, *args, **kwargs)

    gpd.read_file = drawing


def twice(notebook: Path) -> dict[str, list[str]]:
    """Run a notebook twice; return what was recorded each time, and what was seen in all."""
    from adoption.core.reading import recorded
    from tests.test_notebook_runs import run

    found = {}
    for time in ("first", "again"):
        with recorded() as files:
            run(notebook, GIVEN.get(notebook.stem, {}))
        found[time] = of_the_data(files)
    return found | {"seen": of_the_data(seen)}


def main(folder: Path) -> None:
    watch()  # before the package is imported: an import that reads data would escape a record
    from tests.test_notebooks import NOTEBOOKS

    for notebook in NOTEBOOKS:
        child = os.fork()
        if child == 0:
            (folder / f"{notebook.stem}.json").write_text(json.dumps(twice(notebook)))
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
