"""A convention beside others at the same age, and among the treaties of the base set."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.observation import Observation
from adoption.core.text import (
    NOT_KNOWN,
    age_in_words,
    capitalised,
    counted,
    fixed,
    long_day,
    lower_bound,
    share,
    share_figure,
    short_day,
    span,
)
from adoption.figures.figure import Figure
from adoption.figures.finishing import finish
from adoption.figures.shapes import (
    LINE_HEIGHT,
    TEXT_ALONE,
    EndLabel,
    Style,
    line,
    points,
    write_labels,
)
from adoption.figures.theme import (
    CONTEXT,
    INK,
    MARGINS,
    SUBJECT,
)
from adoption.law.curves import COUNT_KINDS, MEASURED, Measure
from adoption.law.placement import Place, labelled, place
from adoption.law.rules import ordinal
from adoption.law.thresholds import ENTRY, REACHED
from adoption.show.answers import Answer, titled
from adoption.show.classes import BOUND_REPORTED, STATUS_COLOURS
from adoption.show.status import not_in_force_words
from adoption.show.table import Table, table_of_rows
from adoption.show.timeline import MIN_TOP, TOP, VERB_OF_MEASURE, pace_title

if TYPE_CHECKING:
    from adoption.law.evidence import NotInForce
    from adoption.law.status import Row
    from adoption.law.treaties import Treaty

KnownCounts = Mapping[Measure, Observation]
# A consent to be bound by any name is a ratification in a title and a table.
ACT_OF_MEASURE = {"signatories": "signature", "parties": "ratification"}
VERBS = {"signatories": "signed", "parties": "ratified"}
REPORTED = STATUS_COLOURS[BOUND_REPORTED]
ROOM_FOR_WORDS = 1.35  # of the axis, for the words after the longest
PLACES_HEIGHT = 480
HALF_LINE = LINE_HEIGHT / 2
MAX_TITLE_LETTERS = 50  # letters of a treaty's title under the pointer
TICKS = (0, 1, 5, 10, 20, 50, 100, 150, 200)


def observed(row: Row, measure: Measure) -> Observation:
    """Return what a row of `adoption.law.curves.shares_at_age` counts."""
    counts = [row[f"{measure}_{name}"] for name in COUNT_KINDS]
    is_counted = isinstance(counts[0], int)
    complete = bool(row[f"{measure}_complete"])
    lower, with_reports, possible = counts if is_counted else (0, 0, 0)
    more = {"subject": f"the {row['short_title']}", "known": is_counted, "total": row["states"]}
    return Observation(MEASURED[measure], lower, with_reports, possible, complete, **more)


def _share(count: Observation) -> str:
    return share(count.lower, count.upper, count.total or 0)


def _members(row: Row) -> str:
    if row["parties_of"]:
        return "known parties"
    return "eligible states" if row["made_for"] else "UN members"


def share_title(compared: pd.DataFrame, measure: Measure, days: int) -> str:
    """Return the finding: which share of the states signed or ratified the subject by an age."""
    subject, *_ = compared.to_dict("records")
    observation = observed(subject, measure)
    if not observation.lower:
        return pace_title([observation], days)
    share_text = f"{_share(observation)} of {_members(subject)}"
    did = VERBS[measure]
    when = age_in_words(days).replace("after", "within")
    return capitalised(f"{share_text} {did} {observation.subject} {when}")


def comparison_answer(
    subject: Treaty,
    compared: pd.DataFrame,
    counts: KnownCounts,
    treaties: pd.DataFrame | None,
    as_of: date,
    days: int,
) -> Answer:
    """Answer how adoption compares with that of other conventions and of the base set.

    Parameters
    ----------
    subject : Treaty
        The subject.
    compared : DataFrame
        From `adoption.law.curves.shares_at_age`; the first row is the subject's.
    known : mapping of measure to Observation
        From `adoption.law.placement.known_counts`.
    treaties : DataFrame, optional
        Those open to all, from `adoption.law.placement.treaties_at_age`, of that age.
    as_of : date
        The day.
    days : int
        Age at which the shares are compared.
    """
    row = compared.to_dict("records")[0]
    measure: Measure = "signatories" if subject.signatories_listed else "parties"
    text = f"{share_title(compared, measure, days)}."
    if treaties is not None and len(treaties):
        fewer = capitalised(_fewer(counts[measure], treaties, measure))
        compared_with = f"{len(treaties)} comparable UN treaties"
        text += f" {fewer} of {compared_with} had fewer {ACT_OF_MEASURE[measure]}s by then."
    key, what = _share(observed(row, measure)), "how its adoption compares"
    parent = f" to {row['parties_of']}" if row["parties_of"] else ""
    of_states = f"of {_members(row)}{parent} ({row['states']})"
    label = f"{of_states} had {VERB_OF_MEASURE[measure]} {age_in_words(days)}"
    years = tables.read("base_treaties").query("learnt_from")["as_of"].dt.year
    lists = f"{len(years)} treaties of the depositary, as of {years.min()} to {years.max()}"
    reach = f"{subject.reach} Compared with {lists}."
    return Answer.of(subject, what, as_of, text, key, label, reach=reach)


def shares_at_age_table(compared: pd.DataFrame, days: int) -> Table:
    """Show `adoption.law.curves.shares_at_age`."""
    columns = {
        "Convention": "short_title",
        "Opened": lambda row: short_day(row["opens"]),
        "Signed": lambda row: _number_and_share(row, "signatories"),
        "Consented to be bound": lambda row: _number_and_share(row, "parties"),
        "By report only": _only_reported,
    }
    caption = f"States that signed and consented {age_in_words(days)}, of those that could by then"
    return table_of_rows(compared, columns, caption)


def _only_reported(row: Row) -> str:
    numbers = []
    for measure, noun in ACT_OF_MEASURE.items():
        lower = row[f"{measure}_lower"]
        number = row[f"{measure}_with_reports"] - lower if isinstance(lower, int) else 0
        if number:
            numbers.append(counted(number, noun))
    return ", ".join(numbers)


def _number_and_share(row: Row, measure: Measure) -> str:
    lower = row[f"{measure}_lower"]
    upper = row[f"{measure}_upper"]
    states = row["states"]
    if not isinstance(lower, int):
        return NOT_KNOWN if isinstance(states, int) else "not yet that old"
    complete = row[f"{measure}_complete"]
    if complete or lower:
        # The count before it says that more may be missing.
        shares = share(lower, upper, states) if complete else share_figure(lower, states, False)
        return f"{span(lower, upper, complete)} of {states} ({shares})"
    if upper == 0:
        return f"none known of {states}"
    if row[f"{measure}_with_reports"]:
        return f"none confirmed of {states}"
    return f"possibly {upper} of {states}"


def days_text(row: Row) -> str:
    """Return the days of a row of `adoption.law.thresholds.milestones`, or why there are none."""
    if row["state"] != REACHED:
        state = str(row["state"])
        return state if state == "not reached" else f"not known ({state})"
    days = span(int(row["earliest"]), int(row["latest"]))
    return f"{days} (by report)" if row["by_report"] else days


def milestones_table(
    reached: pd.DataFrame,
    as_of: date,
    not_in_force: Mapping[str, NotInForce | None] = MappingProxyType({}),
) -> Table:
    """Show `adoption.law.thresholds.milestones`, one row a convention.

    `not_in_force` has by id the last day for which a source says that a convention is not in force.
    """
    rows = []
    for title, part in reached.groupby("short_title", sort=False):
        row = {"Convention": title}
        for milestone in part.to_dict("records"):
            number = int(milestone["instrument"])
            seen = not_in_force.get(milestone["convention"])
            head, text = ordinal(number), days_text(milestone)
            if number == ENTRY:
                head = "Entry into force"
                text = not_in_force_words(seen) if seen else text
            row[head] = text
        rows.append(row)
    caption = f"Days from opening to the nth instrument of a state, to {long_day(as_of)}"
    return Table(pd.DataFrame(rows), caption)


def place_title(
    counts: KnownCounts, frame: pd.DataFrame, measure: Measure, days: int, label: str
) -> str:
    """Return the finding: with how many acts the subject had more than which share of treaties.

    Parameters
    ----------
    known : mapping of measure to Observation
        From `adoption.law.placement.known_counts`.
    frame : DataFrame
        The treaties to compare with, from `adoption.law.placement.treaties_at_age`.
    measure : {"signatories", "parties"}
        Signatures or consents.
    days : int
        The age.
    label : str
        The subject, as `titled` has it.
    """
    count = counts[measure]
    if frame.empty:
        return pace_title([count], days)
    if not count.lower:
        act = ACT_OF_MEASURE[measure]
        whose = capitalised(label)
        return f"{whose} has no confirmed {act} to rank among {len(frame)} treaties"
    fewer, whose = _fewer(count, frame, measure), capitalised(label)
    return f"{whose} had more {ACT_OF_MEASURE[measure]}s than {fewer} of {len(frame)} treaties"


def _fewer(count: Observation, frame: pd.DataFrame, measure: Measure) -> str:
    """Return the share of treaties with fewer acts."""
    fewer = place(count.lower, frame[measure].tolist()).fewer
    return share(fewer, fewer if count.complete else None, len(frame))


def places_table(
    observations: KnownCounts, frame: pd.DataFrame, subject: str, un_members: int
) -> Table:
    """Show the place of a convention's counts among the treaties open to all.

    Parameters
    ----------
    known : mapping of measure to Observation
        The subject's counts.
    frame : DataFrame
        From `adoption.law.placement.treaties_at_age`, those open to all.
    subject : str
        The subject's name.
    un_members : int
        From `adoption.law.placement.un_members_on`, at the subject's age.
    """
    rows = []
    for measure, count in observations.items():
        if not count.known:
            continue
        name = f"{ACT_OF_MEASURE[measure].capitalize()}s"
        counts = frame[measure].tolist()
        numbers = {name: count.lower}
        if count.with_reports > numbers[name]:
            numbers[f"{name}, if the reports are right"] = count.with_reports
        if count.possible > count.with_reports:
            numbers[f"{name}, if all that are possible count"] = count.possible
        for what, number in numbers.items():
            is_sure = count.complete or number > 0
            text = span(number, number, count.complete) if is_sure else "none for certain"
            ranked = _ranked(place(number, counts), count.complete, is_sure)
            rows.append({"Count": what, "Known": text, **ranked})
        if count.lower:
            shares = (frame[measure] / frame["un_members"]).tolist()
            text = share(count.lower, count.lower if count.complete else None, un_members)
            ranked = _ranked(place(count.lower / un_members, shares), count.complete)
            rows.append({"Count": f"{name} per UN member of the time", "Known": text, **ranked})
    caption = f"{subject}: its place among treaties open to all, as far as the data tell"
    return Table(pd.DataFrame(rows), caption)


def _ranked(rank: Place, is_complete: bool, is_sure: bool = True) -> dict[str, object]:
    """Return the cells of a place; of a lower bound, only the share of those that have fewer."""
    parts = {"Fewer": rank.fewer, "As many": rank.equal, "More": rank.more}
    cells = {head: share(n, n, rank.treaties) for head, n in parts.items()}
    cells["Percentile rank"] = fixed(rank.percentile or 0)
    if not is_complete:  # at least so many: the rest of its place is not known
        cells = dict.fromkeys(cells, NOT_KNOWN)
        cells["Fewer"] = share(rank.fewer, None, rank.treaties)
        cells["Percentile rank"] = lower_bound(math.floor(rank.percentile or 0))
    is_ranked = rank.treaties and is_sure
    return {"Treaties": rank.treaties, **(cells if is_ranked else dict.fromkeys(cells, NOT_KNOWN))}


def place_chart(
    frame: pd.DataFrame,
    observations: KnownCounts,
    conventions: Sequence[Treaty],
    measure: Measure,
    days: int,
) -> go.Figure:
    """Draw each treaty by its count and percentile rank, and the subject among them.

    Parameters
    ----------
    frame : DataFrame
        From `adoption.law.placement.treaties_at_age`: the treaties to compare with.
    known : mapping of measure to Observation
        From `adoption.law.placement.known_counts`.
    conventions : sequence of Treaty
        The subject, and others that are labelled where they are in the base set.
    measure : {"signatories", "parties"}
        Signatures or consents.
    days : int
        The age.
    """
    subject, count = conventions[0], observations[measure]
    ordered = frame.assign(label=labelled(frame, conventions))
    ordered = ordered.sort_values([measure, "title"], ignore_index=True)
    counts = ordered[measure].tolist()
    highest = max([*counts, count.possible, MIN_TOP])
    skewed = bool(ordered[measure].quantile(0.9) < highest / 4)

    def end(text: str, number: int, colour: str, bold: bool = False) -> EndLabel:
        return EndLabel(text, number, place(number, counts).percentile or 0, colour, bold)

    named = ordered[ordered["label"] != ""].to_dict("records")
    texts = [f"{row['label']} {row[measure]}" for row in named]
    ends = [end(text, row[measure], INK) for text, row in zip(texts, named, strict=True)]
    figure = Figure([_treaties(ordered, measure), _marked(ends, "circle")])
    drawn = [_rows_of_treaties(ordered, measure)]
    if count.known and counts:
        marked = _subject(count, subject.label, end)
        possible = [count.possible, place(count.possible, counts).percentile or 0]
        x, y = zip(*((end.x, end.y) for end in marked), possible, strict=True)
        figure.add_trace(line(x, y, SUBJECT, 3, opacity=0.4))
        for colour, symbol in ((SUBJECT, "diamond"), (REPORTED, "diamond-open")):
            alike = [end for end in marked if end.colour == colour]
            figure.add_trace(_marked(alike, symbol, subject.label))
            drawn += [pd.DataFrame(_row_of_end(end, subject.label) for end in alike)]
        ends += marked
    write_labels(figure, ends, TOP, PLACES_HEIGHT - MARGINS)
    for note, shift in zip(figure.layout.annotations, _below(ends), strict=True):
        note.update(yshift=shift, xshift=12)
    title = f"states with a {ACT_OF_MEASURE[measure]} by then"
    figure.update_xaxes(range=[-0.04 * highest, highest * ROOM_FOR_WORDS], title=title)
    if skewed:
        _to_root_scale(figure, highest)
    figure.update_yaxes(range=[0, TOP], title="percentile rank", tickvals=[0, 25, 50, 75, 100])
    texts = [f"{label.text} at percentile {label.y:.0f}" for label in ends]
    rows = pd.concat(drawn, ignore_index=True).rename(columns={"number": title})
    subtitle = (
        f"Each dot is one of {len(counts)} UN treaties open to all, by the states that "
        f"{VERB_OF_MEASURE[measure]} {age_in_words(days)}, as far as the data tell; "
        f"ties share a rank"
    )
    alternative = (
        f"Dots by number of states and percentile rank. {'; '.join(texts) or 'none is marked'}."
    )
    return finish(
        figure,
        rows=rows,
        title=place_title(observations, frame, measure, days, titled(subject)),
        subtitle=subtitle,
        source="Source: United Nations Treaty Collection, depositary's lists to January 2018; the "
        "subject's acts as listed at the end.",
        alternative=alternative,
        height=PLACES_HEIGHT,
    )


def _subject(observation: Observation, label: str, end: Callable[..., EndLabel]) -> list[EndLabel]:
    """Return the ends of the subject: its count, and the count with reports where it is more.

    None known for certain, in a list that is not complete, has no place.
    """
    least = observation.lower
    number = span(least, least, observation.complete)
    number += (
        f", possibly {observation.possible}"
        if observation.possible > observation.with_reports
        else ""
    )
    ends = []
    if least or observation.complete:
        ends.append(end(f"{label} {number}", least, SUBJECT, True))
    if observation.with_reports > least:
        text = f"{'' if ends else f'{label} '}{observation.with_reports} if reports are right"
        ends.append(end(text, observation.with_reports, REPORTED))
    return ends


def _below(ends: Sequence[EndLabel]) -> list[float]:
    """Return how far each label is moved: down, since no dot is below and right of another."""
    height, shifts, free = (PLACES_HEIGHT - MARGINS) / TOP, dict[int, float](), math.inf
    for number in sorted(range(len(ends)), key=lambda at: ends[at].y, reverse=True):
        place_of_dot = ends[number].y * height
        free = min(place_of_dot - HALF_LINE, free - LINE_HEIGHT)
        shifts[number] = round(free - place_of_dot, 1)
    return [shifts[number] for number in range(len(ends))]


def _to_root_scale(figure: go.Figure, highest: float) -> None:
    """Draw counts by their square roots, with the counts themselves at the ticks."""
    ticks = [tick for tick in TICKS if tick <= highest * ROOM_FOR_WORDS]
    edges = [-0.04 * math.sqrt(highest), math.sqrt(highest * ROOM_FOR_WORDS)]
    axis = figure.layout.xaxis
    axis.update(range=edges, tickvals=[*map(math.sqrt, ticks)], ticktext=ticks)
    axis.title.text += ", root scale"
    for trace in figure.data:
        trace.x = [round(math.sqrt(number), 2) for number in trace.x]
    for words in figure.layout.annotations:
        words.x = round(math.sqrt(words.x), 2)


def _rows_of_treaties(ordered: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return each treaty with its number and its percentile rank."""
    numbers = ordered[measure].tolist()
    ranks = [round(place(number, numbers).percentile or 0, 1) for number in numbers]
    rows = {"of": "treaties", "number": numbers, "percentile rank": ranks}
    return pd.DataFrame(rows | {"treaty": ordered["title"].tolist()})


