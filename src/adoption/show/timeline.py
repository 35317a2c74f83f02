"""Conventions side by side, each counted from its own day of opening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.answers import Answer
from adoption.law.curves import Measure, cumulative, events
from adoption.show.charts import EndLabel, label_ends, steps
from adoption.show.theme import CONTEXT, MARGINS, SUBJECT, finish
from adoption.words import age_in_words, capitalised, numeral, span

if TYPE_CHECKING:
    from adoption.law.conventions import Convention
    from adoption.law.status import Row, Status

DAYS_A_YEAR = 365.25
HEIGHT = 460
SHORTEST_AXIS = 5  # years
LETTER_WIDTH = 8  # pixels, of the labels at the ends


def pace_title(compared: pd.DataFrame, days: int, measure: Measure) -> str:
    """Return how a convention compares at its age; the first row is the subject.

    Parameters
    ----------
    compared : DataFrame
        From `adoption.law.curves.compare_at_age`.
    days : int
        The age.
    measure : {"signatories", "parties"}
        What is counted.
    """
    subject, *others = compared.to_dict("records")
    if pd.isna(subject[f"{measure}_lower"]):
        return f"Its {measure} are not named in any source seen"
    least, most = (int(subject[f"{measure}_{end}"]) for end in ("lower", "upper"))
    reported = int(subject["parties_reported"]) if measure == "parties" else 0
    if reported and reported == least == most:
        return f"No confirmed party, {numeral(reported)} by report only, {age_in_words(days)}"
    noun = (
        {"signatories": "signatory", "parties": "party"}[measure] if least == most == 1 else measure
    )
    sure = f", {reported} by report only," if reported else ""
    number = capitalised(span(least, most, bool(subject["complete"]))) if most else "No known"
    found = f"{number} {noun}{sure} {age_in_words(days)}"
    rivals = [row for row in others if pd.notna(row[f"{measure}_lower"])]
    more = [row[f"{measure}_lower"] > most for row in rivals]
    settled = [row[f"{measure}_upper"] <= least and row["complete"] for row in rivals]
    ranked = subject["complete"] or not any(more)  # what is not known could change the place
    if not rivals or reported or not ranked or not all(map(max, more, settled)):
        return found
    return f"{found}: {_place(sum(more), len(rivals))}"


def _place(more: int, others: int) -> str:
    """Say how many of the others have more."""
    compared = "the one compared" if others == 1 else f"the {numeral(others)} compared"
    if more == 0:
        return f"no fewer than {'' if others == 1 else 'any of '}{compared}"
    return f"fewer than {'' if others == 1 else f'{numeral(more)} of '}{compared}"


def pace_sentence(compared: pd.DataFrame, days: int) -> str:
    """Say how fast adoption is, and how many parties the others had at that age."""
    subject, *others = compared.to_dict("records")
    reported = subject["parties_reported"]
    number = _count(subject, "parties")
    parties = f"{number} {'party' if number.split()[-1] == '1' else 'parties'}"
    if reported:
        every = reported == subject["parties_lower"]
        parties = (
            f"{numeral(int(reported))} parties by report only"
            if every
            else (f"{parties}, {numeral(int(reported))} by report only")
        )
    signed = ""
    if pd.notna(subject["signatories_lower"]):
        signed = f"{_count(subject, 'signatories')} signatories and "
    first = f"{capitalised(age_in_words(days))} the {subject['short_title']} had {signed}{parties}"
    rivals = [row for row in others if pd.notna(row["parties_lower"])]
    if not rivals:
        return f"{first}."
    low, high = (pick(int(row[f"parties_{end}"]) for row in rivals)
                 for pick, end in ((min, "lower"), (max, "upper")))  # fmt: skip
    more = "" if all(row["complete"] for row in rivals) else "+"
    return f"{first}; {'others' if len(rivals) > 1 else 'another'} {span(low, high)}{more}."


def _count(row: Row, measure: str) -> str:
    """Return a count with its bounds; at least, where the list was not complete then."""
    lower, upper = int(row[f"{measure}_lower"]), int(row[f"{measure}_upper"])
    return span(lower, upper, bool(row["complete"])) if upper else "no known"


def pace_answer(status: Status, compared: pd.DataFrame, days: int) -> Answer:
    """Answer how fast adoption is, next to comparable conventions."""
    convention, counted = status.convention, status.counted
    needed = convention.threshold
    # A withdrawal after entry into force undoes nothing.
    reached = counted.lower >= needed or status.nth_instrument is not None
    sure = (
        "reported, not confirmed, that would"
        if counted.lower == counted.by_grade["reported"] > 0
        else ("known that")
    )
    key = f"{counted.lower} of {needed}"
    label = f"instruments {sure} count towards entry into force"
    if reached:
        key = str(counted.lower)
        label = f"instruments known that count; {needed} were needed for entry into force"
    text = pace_sentence(compared, days)
    return Answer.of(convention, "how fast is adoption", status.as_of, text, key, label)


def curves_by_age(
    subject: Convention,
    others: Sequence[Convention],
    acts: pd.DataFrame,
    as_of: date,
    measure: Measure,
    title: str,
    years: float | None = None,
) -> go.Figure:
    """Draw a convention beside others by age.

    Parameters
    ----------
    subject : Convention
        Drawn strong, to its age on `as_of`.
    others : sequence of Convention
        Drawn grey, each to the end of the axis or of what is known of it.
    acts : DataFrame
        The table `acts`.
    as_of : date
        The day.
    measure : {"signatories", "parties"}
        What is counted.
    title : str
        The finding.
    years : float, optional
        Length of the axis; to the subject's age, and five years at least, without it.
    """
    years = years or max(SHORTEST_AXIS, (as_of - subject.opens).days / DAYS_A_YEAR)
    if measure == "signatories":
        others = [convention for convention in others if convention.signatories_listed]
    figure = go.Figure()
    labels, said, top, left = [], [], 1.0, False
    for convention in [*others, subject]:
        own = convention is subject
        rows = events(convention, acts, measure)
        curve = _curve(convention, rows, as_of, years, own)
        left = left or bool((rows["left_earliest"] <= curve["day"].iloc[-1]).any())
        begun = rows[rows["earliest"] <= pd.Timestamp(as_of)]
        by_report = own and _by_report(begun[~(begun["left_latest"] <= pd.Timestamp(as_of))])
        age = ((curve["day"] - pd.Timestamp(convention.opens)).dt.days / DAYS_A_YEAR).round(3)
        colour = SUBJECT if own else CONTEXT
        dash = "dash" if by_report and _by_report(begun) else "solid"
        width = 3 if own else 1.5
        figure.add_traces(steps(convention.label, age, curve, colour, dash=dash, width=width))
        last, most = int(curve["lower"].iloc[-1]), int(curve["upper"].iloc[-1])
        top = max(top, float(curve["upper"].max()))
        text = f"{convention.label} {span(last, most)}{', by report' * by_report}"
        labels.append(EndLabel(text, float(age.iloc[-1]), last, colour, bold=own))
        said.append(f"{text} at {age.iloc[-1]:.1f} years")
    top *= 1.08
    label_ends(figure, labels, top=top, plot_height=HEIGHT - MARGINS)
    figure.update_xaxes(range=[-0.05, years], title="years since opening for signature")
    figure.update_yaxes(range=[0, top], title=measure if left else f"{measure}, cumulative")
    finished = finish(
        figure,
        title=title,
        subtitle=f"{measure.capitalize()} by age; a band means that days are not known"
        f"{'; one that withdraws is counted no more' * left}",
        alternative=f"Step curves by age of the convention, in years. {'; '.join(said)}.",
        height=HEIGHT,
    )
    longest = max(len(label.text) for label in labels)
    return finished.update_layout(margin={"r": 14 + LETTER_WIDTH * longest})


def _by_report(rows: pd.DataFrame) -> bool:
    """Return whether there are rows, and all are reported."""
    return len(rows) > 0 and bool((rows["grade"] == "reported").all())


def _curve(
    convention: Convention, rows: pd.DataFrame, as_of: date, years: float, own: bool
) -> pd.DataFrame:
    opens = pd.Timestamp(convention.opens)
    until = min(pd.Timestamp(as_of), opens + pd.Timedelta(days=round(years * DAYS_A_YEAR)))
    if not own and convention.complete_to:
        until = min(until, pd.Timestamp(convention.complete_to))
    curve = cumulative(rows, convention.opens, max(until, opens).date())
    return curve.assign(day=curve["day"].where(curve["day"] >= opens, opens))
