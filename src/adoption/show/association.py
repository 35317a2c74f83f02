"""Which states adopt a convention, and how ready they are."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from adoption.core.text import capitalised, is_are, listed, long_day, numeral, percent
from adoption.countries.association import MIN_STATES, UNKNOWN, Adopters, widest
from adoption.countries.capacity import PILLARS
from adoption.countries.merged import CAPACITY, THIRDS
from adoption.countries.merged import CONTEXT as CONTEXT_VARIABLES
from adoption.law.status import Row
from adoption.show.answers import Answer
from adoption.show.capacity import source_of
from adoption.show.charts import Style, dots, line, rows_axis, wrapped, write
from adoption.show.table import Table, described
from adoption.show.theme import CONTEXT, INK, MARGINS, SUBJECT, finish

# Labels that have no capital in a sentence: not those of names, nor an own column.
COMMON = ("Income", "Vote", "Political", "Member", *PILLARS.values())
PUBLISHERS = "World Bank, United Nations, V-Dem and others, listed at the end"
ACTS = "Acts: each one's own, listed at the end."
ROW_HEIGHT = 28  # pixels
SECOND_LINE = 0.35  # of a row, for each further line of a label
MIN_STATES_OF_SHARE = 5  # states in a category: of fewer no percentage is shown
BETWEEN = 0.4  # of a row, before the heading of a block
CLEAR, WEAK = 0.01, 0.1  # shares of shuffles with a gap as wide


def _sources(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return whose the variables of a chart are."""
    names = set(measured["variable"])
    index = source_of(adopters.indicator.index) if adopters.indicator else "capacity, as merged"
    parts = [index.removesuffix(".")] if names & set(CAPACITY) or not names else []
    parts += [PUBLISHERS] if names & set(CONTEXT_VARIABLES) else []
    own = sorted(names - {*CAPACITY, *CONTEXT_VARIABLES})
    return "; ".join([*parts, *([f"{listed(own)}, as merged"] if own else [])])


def _within(label: str) -> str:
    """Return a label as it stands in a sentence: income group, GCI tier."""
    return f"{label[:1].lower()}{label[1:]}" if label.startswith(COMMON) else label


def _short(category: object) -> str:
    return str(category).removesuffix(" Group")


def association_answer(adopters: Adopters) -> Answer:
    """Answer which states act, and where the share differs most, beside what chance gives."""
    convention, acted, states = adopters.convention, adopters.acted, len(adopters.frame)
    who = adopters.population.replace("members of the United Nations", "UN members")
    known = "known or reported" if adopters.frame["by_report"].any() else "known"
    did, ends = f"{known} to have {adopters.verb}", widest(adopters.shares) if acted else None
    text = f"{acted or 'None'} of {states} {who} {is_are(acted or 1)} {did} the "
    text += f"{convention.short_title}."
    if ends and adopters.chance:
        by = _within(ends[0]["label"])
        p = adopters.chance.p
        than = "more" if p < CLEAR else "hardly more" if p < WEAK else "no more"
        text += f" The widest gap, by {by}, is {than} than chance."
    index = f"{adopters.indicator.name}, as published. " if adopters.indicator else ""
    what, key = "which states adopt it, and how ready they are", percent(acted, states)
    label, reach = f"of the {adopters.population} {did}", f"{index}Acts: {convention.reach}"
    return Answer.of(convention, what, adopters.as_of, text, key, label, reach=reach)


def chance_table(adopters: Adopters) -> Table | None:
    """Show the widest gap of all characteristics beside what a shuffle gives."""
    ends, chance = widest(adopters.shares), adopters.chance
    if ends is None or chance is None:
        return None
    most, least = (f"{_short(row['category'])} {percent(row['share'], 1)}" for row in ends)
    points = [f"{100 * gap:.0f}" for gap in (chance.gap, chance.median, chance.high)]
    heads = ["Widest gap", "From", "to", "Points", "Median of shuffles", "95th percentile", "p"]
    row = [ends[0]["label"], most, least, *points, f"{chance.p:.3f}"]
    caption = "The widest gap of all characteristics, beside the widest of each of 9,999 shuffles"
    return Table(pd.DataFrame([row], columns=heads), caption)


