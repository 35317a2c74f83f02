"""The report plan `reports.toml`: its settings, its pages expanded from the data, and a choice."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
    field_validator,
)

from adoption import tables
from adoption.core.errors import AdoptionError, did_you_mean, first_fault
from adoption.core.reading import read_toml, record_read, remembered
from adoption.core.text import slug
from adoption.core.vocabulary import STATE_KINDS
from adoption.countries.groups import find_country, find_group, load_groups
from adoption.law.conventions import load_conventions
from adoption.law.held import HeldTreaty, find_treaty
from adoption.reports.subjects import kind_of
from adoption.show.parameters import check_parameters

SETTINGS_SCRIPT = "settings.js"  # by itself, so that pages do not change with a setting
RESERVED = ("index", "compare", "analyses", "data", "about", "changes", "404")
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
FAILED = "-failed"  # ends the name of the page that shows a failure beside the last good page
TAG = "parameters"  # of the cell after which papermill puts the values of a run
MOST_NAMED = 12  # of what there is, in an error
Value = str | int | float | bool


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
    moved: Annotated[dict[str, str], Field(description="slugs of pages, old and new")] = {}

    @property
    def unset(self) -> list[str]:
        """The settings without which a citation, or a reader with a question, lacks something."""
        return [name for name in ("site", "authors", "owner", "contact") if not getattr(self, name)]

    def script(self) -> str:
        """Return the script that tells the settings to the pages."""
        known = {"staleAfter": str(self.stale_after), "site": self.site}
        return f"Object.assign(document.documentElement.dataset, {json.dumps(known)});\n"


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

    @field_validator("slug")
    @classmethod
    def _free(cls, name: str) -> str:
        if name in RESERVED:
            raise ValueError(f"{name!r} is the name of a page of every report's own")
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
    countries, groups : sequence of str
        Pages about one of these states or one of these groups.
    conventions : sequence of str
        Pages about one of these conventions.
    as_of : date, optional
        The day that every page is to be of.
    """

    only: Sequence[str] = ()
    countries: Sequence[str] = ()
    groups: Sequence[str] = ()
    conventions: Sequence[str] = ()
    as_of: date | None = None

    @property
    def held(self) -> list[str]:
        """The numbers of the held treaties among the conventions: they have pages if asked for."""
        named = map(find_treaty, self.conventions)
        return [treaty.convention for treaty in named if isinstance(treaty, HeldTreaty)]


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


