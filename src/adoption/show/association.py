"""Which states adopt a convention, and how ready they are."""

from __future__ import annotations

from math import exp, log, log10

import pandas as pd
import plotly.graph_objects as go

from adoption.core.text import (
    capitalised,
    counted,
    fixed,
    is_are,
    listed,
    long_day,
    numeral,
    percent,
)
from adoption.countries.association import (
    MARK,
    MIN_STATES,
    NEEDED,
    UNKNOWN,
    Adopters,
    widest,
    wilson,
)
from adoption.countries.capacity import OVERALL, PARTS, PILLARS
from adoption.countries.merged import CAPACITY, THIRDS, require_columns, score_label
from adoption.countries.merged import CONTEXT as CONTEXT_VARIABLES
from adoption.countries.signing_model import YES_OR_NO, NoSigningModel, SigningModel
from adoption.law.panel import NO_ACT
from adoption.law.status import Row
from adoption.show.answers import Answer
from adoption.show.capacity import source_of
from adoption.show.charts import Style, dots, mark, points, reference, rows_axis, wrapped, write
from adoption.show.table import NOT_KNOWN, Table, badge, described
from adoption.show.theme import (
    CONTEXT,
    GRID,
    MARGINS,
    PAPER,
    RINGED,
    STATUS_COLOURS,
    SUBJECT,
    finish,
    status_classes,
)

# Labels that have no capital in a sentence: not those of names, nor an own column.
COMMON = ("Income", "Vote", "Political", "Member", *PILLARS.values())
PUBLISHERS = "World Bank, United Nations, V-Dem and others, listed at the end"
ACTS = "Acts: each one's own, listed at the end."
ROW_HEIGHT, MODEL_ROW = 28, 46  # pixels
SECOND_LINE = 0.35  # of a row, for each further line of a label
MIN_STATES_OF_SHARE = 5  # states in a category: of fewer no percentage is shown
BETWEEN = 0.4  # of a row, before the heading of a block
ODDS_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
GDP_TICKS = [200, 1_000, 5_000, 20_000, 100_000]
SHORTEST_AXIS, EDGE = 2.0, 1.1  # odds ratios from one half to two are always on the axis
WHY_NOT = {
    "few": "none: too few states of the rarer outcome",
    "dependent": "none: some covariates follow from the others",
    "separated": "none: the outcomes are separated by ",
}


def _index_source(adopters: Adopters) -> str:
    indicator = adopters.indicator
    return source_of(indicator.index).removesuffix(".") if indicator else "capacity, as merged"


