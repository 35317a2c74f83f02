"""What the press is told of this project: the one place where it learns of treaties and states.

A plan is read, and a report found current, without what is slow to import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from adoption.core.paths import project_root, writable_root
from adoption.press.project import RENDERING, Project
from adoption.site.files import GLOSSARY, INPUTS, NEWS, REFERENCE

if TYPE_CHECKING:
    from adoption.press.parameters import Value
    from adoption.press.plan import Choice
    from adoption.press.printing import Report
    from adoption.press.store import Sheet
    from adoption.press.style import Style

RESERVED = ("index", "compare", "analyses", "data", "about", "changes", "404")
# What makes HTML of documents, beside the press; all else decides what documents say.
SITE_RENDERING = (
    "show/dots.py",
    "show/drawings.py",
    "show/templates",
    *(f"site/{name}" for name in ("assets", "templates", "group_names.toml", "search.toml")),
    *(f"site/{name}.py" for name in ("api", "compare", "feeds", "frame", "links", "lists")),
    *(f"site/{name}.py" for name in ("pages", "preload", "preload_many", "preload_whole")),
    *(f"site/{name}.py" for name in ("regions", "render", "search", "warm")),
)


def check_page_parameters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of parameters, checked, with codes and ids in place of names."""
    from adoption.countries.groups import find_group
    from adoption.show.parameters import check_parameters

    spelt = check_parameters(**values).spelt(values)
    if page_parameter(spelt) == "group":  # of a list of states there is no page
        find_group(spelt["group"])
    return spelt


def known() -> Sequence[str]:
    """Return the names of the parameters that `check_page_parameters` knows."""
    from adoption.show.parameters import Parameters

    return tuple(Parameters.model_fields)


def page_parameter(values: Mapping[str, Any]) -> str:
    """Return which of its parameters says what a page is about: the first that can."""
    from adoption.site.subjects import kind_of_subject

    return kind_of_subject(values)


def states_in_order(*kinds: str) -> list[str]:
    """Return the codes of the states of some kinds, in order of name.

    Examples
    --------
    >>> states_in_order("member")[:3], len(states_in_order("member"))
    (['AFG', 'ALB', 'DZA'], 193)
    """
    from adoption import tables
    from adoption.core.text import slug

    states = tables.read("states")
    of_kinds = states[states["kind"].isin(kinds)]
    return of_kinds["iso3"].loc[of_kinds["name"].map(slug).sort_values().index].tolist()


def members() -> list[str]:
    """Return the codes of the members of the United Nations."""
    return states_in_order("member")


def participants() -> list[str]:
    """Return the codes of all who can act."""
    from adoption.core.vocabulary import STATE_KINDS

    return states_in_order(*STATE_KINDS)


def group_ids() -> list[str]:
    """Return the ids of the groups of states."""
    from adoption.countries.groups import load_groups

    return list(load_groups())


def convention_ids() -> list[str]:
    """Return the ids of the conventions of the registry."""
    from adoption.law.conventions import load_conventions

    return list(load_conventions())


def state_code(text: str) -> str:
    """Return the code of a state that is named."""
    from adoption.countries.groups import find_country

    return find_country(text)


def group_id(text: str) -> str:
    """Return the id of a group that is named."""
    from adoption.countries.groups import find_group

    return find_group(text).group


def convention_id(text: str) -> str:
    """Return the id of a convention that is named."""
    from adoption.law.held import find_treaty

    return find_treaty(text).convention


def table_digests(root: Path) -> Callable[[str], str | None]:
    """Return what tells the digest of what a page can show of a table."""
    from adoption.site.table_contents import TableContents

    return TableContents(root)


def style() -> Style:
    """Return how drawings look."""
    from adoption.figures.theme import STYLE

    return STYLE


def data_day_of_page(values: Mapping[str, Any]) -> date:
    """Return the day of the data of a page."""
    from adoption.site.subjects import data_day_of

    return data_day_of(values)


def facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page shows of its subject."""
    from adoption.site.subjects import facts_of

    return facts_of(values)


def make_site(report: Report) -> Mapping[str, Sheet]:
    """Make the pages of a report, and everything else of the site."""
    from adoption.site.pages import write_pages

    return write_pages(report)


def get_ready(is_site_likely: bool) -> None:
    """Make code of the templates; where they are needed, find out what tables alone tell."""
    from adoption.site.frame import compile_templates
    from adoption.site.pages import prepare_site

    compile_templates()
    if is_site_likely:
        prepare_site()


def choice_of(
    only: Sequence[str] = (),
    countries: Sequence[str] = (),
    groups: Sequence[str] = (),
    conventions: Sequence[str] = (),
    as_of: date | None = None,
    parameters: Mapping[str, Value] = MappingProxyType({}),
) -> Choice:
    """Return which pages are wanted, with the day and the parameters that they are to have."""
    from adoption.press.plan import Choice

    about = ({"country": countries, "group": groups}, {"convention": conventions})
    day = {"as_of": as_of.isoformat()} if as_of else {}
    return Choice(only, about, {**parameters, **day})


# All that the press is told of this project, in one place.
PROJECT = Project(
    root=project_root,
    home=writable_root,
    rendering=(*RENDERING, *SITE_RENDERING),
    extras=("build", "geo", "report", "statistics"),
    inputs=INPUTS,
    shared_files=(GLOSSARY, *NEWS),
    shared_folders=(REFERENCE,),
    contents=table_digests,
    check=check_page_parameters,
    known=known,
    sets={
        "members": members,
        "participants": participants,
        "groups": group_ids,
        "conventions": convention_ids,
    },
    find={"country": state_code, "group": group_id, "convention": convention_id},
    about=page_parameter,
    first=("convention",),
    reserved=RESERVED,
    preload="adoption.site.preload",
    preload_many="adoption.site.preload_many",
    preload_whole="adoption.site.preload_whole",
    style=style,
    data_day=data_day_of_page,
    facts=facts,
    get_ready=get_ready,
    write=make_site,
)
