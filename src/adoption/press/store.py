"""The runs of an output folder: what each was made of, which was the last, which may go."""

from __future__ import annotations

import json
import math
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PrivateAttr

from adoption.core.files import TEMP_SUFFIX, sha256
from adoption.press.current import BUILDING, LATEST, NOTE, RUNS
from adoption.press.document import DOCUMENT_VERSION
from adoption.press.due import (
    MISSING,
    Digest,
    Digests,
    PageInputs,
    file_digest,
    input_differences,
    inputs_of,
    only_files_differ,
)
from adoption.press.parameters import Value
from adoption.press.plan import Page

MANIFEST = "manifest.json"
# Begin the names of what a run that is killed may leave; the next one removes it.
OLD, SWITCH = ".old-", ".latest-"
TIME = "%Y%m%dT%H%M%SZ"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the time of a notebook in a zip: the same gives the same bytes
RUN_NAME = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{8}")

ASKED_FOR = "asked for with --force"
DAMAGED = "a file of it is missing or damaged"
OTHER_VERSION = "its document is of another version"
FAILED = "-failed"  # ends the name of the page that shows a failure beside the last good page


class PageRecord(BaseModel):
    """What a manifest says of a page.

    Of a page that was good before it failed, `kicker`, `answer`, `made` and `data_day` are
    those of the good page, which is still shown, and `shown` has its parameters; the rest is
    of the run that failed.

    Attributes
    ----------
    notebook, parameters, section
        As the plan gives them.
    inputs : PageInputs
        What decided the page.
    kicker : str
        What kind of page it is.
    answer : dict, optional
        Title, text and key figure; None if there is none to show.
    error : str, optional
        Why its notebook failed; None if it ran to its end.
    made_on : datetime
        When the page that is shown was made, with the time zone.
    data_day : date
        The day of its data.
    seconds : float
        How long it took.
    good_parameters : dict, optional
        Every parameter of the good page that is shown; None where that is the page itself.
    document : int
        The version of its document; 0 in a manifest of before there were any.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    notebook: str
    parameters: dict[str, Value]
    section: str = ""
    inputs: PageInputs
    kicker: str
    answer: dict[str, Any] | None
    error: str | None
    made_on: AwareDatetime = Field(validation_alias="made", serialization_alias="made")
    data_day: date
    seconds: float
    good_parameters: dict[str, Value] | None = Field(
        default=None, validation_alias="shown", serialization_alias="shown"
    )
    document: int = 0

    @property
    def shown_parameters(self) -> dict[str, Value]:
        """Every parameter of the page that is shown, with its value."""
        return self.parameters if self.good_parameters is None else self.good_parameters


class Sheet(BaseModel):
    """What was made of a document.

    Attributes
    ----------
    digest : str
        SHA-256 of the document, of what its links say, and of templates and style.
    files : list of str
        The names of what was made.
    needs : list of str
        The names of what it needs of its site beside.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    digest: Digest
    files: list[str]
    needs: list[str] = []


class LastRun(BaseModel):
    """What its manifest says of the run that was published last; it may hold more.

    Attributes
    ----------
    pages : dict of str to PageRecord
        By slug.
    files : dict of str to str
        SHA-256 of each file by its path in the folder of the run.
    site : str
        SHA-256 of what decided the parts that all pages share.
    sheets : dict of str to Sheet
        What was made of documents, by the name of the page's file.
    """

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    pages: dict[str, PageRecord]
    files: dict[str, Digest]
    site: Digest = ""
    sheets: dict[str, Sheet] = {}
    folder: Path = Path()  # where it is
    _held: dict[str, bool] = PrivateAttr(default_factory=dict)

    def files_of(self, slug: str) -> list[str]:
        """Return the names of what a page is made of; none if it is not there or lacks one.

        They are its document and its notebook. Of a page that failed and was good before there are
        both, the good one under its own name.
        """
        if slug not in self.pages:
            return []
        names = [document_file(slug), notebook_file(slug)]
        if self.pages[slug].good_parameters is not None:
            names += [document_file(slug, failed=True), notebook_file(slug, failed=True)]
        return names if self.files.keys() >= set(names) else []

    def good_page(self, slug: str) -> bool:
        """Return whether the page that is shown is good, now or since before it failed."""
        record = self.pages.get(slug)
        return record is not None and (record.error is None or record.good_parameters is not None)

    def holds(self, name: str) -> bool:
        """Return whether a file is there and what the manifest says that it is."""
        if name not in self._held:
            path = self.folder / name
            digest = self.files.get(name)
            self._held[name] = not path.is_symlink() and digest == file_digest(path) != MISSING
        return self._held[name]

    def damaged(self) -> list[str]:
        """Return the names of files that are missing or not what the manifest says."""
        return [name for name in self.files if not self.holds(name)]


