"""The report plan `reports.toml`: its settings, its pages expanded from the data, and a choice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveInt,
    ValidationError,
    field_validator,
)

from adoption.core.errors import AdoptionError, did_you_mean, first_fault
from adoption.core.reading import read_toml
from adoption.core.text import counted, slug
from adoption.press.parameters import Value, check_names, day_as_text, notebook_parameters
from adoption.press.project import Project

SETTINGS_SCRIPT = "settings.js"  # by itself, so that pages do not change with a setting
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
FAILED = "-failed"  # ends the name of the page that shows a failure beside the last good page
MOST_NAMED = 12  # of what there is, in an error
MAX_OUTPUT_MEGABYTES = 50  # of a page, unless the plan sets another limit
Megabytes = Annotated[
    NonNegativeInt, Field(description="a number of megabytes (whole; 0 for no limit)")
]
Days = Annotated[PositiveInt, Field(description="a number of days (whole, 1 or more)")]


class Settings(BaseModel):
    """The settings of a report.

    Attributes
    ----------
    stale_after : int
        After how many days its pages tell the age of their data.
    site : str
        The address at which it is published; no text where that is not known.
    authors : list of str
        Whom a citation names, as "Surname, Given name" or an institution.
    owner, contact : str
        Who publishes it, and where readers write to: an address of mail or of a page.
    max_output_megabytes, max_memory_megabytes : int
        The limits of what the cells of a page show, and of the memory of its process; 0 for none.
    moved : dict of str
        By the slug of a page that is no more: that of the page to which its address leads.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    stale_after: Days = 45
    site: Annotated[
        str,
        Field(
            pattern=r"^(https?://[^\s/?#\"'<>&@]+(/[^\s?#\"'<>&@]*)?)?$",
            description="the address of a folder on the web (as https://example.org/hanoi/)",
        ),
        AfterValidator(lambda site: site and f"{site.rstrip('/')}/"),
    ] = ""
    authors: Annotated[list[str], Field(description="a list of names")] = []
    owner: Annotated[str, Field(description="a name")] = ""
    contact: Annotated[str, Field(description="an address of mail or of a page")] = ""
    max_output_megabytes: Megabytes = MAX_OUTPUT_MEGABYTES
    max_memory_megabytes: Megabytes = 0
    moved: Annotated[dict[str, str], Field(description="slugs of pages, old and new")] = {}

    @property
    def unset(self) -> list[str]:
        """The settings without which a citation, or a reader with a question, lacks something."""
        return [name for name in ("site", "authors", "owner", "contact") if not getattr(self, name)]

    def script(self) -> str:
        """Return the script that tells the settings to the pages."""
        values = {"staleAfter": str(self.stale_after), "site": self.site}
        return f"Object.assign(document.documentElement.dataset, {json.dumps(values)});\n"


UNSET = Settings()


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
    values : dict
        Every parameter with the value it has, checked, in the notebook's own order: the first
        that can says what the page is about. Here and in `parameters` as the data spell it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str = Field(pattern=f"^{SLUG}$")
    notebook: str
    parameters: dict[str, Value] = {}
    section: str = ""
    also: str = ""
    values: dict[str, Value] = {}
    error: str = ""

    @field_validator("slug")
    @classmethod
    def _free(cls, name: str) -> str:
        if name.endswith(FAILED):
            raise ValueError(f"{name!r}: such a name is for a page that shows a failure")
        return name


