"""A convention on a day: who has signed, who has ratified, and what that means for its force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

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
    span,
    when_long,
)
from adoption.law.conventions import REACH_DAYS, Convention
from adoption.law.curves import Measure, cumulative
from adoption.law.evidence import published_total
from adoption.law.panel import CONSENTED, IN_FORCE, NO_ACT, POSSIBLY_WITHDRAWN, SIGNED, WITHDRAWN
from adoption.law.rules import ordinal, window_in_words
from adoption.law.spells import History, load_history
from adoption.show.answers import Answer, rows_of
from adoption.show.charts import EndLabel, label_ends, mark_day, note, shade, steps
from adoption.show.table import NOT_KNOWN, Table, badge, besides, described, when
from adoption.show.theme import (
    BOUND,
    BOUND_REPORTED,
    CONTEXT,
    INK,
    MARGINS,
    MUTED,
    PAPER,
    STATUS_COLOURS,
    css_colour,
    finish,
    status_classes,
)

if TYPE_CHECKING:
    from adoption.law.status import Count, Status

HEIGHT = 480
SHORTEST_AXIS = pd.Timedelta(days=14)
REPORTED = "consents with reports"
REACH = {  # of a list of acts: its colour in a strip, how dark it is in a chart, its words there
    "complete": (MUTED, 0.0, ""),
    "nearly complete": (CONTEXT, 0.05, "nearly<br>complete"),
    "partial": (STATUS_COLOURS[NO_ACT], 0.14, "list partial"),
    "may lack acts": (STATUS_COLOURS[NO_ACT], 0.14, "may lack acts"),
    "nothing known": (PAPER, 0.28, "nothing known"),
}
SINGULAR = {"consents": "consent", REPORTED: "consent with reports", "signatories": "signatory"}


def withdrawals(participants: pd.DataFrame) -> str:
    """Say how many have withdrawn, as a clause; no text where nobody has or may have."""
    gone = participants["status"] == WITHDRAWN
    number, reported = int(gone.sum()), int((gone & participants["grade"].eq("reported")).sum())
    maybe, text = int(participants["status"].eq(POSSIBLY_WITHDRAWN).sum()), ""
    if number:
        text = f"; not counted: {numeral(number)} that withdrew"
        text += f", {numeral(reported)} by report only" if reported else ""
    return text + (f"; {numeral(maybe)} may have withdrawn" if maybe else "")


def status_title(status: Status, what: str = "") -> str:
    """Return the finding of a status as a title: who signed, who has ratified.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> status_title(load_status("hanoi", date(2025, 10, 26)))
    '72 participants have signed; no ratification is known'
    """
    return f"{_signed(status, what)}; {_bound(status)}{withdrawals(status.participants)}"


def status_sentence(status: Status) -> str:
    """Say who has signed, who has ratified, and since when it is in force or what it needs.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> status_sentence(load_status("hanoi", date(2025, 10, 26))).split("; ")[1]
    'no ratification is known. It needs 40 instruments.'
    """
    return f"{status_title(status, f' the {status.convention.short_title}')}. {_force(status)}"


def reported_beyond(status: Status, measure: Measure, what: str = "") -> str:
    """Say how many are reported where that is more than are named; no text elsewhere.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> reported_beyond(load_status("nuclear-terrorism", date(2025, 6, 1)), "parties")
    '127 parties are reported, 120 named here'
    """
    count = status.signatories if measure == "signatories" else status.parties
    total = published_total(status.convention, measure, status.as_of)
    if total is None or total.number <= count.possible:
        return ""
    named = _named(count)
    if measure == "signatories":
        more = "" if status.convention.is_closed(status.as_of) else " or more"
        return f"{total.number}{more} participants are reported to have signed{what}, {named}"
    noun = "parties" if status.in_force else "consents to be bound"
    return f"{total.number} {noun} are reported, {named}"


def _named(count: Count) -> str:
    return f"{count.lower} named here" if count.lower else "none named"


def _signed(status: Status, what: str = "") -> str:
    if beyond := reported_beyond(status, "signatories", what):
        return beyond
    lower, upper = status.signatories.lower, status.signatories.possible
    if not status.convention.signatories_listed:
        named = what.removeprefix(" the ")
        return f"{named}: signatories not known" if named else "Signatories not known"
    number = span(lower, upper, not status.signatures_may_be_missing)
    number = number if lower or not upper else f"up to {upper}"
    who = "participant has" if lower == upper == 1 else "participants have"
    return f"{capitalised(number)} {who} signed{what}"


def _bound(status: Status) -> str:
    """Say who is bound, or before entry into force has consented to be."""
    if beyond := reported_beyond(status, "parties"):
        return beyond
    lower, upper = status.parties.lower, status.parties.possible
    only_reports = status.parties.possible_by_grade["reported"] == upper
    if upper == 0:
        return f"no {'party' if status.in_force else 'ratification'} is known"
    by_report = ", by report only" if only_reports else ""
    if lower == 0:
        may = "be parties" if status.in_force else "have ratified"
        return f"up to {upper} may {may}{by_report}"
    number = numeral(lower) if lower == upper or status.beyond_reach else f"{lower} to {upper}"
    is_single = lower == upper == 1
    if only_reports:  # acts are named by their kind where all are of one
        bound = status.participants["status"].isin((CONSENTED, IN_FORCE))
        kinds = status.participants.loc[bound, "act"].unique()
        kind = kinds[0] if len(kinds) == 1 else "consent"
        consents = f"{kind} is" if is_single else f"{kind}s are"
        return f"{number} {consents} reported, none is confirmed"
    done = f"{'has' if is_single else 'have'} consented to be bound"
    if status.in_force:
        done = "is a party" if is_single else "are parties"
    reported = status.parties.by_grade["reported"]
    by_report = f", {numeral(reported)} by report only" if reported else ""
    return f"{'at least ' if status.beyond_reach else ''}{number} {done}{by_report}"


def _force(status: Status) -> str:
    """Say since when the convention is in force, or what it needs."""
    window = status.entry_into_force
    if window is None:
        return f"It needs {status.convention.threshold} instruments."
    if window.day is not None:
        return f"{_in_force(status)}."
    if status.in_force:
        return f"In force since {window.latest:%B %Y} at the latest; the day is not known."
    return f"In force from {window.earliest.year} at the earliest."


def force_since(status: Status, name: str = "It") -> str:
    """Say since when a convention is in force, as a clause."""
    begins = "has been in force since" if status.in_force else "enters into force on"
    return f"{name} {begins} {_force_day(status)}"


def force_sentence(status: Status, name: str = "It") -> str:
    """Say since when a convention is in force, and after which deposit.

    Examples
    --------
    >>> from datetime import date
    >>> from adoption.law.status import load_status
    >>> force_sentence(load_status("untoc", date(2003, 7, 15)))
    'It enters into force on 29 September 2003, after the deposit of the 40th instrument on \
1 July 2003.'
    """
    nth: Any = status.nth_instrument
    deposit = f"the {ordinal(status.convention.threshold)} instrument"
    when = when_long(nth.earliest, nth.latest)
    return f"{force_since(status, name)}, after the deposit of {deposit} {when}."


def _in_force(status: Status) -> str:
    return f"In force {'since' if status.in_force else 'from'} {_force_day(status)}"


def _force_day(status: Status) -> str:
    window: Any = status.entry_into_force
    left = withdrawn_before(status)
    more = f" ({left})" if left else ""
    return f"{'a day ' if window.day is None else ''}{window_in_words(window)}{more}"


def withdrawn_before(status: Status) -> str:
    """Say who made up the threshold and withdrew before entry into force; no text elsewhere."""
    left = status.left_before_force.merge(status.participants[["iso3", "name"]], on="iso3")
    reported = left["ends_grade"].eq("reported").map({True: ", by report only", False: ""})
    names = listed((left["name"] + reported).tolist())
    return f"withdrawn before then: {names}" if names else ""


def _reach(history: History, as_of: date) -> Iterator[tuple[str, date, date]]:
    """Give how well the acts by a day are known, and from which day to which; see `REACH`."""
    opens, begins = history.convention.opens, history.spells["begins_earliest"]
    days = [getattr(history.convention, name) for name in REACH_DAYS]
    list_ends = max(filter(None, days), default=opens)
    later = begins.between(pd.Timestamp(list_ends), pd.Timestamp(as_of), "right").any()
    start = opens - timedelta(days=1)
    for text, day in zip(REACH, [*days, as_of if later else None, as_of], strict=True):
        if day and start < min(day, as_of):
            yield text, max(start, opens), min(day, as_of)
            start = day


def reach_strip(convention: Convention, as_of: date) -> str:
    """Return how far a list of acts reaches by a day: a strip, with a key of its shades."""
    per_day = 380 / max((as_of - convention.opens).days, 1)
    parts = keys = ""
    for text, start, day in _reach(load_history(convention.convention), as_of):
        left, wide = (start - convention.opens).days * per_day, max((day - start).days, 3) * per_day
        fill = f'fill="{css_colour(REACH[text][0])}"'
        parts = f'<rect x="{left:.1f}" width="{wide:.1f}" height="9" {fill}/>{parts}'
        mark = f'<rect x="1" y="1" width="12" height="12" {fill} stroke="{css_colour(MUTED)}"/>'
        mark = f'<svg viewBox="0 0 14 14" aria-hidden="true">{mark}</svg>'
        keys += f"<li>{mark} {text} to {short_day(day)}</li>"
    return (
        '<div class="current"><svg class="bar" viewBox="0 0 380 9" preserveAspectRatio="none" '
        f'aria-hidden="true">{parts}</svg>\n<ul class="legend"><li>The list of acts from '
        f"{short_day(convention.opens)}:</li>{keys}</ul></div>"
    )


def curve_title(status: Status) -> str:
    """Return the finding of the curve by day."""
    if status.entry_into_force is not None:
        parties = status.parties
        number = span(parties.lower, parties.possible, not status.beyond_reach)
        noun = "party" if number == "1" else "parties"
        gone = withdrawals(status.participants)
        return f"{_in_force(status)}; {number} {noun} by {long_day(status.as_of)}{gone}"
    frame = status.participants
    if status.convention.excludes_reio:
        frame = frame[frame["kind"] != "organization"]
    gone, count = withdrawals(frame), status.counted
    of = f"of the {status.convention.threshold} instruments needed"
    if count.possible == 0:
        return f"None {of} is known{gone}"
    number, verb = f"{count.lower} to {count.possible}", "are"
    if count.lower == count.possible:
        number, verb = capitalised(numeral(count.lower)), is_are(count.lower)
    if count.possible_by_grade["reported"] == count.possible:
        return f"{number} {of} {verb} reported, none is confirmed{gone}"
    sure = "" if count.confirmed == count.lower else f", {count.confirmed or 'none'} confirmed"
    return f"{number} {of} {verb} known{sure}{gone}"


def signatories_figure(status: Status) -> str:
    """Return the number of signatories, as a lower bound where the list may lack some."""
    return f"{status.signatories.lower}{'+' if status.signatures_may_be_missing else ''}"


def parties_figure(status: Status) -> str:
    """Return the number of parties, as a lower bound where the list may lack some.

    Before entry into force it is that of consents to be bound, and those only reported stand apart.
    """
    more = "+" if status.beyond_reach else ""
    reported = status.parties.by_grade["reported"] if status.entry_into_force is None else 0
    sure = status.parties.lower - reported
    parts = [f"{sure}{more}" if sure else "", f"{reported} reported" if reported else ""]
    return ", ".join(filter(None, parts)) or ("none known" if more else "0")


def parties_label(status: Status) -> str:
    """Return what `parties_figure` counts."""
    consents = "consent to be bound" if status.parties.lower == 1 else "consents to be bound"
    return "parties" if status.entry_into_force is not None else consents


def participants_sentence(status: Status) -> str:
    """Say once how the participants, the states and the members of the United Nations differ.

    They are those known to have signed; where the convention is in force, or no source names the
    signatories, the parties.
    """
    signed = status.entry_into_force is None and status.convention.signatories_listed
    count, noun = status.parties, parties_label(status)
    if signed:
        count, noun = status.signatories, "signatories"
    known = count.rows().query("certain")["iso3"]
    frame = status.participants[status.participants["iso3"].isin(known)]
    others = frame[frame["kind"] == "organization"].to_dict("records")
    members = int((frame["kind"] == "member").sum())
    states = counted(len(frame) - len(others), "state")
    named = listed([states, *(in_sentence(row["name"], row["article"]) for row in others)])
    who = f": {named}" if others else ", all of them states"
    text = f"{len(frame):,} {noun} known{who}. {members:,} are members of the United Nations."
    if members == len(frame):
        text = f"{members:,} {noun} known, all members of the United Nations."
    classes = Counter(status_classes(frame)).most_common()
    if len(classes) > 1:
        text += f" By status: {listed([f'{number:,} {name}' for name, number in classes])}."
    total = published_total(status.convention, "signatories" if signed else "parties", status.as_of)
    if total is not None and total.number > len(frame):
        text += f" Others report {total.number:,}."
    return text


def status_counts(status: Status) -> tuple[tuple[str, str], ...]:
    """Return the clauses of a sentence about a status that are counts, and their rows."""
    about = f"convention:{status.convention.convention}"
    counts = []
    if status.convention.signatories_listed and status.signatories.lower:
        words = _named(status.signatories) if reported_beyond(status, "signatories") else ""
        counts.append((words or _signed(status), rows_of(about, act=["signature"])))
    if status.parties.lower:
        words = _named(status.parties) if reported_beyond(status, "parties") else ""
        counts.append((words or _bound(status), rows_of(about, status=[BOUND, BOUND_REPORTED])))
    return tuple(counts)


def status_answer(status: Status) -> Answer:
    """Answer who has signed, and who is a party or has consented to be bound."""
    convention = status.convention
    key, label = signatories_figure(status), "signatories known"
    if status.in_force or not convention.signatories_listed:
        key, label = parties_figure(status), f"{parties_label(status)} known"
    what = f"who has signed, who {'is a party' if status.in_force else 'has ratified'}"
    text, counts = status_sentence(status), status_counts(status)
    return Answer.of(convention, what, status.as_of, text, key, label, counts)


@remembered
def load_status_answer(convention: str, as_of: date) -> Answer:
    """Return the answer of a convention of the registry on a day, from the processed tables."""
    from adoption.law.status import load_status

    return status_answer(load_status(convention, as_of))


def doubtful_table(status: Status) -> Table:
    """Show the acts that are not confirmed, or that may have happened by the day."""
    frame = status.participants
    doubtful = frame["grade"].isin(["reported", "inferred"]) | frame["possible"].notna()
    doubtful |= frame["approved_at_home"].notna()
    columns = {
        "Participant": "name",
        "Shown as": badge,
        "Act": lambda row: "; ".join(filter(pd.notna, (row["act"], *besides(row)))),
        "Day": when,
        "Grade": lambda row: row["grade"] if pd.notna(row["grade"]) else NOT_KNOWN,
        "Why": lambda row: row["note"] if pd.notna(row["note"]) else "",
    }
    rows = frame[doubtful].sort_values(["grade", "name"])
    caption = "Acts by one report, acts of an inferred day, and approvals at home"
    return described(rows, columns, caption)


def adoption_curve(history: History, as_of: date, title: str) -> go.Figure:
    """Draw signatures and consents by day, with bounds, threshold and reach."""
    convention, periods = history.convention, history.consents
    bound = cumulative(periods[periods["grade"] != "reported"], convention.opens, as_of)
    series = [("consents", bound, BOUND, "solid")]
    with_reports = cumulative(periods, convention.opens, as_of)
    if int(with_reports["upper"].iloc[-1]) > int(bound["upper"].iloc[-1]):
        first = periods.loc[periods["grade"] == "reported", "begins_earliest"].min()
        day = with_reports["day"]
        with_reports = with_reports[day >= day[day < first].max()]  # before, the curves are one
        series.append((REPORTED, with_reports, BOUND_REPORTED, "dash"))
    if convention.signatories_listed:
        signed = cumulative(history.signatures, convention.opens, as_of)
        series.append(("signatories", signed, SIGNED, "solid"))
    figure, labels, highest = go.Figure(), list[EndLabel](), [convention.threshold]
    for name, curve, drawn_as, dash in series:
        colour = STATUS_COLOURS[drawn_as]
        figure.add_traces(steps(name, curve["day"], curve, colour, dash=dash))
        end = _end(curve, name, name == REPORTED or convention.is_complete(name, as_of))
        labels.append(EndLabel(end, as_of.isoformat(), curve["lower"].iloc[-1], colour))
        highest.append(int(curve["upper"].max()))
    top, text = 1.12 * max(highest), "; ".join(label.text for label in labels)
    if len(series) > 1 and series[1][0] == REPORTED and not bound["upper"].iloc[-1]:
        labels = labels[1:]  # the curve with reports would strike it out
    needed = counted(convention.threshold, "instrument") + " needed"
    labels.append(EndLabel(needed, as_of.isoformat(), convention.threshold, INK))
    figure.add_hline(y=convention.threshold, line={"color": INK, "width": 1, "dash": "dot"})
    shade_reach(figure, history, as_of)
    opens = pd.Timestamp(convention.opens)
    length = max(_mark_closing(figure, convention, as_of, top) - opens, SHORTEST_AXIS)
    figure.update_xaxes(range=[opens - length * 0.02, opens + length * 1.04], title="day")
    title_y, left = "participants, cumulative", ""
    if (periods["ends_earliest"] <= pd.Timestamp(as_of)).any():
        title_y, left = "participants", "; one that withdraws is counted no more"
    figure.update_yaxes(range=[0, top], title=title_y)
    anchor = "right" if pd.Timestamp(as_of) - opens > length / 2 else "left"
    label_ends(figure, labels, top, HEIGHT - MARGINS, xanchor=anchor)
    return finish(
        figure,
        title=title,
        subtitle=f"Participants by day, to {long_day(as_of)}; a band means that days are not known"
        f"{left}",
        alternative=f"Step curves from {long_day(convention.opens)} to {long_day(as_of)}. At the "
        f"end: {text}. Threshold: {convention.threshold} instruments.",
        height=HEIGHT,
    )


def _end(curve: pd.DataFrame, what: str, complete: bool) -> str:
    """Return the last count of a curve; where acts may be missing, as a lower bound."""
    lower, upper = (int(curve[end].iloc[-1]) for end in ("lower", "upper"))
    if not upper:
        return f"no {what}" if complete else f"no confirmed {what}"
    number = span(lower, upper, complete) if lower else f"up to {upper}"
    return f"{number} {SINGULAR[what] if upper == 1 else what}"


def shade_reach(figure: go.Figure, history: History, as_of: date) -> None:
    """Shade the days for which the list is not complete, the darker the less is known."""
    for text, start, end in _reach(history, as_of):
        _, opacity, words = REACH[text]
        if words:
            shade(figure, start, end, opacity)
            note(figure, x=start.isoformat(), y=1, text=words)


def _mark_closing(
    figure: go.Figure, convention: Convention, as_of: date, top: float
) -> pd.Timestamp:
    """Mark the last day for signature, unless it is far ahead; return the end of the axis.

    Beside a day near the end there is room for its words on a small screen.
    """
    closes = convention.closes
    if closes is None or closes - as_of > as_of - convention.opens:
        return pd.Timestamp(as_of)
    verb = "closed" if convention.is_closed(as_of) else "closes"
    height = 0.2 if 0.3 < convention.threshold / top < 0.7 else 0.5  # clear of the threshold's line
    upwards = {"textangle": -90, "yanchor": "middle", "align": "center"}
    mark_day(figure, closes, height, f"{verb} for signature<br>{short_day(closes)}", **upwards)
    return pd.Timestamp(max(closes + (closes - convention.opens) * 0.09, as_of))
