"""What a page is about: the state, group or convention among its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import slug
from adoption.countries.groups import NICKNAMES, find_group
from adoption.law.conventions import Convention, load_conventions
from adoption.law.evidence import known_day, list_folders, places_to_read
from adoption.law.held import HeldTreaty, find_treaty, held_acts
from adoption.tables.choices import LATEST, to_day
from adoption.tables.names import load_participants
from adoption.tables.rows import records

OFFICIAL = "authentic language"  # the standing of a treaty's title in the table treaty_titles
GROUP_HEADINGS = {
    "M49 region": "Regions (M49)",
    "M49 sub-region": "Sub-regions (M49)",
    "UN regional group": "Regional groups of the United Nations",
    "list of the United Nations": "Lists of the United Nations",
    "organisation": "Organisations",
    "other region": "Other regions",
}


@dataclass(frozen=True)
class Subject:
    """What a page is about.

    Attributes
    ----------
    label : str
        The official name of the state, the group's name or the convention's short title; no
        text for a page about none of them.
    under : str
        The heading under which it is listed: the state's region or Organisations, the kind
        of the group.
    full_name : str
        What the letters of a group stand for; no text where its name is whole.
    names : tuple of str
        What else people call it, to be found by.
    status, on : str
        The class of a state's status, a key of `adoption.figures.theme.STATUS_COLOURS`, and
        the short title of the convention; no text for a page that is about no state.
    """

    label: str = ""
    under: str = ""
    names: tuple[str, ...] = ()
    status: str = ""
    on: str = ""
    full_name: str = ""


NOTHING = Subject()


def kind_of_subject(values: Mapping[str, Any]) -> str:
    """Return which of its parameters says what a page is about: the first that can.

    Examples
    --------
    >>> kind_of_subject({"convention": "hanoi", "group": "Arab League"})
    'convention'
    """
    return next((name for name in values if name in ("country", "group", "convention")), "")


def subject_of(values: Mapping[str, Any]) -> Subject:
    """Return what a page is about: a state, a group, a convention, or none of them.

    Examples
    --------
    >>> subject_of({"group": "Arab League", "convention": "hanoi"}).label
    'League of Arab States'
    """
    kind = kind_of_subject(values)
    if kind == "country":
        return _state(values)
    if kind == "group":
        group = find_group(values["group"])
        nicks = tuple(nick for nick, stands_for in NICKNAMES.items() if stands_for == group.group)
        name = group.notes.full_name
        names = (*filter(None, (name,)), *nicks)
        return Subject(group.name, GROUP_HEADINGS[group.kind], names, full_name=name)
    if kind == "convention":
        convention = find_treaty(values["convention"])
        names = (convention.convention, convention.title, convention.reference)
        return Subject(convention.short_title, "", names)
    return NOTHING


def subject_id(values: Mapping[str, Any]) -> str:
    """Return what a page is about as a link names it; no text for a page about nothing.

    Examples
    --------
    >>> subject_id({"country": "QAT", "convention": "hanoi"}), subject_id({"convention": "UNCAC"})
    ('state:QAT', 'treaty:uncac')
    """
    kind = kind_of_subject(values)
    if kind == "country":
        return f"state:{values['country']}"
    if kind == "group":
        return f"group:{find_group(values['group']).group}"
    return f"treaty:{find_treaty(values['convention']).convention}" if kind else ""


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page shows of its subject, beside what its notebook shows.

    It has the Arabic name, whom most acts rest on, where the convention can be read and how far its
    list reaches, and with what the names of its files begin.
    """
    kind = kind_of_subject(values)
    closings = closings_of(values, data_day_of(values))
    facts: dict[str, Any] = {
        "arabic": arabic(values),
        "full_name": full_name(values),
        "publishers": publishers_of(values),
        "about": slug(str(values.get(kind, ""))),
        "closings": [[name, str(day)] for name, day in closings],
    }
    if "convention" in values:
        day = to_day(values.get("as_of", LATEST))
        facts |= _facts_of_treaty(find_treaty(values["convention"]).convention, day)
    return facts


@remembered
def _facts_of_treaty(name: str, day: date) -> dict[str, Any]:
    """Return where a treaty can be read and how far its list reaches."""
    from adoption.law.status import status_to_read  # slow to import, as below
    from adoption.press.document import block_data
    from adoption.show.status import reach_strip

    status = status_to_read(name, day)
    readings = records(places_to_read(status.convention))
    return {"readings": readings, "reach": block_data(reach_strip(status))}


