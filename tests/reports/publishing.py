"""Reports of made-up pages, published for real, and what must hold of every output folder."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from adoption.press.current import NOTE
from adoption.press.document import DOCUMENT_VERSION
from adoption.press.due import PageInputs
from adoption.press.publish import Run, building
from adoption.press.store import (
    MANIFEST,
    PageRecord,
    Sheet,
    document_file,
    notebook_file,
    page_file,
)

MADE = datetime(2026, 11, 25, 9, 33, 50, tzinfo=UTC)
SHA = hashlib.sha256(b"").hexdigest()


def inputs(**changes: Any) -> PageInputs:
    """Return made-up inputs."""
    given: dict[str, Any] = {
        "notebook": SHA,
        "parameters": {"country": "QAT", "edition": 2024, "share": 0.5, "all": True},
        "package": SHA,
        "libraries": {"Python": "3.11.9", "pandas": "3.1.1"},
        "files": {"data/processed/acts.parquet": SHA, "data/reference/none.csv": ""},
    }
    return PageInputs(**(given | changes))


def record(**changes: Any) -> PageRecord:
    """Return what is said of a made-up page."""
    given: dict[str, Any] = {
        "notebook": "03_country_brief",
        "parameters": {"country": "QAT"},
        "section": "States",
        "inputs": inputs(),
        "kicker": "Country brief",
        "answer": {"title": "Qatar", "text": "It signed."},
        "error": None,
        "made": MADE,
        "data_day": date(2026, 11, 24),
        "seconds": 0.25,
        "document": DOCUMENT_VERSION,
    }
    return PageRecord(**(given | changes))


def put(run: Run, name: str, words: str) -> None:
    """Write a file of a run."""
    path = run.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(words, encoding="utf-8")


def make(run: Run, slug: str, words: str, **changes: Any) -> PageRecord:
    """Make a page as a worker does."""
    put(run, page_file(slug), f"<p>{words}</p>")
    put(run, document_file(slug), words)
    put(run, notebook_file(slug), f'"{words}"')
    return record(**changes)


def sheets(*slugs: str) -> dict[str, Any]:
    """Return what a manifest says of the pages that were made of documents."""
    made = Sheet(digest=SHA, files=[])
    files = {slug: [page_file(slug)] for slug in slugs}
    each = {slug: made.model_copy(update={"files": names}) for slug, names in files.items()}
    return {"sheets": {slug: sheet.model_dump() for slug, sheet in each.items()}}


def publish(output: Path, pages: Mapping[str, str], **options: Any) -> Path:
    """Publish a report of pages with some words; return the folder of the run."""
    with building(output, **options) as run:
        records = {slug: make(run, slug, words) for slug, words in pages.items()}
        put(run, "index.html", " ".join(pages))
        return run.publish(records, sheets(*records)).resolve()


def publish_numbered(output: Path, number: int, pages: int = 4, size: int = 1000) -> None:
    """Publish a report in which some pages stay and others are made anew, and of random size."""
    chance = random.Random(number)
    with building(output, keep=number % 3) as run:
        records = {}
        for page in range(pages):
            slug = f"page-{page}"
            stays = None
            if page % 2 == number % 2 and run.carry_over_sheet(slug, SHA):
                stays = run.carry_over(slug)
            words = f"{number} " + chance.randbytes(chance.randrange(size)).hex()
            records[slug] = stays or make(run, slug, words)
        put(run, "index.html", f"report {number}")
        run.publish(records, sheets(*records) | {"number": number})


def words(output: Path, slug: str) -> str:
    """Return the words of a page of the latest report."""
    page = (output / "latest" / page_file(slug)).read_text(encoding="utf-8")
    return page.removeprefix("<p>").removesuffix("</p>")


def runs(output: Path) -> list[str]:
    """Return everything in the folder of runs, hidden or not."""
    return sorted(path.name for path in (output / "runs").iterdir())


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def assert_whole(output: Path) -> str | None:
    """Check that `latest` and every other run is whole; return the name of the latest.

    Nothing of the project looks at it here: the manifest is read, and each file hashed.
    """
    latest = output / "latest"
    finished = (output / "runs").glob("[!.]*")
    for run in [*finished, *([latest] if latest.is_symlink() else [])]:
        manifest = json.loads((run / MANIFEST).read_bytes())
        assert manifest["run"] == run.resolve().name
        found = {name: hashlib.sha256(data).hexdigest() for name, data in files(run)}
        del found[MANIFEST]
        assert found == manifest["files"]
        assert {page_file(slug) for slug in manifest["pages"]} <= found.keys()
    if not latest.is_symlink():
        assert not latest.exists()
        return None
    return latest.resolve().name


def assert_tidy(output: Path) -> None:
    """Check that nothing is there but reports, the lock, and notes on the last run."""
    there = {path.name for path in output.iterdir()} - {NOTE, "status.json", "adoption.prom"}
    assert there == {".lock", "latest", "runs"}
    assert not [name for name in runs(output) if name.startswith(".")]


def carry(output: Path, *slugs: str, index: str = "a b") -> Path:
    """Publish a report whose pages all come from the last one."""
    with building(output) as run:
        pages = {slug: run.carry_over(slug) for slug in slugs}
        assert all(run.carry_over_sheet(slug, SHA) for slug in slugs)
        put(run, "index.html", index)
        good = {slug: page for slug, page in pages.items() if page}
        return run.publish(good, sheets(*good)).resolve()
