"""The groups of a participant on one scale of cyber-capacity: who has signed, and who has not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.core.text import (
    capitalised,
    fixed,
    in_sentence,
    listed,
    lower_bound,
    numeral,
)
from adoption.countries.groups import load_groups
from adoption.law.panel import WITHDRAWN
from adoption.show.capacity import source_of
from adoption.show.classes import ACTED, status_classes
from adoption.show.drawings import Drawing
from adoption.tables.rows import records

if TYPE_CHECKING:
    from adoption.countries.groups import Group

MAX_GROUPS = 4  # groups, the smallest first
MOST_MEMBERS = 60  # of a group that is drawn
IN_SENTENCE = 4  # wider groups
PAIR = 2  # members
SCALE_COLUMNS = (
    "group",
    "label",
    "iso3",
    "name",
    "article",
    "overall",
    "rank",
    "equal",
    "complete",
    "sure",
    "by_report",
)
SIGNED_CLASSES = frozenset(ACTED) - {WITHDRAWN}


def group_scale(inside: pd.DataFrame, iso3: str, index: str) -> Drawing | None:
    """Show the members of a state's groups by cyber-capacity, those that signed above a line.

    Parameters
    ----------
    inside : DataFrame
        One row a group and member: group (its id), label, members, iso3, name, article, status,
        grade, overall (missing where the index has no value), rank and equal (in its group),
        complete (whether the list of acts reaches the day), and sure, by_report and joined
        (boolean: whether it has signed or consented for certain, is only reported to have, and
        whether it did so without a signature).
    iso3 : str
        The state.
    index : str
        The index with its edition, such as "GCI 2024".

    Returns
    -------
    Drawing or None
        None where the state is in no group of two or more.
    """
    members = _members(inside)
    rows = sorted(
        _distinct(map(_group, members.values())), key=lambda row: (row["of"], row["label"])
    )
    standing = {
        row["group"]: row for rows in members.values() for row in rows if row["iso3"] == iso3
    }
    for row in rows:
        row |= {"rank": _rank(standing[row["group"]])}
    small = [row for row in rows if row["of"] <= MOST_MEMBERS][:MAX_GROUPS]
    if not small:
        return None
    wider = [row for row in rows if row not in small]
    row_of_state = standing[small[0]["group"]]
    name = in_sentence(row_of_state["name"], row_of_state["article"])
    credit = source_of(index.split()[0])
    least = [] if row_of_state["complete"] else ["+: at least, as later acts may be missing."]
    verb = "signed or joined" if inside["joined"].any() else "signed"
    value = fixed(row_of_state["overall"], 2) if pd.notna(row_of_state["overall"]) else "no value"
    is_reported = any(row["reported"] for row in small)
    striped = "; striped: reported" if is_reported else ""
    subtitle = (
        f"Members by {index}, points of 100. Above the line: {verb}; below: no act "
        f"known. Ring: {name}, {value}{striped}"
    )
    in_sentence_only = [
        {"group": row["to"], "label": row["label"], "words": _words(row, verb)}
        for row in wider[:IN_SENTENCE]
    ]
    source = " ".join(
        [*_spelt_out(small), *_also(small), *least, f"Source: acts as above; {credit}"]
    )
    data = {
        "title": scale_title(small[0], row_of_state, verb),
        "subtitle": subtitle,
        "own": iso3,
        "verb": verb,
        "index": index,
        "groups": small,
        "wider": in_sentence_only,
        "others": len(wider[IN_SENTENCE:]),
        "source": source,
        "file": _file(small, iso3),
    }
    lines = [
        f"{row['label']}: {row['count']} of {row['of']} {verb}, {row['rank']}" for row in small
    ]
    data["alternative"] = f"Members of each group by {index}. {'; '.join(lines)}."
    return Drawing("scale", data, f"{data['title']}. {'; '.join(lines)}.", is_figure=True)


def _members(inside: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Return the members of each group, with the class in which each is shown."""
    members: dict[str, list[dict[str, Any]]] = {}
    rows = records(inside[[*SCALE_COLUMNS]])
    for row, name in zip(rows, status_classes(inside), strict=True):
        members.setdefault(row["group"], []).append({**row, "class": name})
    return members


