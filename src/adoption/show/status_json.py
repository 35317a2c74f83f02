"""A status as plain values, for JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from adoption.law.rules import Window
from adoption.law.status import Status


def status_json(status: Status) -> dict[str, Any]:
    """Return the figures of a status for JSON: days as ISO text, what is not known as None.

    Before entry into force there are consents to be bound, and no parties.
    """

    def days(name: str) -> dict[str, object]:
        window: Window | None = getattr(status, name)
        ends = window and [window.earliest, window.latest]
        return {name: window and window.day, f"{name}_window": ends}

    convention, as_of = status.convention, status.as_of
    counts = {
        "signatories": status.signatories if status.signatories_known else None,
        "consents": status.parties,
        "parties": status.parties if status.in_force else None,
        "counted": status.counted,
    }
    counted_on = {name: count for name, count in counts.items() if count}
    bounds = {name: [count.lead, count.upper] for name, count in counted_on.items()}
    reported = {n: [max(c.lead, c.with_reports), c.upper] for n, c in counted_on.items()}
    is_open: bool | None = None  # of a held treaty its days for signature are not known
    if convention.opens is not None:
        is_open = convention.opens <= as_of and not convention.is_closed(as_of)
    leads = {name: count.lead if count else None for name, count in counts.items()}
    if status.known_in_force is False:
        leads["parties"] = 0
    parts = {"named": "lower", "reported": "reported", "published": "published"}
    parts |= {"others_report": "remark", "by_grade": "by_grade"}
    counted = {
        part: {name: getattr(count, field) for name, count in counted_on.items()}
        for part, field in parts.items()
    }
    by_grade = counted.pop("by_grade")
    threshold = {
        "threshold": convention.threshold,
        "remaining": status.remaining,
        "remaining_with_reports": status.remaining_with_reports,
        "remaining_if_confirmed_only": status.remaining_if_confirmed_only,
        **days("nth_instrument"),
        "nth_participants": list(status.nth_participants),
        "nth_grade": status.nth_grade,
        **days("entry_into_force"),
        "in_force": status.known_in_force,
    }
    bounds["remaining"] = [status.least_remaining, status.remaining]
    reported["remaining"] = [status.least_remaining, status.remaining_with_reports]
    limits = {"bounds": bounds, "bounds_with_reports": reported}
    values = {
        "convention": convention.convention,
        "title": convention.title,
        "as_of": as_of,
        **leads,
        **counted,
        "closes": convention.closes,
        "open_for_signature": is_open,
        **threshold,
        "complete_to": convention.complete_to,
        "by_grade": by_grade,
        **limits,
        "beyond_reach": status.beyond_reach,
        "reach": convention.reach,
    }
    plain = json.dumps(values, default=lambda v: f"{v}" if isinstance(v, date) else asdict(v))
    return dict(json.loads(plain))