@dataclass(frozen=True)
class Choice:
    """Which pages of a plan are wanted; each field narrows what the others leave.

    Attributes
    ----------
    only : sequence of str
        Slugs.
    about : sequence of mapping
        Each narrows: to pages of which one of these parameters, by name, has one of these values,
        as a person writes it.
    values : mapping
        By the name of a parameter: the value that it is to have in every page.
    """

    only: Sequence[str] = ()
    about: Sequence[Mapping[str, Sequence[str]]] = ()
    values: Mapping[str, Value] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether anything is asked for: else it is all pages as they are planned."""
        is_about = any(any(named.values()) for named in self.about)
        return bool(self.only or self.values or is_about)


# The plan


def read_settings(path: Path) -> Settings:
    """Return the settings of a plan."""
    written = {name: value for name, value in read_toml(path).items() if name != "page"}
    fields = Settings.model_fields
    for name in written:
        if name not in fields:
            near = did_you_mean(name, [*fields, "page"], 1)
            raise AdoptionError(f"{path.name}: no setting {name!r}; {near} (or else [[page]])")
    try:
        return Settings(**written)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        wanted = fields[name].description
        raise AdoptionError(f"{path.name}: {name}: {written[name]!r} is not {wanted}") from None


def read_plan(
    path: Path, project: Project, asked: Mapping[str, Sequence[Any]] = MappingProxyType({})
) -> list[Page]:
    """Read a plan, with every entry that stands for many pages expanded, and check its pages.

    An entry that says so has pages for what is asked for as well: values by the name of a
    parameter.

    A page whose notebook or parameters are wrong says so; all others can be made. The pages that
    are written out come first. One of a set is left out if an earlier page has its notebook and its
    values; that page is then listed in the set's section as well.
    """
    entries = read_toml(path).get("page", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise AdoptionError(f"{path.name}: page: use [[page]], a table for each")
    entries_in_order = []
    for number, entry in enumerate(entries, start=1):
        where = f"{path.name}: page {number}"
        singles = _expanded(entry, where, project, asked)
        entries_in_order += [(where, "each" in entry, single) for single in singles]
    if not entries_in_order:
        raise AdoptionError(f"{path.name}: has no [[page]]")
    entries_in_order.sort(key=lambda item: item[1])  # stable: those of sets after the others
    pages: dict[str, Page] = {}
    there: dict[object, str] = {}  # the slug of the page that has a notebook and values
    for where, of_set, entry in entries_in_order:
        page = _planned(entry, where, path.parent / "notebooks", project)
        question = page.notebook, json.dumps(page.values, sort_keys=True)
        if of_set and question in there and not page.error:
            same = pages[there[question]]
            if page.section not in (same.section, same.also):
                pages[same.slug] = same.model_copy(update={"also": same.also or page.section})
            continue
        if page.slug in pages:
            raise AdoptionError(f"{where}, slug: {page.slug!r} appears twice")
        pages[page.slug] = page
        there.setdefault(question, page.slug)
    for section in {page.section for page in pages.values()} - {""}:
        if slug(section) in {*pages, *project.reserved}:
            raise AdoptionError(
                f"{path.name}: section {section!r}: its list would have the address of a page"
            )
    return list(pages.values())


def _planned(entry: dict[str, Any], where: str, notebooks: Path, project: Project) -> Page:
    """Return the page of an entry, checked, or with what is wrong with its notebook or values."""
    try:
        page = Page(**entry)
    except ValidationError as error:
        raise AdoptionError(f"{where}, {first_fault(error, Page)}") from None
    if page.slug in project.reserved:
        problem = f"{page.slug!r} is the name of a page of every report's own"
        raise AdoptionError(f"{where}, slug: {problem}")
    try:
        return _checked(page, notebooks, project)
    except AdoptionError as error:
        return page.model_copy(update={"error": str(error)})


@dataclass(frozen=True)
class Plan:
    """The pages of a project's plan, checked.

    Attributes
    ----------
    root : Path
        The folder of the project.
    project : Project
        What the press is told of it.
    pages : sequence of Page
        All of them.
    wanted : set of str
        The slugs of those that are wanted of this report.
    settings : Settings
        What holds for all of them.
    """

    root: Path
    project: Project
    pages: Sequence[Page]
    wanted: set[str]
    settings: Settings

    @classmethod
    def read(cls, root: Path, project: Project, choice: Choice = Choice()) -> Plan:
        """Read the plan in the folder of a project.

        A page that is asked for by its slug, and cannot be made, is an error of who asks.
        """
        path = root / "reports.toml"
        values = {
            name: [project.find[name](text) for text in texts]
            for named in choice.about
            for name, texts in named.items()
        }
        settings, pages = read_settings(path), read_plan(path, project, values)
        _check_moved(settings.moved, [page.slug for page in pages], project.reserved)
        wanted = {page.slug: page for page in _select(pages, choice, project)}
        for page in list(wanted.values()):
            if page.error and page.slug in choice.only:
                raise AdoptionError(page.error)
            asked = {name: value for name, value in choice.values.items() if name in page.values}
            if asked:
                page = page.model_copy(update={"parameters": page.parameters | asked})
                wanted[page.slug] = _checked(page, root / "notebooks", project)
        parameters = {name: None for page in wanted.values() for name in page.values}
        check_names(choice.values, parameters, f"a report of {counted(len(wanted), 'page')}")
        planned = [wanted.get(page.slug, page) for page in pages]
        return cls(root, project, planned, {*wanted}, settings)


def _checked(page: Page, notebooks: Path, project: Project) -> Page:
    """Check a page's notebook and parameters; return it with the values as the data spell them."""
    path = notebooks / f"{page.notebook}.ipynb"
    where = f"page {page.slug}"
    if not path.is_file():
        names = [notebook.stem for notebook in notebooks.glob("*.ipynb")]
        near = did_you_mean(page.notebook, names, 1)
        raise AdoptionError(f"{where}: no notebook {page.notebook!r}; {near}")
    try:
        parameters = notebook_parameters(path)
        check_names(page.parameters, parameters, page.notebook)
        values: dict[str, Any] = {
            name: parameter.checked(name, page.parameters[name])
            if name in page.parameters
            else parameter.default
            for name, parameter in parameters.items()
        }
        allowed = {*project.known()}
        values |= project.check({name: values[name] for name in values if name in allowed})
    except AdoptionError as error:
        raise AdoptionError(f"{where}: {error}") from None
    # A float as it is: a record has an infinite one as text, and a notebook does not.
    of_page = {
        name: given if isinstance(given, float) else values[name]
        for name, given in page.parameters.items()
    }
    return page.model_copy(update={"parameters": of_page, "values": values})