def read_plan(path: Path, held: Sequence[str] = ()) -> list[Page]:
    """Read a plan, with every entry that stands for many pages expanded, and check its pages.

    Held treaties have those pages whose entry says that they can.

    The pages that are written out come first. One of a set is left out if an earlier page
    has its notebook and its values; that page is then listed in the set's section as well.
    """
    entries = read_toml(path).get("page", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise AdoptionError(f"{path.name}: page: use [[page]], a table for each")
    entries_in_order = [
        (f"{path.name}: page {number}", "each" in entry, single)
        for number, entry in enumerate(entries, start=1)
        for single in _expanded(entry, f"{path.name}: page {number}", held)
    ]
    if not entries_in_order:
        raise AdoptionError(f"{path.name}: has no [[page]]")
    entries_in_order.sort(key=lambda item: item[1])  # stable: those of sets after the others
    pages: dict[str, Page] = {}
    there: dict[object, str] = {}  # the slug of the page that has a notebook and values
    for where, of_set, entry in entries_in_order:
        try:
            page = Page(**entry)
        except ValidationError as error:
            raise AdoptionError(f"{where}, {first_fault(error)}") from None
        page = _checked(page, path.parent / "notebooks")
        question = page.notebook, frozenset((name, type(v), v) for name, v in page.values.items())
        if of_set and question in there:
            same = pages[there[question]]
            if page.section not in (same.section, same.also):
                pages[same.slug] = same.model_copy(update={"also": same.also or page.section})
            continue
        if page.slug in pages:
            raise AdoptionError(f"{where}, slug: {page.slug!r} appears twice")
        pages[page.slug] = page
        there.setdefault(question, page.slug)
    for section in {page.section for page in pages.values()} - {""}:
        if slug(section) in {*pages, *RESERVED}:
            raise AdoptionError(
                f"{path.name}: section {section!r}: its list would have the address of a page"
            )
    return list(pages.values())


@dataclass(frozen=True)
class Plan:
    """The pages of a project's plan, checked.

    Attributes
    ----------
    root : Path
        The project.
    pages : sequence of Page
        All of them.
    wanted : set of str
        The slugs of those that are wanted of this report.
    settings : Settings
        What holds for all of them.
    """

    root: Path
    pages: Sequence[Page]
    wanted: set[str]
    settings: Settings

    @classmethod
    def read(cls, root: Path, choice: Choice = Choice()) -> Plan:
        """Read the plan of a project."""
        path = root / "reports.toml"
        settings, pages = read_settings(path), read_plan(path, choice.held)
        _check_moved(settings.moved, [page.slug for page in pages])
        wanted = {page.slug: page for page in _select(pages, choice)}
        if choice.as_of:
            day = {"as_of": choice.as_of.isoformat()}
            for page in [page for page in wanted.values() if "as_of" in page.values]:
                page = page.model_copy(update={"parameters": page.parameters | day})
                wanted[page.slug] = _checked(page, root / "notebooks")
        return cls(root, [wanted.get(page.slug, page) for page in pages], {*wanted}, settings)


def _checked(page: Page, notebooks: Path) -> Page:
    """Check a page's notebook and parameters; return it with the values as the data spell them."""
    path, where = notebooks / f"{page.notebook}.ipynb", f"page {page.slug}"
    if not path.is_file():
        names = [notebook.stem for notebook in notebooks.glob("*.ipynb")]
        near = did_you_mean(page.notebook, names, 1)
        raise AdoptionError(f"{where}: no notebook {page.notebook!r}; {near}")
    defaults = notebook_parameters(path)
    for name, value in page.parameters.items():
        if name not in defaults:
            raise AdoptionError(
                f"{where}: {page.notebook} has no parameter {name!r}; "
                f"{did_you_mean(name, defaults, 1)} (all: {', '.join(defaults)})"
            )
        if type(value) is not type(defaults[name]):
            kind = type(defaults[name]).__name__
            raise AdoptionError(f"{where}: {name}: {value!r} is not of type {kind}")
    values = defaults | page.parameters
    try:
        values = check_parameters(**values).spelt(values)
        if kind_of(values) == "group":  # of a list of states there is no page
            find_group(values["group"])
    except AdoptionError as error:
        raise AdoptionError(f"{where}: {error}") from None
    of_page = {name: values[name] for name in page.parameters}
    return page.model_copy(update={"parameters": of_page, "values": values})


def _check_moved(moved: Mapping[str, str], slugs: Sequence[str]) -> None:
    for old, new in moved.items():
        if old in {*slugs, *RESERVED} or not re.fullmatch(SLUG, old):
            raise AdoptionError(f"moved: {old!r} is a page of the plan, or no slug")
        if new not in slugs:
            raise AdoptionError(f"moved: {old}: no page {new!r}; {did_you_mean(new, slugs, 1)}")


def _select(pages: Sequence[Page], choice: Choice) -> list[Page]:
    """Return the pages that are wanted, in the order of the plan."""
    has = {page.slug: page.values for page in pages}
    for name in choice.only:
        if name not in has:
            raise AdoptionError(f"no page {name!r}; {did_you_mean(name, has, 1)}")
    left = [slug for slug in has if slug in choice.only or not choice.only]
    if choice.countries or choice.groups:
        codes = {find_country(text): text for text in choice.countries}
        ids = {find_group(text).group: text for text in choice.groups}
        about = _about(left, has, "country", codes) | _about(left, has, "group", ids)
        left = [slug for slug in left if slug in about]
    if choice.conventions:
        named = {find_treaty(text).convention: text for text in choice.conventions}
        about = _about(left, has, "convention", named)
        left = [slug for slug in left if slug in about]
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
            some = f"{', '.join(there[:MOST_NAMED])}{', ...' if there[MOST_NAMED:] else ''}"
            what = f"these are about {some}" if there else f"none of these has a {name}"
            raise AdoptionError(f"no page of {len(slugs)} is about {text}: {what}")
    return {slug for slug, value in has.items() if value in wanted}


# Entries that stand for many pages


def states_in_order(*kinds: str) -> list[str]:
    """Return the codes of the states of some kinds, in order of name.

    Examples
    --------
    >>> states_in_order("member")[:3], len(states_in_order("member"))
    (['AFG', 'ALB', 'DZA'], 193)
    """
    states = tables.read("states")
    chosen = states[states["kind"].isin(kinds)]
    return chosen["iso3"].loc[chosen["name"].map(slug).sort_values().index].tolist()


SETS: Mapping[str, Callable[[], list[str]]] = {
    "members": lambda: states_in_order("member"),
    "participants": lambda: states_in_order(*STATE_KINDS),  # all who can act
    "groups": lambda: list(load_groups()),
    "conventions": lambda: list(load_conventions()),
}


def _expanded(entry: dict[str, Any], where: str, held: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the entries of single pages that an entry stands for."""
    fixed = entry.get("parameters", {})
    if not isinstance(fixed, dict):  # the page says what it must be
        return [entry]
    fixed = {name: _plain(value) for name, value in fixed.items()}
    single = {name: value for name, value in entry.items() if name not in ("each", "held")}
    single["parameters"] = fixed
    if "each" not in entry:
        return [single]
    varied = entry["each"]
    if not isinstance(varied, dict) or len(varied) != 1:
        raise AdoptionError(
            f'{where}, each: names a parameter and its values, as {{ country = "members" }}'
        )
    ((name, values),) = varied.items()
    place, template = f"{{{name}}}", str(entry.get("slug"))
    if place not in template:
        raise AdoptionError(f"{where}, slug: lacks {place}, the parameter of each")
    if name in fixed:
        raise AdoptionError(f"{where}, each.{name}: stands under parameters as well")
    pages = []
    more = held if entry.get("held") is True else ()
    for value in (*_values(values, f"{where}, each.{name}"), *more):
        if not (part := slug(str(value))):
            raise AdoptionError(f"{where}, each.{name}: {value!r} gives no slug")
        page = {"slug": template.replace(place, part), "parameters": {**fixed, name: value}}
        pages.append(single | page)
    return pages


def _values(written: object, where: str) -> list[Value]:
    if isinstance(written, str):
        if written not in SETS:
            near = did_you_mean(written, SETS, 1)
            raise AdoptionError(
                f"{where}: there is no set {written!r}; {near} (all: {', '.join(SETS)})"
            )
        return list(SETS[written]())
    if not isinstance(written, list) or not written:
        raise AdoptionError(f"{where}: {written!r} is neither the name of a set nor some values")
    return [_plain(value) for value in written]


def _plain(value: Any) -> Any:
    """Return a day of TOML as the text that a notebook's parameter is."""
    return value.isoformat() if isinstance(value, date) else value


# The parameters of a notebook, read without running it


@remembered
def notebook_parameters(path: Path) -> dict[str, Any]:
    """Return the parameters of a notebook with the values of its parameters cell."""
    record_read(path)
    source = _cell(path)
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise AdoptionError(
            f"{path.name}: the parameters cell is not Python: line {error.lineno}: {error.msg}"
        ) from None
    values: dict[str, Any] = {}
    for statement in statements:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            if isinstance(target, ast.Name):
                try:
                    values[target.id] = ast.literal_eval(statement.value)
                except (TypeError, ValueError):
                    written = ast.get_source_segment(source, statement.value)
                    problem = f"parameter {target.id}: {written} is not a plain value"
                    raise AdoptionError(f"{path.name}: {problem}") from None
    return values


def _cell(path: Path) -> str:
    """Return the source of the first cell with the tag; no text if there is none."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if TAG in cell.get("metadata", {}).get("tags", [])]
        return "".join(tagged[0]["source"]) if tagged else ""
    except (AttributeError, KeyError, TypeError, ValueError):
        raise AdoptionError(f"{path.name}: is not a notebook") from None
    except OSError as error:
        raise AdoptionError(f"{path.name}: {error.strerror}") from None
