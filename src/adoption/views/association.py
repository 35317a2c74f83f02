"""Tables on which states adopt a convention, and how ready they are."""

from __future__ import annotations

from math import exp

import pandas as pd

from adoption.countries.association import MARK, NEEDED, THIRDS, Adopters, wilson
from adoption.countries.capacity import PILLARS
from adoption.countries.signing_model import COVARIATES, YES_OR_NO, Model, NoModel
from adoption.figures.tables import Badge, Table
from adoption.figures.theme import status_class
from adoption.law.status import Row
from adoption.sentences.association import label_in_sentence
from adoption.words import capitalised, listed, long_day


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
    day = long_day(adopters.as_of)
    return Table(
        frame, f"States known to have {word} by {day}, reports included, with Wilson intervals"
    )


def _category(row: Row) -> str:
    """Return a category with its range where it is a third."""
    if row["category"] in THIRDS:
        low, high = f"{row['least']:.2f}", f"{row['most']:.2f}"
        return f"{row['category']}, {f'all {low}' if low == high else f'{low} to {high}'}"
    return str(row["category"])


WHY_NOT = {
    "few": "none: too few states of the rarer outcome",
    "dependent": "none: some covariates follow from the others",
    "separated": "none: the outcomes are separated by ",
}


def why(result: Model | NoModel) -> str:
    """Return whether there is a logit, and if not, why."""
    if isinstance(result, Model):
        return "fitted"
    labels = [label_in_sentence(COVARIATES[name]) for name in result.covariates]
    return f"{WHY_NOT[result.reason]}{listed(labels) if labels else ''}"


def fit_view(adopters: Adopters) -> Table:
    """Show what the logit was told, whether there is one, and what it is worth."""
    result = adopters.model
    told = result.cases
    lines: dict[str, object] = {
        "States with all values known": len(told.outcome),
        f"of them known to have {adopters.did}": int(told.outcome.sum()),
        "States of the rarer outcome": told.events,
        "of them needed": told.events_needed,
        "Covariates": len(told.covariates.columns),
        "Sub-regions": told.cluster.nunique(),
        "Logit": why(result),
    }
    if isinstance(result, Model):
        v = result.validation
        lines |= {
            "AUC on states not seen": f"{v.auc:.2f}",
            f"lowest and highest of {v.repeats} repeats of {v.folds}-fold cross-validation":
                f"{v.auc_lowest:.2f} to {v.auc_highest:.2f}",
            "Brier score on states not seen": f"{v.brier:.3f}",
            "Brier score of the same share for every state": f"{v.base_brier:.3f}",
        }  # fmt: skip
    rows = [(what, str(value)) for what, value in lines.items()]
    frame = pd.DataFrame(rows, columns=["Quantity", "Value"])
    return Table(frame, f"The logit of having {adopters.did}")


def coefficients_view(result: Model | NoModel) -> Table:
    """Show the odds ratios of a logit; no row where there is no model."""
    if isinstance(result, NoModel):
        return Table(pd.DataFrame(columns=["Covariate", "Odds ratio"]), f"Logit, {why(result)}")
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


def gap_view(adopters: Adopters) -> Table:
    """Show how many states lie below the mark, of those that have acted and of the others."""
    ready = adopters.readiness
    groups = {
        f"known to have {adopters.did}": (len(ready.short), ready.assessed),
        "others": (ready.others_short, ready.others_assessed),
    }
    rows = []
    for who, (short, states) in groups.items():
        low, high = wilson(short, states) if states else (float("nan"), float("nan"))
        rows.append(
            {
                "States": who,
                "With values": states,
                "Below the mark": short,
                "Share": f"{short / states:.0%}" if states else "not known",
                "95% interval": f"{low:.0%} to {high:.0%}" if states else "not known",
            }
        )
    return Table(
        pd.DataFrame(rows),
        f"States with less than {MARK:.0f} of 20 points in the {listed(NEEDED, 'or')} pillar of "
        f"the GCI {adopters.edition}, with Wilson intervals",
    )


def readiness_view(adopters: Adopters) -> Table:
    """Show the states that have acted and lie below the mark, each low pillar marked."""
    ready = adopters.readiness
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
