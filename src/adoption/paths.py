"""Where the project's files are."""

import os
from pathlib import Path

from adoption.errors import AdoptionError


def project_root() -> Path:
    """Return the folder that holds `data/`, `notebooks/` and `src/`.

    The variable ADOPTION_HOME names it; without that it is the checkout that this
    package was installed from, or else the nearest folder above the working one.

    Raises
    ------
    AdoptionError
        If no such folder is found.
    """
    named = os.environ.get("ADOPTION_HOME")
    candidates = (
        [Path(named)] if named else [Path(__file__).parents[2], Path.cwd(), *Path.cwd().parents]
    )
    for folder in candidates:
        if (folder / "data" / "reference" / "conventions.toml").is_file():
            return folder.resolve()
    where = f"ADOPTION_HOME={named}" if named else f"{Path.cwd()} or above it"
    raise AdoptionError(
        f"no data/reference/conventions.toml in {where}: start in a checkout of adoption, "
        "or set ADOPTION_HOME to one"
    )


def raw_folder() -> Path:
    """Return `data/raw`: what publishers gave, never edited."""
    return project_root() / "data" / "raw"


def reference_folder() -> Path:
    """Return `data/reference`: what people review."""
    return project_root() / "data" / "reference"


def processed_folder() -> Path:
    """Return `data/processed`: what `adoption build` makes."""
    return project_root() / "data" / "processed"
