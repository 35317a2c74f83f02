"""Words and rows that several kinds of claim share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.claims.verdicts import REGISTRY, TOO_EARLY, Bounds, Fact, Verdict, as_rows
from adoption.data.dictionary import GRADES
from adoption.words import by_grade, capitalised, listed, long_day, when_short

if TYPE_CHECKING:
    from adoption.claims.data import ClaimData
    from adoption.law.conventions import Convention
    from adoption.law.status import Status

MOST_ROWS = 12  # acts that a claim shows one by one


def figure(value: float) -> str:
    """Return a number with the digits it carries, two at most.

    Examples
    --------
    >>> figure(65.0), figure(0.25), figure(2591)
    ('65', '0.25', '2,591')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def treaty(convention: Convention) -> str:
    """Return a convention as it stands in a sentence."""
    return f"the {convention.short_title}"


def law_fact(convention: Convention, what: str, value: str) -> Fact:
    """Return a row for what the registry says of a convention's life or rules."""
    return Fact(what, value, REGISTRY, convention.law_source or convention.source)


def span(number: Bounds) -> str:
    """Return a number within its bounds.

    Examples
    --------
    >>> from adoption.claims.verdicts import Bounds
    >>> span(Bounds(72, None)), span(Bounds(72, 72)), span(Bounds(8, 21)), span(Bounds(0, 3))
    ('at least 72', '72', '8 to 21', 'up to 3')
    """
    if number.upper is None:
        return f"at least {figure(number.lower)}"
    if number.lower == number.upper:
        return figure(number.lower)
    if number.lower == 0:
        return f"up to {figure(number.upper)}"
    return f"{figure(number.lower)} to {figure(number.upper)}"


def graded(grades: dict[str, int]) -> str:
    """Return counts by grade in brackets after a space; nothing where there are none.

    Examples
    --------
    >>> graded({"reported": 4, "confirmed": 62}), graded({"confirmed": 0})
    (' (62 confirmed, 4 reported)', '')
    """
    told = by_grade({grade: grades[grade] for grade in GRADES if grade in grades})
    return f" ({told})" if told else ""


def reach_in_words(status: Status) -> str:
    """Say how far a convention's list goes, where the day lies beyond; otherwise nothing."""
    if not status.beyond_reach:
        return ""
    complete_to = status.convention.complete_to
    if complete_to is None:
        return "The list of acts is nowhere known to be complete."
    return f"The list of acts is complete only to {long_day(complete_to)}."


def not_yet(day: date, as_of: date) -> Verdict:
    """Return the verdict on what is said of a day that is still to come."""
    why = f"{long_day(day)} lies after {long_day(as_of)}, the day asked about."
    return Verdict(TOO_EARLY, why, as_rows([]))


def act_facts(acts: pd.DataFrame, data: ClaimData) -> list[Fact]:
    """Return a row for each act; for many of them, one for each day and grade, or grade."""
    if len(acts) <= MOST_ROWS:
        return [
            Fact(
                what=f"{capitalised(data.name(str(row['iso3'])))}: {row['act']}",
                value=when_short(row["earliest"], row["latest"], row["open_ended"]),
                grade=row["grade"],
                source=row["source"],
            )
            for row in acts.sort_values(["latest", "iso3"]).to_dict("records")
        ]
    for keys in (["earliest", "latest", "grade"], ["grade"]):
        groups = [group for _, group in acts.groupby(keys)]
        if len(groups) <= MOST_ROWS:
            break
    return [_together(group) for group in groups]


def _together(acts: pd.DataFrame) -> Fact:
    """Return one row for acts of one grade."""
    kinds = listed(sorted(acts["act"].unique()))
    return Fact(
        what=f"Acts ({kinds}), {when_short(acts['earliest'].min(), acts['latest'].max())}",
        value=f"{len(acts)}",
        grade=str(acts["grade"].iloc[0]),
        source=";".join(sources_of(acts)),
    )


def sources_of(rows: pd.DataFrame) -> list[str]:
    """Return the keys of the sources of rows, each once."""
    return sorted({key for keys in rows["source"].dropna() for key in keys.split(";")})


def known_by(acts: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the acts that certainly happened by a day."""
    return acts[acts["latest"] <= pd.Timestamp(day)]


def days_of_change(acts: pd.DataFrame, opens: date, until: date) -> list[date]:
    """Return the days on which what acts add up to can change, the newest first.

    The day of opening is among them, if it is not after `until`.
    """
    ends = {day.date() for column in ("earliest", "latest") for day in acts[column]}
    return sorted((day for day in ends | {opens} if opens <= day <= until), reverse=True)


def names_in_words(codes: Iterable[str], data: ClaimData) -> str:
    """Return participants by name, in alphabetical order."""
    return listed(sorted((data.name(iso3) for iso3 in codes), key=lambda n: n.removeprefix("the ")))
