"""Tables on when a convention enters into force, and how good such forecasts were."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from adoption.forecasting.convention import ConventionForecast
from adoption.forecasting.forecast import SMALL_TARGET
from adoption.law.rules import ordinal
from adoption.sentences.entry_into_force import reasons
from adoption.sentences.forecast_words import chance_in_words, forecast_day, short_span
from adoption.show.table import NOT_KNOWN, Table
from adoption.words import short_day

WAYS = {"forecast": "The forecast", "climatology": "The usual wait", "pace": "Constant pace"}
SETS = {
    ("all", ""): "All cases",
    ("size", "small"): f"Thresholds up to {SMALL_TARGET}",
    ("size", "large"): f"Thresholds above {SMALL_TARGET}",
}


def readings_view(found: ConventionForecast) -> Table | None:
    """Show the one answer and both readings of uncertain acts; nothing where it is reached."""
    if found.why_none or found.mixed.chance is None:
        return None
    ways = {"The answer": found.mixed}
    if found.readings_differ:
        true = f"{found.reports_true:.0%}"
        ways |= {
            f"If uncertain acts are true ({true})": found.counted,
            "If they are not": found.firm,
        }
    rows = []
    for name, one in ways.items():
        force = found.in_force(one.quantile(0.5))
        end = found.last_deposit(found.as_of.replace(month=12, day=31, year=found.as_of.year + 3))
        rows.append(
            {
                "Reading": name,
                f"{ordinal(one.threshold)} instrument": forecast_day(one),
                "80% range": short_span(one),
                "In force": "beyond the horizon" if force is None else f"{force:%b %Y}",
                f"In force by the end of {found.as_of.year + 3}": chance_in_words(one.cdf(end)),
            }
        )
    return Table(pd.DataFrame(rows), "The answer weighs both readings of acts that are not certain")


def reference_view(reference: pd.DataFrame, treaties: pd.DataFrame, threshold: int) -> Table:
    """Show treaties with similar signatures and consents at the same age.

    Parameters
    ----------
    reference : DataFrame
        From `adoption.forecasting.convention.reference_class`.
    treaties : DataFrame
        The table `base_treaties`.
    threshold : int
        The number of consents that is asked about.
    """
    named = reference.merge(treaties[["treaty", "title"]], on="treaty", how="left")
    took = [
        f"not in {seen:.0f}" if pd.isna(years) else f"{years:.1f}"
        for years, seen in zip(named["years"], named["seen"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "Treaty": named["title"],
            "Opened": [short_day(day) for day in named["opened"]],
            "Signatories then": named["signatories"],
            "Consents then": named["consents"],
            f"Years to {threshold} consents": took,
        }
    )
    middle = named["years"].fillna(float("inf")).median() if len(named) else float("nan")
    said = f"; half took {middle:.1f} years or less" if middle < float("inf") else ""
    return Table(frame, f"Treaties with similar signatures and consents at this age{said}")


def history_view(told: Sequence[ConventionForecast]) -> Table | None:
    """Show what would have been forecast on some days, known then, and what had changed."""
    if not told:
        return None
    listed = told[0].convention.signatories_listed
    frame = pd.DataFrame(
        {
            "As of": [short_day(one.as_of) for one in told],
            "Signatories": [
                one.signatories("counted") if listed else NOT_KNOWN for one in told
            ],
            "Consents": [
                f"{one.consents('not counted')} to {one.consents('counted')}"
                if one.consents("not counted") != one.consents("counted")
                else str(one.consents("counted"))
                for one in told
            ],
            "Median": [forecast_day(one.mixed) for one in told],
            "80% range": [short_span(one.mixed) for one in told],
            "New since the row before": reasons(told),
        }
    )  # fmt: skip
    nth = ordinal(told[0].threshold)
    return Table(frame, f"The forecast of the {nth} instrument on earlier days, known then")


def skill_view(skill: pd.DataFrame) -> Table:
    """Show what each way to forecast was worth, from `adoption.forecasting.skill.skill`."""
    rows = [
        {
            "Cases": f"{name} ({row['cases']:,})",
            "Forecast by": WAYS[row["way"]],
            "Error": row["error"],
            "Of the usual wait's": _ratio(row, "climatology"),
            "Of constant pace's": _ratio(row, "pace"),
            "80% ranges held": f"{row['within_80']:.0%}",
            "Events before the 10, 50, 90% points": ", ".join(
                f"{row[f'before_{point}']:.0%}" for point in (10, 50, 90)
            ),
        }
        for (kind, value), name in SETS.items()
        for row in skill[(skill["kind"] == kind) & (skill["value"] == value)].to_dict("records")
    ]
    return Table(pd.DataFrame(rows), "Scores of forecasts of the past, known then", 3)


def _ratio(row: Mapping[Hashable, Any], other: str) -> str:
    if row["way"] == other:
        return ""
    return f"{row[other]:.2f} ({row[f'{other}_low']:.2f} to {row[f'{other}_high']:.2f})"
