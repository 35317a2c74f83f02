"""Bars at a terminal, for work that takes more than two seconds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from tqdm import tqdm


@contextmanager
def waiting(label: str, total: int) -> Iterator[Callable[[str], object]]:
    """Show a bar at a terminal; each call advances it by one, with a name.

    It stands on stderr, goes when the work ends, and is nothing where stderr is no terminal.
    """
    shape = "{desc} |{bar:20}| {n_fmt} of {total_fmt}, {elapsed}{postfix}"
    with tqdm(desc=label, total=total, bar_format=shape, leave=False, disable=None) as bar:

        def done(name: str) -> None:
            bar.set_postfix_str(name, refresh=False)
            bar.update()

        yield done


def above_bars(line: str, out: TextIO) -> None:
    """Print a line above the bars of the terminal; once its reader has gone, nowhere."""
    try:
        with tqdm.external_write_mode(file=out):
            print(line, file=out, flush=True)
    except BrokenPipeError:  # the work goes on
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), out.fileno())
