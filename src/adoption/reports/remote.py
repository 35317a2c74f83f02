"""A report at an fsspec address: copied run by run, and led to only when it is whole."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from adoption.errors import AdoptionError
from adoption.reports.runs import NAME, RUNS

LOCAL = ("file://", "local://")
INDEX, POINTER = "index.html", "latest.json"
LEADS = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The latest report</title>
<meta http-equiv="refresh" content="0; url={to}">
<p><a href="{to}">The latest report</a></p>
</html>
"""


class Destination(NamedTuple):
    """Where a report goes.

    Attributes
    ----------
    folder : Path, optional
        The folder of this machine where it is built; the project's own without it.
    remote : str, optional
        The address to which it is copied.
    """

    folder: Path | None = None
    remote: str | None = None


def destination(written: str | None) -> Destination:
    """Return what is meant by the option `--output`.

    Examples
    --------
    >>> destination("s3://bucket/reports").remote
    's3://bucket/reports'
    >>> destination("reports").folder.name
    'reports'
    """
    if written is None:
        return Destination()
    if "://" not in written:
        return Destination(Path(written))
    if not written.startswith(LOCAL):
        return Destination(None, written)
    folder = Path(written.split("://", 1)[1])
    if not folder.is_absolute():
        raise AdoptionError(f"{written}: a folder of this machine is written file:///folder")
    return Destination(folder)


def opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise AdoptionError(
            f"{address}: needs fsspec, which is not installed: pip install 'adoption[dask]'"
        ) from None
    with _in_one_line(address, "cannot be opened"):
        files, path = url_to_fs(address)
    return files, str(path).rstrip("/")


def copy_run(run: Path, address: str, *, keep: int) -> str:
    """Copy a published run to an address, lead to it, and remove the oldest runs there.

    What is there already of this run, with the same size, is not copied again. Only when all
    of it is there are `latest.json` and `index.html` put in place, so nobody is led to half
    a report.
    """
    files, base = opened(address)
    runs, to = f"{base}/{RUNS}", f"{RUNS}/{run.name}/{INDEX}"
    with _in_one_line(address, f"cannot be written, the report stays in {run}"):
        files.invalidate_cache()
        _put_missing(files, run, f"{runs}/{run.name}")
        pointer = json.dumps({"run": run.name, "index": to}, indent=2)
        _put_texts(files, base, {POINTER: f"{pointer}\n", INDEX: LEADS.format(to=to)})
        files.invalidate_cache()
        names = (str(path).rstrip("/").rpartition("/")[2] for path in files.ls(runs, detail=False))
        earlier = sorted(name for name in names if NAME.fullmatch(name) and name != run.name)
        for name in earlier[: max(0, len(earlier) - keep)]:
            files.rm(f"{runs}/{name}", recursive=True)
    return f"{address.rstrip('/')}/{INDEX}"


def _put_missing(files: Any, run: Path, target: str) -> None:
    """Copy the files of a run that are not there with the same size."""
    there = {
        path.removeprefix(f"{target}/"): facts["size"]
        for path, facts in files.find(target, detail=True).items()
    }
    names = [path.relative_to(run).as_posix() for path in sorted(run.rglob("*")) if path.is_file()]
    missing = [name for name in names if there.get(name) != (run / name).stat().st_size]
    if missing:
        sources = [str(run / name) for name in missing]
        files.put(sources, [f"{target}/{name}" for name in missing])


def _put_texts(files: Any, base: str, texts: dict[str, str]) -> None:
    """Put small files in place: as files of this machine, so that drivers know their kinds."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8")
            files.put_file(str(path), f"{base}/{name}")


@contextmanager
def _in_one_line(address: str, what: str) -> Iterator[None]:
    """Say in one line what a driver has to say; each has errors of its own."""
    try:
        yield
    except Exception as error:
        said = str(error) or type(error).__name__
        raise AdoptionError(f"{address}: {what}: {said}") from error
