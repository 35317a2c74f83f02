"""Which states are likely to consent next: the sentence, bars and tables of their chances."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from math import ceil, inf, log
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.reading import remembered
from adoption.core.text import (
    capitalised,
    counted,
    in_sentence,
    is_are,
    listed,
    long_day,
    numeral,
    short_day,
)
from adoption.figures.finishing import finish
from adoption.forecasting.convention import REPORTS_TRUE
from adoption.forecasting.next_states import NextStates, next_states
from adoption.law.panel import NO_ACT, SIGNED
from adoption.law.status import Row, load_status
from adoption.show.answers import Answer
from adoption.show.classes import SIGNATURE_REPORTED, rows_of_bars, status_bars, status_classes
from adoption.show.entry_into_force import MASKED_SETS, month
from adoption.show.table import Table, table_of_rows

ODDS = (2, 3, 5, 7, 10, 20, 50)  # a chance is told as about one in so many
LIKELIEST = 10  # states, or a quarter of a group, whose band the lead tells without names
MAX_LISTED = 25
NOT_GIVEN = "not given: approved at home"
VERB_OF_DAY = {"reported_on": "consented", "approved_on": "approved at home", "signed_on": "signed"}
PAST_SETS = MASKED_SETS | {"signatories": "Of these, signatories"}
CHANCES_SOURCE = "Source: acts on the convention and on the treaties of the base set."


@remembered
def load_rows(convention: str, as_of: date, within: str) -> pd.DataFrame:
    """Return the states of `next_states` with their names, bands, and reasons in words."""
    outlook = next_states(convention, as_of, within)
    names = tables.read("states")[["iso3", "name"]]
    frame = names.merge(outlook.frame, on="iso3", how="right", validate="one_to_one")
    frame.insert(3, "one_in", frame["chance"].map(band, na_action="ignore").astype("Int64"))
    reasons_of_rows = [*map(chance_reasons, frame.to_dict("records"))]
    frame.insert(4, "reasons", pd.Series(reasons_of_rows, dtype="str"))
    return frame


def band(chance: float) -> int:
    """Return the nearest of `ODDS`: in how many such cases one consents.

    Examples
    --------
    >>> band(0.23), band(0.16), band(0.0)
    (5, 7, 50)
    """
    return min(ODDS, key=lambda number: abs(log(number * max(chance, 1e-9))))


def chance_reasons(row: Mapping[Any, Any]) -> str:
    """Say what is known of a state that its chance rests on.

    Examples
    --------
    >>> row = {"reported_on": pd.NaT, "approved_on": pd.NaT, "speed": 2.0, "grade": "reported"}
    >>> chance_reasons(row | {"signed_on": pd.Timestamp("2026-07-31")})
    'reported to have signed by 31 Jul 2026; joins other treaties 2.0 times as often as usual'
    """
    day_done = next((day for day in VERB_OF_DAY if pd.notna(row[day])), None)
    report = "reported to have " if row["grade"] == "reported" else ""
    text = (
        f"{report}{VERB_OF_DAY[day_done]} by {short_day(row[day_done])}"
        if day_done
        else "no signature known"
    )
    if day_done in ("reported_on", "approved_on"):
        return f"{text}, deposit not seen"
    speed = f"{row['speed']:.1f}"
    usual = "at an average rate" if speed == "1.0" else f"{speed} times as often as usual"
    return f"{text}; joins other treaties {usual}"


def next_answer(coming: NextStates, frame: pd.DataFrame, who: str) -> Answer:
    """Answer who is likely next, of the rows of a group or of all states."""
    convention, ranked = coming.forecast.convention, frame[frame["chance"].notna()]
    if len(ranked):
        rows = likeliest(ranked)
        doing = "ratifying" if _have_signed(rows) else "joining"
        chance = f"{capitalised(_in_words(rows, who))} of {doing} the {convention.short_title}"
        text = f"{chance} by {month(coming.until)}.{_approved(frame)}"
    elif len(frame):  # all of them set apart
        names = frame["name"] + ", " + frame["reasons"]
        text = f"No chance is given: {'; '.join(names)}."
    elif len(coming.frame):
        text = f"No state{who} is left to consent to the {convention.short_title}."
    else:
        reached = f"it has the {numeral(convention.threshold)} ratifications that it needed"
        why = coming.forecast.why_none or reached
        text = f"No chances are given for the {convention.short_title}: {why}."
    expected, _ = _expected(coming, frame)
    key = f"{expected:.0f}" if expected >= 1 else "under 1" if len(ranked) else "not forecast"
    noun = "consent" if 0 < expected < 1.5 else "consents"
    label = f"{noun} expected{who}, {chance_window(coming)}"
    return Answer.of(convention, "who is next", coming.forecast.as_of, text, key, label)


def _expected(coming: NextStates, frame: pd.DataFrame) -> tuple[float, int]:
    """Return how many consents are expected of states, and of how many of them: all with a chance.

    Those that approved it at home are among them, though their own chance is not told.
    """
    chances = coming.chances[coming.chances.index.isin(frame["iso3"])]
    return float(chances.sum()), len(chances)


def _approved(frame: pd.DataFrame) -> str:
    """Say who has approved at home, after what is said of others."""
    is_approved = frame["approved_on"].notna() & frame["reported_on"].isna()
    if not is_approved.any():
        return ""
    rows = frame[is_approved]
    articles = rows["iso3"].map(tables.read("states").set_index("iso3")["article"])
    names = capitalised(listed([*map(in_sentence, rows["name"], articles)]))
    report = (rows["grade"] == "reported").any()
    return f" {names} {'reportedly gave' if report else 'gave'} domestic approval."


def _in_words(rows: pd.DataFrame, who: str) -> str:
    """Say how many states are at least about as likely as the tenth likeliest, without names."""
    one_in = rows["one_in"].max()
    better = " or better" if (rows["one_in"] < one_in).any() else ""
    chance = f"about a one-in-{numeral(one_in)} chance{better}"
    if len(rows) == 1:
        return f"{rows['name'].item()} has {chance}"
    noun = "states"
    if _have_signed(rows) and not who:  # whose signatories a group's are could be misread
        reports = rows["grade"].eq("reported").any()
        noun = f"{'known or reported ' if reports else ''}signatories"
    return f"each of {len(rows)} {noun}{who} has {chance}"


def _have_signed(rows: pd.DataFrame) -> bool:
    """Return whether all of the likeliest are known or reported to have signed."""
    return bool(rows["signed_on"].notna().all())


def likeliest(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return the states in the band of the tenth likeliest or a higher one."""
    index = min(LIKELIEST, ceil(len(ranked) / 4)) - 1
    one_in = ranked["one_in"].iloc[index]
    rows: pd.DataFrame = ranked[ranked["one_in"] <= one_in]
    return rows


