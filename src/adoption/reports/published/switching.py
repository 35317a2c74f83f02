"""Switching a report in: `latest` leads to a whole run before and after each step."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from adoption.reports.published.runs import LATEST, RUNS, SWITCH, latest_run

# What a file system without symbolic links answers, and Windows where they are not allowed.
NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)


def switch_in(folder: Path, output: Path, name: str, say: Callable[[str], object]) -> Path:
    """Put a finished run among the others and let `latest` lead to it.

    The link is made beside `latest` before anything else, because that can fail for lack of
    space. After each step `latest` leads to a whole run, or nowhere if none was published.
    """
    run = output / RUNS / name
    link = _link_beside(run, output, say)
    try:
        folder.rename(run)
        return _in_place(link, output) if link else run
    except OSError:
        shutil.rmtree(run, ignore_errors=True)
        if link:
            link.unlink(missing_ok=True)
        raise


def lead_to(run: Path, output: Path, say: Callable[[str], object]) -> Path:
    """Let `latest` lead to a run that is among the others, if it does not.

    It does not if it was removed, or if the first publication was killed in its last step.
    """
    if latest_run(output) == run.resolve():
        return output / LATEST
    link = _link_beside(run, output, say)
    try:
        return _in_place(link, output) if link else run
    except OSError:
        if link:
            link.unlink(missing_ok=True)
        raise


def _link_beside(run: Path, output: Path, say: Callable[[str], object]) -> Path | None:
    """Make a link to a run beside `latest`; None, and a line, where there are no links."""
    link = output / f"{SWITCH}{os.getpid()}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(Path(RUNS, run.name), target_is_directory=True)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        say(f"{output / LATEST}: no link can be made there; the report is {run}")
        return None
    return link


def _in_place(link: Path, output: Path) -> Path:
    return link.replace(output / LATEST)
