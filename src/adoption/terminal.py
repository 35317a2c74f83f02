"""A status and a forecast as text for a terminal, as a list in CSV, and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.data.write import without_formulas
from adoption.law.rules import Window, ordinal
from adoption.law.status import Count
from adoption.tables import certain_by
from adoption.words import (
    act_in_words,
    by_grade,
    capitalised,
    chance_in_words,
    counted,
    listed,
    long_day,
    when_short,
    window_in_words,
)

if TYPE_CHECKING:
    from datetime import date

    from adoption.forecasting.convention import ConventionForecast
    from adoption.forecasting.forecast import Forecast
    from adoption.law.status import Status

LATER = "the list of acts ends before; totals, reports and their silence since are weighed"


def plain(status: Status) -> dict[str, Any]:
    """Return the figures for a machine; days as ISO text, what is not known as None."""

    def day(window: Window | None) -> str | None:
        return window.day.isoformat() if window and window.day else None

    def ends(window: Window | None) -> list[str] | None:
        if window is None:
            return None
        return [window.earliest.isoformat(), window.latest.isoformat()]

    counts = {
        "signatories": status.signatories if status.convention.signatories_listed else None,
        "parties": status.parties,
        "counted": status.counted,
    }
    known = {name: count for name, count in counts.items() if count}
    bounds = {name: [count.lower, count.upper] for name, count in known.items()}
    convention = status.convention
    closes, complete_to = convention.closes, convention.complete_to
    return {
        "convention": convention.convention,
        "title": convention.title,
        "as_of": status.as_of.isoformat(),
        **{name: count.lower if count else None for name, count in counts.items()},
        "closes": closes.isoformat() if closes else None,
        "open_for_signature": convention.opens <= status.as_of
        and not convention.is_closed(status.as_of),
        "threshold": convention.threshold,
        "remaining": status.remaining,
        "remaining_if_confirmed_only": status.remaining_if_confirmed_only,
        "nth_instrument": day(status.nth_instrument),
        "nth_instrument_window": ends(status.nth_instrument),
        "nth_participants": list(status.nth_participants),
        "nth_grade": status.nth_grade,
        "entry_into_force": day(status.entry_into_force),
        "entry_into_force_window": ends(status.entry_into_force),
        "in_force": _in_force(status),
        "complete_to": complete_to.isoformat() if complete_to else None,
        "by_grade": {name: count.by_grade for name, count in known.items()},
        "bounds": bounds | {"remaining": [status.least_remaining, status.remaining]},
        "beyond_reach": status.beyond_reach,
        "reach": convention.reach,
    }


def _in_force(status: Status) -> bool | None:
    """Return whether the convention is in force; None where nobody can know."""
    force = status.entry_into_force
    if status.in_force or status.as_of < status.convention.opens:
        return status.in_force
    if force is None:  # enough instruments may be there, unseen or without a day
        return None if not status.least_remaining else False
    return None if force.earliest <= status.as_of else False


def status_in_text(status: Status) -> str:
    """Return the figures of a status, one a line, with what is not known."""
    convention = status.convention
    signature = convention.signature_in_words(status.as_of).removeprefix("is ")
    lines = [
        f"{convention.title} ({convention.reference}) as of {long_day(status.as_of)}",
        _line("signatories", _count(status.signatories, status.signatures_may_be_missing)
              if convention.signatories_listed
              else "not named in any source seen"),
        _line("parties" if status.in_force else "consents",
              _count(status.parties, status.beyond_reach)),
        _line("counted", f"{_count(status.counted, status.beyond_reach)} "
                         f"of {convention.threshold}"),
        _line("remaining", _remaining(status)),
        _line(f"{ordinal(convention.threshold)} instrument", _nth(status)),
        _line("entry into force", _force(status)),
        _line("rule", capitalised(convention.rule_in_words())),
        *([_line("signature", capitalised(signature))] if signature else []),
        _line("complete to", long_day(convention.complete_to) if convention.complete_to
              else "no day"),
        _line("reach", convention.reach),
    ]  # fmt: skip
    if status.beyond_reach:
        lines.append(
            _line("warning", "the day lies beyond the reach of the list: acts may be missing")
        )
    return "\n".join(lines)


def list_in_text(status: Status, acts: pd.DataFrame) -> str:
    """Return who did what and when, a line an act; below it what may have been done by the day."""
    certain = acts["latest"] <= pd.Timestamp(status.as_of)
    lines = [
        (
            row["name"],
            act_in_words(row["act"]),
            when_short(row["earliest"], row["latest"], row["open_ended"]),
            row["grade"],
            row["region"] if pd.notna(row["region"]) else "organisation",
        )
        for row in acts[certain].to_dict("records")
    ]
    lines.insert(0, ("participant", "act", "day", "grade", "region"))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    may = [
        f"{row['name']} ({act_in_words(row['act'])})" for row in acts[~certain].to_dict("records")
    ]
    return f"{text}\npossible by then: {listed(may)}" if may else text


def list_in_csv(status: Status, acts: pd.DataFrame) -> str:
    """Return the acts that had been done by the day as CSV.

    Its columns are iso3, name, act, date (empty where only a window is known), earliest, latest,
    grade, region (empty for an organization) and source. No text is a formula to a spreadsheet.
    """
    done = without_formulas(certain_by(acts, status.as_of).drop(columns="open_ended"))
    return done.to_csv(index=False, lineterminator="\n")


def _line(name: str, text: str) -> str:
    return f"  {name:<17} {text}"


def _count(count: Count, acts_may_be_missing: bool) -> str:
    least = "at least " if acts_may_be_missing and count.lower else ""
    possible = count.possible - count.lower
    texts = [by_grade(count.by_grade), f"{possible} more possible" if possible else ""]
    texts = [part for part in texts if part]
    return f"{least}{count.lower} ({', '.join(texts)})" if texts else f"{least}{count.lower}"


def _remaining(status: Status) -> str:
    if status.remaining == status.remaining_if_confirmed_only:
        return str(status.remaining)
    return f"{status.remaining} ({status.remaining_if_confirmed_only} if only confirmed count)"


def _nth(status: Status) -> str:
    if status.nth_instrument is None:
        return "not known to be deposited"
    who = f" by {', '.join(status.nth_participants)}" if status.nth_participants else ""
    return f"{window_in_words(status.nth_instrument)}{who} ({status.nth_grade})"


def _force(status: Status) -> str:
    if status.entry_into_force is None:
        return "not known"
    return window_in_words(status.entry_into_force)


def forecast_in_text(found: ConventionForecast) -> str:
    """Return the figures of a forecast, one a line: combined, then both readings."""
    convention = found.convention
    lines = [
        f"{convention.title} ({convention.reference}) as of {long_day(found.as_of)}",
        _wide("rule", capitalised(convention.rule_in_words())),
        _wide("reach", convention.reach),
    ]
    if found.why_none:
        return "\n".join(
            [*lines, _wide("forecast", f"none is made: {found.why_none}"), *_known(found)]
        )
    start = found.watched("counted").total
    lines += [
        _wide("starts on", f"{long_day(found.made_on)} with {counted(start, 'consent')}"),
        _wide("learnt from", counted(len(found.pool), "treaty", "treaties")),
    ]
    if found.list_to < found.as_of:
        lines.append(_wide("warning", LATER))
    lines += _known(found)
    if not found.readings_differ:
        return "\n".join([*lines, "", *_figures(found, found.mixed)])
    chance = f"{found.reports_true:.0%}"
    for head, one in (
        (f"Combined: reported and undated acts are true with a chance of {chance}", found.mixed),
        ("If they are true", found.counted),
        ("If they are not", found.firm),
    ):
        lines += ["", head, *_figures(found, one)]
    return "\n".join(lines)


def _figures(found: ConventionForecast, forecast: Forecast) -> list[str]:
    nth = f"{ordinal(forecast.threshold)} instrument"
    if forecast.reached is not None:
        return [_wide(nth, f"deposited by {long_day(forecast.reached)}")]
    median, beyond = forecast.quantile(0.5), chance_in_words(1 - forecast.cdf(forecast.horizon))
    force, now = found.in_force(median), found.as_of
    what, chances = "in force", found.chances(forecast)
    if not found.by_law:
        what, chances = "deposit", forecast.by_year(now.year)
    unseen = [_wide("deposited, but not seen", chance_in_words(forecast.cdf(now)))]
    return [
        _wide(f"{nth}, median", _day(median, forecast, now)),
        *(
            _wide(
                f"{p}% interval",
                " to ".join(_day(end, forecast, now) for end in forecast.interval(p)),
            )
            for p in (50, 80, 95)
        ),
        *([_wide("entry into force, median", _day(force, forecast, now))] if found.by_law else []),
        *(unseen if found.made_on < now else []),
        *(
            _wide(f"{what} by end of {year}", chance_in_words(chance))
            for year, chance in chances.items()
        ),
        _wide(f"deposit after {forecast.horizon.year}", f"{beyond}, or never"),
    ]


def _known(found: ConventionForecast) -> list[str]:
    """Return what is known by the day asked about; at least that, where the list ends before."""
    least = "at least " if found.list_to < found.as_of or found.why_none else ""
    lines = []
    for reading in reversed(found.readings):
        consents, signatories = found.consents(reading), found.signatories(reading)
        text = f"{least}{counted(consents, 'consent')}" if consents else "no consent known"
        who = (
            "signatories not named in any source seen"
            if signatories is None
            else f"{least}{counted(signatories, 'signatory', 'signatories')}"
        )
        sure = (
            " without uncertain acts" if reading == "not counted" and found.readings_differ else ""
        )
        lines.append(_wide("known", f"{text}, {who}{sure}"))
    return lines


def _day(day: date | None, forecast: Forecast, now: date) -> str:
    if day is None:
        return f"after {forecast.horizon.year}"
    return "before now" if day <= now else long_day(day)


def _wide(name: str, text: str) -> str:
    return f"  {name:<24} {text}"
