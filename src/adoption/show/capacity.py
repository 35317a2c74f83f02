"""National cyber-capacity as a page shows it, from a frame of states with their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.text import (
    NOT_KNOWN,
    capitalised,
    counted,
    in_sentence,
    is_are,
    listed,
    long_day,
    region_in_sentence,
)
from adoption.countries import capacity as pairs
from adoption.countries.capacity import (
    OVERALL,
    TIERS,
    Class,
    Indicator,
    Pair,
    added_index,
    class_names,
    classes,
    parts_of_index,
    values_by_region,
)
from adoption.figures import theme
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import (
    OVER_LINES,
    Style,
    mark,
    points,
    rows_axis,
    segments,
    wrapped,
    write_words,
)
from adoption.figures.theme import (
    CONTEXT,
    INK,
    MUTED,
    SUBJECT,
)
from adoption.figures.worldmap import WorldMap, world
from adoption.show.answers import Answer
from adoption.show.results import Result, Sources
from adoption.show.table import Table

# From the highest class to the lowest, dark to light; what is not known is no step of it.
CLASS_COLOURS = theme.TIER_COLOURS[::-1]
SOURCES = {
    "GCI": "ITU, Global Cybersecurity Index; non-commercial use with attribution.",
    "EGDI": "UN DESA, E-Government Knowledgebase; cite UN DESA.",
}
MINUS = "\N{MINUS SIGN}"
MOVES = 8  # largest rises that are drawn, and as many falls
NAMED_A_SIDE = 2  # states named on either side of the other index
HIGH_ON_SCALE = 0.9  # of the scale: a name above it stands over the dots, not among them
STACK_BINS = 40  # of a scale: dots in one stand above one another
REGION_HEIGHT, MOVE_HEIGHT = 104, 36  # pixels


def source_of(index: str) -> str:
    """Return the credit of an index under a figure.

    Examples
    --------
    >>> source_of("EGDI")
    'UN DESA, E-Government Knowledgebase; cite UN DESA.'
    """
    added = added_index(index)
    return f"{added['title']}; {added['licence']}." if added else SOURCES[index]


def describe_capacity(
    merged: pd.DataFrame, index: str, edition: int, component: str
) -> Result[Indicator]:
    """Describe how states score by a component of an index.

    Parameters
    ----------
    merged : DataFrame
        One row a state: iso3, name, article, kind, region, value, tier, grade and source of the
        component; overall, the parts, and tier_of_overall of the edition.
    index, edition, component
        As the parameters of the notebook.

    Returns
    -------
    Result
        Of the indicator. Charts: map, regions, moves (from the edition before), other (index);
        table: states.
    """
    asked = Indicator(index, edition, component)
    values = merged.sort_values(["value", "name"], ascending=[False, True], ignore_index=True)
    scale = classes(asked, values)
    rows, states = tables.read("capacity"), tables.read("states")
    moves = pairs.since_earlier(rows, states, asked)
    other = pairs.beside_other(rows, states, asked)
    answer = capacity_answer(values, scale, asked)
    charts: dict[str, Callable[[], go.Figure | None]] = {
        "map": lambda: value_map(values, scale, asked),
        "regions": lambda: region_chart(values, scale, asked),
        "moves": lambda: moves_chart(moves),
        "other": lambda: other_chart(other),
    }
    sources = Sources.of(pairs.capacity_sources(rows, asked, moves, other))
    views = {"states": lambda: states_table(values, asked)}
    return Result(asked, values, answer, sources, charts, views)


def capacity_answer(values: pd.DataFrame, scale: Sequence[Class], indicator: Indicator) -> Answer:
    """Answer how ready each state is, and where it is not known."""
    scores = values["value"].dropna()
    title = f"National cyber-capacity: {indicator.name}"
    top, bottom = ends_of_scale(values, scale)
    number = counted(len(scores), "state")
    of_all = f"The {indicator.full_name} puts {top} of {number}"
    text = f"{of_all} in the highest {class_noun(scale)}, {bottom} in the lowest."
    key = indicator.rounded(scores.median())
    states = counted(len(scores), "state")
    label = f"median of {states}, {indicator.name}, of {indicator.maximum}"
    reach = f"{indicator.index} {indicator.edition}, as published; it says nothing of later years."
    return Answer(title, text, key, label, long_day(tables.data_day()), reach)


def ends_of_scale(values: pd.DataFrame, scale: Sequence[Class]) -> tuple[int, int]:
    """Return how many states are in the highest class of a scale, and in the lowest."""
    names = class_names(values["value"].dropna().tolist(), scale)
    return names.count(scale[0].name), names.count(scale[-1].name)


def class_noun(scale: Sequence[Class]) -> str:
    """Return what a class of a scale is called: a tier where the publisher names it."""
    return "tier" if scale[0].name.startswith(tuple(TIERS)) else "fifth"


def value_map(values: pd.DataFrame, scale: Sequence[Class], indicator: Indicator) -> WorldMap:
    """Draw the class of every state; one without a value is outlined in a grey of its own."""
    number = of_maximum(indicator)
    names = class_names(values["value"].tolist(), scale)
    texts = values["value"].map(f"{{:.{indicator.decimals}f}}".format, na_action="ignore")
    states = values.copy()
    states["class"] = names
    states["label"] = texts.fillna(NOT_KNOWN)
    colours = dict(zip([c.name for c in scale], CLASS_COLOURS, strict=True))
    figure = world(states, "class", colors=colours)
    top, _ = ends_of_scale(values, scale)
    highest = f"{counted(top, 'state')} {is_are(top)} in the highest {class_noun(scale)}"
    columns = {"iso3": "iso3", "name": "state", "value": number, "class": "class"}
    rows = states.round({"value": indicator.decimals}).fillna({"class": NOT_KNOWN})
    rows = rows[[*columns]].rename(columns=columns)
    title = f"{indicator.full_name}: {highest}"
    subtitle = (
        f"{indicator.name}, 0 to {indicator.maximum}, by {class_noun(scale)}; grey with "
        "an outline: no value known"
    )
    source = f"Source: {source_of(indicator.index)}"
    finish(figure, rows=rows, title=title, subtitle=subtitle, source=source)
    return figure


def region_chart(values: pd.DataFrame, scale: Sequence[Class], indicator: Indicator) -> go.Figure:
    """Draw every state as a dot on the scale of its region, with the medians."""
    regions = values_by_region(values).assign(place=lambda rows: range(len(rows)))
    top = indicator.maximum
    scored = values.dropna(subset=["value"]).sort_values(["region", "value", "name"])
    scored["rank"] = scored["value"].rank(method="min", ascending=False).astype(int)
    bin_of = (scored["value"] / top * STACK_BINS).astype(int)
    stack = scored.groupby(["region", bin_of]).cumcount()
    lane = (stack + 1) // 2 * (-1) ** stack  # from the middle outwards, upper and lower in turn
    step = 0.36 / max(abs(lane).max() if len(lane) else 1, 3)
    lines_of_regions = regions.set_index("region")["place"]
    scored["place"] = scored["region"].map(lines_of_regions) - step * lane
    scored["class"] = class_names(scored["value"].tolist(), scale)
    figure = Figure()
    for name, colour in zip([c.name for c in scale], CLASS_COLOURS, strict=True):
        rows = scored[scored["class"] == name]
        if len(rows):
            marker = {"size": 8, "color": colour, "line": {"width": 0.75, "color": MUTED}}
            text = rows["name"] + ", place " + rows["rank"].astype(str)
            style: Style = {"marker": marker, "hover": "%{text}: %{x}", "text": text}
            x = rows["value"].round(indicator.decimals)
            figure.add_trace(points(x, rows["place"], name=name, **style))
    bar = {"symbol": "line-ns", "size": 46, "line": {"color": INK, "width": 2}}
    x, y = regions["median"], regions["place"]
    figure.add_trace(points(x, y, name="median of a region", marker=bar, hover="%{x}"))
    heads = []
    for row in regions.to_dict("records"):
        number = counted(row["states"], "state")
        if row["known"] < row["states"]:
            number = f"{row['known']} of {row['states']} states"
        median = f"<br>median {indicator.rounded(row['median'])}" if row["known"] else ""
        heads.append(f"<b>{row['region']}</b><br>{number}{median}")
    rows_axis(figure, regions["place"], heads, range=(len(heads) - 0.45, -0.55), showgrid=False)
    figure.update_xaxes(range=[-0.03 * top, 1.03 * top], title=f"points of {top}", nticks=6)
    without = sorted(values.loc[values["value"].isna(), "name"])
    not_known = f" Not known: {listed(without)}." if without else ""
    medians = regions.dropna(subset=["median"]).to_dict("records")
    texts = (f"{row['region']} {indicator.rounded(row['median'])}" for row in medians)
    as_text = "; ".join(texts)
    title = f"{indicator.name}: too few regions have a value to compare"
    if len(medians) > 1:
        first, last = (
            f"{indicator.rounded(row['median'])} in {region_in_sentence(row['region'])}"
            for row in (medians[0], medians[-1])
        )
        title = f"{indicator.full_name}: median {first}, {last}"
    number = of_maximum(indicator)
    columns = {"name": "state", "region": "region", "value": number, "class": "class"}
    dots = scored.round({"value": indicator.decimals})[[*columns]].rename(columns=columns)
    dots["note"] = scored["name"] + ", place " + scored["rank"].astype(str)
    lines = regions.rename(columns={"median": number})[["region", number]]
    lines = lines.assign(**{"class": "median of a region"})
    source = f"Source: {source_of(indicator.index)}{not_known}"
    alternative = f"Strip of dots a region. Medians: {as_text}.{not_known}"
    height = REGION_HEIGHT * len(regions) + 78 + 60
    return finish(
        figure,
        rows=pd.concat([dots, lines], ignore_index=True),
        title=title,
        subtitle=f"{indicator.name}, by M49 region; a dot is a state, the line the median",
        source=source,
        alternative=alternative,
        height=height,
    )


def of_maximum(indicator: Indicator) -> str:
    """Return the head of a column with the values of an index."""
    return f"{indicator.name}, of {indicator.maximum}"


def signed(difference: float, indicator: Indicator) -> str:
    """Return a difference with its sign, a true minus.

    Examples
    --------
    >>> from adoption.countries.capacity import Indicator
    >>> signed(5.94, Indicator("GCI", 2024)), signed(-0.0212, Indicator("EGDI", 2024))[1:]
    ('+5.9', '0.021')
    """
    sign = "+" if difference > 0 else MINUS if difference < 0 else ""
    return f"{sign}{indicator.rounded(abs(difference))}"


def moves_chart(moves: Pair | None) -> go.Figure | None:
    """Draw the largest differences between two editions, each as a line from old to new.

    Parameters
    ----------
    moves : Pair or None
        From `adoption.countries.capacity.since_earlier`.

    Returns
    -------
    Figure or None
        None where there is no earlier edition or no state has another value.
    """
    largest = pd.DataFrame() if moves is None else pairs.largest_moves(moves.frame, MOVES)
    if moves is None or largest.empty:
        return None
    indicator, before, top = moves.indicator, moves.beside, moves.indicator.maximum
    largest = largest.round({"value": 4, "beside": 4})
    largest = largest.assign(place=range(len(largest)))
    figure = Figure(segments(largest, ("beside", "value"), CONTEXT, 2))
    for column, edition, colour in (("beside", before, MUTED), ("value", indicator, SUBJECT)):
        style: Style = {"marker": mark(colour, edition is before), "text": largest["name"]}
        x, y, hover = largest[column], largest["place"], "%{text}: %{x}"
        figure.add_trace(points(x, y, name=edition.name, hover=hover, **style))
    rows, words, texts = largest.to_dict("records"), [], []
    for row in rows:
        change = signed(row["difference"], indicator)
        words.append(f"{wrapped(row['name'])} <b>{change}</b>")
        ends = (indicator.rounded(row[column]) for column in ("beside", "value"))
        texts.append(f"{row['name']} from {' to '.join(ends)}")
    rows_axis(figure, largest["place"], words)
    figure.update_xaxes(range=[-0.03 * top, 1.03 * top], title=f"points of {top}", nticks=6)
    most = max(rows, key=lambda row: abs(row["difference"]))
    difference = indicator.rounded(abs(most["difference"]))
    more = "more" if most["difference"] > 0 else "less"
    # Of an index that a user added nobody knows here whether its method is another.
    changed = "" if added_index(indicator.index) else "on a changed method, "
    state = in_sentence(most["name"], most["article"])
    scored = f"{state} scored {difference} points {more}"
    columns = {"name": "state", "beside": before.name, "value": indicator.name}
    title = capitalised(f"{changed}{scored} than in {before.edition}")
    number = counted(len(moves.frame), "state")
    subtitle = (
        f"{indicator.name} beside {before.edition}: the largest differences of "
        f"{number}, up and down; a higher value is no growth"
    )
    source = f"Source: {source_of(indicator.index)}"
    alternative = f"Dumbbell plot. {'; '.join(texts)}."
    height = MOVE_HEIGHT * (len(rows) + 1) + 78 + 60
    return finish(
        figure,
        rows=largest[[*columns]].rename(columns=columns),
        title=title,
        subtitle=subtitle,
        source=source,
        alternative=alternative,
        height=height,
    )


def other_chart(other: Pair) -> go.Figure | None:
    """Draw each state by its value of two indices, and name those placed most differently.

    None where too few states have both to compare their order.
    """
    subject, other_indicator, frame = other.indicator, other.beside, other.frame
    rho = pairs.rank_correlation(frame)
    states = counted(len(frame), "state")
    if isnan(rho):
        return None
    named = pairs.rank_gaps(frame, NAMED_A_SIDE)
    figure = Figure()
    unnamed = frame[~frame["iso3"].isin(named["iso3"])]
    for rows, colour in ((unnamed, CONTEXT), (named, SUBJECT)):
        x = rows["beside"].round(other_indicator.decimals)
        y = rows["value"].round(subject.decimals)
        marker = {"size": 8, "color": colour, "opacity": 0.7 if colour == CONTEXT else 1}
        figure.add_trace(
            points(x, y, text=rows["name"], marker=marker, hover="%{text}: %{y}, %{x}")
        )
    for row in named.to_dict("records"):
        left = row["beside"] > other_indicator.maximum / 2
        offset = {"xanchor": "right", "xshift": -8} if left else {"xanchor": "left", "xshift": 8}
        offset["yshift"] = 14 if row["value"] > HIGH_ON_SCALE * subject.maximum else 0
        offset |= {"name": "state", "bgcolor": OVER_LINES}
        write_words(figure, row["beside"], row["value"], row["name"], 12, INK, **offset)
    for axis, indicator in ((figure.update_xaxes, other_indicator), (figure.update_yaxes, subject)):
        top = indicator.maximum
        title = f"{indicator.name}, of {top}"
        axis(range=[-0.03 * top, 1.04 * top], title=title, nticks=6)
    apart = listed([*named["name"]])
    number = f"{rho:.2f}".replace("-", MINUS)
    columns = {"name": "state", "beside": of_maximum(other_indicator), "value": of_maximum(subject)}
    rounded = frame.round({"beside": other_indicator.decimals, "value": subject.decimals})
    title = f"{subject.name} and {other_indicator.name} ranks correlate at {number}"
    subtitle = (
        f"{subject.name} against {other_indicator.name}; a dot is a state, named where the two "
        "place it most differently"
    )
    source = f"Sources: {source_of(subject.index)} {source_of(other_indicator.index)}"
    alternative = f"Scatter plot of {states}. Placed most differently: {apart}."
    return finish(
        figure,
        rows=rounded[[*columns]].rename(columns=columns),
        title=title,
        subtitle=subtitle,
        source=source,
        alternative=alternative,
        height=500,
    )


def states_table(values: pd.DataFrame, indicator: Indicator) -> Table:
    """Show every state with the parts of the index, the highest value first."""
    heads = {"name": "State", OVERALL: "Overall", "tier_of_overall": "Tier"}
    heads |= {**parts_of_index(indicator.index), "grade": "Grade"}
    for name in ("tier_of_overall", "grade"):
        if values[name].isna().all():
            del heads[name]
    rows = values[[*heads]].fillna({"tier_of_overall": NOT_KNOWN, "grade": ""})
    parts = f"{indicator.index} {indicator.edition} and its {indicator.kind_of_part}s"
    caption = f"{parts}, by the {indicator.value}, equal ones by name"
    return Table(rows.rename(columns=heads), caption, indicator.decimals)
