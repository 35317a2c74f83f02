"""Where the project's files are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from adoption.errors import AdoptionError


def project_root() -> Path:
    """Return the folder that holds `data/`, `notebooks/` and `src/`.

    The variable ADOPTION_HOME names it; without that it is the checkout that this
    package was installed from, or else the nearest folder above the working one.
    """
    named = os.environ.get("ADOPTION_HOME")
    for folder in [Path(named).resolve()] if named else _usual():
        if os.path.isfile(f"{folder}/data/reference/conventions.toml"):  # noqa: PTH113  often asked
            return folder
    where = f"ADOPTION_HOME={named}" if named else f"{Path.cwd()} or above it"
    raise AdoptionError(
        f"no data/reference/conventions.toml in {where}: start in a checkout of adoption, "
        "or set ADOPTION_HOME to one"
    )


def _usual() -> Iterator[Path]:
    yield _checkout(__file__)
    here = Path.cwd().resolve()
    yield here
    yield from here.parents


@cache
def _checkout(module: str) -> Path:
    return Path(module).parents[2].resolve()


def raw_folder() -> Path:
    """Return `data/raw`: what publishers gave, never edited."""
    return project_root() / "data" / "raw"


def reference_folder() -> Path:
    """Return `data/reference`: what people review."""
    return project_root() / "data" / "reference"


def processed_folder() -> Path:
    """Return `data/processed`: what `adoption build` makes."""
    return project_root() / "data" / "processed"
