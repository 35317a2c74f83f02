"""Sentences that set a convention beside others at the same age."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.answers import Answer
from adoption.law.rules import ordinal
from adoption.law.thresholds import ENTRY, REACHED
from adoption.words import age_in_words, capitalised, long_day, numeral, percent

if TYPE_CHECKING:
    from adoption.law.conventions import Convention
    from adoption.law.curves import Measure
    from adoption.law.status import Row

DID = {"signatories": "signed", "parties": "consented to be bound"}


def share_span(row: Row, measure: Measure) -> str:
    """Return a share with its bounds; at least, where the list is not complete."""
    lower, upper, states = row[f"{measure}_lower"], row[f"{measure}_upper"], row["states"]
    if upper == 0:
        return "0%" if row[f"{measure}_complete"] else "none known"
    low, high = percent(lower, states), percent(upper, states)
    if lower and not row[f"{measure}_complete"]:
        return f"at least {low}"
    return low if low == high else f"{low} to {high}"


def body(row: Row) -> str:
    """Return the states that could join: the 193 members of the United Nations."""
    return f"the {row['states']} members of the {row['made_for'] or 'United Nations'}"


def share_title(compared: pd.DataFrame, measure: Measure, days: int) -> str:
    """Return the finding: the subject's share, and how many of the others had less or more."""
    subject, *others = compared.to_dict("records")
    if not isinstance(subject[f"{measure}_lower"], int):
        return f"Who has signed the {subject['short_title']} is not named in any source seen"
    one, plural = "UN member", "UN members"
    if subject["made_for"]:
        one, plural = (f"{word} of the {subject['made_for']}" for word in ("member", "members"))
    found = f"{capitalised(age_in_words(days))} {_had(subject, measure, plural, f'no {one}')}"
    rivals = [row for row in others if isinstance(row[f"{measure}_lower"], int)]
    ranks = [_certain_order(subject, row, measure) for row in rivals]
    ends = {"more than": ranks.count(1), "fewer than": ranks.count(-1)}
    if not any(ends.values()):
        return found
    if len(rivals) == 1:
        return f"{found}, {'more' if ranks == [1] else 'fewer'} than of {rivals[0]['label']}"
    for word, number in ends.items():
        if number == len(rivals):
            return f"{found}: {word} all {numeral(number)} compared"
    said = [f"{word} {numeral(number)}" for word, number in ends.items() if number]
    return f"{found}: {' and '.join(said)} of the {numeral(len(rivals))} compared"


def _certain_order(subject: Row, other: Row, measure: Measure) -> int:
    """Return 1 or -1 where the subject's share is certainly the larger or smaller, else 0."""

    def ends(row: Row) -> tuple[float, float]:
        top = row[f"{measure}_upper"] if row[f"{measure}_complete"] else row["states"]
        return row[f"{measure}_lower"] / row["states"], top / row["states"]

    (low, high), (other_low, other_high) = ends(subject), ends(other)
    return int(low > other_high) - int(high < other_low)


def _had(row: Row, measure: Measure, who: str, nobody: str) -> str:
    """Say which share had signed or consented: at least 38% of ... had signed the ...."""
    did, upper, reported = DID[measure], row[f"{measure}_upper"], row[f"{measure}_with_reports"]
    what = f"{did} {'by ' if measure == 'parties' else ''}the {row['short_title']}"
    if upper == 0:
        known = "had" if row[f"{measure}_complete"] else "is known to have"
        return f"{nobody} {known} {what}"
    if row[f"{measure}_lower"]:
        return f"{share_span(row, measure)} of {who} had {what}"
    if reported:
        share = percent(reported, row["states"])
        return f"{nobody} is confirmed to have {what} ({share} by report only)"
    return f"{nobody} is certain to have {what} by then ({share_span(row, measure)} possible)"


