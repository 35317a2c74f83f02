"""Where the project's files are: a folder of the user's, a checkout, or what came with pip."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from adoption.core.errors import AdoptionError

# In a refused snapshot: when its publisher had again what is in use, so that it waits no more.
SUPERSEDED = "superseded.meta.json"


def project_root() -> Path:
    """Return the folder that holds `data/` and `notebooks/`.

    The variable ADOPTION_HOME names it. Without that it is the nearest folder from the working
    one upwards, as `adoption start` makes it; or else what this package came with.
    """
    named, here = os.environ.get("ADOPTION_HOME"), os.getcwd()  # noqa: PTH109  often asked
    folders = [_resolved(named, here)] if named else _upwards(here)
    for folder in folders:
        if os.path.isfile(f"{folder}/data/reference/conventions.toml"):  # noqa: PTH113  often asked
            return folder
    where = f"ADOPTION_HOME={named}" if named else f"{Path.cwd()} or above it"
    raise AdoptionError(
        f"no data/reference/conventions.toml in {where}: make a folder with `adoption start DIR`, "
        "or set ADOPTION_HOME to one"
    )


def writable_root() -> Path:
    """Return the project's folder to write in; that of an installed package is refused."""
    root = project_root()
    if root == _installed(__file__):
        raise AdoptionError(
            "the data of the installed package are read only: make a folder of your own with "
            "`adoption start DIR`, and work in it"
        )
    # What another user writes, its owner could not write again.
    uid = (root / "data").stat().st_uid
    if hasattr(os, "geteuid") and uid != os.geteuid():
        owner, home = f"#{uid}", os.environ.get("ADOPTION_HOME")
        with suppress(KeyError):  # a user of another system, as in a container
            owner = (root / "data").owner()
        settings = [f"ADOPTION_HOME={home}"] if home else []  # sudo has its own environment
        command = [*settings, sys.executable, "-m", "adoption", *sys.argv[1:]]
        allowed = shlex.join(["sudo", "-u", owner, *command])
        raise AdoptionError(
            f"{root}: belongs to {owner}, and so must what is written there; allowed: {allowed}"
        )
    return root


def package_root() -> Path:
    """Return the folder that this package came with: its checkout, or its own in site-packages."""
    installed = _installed(__file__)
    return installed if installed.is_dir() else _checkout(__file__)


@cache
def _resolved(named: str, here: str) -> Path:
    return Path(here, named).resolve()


@cache
def _upwards(here: str) -> Sequence[Path]:
    """Return a folder and those above it, then the folders that this package came with."""
    return [Path(here), *Path(here).parents, _checkout(__file__), _installed(__file__)]


@cache
def _checkout(module: str) -> Path:
    return Path(module).parents[3].resolve()


@cache
def _installed(module: str) -> Path:
    return (Path(module).parents[1] / "home").resolve()


def raw_folder() -> Path:
    """Return `data/raw`: what publishers gave, never edited."""
    return project_root() / "data" / "raw"


def reference_folder() -> Path:
    """Return `data/reference`: what people review."""
    return project_root() / "data" / "reference"


def processed_folder() -> Path:
    """Return `data/processed`: what `adoption build` makes.

    Where a build was stopped between two renames, what there was before stands beside it.
    """
    folder = project_root() / "data" / "processed"
    before = previous(folder)
    return before if not folder.exists() and before.exists() else folder


def previous(folder: Path) -> Path:
    """Return where a folder stands for the moment in which another takes its place."""
    return folder.with_name(f".{folder.name}.previous")
