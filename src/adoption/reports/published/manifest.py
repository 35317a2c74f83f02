"""The manifest of a run: what it was made of, page by page, and the digest of each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from adoption.reports.published.inputs import Digest, Inputs, Value

MANIFEST = "manifest.json"


class PageRecord(BaseModel):
    """What a manifest says of a page.

    Of a page that was good before it failed, `kicker`, `answer`, `made` and `data_day` are
    those of the good page, which is still shown, and `shown` has its parameters; the rest is
    of the run that failed.

    Attributes
    ----------
    notebook, parameters, section
        As the plan gives them.
    inputs : Inputs
        What decided the page.
    kicker : str
        What kind of page it is.
    answer : dict, optional
        Title, text and key figure; None if there is none to show.
    error : str, optional
        Why its notebook failed; None if it ran to its end.
    made : datetime
        When the page that is shown was made, with the time zone.
    data_day : str
        The day of its data, in words.
    seconds : float
        How long it took.
    shown : dict, optional
        Every parameter of the good page that is shown; None where that is the page itself, and
        in a manifest of before this was noted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    notebook: str
    parameters: dict[str, Value]
    section: str = ""
    inputs: Inputs
    kicker: str
    answer: dict[str, str] | None
    error: str | None
    made: AwareDatetime
    data_day: str = ""
    seconds: float
    shown: dict[str, Value] | None = None

    @property
    def shown_parameters(self) -> dict[str, Value]:
        """Every parameter of the page that is shown, with its value."""
        return self.parameters if self.shown is None else self.shown


class Manifest(BaseModel):
    """What a run needs to know of the manifest of the last one; it may hold more.

    Attributes
    ----------
    pages : dict of str to PageRecord
        By slug.
    files : dict of str to str
        SHA-256 of each file by its path in the folder of the run.
    site : str
        SHA-256 of what decided the parts that all pages share.
    """

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    pages: dict[str, PageRecord]
    files: dict[str, Digest]
    site: Digest = ""


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a run; None if it is missing or damaged in any place."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError):
        return None


def write_manifest(
    folder: Path,
    name: str,
    pages: Mapping[str, PageRecord],
    files: Mapping[str, str],
    facts: Mapping[str, Any],
) -> None:
    """Write the manifest of a run into its folder."""
    manifest = {
        **facts,
        "run": name,
        "pages": {slug: page.model_dump(mode="json") for slug, page in pages.items()},
        "failures": {slug: page.error for slug, page in pages.items() if page.error is not None},
        "files": files,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


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
    ('notebooks/brief-qat.ipynb', 'notebooks/brief-qat-failed.ipynb')
    """
    return f"notebooks/{slug}{'-failed' if failed else ''}.ipynb"
