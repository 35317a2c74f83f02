"""Our side: `adoption report` on its own pages, and what a run left behind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adoption.press.store import notebook_file
from measuring.commands import ADOPTION, ROOT, seconds_in_cells, timed


def report(
    output: Path,
    *,
    only: Sequence[str] = (),
    jobs: int = 2,
    force: bool = True,
    home: Path = ROOT,
    scheduler: Path | None = None,
) -> float:
    """Make a report in a fresh process; return its seconds.

    Parameters
    ----------
    output : Path
        Where it goes.
    only : sequence of str
        Slugs of the pages; all of the plan without.
    jobs : int
        How many pages at once.
    force : bool
        Whether to make pages that are current.
    home : Path
        The project's folder.
    scheduler : Path, optional
        The file of a Dask scheduler whose workers make the pages.
    """
    pages = [part for slug in only for part in ("--only", slug)]
    options = ["--output", str(output), "--jobs", str(jobs), *["--force"] * force]
    options += ["--scheduler", str(scheduler)] if scheduler else []
    return timed(ADOPTION, "report", *options, *pages, home=home)


@dataclass(frozen=True)
class Run:
    """A report that was published last."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def pages(self) -> dict[str, dict[str, Any]]:
        """What the manifest says of each page."""
        found: dict[str, dict[str, Any]] = self.manifest["pages"]
        return found

    def cells(self) -> float:
        """Return what the cells of all pages took, in seconds."""
        return sum(seconds_in_cells(self._notebook(slug) for slug in self.pages))

    def beside_cells(self) -> list[float]:
        """Return for each page the seconds that it took beside its cells."""
        cells = seconds_in_cells(self._notebook(slug) for slug in self.pages)
        pairs = zip(self.pages.values(), cells, strict=True)
        return [page["seconds"] - seconds for page, seconds in pairs]

    def made_after(self, earlier: Run) -> list[str]:
        """Return the pages that another run before did not have as they are."""
        return [
            slug
            for slug, page in self.pages.items()
            if slug not in earlier.pages or earlier.pages[slug]["made"] != page["made"]
        ]

    def reading(self, name: str) -> list[str]:
        """Return the pages that read a file of the project."""
        return [slug for slug, page in self.pages.items() if name in page["inputs"]["files"]]

    def _notebook(self, slug: str) -> Path:
        return self.folder / notebook_file(slug)


def latest(output: Path) -> Run:
    """Return the report that an output folder shows."""
    folder = (output / "latest").resolve()
    return Run(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
