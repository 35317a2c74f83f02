"""The curve of a treaty by day, how far its list reaches, and what entry into force needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.days import on_or_before
from adoption.core.text import (
    capitalised,
    counted,
    is_are,
    length_in_words,
    listed,
    long_day,
    lower_bound,
    numeral,
    period_short,
    plain_title,
    short_day,
    span,
    when_by,
    when_long,
)
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.placing import (
    HALF_PLOTS,
    NARROW_PLOTS,
    WIDE_PLOTS,
    Label,
    Obstacles,
    Side,
    Sizes,
    place_labels,
)
from adoption.figures.shapes import (
    OVER_LINES,
    Style,
    mark,
    points,
    steps,
    words_at,
    write_all,
    write_words,
)
from adoption.figures.theme import (
    CONTEXT,
    GRID,
    INK,
    MISSING,
    MUTED,
    PAPER,
    READABLE_COLOURS,
    SOURCE_LISTED,
)
from adoption.law.curves import cumulative, dated, events, first_days
from adoption.law.panel import SIGNED
from adoption.law.spells import History
from adoption.law.treaties import Treaty
from adoption.press.figures import NARROW, WIDE
from adoption.show.classes import BOUND, BOUND_REPORTED, STATUS_COLOURS
from adoption.show.drawings import Drawing
from adoption.show.status import (
    Needed,
    curve_title,
    force_sentence,
    names_by_report,
    needed_for_force,
    reach_of,
)
from adoption.tables import without_reports

if TYPE_CHECKING:
    from adoption.law.status import Status

HEIGHT = 480
AROUND = 118  # pixels above and below the plot, as a page draws it
SHORTEST_AXIS = pd.Timedelta(days=14)
HEADROOM = 1.12  # of the highest curve
APART = 2  # pixels between two curves that can be told from each other
NEAR = 0.1  # of the highest curve: between a rule and an end so near above it words have no room
HIGH_END = 0.85  # of the highest curve: words at a higher end stand above it
ENDS = ("lower", "upper")  # columns of a curve
SINGULAR = {"consents": "consent", "signatories": "signatory"}
WITH_REPORTS = " with reports"  # of the name of a curve
ROW, GAP = 18, 16  # pixels from a name to the next, and from a name to its curve
END = 16  # pixels from the end of a curve to the middle of its words
EARLY = 0.3  # of the days drawn: so long are the words of a rule that stand at its start
LATE = 0.6  # of the axis: a name after it stands on the left of its day
BEFORE, AFTER = 0.02, 0.04  # of the axis, beside the days that are drawn
# Which words of a day give way, where there is no room for all: the last. A report is a newer act.
RANKS = {"opening": 0, "closing": 1, "decisive": 2, "act": 3, "last": 4, "first": 5}
FEW, LETTERS = 2, 32  # who are named on one day, and letters of a name before it is in two lines
BAR_TOP, BAR = 30, 34  # pixels of the bar of reach: below the axis, and its height
SHADES = {  # of its parts: words are read on each, in the dark too
    "complete": MUTED,
    "nearly complete": MISSING,
    "partial": GRID,
    "may lack acts": PAPER,
}
ROOM, ONE_LINE = 0.18, 0.4  # of the axis: a part of the bar has room for a word, or for all


@dataclass(frozen=True)
class _Series:
    """A curve: its name and counts, what is said of its end, and what a narrow drawing has of that.

    One with reports has the counts without them as well, by the same days.
    """

    name: str
    curve: pd.DataFrame
    ends: tuple[str, str]
    colour: str
    dash: str = "solid"
    firm: pd.DataFrame | None = None

    @property
    def end(self) -> str:
        """What is said of its end in a sentence."""
        return self.ends[0]

    @property
    def last(self) -> int:
        """How many had certainly acted at its end."""
        return int(self.curve["lower"].iloc[-1])


def adoption_curve(
    history: History,
    as_of: date,
    title: str,
    *,
    height: int = HEIGHT,
    source: str = "",
    about: str = "",
    is_half: bool = False,
) -> go.Figure:
    """Draw signatures and consents by day, with the days to know and the reach of the list.

    `about` names the treaty where the title does not; `is_half` is of a figure beside another.
    """
    treaty, figure, plot = history.convention, Figure(), height - AROUND
    series = [*_series(history, as_of)]
    first, end = pd.Timestamp(treaty.opening.latest), _end_of_axis(treaty, as_of)
    length = max(end - first, SHORTEST_AXIS)
    ends_of_axis = first - length * BEFORE, first + length * (1 + AFTER)
    days = _with_words(events(history, as_of), treaty)
    threshold = treaty.threshold if _has_consents(series) else None
    is_late = pd.Timestamp(as_of) - first > length / 2
    labels = _labels_of_ends(series, as_of, is_late=is_late)
    if threshold is not None:
        labels.append(_label_of_threshold(threshold, series, (first, pd.Timestamp(as_of)), is_late))
    scale = _Scale(*ends_of_axis, _top(series, days, labels, threshold, plot), plot)
    drawn = [_drawn(part, scale) for part in series]
    for part in drawn:
        x, look = part.curve["day"], {"dash": part.dash}
        figure.add_traces(steps(part.name, x, part.curve, part.colour, **look))
    if threshold is not None:
        figure.add_hline(y=threshold, line={"color": INK, "width": 1, "dash": "dot"})
    if treaty.closes is not None and pd.Timestamp(treaty.closes) <= end:
        closes = treaty.closes.isoformat()
        figure.add_vline(x=closes, line={"color": CONTEXT, "width": 1, "dash": "dash"})
        if "closing" not in set(days["what"]):
            labels.append(_label_of_closing(treaty.closes, as_of, scale))
    late = first + LATE * length
    labels += _labels_of_days(days, late, is_above=_has_consents(series))
    _mark_days(figure, days)
    obstacles = _obstacles(days, drawn, threshold, scale)
    _write(figure, labels, obstacles, scale, HALF_PLOTS if is_half else WIDE_PLOTS)
    _write(figure, labels, obstacles, scale, NARROW_PLOTS)
    left = on_or_before(history.listed_consents["ends_earliest"], as_of).any()
    axis = "participants" if left else "participants, cumulative"
    figure.update_xaxes(range=[*ends_of_axis], title=None)
    figure.update_yaxes(range=[0, scale.top], title=axis)
    named = f"{about}: " if about else ""
    subtitle = _subtitle(series, as_of, withdrawn=bool(left), about=named)
    foot = draw_reach(figure, history, as_of, length)
    return finish(
        figure,
        rows=_rows(series),
        title=title,
        source=source or source_and_reach(history, as_of),
        subtitle=subtitle,
        alternative=_alternative(treaty, series, as_of),
        height=height,
        foot=foot,
    )


def _series(history: History, as_of: date) -> Iterator[_Series]:
    """Give the curves by day: each measure without what is only reported, then with it."""
    treaty = history.convention
    measures = [("consents", history.listed_consents, BOUND, BOUND_REPORTED)]
    if treaty.signatories_listed:
        measures.append(("signatories", history.signatures, SIGNED, SIGNED))
    for name, spells, *classes in measures:
        colour, of_reports = (STATUS_COLOURS[status_class] for status_class in classes)
        complete = treaty.is_complete(name, as_of)
        counted_firm = cumulative(without_reports(spells), treaty.opening.latest, as_of)
        counted_every = cumulative(spells, treaty.opening.latest, as_of)
        firm = cumulative(dated(without_reports(spells)), treaty.opening.latest, as_of)
        every = cumulative(dated(spells), treaty.opening.latest, as_of)
        has_reports = int(every["upper"].iloc[-1]) > int(firm["upper"].iloc[-1])
        none_yet = not firm["upper"].iloc[-1]  # a line at zero, which the one with reports covers
        undated = int(counted_firm["lower"].iloc[-1] - firm["lower"].iloc[-1])
        ends = _ends(counted_firm, name, complete, undated=undated)
        yield _Series(name, firm, ("", "") if has_reports and none_yet else ends, colour)
        if has_reports:
            begins = spells.loc[spells["grade"] == "reported", "begins_earliest"].min()
            every = every[every["day"] >= every.loc[every["day"] < begins, "day"].max()]
            beside = pd.merge_asof(every[["day"]], firm, on="day")
            with_reports = f"{name}{WITH_REPORTS}"
            ends = _ends(counted_every, name, complete, WITH_REPORTS)
            yield _Series(with_reports, every, ends, of_reports, "dash", beside)


def _drawn(series: _Series, scale: _Scale) -> _Series:
    """Return what is drawn of a curve: with reports, what can be told from the one without.

    Two bands over each other blur, and so do two lines: the rings and the words tell the rest.
    """
    curve, firm = series.curve.reset_index(drop=True), series.firm
    if firm is None:
        return series
    if scale.y(curve["lower"].iloc[-1] - firm["lower"].iloc[-1]) < APART:
        return replace(series, curve=curve[:0])
    if (firm["lower"] != firm["upper"]).any():
        curve = curve.assign(upper=curve["lower"])
    differs = (curve["lower"] > firm["lower"]) | (curve["upper"] > firm["upper"])
    return replace(series, curve=curve[differs.idxmax() :])


def _ends(
    curve: pd.DataFrame, what: str, complete: bool, more: str = "", undated: int = 0
) -> tuple[str, str]:
    """Return the last count of a curve, and what a narrow drawing has of that.

    Where acts may be missing it is a lower bound. Those that no source dates are in the count and
    not in the line: it is said how many.
    """
    lower, upper = (int(curve[end].iloc[-1]) for end in ENDS)
    if not upper:
        words = f"no {what}" if complete else f"no confirmed {what}"
        return f"{words}{more}", f"{words}{more}"
    number = span(lower, upper, complete) if lower else f"up to {upper}"
    noun = SINGULAR[what] if upper == 1 else what
    short = lower_bound(lower, complete, is_short=True) if lower == upper else number
    text = f"{number} {noun}{more}{undated_in_words(undated)}"
    return text, f"{short}{more or f' {noun}'}"


def undated_in_words(number: int) -> str:
    """Return how many of a count no source dates, after a number; no text where all have a day."""
    return f", {numeral(number)} undated" if number else ""


def _has_consents(series: Sequence[_Series]) -> bool:
    """Return whether anybody is known to have consented, beyond what is only reported."""
    return series[0].last > 0


def _top(
    series: Sequence[_Series],
    days: pd.DataFrame,
    ends: Sequence[_Label],
    threshold: int | None,
    plot: int,
) -> float:
    """Return how far the upright axis goes, with room for the words above the curves."""
    highest = max(int(part.curve["upper"].max()) for part in series)
    rows_above = sum(end.number >= HIGH_END * highest for end in ends)
    top = max(
        HEADROOM * max(highest, threshold or 1), highest / (1 - (rows_above * ROW + END) / plot)
    )
    if not _has_consents(series):
        return top
    signed = days.loc[days["measure"] == "signatories", "number"]
    return max(top, max(signed, default=0) / (1 - (len(signed) * ROW + 3 * GAP) / plot))


# The words in the plot


@dataclass(frozen=True)
class _Label:
    """Words about a day and a number: `shift` is the pixels from the number to where they want.

    `in_narrow` stands for the text in a narrow drawing.
    """

    text: str
    day: pd.Timestamp
    number: float
    shift: float
    sides: tuple[Side, ...]
    tie: float = 1.0
    has_leader: bool = False
    colour: str = INK
    size: int = 13
    in_narrow: str = ""


@dataclass(frozen=True)
class _Scale:
    """Where a day and a number are: a part of the width, and pixels above the axis."""

    first: pd.Timestamp
    last: pd.Timestamp
    top: float
    plot: int

    def x(self, day: pd.Timestamp) -> float:
        """Return a day as a part of the width."""
        return float((day - self.first) / (self.last - self.first))

    def y(self, number: float) -> float:
        """Return a number as pixels above the axis."""
        return number * self.plot / self.top


def _labels_of_ends(series: Sequence[_Series], as_of: date, *, is_late: bool) -> list[_Label]:
    """Return how many there are at the end of each curve; a first report has its name alone."""
    day = pd.Timestamp(as_of)
    alone = "" if _has_consents(series) else f"consents{WITH_REPORTS}"
    written = [s for s in series if s.end and s.name != alone]
    side: Side = "left" if is_late else "right"
    labels = []
    for part in sorted(written, key=lambda part: part.last):
        text, short = part.ends
        # Between two curves there is little room: the noun stands on the one without reports.
        text = text if part.firm is None else short
        look = (4, False, part.colour, 12)
        labels.append(_Label(text, day, part.last, END, (side,), *look, in_narrow=short))
    return labels


def _label_of_threshold(
    threshold: int,
    series: Sequence[_Series],
    ends: tuple[pd.Timestamp, pd.Timestamp],
    is_late: bool,
) -> _Label:
    """Return what the line of the threshold is: at its end, above it, where no curve ends there.

    Else it is at its start, and below its end where a curve has risen above it as early.
    """
    near = NEAR * max(part.last for part in series)
    text, short = f"{threshold} instruments needed", f"{threshold} needed"
    side: Side = "left" if is_late else "right"
    is_under = any(0 <= part.last - threshold < near for part in series)
    early = ends[0] + EARLY * (ends[1] - ends[0])
    begins = (part.curve[part.curve["day"] <= early] for part in series)
    is_free = not any(rows["lower"].ge(threshold).any() for rows in begins)
    if is_under and is_free:
        return _Label(text, ends[0], threshold, END, ("right",), 4, size=12, in_narrow=short)
    shift = -END if is_under else END
    return _Label(text, ends[1], threshold, shift, (side,), 4, size=12, in_narrow=short)


def _label_of_closing(closes: date, as_of: date, scale: _Scale) -> _Label:
    """Return the words of the last day for signature, which may stand anywhere beside its line."""
    sides: tuple[Side, ...] = ("right", "left") if closes < as_of else ("left", "right")
    day, middle = pd.Timestamp(closes), 0.4 * scale.top
    return _Label(f"last day to sign<br>{short_day(closes)}", day, middle, 0, sides, 0.25)


def _labels_of_days(days: pd.DataFrame, late: pd.Timestamp, *, is_above: bool) -> list[_Label]:
    """Return the words of each day: of a signature above the curve, where consents are below it."""
    labels = []
    ranks = days["what"].map(RANKS).where(~days["reported"].astype(bool), RANKS["decisive"])
    ranked = days.loc[ranks.sort_values(kind="stable").index]
    for day in ranked.to_dict("records"):
        sides: tuple[Side, ...] = ("left", "right") if day["latest"] > late else ("right", "left")
        shift = 2 * GAP if is_above and day["measure"] == "signatories" else -GAP
        number, words = day["number"], day["words"]
        narrow = ",<br>".join(words.rsplit(", ", 1)) if day["what"] == "opening" else ""
        label = _Label(words, day["latest"], number, shift, sides, has_leader=True)
        labels.append(replace(label, in_narrow=narrow))
    return labels


def _obstacles(
    days: pd.DataFrame, series: Sequence[_Series], threshold: int | None, scale: _Scale
) -> Obstacles:
    """Return the marks, curves and rules that labels keep off."""
    marks = [*zip(days["latest"].map(scale.x), days["number"].map(scale.y), strict=True)]
    curves = []
    for part in series:
        x = part.curve["day"].map(scale.x).to_numpy(dtype=float)
        lower, upper = (part.curve[name].map(scale.y).to_numpy(dtype=float) for name in ENDS)
        curves.append((x, lower, upper))
    return Obstacles(marks, curves, [] if threshold is None else [scale.y(threshold)])


def _write(
    figure: go.Figure, labels: Sequence[_Label], obstacles: Obstacles, scale: _Scale, plots: Sizes
) -> None:
    """Write words where they lie over nothing, with the line that leads to the words of a day."""
    is_narrow = plots is NARROW_PLOTS
    if is_narrow:
        labels = [replace(label, text=label.in_narrow or label.text, size=12) for label in labels]
    in_pixels = []
    for label in labels:
        lines = tuple(label.text.split("<br>"))
        x, y = scale.x(label.day), scale.y(label.number)
        how = (label.size, label.has_leader, label.tie)
        in_pixels.append(Label(lines, x, y, y + label.shift, label.sides, *how))
    only: Style = {"name": NARROW, "visible": False} if is_narrow else {"name": WIDE}
    positions = place_labels(in_pixels, obstacles, scale.plot, plots)
    leaders, words = list[Style](), list[Style]()
    for label, position in zip(labels, positions, strict=True):
        if position is None:
            continue
        day_text, height = f"{label.day:%Y-%m-%d}", round(position.y * scale.top / scale.plot, 3)
        if label.has_leader:
            ends = {"x0": day_text, "x1": day_text, "y0": label.number, "y1": height}
            leaders.append({"type": "line", **ends, "line": {"color": MUTED, "width": 1}, **only})
        side, shift = ("right", -6) if position.side == "left" else ("left", 6)
        look: Style = {"xanchor": side, "align": side, "xshift": shift, "bgcolor": OVER_LINES}
        colour = READABLE_COLOURS.get(label.colour, label.colour)
        words.append(words_at(day_text, height, label.text, label.size, colour, **look, **only))
    figure.layout.shapes = [*figure.layout.shapes, *leaders]
    write_all(figure, words)


def _rows(series: Sequence[_Series]) -> pd.DataFrame:
    """Return the counts that are drawn, a row each."""
    drawn = [part.curve.assign(of=part.name) for part in series]
    rows = pd.concat(drawn, ignore_index=True)[["of", "day", "lower", "upper"]]
    return rows.assign(day=rows["day"].dt.strftime("%Y-%m-%d"))


def _subtitle(series: Sequence[_Series], as_of: date, *, withdrawn: bool, about: str) -> str:
    """Return what is drawn, and how to read what this curve has of it."""
    has_band = any((part.curve["lower"] != part.curve["upper"]).any() for part in series)
    parts = {
        f"{capitalised(f'{about}participants')} by day, to {long_day(as_of)}": True,
        "dashed: with acts by report only": any(part.dash != "solid" for part in series),
        "a band means that days are not known": has_band,
        "one that withdraws is counted no more": withdrawn,
    }
    return "; ".join(words for words, holds in parts.items() if holds)


def _alternative(treaty: Treaty, series: Sequence[_Series], as_of: date) -> str:
    opens, ends = long_day(treaty.opening.latest), "; ".join(s.end for s in series if s.end)
    rule = "Threshold not known."
    if treaty.threshold is not None:
        rule = f"Threshold: {treaty.threshold} instruments."
    return f"Step curves from {opens} to {long_day(as_of)}. At the end: {ends}. {rule}"


def timeline_title(status: Status) -> str:
    """Return the finding of a timeline: a rush at the opening, or how long the threshold took.

    Where neither is known it is that of `curve_title`.
    """
    return first_days_title(status) or _pace(status) or curve_title(status)


def first_days_title(status: Status) -> str:
    """Say how many of the signatories signed when it opened; no text where they are not most.

    Examples
    --------
    >>> from adoption.law.status import load_status
    >>> first_days_title(load_status("untoc", "2001-06-30"))
    '124 of the 126 signatories signed on the first four days'
    """
    first, count = first_days(status.history, status.as_of), status.signatories
    if first is None or 2 * first.number < count.lower:
        return ""
    are_all = first.number == count.lower
    # Of an incomplete list "all" would say no more than where the list ends.
    if are_all and not count.complete:
        return ""
    whose = "signatories" if count.complete else "known signatories"
    when = "first day" if first.days == 1 else f"first {numeral(first.days)} days"
    states_text = f"All {count.lower}" if are_all else f"{first.number} of the {count.lower}"
    return f"{states_text} {whose} signed on the {when}"


def _pace(status: Status) -> str:
    """Say how long it took to collect what entry into force needs, or how many came so far."""
    opens, threshold = status.convention.opening, status.convention.threshold
    nth = status.nth_instrument
    if threshold is None:
        return ""
    needed = f"{numeral(threshold)} instruments needed"
    if nth is not None:
        took = length_in_words((nth.latest - opens.earliest).days)
        is_exact = nth.earliest == nth.latest and opens.earliest == opens.latest
        return f"It took {'' if is_exact else 'at most '}{took} to collect the {needed}"
    came, age = status.counted, (status.as_of - opens.latest).days
    if not 0 < came.lead < threshold or came.upper not in (None, came.lead) or age <= 0:
        return ""
    number = lower_bound(numeral(came.lead), came.complete)
    return f"{capitalised(number)} of the {needed} came in {length_in_words(age)}"


# The days that have a name


def _with_words(days: pd.DataFrame, treaty: Treaty) -> pd.DataFrame:
    """Return the days of a curve with their words."""
    names = tables.read("states").set_index("iso3")["name"]
    return days.assign(words=[_day_in_words(day, treaty, names) for day in days.to_dict("records")])


def _day_in_words(day: Mapping[Any, Any], treaty: Treaty, names: pd.Series[str]) -> str:
    """Return how many had acted by a day, when, and who did."""
    states_text = (
        listed(sorted(names.get(code, code) for code in day["iso3"]))
        if len(day["iso3"]) <= FEW
        else ""
    )
    when = when_by(day["earliest"], day["latest"])
    number = f"<b>{day['number']}</b>"
    if day["what"] == "closing":
        return f"{number} by the last day to sign,<br>{short_day(day['latest'])}"
    if day["what"] == "opening" and treaty.ceremony is not None:
        ceremony = period_short(treaty.opening.latest, treaty.ceremony.last)
        return f"{number} in {treaty.ceremony.place}, {ceremony}"
    if day["what"] == "opening":
        return f"{number} on the first day, {when}"
    if day["what"] == "first" and day["number"] == 1:
        act = "signature" if day["measure"] == "signatories" else "consent"
        return f"<b>First</b> {act}: {_with_day(states_text, when, LETTERS - 12)}"
    if day["what"] == "decisive":
        return f"<b>{treaty.threshold}</b> reached: {_with_day(states_text, when, LETTERS - 12)}"
    if day["reported"]:
        line = " " if len(states_text) + len(when) < LETTERS - 12 else "<br>"
        return f"<b>{states_text or day['number']}</b>{line}by report, {when}"
    return f"{number} {_with_day(states_text, when, LETTERS - 4)}"


def _with_day(states_text: str, when: str, letters: int) -> str:
    """Return who acted and when, in two lines where that is long."""
    between = ", " if len(states_text) + len(when) < letters else ",<br>"
    return between.join(filter(None, (states_text, when)))


def _mark_days(figure: go.Figure, days: pd.DataFrame) -> None:
    """Mark each day on its curve; one that is reported is where the dashes begin."""
    for day in days[~days["reported"].astype(bool)].to_dict("records"):
        name = SIGNED if day["measure"] == "signatories" else BOUND
        marker = mark(STATUS_COLOURS[name], size=8)
        text = [plain_title(day["words"].replace("<br>", " "))]
        day_text = f"{day['latest']:%Y-%m-%d}"
        figure.add_trace(points([day_text], [day["number"]], marker=marker, text=text))


def _end_of_axis(treaty: Treaty, as_of: date) -> pd.Timestamp:
    """Return the last day to draw: beyond the last one for signature, unless it is far ahead."""
    closes, opens = treaty.closes, treaty.opening.latest
    if closes is None or closes - as_of > as_of - opens:
        return pd.Timestamp(as_of)
    return pd.Timestamp(max(closes + (closes - opens) * 0.05, as_of))


# How far the list reaches


def draw_reach(figure: go.Figure, history: History, as_of: date, length: pd.Timedelta) -> int:
    """Draw below the axis how far a list of acts reaches, as a bar; return the pixels it takes.

    A part that is too short for its words is told by `source_and_reach` alone.
    """
    below = {"xref": "x", "yref": "paper", "ysizemode": "pixel", "yanchor": 0}
    parts = [*reach_of(history, as_of)]
    for how, start, end in parts:
        share = (end - start) / length
        ends = {"x0": start.isoformat(), "x1": end.isoformat()}
        edge = {"color": MUTED, "width": 1}
        looks = {"fillcolor": SHADES[how], "line": edge, "name": how}
        figure.add_shape(type="rect", y0=-BAR_TOP, y1=-BAR_TOP - BAR, **below, **ends, **looks)
        if share > ROOM:
            words = how if share > ONE_LINE else how.replace(" ", "<br>", 1)
            middle, shift = (start + (end - start) / 2).isoformat(), -BAR_TOP - BAR / 2
            colour = PAPER if how == "complete" else INK
            write_words(
                figure, middle, 0, words, 12, colour, yref="paper", yshift=shift, name="reach"
            )
    return BAR_TOP + BAR


def source_and_reach(history: History, as_of: date) -> str:
    """Return the line below a chart with a bar of reach: the sources, and what the bar says."""
    parts = [f"{how} to {short_day(end)}" for how, _, end in reach_of(history, as_of)]
    return f"{SOURCE_LISTED} The bar below the axis is the list of acts: {', '.join(parts)}."


# What entry into force needs


def instruments_view(status: Status) -> Drawing:
    """Return the instruments that entry into force needs: a cell each, hatched by report.

    Where no source seen says how many it needs there are no cells, and it is said.
    """
    heading = "Not known: how many instruments bring it into force"
    needed = needed_for_force(status)
    if needed is not None:
        heading = _needed_in_words(needed, is_reached=not status.remaining)
    text = _instruments_in_words(status)
    data = {"heading": heading, "text": text, "needed": needed and asdict(needed)}
    return Drawing("instruments", data, f"{heading}. {text}")


def _needed_in_words(needed: Needed, *, is_reached: bool) -> str:
    """Return how many of the instruments that entry into force needs are there, as a title."""
    if is_reached:
        return f"{counted(needed.number, 'instrument')} were needed for entry into force"
    sure = numeral(needed.sure) if needed.sure else "none"
    title = f"{sure} of {needed.number} instruments needed {is_are(needed.sure or 1)} confirmed"
    if needed.reported:
        title += f", {numeral(needed.reported)} {is_are(needed.reported)} reported"
    return capitalised(title)


def _instruments_in_words(status: Status) -> str:
    """Say who deposited what entry into force needs, and how many are to go."""
    nth, names = status.nth_instrument, status.participants.set_index("iso3")["name"]
    if status.remaining is None:
        return "No source seen states the rule, so none are counted as to go."
    if nth is not None:
        states_text = listed(sorted(names[[*status.nth_participants]]))
        last = f" by {states_text}" if states_text else ""
        reached = f"Reached {when_long(nth.earliest, nth.latest)}{last}."
        return f"{reached} {force_sentence(status) if status.entry_into_force else ''}".strip()
    if not status.remaining:
        return f"Reached, since it is in force. {force_sentence(status)}"
    reports = status.counted.reported
    people = status.participants[status.participants["name"].isin(names_by_report(status))]
    said = [
        f"{person['name']} {when_long(person['earliest'], person['latest'])}"
        for person in people.to_dict("records")
    ]
    by_report = f"By report {listed(said)}. " if reports else ""
    bound = "" if status.least_remaining is not None else "at most "
    to_go = f"{bound}{status.remaining} to go"
    if reports:
        right = "the report is" if reports == 1 else "the reports are"
        to_go = f"{bound}{status.remaining_with_reports} to go if {right} right, {to_go} if not"
    return f"{by_report}{capitalised(to_go)}."
