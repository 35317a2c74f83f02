"""The members of a group as tiles: who has acted on a convention, who has not, and how known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption import tables
from adoption.core.text import (
    capitalised,
    counted,
    in_sentence,
    listed,
    long_day,
    numeral,
    short_day,
)
from adoption.countries.groups import Group, find_group
from adoption.law.panel import NO_ACT, POSSIBLY_WITHDRAWN, SIGNED, WITHDRAWN
from adoption.show.classes import (
    BOUND,
    BOUND_REPORTED,
    SIGNATURE_REPORTED,
    STATUS_COLOURS,
    status_classes,
)
from adoption.show.drawings import Drawing
from adoption.show.state import act_sentence
from adoption.show.table import other_acts, when
from adoption.tables.rows import records

if TYPE_CHECKING:
    from adoption.law.status import Row, Status

# Left to right as a state goes; the tiles begin with those that have not gone.
ALONG = (
    BOUND,
    BOUND_REPORTED,
    SIGNED,
    SIGNATURE_REPORTED,
    POSSIBLY_WITHDRAWN,
    WITHDRAWN,
    NO_ACT,
)


def members_view(
    members: pd.DataFrame, status: Status, group: Group, not_counted: pd.DataFrame
) -> Drawing:
    """Return the members of a group by what they have done, with the last day for signature.

    Parameters
    ----------
    members : DataFrame
        Rows of the status, one a member: iso3, name, status, act, grade, earliest, latest,
        open_ended, signed_on and domestic_approval_on.
    status : Status
        The convention on a day.
    group : Group
        The group.
    not_counted : DataFrame
        From `adoption.countries.profiles.reports_not_counted`, of the convention.

    Returns
    -------
    Drawing
        A bar, what those that have not acted can do and until when, and a tile a member, which
        links to its state.
    """
    data = _members_data(members, status, group, not_counted)
    data["due"] += _of_itself(status, group)
    return Drawing("members", data, _words(data))


def _words(data: dict[str, Any]) -> str:
    words = [part["text"] for part in data["due"]]
    words += [f"{part['heading']} {part['number']}{part['detail']}." for part in data["parts"]]
    return " ".join(words)


def _members_data(
    members: pd.DataFrame, status: Status, group: Group, not_counted: pd.DataFrame
) -> dict[str, Any]:
    """Return the members of a group by class, with what those without an act can do."""
    frame = members.assign(**{"class": status_classes(members)}).sort_values("name")
    frame["not_counted"] = frame["iso3"].map(not_counted.groupby(level="iso3")["kind"].first())
    rows = records(frame)
    by_class: dict[str, list[Row]] = {}
    for row in rows:
        by_class.setdefault(row["class"], []).append(row)
    along = [name for name in ALONG if name in by_class]
    tiles = [NO_ACT, *(name for name in STATUS_COLOURS if name != NO_ACT)]
    headings = _headings(by_class, status)
    parts = [_part(name, by_class[name], headings) for name in tiles if name in by_class]
    bar = [{"class": name, "number": len(by_class[name])} for name in along]
    without_act = len(by_class.get(NO_ACT, ()))
    return {
        "about": group.notes.full_name,
        "counted": _counted(group, rows),
        "bar": bar,
        "due": _due(status, without_act),
        "parts": parts,
        "reach": _reach(status),
        "file": _file(rows, group, status),
    }


def _headings(by_class: Mapping[str, Sequence[Row]], status: Status) -> dict[str, str]:
    """Return what classes are called where those of another have signed for certain as well."""
    signatures = status.signatories.rows()
    is_sure = signatures["certain"] & signatures["grade"].ne("reported")
    signed = {*signatures.loc[is_sure, "iso3"]}
    reported = {row["iso3"] for row in by_class.get(BOUND_REPORTED, ())}
    if not reported or not reported <= signed:
        return {}
    return {BOUND_REPORTED: f"Signed, {BOUND_REPORTED}", SIGNED: "Signed only"}


def _part(name: str, rows: Sequence[Row], headings: Mapping[str, str]) -> dict[str, Any]:
    """Return the tiles of a class, and the day that all of them share."""
    is_dated = all(isinstance(row["date"], pd.Timestamp) for row in rows)
    is_one_day = is_dated and len(rows) > 1 and len({*map(when, rows)}) == 1
    shared = f", all on {long_day(rows[0]['date'])}" if is_one_day else ""
    tiles = [
        {
            "state": f"state:{row['iso3']}",
            "iso3": row["iso3"],
            "name": row["name"],
            "known": _how_known(row, is_dated=not shared),
        }
        for row in rows
    ]
    return {
        "class": name,
        "heading": headings.get(name, capitalised(name)),
        "number": len(rows),
        "detail": shared,
        "tiles": tiles,
    }


def _how_known(row: Row, *, is_dated: bool) -> str:
    """Return the day of an act and its grade, where that is not confirmed; a report without one."""
    if not isinstance(row["act"], str):
        report = row["not_counted"]
        return f"{report} reported, not counted" if isinstance(report, str) else ""
    texts = [when(row)] if is_dated else []
    if row["grade"] != "confirmed":
        texts.append("by report" if row["grade"] == "reported" else str(row["grade"]))
    if row["status"] != SIGNED and isinstance(row["signed_on"], pd.Timestamp):
        texts.append(f"signed {short_day(row['signed_on'])}")
    return ", ".join(texts + other_acts(row))


def _day(row: Row) -> str:
    """Return the day of an act; no text where none is known."""
    return when(row) if isinstance(row["act"], str) else ""


def _file(members: Sequence[Row], group: Group, status: Status) -> dict[str, Any]:
    """Return the members for their file: a row each."""
    rows = [
        [row["iso3"], row["name"], row["class"], _day(row), _how_known(row, is_dated=False)]
        for row in members
    ]
    columns = ["iso3", "state", "status", "day", "note"]
    name = f"{group.group}-{status.convention.convention}"
    return {"name": name, "columns": columns, "rows": rows}


def _due(status: Status, none: int) -> list[dict[str, str]]:
    """Return what the members can do of which no act is known, and until when."""
    convention, closes = status.convention, status.convention.closes
    if not none or closes is None:
        return []
    subject = (
        f"The {numeral(none)} of whom no act is known"
        if none > 1
        else "The one of whom no act is known"
    )
    if convention.is_closed(status.as_of):
        text = f"{subject} can only accede: signature closed on {long_day(closes)}."
        return [{"text": text, "until": "", "after": ""}]
    after = f"; after that {'they' if none > 1 else 'it'} can only accede."
    return [{"text": f"{subject} can sign until ", "until": str(closes), "after": after}]


def _of_itself(status: Status, group: Group) -> list[dict[str, str]]:
    """Return what the group has done itself, where it is a participant."""
    people = status.participants
    organisations = people[people["kind"] == "organization"]
    texts = []
    for row in records(organisations):
        if find_group(row["name"]).group != group.group:
            continue
        text = act_sentence(row, status.convention.short_title, is_whole=False)
        of_itself = {"to": f"state:{row['iso3']}"}
        texts.append({"text": text, "until": "", "after": ""} | of_itself)
    return texts


def _counted(group: Group, members: Sequence[Row]) -> dict[str, str]:
    """Say who is counted where some members are not, and which source says that they are some."""
    notes = group.notes
    if not notes.left_out:
        return {}
    organisations = [
        in_sentence(row["name"], row["article"]) for row in members if row["kind"] == "organization"
    ]
    states = counted(len(members) - len(organisations), "state")
    text = f"Counted: {listed([states, *organisations])}. "
    text += f"Members too, but in no table of states here and not counted: {notes.left_out}."
    address, *_ = [*tables.sources_named([notes.left_out_source])["url"], ""]
    return {"text": text, "source": address}


def _reach(status: Status) -> str:
    """Say what a list that ends before the day leaves open."""
    complete = status.convention.complete_to
    if status.signatories.complete:
        return ""
    since = f"Acts after {long_day(complete)} may be missing" if complete else "Acts may be missing"
    return f"{since}: “no act known” does not mean that a state did not act."