def _group(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is counted of a group, and its members."""
    first = rows[0]
    sure, reported = (sum(bool(row[name]) for row in rows) for name in ("sure", "by_report"))
    states = [_member(row) for row in rows]
    is_complete = bool(first["complete"])
    return {
        "group": first["group"],
        "to": f"group:{first['group']}",
        "label": first["label"],
        "of": len(rows),
        "sure": sure,
        "reported": reported,
        "is_complete": is_complete,
        "count": lower_bound(sure, is_complete, is_short=True),
        "states": states,
    }


def _member(row: dict[str, Any]) -> dict[str, Any]:
    """Return a member of a group as the scale draws it."""
    value = None if pd.isna(row["overall"]) else round(float(row["overall"]), 2)
    state_fields = {name: row[name] for name in ("iso3", "name", "class")}
    return state_fields | {"is_above": row["class"] in SIGNED_CLASSES, "value": value}


def _distinct(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return groups of two or more, those with the same members as one."""
    by_members: dict[frozenset[str], dict[str, Any]] = {}
    for row in rows:
        members = frozenset(state["iso3"] for state in row["states"])
        if len(members) > 1:
            by_members.setdefault(members, row | {"also": []})["also"].append(row["label"])
    return [*by_members.values()]


def _also(rows: list[dict[str, Any]]) -> list[str]:
    """Return which groups have the members of one that is drawn."""
    return [f"The same members: {listed(row['also'])}." for row in rows if len(row["also"]) > 1]


def _spelt_out(rows: list[dict[str, Any]]) -> list[str]:
    """Return what the letters of the groups that are drawn stand for."""
    groups = [load_groups()[row["group"]] for row in rows]
    names = [f"{g.name}: {g.notes.full_name}" for g in groups if g.notes.full_name]
    return [f"{'; '.join(names)}."] if names else []


def _rank(standing: dict[str, Any]) -> str:
    if pd.isna(standing["rank"]):
        return "no value"
    equal = int(standing["equal"])
    return f"rank {standing['rank']}{f', with {equal}' if equal else ''}"


def _words(row: dict[str, Any], verb: str) -> str:
    by_report = f", {row['reported']} more by report" if row["reported"] else ""
    return f"{row['count']} of {row['of']} {verb}{by_report} ({row['rank']})"


def scale_title(row: dict[str, Any], row_of_state: dict[str, Any], verb: str) -> str:
    """Return the finding: how many members of the smallest group have signed.

    Whether the state is one of them is said where it has; its status stands above.
    """
    group: Group = load_groups()[row["group"]]
    of, is_pair = f"{numeral(row['of'])} {group.members_in_sentence}", row["of"] == PAIR
    reported = row["reported"]
    if not row["sure"]:
        if reported:  # as the title of the group's page
            return f"{group.name}: no signature is confirmed, {numeral(reported)} reported"
        return f"{'Neither' if is_pair else 'None'} of the {of} is known to have {verb}"
    if row["sure"] == row["of"]:
        both_or_all = f"Both {group.members_in_sentence}" if is_pair else f"All {of}"
        return f"{both_or_all} have {verb}"
    number = lower_bound(numeral(row["sure"]), row["is_complete"])
    have = "has" if row["sure"] == 1 else "have"
    finding = capitalised(f"{number} of {of} {have} {verb}")
    is_one = row_of_state["sure"] and row["sure"] > 1
    return (
        f"{finding}, {in_sentence(row_of_state['name'], row_of_state['article'])} among them"
        if is_one
        else finding
    )


def _file(groups: list[dict[str, Any]], iso3: str) -> dict[str, Any]:
    """Return what is drawn for its file: a row a group and member."""
    rows = [
        [group["label"], *(state[name] for name in ("iso3", "name", "value", "class"))]
        for group in groups
        for state in group["states"]
    ]
    columns = ["group", "iso3", "state", "points", "status"]
    return {"name": f"{iso3.lower()}-groups", "columns": columns, "rows": rows}