def _check_moved(moved: Mapping[str, str], slugs: Sequence[str], reserved: Sequence[str]) -> None:
    for old, new in moved.items():
        if old in {*slugs, *reserved} or not re.fullmatch(SLUG, old):
            raise AdoptionError(f"moved: {old!r} is a page of the plan, or is not a slug")
        if new not in slugs:
            raise AdoptionError(f"moved: {old}: no page {new!r}; {did_you_mean(new, slugs, 1)}")


def _select(pages: Sequence[Page], choice: Choice, project: Project) -> list[Page]:
    """Return the pages that are wanted, in the order of the plan."""
    has = {page.slug: page.values for page in pages}
    for name in choice.only:
        if name not in has:
            options = "".join(f", --{kind}" for kind in project.find)
            allowed = f"a slug of the plan{options}" if options else "a slug of the plan"
            hint = did_you_mean(name, has, 1)
            raise AdoptionError(f"no page {name!r}; {hint} (allowed: {allowed})")
    left = [slug for slug in has if slug in choice.only or not choice.only]
    for named in choice.about:
        about: set[str] = set()
        for name, texts in named.items():
            values = {project.find[name](text): text for text in texts}
            about |= _about(left, has, name, values)
        left = [slug for slug in left if slug in about or not any(named.values())]
    return [page for page in pages if page.slug in left]


def _about(
    slugs: Sequence[str], values: Mapping[str, dict[str, Any]], name: str, wanted: dict[str, str]
) -> set[str]:
    """Return the slugs of pages of which a parameter has one of some values.

    The values are given with what was written for them; each must have a page.
    """
    has = {slug: values[slug][name] for slug in slugs if name in values[slug]}
    there = list(dict.fromkeys(has.values()))
    for value, text in wanted.items():
        if value not in there:
            more = ", ..." if there[MOST_NAMED:] else ""
            some = f"{', '.join(there[:MOST_NAMED])}{more}"
            what = f"these are about {some}" if there else f"none of these has a {name}"
            raise AdoptionError(f"no page of {len(slugs)} is about {text}: {what}")
    return {slug for slug, value in has.items() if value in wanted}


# Entries that stand for many pages


def _expanded(
    entry: dict[str, Any],
    where: str,
    project: Project,
    asked: Mapping[str, Sequence[Any]] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """Return the entries of single pages that an entry stands for."""
    fixed = entry.get("parameters", {})
    if not isinstance(fixed, dict):  # the page says what it must be
        return [entry]
    fixed = {name: day_as_text(value) for name, value in fixed.items()}
    single = {name: value for name, value in entry.items() if name not in ("each", "asked")}
    single["parameters"] = fixed
    if "each" not in entry:
        return [single]
    varied = entry["each"]
    if not isinstance(varied, dict) or len(varied) != 1:
        raise AdoptionError(
            f'{where}, each: names a parameter and its values, as {{ country = "members" }}'
        )
    ((name, values),) = varied.items()
    braces = f"{{{name}}}"
    template = str(entry.get("slug"))
    if braces not in template:
        raise AdoptionError(f"{where}, slug: lacks {braces}, the parameter of each")
    if name in fixed:
        raise AdoptionError(f"{where}, each.{name}: stands under parameters as well")
    pages = []
    planned = _values(values, f"{where}, each.{name}", project.sets)
    if entry.get("asked") is True:
        planned += [value for value in asked.get(name, ()) if value not in planned]
    for value in planned:
        if not (part := slug(str(value))):
            raise AdoptionError(f"{where}, each.{name}: {value!r} gives no slug")
        page = {"slug": template.replace(braces, part), "parameters": {**fixed, name: value}}
        pages.append(single | page)
    return pages


def _values(
    written: object, where: str, sets: Mapping[str, Callable[[], Sequence[Any]]]
) -> list[Value]:
    if isinstance(written, str):
        if written not in sets:
            near = did_you_mean(written, sets, 1)
            allowed = ", ".join(sets) or "none"
            raise AdoptionError(f"{where}: there is no set {written!r}; {near} (all: {allowed})")
        return list(sets[written]())
    if not isinstance(written, list) or not written:
        raise AdoptionError(f"{where}: {written!r} is neither the name of a set nor some values")
    return [day_as_text(value) for value in written]