def share_sentence(compared: pd.DataFrame, days: int) -> str:
    """Say which share of the states had signed and consented, and which in the others."""
    subject, *others = compared.to_dict("records")
    measures: list[Measure] = ["signatories", "parties"]
    said: list[str] = []
    for measure in measures:
        if isinstance(subject[f"{measure}_lower"], int):
            who = "them" if said else body(subject)
            clause = _had(subject, measure, who, f"none of {who}")
            said.append(clause.replace(f" by the {subject['short_title']}", "") if said else clause)
    first = f"{capitalised(age_in_words(days))}, {'; '.join(said)}."
    beside = [part for measure in measures if (part := _range(others, measure))]
    return f"{first} Beside it, at the same age, {', and '.join(beside)}." if beside else first


def _range(others: Iterable[Row], measure: Measure) -> str:
    """Say between which shares the others lie that are known exactly."""
    exact = sorted(
        (row[f"{measure}_lower"] / row["states"], share_span(row, measure), row["label"])
        for row in others
        if isinstance(row[f"{measure}_lower"], int)
        and row[f"{measure}_complete"]
        and row[f"{measure}_lower"] == row[f"{measure}_upper"]
    )
    if not exact:
        return ""
    (_, low, fewest), (_, high, most) = exact[0], exact[-1]
    span = f"{low} ({fewest})" if len(exact) == 1 else f"{low} ({fewest}) to {high} ({most})"
    return f"{span} had {DID[measure]}"


def milestones_title(reached: pd.DataFrame, threshold: int) -> str:
    """Return the finding on the nth instrument: the fastest, the slowest and the subject.

    Parameters
    ----------
    reached : DataFrame
        From `adoption.law.thresholds.milestones`; the first row is the subject's.
    threshold : int
        The subject's: that instrument is told of where it is among the milestones, and
        entry into force where it is not.
    """
    number = threshold if threshold in set(reached["instrument"]) else ENTRY
    subject, *others = reached[reached["instrument"] == number].to_dict("records")
    event = "entry into force" if number == ENTRY else f"the {ordinal(number)} instrument"
    found = f"Days to {event}: {subject['label']} {days_text(subject)}"
    exact = sorted(
        (row["latest"], f"{row['label']}{', by report' if row['by_report'] else ''}")
        for row in others
        if row["state"] == REACHED and row["earliest"] == row["latest"]
    )
    if not exact:
        return found
    (low, first), (high, last) = exact[0], exact[-1]
    if len(exact) == 1:
        return f"{found}; {low:,} ({first})"
    return f"{found}; others {low:,} ({first}) to {high:,} ({last})"


def milestone_name(number: int) -> str:
    """Return what a milestone is called in heads: 40th instrument, Entry into force."""
    return "Entry into force" if number == ENTRY else f"{ordinal(number)} instrument"


def days_text(row: Row) -> str:
    """Return the days of a row of `adoption.law.thresholds.milestones`, or why there are none."""
    if row["state"] != REACHED:
        return not_reached(row)
    earliest, latest = int(row["earliest"]), int(row["latest"])
    days = f"{latest:,}" if earliest == latest else f"{earliest:,} to {latest:,}"
    return f"{days} (by report)" if row["by_report"] else days


def not_reached(row: Row) -> str:
    """Say why a row of `milestones` has no day: not known (list incomplete)."""
    state = str(row["state"])
    return state if state == "not reached" else f"not known ({state})"


def comparison_answer(
    subject: Convention, compared: pd.DataFrame, text: str, as_of: date, days: int
) -> Answer:
    """Answer how adoption compares with that of other conventions and of all treaties.

    Parameters
    ----------
    subject : Convention
        The subject.
    compared : DataFrame
        From `adoption.law.curves.shares_at_age`; the first row is the subject's.
    text : str
        The sentences.
    as_of : date
        The day.
    days : int
        Age at which the shares are compared.
    """
    row = compared.to_dict("records")[0]
    measure: Measure = "signatories" if subject.signatories_listed else "parties"
    return Answer(
        title=f"{subject.short_title}: how its adoption compares",
        text=text,
        key_figure=share_span(row, measure),
        key_label=f"of {body(row)} had {DID[measure]} {age_in_words(days)}",
        as_of=long_day(as_of),
        reach=f"{subject.reach} UN treaties: the depositary's lists as of January 2018 or before.",
    )
