"""Tables on how long states take: numbers at risk, conventions, groups, the pooled chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, isnan
from typing import TYPE_CHECKING

import pandas as pd

from adoption.forecasting.survival import Reading, Step
from adoption.forecasting.treaties import YEAR
from adoption.sentences.durations import span
from adoption.show.table import NOT_KNOWN, Table
from adoption.words import capitalised, counted, long_day, percent, short_day

if TYPE_CHECKING:
    from adoption.forecasting.hazard import Hazard
    from adoption.forecasting.survival import Estimate, Share, Waiting
    from adoption.law.status import Row

AGES: Mapping[Step, tuple[float, ...]] = {  # years; 0 is the first day
    "signature": (0, 1 / 12, 0.5, 1, 1.5, 2, 3),
    "consent": (0, 1, 2, 3, 4, 5, 7, 10),
}
WHAT: Mapping[Step, str] = {"signature": "signed", "consent": "consented"}
FIRST: Mapping[Step, str] = {"signature": "first day", "consent": "day of signing"}
WHO: Mapping[Step, str] = {"signature": "States at the opening", "consent": "Signatories"}
COUNTED: Mapping[Step, str] = {
    "signature": "Reported signatures count",
    "consent": "Reported consents do not count",
}
BOUND: Mapping[Step, str] = {
    "signature": "the least leaves them out",
    "consent": "the most includes them",
}
READING: Mapping[str, str] = {
    "complete": "complete list",
    "known": "known acts alone, at least",
    "with_reports": "known acts with reports",
}


def at_risk_view(waiting: Waiting) -> Table:
    """Show the numbers under a curve: at risk, and acted by then, with interval and bounds."""
    rows = []
    age_now = (waiting.as_of - waiting.convention.opens).days
    for years in AGES[waiting.step]:
        day = round(years * YEAR)
        if day > age_now or (not waiting.beyond and day > waiting.main.observed):
            break
        rows.append(_row(waiting, day))
    heads = ["When", "At risk", f"Have {WHAT[waiting.step]}", "After the first day", "95% interval"]
    frame = pd.DataFrame(rows, columns=[*heads, "Least to most"])
    clock = "opening" if waiting.step == "signature" else "the state's own signature"
    caption = (
        f"{waiting.convention.short_title}: numbers at risk by time since {clock}, as of "
        f"{long_day(waiting.as_of)}. {COUNTED[waiting.step]}; {BOUND[waiting.step]}. Intervals are "
        f"of the {FIRST[waiting.step]}, then of the share after it"
    )
    return Table(frame, caption)


def _row(waiting: Waiting, day: int) -> dict[str, object]:
    main = waiting.main
    what = WHAT[waiting.step]
    first = day == 0
    overall, later = main.overall(day), main.first_share if first else main.share(day)
    row: dict[str, object] = {
        "When": FIRST[waiting.step] if first else _age(day),
        "At risk": str(main.at_risk(day)) if main.states else NOT_KNOWN,
    }
    if overall is None or later is None:
        row["At risk"] = NOT_KNOWN
        least = waiting.least_known.overall(day)
        said = f"at least {_percent(least)}" if least else "none certain"
        unknown = dict.fromkeys(("After the first day", "95% interval"), NOT_KNOWN)
        bounds = _bounds(waiting.known, day, " or more; ", " with all that is possible")
        return row | {f"Have {what}": said} | unknown | {"Least to most": bounds}
    return row | {
        f"Have {what}": _percent(overall),
        "After the first day": "" if first else _percent(later.value),
        "95% interval": _interval(later),
        "Least to most": _bounds(waiting.complete, day),
    }


def compared_view(waits: Sequence[Waiting]) -> Table:
    """Show the first day and the median of each convention, the subject first."""
    step = waits[0].step
    rows = []
    for own in waits:
        main, half = own.main, own.half
        rows.append(
            {
                "Convention": own.convention.short_title,
                WHO[step]: str(main.states) if main.states else NOT_KNOWN,
                f"On the {FIRST[step]}": _first(main),
                "Half of the rest within": _median(own),
                "95% interval": span(half.low, half.high) if isfinite(half.value) else "",
                f"{capitalised(WHAT[step])} while followed": str(main.acted)
                if main.states
                else NOT_KNOWN,
                "List complete to": short_day(own.complete_to) if own.complete_to else NOT_KNOWN,
            }
        )
    title = {"signature": "From opening to signature", "consent": "From signature to consent"}
    caption = f"{title[step]}. {COUNTED[step]}; the interval allows for days that are not known"
    return Table(pd.DataFrame(rows), caption)


def groups_view(signing: Waiting, consent: Waiting) -> Table:
    """Show both steps by United Nations regional group."""
    consents = consent.groups()
    rows = []
    for name, own in signing.groups().items():
        later = consents.get(name)
        rows.append(
            {
                "Group": name,
                "States": own.least_known.states,
                "Signed on the first day": _first(own.main),
                "Known to have signed": own.least_known.acted,
                "Known to have consented": later.least_known.acted if later else 0,
                "By report": _reports(later) if later else 0,
                "Half of the rest consented within": _median(later) if later else NOT_KNOWN,
            }
        )
    caption = "By United Nations regional group; a few states are in none. "
    return Table(
        pd.DataFrame(rows), f"{caption}{COUNTED['signature']}; reported consents stand apart"
    )


def levels_view(hazard: Hazard) -> Table:
    """Show the pooled chance by step with what it rests on."""
    clock = "opening" if hazard.step == "signature" else "signature"
    rows = [
        {
            f"Years since {clock}": f"{row['begin']:g} to {row['end']:g}",
            "At risk": row["at_risk"],
            "Acts": row["acted"],
            "Chance within a year": percent(row["chance"], 1),
            "95% interval": f"{percent(row['low'], 1)} to {percent(row['high'], 1)}",
            "Four of five treaties": f"{percent(row['narrow'], 1)} to {percent(row['wide'], 1)}",
        }
        for row in hazard.levels.to_dict("records")
    ]
    return Table(pd.DataFrame(rows), f"Chance to act on a typical treaty, by years since {clock}")


def effects_view(signing: pd.DataFrame, consent: pd.DataFrame) -> Table:
    """Show the odds of each convention beside a typical treaty, in both steps.

    A reading that changes nothing in one of the steps is empty there.
    """
    columns = ["label", "reading"]
    both = consent.merge(signing, on=columns, how="left", suffixes=("", "_signing"))
    rows = [
        {
            "Convention": row["label"],
            "Reading": READING[row["reading"]],
            "Odds to sign": _odds(row, "_signing"),
            "Odds to consent": _odds(row, ""),
            "Consents in the steps": row["acted"] if pd.notna(row["acted"]) else 0,
        }
        for row in both.to_dict("records")
    ]
    return Table(pd.DataFrame(rows), "Odds beside a typical treaty (1), with 95% intervals")


def _odds(row: Row, suffix: str) -> str:
    odds, low, high = (float(row[f"{name}{suffix}"]) for name in ("odds", "low", "high"))
    if isnan(row[f"at_risk{suffix}"]):
        return ""
    if isnan(odds):
        return NOT_KNOWN
    return f"{odds:.2f} ({low:.2f} to {high:.2f})"


def _reports(own: Waiting) -> int:
    return own.known["with_reports"].acted - own.known["least"].acted


def _first(estimate: Estimate) -> str:
    if not estimate.states:
        return NOT_KNOWN
    return f"{estimate.first_day} ({percent(estimate.first_day, estimate.states)})"


def _median(own: Waiting) -> str:
    if not own.main.states:
        return NOT_KNOWN
    late, early = own.main.median().value, own.complete["most"].median().value
    return span(early, late) if isfinite(late) else "not reached"


def _age(day: int) -> str:
    """Return an age of `AGES` in words."""
    if day < YEAR / 4:
        return counted(day, "day")
    years = round(day / YEAR, 1)
    return f"{years:g} {'year' if years == 1 else 'years'}"


def _bounds(
    readings: Mapping[Reading, Estimate], day: int, between: str = " to ", after: str = ""
) -> str:
    least, most = (readings[reading].overall(day) for reading in ("least", "most"))
    if least is None:
        return NOT_KNOWN
    if most is None:  # all had acted, or were observed no longer, by the shortest waits
        return f"{_percent(least)} or more"
    low, high = _percent(least), _percent(most)
    return low if low == high else f"{low}{between}{high}{after}"


def _interval(share: Share) -> str:
    return f"{_percent(share.low)} to {_percent(share.high)}"


def _percent(share: float) -> str:
    return percent(round(share, 9), 1)
