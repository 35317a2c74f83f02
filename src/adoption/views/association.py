"""Tables on which states adopt a convention, and how ready they are."""

from __future__ import annotations

from math import exp

import pandas as pd

from adoption.countries.adopters import Adopters
from adoption.countries.association import THIRDS
from adoption.countries.profiles import PILLARS
from adoption.countries.readiness import MARK, NEEDED, Readiness
from adoption.countries.signing_model import YES_OR_NO, Model, NoModel
from adoption.figures.tables import Badge, Table
from adoption.figures.theme import status_class
from adoption.law.status import Row
from adoption.words import capitalised, long_day


def shares_view(measured: pd.DataFrame, adopters: Adopters) -> Table:
    """Show `adoption.countries.association.shares`, or some of its rows."""
    word = adopters.did
    frame = pd.DataFrame(
        {
            "Characteristic": measured["label"],
            "Category": [_category(row) for row in measured.to_dict("records")],
            "Share": [f"{share:.0%}" for share in measured["share"]],
            "95% interval": [
                f"{low:.0%} to {high:.0%}"
                for low, high in zip(measured["low"], measured["high"], strict=True)
            ],
            capitalised(word): [
                f"{acted} of {states}"
                for acted, states in zip(measured["acted"], measured["states"], strict=True)
            ],
            "By report only": measured["by_report"],
        }
    )
    day = long_day(adopters.status.as_of)
    return Table(
        frame, f"States known to have {word} by {day}, reports included, with Wilson intervals"
    )


def _category(row: Row) -> str:
    """Return a category with its range where it is a third."""
    if row["category"] in THIRDS:
        low, high = f"{row['least']:.2f}", f"{row['most']:.2f}"
        return f"{row['category']}, {f'all {low}' if low == high else f'{low} to {high}'}"
    return str(row["category"])


def coefficients_view(result: Model | NoModel) -> Table | None:
    """Show the odds ratios of a logit; nothing where there is no model."""
    if isinstance(result, NoModel):
        return None
    rows = result.coefficients.to_dict("records")
    frame = pd.DataFrame(
        {
            "Covariate": [row["label"] for row in rows],
            "Odds ratio": result.coefficients["odds_ratio"],
            "95% interval": [f"{row['low']:.2f} to {row['high']:.2f}" for row in rows],
            "95% interval, HC1": [f"{row['hc1_low']:.2f} to {row['hc1_high']:.2f}" for row in rows],
            "One standard deviation": [_deviation(row) for row in rows],
            "Yes against no": [
                f"{row['step']:.2f}" if row["covariate"] in YES_OR_NO else "" for row in rows
            ],
        }
    )
    return Table(
        frame,
        "Odds ratios for one standard deviation more, the others held; intervals clustered by M49 "
        "sub-region, and robust to unequal variance alone (HC1)",
    )


def _deviation(row: Row) -> str:
    if row["covariate"] in YES_OR_NO:
        return f"{row['deviation']:.2f} of the step from no to yes"
    if row["covariate"] == "log_gdp":
        return f"a factor of {exp(row['deviation']):.1f}"
    return f"{row['deviation']:.1f} points"


def readiness_view(ready: Readiness, adopters: Adopters) -> Table | None:
    """Show the states that have acted and lie below the mark, each low pillar marked.

    Nothing where there are none.
    """
    if ready.short.empty:
        return None
    rows = ready.short.to_dict("records")
    frame = pd.DataFrame(
        {
            "State": [row["name"] for row in rows],
            "Status": [Badge(status_class(row["status"], row["grade"])) for row in rows],
            **{PILLARS[pillar]: [_marked(row[pillar]) for row in rows] for pillar in NEEDED},
            "Low pillars": [row["low"] for row in rows],
        }
    )
    return Table(
        frame,
        f"States known to have {adopters.did} with less than {MARK:.0f} of 20 points in a pillar "
        f"of the GCI {adopters.edition}",
    )


def _marked(value: float) -> str:
    """Return a value, an arrow before it where it lies below the mark."""
    return f"▼ {value:.2f}" if value < MARK else f"{value:.2f}"