def _sources(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return whose the variables of a chart are."""
    names = set(measured["variable"])
    parts = [_index_source(adopters)] if names & set(CAPACITY) or not names else []
    parts += [PUBLISHERS] if names & set(CONTEXT_VARIABLES) else []
    own = sorted(names - {*CAPACITY, *CONTEXT_VARIABLES})
    return "; ".join([*parts, *([f"{listed(own)}, as merged"] if own else [])])


def _digits(adopters: Adopters) -> int:
    """Return how many decimals a median of the index has."""
    return max(adopters.indicator.decimals - 2, 0) if adopters.indicator else 2


def _within(label: str) -> str:
    """Return a label as it stands in a sentence: income group, GCI tier."""
    return f"{label[:1].lower()}{label[1:]}" if label.startswith(COMMON) else label


def _ends(measured: pd.DataFrame) -> str:
    """Return where the share lies furthest apart: by GCI tier, T2 57% and T5 20%."""
    ends = widest(measured)
    if ends is None:
        return ""
    shares = [f"{_short(row['category'])} {percent(row['share'], 1)}" for row in ends]
    return f"by {_within(ends[0]['label'])}: {', '.join(shares)}"


def _short(category: object) -> str:
    return str(category).removesuffix(" Group")


def association_answer(adopters: Adopters) -> Answer:
    """Answer which states act, and where the share differs most."""
    convention, acted, states = adopters.convention, adopters.acted, len(adopters.frame)
    who = adopters.population.replace("members of the United Nations", "UN members")
    did = f"known to have {adopters.verb}"
    ends = _ends(adopters.shares) if acted else ""
    text = f"{acted or 'None'} of the {states} {who} {is_are(acted or 1)} {did}"
    text += ", reports included" if adopters.frame["by_report"].any() else ""
    text += f"; the share differs most {ends}." if ends else "."
    index = f"{adopters.indicator.name}, as published. " if adopters.indicator else ""
    what, key = "which states adopt it, and how ready they are", percent(acted, states)
    label, reach = f"of the {adopters.population} {did}", f"{index}Acts: {convention.reach}"
    return Answer.of(convention, what, adopters.as_of, text, key, label, reach=reach)


def shares_title(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return the finding of a chart of shares: where they lie furthest apart."""
    if adopters.acted == 0:
        return f"No state is known to have {adopters.verb}"
    ends = _ends(measured)
    if not ends:
        return f"No gap between categories of at least {numeral(MIN_STATES)} states"
    return f"Known to have {adopters.verb}, {ends}"


def shares_chart(measured: pd.DataFrame, adopters: Adopters) -> go.Figure:
    """Draw the share of states that have acted, a row a category, a block a characteristic.

    A category of fewer than five states has no share: the table has its count.

    Parameters
    ----------
    measured : DataFrame
        The rows of `adoption.countries.association.shares` to be drawn.
    adopters : Adopters
        What they are made from.
    """
    measured = measured[measured["states"] >= MIN_STATES_OF_SHARE]
    labels, ticks, places, end = list[str](), list[float](), list[float](), -BETWEEN
    for label, block in measured.groupby("label", sort=False):
        end += BETWEEN
        counts = block["states"].map("\N{NO-BREAK SPACE}({})".format)
        categories = (block["category"].map(_short) + counts).map(wrapped)
        for line in (f"<b>{wrapped(str(label).removesuffix(' pillar'))}</b>", *categories):
            height = 1 + SECOND_LINE * line.count("<br>")
            labels.append(line)
            ticks.append(round(end + height / 2, 3))
            end += height
        places += ticks[-len(categories) :]
    rows, states = measured.assign(place=places), len(adopters.frame)
    rows["text"] = [
        f"{row['category']}: {_acted(row)} ({_range(row)})" for row in rows.to_dict("records")
    ]
    overall, did = adopters.acted / states, f"share known to have {adopters.verb}"
    figure = go.Figure(reference(overall, (end, 0.0)))
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


def scatter_title(adopters: Adopters) -> str:
    """Return the finding of the scatter: the median score of those that have acted."""
    scores = adopters.frame.dropna(subset=[OVERALL]).groupby("acted")[OVERALL].median()
    label, digits = score_label(adopters.frame), _digits(adopters)
    if True not in scores:
        return f"No state known to have {adopters.verb} has a known {label}"
    beside = f"; of the others, {fixed(scores[False], digits)}" if False in scores else ""
    states = f"the states known to have {adopters.verb}"
    return f"Median {label} of {states}: {fixed(scores[True], digits)}{beside}"


def status_scatter(adopters: Adopters) -> go.Figure:
    """Draw every state with both values by GDP per capita and score, its status as colour."""
    require_columns(adopters.frame, (OVERALL, "gdp_per_capita"))
    frame = adopters.frame.dropna(subset=[OVERALL, "gdp_per_capita"])
    label, digits, indicator = score_label(frame), _digits(adopters), adopters.indicator
    whole = label
    least, most = min(frame[OVERALL].min(), 0.0), frame[OVERALL].max()
    if indicator and indicator.index in PARTS:
        most = indicator.maximum
        whole = f"{indicator.name} (0 to {most})"
    frame["class"], figure, texts = status_classes(frame), go.Figure(), []
    for name, colour in STATUS_COLOURS.items():
        rows = frame[frame["class"] == name]
        if rows.empty:
            continue
        marker = mark(colour, name in RINGED)
        marker.setdefault("line", {"width": 0.8, "color": CONTEXT if name == NO_ACT else PAPER})
        more: Style = {"text": rows["name"], "marker": marker, "name": f"{name} ({len(rows)})"}
        x, y = rows["gdp_per_capita"].round(), rows[OVERALL].round(digits + 1)
        figure.add_trace(points(x, y, hover=f"%{{text}}: {label} %{{y}}, $%{{x:,.0f}}", **more))
        median = fixed(rows[OVERALL].median(), digits)
        texts.append(f"{name}: {counted(len(rows), 'state')}, median {median}")
    title, words = "GDP per capita, US dollars, logarithmic", [f"{tick:,}" for tick in GDP_TICKS]
    ticks = {"tickvals": GDP_TICKS, "ticktext": words, "tickangle": 0}
    poorest, richest = frame["gdp_per_capita"].agg(["min", "max"])
    ends = [log10(poorest / 1.3), log10(richest * 1.3)] if len(frame) else [2, 5]
    figure.update_xaxes(type="log", range=ends, **ticks, title=title)
    gap = 0.04 * (most - least)
    scale = [least - gap, most + gap] if len(frame) else None
    figure.update_yaxes(range=scale, title=label)
    return finish(
        figure,
        title=scatter_title(adopters),
        subtitle=f"{whole} against GDP per capita; status on {long_day(adopters.as_of)}",
        source=f"Source: {_index_source(adopters)}; World Bank. {ACTS}",
        alternative=f"Scatter of states by GDP per capita and {label}. "
        f"{'; '.join(texts) or 'No state has both values'}.",
        height=520,
    )


def why(result: SigningModel | NoSigningModel) -> str:
    """Return whether there is a logit, and if not, why."""
    if isinstance(result, SigningModel):
        return "fitted"
    labels = [_within(result.cases.label(name)) for name in result.covariates]
    return f"{WHY_NOT[result.reason]}{listed(labels) if labels else ''}"


def model_title(result: SigningModel, adopters: Adopters) -> str:
    """Return the finding of the logit: what the odds go with, the strongest first."""
    rows = result.coefficients
    clear = rows[(rows["lower"] > 1) | (rows["upper"] < 1)]
    if clear.empty:
        return f"No covariate goes clearly with having {adopters.verb}"
    order = clear["odds_ratio"].map(log).abs().sort_values(ascending=False, kind="stable").index
    strongest = clear.loc[order].to_dict("records")
    texts = [f"{_within(row['label'])} (odds ratio {row['odds_ratio']:.2f})" for row in strongest]
    return f"What goes with having {adopters.verb}: {listed(texts)}"


def coefficient_chart(adopters: Adopters) -> go.Figure | None:
    """Draw the odds ratios of a logit with their intervals; None where there is no model."""
    result = adopters.model
    if isinstance(result, NoSigningModel):
        return None
    rows = result.coefficients.reset_index(names="place")
    rows["text"] = [
        f"{row['label']}: {row['odds_ratio']:.2f} ({row['lower']:.2f} to {row['upper']:.2f})"
        for row in rows.to_dict("records")
    ]
    clear = (rows["lower"] > 1) | (rows["upper"] < 1)
    figure = go.Figure(reference(1, (len(rows) - 0.5, -0.5)))
    figure.add_traces(dots(rows[clear], "odds_ratio", "interval excludes 1", SUBJECT))
    figure.add_traces(dots(rows[~clear], "odds_ratio", "interval includes 1", CONTEXT))
    low = min(1 / SHORTEST_AXIS, rows["lower"].min()) / EDGE
    high = max(SHORTEST_AXIS, rows["upper"].max()) * EDGE
    ticks = [tick for tick in ODDS_TICKS if low <= tick <= high]
    axis = {"tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks]}
    title = "odds ratio per standard deviation"
    figure.update_xaxes(type="log", range=[log10(low), log10(high)], title=title, **axis)
    rows_axis(figure, rows["place"], map(wrapped, rows["label"]), gridcolor=GRID)
    return finish(
        figure,
        title=model_title(result, adopters),
        subtitle=f"Odds of having {adopters.verb}, {len(result.cases.outcome)} states; 95% "
        "intervals clustered by M49 sub-region",
        source=f"Source: {_index_source(adopters)}; World Bank; United Nations. {ACTS}",
        alternative=f"Odds ratios of a logit with their intervals. {'; '.join(rows['text'])}.",
        height=MARGINS + MODEL_ROW * len(rows) + 60,
    )


def shares_table(measured: pd.DataFrame, adopters: Adopters, by: str) -> Table:
    """Show the rows of `adoption.countries.association.shares` by capacity or by context."""
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


def fit_table(adopters: Adopters) -> Table:
    """Show the cases of the logit, whether there is one, and what it is worth."""
    result = adopters.model
    cases = result.cases
    lines: dict[str, object] = {
        "States with all values known": len(cases.outcome),
        f"of them known to have {adopters.verb}": int(cases.outcome.sum()),
        "States of the rarer outcome": cases.events,
        "of them needed": cases.events_needed,
        "Covariates": len(cases.covariates.columns),
        "Sub-regions": cases.cluster.nunique(),
        "Logit": why(result),
    }
    if isinstance(result, SigningModel):
        v = result.validation
        lines |= {
            "AUC on states not seen": f"{v.auc:.2f}",
            f"lowest and highest of {v.repeats} repeats of {v.folds}-fold cross-validation":
                f"{v.auc_lowest:.2f} to {v.auc_highest:.2f}",
            "AUC on states of sub-regions not seen": f"{v.auc_regions:.2f}",
            "Brier score on states not seen": f"{v.brier:.3f}",
            "Brier score of the same share for every state": f"{v.base_brier:.3f}",
        }  # fmt: skip
    rows = [(what, str(value)) for what, value in lines.items()]
    frame = pd.DataFrame(rows, columns=["Quantity", "Value"])
    return Table(frame, f"The logit of having {adopters.verb}")


def coefficients_table(result: SigningModel | NoSigningModel) -> Table | None:
    """Show the odds ratios of a logit; None where there is no model."""
    if isinstance(result, NoSigningModel):
        return None
    columns = {
        "Covariate": "label",
        "Odds ratio": "odds_ratio",
        "95% interval": lambda row: f"{row['lower']:.2f} to {row['upper']:.2f}",
        "95% interval, HC1": lambda row: f"{row['hc1_lower']:.2f} to {row['hc1_upper']:.2f}",
        "One standard deviation": _deviation,
        "Yes against no": lambda row: f"{row['step']:.2f}" if row["covariate"] in YES_OR_NO else "",
    }
    intervals = "clustered by M49 sub-region, and robust to unequal variance alone (HC1)"
    held = "Odds ratios for one standard deviation more, the others held"
    return described(result.coefficients, columns, f"{held}; intervals {intervals}")


def _deviation(row: Row) -> str:
    if row["covariate"] in YES_OR_NO:
        return f"{row['deviation']:.2f} of the step from no to yes"
    if row["covariate"] == "log_gdp":
        return f"a factor of {exp(row['deviation']):.1f}"
    return f"{row['deviation']:.1f} points"


def gap_table(adopters: Adopters) -> Table:
    """Show how many states lie below the mark, of those that have acted and of the others."""

    def shares(short: int, states: int) -> list[object]:
        if not states:
            return [states, short, NOT_KNOWN, NOT_KNOWN]
        low, high = wilson(short, states)
        return [states, short, percent(short, states), f"{low:.0%} to {high:.0%}"]

    ready = adopters.readiness
    rows = [
        [f"known to have {adopters.verb}", *shares(len(ready.short), ready.assessed)],
        ["others", *shares(ready.others_short, ready.others_assessed)],
    ]
    heads = ["States", "With values", "Below the mark", "Share", "95% interval"]
    pillar = f"the {listed(NEEDED, 'or')} pillar of the {_edition(adopters)}"
    caption = f"States with less than {MARK:.0f} of 20 points in {pillar}, with Wilson intervals"
    return Table(pd.DataFrame(rows, columns=heads), caption)


def _edition(adopters: Adopters) -> str:
    return adopters.indicator.name if adopters.indicator else "GCI"


def readiness_table(adopters: Adopters) -> Table:
    """Show the states that have acted and lie below the mark, each low pillar marked."""

    def marked(pillar: str) -> object:
        return lambda row: f"{'▼ ' if row[pillar] < MARK else ''}{row[pillar]:.2f}"

    pillars = {PILLARS[pillar]: marked(pillar) for pillar in NEEDED}
    columns = {"State": "name", "Status": badge, **pillars, "Low pillars": "low"}
    low = f"less than {MARK:.0f} of 20 points in a pillar of the {_edition(adopters)}"
    caption = f"States known to have {adopters.verb} with {low}"
    return described(adopters.readiness.short, columns, caption)
