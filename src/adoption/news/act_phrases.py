"""Changed acts in plain words, one line a change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adoption.news.kinds import ADDED, REMOVED, Act, ActChange, Differences
from adoption.news.reach import why_removed
from adoption.words import long_day, when_long

UNGRADED = "without a grade"


def act_line(change: ActChange, differences: Differences) -> str:
    """Return what changed of an act, without a full stop.

    Examples
    --------
    >>> from adoption.news.kinds import ActChange, Differences
    >>> day = date(2026, 2, 10)
    >>> was = Act("hanoi", "AZE", "ratification", "Azerbaijan", day, day, day, grade="reported")
    >>> now = Act("hanoi", "AZE", "ratification", "Azerbaijan", day, day, day, grade="confirmed")
    >>> act_line(ActChange(was, now), Differences())
    'Azerbaijan: ratification of 10 February 2026 now confirmed (was reported)'
    >>> act_line(ActChange(now, None), Differences())
    'Azerbaijan: ratification of 10 February 2026 no longer in the record; why is not known'
    """
    act = change.act
    state = differences.state(act)
    if change.change == ADDED:
        return f"{state}: {act_in_words(act)}{in_brackets(act)}"
    if change.change == REMOVED:
        return f"{state}: {act_in_words(act)} {why_removed(change, differences)}"
    told = changed_in_words(change)
    return f"{state}: {act.act} {day_of(act)}{_joint(told)}{told}"


def changed_act(change: ActChange) -> str:
    """Return an act that is on both sides with what changed of it, without its participant.

    Examples
    --------
    >>> from adoption.news.kinds import ActChange
    >>> old, new = date(2026, 6, 1), date(2029, 3, 1)
    >>> was, now = (Act("hanoi", "AZE", "accession", "", day, day, day) for day in (old, new))
    >>> changed_act(ActChange(was, now))
    'accession of 1 March 2029 (was 1 June 2026)'
    """
    old, act = change.old or change.act, change.act
    before, told = _earlier_day(old, act), _told(old, act)
    words = f"{act.act} {day_of(act)}{f' {before}' if before else ''}"
    words += ", superseded" if old.superseded and act.superseded else ""
    return f"{words}: {told}" if told else words


def _joint(told: str) -> str:
    return " " if told.startswith(("(", "now ")) else ", "


def act_in_words(act: Act) -> str:
    """Return an act with its day or window: ratification of 10 February 2026."""
    return f"{act.act} {day_of(act)}{', superseded' if act.superseded else ''}"


def day_of(act: Act) -> str:
    """Return the day or window of an act as it follows its name.

    Examples
    --------
    >>> day_of(Act("hanoi", "QAT", "ratification", earliest=date(2026, 2, 1),
    ...            latest=date(2026, 2, 28)))
    'in February 2026'
    >>> day_of(Act("hanoi", "QAT", "ratification"))
    'of a day not known'
    """
    if act.date:
        return f"of {long_day(act.date)}"
    return _window(act) or "of a day not known"


def _window(act: Act) -> str:
    if act.earliest and act.latest:
        written = when_long(act.earliest, act.latest, act.open_ended)
    elif act.earliest:
        written = when_long(act.earliest, date.max, open_ended=True)
    else:
        written = f"on {long_day(act.latest)} or before" if act.latest else ""
    return f"of {written.removeprefix('on ')}" if written.startswith("on ") else written


def in_brackets(act: Act) -> str:
    """Return grade and source of an act in brackets, as far as there are any."""
    told = ", ".join(filter(None, (act.grade, act.source and f"source {act.source}")))
    return f" ({told})" if told else ""


def changed_in_words(change: ActChange) -> str:
    """Return what changed of an act that is on both sides, what matters most first."""
    old, new = change.old, change.new
    if old is None or new is None:
        return ""
    before, told = _earlier_day(old, new), _told(old, new)
    return f"{before}{_joint(told)}{told}" if before and told else before or told


def _told(old: Act, new: Act) -> str:
    """Return what changed of an act beside its day or window."""
    return "; ".join([*_grade_changed(old, new), *_window_changed(old, new), *_noted(old, new)])


def _earlier_day(old: Act, new: Act) -> str:
    """Return the earlier day or window where one day or window has become another."""
    if old.date and new.date and old.date != new.date:
        return f"(was {long_day(old.date)})"
    moved = not old.date and not new.date and _window(old) != _window(new)
    return f"(was {_bare(old)})" if moved else ""


def _grade_changed(old: Act, new: Act) -> Iterator[str]:
    if old.superseded != new.superseded:
        yield (
            "now in square brackets (it no longer stands)" if new.superseded else "now stands again"
        )
    if old.grade != new.grade:
        yield f"now {new.grade or UNGRADED} (was {old.grade or UNGRADED})"


def _window_changed(old: Act, new: Act) -> Iterator[str]:
    if new.date and not old.date:
        yield f"window closed (was {_bare(old)})"
    elif old.date and not new.date:
        yield f"day no longer known (was {long_day(old.date)})"
    elif old.date and old.date == new.date and _window(old) != _window(new):
        yield f"window now {_bare(new)} (was {_bare(old)})"
    elif old.open_ended != new.open_ended and _window(old) == _window(new):
        yield "window now open-ended" if new.open_ended else "window no longer open-ended"


def _noted(old: Act, new: Act) -> Iterator[str]:
    if old.participant != new.participant:
        yield f"printed as {new.participant} (was {old.participant})"
    if old.source != new.source:
        yield f"source now {new.source or 'none'} (was {old.source or 'none'})"
    if old.note != new.note:
        yield "note changed" if new.note else "note removed"
    if old.open_ended and new.open_ended and old.latest != new.latest and new.latest:
        yield f"record compiled on {long_day(new.latest)}"


def _bare(act: Act) -> str:
    return _window(act).removeprefix("of ").removeprefix("in ") or "not known"
