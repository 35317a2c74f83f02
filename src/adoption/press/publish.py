"""Publishing: a report is built apart and switched in at once; the last one is never lost."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adoption.core.errors import AdoptionError
from adoption.core.files import Say, only_one, sha256
from adoption.core.progress import above_bars
from adoption.press.current import BUILDING, KEPT_RUNS, LATEST, RUNS
from adoption.press.store import (
    SWITCH,
    LastRun,
    PageRecord,
    Sheet,
    document_file,
    finished_runs,
    latest_run,
    notebook_file,
    page_file,
    read_last,
    read_manifest,
    remove_leftovers,
    remove_runs,
    run_name,
    write_manifest,
)

# What a file system without symbolic links answers, and Windows where they are not allowed.
NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)
WRITING = (
    errno.EACCES,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.EISDIR,
    errno.ELOOP,
    errno.ENAMETOOLONG,
    errno.ENOSPC,
    errno.ENOTDIR,
    errno.EPERM,
    errno.EROFS,
)


def _to_stderr(line: str) -> None:
    above_bars(line, sys.stderr)


@contextmanager
def building(
    output: Path, *, keep: int = KEPT_RUNS, wait: bool = True, say: Say = _to_stderr
) -> Iterator[Run]:
    """Give a run to build; what is not published goes away, and the last report stays."""
    output = output.absolute()
    with ExitStack() as ends:
        with _in_one_line(output, every=True):
            output.mkdir(parents=True, exist_ok=True)
            ends.enter_context(only_one(output, wait=wait, say=say))
            (output / RUNS).mkdir(exist_ok=True)
            latest = output / LATEST
            if latest.exists() and not latest.is_symlink():
                raise AdoptionError(f"{latest}: is not a link to a report; move it away")
            remove_leftovers(output)
            folder = Path(tempfile.mkdtemp(prefix=BUILDING, dir=output / RUNS))
            ends.callback(shutil.rmtree, folder, ignore_errors=True)
            folder.chmod(0o755)
        with _in_one_line(output):
            yield Run(folder, output, keep, say)


class Run:
    """A report that is being built; `building` gives it.

    Files that come from the last run are shared with it: put another file in place of one,
    never write into it.

    Attributes
    ----------
    folder : Path
        Where its files go.
    last : LastRun or None
        The run that was published last.
    """

    def __init__(self, folder: Path, output: Path, keep: int, say: Say) -> None:
        self.folder = folder
        self.last: LastRun | None = read_last(output)
        self._output, self._keep, self._say = output, keep, say

    def carry_over(self, slug: str) -> PageRecord | None:
        """Bring what a page says, and its notebook, over from the last run as they are."""
        if self.last and self._bring(self.last.files_of(slug)):
            return self.last.pages[slug]
        return None

    def carry_over_sheet(self, name: str, digest: str) -> Sheet | None:
        """Bring over what the last run made of a document, if it would be the same."""
        sheet = self.last.sheets.get(name) if self.last else None
        if sheet and sheet.digest == digest and self._bring(sheet.files):
            return sheet
        return None

    def keep_last_good(self, slug: str) -> bool:
        """Let the last good page stay in the place of one that failed; whether there is one.

        What the failing notebook gave then has a name of its own.
        """
        if self.last is None or not self.last.good_page(slug):
            return False
        names = [document_file(slug), notebook_file(slug)]
        if not all(map(self.last.holds, names)):
            return False
        for file in (document_file, notebook_file):
            (self.folder / file(slug)).rename(self.folder / file(slug, failed=True))
        return self._bring(names)

    def carry_over_others(self) -> bool:
        """Bring over what is not there yet; whether it was whole."""
        files = self.last.files if self.last else ()
        return self._bring([name for name in files if not (self.folder / name).exists()])

    def _bring(self, names: Sequence[str]) -> bool:
        if self.last is None or not names or not all(map(self.last.holds, names)):
            return False
        for name in names:
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            _share(self.last.folder / name, target)
        return True

    def publish(
        self, pages: Mapping[str, PageRecord], facts: Mapping[str, Any] | None = None
    ) -> Path:
        """Write the manifest and switch the report in, in one step; it is the last thing to do."""
        for slug in pages:
            if not (self.folder / page_file(slug)).is_file():
                raise AdoptionError(f"page {slug}: {page_file(slug)} was not made")
        paths = [path for path in sorted(self.folder.rglob("*")) if path.is_file()]
        files = {
            path.relative_to(self.folder).as_posix(): sha256(path.read_bytes()) for path in paths
        }
        earlier = finished_runs(self._output)
        run = self._output / RUNS / run_name(files, datetime.now(UTC), earlier)
        write_manifest(self.folder, pages, files, {**(facts or {}), "run": run.name})
        try:
            latest_link = lead_to(run, self._output, self._say, lambda: self.folder.rename(run))
        except OSError:
            shutil.rmtree(run, ignore_errors=True)
            raise
        latest = latest_run(self._output)
        remove_runs([run for run in earlier if run.resolve() != latest][self._keep :])
        return latest_link

    def show_last(self) -> Path:
        """Let `latest` lead to the last run, if it does not; return what `publish` would.

        It does not if it was removed, or if the first publication was killed in its last step.
        """
        assert self.last is not None
        if latest_run(self._output) == self.last.folder.resolve():
            return self._output / LATEST
        return lead_to(self.last.folder, self._output, self._say)


@contextmanager
def _in_one_line(output: Path, *, every: bool = False) -> Iterator[None]:
    """Say in one line what could not be written in the output folder, or `every` error."""
    try:
        yield
    except OSError as error:
        name = error.filename2 or error.filename or output  # of two, the second is written
        path = Path(str(name)).absolute()
        concerned = path.is_relative_to(output) or output.is_relative_to(path)
        if not every and (error.errno not in WRITING or not concerned):
            raise
        text = str(path)[:300]  # an error is cut off at its end, and the reason is to be shown
        raise AdoptionError(f"{text}: cannot be written: {error.strerror}") from error


def _share(source: Path, target: Path) -> None:
    """Let two names lead to one file, or copy it where there are no such links."""
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:  # nor to files of another owner, or with too many names
        shutil.copyfile(source, target)


def publish_again(output: Path, name: str, *, wait: bool = True, say: Say = _to_stderr) -> Path:
    """Let `latest` lead to an earlier run, until the next one."""
    output = output.absolute()
    runs = {run.name: run for run in finished_runs(output) if read_manifest(run)}
    if name not in runs:
        allowed = ", ".join(runs) or "none"
        raise AdoptionError(f"--publish: no run {name!r} in {output / RUNS}; allowed: {allowed}")
    with _in_one_line(output), only_one(output, wait=wait, say=say):
        return lead_to(runs[name], output, say)


def lead_to(run: Path, output: Path, say: Say, bring: Callable[[], object] = lambda: None) -> Path:
    """Let `latest` lead to a run, once it is brought among the others.

    The link is made beside `latest` before anything else, because that can fail for lack of
    space. After each step `latest` leads to a whole run, or nowhere if none was published.
    """
    link = output / f"{SWITCH}{os.getpid()}"
    try:
        link.unlink(missing_ok=True)
        link.symlink_to(Path(RUNS, run.name), target_is_directory=True)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        bring()
        say(f"{output / LATEST}: no link can be made there; the report is {run}")
        return run
    try:
        bring()
        return link.replace(output / LATEST)
    except OSError:
        link.unlink(missing_ok=True)
        raise