def band_cell(one_in: int) -> str:
    """Return a band as a cell."""
    return f"about one in {numeral(one_in)}"


def _chance(row: Mapping[Hashable, Any]) -> str:
    """Return the band of a state as a cell, or why it has none."""
    if pd.notna(row["reported_on"]):
        return f"assumed {REPORTS_TRUE:.0%} that it has"
    return NOT_GIVEN if pd.isna(row["one_in"]) else band_cell(row["one_in"])


def chance_window(coming: NextStates) -> str:
    """Return from which day to which the chances are."""
    return f"{short_day(coming.forecast.made_on)} to {short_day(coming.until)}"


def next_chart(coming: NextStates, frame: pd.DataFrame, who: str) -> go.Figure | None:
    """Draw how many states have about which chance, by what they are known to have done.

    Those that approved it at home have a bar of their own: they are among the consents expected.
    """
    if frame["chance"].isna().all():
        return None
    counts = _by_chance(coming, frame)
    figure = status_bars(counts)
    figure.update_xaxes(visible=True, title="states")
    begins, until = (long_day(day) for day in (coming.forecast.made_on, coming.until))
    expected, states = _expected(coming, frame)
    number = f"about {numeral(round(expected))}" if expected >= 1 else "fewer than one"
    whose = f"{counted(states, 'state')}{who}"
    are, last = is_are(max(round(expected), 1)), month(coming.until)
    title = capitalised(f"{number} of {whose} {are} expected to consent by {last}")
    striped = "; striped: only reported" if SIGNATURE_REPORTED in counts.columns else ""
    subtitle = (
        f"States{who} by their chance to consent from {begins}, the last day known, "
        f"to {until}{striped}"
    )
    bars = [
        f"{name}: {'; '.join(f'{label} {number}' for label, number in numbers.items())}"
        for name, numbers in counts.items()
    ]
    return finish(
        figure,
        rows=rows_of_bars(counts, "chance", "states"),
        title=title,
        subtitle=subtitle,
        source=CHANCES_SOURCE,
        alternative=f"Bars, one a band of chances. {'. '.join(bars)}.",
        height=180 + 34 * len(counts),
    )


