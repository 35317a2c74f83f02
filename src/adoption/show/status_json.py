"""A status as plain values, for JSON."""

from __future__ import annotations

from typing import Any

from adoption.law.rules import Window
from adoption.law.status import Status


def status_json(status: Status) -> dict[str, Any]:
    """Return the figures of a status for JSON: days as ISO text, what is not known as None."""

    def day(window: Window | None) -> str | None:
        return window.day.isoformat() if window and window.day else None

    def ends(window: Window | None) -> list[str] | None:
        return [window.earliest.isoformat(), window.latest.isoformat()] if window else None

    convention, as_of = status.convention, status.as_of
    counts = {
        "signatories": status.signatories if convention.signatories_listed else None,
        "parties": status.parties,
        "counted": status.counted,
    }
    known = {name: count for name, count in counts.items() if count}
    bounds = {name: [count.lower, count.upper] for name, count in known.items()}
    closes, complete_to = convention.closes, convention.complete_to
    is_open = convention.opens <= as_of and not convention.is_closed(as_of)
    return {
        "convention": convention.convention,
        "title": convention.title,
        "as_of": as_of.isoformat(),
        **{name: count.lower if count else None for name, count in counts.items()},
        "closes": closes.isoformat() if closes else None,
        "open_for_signature": is_open,
        "threshold": convention.threshold,
        "remaining": status.remaining,
        "remaining_if_confirmed_only": status.remaining_if_confirmed_only,
        "nth_instrument": day(status.nth_instrument),
        "nth_instrument_window": ends(status.nth_instrument),
        "nth_participants": list(status.nth_participants),
        "nth_grade": status.nth_grade,
        "entry_into_force": day(status.entry_into_force),
        "entry_into_force_window": ends(status.entry_into_force),
        "in_force": status.known_in_force,
        "complete_to": complete_to.isoformat() if complete_to else None,
        "by_grade": {name: count.by_grade for name, count in known.items()},
        "bounds": bounds | {"remaining": [status.least_remaining, status.remaining]},
        "beyond_reach": status.beyond_reach,
        "reach": convention.reach,
    }
