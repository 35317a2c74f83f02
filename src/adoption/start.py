"""`adoption start`: a working folder of one's own, with notebooks, plan and data."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from adoption.errors import AdoptionError
from adoption.paths import package_root

# What goes along, of which `data/reference` marks a project: it comes last.
FOLDERS = ("notebooks", "data/raw", "data/processed", "data/reference")
FILES = (
    "reports.toml", "docs/add.md", "data/events.csv", "data/feed.xml", "data/CHANGES.md",
    "data/LICENSES.md",
)  # fmt: skip
README = """\
# A working folder of adoption

Made by `adoption start`. Commands that run here, or in a folder below, use these data.

    adoption status hanoi                 # who has signed, who has ratified
    adoption report --country Kenya       # pages: reports/latest/index.html
    adoption refresh                      # ask the publishers for what is new
    adoption build                        # make data/processed again
    adoption add --help                   # a convention, index or group of your own: docs/add.md
    adoption export Kenya kenya.xlsx      # needs: pip install "adoption[xlsx]"
    jupyter lab notebooks                 # needs: pip install "adoption[lab]"

| place | what |
|---|---|
| `notebooks/` | one question each; change them as you like |
| `reports.toml` | which notebook with which parameters gives which page |
| `data/reference/`, `data/raw/` | what people review, and what publishers gave |
| `data/processed/` | the tables; never edited by hand |
| `data/LICENSES.md` | the terms of each file; the Global Cybersecurity Index is non-commercial |

`ADOPTION_HOME` set to this folder makes it that of every command, wherever it runs.
"""


def start(folder: Path) -> Path:
    """Make a working folder; return where it is. An existing one must be empty.

    Everything is copied beside its place and then moved, so a copy that fails leaves nothing.
    """
    target = folder.expanduser().absolute()
    new = not target.exists()
    try:
        if not new and any(target.iterdir()):
            raise AdoptionError(f"{folder}: is not empty; allowed: a new folder, or an empty one")
        target.mkdir(parents=True, exist_ok=True)
        coming = Path(tempfile.mkdtemp(".coming", ".", target))
        try:
            _copy(package_root(), coming)
            for path in sorted(coming.iterdir(), key=lambda p: p.name == "data"):
                path.rename(target / path.name)
        finally:
            shutil.rmtree(coming, ignore_errors=True)
            if new and not any(target.iterdir()):
                target.rmdir()
    except NotADirectoryError:
        raise AdoptionError(f"{folder}: is a file, or lies in one; allowed: a new folder") from None
    except OSError as error:
        raise AdoptionError(f"{folder}: cannot be written: {error.strerror}") from None
    return target


def _copy(source: Path, target: Path) -> None:
    for name in FOLDERS:  # without modes: those of a system's package are read only
        shutil.copytree(
            source / name, target / name, copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns(".*", "__pycache__"),
        )  # fmt: skip
    (target / "docs").mkdir()
    for name in FILES:
        shutil.copyfile(source / name, target / name)
    (target / "README.md").write_text(README, encoding="utf-8")
