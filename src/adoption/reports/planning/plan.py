"""The report plan: read from `reports.toml` and checked before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from adoption.countries.groups import slug as slug_of
from adoption.errors import AdoptionError, did_you_mean
from adoption.notebook_parameters import check_parameters
from adoption.reports.planning.parameters_cell import notebook_parameters as notebook_parameters
from adoption.reports.planning.sets import SETS, expand
from adoption.reports.planning.subjects import effective_values
from adoption.tomlfile import read_toml

RESERVED = ("index", "analyses", "data", "about", "changes")
FAILED = "-failed"  # ends the name of the page that shows a failure beside the last good page


class Page(BaseModel):
    """One page of a report.

    Attributes
    ----------
    slug : str
        Its name in addresses: lower-case letters, digits and hyphens.
    notebook : str
        Name of the notebook without its ending.
    parameters : dict
        What differs from the notebook's own values.
    section : str
        Title of the list of the index that it stands in; no text for a page in front.
    also : str
        A section that lists it as well: the one whose set would have made it again.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    notebook: str
    parameters: dict[str, str | int | float | bool] = {}
    section: str = ""
    also: str = ""

    @field_validator("slug")
    @classmethod
    def _free(cls, name: str) -> str:
        if name in RESERVED:
            raise ValueError(f"{name!r} is the name of a page of every report's own")
        if name.endswith(FAILED):
            raise ValueError(f"{name!r}: such a name is for a page that shows a failure")
        return name

    @field_validator("parameters", mode="before")
    @classmethod
    def _days_as_text(cls, given: object) -> object:
        """Take a day of TOML for the text that a notebook's parameter is."""
        if not isinstance(given, dict):
            return given
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in given.items()}


def read_plan(path: Path, sets: Mapping[str, Callable[[], list[str]]] = SETS) -> list[Page]:
    """Read a plan, with every entry that stands for many pages expanded.

    The pages that are written out come first. One of a set is left out if an earlier page
    has its notebook and its values; that page is then listed in the set's section as well.
    """
    entries = read_toml(path).get("page", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise AdoptionError(f"{path.name}: page: each is a table of its own, [[page]]")
    written: list[tuple[str, Page]] = []
    of_sets: list[tuple[str, Page]] = []
    for number, entry in enumerate(entries, start=1):
        where = f"{path.name}: page {number}"
        made = [(where, _page(one, where)) for one in expand(entry, where, sets)]
        (of_sets if "each" in entry else written).extend(made)
    pages: dict[str, Page] = {}
    for where, page in written:
        _add(pages, page, where)
    if of_sets:
        _add_sets(pages, of_sets, path.parent / "notebooks")
    for page in pages.values():
        if slug_of(page.section) in {*pages, *RESERVED}:
            raise AdoptionError(
                f"{path.name}: section {page.section!r}: its list would have the address of a page"
            )
    if not pages:
        raise AdoptionError(f"{path.name}: has no [[page]]")
    return list(pages.values())


def _page(entry: dict[str, Any], where: str) -> Page:
    try:
        return Page(**entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"][:2]))  # not the types that were tried
        raise AdoptionError(f"{where}, {field}: {first['msg']}") from None


def _add(pages: dict[str, Page], page: Page, where: str) -> None:
    if page.slug in pages:
        raise AdoptionError(f"{where}, slug: {page.slug!r} appears twice")
    pages[page.slug] = page


def _add_sets(pages: dict[str, Page], of_sets: Sequence[tuple[str, Page]], notebooks: Path) -> None:
    """Add the pages of sets, but those that an earlier page already is."""
    every = [*pages.values(), *(page for _, page in of_sets)]
    asked = [
        (page.notebook, frozenset((name, type(value), value) for name, value in values.items()))
        for page, values in zip(every, effective_values(every, notebooks), strict=True)
    ]
    there: dict[object, str] = {}  # the slug of the page that has a notebook and values
    for page, question in zip(pages.values(), asked, strict=False):
        there.setdefault(question, page.slug)
    for (where, page), question in zip(of_sets, asked[len(pages) :], strict=True):
        if question not in there:
            _add(pages, page, where)
            there[question] = page.slug
            continue
        same = pages[there[question]]
        if page.section not in (same.section, same.also):
            pages[same.slug] = same.model_copy(update={"also": same.also or page.section})


def choose(pages: Sequence[Page], only: Sequence[str] | None) -> list[Page]:
    """Return the pages with some slugs, in the order of the plan."""
    if not only:
        return list(pages)
    slugs = [page.slug for page in pages]
    for slug in only:
        if slug not in slugs:
            raise AdoptionError(f"no page {slug!r}; {did_you_mean(slug, slugs, 1)}")
    return [page for page in pages if page.slug in only]


def check_pages(pages: Sequence[Page], notebooks: Path) -> dict[str, dict[str, Any]]:
    """Check the notebook and parameters of each page."""
    defaults: dict[str, dict[str, Any]] = {}
    for page in pages:
        if page.notebook not in defaults:
            defaults[page.notebook] = _defaults(page, notebooks)
    return {page.slug: _checked(page, defaults[page.notebook]) for page in pages}


def check_page(page: Page, notebooks: Path) -> dict[str, Any]:
    """Check a page's notebook and parameters."""
    return _checked(page, _defaults(page, notebooks))


def _defaults(page: Page, notebooks: Path) -> dict[str, Any]:
    path = notebooks / f"{page.notebook}.ipynb"
    if not path.is_file():
        names = [found.stem for found in notebooks.glob("*.ipynb")]
        raise AdoptionError(
            f"page {page.slug}: no notebook {page.notebook!r}; "
            f"{did_you_mean(page.notebook, names, 1)}"
        )
    return notebook_parameters(path)


def _checked(page: Page, defaults: dict[str, Any]) -> dict[str, Any]:
    where = f"page {page.slug}"
    for name, value in page.parameters.items():
        if name not in defaults:
            raise AdoptionError(
                f"{where}: {page.notebook} has no parameter {name!r}; "
                f"{did_you_mean(name, defaults, 1)} (all: {', '.join(defaults)})"
            )
        if type(value) is not type(defaults[name]):
            raise AdoptionError(
                f"{where}: {name}: {value!r} is not of type {type(defaults[name]).__name__}"
            )
    values = defaults | page.parameters
    try:
        check_parameters(**values)
    except AdoptionError as error:
        raise AdoptionError(f"{where}: {error}") from None
    return values