def _row_of_end(end: EndLabel, subject: str) -> dict[str, object]:
    """Return a mark of the subject as a row."""
    return {"of": subject, "number": end.x, "percentile rank": round(end.y, 1), "treaty": end.text}


def _treaties(ordered: pd.DataFrame, measure: Measure) -> go.Scatter:
    """Return the treaties in order, evenly spaced: equal ones stack around their common rank."""
    shorten = partial(textwrap.shorten, width=MAX_TITLE_LETTERS, placeholder="…")
    text = ordered["title"].map(shorten) + ": " + ordered[measure].astype("str")
    numbers = ordered[measure].tolist()
    step = 100 / max(len(ordered), 1)
    style: Style = {"mode": "markers", "marker": {"size": 7, "color": CONTEXT, "opacity": 0.75}}
    style |= {"hovertemplate": TEXT_ALONE, "showlegend": False}
    return go.Scatter(name="treaties", x=numbers, y0=step / 2, dy=step, text=text, **style)


def _marked(ends: Sequence[EndLabel], symbol: str, name: str = "") -> go.Scatter:
    """Return marks at labels."""
    is_circle = symbol == "circle"
    size = 10 if is_circle else 15
    colour = INK if is_circle else [end.colour for end in ends]
    edge = {"width": 2, "color": colour}
    style = {"size": size, "color": colour, "symbol": symbol, "line": edge}
    more: Style = {"showlegend": False, "hover": ""}
    x = [end.x for end in ends]
    y = [end.y for end in ends]
    return points(x, y, marker=style, name=name, **more)
