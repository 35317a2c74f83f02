"""The back-test of the next movers: every treaty held back in turn, at several moments."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from adoption import tables
from adoption.countries.adopters import BUDAPEST
from adoption.forecasting.learnt import base_pool
from adoption.forecasting.pool import Acts, Treaty
from adoption.forecasting.propensity.cases import Question, cases_around
from adoption.forecasting.propensity.covariates import covariates_of, with_covariates
from adoption.forecasting.propensity.model import BASELINES, held_back
from adoption.forecasting.propensity.panel import Panel, panel_of
from adoption.forecasting.propensity.validation import score, scores
from adoption.law.conventions import load_conventions
from adoption.law.placement import base_treaty
from adoption.law.status import load_status

MOMENTS: Mapping[Question, tuple[int, ...]] = {
    "consent": (183, 365, 730, 1461),  # days since opening
    "sign": (30, 91, 183, 365),  # days until the closing
}
METHODS: Mapping[str, str] = {
    "model": "The model",
    "alone": "The treaty alone, all states alike",
    "pace": "As many as in as long a time before",
    "share": "As many as have acted so far",
    "rate": "The same share as on other treaties",
    "forward": "The model, learnt from the past alone",
    "registry": "The model, conventions of the registry",
    "covariates": "The same with capacity, wealth, vote and Budapest",
}


def validate(panel: Panel, registry: Collection[str], covariates: pd.DataFrame) -> pd.DataFrame:
    """Validate both models, leaving one treaty out, at several moments of its life."""
    found = []
    for question, moments in MOMENTS.items():
        frames: dict[str, list[pd.DataFrame]] = {"all": [], "forward": [], "registry": []}
        for moment in moments:
            around = cases_around(panel, question, moment)
            frame = held_back(around, panel).assign(moment=moment)
            forward = held_back(around, panel, forward=True).assign(moment=moment)
            frames["all"].append(frame)
            frames["forward"].append(forward)
            frames["registry"].append(with_covariates(frame, registry, covariates))
            found.append(scores(frame).assign(moment=moment))
            found[-1]["question"] = question
        every, forward, own = (pd.concat(part, ignore_index=True) for part in frames.values())
        rows = [
            *(score(every, method) for method in ("model", *BASELINES)),
            score(forward, "model") | {"method": "forward"},
            score(own, "model") | {"method": "registry"},
            score(own, "covariates"),
        ]
        found.append(pd.DataFrame(rows).assign(moment=None, question=question))
    told = pd.concat(found, ignore_index=True).astype({"moment": "Int64"})
    first = ["question", "moment"]
    return told[[*first, *(c for c in told if c not in first)]]


def load_validation(edition: int = 2024) -> pd.DataFrame:
    """Validate on the processed tables.

    Parameters
    ----------
    edition : int
        Edition of the GCI among the covariates that are measured.
    """
    states = tables.read("states")
    registry = {base_treaty(convention): convention for convention in load_conventions().values()}
    closings = {key: found.closes for key, found in registry.items() if found.closes is not None}
    today = tables.data_day()
    nothing = Acts((), np.empty(0))
    nobody = Treaty("", today, 0.0, nothing, nothing)  # no subject: only the pool is looked at
    told = covariates_of(
        states,
        tables.read("capacity"),
        tables.read("votes"),
        load_status(BUDAPEST, today),
        edition,
    )
    return validate(panel_of(base_pool(), nobody, states, (), closings), registry, told)