def read_manifest(folder: Path) -> LastRun | None:
    """Read the manifest of a run; None if it is missing or damaged in any place."""
    try:
        manifest = _with_file_names((folder / MANIFEST).read_bytes())
        run = LastRun.model_validate_json(manifest)
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None
    return run.model_copy(update={"folder": folder})


def write_manifest(
    folder: Path, pages: Mapping[str, PageRecord], files: Mapping[str, str], facts: dict[str, Any]
) -> None:
    """Write the manifest of a run; a page's parameters stay in the notebook's own order."""
    records = {slug: page.model_dump(mode="json", by_alias=True) for slug, page in pages.items()}
    failures = {slug: page.error for slug, page in pages.items() if page.error is not None}
    read = _by_number(records)
    manifest = {**facts, "pages": records, "failures": failures, "files": files, "read": read}
    lines = json.dumps(manifest, ensure_ascii=False, separators=(",\n", ": "))  # `indent` is slow
    (folder / MANIFEST).write_text(lines + "\n", encoding="utf-8")


def _by_number(records: Mapping[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Name files that pages read by numbers; return each with its digest, in their order.

    Hundreds of pages read the same files: so a manifest has a tenth of its size.
    """
    numbers: dict[tuple[str, str], int] = {}
    for record in records.values():
        files = record["inputs"]["files"]
        record["inputs"]["files"] = [
            numbers.setdefault(file, len(numbers)) for file in files.items()
        ]
    return [*numbers]


def _with_file_names(manifest: bytes) -> bytes:
    """Return a manifest whose pages name the files that they read, with their digests."""
    content = json.loads(manifest)
    read = content.pop("read")
    for record in content["pages"].values():
        record["inputs"]["files"] = dict(read[number] for number in record["inputs"]["files"])
    return json.dumps(content).encode()


def page_file(slug: str, *, failed: bool = False) -> str:
    """Return the name of a page in a run.

    Examples
    --------
    >>> page_file("brief-qat"), page_file("brief-qat", failed=True)
    ('brief-qat.html', 'brief-qat-failed.html')
    """
    return f"{slug}{'-failed' if failed else ''}.html"


def notebook_file(slug: str, *, failed: bool = False) -> str:
    """Return the name of the executed notebook of a page in a run.

    Examples
    --------
    >>> notebook_file("brief-qat"), notebook_file("brief-qat", failed=True)
    ('notebooks/brief-qat.zip', 'notebooks/brief-qat-failed.zip')
    """
    return f"notebooks/{slug}{'-failed' if failed else ''}.zip"


def document_file(slug: str, *, failed: bool = False) -> str:
    """Return the name of what a page says, as data, in a run.

    Examples
    --------
    >>> document_file("brief-qat")
    'documents/brief-qat.json.gz'
    """
    return f"documents/{slug}{'-failed' if failed else ''}.json.gz"


def make_folders(folder: Path) -> None:
    """Make the folders of a run in which pages are written."""
    for name in ("documents", "notebooks"):
        (folder / name).mkdir()


def picture_file(slug: str) -> str:
    """Return the name of the picture with which a link to a page is shown, in a run."""
    return f"pictures/{slug}.png"


def embed_file(slug: str) -> str:
    """Return the name of the light page with what can be embedded of a page, in a run."""
    return f"embed-{slug}.html"


def write_executed(notebook: Any, path: Path) -> None:
    """Write an executed notebook into a zip file: a fifth of the size, and opened anywhere."""
    from nbformat.v4 import writes_json  # slow to import, as below

    text = writes_json(notebook)  # type: ignore[no-untyped-call]
    inside = zipfile.ZipInfo(f"{path.stem}.ipynb", ZIP_TIME)
    inside.compress_type = zipfile.ZIP_DEFLATED
    inside.external_attr = 0o644 << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(inside, text, compresslevel=9)


def read_executed(path: Path) -> Any:
    """Return an executed notebook."""
    import nbformat

    with zipfile.ZipFile(path) as file:
        text = file.read(file.namelist()[0]).decode()
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def read_last(output: Path) -> LastRun | None:
    """Return the run that `latest` leads to, or else the newest whose manifest is sound."""
    for folder in (latest_run(output), *finished_runs(output)):
        if folder and (run := read_manifest(folder)):
            return run
    return None


def latest_run(output: Path) -> Path | None:
    """Return the folder that `latest` leads to; None if it leads nowhere."""
    try:
        return (output / LATEST).resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: to itself
        return None


def finished_runs(output: Path) -> list[Path]:
    """Return the folders of the finished runs, newest first."""
    try:
        folders = [path for path in (output / RUNS).iterdir() if _time_of(path) is not None]
    except OSError:
        return []
    return sorted(folders, reverse=True)


def run_name(files: Mapping[str, str], moment: datetime, runs: Sequence[Path]) -> str:
    """Return a name for a run: its time and eight digits of its content.

    Runs with the same pages have the same digits: executed notebooks, which hold times, do
    not count. A name sorts after those of all earlier runs, even if the clock was put back.

    Examples
    --------
    >>> run_name({"index.html": "00"}, datetime(2026, 11, 25, 9, 33, 50, tzinfo=UTC), [])
    '20261125T093350Z-8b019e20'
    """
    newest = _time_of(runs[0]) if runs else None
    if newest is not None:
        moment = max(moment, newest + timedelta(seconds=1))
    pages = sorted(item for item in files.items() if not item[0].startswith("notebooks/"))
    digest = sha256(json.dumps(pages).encode())
    return f"{moment:{TIME}}-{digest[:8]}"


def remove_leftovers(output: Path) -> None:
    """Remove what killed runs left; it harms nobody, so what resists stays."""
    for prefix in (BUILDING, OLD):
        for path in (output / RUNS).glob(f"{prefix}*"):
            shutil.rmtree(path, ignore_errors=True)
    for name in (f"{SWITCH}*", f"{NOTE}-*", f".*{TEMP_SUFFIX}"):
        for path in output.glob(name):
            with suppress(OSError):
                path.unlink()


def remove_runs(runs: Sequence[Path]) -> None:
    """Remove runs, each renamed before: a kill leaves no half of one under its name."""
    for run in runs:
        old = run.with_name(f"{OLD}{run.name}")
        with suppress(OSError):
            run.rename(old)
            shutil.rmtree(old, ignore_errors=True)


def _time_of(run: Path) -> datetime | None:
    """Return the time in the name of a run; None if it is no such name."""
    matched = RUN_NAME.fullmatch(run.name)
    try:
        return datetime.strptime(matched[1], TIME).replace(tzinfo=UTC) if matched else None
    except ValueError:  # no day of the calendar
        return None


def reasons_to_run(page: Page, last: LastRun | None, digests: Digests) -> list[str]:
    """Return why a page is to be made; nothing if it is current."""
    record = last.pages.get(page.slug) if last else None
    before = record.inputs if record else None
    current = inputs_of(page, before.files if before else (), digests)
    lines = input_differences(before, current, failed=bool(record and record.error))
    if record and record.document != DOCUMENT_VERSION:
        lines.append(OTHER_VERSION)
    return [DAMAGED] if not lines and is_damaged(page.slug, last) else lines


def kept_document(page: Page, last: LastRun | None, digests: Digests) -> str:
    """Return the SHA-256 of the document that a page keeps if its cells show the same.

    It is no text for a page that is to be made in any case: by another source than before, or
    after a failure or damage.
    """
    record = last.pages.get(page.slug) if last else None
    if last is None or record is None or record.error or record.document != DOCUMENT_VERSION:
        return ""
    current = inputs_of(page, record.inputs.files, digests)
    if not only_files_differ(record.inputs, current) or is_damaged(page.slug, last):
        return ""
    return last.files[document_file(page.slug)]


def is_damaged(slug: str, last: LastRun | None) -> bool:
    """Return whether the last run had a page, and a file of it is missing or damaged."""
    if last is None or slug not in last.pages:
        return False
    names = last.files_of(slug)
    return not names or not all(map(last.holds, names))


def longest_first(pages: Sequence[Page], last: LastRun | None) -> list[Page]:
    """Return pages in the order in which they are best begun, so that all ends together."""
    records = last.pages if last else {}

    def seconds(page: Page) -> float:
        return records[page.slug].seconds if page.slug in records else math.inf

    return sorted(pages, key=seconds, reverse=True)
