"""Which states adopt a convention, and how ready they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go

from adoption.core.text import capitalised, is_are, listed, long_day, numeral, percent
from adoption.countries.association import DRAWS, LEVEL, MIN_STATES, UNKNOWN, Adopters
from adoption.countries.capacity import OVERALL, PILLARS
from adoption.countries.merged import CAPACITY_COLUMNS, CONSENTED, NO_CONSENT, THIRDS, score_label
from adoption.countries.merged import CONTEXT_COLUMNS as CONTEXT_VARIABLES
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import Style, dots, line, rows_axis, wrapped, write_words
from adoption.figures.theme import (
    CONTEXT,
    INK,
    MARGINS,
    SUBJECT,
)
from adoption.law.status import Row
from adoption.show.answers import Answer, titled
from adoption.show.capacity import source_of
from adoption.show.table import Table, table_of_rows

# Labels that have no capital in a sentence: not those of names, nor an own column.
COMMON = ("Income", "Vote", "Political", "Member", *PILLARS.values())
PUBLISHERS = "World Bank, United Nations, V-Dem and others, listed at the end"
ACTS_SOURCE = "Acts: each one's own, listed at the end."
ROW_HEIGHT = 28  # pixels
SECOND_LINE = 0.35  # of a row, for each further line of a label
MIN_STATES_OF_SHARE = 5  # states in a category: of fewer no percentage is shown
BETWEEN = 0.4  # of a row, before the heading of a block
TIERS_IN_WORDS = {"T1": "first", "T2": "second", "T3": "third", "T4": "fourth", "T5": "fifth"}
TIER_ENDS = {"T1": "T1, highest", "T5": "T5, lowest"}
# Categories as what is said of states: those of one characteristic, or all of another.
STATES_THAT: Mapping[str, Mapping[str, str]] = {
    "vote": {"yes": "voting yes", "no": "voting no", "abstain": "abstaining", "absent": "absent"},
    "budapest": {CONSENTED: "joining Budapest", NO_CONSENT: "not known to"},
}
# Characteristics in a title; the parts of an index are one.
SHORT: Mapping[str, str] = {
    "tier": "tier",
    OVERALL: "score",
    **dict.fromkeys(PILLARS, "pillar"),
    "income_group": "income",
    "un_group": "region",
    "budapest": "Budapest",
    "vote": "vote",
    "regime": "regime",
}
MAX_CHARACTERISTICS = 2  # named in a title
CATEGORY_TEXTS: Mapping[str, Callable[[str], str]] = {
    "tier": lambda tier: f"{TIERS_IN_WORDS[tier]}-tier",
    "income_group": lambda group: group.lower().replace(" ", "-"),
}


def _sources(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return whose the variables of a chart are."""
    names = set(measured["variable"])
    index = source_of(adopters.indicator.index) if adopters.indicator else "capacity, as merged"
    parts = [index.removesuffix(".")] if names & set(CAPACITY_COLUMNS) or not names else []
    parts += [PUBLISHERS] if names & set(CONTEXT_VARIABLES) else []
    merged = sorted(names - {*CAPACITY_COLUMNS, *CONTEXT_VARIABLES})
    if merged:
        parts.append(f"{listed(merged)}, as merged")
    return "; ".join(parts)


def _within(label: str) -> str:
    """Return a label as it stands in a sentence: income group, GCI tier."""
    if not label.startswith(COMMON):
        return label
    return f"{label[:1].lower()}{label[1:]}"


def _short(category: object) -> str:
    return TIER_ENDS.get(str(category), str(category).removesuffix(" Group"))


def association_answer(adopters: Adopters) -> Answer:
    """Answer which states act, and what sets them apart by more than chance."""
    convention = adopters.convention
    acted = adopters.acted
    states = len(adopters.frame)
    population = adopters.population.replace("members of the United Nations", "UN members")
    if convention.made_for and population != "UN members":
        population = f"listed {convention.made_for} members"
    adverb = "known or reported" if adopters.frame["by_report"].any() else "known"
    did = f"{adverb} to have {adopters.verb}"
    number = f"{acted or 'None'} of {states} {population}"
    text = f"{number} {is_are(acted or 1)} {did} the "
    text += f"{convention.short_title}.{_apart(adopters) if acted else ''}"
    index = f"{adopters.indicator.name}, as published. " if adopters.indicator else ""
    what, key = "which states adopt it, and how ready they are", percent(acted, states)
    label = f"of the {adopters.population} {did}"
    reach = f"{index}Acts: {convention.reach}"
    return Answer.of(convention, what, adopters.as_of, text, key, label, reach=reach)


