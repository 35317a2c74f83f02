"""How a run is told: a live bar on a terminal, plain lines elsewhere, JSON for a machine."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from tqdm import tqdm

from adoption.reports.jobs import Made
from adoption.words import counted

SLOWEST = 10
SHAPE = "{desc}: {n_fmt} of {total_fmt} pages |{bar:20}| {remaining} left{postfix}"


class _Out:
    """Where a run is told; the work goes on, in silence, when its reader has gone."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write some text, if somebody still reads."""
        return self._unless_gone(lambda: self._out.write(text)) or len(text)

    def flush(self) -> None:
        """Let the reader have what was written."""
        self._unless_gone(self._out.flush)

    def __getattr__(self, name: str) -> Any:
        """Be in all else what it is: the bar asks for the width of the terminal."""
        return getattr(self._out, name)

    def _unless_gone(self, act: Callable[[], Any]) -> Any:
        try:
            return act()
        except BrokenPipeError:  # what follows, and what is not yet written, goes nowhere
            with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
                os.dup2(nowhere.fileno(), self._out.fileno())
            return None


class Progress:
    """What is told of a run while it goes on: a line for each page, for logs."""

    def __init__(self, total: int, out: Any) -> None:
        self.total, self.out, self.done = total, out, 0

    def started(self, slug: str) -> None:
        """Say that the making of a page has begun: nothing, a line is for what is done."""

    def made(self, page: Made) -> None:
        """Say what has become of a page."""
        self.done += 1
        how = f"failed: {page.error}" if page.error else f"done in {page.seconds:.1f} s"
        self.said(f"[{self.done}/{self.total}] {page.slug} {how}")

    def said(self, line: str) -> None:
        """Say something else that a person wants to know."""
        print(line, file=self.out, flush=True)

    def ended(self, line: str, **_: object) -> None:
        """Say how the run ended."""
        self.said(line)


class _Bar(Progress):
    """One live bar: pages done, running, failed, and the time left."""

    def __init__(self, total: int, out: Any) -> None:
        super().__init__(total, out)
        self._running = self._failed = 0
        self._bar = tqdm(total=total, desc="report", bar_format=SHAPE, file=out, leave=False)

    def started(self, slug: str) -> None:  # noqa: ARG002
        self._show(running=1)

    def made(self, page: Made) -> None:
        if page.error:
            self.said(f"{page.slug} failed: {page.error}")
        self._bar.update()
        self._show(running=-1, failed=page.error is not None)

    def said(self, line: str) -> None:
        self._bar.write(line, file=self.out)

    def ended(self, line: str, **_: object) -> None:
        self._bar.close()
        print(line, file=self.out)

    def _show(self, *, running: int, failed: bool = False) -> None:
        self._running += running
        self._failed += failed
        self._bar.set_postfix_str(f"{self._running} running, {self._failed} failed")


class _Json(Progress):
    """A JSON object on a line for each thing that happens."""

    def __init__(self, total: int, out: Any) -> None:
        super().__init__(total, out)
        self._tell("begins", pages=total)

    def started(self, slug: str) -> None:
        self._tell("started", page=slug)

    def made(self, page: Made) -> None:
        how, seconds = "failed" if page.error else "made", round(page.seconds, 3)
        self._tell(how, page=page.slug, seconds=seconds, error=page.error)

    def said(self, line: str) -> None:
        self._tell("said", text=line)

    def ended(self, line: str, **facts: object) -> None:
        self._tell("ended", text=line, **facts)

    def _tell(self, event: str, **facts: object) -> None:
        super().said(json.dumps({"event": event, **facts}, ensure_ascii=False))


def progress(total: int, *, as_json: bool, out: TextIO | None = None) -> Progress:
    """Return the way to tell of a run that suits whoever reads it."""
    to = _Out(out or sys.stdout)
    if as_json:
        return _Json(total, to)
    return _Bar(total, to) if to.isatty() else Progress(total, to)


@contextmanager
def waiting(what: str, total: int) -> Iterator[Callable[[str], object]]:
    """Show a bar while somebody waits at a terminal; each call says that one more is done, of what.

    It stands on stderr, goes when the work ends, and is nothing where stderr is no terminal.
    """
    shape = "{desc} |{bar:20}| {n_fmt} of {total_fmt}, {elapsed}{postfix}"
    with tqdm(desc=what, total=total, bar_format=shape, leave=False, disable=None) as bar:

        def done(name: str) -> None:
            bar.set_postfix_str(name, refresh=False)
            bar.update()

        yield done


def above_bars(line: str, out: TextIO) -> None:
    """Print a line; what bar stands on the terminal goes on below it."""
    with tqdm.external_write_mode(file=out):
        print(line, file=out, flush=True)


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
