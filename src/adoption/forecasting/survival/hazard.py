"""The chance to act in the next step of time, pooled over treaties, with each one's own effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.special import expit

from adoption.forecasting.survival.estimate import Z
from adoption.forecasting.survival.pooled_logit import Fitted, Numbers, effect_of, fit
from adoption.forecasting.survival.risk_sets import ENDS, Counts, own_counts
from adoption.forecasting.survival.waits import Step
from adoption.law.conventions import Convention

LEAST_ACTS = 5  # in a step, before it has a level
LEAST_TREATIES = 5  # before there is a model
SPREAD = NormalDist().inv_cdf(0.9)  # between which and its opposite lie four of five
LEVELS = (
    "place", "begin", "end", "at_risk", "acted", "chance", "low", "high", "narrow", "wide",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Hazard:
    """The pooled chance to act.

    Attributes
    ----------
    step : {"signature", "consent"}
        What is waited for.
    counts : dict of str to Counts
        By the number of a treaty in the base set, or the id of a convention.
    levels : DataFrame
        One row a step that has a level: begin, end (float, years), at_risk, acted (int),
        chance, low, high (float, 0 to 1: the chance to act within a year at the pace of the
        step, on a typical treaty, with its 95 % interval), narrow, wide (float: between
        which lie four of five treaties). Empty where the pool is too small.
    fitted : Fitted or None
        The logit; None where the pool is too small.
    """

    step: Step
    counts: dict[str, Counts]
    levels: pd.DataFrame
    fitted: Fitted | None

    @property
    def treaties(self) -> int:
        """How many treaties the model rests on."""
        return sum(count.at_risk.sum() > 0 for count in self.counts.values())

    @property
    def acts(self) -> int:
        """How many acts after the first day it rests on."""
        return int(self.levels["acted"].sum())

    @property
    def first_shares(self) -> Numbers:
        """The share that acted on the first day, by treaty, in ascending order."""
        known = [c for c in self.counts.values() if c.first_at_risk]
        return np.sort([c.first_acted / c.first_at_risk for c in known])

    def effect(self, counts: Counts) -> tuple[float, float]:
        """Return the effect of one convention on the logit scale, with its standard error."""
        assert self.fitted is not None
        chosen = self.levels["place"].to_numpy(dtype="int64")
        return effect_of(
            counts.at_risk[chosen], counts.acted[chosen], self.fitted.level, self.fitted.deviation
        )


def estimate_hazard(counts: dict[str, Counts], step: Step) -> Hazard:
    """Pool the counts of treaties.

    Parameters
    ----------
    counts : dict of str to Counts
        From `pool`.
    step : {"signature", "consent"}
        What is waited for.
    """
    told = {key: own for key, own in counts.items() if own.at_risk.sum() > 0}
    none = Hazard(step, counts, pd.DataFrame(columns=list(LEVELS), dtype="float64"), None)
    if len(told) < LEAST_TREATIES:
        return none
    at_risk = np.array([own.at_risk for own in told.values()])
    acted = np.array([own.acted for own in told.values()])
    enough = (acted.sum(axis=0) >= LEAST_ACTS) & (acted.sum(axis=0) < at_risk.sum(axis=0))
    if not enough.any():
        return none
    fitted = fit(at_risk[:, enough], acted[:, enough])
    ends = np.array(ENDS[step])
    begins = np.concatenate([[0.0], ends[:-1]])
    years = (ends - begins)[enough]

    def yearly(logit: Numbers) -> Numbers:
        chance: Numbers = 1 - (1 - expit(logit)) ** (1 / years)
        return chance

    margin, spread = Z * fitted.level_error, SPREAD * fitted.deviation
    levels = pd.DataFrame(
        {
            "place": np.flatnonzero(enough),
            "begin": begins[enough],
            "end": ends[enough],
            "at_risk": at_risk.sum(axis=0)[enough].astype(int),
            "acted": acted.sum(axis=0)[enough].astype(int),
            "chance": yearly(fitted.level),
            "low": yearly(fitted.level - margin),
            "high": yearly(fitted.level + margin),
            "narrow": yearly(fitted.level - spread),
            "wide": yearly(fitted.level + spread),
        }
    )
    return Hazard(step, counts, levels, fitted)


def effects(
    hazard: Hazard,
    conventions: Sequence[Convention],
    data: Mapping[str, pd.DataFrame],
    as_of: date,
) -> pd.DataFrame:
    """Return where conventions lie beside a typical treaty of the pool.

    Parameters
    ----------
    hazard : Hazard
        From `estimate_hazard`.
    conventions : sequence of Convention
        The subject, for which the acts known beyond the complete list are weighed as well,
        then the others.
    data : mapping of str to DataFrame
        The tables acts, states and memberships.
    as_of : date
        The day.

    Returns
    -------
    DataFrame
        convention, label, reading (str: complete; for the subject, where its list is not
        complete to the day, also known and with_reports), at_risk, acted (int, over all
        steps), odds, low, high (float: the odds to act in a step beside those of a typical
        treaty, with the 95 % interval). A convention without a step that was followed to its
        end has no odds. No rows where there is no model.
    """
    rows: list[dict[str, object]] = []
    for number, convention in enumerate(conventions if hazard.fitted else ()):
        chosen = {"complete": own_counts(convention, data, as_of, hazard.step)}
        if number == 0:
            for reading, reports in (("known", False), ("with_reports", True)):
                chosen[reading] = own_counts(
                    convention, data, as_of, hazard.step, known=True, reports=reports
                )
        rows += [_effect(hazard, convention, name, own) for name, own in chosen.items()]
    columns = ["convention", "label", "reading", "at_risk", "acted", "odds", "low", "high"]
    frame = pd.DataFrame(rows, columns=columns)
    # What silence adds to a complete list, and reports to what is known without them, is none.
    same = frame.duplicated(["convention", "at_risk", "acted"])
    return frame[~same].reset_index(drop=True)


def _effect(
    hazard: Hazard, convention: Convention, reading: str, own: Counts | None
) -> dict[str, object]:
    chosen = hazard.levels["place"].to_numpy(dtype="int64")
    at_risk = float(own.at_risk[chosen].sum()) if own else 0.0
    row: dict[str, object] = {
        "convention": convention.convention,
        "label": convention.label,
        "reading": reading,
        "at_risk": int(at_risk),
        "acted": int(own.acted[chosen].sum()) if own else 0,
        "odds": np.nan,
        "low": np.nan,
        "high": np.nan,
    }
    if own is not None and at_risk:
        effect, error = hazard.effect(own)
        ends = np.exp([effect, effect - Z * error, effect + Z * error])
        row |= dict(zip(("odds", "low", "high"), map(float, ends), strict=True))
    return row