def shares_title(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return the finding of a chart of shares: where they lie furthest apart."""
    did = f"{adopters.verb} the {adopters.convention.short_title}"
    if adopters.acted == 0:
        return f"No state is known to have {did}"
    if (ends := widest(measured)) is None:
        return f"No gap between categories of at least {numeral(MIN_STATES)} states"
    most, least = (f"{_short(row['category'])} {percent(row['share'], 1)}" for row in ends)
    return capitalised(f"{did}, by {_within(ends[0]['label'])}: {most}, {least}")


def shares_chart(measured: pd.DataFrame, adopters: Adopters) -> go.Figure | None:
    """Draw the share of states that have acted, a row a category, a block a characteristic.

    A category of fewer than five states has no share: the table has its count. None where no
    category has one.

    Parameters
    ----------
    measured : DataFrame
        The rows of `adoption.countries.association.shares` to be drawn.
    adopters : Adopters
        What they are made from.
    """
    measured = measured[measured["states"] >= MIN_STATES_OF_SHARE]
    if measured.empty:
        return None
    labels, ticks, places, end = list[str](), list[float](), list[float](), -BETWEEN
    for label, block in measured.groupby("label", sort=False):
        end += BETWEEN
        counts = block["states"].map("\N{NO-BREAK SPACE}({})".format)
        categories = (block["category"].map(_short) + counts).map(wrapped)
        for label_line in (f"<b>{wrapped(str(label).removesuffix(' pillar'))}</b>", *categories):
            height = 1 + SECOND_LINE * label_line.count("<br>")
            labels.append(label_line)
            ticks.append(round(end + height / 2, 3))
            end += height
        places += ticks[-len(categories) :]
    rows, states = measured.assign(place=places), len(adopters.frame)
    rows["text"] = [
        f"{row['category']}: {_acted(row)} ({_range(row)})" for row in rows.to_dict("records")
    ]
    overall, did = adopters.acted / states, f"share known to have {adopters.verb}"
    # A trace, not a shape, so that the grid does not cover it.
    figure = go.Figure(line([overall] * 2, (end, 0.0), INK, 1, dash="dot"))
    unknown, missing = rows["category"] == UNKNOWN, "characteristic not known"
    figure.add_traces(dots(rows[~unknown], "share", did, SUBJECT))
    figure.add_traces(dots(rows[unknown], "share", missing, CONTEXT, hollow=True))
    side: Style = {"xanchor": "left", "xshift": 4}
    side = side if overall < 1 / 2 else {"xanchor": "right", "xshift": -4}
    write(figure, overall, ticks[0], f"all {states}: {overall:.0%}", 12, None, **side)
    ticks_of_share = {"tickvals": [0, 0.25, 0.5, 0.75, 1], "tickformat": ".0%"}
    figure.update_xaxes(range=[-0.02, 1.02], title=did, **ticks_of_share)
    rows_axis(figure, ticks, labels, range=(end, 0.0), showgrid=False)
    return finish(
        figure,
        title=shares_title(measured, adopters),
        subtitle=f"Share of {adopters.population} by {long_day(adopters.as_of)}, reports "
        "included, with 95% Wilson interval (and number of states)",
        source=f"Source: {_sources(measured, adopters)}. {ACTS}",
        alternative=f"Shares by category. {'; '.join(rows['label'] + ', ' + rows['text'])}.",
        height=round(MARGINS + ROW_HEIGHT * end + 30),
    )


def shares_table(measured: pd.DataFrame, adopters: Adopters, by: str) -> Table | None:
    """Show the rows of `adoption.countries.association.shares` by capacity or by context."""
    if measured.empty:
        return None
    word, day = adopters.verb, long_day(adopters.as_of)

    def enough(row: Row) -> bool:
        return bool(row["states"] >= MIN_STATES_OF_SHARE)

    columns = {
        "Characteristic": "label",
        "Category": _category,
        "Share": lambda row: percent(row["share"], 1) if enough(row) else "",
        "95% interval": lambda row: _range(row) if enough(row) else "",
        capitalised(word): _acted,
        "By report only": "by_report",
    }
    caption = f"States known to have {word} by {day}, by {by}; with reports, Wilson intervals"
    return described(measured, columns, caption)


def _range(row: Row) -> str:
    return f"{row['lower']:.0%} to {row['upper']:.0%}"


def _acted(row: Row) -> str:
    return f"{row['acted']} of {row['states']}"


def _category(row: Row) -> str:
    """Return a category with its range where it is a third."""
    if row["category"] not in THIRDS:
        return str(row["category"])
    low, high = f"{row['least']:.2f}", f"{row['most']:.2f}"
    return f"{row['category']}, {f'all {low}' if low == high else f'{low} to {high}'}"
