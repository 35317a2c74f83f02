"""The curve of a treaty by day, how far its list reaches, and what entry into force needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.days import on_or_before
from adoption.core.text import (
    capitalised,
    counted,
    is_whole_month,
    listed,
    long_day,
    plain_title,
    short_day,
    span,
    when_long,
    when_short,
)
from adoption.law.curves import cumulative, events
from adoption.law.panel import SIGNED
from adoption.law.spells import History
from adoption.law.treaties import Treaty
from adoption.show.charts import (
    OVER_LINES,
    EndLabel,
    Style,
    label_ends,
    mark,
    points,
    spread,
    steps,
    write_words,
)
from adoption.show.drawings import Drawing
from adoption.show.figure import Figure
from adoption.show.status import force_sentence, names_by_report, needed_for_force, reach_of
from adoption.show.theme import (
    BOUND,
    BOUND_REPORTED,
    CONTEXT,
    GRID,
    INK,
    MARGINS,
    MISSING,
    MUTED,
    PAPER,
    SOURCE_LISTED,
    STATUS_COLOURS,
    finish,
)
from adoption.tables import without_reports

if TYPE_CHECKING:
    from adoption.law.status import Status

HEIGHT = 480
AROUND = 130  # pixels above and below the plot, about: a little less on a page
SHORTEST_AXIS = pd.Timedelta(days=14)
HEADROOM = 1.12  # of the highest curve
SINGULAR = {"consents": "consent", "signatories": "signatory"}
WITH_REPORTS = " with reports"  # of the name of a curve
ROW, GAP = 18, 16  # pixels from a name to the next, and from a name to its curve
RING = 8  # pixels of a ring above its curve, which words at the end leave free
LATE = 0.6  # of the axis: a name after it stands on the left of its day
FEW, LETTERS = 2, 42  # who are named on one day, and letters of a name before it is in two lines
BAR_TOP, BAR = 30, 34  # pixels of the bar of reach: below the axis, and its height
SHADES = {  # of its parts: words are read on each, in the dark too
    "complete": MUTED,
    "nearly complete": MISSING,
    "partial": GRID,
    "may lack acts": GRID,
    "nothing known": PAPER,
}
ROOM, ONE_LINE = 0.18, 0.4  # of the axis: a part of the bar has room for a word, or for all


@dataclass(frozen=True)
class _Series:
    """A curve: its name and counts, the words at its end, its colour and dashes."""

    name: str
    curve: pd.DataFrame
    end: str
    colour: str
    dash: str = "solid"

    @property
    def last(self) -> int:
        """How many had certainly acted at its end."""
        return int(self.curve["lower"].iloc[-1])


def adoption_curve(
    history: History, as_of: date, title: str, *, height: int = HEIGHT, source: str = ""
) -> go.Figure:
    """Draw signatures and consents by day, with the days to know and the reach of the list."""
    treaty, figure, plot = history.convention, Figure(), height - AROUND
    series = [*_series(history, as_of)]
    for drawn_series in series:
        curve, look = drawn_series.curve, {"dash": drawn_series.dash}
        figure.add_traces(
            steps(drawn_series.name, curve["day"], curve, drawn_series.colour, **look)
        )
    first, end = pd.Timestamp(treaty.opening.latest), _end_of_axis(treaty, as_of)
    length = max(end - first, SHORTEST_AXIS)
    days = _named(events(history, as_of), treaty, first + LATE * length)
    top = _top(series, days, treaty.threshold, plot)
    _mark_days(figure, days, _beside(days, series, top, plot))
    _mark_closing(figure, treaty, as_of, end, is_named="closing" in set(days["what"]))
    anchor = "right" if pd.Timestamp(as_of) - first > length / 2 else "left"
    _write_ends(figure, series, treaty.threshold, as_of, top, anchor, plot)
    left = on_or_before(history.listed_consents["ends_earliest"], as_of).any()
    axis = "participants" if left else "participants, cumulative"
    figure.update_xaxes(range=[first - length * 0.02, first + length * 1.04], title=None)
    figure.update_yaxes(range=[0, top], title=axis)
    subtitle = _subtitle(series, days, as_of, withdrawn=bool(left))
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
        firm = cumulative(without_reports(spells), treaty.opening.latest, as_of)
        every = cumulative(spells, treaty.opening.latest, as_of)
        has_reports = int(every["upper"].iloc[-1]) > int(firm["upper"].iloc[-1])
        none_yet = not firm["upper"].iloc[-1]  # a line at zero, which the one with reports covers
        end = "" if has_reports and none_yet else _end(firm, name, complete)
        yield _Series(name, firm, end, colour)
        if has_reports:
            begins = spells.loc[spells["grade"] == "reported", "begins_earliest"].min()
            every = every[every["day"] >= every.loc[every["day"] < begins, "day"].max()]
            end = f"{_end(every, name, complete)}{WITH_REPORTS}"
            yield _Series(f"{name}{WITH_REPORTS}", every, end, of_reports, "dash")


def _end(curve: pd.DataFrame, what: str, complete: bool) -> str:
    """Return the last count of a curve; where acts may be missing, as a lower bound."""
    lower, upper = (int(curve[end].iloc[-1]) for end in ("lower", "upper"))
    if not upper:
        return f"no {what}" if complete else f"no confirmed {what}"
    number = span(lower, upper, complete) if lower else f"up to {upper}"
    return f"{number} {SINGULAR[what] if upper == 1 else what}"


def _has_consents(series: Sequence[_Series]) -> bool:
    """Return whether anybody is known to have consented, beyond what is only reported."""
    return series[0].last > 0


def _top(series: Sequence[_Series], days: pd.DataFrame, threshold: int | None, plot: int) -> float:
    """Return how far the upright axis goes, with room for the names above the signatures."""
    highest = max(int(part.curve["upper"].max()) for part in series)
    if not _has_consents(series):
        return HEADROOM * max(highest, 1)
    signed = days.loc[days["measure"] == "signatories", "number"]
    room = 1 - (len(signed) * ROW + 3 * GAP) / plot
    return max(HEADROOM * max(highest, threshold or 1), max(signed, default=0) / room)


def _write_ends(
    figure: go.Figure,
    series: Sequence[_Series],
    threshold: int | None,
    as_of: date,
    top: float,
    anchor: str,
    plot: int,
) -> None:
    """Write how many there are above the end of each curve; a first report has its name alone."""
    has_consents, above, at = _has_consents(series), RING * top / plot, as_of.isoformat()
    alone = "" if has_consents else f"consents{WITH_REPORTS}"
    labelled = [part for part in series if part.end and part.name != alone]
    labels = [EndLabel(part.end, at, part.last + above, part.colour) for part in labelled]
    if threshold is not None and has_consents:
        figure.add_hline(y=threshold, line={"color": INK, "width": 1, "dash": "dot"})
        needed = f"{threshold} instruments needed"
        labels.append(EndLabel(needed, at, threshold + above, INK))
    label_ends(figure, labels, top, plot - (MARGINS - AROUND), xanchor=anchor, bgcolor=OVER_LINES)


def _rows(series: Sequence[_Series]) -> pd.DataFrame:
    """Return the counts that are drawn, a row each."""
    drawn = [part.curve.assign(of=part.name) for part in series]
    rows = pd.concat(drawn, ignore_index=True)[["of", "day", "lower", "upper"]]
    return rows.assign(day=rows["day"].dt.strftime("%Y-%m-%d"))


def _subtitle(
    series: Sequence[_Series], days: pd.DataFrame, as_of: date, *, withdrawn: bool
) -> str:
    """Return what is drawn, and how to read what this curve has of it."""
    has_band = any((part.curve["lower"] != part.curve["upper"]).any() for part in series)
    parts = {
        f"Participants by day, to {long_day(as_of)}": True,
        "a ring is an act by report only": days["reported"].any(),
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


# The days that have a name


def _named(days: pd.DataFrame, treaty: Treaty, late: pd.Timestamp) -> pd.DataFrame:
    """Return the days of a curve with their words, and which of them are late on the axis."""
    names = tables.read("states").set_index("iso3")["name"]
    words = [_day_in_words(day, treaty, names) for day in days.to_dict("records")]
    return days.assign(words=words, late=days["latest"] > late)


def _day_in_words(day: Mapping[Any, Any], treaty: Treaty, names: pd.Series[str]) -> str:
    """Return how many had acted by a day, when, and who did."""
    who = (
        listed(sorted(names.get(code, code) for code in day["iso3"]))
        if len(day["iso3"]) <= FEW
        else ""
    )
    when, number = _when(day), f"<b>{day['number']}</b>"
    if day["what"] == "closing":
        return f"{number} by the last day to sign, {short_day(day['latest'])}"
    if day["what"] == "opening" and treaty.ceremony is not None:
        ceremony = when_short(treaty.opening.latest, treaty.ceremony.last)
        return f"{number} in {treaty.ceremony.place}, {ceremony}"
    if day["what"] == "opening":
        return f"{number} on the first day, {when}"
    if day["what"] == "decisive":
        return f"<b>{treaty.threshold}</b> reached: {', '.join(filter(None, (who, when)))}"
    if day["reported"]:
        line = " " if len(who) + len(when) < LETTERS else "<br>"
        return f"<b>{who or day['number']}</b>{line}by report, {when}"
    return f"{number} {', '.join(filter(None, (who, when)))}"


def _when(day: Mapping[Any, Any]) -> str:
    """Return a day, or the last one on which it can have been."""
    earliest, latest = day["earliest"], day["latest"]
    if earliest == latest or is_whole_month(earliest, latest):
        return when_short(earliest, latest)
    return f"by {short_day(latest)}"


def _beside(days: pd.DataFrame, series: Sequence[_Series], top: float, plot: int) -> list[float]:
    """Return how high the name of each day stands."""
    unit = plot / top  # pixels of a participant
    is_of_signatures = days["measure"] == "signatories"
    signed, bound = days[is_of_signatures], days[~is_of_signatures]
    of_signed = _beside_signatures(signed, unit, above=_has_consents(series))
    return of_signed + _beside_consents(bound, unit, max(signed["number"], default=top))


def _beside_signatures(signed: pd.DataFrame, unit: float, *, above: bool) -> list[float]:
    """Return how high the name of each day stands: below the curve, or above where others cross it.

    The names are stairs, so that the line from a day to its name crosses no other name. The row
    next to the curve is that of the words at its end.
    """
    stairs = ROW * pd.Series(range(len(signed)), dtype=float)
    if above:
        pixels, begins = ROW + GAP + stairs[::-1], signed["number"].max()
    else:
        pixels, begins = -GAP - stairs[::-1], signed["number"].min()
    return [begins + pixel / unit for pixel in pixels]


def _beside_consents(consents: pd.DataFrame, unit: float, under_all: float) -> list[float]:
    """Return how high the name of each day stands: on the right of the curve, which is free.

    Late days have theirs below both curves, the later the lower; above, where no room is left.
    """
    early, late = consents[~consents["late"]], consents[consents["late"]]
    pixels = [max(number * unit - GAP, GAP) for number in early["number"]]
    places = spread(pixels, ROW)
    lines = 1 + late["words"].str.count("<br>")
    under = min([under_all, *late["number"]]) * unit - 2 * GAP
    if under < ROW * lines.sum():
        under = late["number"].max() * unit + 2 * GAP + ROW * lines.sum()
    places += (under - ROW * (lines.cumsum() - lines / 2)).tolist()
    return [position / unit for position in places]


def _mark_days(figure: go.Figure, days: pd.DataFrame, beside: Sequence[float]) -> None:
    """Mark each day on its curve, a ring where it is reported, with its name beside it."""
    for day, place in zip(days.to_dict("records"), beside, strict=True):
        at, number = f"{day['latest']:%Y-%m-%d}", day["number"]
        of_consents = BOUND_REPORTED if day["reported"] else BOUND
        name = SIGNED if day["measure"] == "signatories" else of_consents
        leader = {"color": MUTED, "width": 1}
        figure.add_shape(type="line", x0=at, x1=at, y0=number, y1=place, line=leader)
        marker = mark(STATUS_COLOURS[name], day["reported"], 8 + 2 * day["reported"])
        text = [plain_title(day["words"].replace("<br>", " "))]
        figure.add_trace(points([at], [number], marker=marker, text=text))
        side, shift = ("right", -6) if day["late"] else ("left", 6)
        look: Style = {"xanchor": side, "align": side, "xshift": shift, "bgcolor": OVER_LINES}
        write_words(figure, at, place, day["words"], 13, INK, **look)


def _end_of_axis(treaty: Treaty, as_of: date) -> pd.Timestamp:
    """Return the last day to draw: beyond the last one for signature, unless it is far ahead."""
    closes, opens = treaty.closes, treaty.opening.latest
    if closes is None or closes - as_of > as_of - opens:
        return pd.Timestamp(as_of)
    return pd.Timestamp(max(closes + (closes - opens) * 0.05, as_of))


def _mark_closing(
    figure: go.Figure, treaty: Treaty, as_of: date, end: pd.Timestamp, *, is_named: bool
) -> None:
    """Draw an upright line at the last day for signature, where the axis reaches it."""
    closes = treaty.closes
    if closes is None or pd.Timestamp(closes) > end:
        return
    at = closes.isoformat()
    figure.add_vline(x=at, line={"color": CONTEXT, "width": 1, "dash": "dash"})
    if is_named:
        return
    side, shift = ("left", 4) if closes < as_of else ("right", -4)
    words = f"last day to sign<br>{short_day(closes)}"
    beside = {"xanchor": side, "align": side, "xshift": shift, "bgcolor": OVER_LINES}
    write_words(figure, at, 0.4, words, 13, INK, yref="paper", **beside)


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
        verb = "were" if status.nth_instrument else "are"
        heading = f"{counted(needed.number, 'instrument')} {verb} needed for entry into force"
    text = _instruments_in_words(status)
    data = {"heading": heading, "text": text, "needed": needed and asdict(needed)}
    return Drawing("instruments", data, f"{heading}. {text}")


def _instruments_in_words(status: Status) -> str:
    """Say who deposited what entry into force needs, and how many are to go."""
    nth, names = status.nth_instrument, status.participants.set_index("iso3")["name"]
    if status.remaining is None:
        return "No source seen states the rule, so none are counted as to go."
    if nth is not None:
        who = listed(sorted(names[[*status.nth_participants]]))
        last = f" by {who}" if who else ""
        reached = f"Reached {when_long(nth.earliest, nth.latest)}{last}."
        return f"{reached} {force_sentence(status) if status.entry_into_force else ''}".strip()
    if not status.remaining:
        return f"Reached, since it is in force. {force_sentence(status)}"
    firm, reports = status.counted.lower, status.counted.reported
    people = status.participants[status.participants["name"].isin(names_by_report(status))]
    said = [
        f"{person['name']} {when_long(person['earliest'], person['latest'])}"
        for person in people.to_dict("records")
    ]
    parts = [f"{firm or 'None'} confirmed"]
    parts += [f"by report {listed(said)}"] if reports else []
    bound = "" if status.least_remaining is not None else "at most "
    to_go = f"{bound}{status.remaining} to go"
    if reports:
        right = "the report is" if reports == 1 else "the reports are"
        to_go = f"{bound}{status.remaining_with_reports} to go if {right} right, {to_go} if not"
    return f"{'; '.join(parts)}. {capitalised(to_go)}."