def arabic(values: Mapping[str, Any]) -> list[str]:
    """Return the Arabic name of what a page is about, and its standing if it is not official."""
    if "country" in values:
        names = tables.read_of_state("names", values["country"])
        return ["".join(names.loc[names["language"] == "ar", "name"]), ""]
    if "group" in values or "convention" not in values:
        return ["", ""]
    titles, of = tables.read("treaty_titles"), values["convention"]
    titles = titles[(titles["language"] == "ar") & (titles["convention"] == of)]
    status = "".join(titles["status"])
    return ["".join(titles["title"]), "" if status == OFFICIAL else status]


def full_name(values: Mapping[str, Any]) -> dict[str, str] | None:
    """Return what the letters of a group stand for, and where that was read; else None."""
    if kind_of_subject(values) != "group":
        return None
    notes = find_group(values["group"]).notes
    if not notes.full_name:
        return None
    addresses = tables.sources_named(notes.source.split(";"))["url"].dropna()
    return {"text": notes.full_name, "source": next(iter(addresses), "")}


def data_day_of(values: Mapping[str, Any]) -> date:
    """Return the day of the data of a page: how old its reader is told that they are.

    Of a page about a convention it is the day of its list, because that may not have been
    reached for months while other sources were. Those that are set beside it do not count: of
    some nobody publishes a list, and every page that names them would look old for good. Of any
    other page it is the day of all data, which `as_of = "latest"` means on every page.
    """
    if "convention" not in values:
        return tables.data_day()
    return _day_of_list(find_treaty(values["convention"]).convention)


@remembered
def _day_of_list(name: str) -> date:
    convention = find_treaty(name)
    folders = list_folders(convention) if isinstance(convention, Convention) else ()
    return known_day(convention, tables.snapshots_of(*folders)) or tables.data_day()


def closings_of(values: Mapping[str, Any], data_day: date) -> list[tuple[str, date]]:
    """Return which conventions of a page close for signature on the day of its data or later.

    Each has its short title and its last day. Those of a page that names none, but speaks of a
    day, are all of the registry.
    """
    texts = (str(values.get(name, "")) for name in ("convention", "conventions", "compare"))
    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    conventions = dict.fromkeys(map(find_treaty, names))
    if not names and "as_of" in values:
        conventions = dict.fromkeys(load_conventions().values())
    return [
        (convention.short_title, convention.closes)
        for convention in conventions
        if convention.closes and not convention.is_closed(data_day)
    ]


def publishers_of(values: Mapping[str, Any]) -> str:
    """Return whom most acts on the convention of a page rest on; no text for any other page."""
    if kind_of_subject(values) != "convention":
        return ""
    treaty = find_treaty(values["convention"])
    held = isinstance(treaty, HeldTreaty)
    acts = held_acts([treaty]) if held else tables.read_of("acts", treaty.convention)
    publishers = tables.sources_named(acts["source"]).set_index("source")["publisher"]
    most = acts["source"].map(publishers).value_counts()
    return "; ".join([*most.index[:3], *["others"] * (len(most) > 3)])


def _state(values: Mapping[str, Any]) -> Subject:
    code = values["country"]
    name, region = _names_and_regions()[code]
    spelled = load_participants().codes.items()
    called = (name, *(text for text, iso3 in spelled if iso3 == code and text != name))
    names = (code, *called[1:], *filter(None, map(_initials, called)))
    if "convention" not in values:
        return Subject(name, region, names)
    convention = find_treaty(values["convention"])
    status = _status_classes(convention.convention, values.get("as_of", LATEST))[code]
    return Subject(name, region, names, status, convention.short_title)


def _initials(name: str) -> str:
    """Return UK for United Kingdom; no text for a name of one word."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return initials if len(initials) > 1 else ""


@remembered
def _names_and_regions() -> dict[str, tuple[str, str]]:
    states = tables.read("states")
    regions = states["region"].fillna("Organisations")  # they alone have none
    rows = zip(states["iso3"], states["name"], regions, strict=True)
    return {iso3: (name, region) for iso3, name, region in rows}


@remembered
def _status_classes(convention: str, as_of: str) -> dict[str, str]:
    # Both take their time to import, and a plan is read without them.
    from adoption.law.status import load_status
    from adoption.show.classes import status_classes

    status = load_status(convention, as_of)
    classes = status_classes(status.participants)
    return dict(zip(status.participants["iso3"], classes, strict=True))
