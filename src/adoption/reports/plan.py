"""The report plan: read from `reports.toml` and checked before any kernel starts."""

from __future__ import annotations

import ast
from datetime import date
from typing import TYPE_CHECKING, Any

import papermill
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from adoption.errors import AdoptionError, did_you_mean
from adoption.parameters import check_parameters
from adoption.tomlfile import read_toml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


RESERVED = ("index",)


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
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    notebook: str
    parameters: dict[str, str | int | float | bool] = {}

    @field_validator("slug")
    @classmethod
    def _free(cls, slug: str) -> str:
        if slug in RESERVED:
            raise ValueError(f"{slug!r} is the name of a page that every report has")
        return slug

    @field_validator("parameters", mode="before")
    @classmethod
    def _days_as_text(cls, given: object) -> object:
        """Take a day of TOML for the text that a notebook's parameter is."""
        if not isinstance(given, dict):
            return given
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in given.items()}


def read_plan(path: Path) -> list[Page]:
    """Read a plan.

    Raises
    ------
    AdoptionError
        If it is not TOML, a page is not of the form, or two pages have one slug.
    """
    entries = read_toml(path).get("page", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise AdoptionError(f"{path.name}: page: each is a table of its own, [[page]]")
    pages: list[Page] = []
    for number, entry in enumerate(entries, start=1):
        try:
            page = Page(**entry)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"][:2]))  # not the types that were tried
            raise AdoptionError(f"{path.name}: page {number}, {field}: {first['msg']}") from None
        if page.slug in {other.slug for other in pages}:
            raise AdoptionError(f"{path.name}: page {number}, slug: {page.slug!r} appears twice")
        pages.append(page)
    if not pages:
        raise AdoptionError(f"{path.name}: has no [[page]]")
    return pages


def choose(pages: Sequence[Page], only: Sequence[str] | None) -> list[Page]:
    """Return the pages with some slugs, in the order of the plan.

    Raises
    ------
    AdoptionError
        For a slug that is not in the plan; names the nearest.
    """
    if not only:
        return list(pages)
    slugs = [page.slug for page in pages]
    for slug in only:
        if slug not in slugs:
            raise AdoptionError(f"no page {slug!r}; {did_you_mean(slug, slugs, 1)}")
    return [page for page in pages if page.slug in only]


def check_page(page: Page, notebooks: Path) -> dict[str, Any]:
    """Check a page's notebook and parameters.

    Parameters
    ----------
    page : Page
        The page.
    notebooks : Path
        The folder of the notebooks.

    Returns
    -------
    dict of str to value
        Every parameter of the notebook with the value it will have.

    Raises
    ------
    AdoptionError
        For a notebook that does not exist, an unknown parameter, a value of the wrong
        type, or one that is not allowed.
    """
    where = f"page {page.slug}"
    path = notebooks / f"{page.notebook}.ipynb"
    if not path.is_file():
        names = [found.stem for found in notebooks.glob("*.ipynb")]
        raise AdoptionError(
            f"{where}: no notebook {page.notebook!r}; {did_you_mean(page.notebook, names, 1)}"
        )
    defaults = notebook_parameters(path)
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


def notebook_parameters(path: Path) -> dict[str, Any]:
    """Return the parameters of a notebook with the values of its parameters cell."""
    found = papermill.inspect_notebook(str(path))
    values = {}
    for name, entry in found.items():
        try:
            values[name] = ast.literal_eval(entry["default"])
        except (SyntaxError, ValueError):
            raise AdoptionError(
                f"{path.name}: parameter {name}: {entry['default']} is not a plain value"
            ) from None
    return values