def _by_chance(coming: NextStates, frame: pd.DataFrame) -> pd.DataFrame:
    """Return how many states each band has, and who is given no chance, by class of status."""
    status = load_status(coming.forecast.convention.convention, coming.forecast.as_of)
    participants = status.participants
    classes = pd.Series(status_classes(participants), participants["iso3"])
    rows = frame[frame["iso3"].isin(coming.chances.index)]
    kinds = rows["iso3"].map(classes)
    kinds = kinds.where(kinds.isin([SIGNED, SIGNATURE_REPORTED]), NO_ACT)
    counts = pd.crosstab(rows["one_in"].fillna(0).astype(int), kinds.to_numpy())
    order = sorted(counts.index, key=lambda one_in: one_in or inf)
    names = [kind for kind in (SIGNED, SIGNATURE_REPORTED, NO_ACT) if kind in counts.columns]
    counts = counts.loc[order, names]
    counts.index = [band_cell(one_in) if one_in else NOT_GIVEN for one_in in order]
    return counts


def next_view(coming: NextStates, frame: pd.DataFrame, who: str) -> Table | None:
    """Show who is set apart and the likeliest, by band and name; nothing where there are none."""
    if frame.empty:
        return None
    ranked = frame.dropna(subset="chance").sort_values(["one_in", "name"])
    if len(frame) > MAX_LISTED:
        ranked = likeliest(ranked)
    rows = pd.concat([frame[frame["chance"].isna()], ranked])
    columns = {
        "State": "name",
        "Chance": _chance,
        "What is known": "reasons",
    }
    of = f"{'the likeliest ' if len(rows) < len(frame) else ''}states{who}"
    if len(frame) == 1:
        of = frame["name"].item()
    return table_of_rows(rows, columns, f"Chance to consent, {chance_window(coming)}: {of}")


def past_sentence(skill: pd.DataFrame, tenths: pd.DataFrame) -> str:
    """Say how good such chances were, from `skill.states_skill` and `skill.states_reliability`."""
    every = skill[skill["set"] == "all"].set_index("way")
    signatories = skill[skill["set"] == "signatories"].set_index("way")
    scores, signature_scores = (every.loc[way] for way in ("forecast", "signature"))
    signed, by_day = (signatories.loc[way] for way in ("forecast", "signature"))
    alike = tenths[tenths["set"] == "like"].iloc[-1]
    past = (
        f"In {scores['states']:,.0f} past cases a state that consented within a year ranked above "
        f"one that did not {scores['auc']:.0%} of the time."
    )
    by_signature = f"By signature alone it was {signature_scores['auc']:.0%}."
    low, high = (100 * signed[end] for end in ("auc_low", "auc_high"))
    interval = f"{low:.0f} to {high:.0f}"
    among_signatories = (
        "Among signatories of treaties as young and as widely signed it was "
        f"{signed['auc']:.0%} ({interval}), and {by_day['auc']:.0%} by day of signature."
    )
    brier_interval = f"{scores['low']:.3f} to {scores['high']:.3f}"
    brier = f"The Brier score was {scores['ratio']:.3f} ({brier_interval}) of that by signature."
    lowest, highest = (100 * alike[end] for end in ("low", "high"))
    likeliest = (
        "On treaties as young and as widely signed the likeliest tenth was given "
        f"{alike['said']:.0%}, and {alike['came']:.0%} consented ({lowest:.0f} to {highest:.0f})."
    )
    return " ".join((past, by_signature, among_signatories, brier, likeliest))


def tenths_view(tenths: pd.DataFrame) -> Table:
    """Show how often states consented by tenths of their chances, signatories by thirds."""

    def consented(row: Row) -> str:
        low, high = (100 * row[end] for end in ("low", "high"))
        return f"{row['came']:.1%} ({low:.1f} to {high:.1f})"

    def part(row: Row) -> str:
        return f"{row['part']} of {row['parts']}"

    columns = {
        "Cases": lambda row: PAST_SETS[row["set"]],
        "Part, least likely first": part,
        "States": "states",
        "Chance said": lambda row: f"{row['said']:.1%}",
        "Consented": consented,
    }
    return table_of_rows(tenths, columns, "Chances of the past and what happened within a year")