def _apart(adopters: Adopters) -> str:
    """Say what sets those that acted apart: the index itself first, then a characteristic."""
    test, tests = adopters.by_index, adopters.tests
    if test and test.p < LEVEL:
        score = score_label(adopters.frame).replace(OVERALL, "overall value")
        level = "higher" if test.higher > 1 / 2 else "lower"
        return f" Their {score}s are clearly {level} than others'."
    clear = _by_chance(tests[tests["adjusted"] < LEVEL])
    if len(clear):
        return f" Shares differ by {_within(clear['label'].iloc[0])} more than by chance."
    compared = len(tests) or test
    return " No characteristic sets them apart beyond chance." if compared else ""


def _by_chance(tests: pd.DataFrame) -> pd.DataFrame:
    """Return characteristics, those least like chance first; an index before its parts."""
    part = (tests["adjusted"] >= LEVEL) | tests["variable"].isin([*PILLARS])
    return tests.assign(part=part).sort_values(["part", "adjusted", "p"], kind="stable")


def chance_table(adopters: Adopters) -> Table | None:
    """Show the widest gap of each characteristic beside what shuffles give."""
    tests = adopters.tests
    if tests.empty:
        return None

    def end(name: str) -> Callable[[Row], str]:
        def words(row: Row) -> str:
            share = percent(row[f"{name}_share"], 1)
            return f"{_short(row[name])} {share}"

        return words

    def points(row: Row) -> str:
        return f"{100 * (row['most_share'] - row['least_share']):.0f}"

    columns = {
        "Characteristic": "label",
        "Highest share": end("most"),
        "Lowest share": end("least"),
        "Points": points,
        "p, alone": lambda row: f"{row['p']:.4f}",
        "p, as one of all": lambda row: f"{row['adjusted']:.3f}",
    }
    caption = f"The widest gap of each characteristic, beside those of {DRAWS:,} shuffles"
    return table_of_rows(_by_chance(tests), columns, caption)


def chance_note(adopters: Adopters) -> str:
    """Say which gaps are more than chance, the parts of one index once, and what its ranks say."""
    texts, tests = [], adopters.tests
    clear = tests[tests["adjusted"] < LEVEL]
    unclear = tests[tests["adjusted"] >= LEVEL]
    if len(clear):
        texts.append(f"Wider than by chance: {listed(_named(clear))}.")
    if len(unclear):
        texts.append(f"No wider than by chance: {listed(_named(unclear))}.")
    if test := adopters.by_index:
        level, inside = f"p = {test.p:.4f}", ""
        if test.inside is not None:
            inside = f", inside sub-regions p = {test.inside:.4f}"
        score = score_label(adopters.frame)
        texts.append(
            f"Of a state that {_did(adopters)} and one not known to have, the first has the higher "
            f"{score} in {percent(test.higher, 1)} of pairs (rank test, {level}{inside})."
        )
    return " ".join(texts) or "No two categories are large enough to compare."


def _named(tests: pd.DataFrame) -> list[str]:
    """Name characteristics as in a sentence; the pillars of the index together."""
    of_index = tests["variable"].isin([*PILLARS])
    labels = [_within(label) for label in tests.loc[~of_index, "label"]]
    pillars = [PILLARS[name].lower() for name in tests.loc[of_index, "variable"]]
    if len(pillars) == len(PILLARS):
        return [*labels, "all pillars"]
    noun = "pillar" if len(pillars) == 1 else "pillars"
    if pillars:
        labels.append(f"the {listed(pillars)} {noun}")
    return labels


def _did(adopters: Adopters) -> str:
    return f"{adopters.verb} {titled(adopters.convention)}"


