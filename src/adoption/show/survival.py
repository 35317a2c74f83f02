"""How long states wait to sign and to consent: sentences, curves and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from adoption.core.text import (
    capitalised,
    counted,
    has_have,
    is_are,
    long_day,
    numeral,
    percent,
    short_day,
)
from adoption.forecasting.survival import (
    NO_SIGNATORY,
    UNNAMED,
    Reading,
    Share,
    Step,
    Waiting,
)
from adoption.forecasting.treaties import YEAR
from adoption.show.answers import Answer
from adoption.show.charts import OVER_LINES, EndLabel, Style, band, label_ends, line
from adoption.show.table import NOT_KNOWN, Table
from adoption.show.theme import CONTEXT, MARGINS, SUBJECT, finish, with_alpha
from adoption.show.timeline import BELOW, HEIGHT, REPORTED, TOP

if TYPE_CHECKING:
    from adoption.forecasting.survival import Estimate


FEW_DAYS = 90  # below which a time is given in days


def duration(days: float) -> str:
    """Return a time in days or years, as exact as it carries.

    Examples
    --------
    >>> duration(1), duration(45), duration(1310)
    ('1 day', '45 days', '3.6 years')
    """
    if days < FEW_DAYS:
        return counted(round(days), "day")
    return f"{days / YEAR:.1f} years"


def span(lower: float, upper: float) -> str:
    """Return a time that is known within bounds, or its interval; no end where it has none.

    Examples
    --------
    >>> span(1143, 1492), span(1143, float("inf")), span(700, 705), span(1, 288)
    ('3.1 to 4.1 years', '3.1 years or more', '700 to 705 days', '1 day to 0.8 years')
    """
    if not isfinite(upper):
        return f"{duration(lower)} or more" if isfinite(lower) else "not reached"
    low, high = duration(lower), duration(upper)
    if lower == upper:
        return low
    if low == high:
        return f"{lower:,.0f} to {upper:,.0f} days"
    unit = high.rpartition(" ")[2]
    return f"{low.removesuffix(f' {unit}')} to {high}"


def signing_title(subject: Waiting) -> str:
    """Return the finding on signatures: how many in the first days, how many by the end."""
    main = subject.main
    if not main.states:
        return _not_estimated(subject)
    when = within_first(main, "signature")
    first = f"None of {main.states} states is known to have signed {when}"
    if main.acted_first:
        first = f"{main.acted_first} of {main.states} states signed {when}"
    reported = main.acted_first - subject.complete["lower"].acted_first
    first += f" ({numeral(reported)} by report only)" if reported else ""
    share = main.share(main.observed)
    if share and subject.complete_to and main.observed >= main.first_days:
        return f"{first}, {_percent(share.value)} by {long_day(subject.complete_to)}"
    return f"{first}, as far as the list is complete" if subject.beyond else first


def consent_title(subject: Waiting) -> str:
    """Say how long the signatories of a convention took to consent."""
    main, known = subject.main, subject.least_known
    if not main.states:
        return _not_estimated(subject)
    lower, upper = (subject.complete[reading].median() for reading in ("lower", "upper"))
    if isfinite(lower.value):
        within = span(upper.value, lower.value)
        return f"Half of {main.states} signatories consented within {within}"
    reported = _reported(subject)
    by_report = f"; {numeral(reported)} {is_are(reported)} reported" if reported else ""
    number = "none is confirmed to have"
    if known.acted:
        least_word = "at least " if subject.beyond else ""
        number = f"{least_word}{numeral(known.acted)} {has_have(known.acted)}"
    return f"Of {known.states} known signatories {number} consented{by_report}"


def survival_answer(subject: Waiting, consent: Waiting, of: Step = "consent") -> Answer:
    """Answer how long states take to sign a convention, or to consent after it."""
    half, step = Share(inf, inf, inf), "opening to signature"
    text = signing_title(subject)
    if of == "consent":
        half, step, text = consent.half, "signature to consent", consent_title(consent)
    if isfinite(half.value):
        key = span(consent.complete["upper"].median().value, half.value)
        label = "from signature until half of the signatories consented"
        text += f" (95% interval {span(half.lower, half.upper)})"
    elif subject.main.states:
        key = f"{subject.main.acted_first} of {subject.main.states}"
        label = f"states signed {within_first(subject.main, 'signature')}"
    else:
        key, label = "not known", "how long states took: no list of its acts is complete"
    return Answer.of(subject.convention, f"from {step}", subject.as_of, f"{text}.", key, label)


def first_step(main: Estimate, step: Step) -> str:
    """Name the first step of a curve: the day of signing, the first day, the first ten days."""
    if step == "consent":
        return "day of signing"
    return "first day" if main.first_days == 1 else f"first {numeral(main.first_days)} days"


def within_first(main: Estimate, step: Step) -> str:
    """Return `first_step` as it stands in a sentence: in the first ten days."""
    return f"{'on' if main.first_days == 1 else 'in'} the {first_step(main, step)}"


def _not_estimated(subject: Waiting) -> str:
    """Say why there is no estimate, as a title."""
    convention, known = subject.convention, subject.least_known
    name = convention.short_title
    if subject.why_none == UNNAMED:
        return f"No source names who signed the {name}"
    if subject.why_none == NO_SIGNATORY:
        return f"No signatory of the {name} is certain by then"
    most = subject.known["upper"].acted
    number = f"{known.acted} to {most}" if known.acted < most else most or "none"
    who = "states" if subject.step == "signature" else "known signatories"
    did = f"Of {known.states} {who} {number} {WHAT[subject.step]}"
    return f"{did}; no estimate: the list is not complete"


def _reported(subject: Waiting) -> int:
    return subject.known["with_reports"].acted - subject.known["lower"].acted


FINEST = 100  # of the axis: steps closer than that are one, six pixels at most


def drawn(estimate: Estimate, years: float) -> pd.DataFrame:
    """Return a curve as it is drawn, its first step at the left end."""
    curve = estimate.curve if estimate.states else estimate.curve.head(0)
    days = curve["day"].where(curve["day"] >= estimate.first_days, 0)
    frame = 100 * curve[["share", "lower", "upper"]].fillna(0.0).rename(columns={"share": "y"})
    frame = frame.assign(x=days / YEAR)
    inside = frame[frame["x"] <= years]
    if len(inside) < len(frame):
        inside = pd.concat([inside, inside.tail(1).assign(x=float(years))])
    place = (inside["x"] * FINEST / years).astype(int).where(inside["x"] > 0, -1)
    return inside[~place.duplicated(keep="last")].reset_index(drop=True)


def part_from(line: pd.DataFrame, x: float) -> pd.DataFrame:
    """Return the part of a step line from a place on, which has its value there."""
    before = line[line["x"] <= x].tail(1).assign(x=x)
    return pd.concat([before, line[line["x"] > x]], ignore_index=True)


def region(lower: pd.DataFrame, upper: pd.DataFrame, opacity: float, name: str) -> list[go.Scatter]:
    """Return the region between two step lines."""
    (x, low), (above, high) = (frame.round(ROUNDED).to_numpy().T for frame in (lower, upper))
    names = (f"{name}, lower", f"{name}, upper")
    return band((x, low), (above, high), with_alpha(SUBJECT, opacity), names)


def step_line(
    name: str, rows: pd.DataFrame, colour: str, width: float, dash: str = "solid"
) -> go.Scatter:
    """Return a step line of some points of `drawn`."""
    x, y = rows[["x", "y"]].round(ROUNDED).to_numpy().T
    hover = "%{x:.1f} years: %{y:.0f}%"
    return line(x, y, colour, width, dash=dash, shape="hv", name=name, hover=hover)


def first_step_bar(subject: Waiting, height: float) -> go.Scatter:
    """Return the first step of the subject: an upright bar with a mark at its top."""
    name, when = subject.convention.label, first_step(subject.main, subject.step)
    hover = within_first(subject.main, subject.step) + ": %{y:.0f}%<extra>" + name + "</extra>"
    marker = {"size": [0, 11], "color": SUBJECT, "opacity": 1, "line": {"width": 0}}
    more: Style = {"mode": "lines+markers", "name": f"{name}, {when}", "marker": marker}
    more |= {"hovertemplate": hover, "hoverinfo": None}
    return line([0, 0], [0, round(height, 1)], SUBJECT, 7, **more)


ROUNDED = {"x": 3, "y": 1, "lower": 1, "upper": 1}  # decimals that are plotted
YEARS: Mapping[Step, int] = {"signature": 3, "consent": 10}  # length of the axis
CURVE_DAYS = round(max(YEARS.values()) * YEAR)
SINCE: Mapping[Step, str] = {
    "signature": "years since opening for signature",
    "consent": "years since the state's own signature",
}
DID: Mapping[Step, str] = {
    "signature": "Share of states that signed",
    "consent": "Share of signatories that consented",
}


def waiting_chart(waits: Sequence[Waiting]) -> go.Figure | None:
    """Draw how soon states acted on a convention, beside others.

    The line is Kaplan-Meier's; the upright bar at its left end is the first step. A dotted
    line goes on where the list is not complete and says the least.

    Parameters
    ----------
    waits : sequence of Waiting
        The subject, drawn strong and with its band, then the others, grey.

    Returns
    -------
    Figure or None
        None where no state of any of them was observed.
    """
    subject, step = waits[0], waits[0].step
    years, figure, labels = YEARS[step], go.Figure(), list[EndLabel]()
    for other in waits[1:]:
        if other.main.states:
            line = drawn(other.main, years)
            figure.add_trace(step_line(other.convention.label, line, CONTEXT, 1.5))
            labels.append(_label(other, line, CONTEXT))
    traces, ends = subject_traces(subject, years)
    figure.add_traces(traces)
    labels += ends
    if not labels:
        return None
    label_ends(figure, labels, TOP, (HEIGHT - MARGINS) / (1 + BELOW), bgcolor=OVER_LINES)
    figure.update_xaxes(range=[-0.02 * years, years], title=SINCE[step], dtick=1)
    figure.update_yaxes(range=[-BELOW * TOP, TOP], ticksuffix="%", tickvals=[0, 25, 50, 75, 100])
    text = "; ".join(f"{label.text} at {label.x:.1f} years" for label in labels)
    return finish(
        figure,
        title=signing_title(subject) if step == "signature" else consent_title(subject),
        subtitle=f"{DID[step]}, to {short_day(subject.as_of)}; bar: "
        f"{first_step(subject.main, step)}; band: 95%; darker: day unsure, or by report; "
        "dotted: at least",
        alternative=f"Rising step curves, per cent, by {SINCE[step]}. At the end: {text}.",
        height=HEIGHT,
    ).update_layout(margin={"r": 150})


def subject_traces(subject: Waiting, years: float) -> tuple[list[go.Scatter], list[EndLabel]]:
    """Return the lines, bands and bar of the subject, and its labels."""
    name, line = subject.convention.label, drawn(subject.main, years)
    ends: tuple[Reading, Reading] = ("lower", "upper")
    lower, upper = (drawn(subject.complete[reading], years) for reading in ends)
    traces, labels = [], []
    if len(line) > 1:
        traces += region(lower[["x", "lower"]], upper[["x", "upper"]], 0.14, f"{name}, 95% band")
    if subject.complete_to is None:
        lower, upper = (drawn(subject.known[reading], years) for reading in ends)
    if not lower.equals(upper):  # some acts have no day, or are only reported
        last = max(lower["x"].max(), upper["x"].max())
        low, high = (pd.concat([part, part.tail(1).assign(x=last)]) for part in (lower, upper))
        traces += region(low[["x", "y"]], high[["x", "y"]], 0.3, f"{name}, possible")
    floor = drawn(subject.least_known, years)
    reports = drawn(subject.known["with_reports"], years)
    dotted = subject.beyond and subject.years_observed < years  # the list ends before the axis
    later = part_from(floor, subject.years_observed) if dotted else floor.head(0)
    reported = len(reports) > 0 and reports["y"].iloc[-1] > floor["y"].iloc[-1]
    if reported:
        x, y = reports[["x", "y"]].iloc[-1].tolist()
        traces.append(step_line(f"{name}, with reports", reports, REPORTED, 2.5, "dash"))
        labels.append(EndLabel(f"{_percent(y / 100)} with reports", x, y, REPORTED))
    if len(line):
        if line["y"].iloc[0] > 0:
            traces.append(first_step_bar(subject, float(line["y"].iloc[0])))
        traces.append(step_line(name, line, SUBJECT, 3))
    if len(later):
        traces.append(step_line(f"{name}, at least", later, SUBJECT, 3, "dot"))
    end = later if len(later) else line
    if len(end):
        none = "none confirmed" if reported else "none certain"
        labels.append(_label(subject, end, SUBJECT, none))
    return traces, labels


def _label(waiting: Waiting, line: pd.DataFrame, colour: str, none: str = "0%") -> EndLabel:
    is_subject, (x, y) = colour == SUBJECT, line[["x", "y"]].iloc[-1].tolist()
    value = _percent(y / 100)
    if is_subject and waiting.beyond and x > waiting.years_observed:
        value = f"at least {value}" if y else none
    return EndLabel(f"{waiting.convention.label} {value}", x, y, colour, bold=is_subject)


AGES: Mapping[Step, tuple[float, ...]] = {  # years; 0 is the first day
    "signature": (0, 1 / 12, 0.5, 1, 1.5, 2, 3),
    "consent": (0, 1, 2, 3, 4, 5, 7, 10),
}
WHAT: Mapping[Step, str] = {"signature": "signed", "consent": "consented"}


def at_risk_view(waiting: Waiting) -> Table:
    """Show the numbers under a curve: at risk, and acted by then, with interval and bounds."""
    main, what = waiting.main, WHAT[waiting.step]
    last = (waiting.as_of - waiting.convention.opens).days
    last = last if waiting.beyond else min(last, main.observed)
    days = [round(years * YEAR) for years in AGES[waiting.step]]
    heads = ["When", "At risk", f"Have {what}", "95% interval", "Bounds"]
    frame = pd.DataFrame([_row(waiting, day) for day in days if day <= last], columns=heads)
    caption = f"{waiting.convention.short_title}: numbers at risk by {SINCE[waiting.step]}"
    return Table(frame, f"{caption}, as of {long_day(waiting.as_of)}")


def _row(waiting: Waiting, day: int) -> tuple[str, ...]:
    main, after = waiting.main, waiting.main.first_days
    when, day = (first_step(main, waiting.step), after - 1) if day == 0 else (_age(day), day)
    share = main.share(min(day, main.observed) if day < after else day)
    if share is None or not main.states:
        least = waiting.least_known.share(day)
        text = f"at least {_percent(least.value)}" if least and least.value else "none certain"
        return when, NOT_KNOWN, text, NOT_KNOWN, f"lower bound {_bounds(waiting.known, day)}"
    at_risk = main.states if day < after else main.at_risk(day)
    interval = f"{_percent(share.lower)} to {_percent(share.upper)}" if share.value else ""
    return when, str(at_risk), _percent(share.value), interval, _bounds(waiting.complete, day)


def compared_view(waits: Sequence[Waiting]) -> Table:
    """Show the first step and the median of each convention, the subject first."""
    step, rows = waits[0].step, []
    longest = max((waiting.main for waiting in waits), key=lambda main: main.first_days)
    for waiting in waits:
        main, half, convention = waiting.main, waiting.half, waiting.convention
        first, states, interval = _first(main), main.states or NOT_KNOWN, ""
        if main.first_days < longest.first_days:
            first += f", in {numeral(main.first_days)}"
        if isfinite(half.value) and not main.joint:
            interval = span(half.lower, half.upper)
        acted = main.acted if main.states else NOT_KNOWN
        unsigned = waiting.never_signed if convention.signatories_listed else NOT_KNOWN
        row = convention.short_title, states, first, _median(waiting), interval, acted
        rows.append((*row, waiting.complete_to, unsigned))
    heads = ["Convention", "States", capitalised(within_first(longest, step))]
    heads += ["Half within", "95% interval"]
    heads += [f"{capitalised(WHAT[step])} while followed", "List complete to"]
    frame = pd.DataFrame(rows, columns=[*heads, "Consented without signing"], dtype="object")
    if step == "signature":
        return Table(frame[heads], "From opening to signature")
    return Table(frame, "From signature to consent")


def groups_view(signing: Waiting, consent: Waiting) -> Table:
    """Show both steps by United Nations regional group."""
    named, consents, rows = signing.convention.signatories_listed, consent.groups(), []
    for name, part in signing.groups().items():
        known, later = part.least_known, consents.get(name)
        acted = [later.least_known.acted, _reported(later), _median(later)] if later else []
        signed = known.acted if named else NOT_KNOWN
        rows.append((name, known.states, _first(part.main), signed, *(acted or [NOT_KNOWN] * 3)))
    heads = [
        "Group", "States", f"Signed {within_first(signing.main, 'signature')}",
        "Known to have signed", "Known to have consented", "By report",
        "Half consented within",
    ]  # fmt: skip
    caption = "By United Nations regional group; a few states are in none"
    return Table(pd.DataFrame(rows, columns=heads), caption)


def _first(estimate: Estimate) -> str:
    if not estimate.states:
        return NOT_KNOWN
    return f"{estimate.acted_first} ({percent(estimate.acted_first, estimate.states)})"


def _median(waiting: Waiting) -> str:
    main = waiting.main
    if not main.states:
        return NOT_KNOWN
    late, early = main.median().value, waiting.complete["upper"].median().value
    if main.joint:
        what = WHAT[waiting.step]
        return f"{main.joint} of {main.acted} {what} in one fortnight, after {duration(late)}"
    return span(early, late) if isfinite(late) else "not reached"


def _age(day: int) -> str:
    """Return an age of `AGES` in words."""
    if day < YEAR / 4:
        return counted(day, "day")
    years = round(day / YEAR, 1)
    return f"{years:g} {'year' if years == 1 else 'years'}"


def _bounds(readings: Mapping[Reading, Estimate], day: int) -> str:
    lower, upper = (readings[reading].share(day) for reading in ("lower", "upper"))
    if lower is None:
        return NOT_KNOWN
    if upper is None:  # all had acted, or were observed no longer, by the shortest waits
        return f"{_percent(lower.value)} or more"
    low, high = _percent(lower.value), _percent(upper.value)
    return low if low == high else f"{low} to {high}"


def _percent(share: float) -> str:
    return percent(round(share, 9), 1)
