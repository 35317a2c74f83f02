"""The executed notebook of a page, in a zip file: a fifth of the size, and opened anywhere."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import nbformat

ALWAYS = (1980, 1, 1, 0, 0, 0)  # the time of the file inside: the same bytes for the same notebook


def write_executed(notebook: Any, path: Path) -> None:
    """Write an executed notebook, under the same name in a zip file."""
    inside = zipfile.ZipInfo(f"{path.stem}.ipynb", ALWAYS)
    inside.compress_type = zipfile.ZIP_DEFLATED
    inside.external_attr = 0o644 << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(inside, nbformat.writes(notebook), compresslevel=9)  # type: ignore[no-untyped-call]


def read_executed(path: Path) -> Any:
    """Return an executed notebook."""
    with zipfile.ZipFile(path) as file:
        text = file.read(f"{path.stem}.ipynb").decode()
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
