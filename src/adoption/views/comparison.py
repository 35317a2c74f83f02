"""Tables that set a convention beside others and among the treaties of the base set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import NOT_KNOWN, Table
from adoption.law.curves import Measure
from adoption.law.placement import Known, place
from adoption.sentences.comparison import days_text, milestone_name
from adoption.sentences.placement import ACTS, floor
from adoption.words import age_in_words, long_day, percent, short_day

if TYPE_CHECKING:
    from adoption.law.status import Row

NOT_THAT_OLD = "not yet that old"


def shares_view(compared: pd.DataFrame, days: int) -> Table:
    """Show `adoption.law.curves.shares_at_age`."""
    rows = [
        {
            "Convention": row["short_title"],
            "Opened": short_day(row["opens"]),
            "Signed": _share(row, "signatories"),
            "Consented to be bound": _share(row, "parties"),
            "By report only": _by_report(row),
        }
        for row in compared.to_dict("records")
    ]
    caption = f"States that signed and consented {age_in_words(days)}, of those that could by then"
    return Table(pd.DataFrame(rows), caption)


def _share(row: Row, measure: Measure) -> str:
    lower, upper, states = row[f"{measure}_lower"], row[f"{measure}_upper"], row["states"]
    if not isinstance(lower, int):
        return NOT_KNOWN if isinstance(states, int) else NOT_THAT_OLD
    low, high = percent(lower, states), percent(upper, states)
    if row[f"{measure}_complete"]:
        if lower == upper:
            return f"{lower} of {states} ({low})"
        return f"{lower} to {upper} of {states} ({low} to {high})"
    if lower:
        return f"at least {lower} of {states} ({low})"
    if upper == 0:
        return f"none known of {states}"
    if row[f"{measure}_with_reports"]:
        return f"none confirmed of {states}"
    return f"possibly {upper} of {states} ({high})"


def _by_report(row: Row) -> str:
    firm, with_reports = row["parties_lower"], row["parties_with_reports"]
    return str(with_reports - firm) if isinstance(firm, int) else ""


def milestones_view(reached: pd.DataFrame, as_of: date) -> Table:
    """Show `adoption.law.thresholds.milestones`, one row a convention."""
    numbers = list(dict.fromkeys(reached["instrument"]))
    rows = []
    for _, own in reached.groupby("convention", sort=False):
        cells = {int(row["instrument"]): row for row in own.to_dict("records")}
        title = own["short_title"].iloc[0]
        rows.append(
            {"Convention": title}
            | {
                milestone_name(number).split(" instrument")[0]: days_text(cells[number])
                for number in numbers
            }
        )
    caption = f"Days from opening to the nth instrument of a state, to {long_day(as_of)}"
    return Table(pd.DataFrame(rows), caption)


def places_view(known: Mapping[Measure, Known | None], frame: pd.DataFrame, subject: str) -> Table:
    """Show the place of a convention's counts among all treaties and among those open to all.

    Parameters
    ----------
    known : mapping of measure to Known or None
        The subject's counts.
    frame : DataFrame
        From `adoption.law.placement.treaties_at_age`.
    subject : str
        The subject's name.
    """
    whole = {
        "open to all, as far as the data tell": frame[frame["everywhere"]],
        "every treaty with a signature": frame,
    }
    rows = []
    for measure, count in known.items():
        name = f"{ACTS[measure].capitalize()}s"
        if count is None:
            continue
        numbers = {name: floor(count, measure)}
        if measure == "parties" and count.with_reports > count.firm:
            numbers[f"{name}, if the reports are right"] = count.with_reports
        if count.most > count.with_reports:
            numbers[f"{name}, if all that are possible count"] = count.most
        for what, number in numbers.items():
            for among, treaties in whole.items():
                at = place(number, treaties[measure].tolist())
                shares = [percent(n, at.treaties) if at.treaties else NOT_KNOWN
                          for n in (at.fewer, at.equal, at.more)]  # fmt: skip
                rows.append(
                    {
                        "Count": what,
                        "Known": _known(number, count),
                        "Among": among,
                        "Treaties": at.treaties,
                        "Fewer": shares[0],
                        "As many": shares[1],
                        "More": shares[2],
                        "Percentile rank": NOT_KNOWN
                        if at.percentile is None
                        else f"{at.percentile:.0f}",
                    }
                )
    return Table(pd.DataFrame(rows), f"{subject}: its place among treaties at the same age")


def _known(number: int, count: Known) -> str:
    if count.complete:
        return str(number)
    return f"at least {number}" if number else "none for certain"
