"""A status as plain values, for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from adoption.core.observation import PublishedTotal
from adoption.law.rules import Window
from adoption.law.status import Status


def status_json(status: Status) -> dict[str, Any]:
    """Return the figures of a status for JSON: days as ISO text, what is not known as None."""

    def day(window: Window | None) -> str | None:
        return window.day.isoformat() if window and window.day else None

    def ends(window: Window | None) -> list[str] | None:
        return [window.earliest.isoformat(), window.latest.isoformat()] if window else None

    def total(published: PublishedTotal | None) -> dict[str, Any] | None:
        if published is None:
            return None
        return asdict(published) | {
            "day": published.day.isoformat() if published.day else None,
            "latest": published.latest.isoformat(),
        }

    convention, as_of = status.convention, status.as_of
    counts = {
        "signatories": status.signatories if status.signatories_known else None,
        "parties": status.parties,
        "counted": status.counted,
    }
    known = {name: count for name, count in counts.items() if count}
    bounds = {name: [count.lead, count.upper] for name, count in known.items()}
    reported = {n: [max(c.lead, c.with_reports), c.upper] for n, c in known.items()}
    closes, complete_to = convention.closes, convention.complete_to
    is_open = convention.opens <= as_of and not convention.is_closed(as_of)
    return {
        "convention": convention.convention,
        "title": convention.title,
        "as_of": as_of.isoformat(),
        **{name: count.lead if count else None for name, count in counts.items()},
        "named": {name: count.lower for name, count in known.items()},
        "reported": {name: count.reported for name, count in known.items()},
        "published": {name: total(count.published) for name, count in known.items()},
        "others_report": {name: total(count.remark) for name, count in known.items()},
        "closes": closes.isoformat() if closes else None,
        "open_for_signature": is_open,
        "threshold": convention.threshold,
        "remaining": status.remaining,
        "remaining_with_reports": status.remaining_with_reports,
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
        "bounds_with_reports": reported
        | {"remaining": [status.least_remaining, status.remaining_with_reports]},
        "beyond_reach": status.beyond_reach,
        "reach": convention.reach,
    }
