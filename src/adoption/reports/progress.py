"""How a run is told: a live bar on a terminal, plain lines elsewhere, JSON for a machine."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any, Protocol, TextIO

from tqdm import tqdm

from adoption.reports.jobs import Made
from adoption.words import counted

SLOWEST = 10
SHAPE = "{desc}: {n_fmt} of {total_fmt} pages |{bar:20}| {remaining} left{postfix}"


class Progress(Protocol):
    """What is told of a run while it goes on."""

    def started(self, slug: str) -> None:
        """Say that the making of a page has begun."""

    def made(self, page: Made) -> None:
        """Say what has become of a page."""

    def said(self, line: str) -> None:
        """Say something else that a person wants to know."""

    def ended(self, line: str, **facts: object) -> None:
        """Say how the run ended."""


class Out:
    """Where a run is told; the work goes on, in silence, when its reader has gone."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write some text, if somebody still reads."""
        try:
            return self._out.write(text)
        except BrokenPipeError:
            self._fall_silent()
            return len(text)

    def flush(self) -> None:
        """Let the reader have what was written."""
        try:
            self._out.flush()
        except BrokenPipeError:
            self._fall_silent()

    def __getattr__(self, name: str) -> Any:
        """Be in all else what it is: the bar asks for the width of the terminal."""
        return getattr(self._out, name)

    def _fall_silent(self) -> None:
        """Let all that follows, and what is not yet written, go nowhere."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._out.fileno())
        os.close(nowhere)


class Bar:
    """One live bar: pages done, running, failed, and the time left."""

    def __init__(self, total: int, out: Out) -> None:
        self._out = out
        self._running = self._failed = 0
        self._bar = tqdm(total=total, desc="report", bar_format=SHAPE, file=out, leave=False)

    def started(self, slug: str) -> None:  # noqa: ARG002
        """Count one more that runs."""
        self._running += 1
        self._show()

    def made(self, page: Made) -> None:
        """Count one more that is done; name it if it failed."""
        self._running -= 1
        if page.error:
            self._failed += 1
            self.said(f"{page.slug} failed: {page.error}")
        self._bar.update()
        self._show()

    def said(self, line: str) -> None:
        """Print a line above the bar."""
        self._bar.write(line, file=self._out)

    def ended(self, line: str, **_: object) -> None:
        """Take the bar away and print the last line."""
        self._bar.close()
        print(line, file=self._out)

    def _show(self) -> None:
        self._bar.set_postfix_str(f"{self._running} running, {self._failed} failed")


class Lines:
    """A line for each page, for logs."""

    def __init__(self, total: int, out: Out) -> None:
        self._total, self._out, self._done = total, out, 0

    def started(self, slug: str) -> None:
        """Say nothing: a line is for what is done."""

    def made(self, page: Made) -> None:
        """Print what has become of a page."""
        self._done += 1
        how = f"failed: {page.error}" if page.error else f"done in {page.seconds:.1f} s"
        self.said(f"[{self._done}/{self._total}] {page.slug} {how}")

    def said(self, line: str) -> None:
        """Print a line."""
        print(line, file=self._out, flush=True)

    def ended(self, line: str, **_: object) -> None:
        """Print the last line."""
        self.said(line)


class Json:
    """A JSON object on a line for each thing that happens."""

    def __init__(self, total: int, out: Out) -> None:
        self._out = out
        self._tell("begins", pages=total)

    def started(self, slug: str) -> None:
        """Tell of a page that begins."""
        self._tell("started", page=slug)

    def made(self, page: Made) -> None:
        """Tell of a page that is made, or failed."""
        self._tell(
            "failed" if page.error else "made", page=page.slug, seconds=round(page.seconds, 3),
            error=page.error,
        )  # fmt: skip

    def said(self, line: str) -> None:
        """Tell something in words."""
        self._tell("said", text=line)

    def ended(self, line: str, **facts: object) -> None:
        """Tell how the run ended."""
        self._tell("ended", text=line, **facts)

    def _tell(self, event: str, **facts: object) -> None:
        line = json.dumps({"event": event, **facts}, ensure_ascii=False)
        print(line, file=self._out, flush=True)


def progress(total: int, *, as_json: bool, out: TextIO | None = None) -> Progress:
    """Return the way to tell of a run that suits whoever reads it."""
    to = Out(out or sys.stdout)
    if as_json:
        return Json(total, to)
    return Bar(total, to) if to.isatty() else Lines(total, to)


def profile_lines(pages: Sequence[Made]) -> list[str]:
    """Return where the time went: the slowest pages, and for each its slowest cells."""
    total = sum(page.seconds for page in pages)
    cells = sum(sum(page.cells) for page in pages)
    lines = [
        f"{counted(len(pages), 'page')} in {total:.1f} s of work: {cells:.1f} s in cells, "
        f"{1000 * (total - cells) / max(1, len(pages)):.0f} ms a page beside them"
    ]
    for page in sorted(pages, key=lambda page: -page.seconds)[:SLOWEST]:
        slow = sorted(enumerate(page.cells, start=1), key=lambda cell: -cell[1])[:3]
        told = [f"cell {number} {seconds:.2f} s" for number, seconds in slow]
        told.append(f"{page.memory >> 20} MB")
        lines.append(f"  {page.seconds:6.2f} s  {page.slug}: {', '.join(told)}")
    return lines