def shares_title(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return the finding of a chart of shares: the gap that is least like chance."""
    did, tests = _did(adopters), adopters.tests
    if adopters.acted == 0:
        return f"No state is known to have {did}"
    tests = tests[tests["variable"].isin(measured["variable"])]
    if tests.empty or tests["most_share"].eq(tests["least_share"]).all():
        return f"No gap between categories of at least {numeral(MIN_STATES)} states"
    row = _by_chance(tests).to_dict("records")[0]
    if row["adjusted"] >= LEVEL:
        return f"No gap in {_acting(adopters)} exceeds chance, by {_characteristics(tests)}"
    states = _states(row, "most")[0]
    reference = _states(row, "least")[1]
    most = percent(row["most_share"], 1)
    least = percent(row["least_share"], 1)
    is_end = measured["category"].isin([row["most"], row["least"]])
    compared = (measured["variable"] == row["variable"]) & is_end
    shares = f"{did}, {reference.replace('{}', least)}"
    if measured.loc[compared, "by_report"].any():
        states = states.removeprefix("the ") if row["most"] in THIRDS else states
        shares = f"{shares.replace('signed or joined', 'acted on')}, reports included"
    return f"{most} of {states} {shares}"


def _acting(adopters: Adopters) -> str:
    """Return what is done, as in a title: signing UNTOC."""
    verb = "signing" if adopters.verb == "signed" else "acting on"
    return f"{verb} {titled(adopters.convention)}"


def _characteristics(tests: pd.DataFrame) -> str:
    """Name the characteristics of a chart, each tested by itself; many are counted."""
    labels = zip(tests["variable"], tests["label"], strict=True)
    short = (SHORT.get(variable, _within(label)) for variable, label in labels)
    names = dict.fromkeys(short)
    if len(names) > MAX_CHARACTERISTICS:
        return f"{numeral(len(names))} characteristics"
    return " or ".join(names)


def _states(row: Row, end: str) -> tuple[str, str]:
    """Return the states of a category in words, and its share after such words, for {}."""
    variable, category = row["variable"], str(row[end])
    if variable in STATES_THAT and category in STATES_THAT[variable]:
        that = STATES_THAT[variable][category]
        return f"states {that}", f"{{}} {that}"
    if variable in CATEGORY_TEXTS:
        kind = CATEGORY_TEXTS[variable](category)
        return f"{kind} states", f"{{}} of {kind}"
    if category in THIRDS:
        of_what = _within(row["label"]).replace(" ", "-")
        third, _ = category.split()
        return f"the {third} {of_what} third", f"{third}: {{}}"
    if variable == "un_group":
        return f"the {category}", f"{{}} of the {category}"
    if variable == "regime":
        regimes = category.lower().removesuffix("y") + "ies"
        return regimes, f"{{}} of {regimes}"
    return f"states with {row['label']} {category}", f"{{}} with {category}"


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
    labels = list[str]()
    ticks = list[float]()
    places = list[float]()
    end = -BETWEEN
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
    rows = measured.assign(place=places)
    states = len(adopters.frame)
    rows["text"] = [
        f"{row['category']}: {_acted(row)}{_by_report(row)} ({_range(row)})"
        for row in rows.to_dict("records")
    ]
    reports = measured["by_report"].any()
    adverb = "known or reported" if reports else "known"
    overall = adopters.acted / states
    did = f"share {adverb} to have {adopters.verb}"
    # A trace, not a shape, so that the grid does not cover it.
    figure = Figure(line([overall] * 2, (end, 0.0), INK, 1, dash="dot"))
    unknown, missing = rows["category"] == UNKNOWN, "characteristic not known"
    figure.add_traces(dots(rows[~unknown], "share", did, SUBJECT))
    figure.add_traces(dots(rows[unknown], "share", missing, CONTEXT, hollow=True))
    side: Style = {"xanchor": "left", "xshift": 4}
    side = side if overall < 1 / 2 else {"xanchor": "right", "xshift": -4}
    label = f"all {states}: {overall:.0%}"
    write_words(figure, overall, ticks[0], label, 12, None, **side)
    ticks_of_share = {"tickvals": [0, 0.25, 0.5, 0.75, 1], "tickformat": ".0%"}
    figure.update_xaxes(range=[-0.02, 1.02], title=f"share that {adopters.verb}", **ticks_of_share)
    rows_axis(figure, ticks, labels, range=(end, 0.0), showgrid=False)
    short = rows["category"].map(_short) + rows["states"].map("\N{NO-BREAK SPACE}({})".format)
    rows["item"] = rows["label"].str.removesuffix(" pillar") + ": " + short
    columns = ["item", "share", "lower", "upper", "acted", "states", "text"]
    included = ", reports included" if reports else ""
    subtitle = (
        f"Share of {adopters.population} by {long_day(adopters.as_of)}{included}, "
        "with 95% Wilson interval; in brackets the number of states. "
        "The title names the gap that is least like chance"
    )
    source = f"Source: {_sources(measured, adopters)}. {ACTS_SOURCE}"
    texts = rows["label"] + ", " + rows["text"]
    alternative = f"Shares by category. {'; '.join(texts)}."
    return finish(
        figure,
        rows=rows[columns].round(3).rename(columns={"text": "note", "share": did}),
        title=shares_title(measured, adopters),
        subtitle=subtitle,
        source=source,
        alternative=alternative,
        height=round(MARGINS + ROW_HEIGHT * end + 30),
    )


def shares_by_category_table(measured: pd.DataFrame, adopters: Adopters, by: str) -> Table | None:
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
    adverb = "known or reported" if measured["by_report"].any() else "known"
    caption = f"States {adverb} to have {word} by {day}, by {by}; Wilson intervals"
    return table_of_rows(measured, columns, caption)


def _range(row: Row) -> str:
    return f"{row['lower']:.0%} to {row['upper']:.0%}"


def _by_report(row: Row) -> str:
    return f", {row['by_report']} by report only" if row["by_report"] else ""


def _acted(row: Row) -> str:
    return f"{row['acted']} of {row['states']}"


def _category(row: Row) -> str:
    """Return a category with its range where it is a third."""
    if row["category"] not in THIRDS:
        return str(row["category"])
    low = f"{row['least']:.2f}"
    high = f"{row['most']:.2f}"
    bounds = f"all {low}" if low == high else f"{low} to {high}"
    return f"{row['category']}, {bounds}"
