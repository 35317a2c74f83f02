"""What is said of one group of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.answers import Answer
from adoption.law.status import NO_ACT
from adoption.words import capitalised, long_day, numeral

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.law.status import Status


def acted_title(counts: pd.DataFrame) -> str:
    """Return the finding of the bars: on which convention most members have acted.

    Parameters
    ----------
    counts : DataFrame
        From `adoption.countries.profiles.acts_by_convention`.
    """
    acted = counts.assign(acted=counts["members"] - counts["no_act"])
    if acted.empty or not acted["acted"].any():
        return "No act of a member on any of these conventions is known"
    best = acted.sort_values("acted", ascending=False, kind="stable").to_dict("records")[0]
    have = "has" if best["acted"] == 1 else "have"
    least = "At least " if best["partial"] and best["no_act"] else ""
    subject = counts.to_dict("records")[0]
    own = subject["members"] - subject["no_act"]
    first = f"{least}{best['acted']} of {best['members']} {have} acted on {best['label']}"
    if subject["convention"] == best["convention"] or not subject["members"]:
        return first
    if not own:
        return f"{first}, none known on {subject['label']}"
    known = " known" if subject["partial"] and subject["no_act"] else ""
    return f"{first}, {own}{known} on {subject['label']}"


def group_acts_sentence(counts: pd.DataFrame, status: Status, group: Group) -> str:
    """Say how many members of a group have signed the convention and are bound by it."""
    row = counts.set_index("convention").loc[status.convention.convention].to_dict()
    of, title = row["members"], status.convention.short_title
    acted = of - row["no_act"]
    if not of:
        return f"The {title} is not open to a state of {group.in_sentence} as far as is known."
    day = long_day(status.as_of)
    if not acted:
        return f"By {day} no act of {group.in_sentence} on the {title} was known."
    parts = []
    if row["bound"]:
        stayed = " and did not withdraw" if row["withdrawn"] else ""
        done = "bound" if status.in_force else f"consented to be bound{stayed}"
        parts.append(f"{numeral(row['bound'])} {done}")
    if row["bound_reported"]:
        parts.append(f"{numeral(row['bound_reported'])} reported bound, not confirmed")
    signed = row["signed"] + row["signed_reported"]
    if signed:
        by_report = row["signed_reported"]
        some = f", {numeral(by_report)} of them by report" if by_report else ""
        some = ", by report" if by_report == signed else some
        parts.append(f"{numeral(signed)} signed and no more{some}")
    if row["withdrawn"]:
        parts.append(f"{numeral(row['withdrawn'])} withdrawn")
    least = "At least " if row["partial"] and row["no_act"] else ""
    return capitalised(
        f"{least}{numeral(acted) if acted != of else 'all'} of the {numeral(of)} members of "
        f"{group.in_sentence} had acted on the {title} by {day}: {'; '.join(parts)}."
    )


def group_capacity_sentence(members: pd.DataFrame, edition: int) -> str:
    """Say how far apart the members' overall capacity lies."""
    known = members.dropna(subset=["overall"]).sort_values(["overall", "name"])
    if known.empty:
        return f"None of them has a value in the GCI {edition}."
    rows = known.to_dict("records")
    if len(rows) == 1:
        only = rows[0]
        return f"Only {only['name']} has a value in the GCI {edition}: {_points(only['overall'])}."
    least, most = rows[0], rows[-1]
    best = int((known["overall"] == most["overall"]).sum())
    top = most["name"] if best == 1 else f"{numeral(best)} states"
    return (
        f"Overall GCI {edition} values run from {_points(least['overall'])} ({least['name']}) to "
        f"{_points(most['overall'])} ({top}), median {_points(known['overall'].median())}."
    )


def _points(value: float) -> str:
    """Return points with one decimal, whole ones without."""
    return f"{value:.1f}".removesuffix(".0")


def group_answer(
    counts: pd.DataFrame, members: pd.DataFrame, status: Status, group: Group, edition: int
) -> Answer:
    """Answer what is known of a group of states."""
    convention, acted = status.convention, int((members["status"] != NO_ACT).sum())
    closed = ""
    if acted < len(members) and convention.is_closed(status.as_of):
        closed = f" The {convention.short_title} {convention.signature_in_words(status.as_of)}."
    return Answer(
        title=f"{group.name}: group brief",
        text=f"{group_acts_sentence(counts, status, group)}{closed} "
        f"{group_capacity_sentence(members, edition)}",
        key_figure=f"{acted} of {len(members)}",
        key_label=f"members known to have acted on the {convention.short_title}",
        as_of=long_day(status.as_of),
        reach=f"{convention.reach} GCI {edition}, as published.",
    )
