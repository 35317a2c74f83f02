"""A logit of which states adopt a convention, with all variables at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, RepeatedStratifiedKFold
from statsmodels.discrete.discrete_model import Logit
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.tools import add_constant

from adoption.core.text import significant
from adoption.countries.capacity import OVERALL
from adoption.countries.merged import (
    CONFIDENCE,
    PARTY,
    RESOLUTION,
    require_columns,
    score_label,
)

Reason = Literal["few", "separated", "dependent"]

COVARIATES: Mapping[str, str] = {
    "overall": "GCI score",
    "log_gdp": "GDP per capita (log)",
    "voted_yes": f"Voted yes on {RESOLUTION}",
    "voted_no": f"Voted no on {RESOLUTION}",
    "budapest_party": "Budapest Convention party, or party by report",
    "eu": "Member of the European Union",
}
YES_OR_NO = frozenset({"voted_yes", "voted_no", "budapest_party", "eu"})
EVENTS_A_COVARIATE = 10  # of the rarer outcome (Peduzzi and others 1996)
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
ZERO = 1e-7  # what the linear programme may leave of a zero
Numbers = NDArray[np.floating[Any]]
# From the outcomes and covariates of some states, and the covariates of others, to the
# probabilities of the others.
Predict = Callable[[Numbers, Numbers, Numbers], Numbers]
DIGITS = 9  # equal cases have equal probabilities, whatever a processor's last digits are
SEED = 20251025
FOLDS = 5
REPEATS = 20


@dataclass(frozen=True)
class CompleteCases:
    """What the model is fitted to: the states of which everything is known.

    Attributes
    ----------
    outcome : Series of float
        1 where the state has acted, else 0; by the state's ISO3.
    covariates : DataFrame
        One float column a covariate of `COVARIATES` that varies, not standardised.
    cluster : Series of str
        The M49 sub-region of each state.
    score : str
        The label of the covariate overall.
    """

    outcome: pd.Series[float]
    covariates: pd.DataFrame
    cluster: pd.Series[str]
    score: str = "GCI score"

    def label(self, covariate: str) -> str:
        """Return the label of a covariate."""
        return self.score if covariate == OVERALL else COVARIATES[covariate]

    @property
    def events(self) -> int:
        """How many states have the rarer of the two outcomes."""
        acted = int(self.outcome.sum())
        return min(acted, len(self.outcome) - acted)

    @property
    def events_needed(self) -> int:
        """How many of them the number of covariates asks for."""
        return EVENTS_A_COVARIATE * len(self.covariates.columns)

    def standardised(self) -> pd.DataFrame:
        """Return the covariates with mean 0 and standard deviation 1."""
        return (self.covariates - self.covariates.mean()) / self.covariates.std()


@dataclass(frozen=True)
class NoSigningModel:
    """Why there is no model.

    Attributes
    ----------
    reason : {"few", "separated", "dependent"}
        Too few states of one outcome; some covariates tell the outcomes apart without
        error, so that no finite coefficients fit best; a covariate is a sum of others.
    cases : CompleteCases
        What it would have been fitted to.
    covariates : tuple of str
        Those that separate.
    """

    reason: Reason
    cases: CompleteCases
    covariates: tuple[str, ...] = ()


@dataclass(frozen=True)
class SigningModel:
    """A fitted logit.

    Attributes
    ----------
    cases : CompleteCases
        What it was fitted to.
    coefficients : DataFrame
        One row a covariate: covariate, label (str), deviation (float, its standard
        deviation), odds_ratio, lower, upper (float, for one standard deviation; the interval with
        errors clustered by sub-region), hc1_lower, hc1_upper (float, the interval with errors
        that are only robust to unequal variance), step (float, the odds ratio of yes against
        no; missing for a quantity).
    validation : Validation
        What it is worth on states that it has not seen.
    """

    cases: CompleteCases
    coefficients: pd.DataFrame
    validation: Validation


def complete_cases(frame: pd.DataFrame) -> CompleteCases:
    """Choose, of the frame of `Adopters`, the complete cases and the covariates that vary."""
    require_columns(frame, ("overall", "gdp_per_capita", "vote", "eu", "subregion"))
    known = pd.DataFrame(
        {
            "overall": frame["overall"],
            "log_gdp": np.log(frame["gdp_per_capita"]),
            "voted_yes": frame["vote"].eq("yes").where(frame["vote"].notna()),
            "voted_no": frame["vote"].eq("no").where(frame["vote"].notna()),
            "budapest_party": (
                frame["budapest"].isin(PARTY).where(frame["budapest"].notna())
                if "budapest" in frame
                else 0
            ),
            "eu": frame["eu"],
        }
    ).astype("float64")
    complete = known.notna().all(axis=1)
    known = known[complete].set_index(frame.loc[complete, "iso3"])
    varies = known.columns[known.min() < known.max()]
    states = frame[complete].set_index("iso3")
    return CompleteCases(
        outcome=states["acted"].astype("float64"),
        covariates=known[varies],
        cluster=states["subregion"],
        score=score_label(frame),
    )


def separating(outcome: Numbers, covariates: Numbers) -> list[int]:
    """Return the columns by which the outcomes are separated, completely or almost.

    No finite coefficients fit best if some combination of the constant and the covariates
    is never negative for a state that has acted, never positive for another, and not zero
    for all (Albert and Anderson 1984). A linear programme looks for it (Konis 2007).

    Examples
    --------
    >>> separating(np.array([0.0, 0.0, 1.0, 1.0]), np.array([[1.0], [2.0], [3.0], [4.0]]))
    [0]
    >>> separating(np.array([0.0, 1.0, 0.0, 1.0]), np.array([[1.0], [2.0], [3.0], [4.0]]))
    []
    """
    signed = (2 * outcome - 1)[:, None] * add_constant(covariates, has_constant="add")
    solution = linprog(
        -signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1)
    )
    if -solution.fun < ZERO:
        return []
    return [int(column) for column in np.flatnonzero(np.abs(solution.x[1:]) > ZERO)]


def predict(outcome: Numbers, covariates: Numbers, others: Numbers) -> Numbers:
    """Fit the logit on some states and return the probabilities of others.

    By iteratively reweighted least squares, which gives an answer even where a part of the
    states happens to be separated.
    """
    constant = {"has_constant": "add"}
    model = GLM(outcome, add_constant(covariates, **constant), Binomial())
    fitted: Numbers = model.fit().predict(add_constant(others, **constant))
    return fitted


def fit(cases: CompleteCases) -> SigningModel | NoSigningModel:
    """Fit the logit, unless the data do not carry it.

    Errors are clustered by M49 sub-region, because neighbours do not decide apart, with the
    t distribution of one degree of freedom fewer than there are sub-regions.

    Parameters
    ----------
    cases : CompleteCases
        From `complete_cases`.
    """
    if cases.events < max(cases.events_needed, 1) or cases.covariates.empty:
        return NoSigningModel("few", cases)
    standard = cases.standardised()
    outcome, covariates = cases.outcome.to_numpy(), standard.to_numpy()
    if np.linalg.matrix_rank(add_constant(covariates)) <= covariates.shape[1]:
        return NoSigningModel("dependent", cases)
    separated = separating(outcome, covariates)
    if separated:
        return NoSigningModel("separated", cases, tuple(standard.columns[separated]))
    logit = Logit(outcome, add_constant(covariates))
    clusters = {"groups": pd.factorize(cases.cluster)[0]}
    clustered = logit.fit(disp=0, cov_type="cluster", cov_kwds=clusters, use_t=True)
    robust = logit.fit(disp=0, cov_type="HC0")
    low, high = np.exp(clustered.conf_int(1 - CONFIDENCE)[1:]).T
    # HC1 is HC0 times n / (n - k); statsmodels has no such factor for a logit.
    states, parameters = len(outcome), len(robust.params)
    spread = Z * robust.bse[1:] * (states / (states - parameters)) ** 0.5
    hc1_lower, hc1_upper = np.exp(robust.params[1:] - spread), np.exp(robust.params[1:] + spread)
    deviation = cases.covariates.std()
    step = np.exp(clustered.params[1:] / deviation.to_numpy())
    coefficients = pd.DataFrame(
        {
            "covariate": standard.columns,
            "label": [cases.label(str(column)) for column in standard],
            "deviation": deviation.to_numpy(),
            "odds_ratio": np.exp(clustered.params[1:]),
            "lower": low,
            "upper": high,
            "hc1_lower": hc1_lower,
            "hc1_upper": hc1_upper,
            "step": np.where(standard.columns.isin(list(YES_OR_NO)), step, np.nan),
        }
    )
    computed = coefficients.select_dtypes("float").map(significant, digits=DIGITS)
    validation = cross_validate(outcome, covariates, cases.cluster.to_numpy(), predict)
    return SigningModel(cases, coefficients.assign(**computed), validation)


@dataclass(frozen=True)
class Validation:
    """How well a model predicts states that it has not seen.

    Attributes
    ----------
    auc : float
        Area under the ROC curve, mean over the repeats; 0.5 is chance, 1 a perfect order.
    auc_lowest, auc_highest : float
        Of the single repeats.
    auc_regions : float
        The same where each sub-region is left out in turn, so that no state is learnt from
        its neighbours.
    brier, base_brier : float
        Mean squared error of the probabilities: the model's, and that of giving every state
        the share of the others that have acted; 0 is perfect.
    """

    auc: float
    auc_lowest: float
    auc_highest: float
    auc_regions: float
    brier: float
    base_brier: float
    folds: int = FOLDS
    repeats: int = REPEATS


def cross_validate(
    outcome: Numbers, covariates: Numbers, regions: NDArray[Any], predict: Predict, seed: int = SEED
) -> Validation:
    """Validate a model by repeated stratified cross-validation, and by sub-region left out."""
    if min((outcome == 0).sum(), (outcome == 1).sum()) < FOLDS:
        raise ValueError(f"each outcome must be there {FOLDS} times, once a fold")
    parts = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=seed)
    areas, errors, base_errors = [], [], []
    for learnt, held in parts.split(covariates, outcome):
        probability = predict(outcome[learnt], covariates[learnt], covariates[held]).round(DIGITS)
        areas.append(roc_auc_score(outcome[held], probability))
        errors.append(probability - outcome[held])
        base_errors.append(outcome[learnt].mean() - outcome[held])
    unseen = np.empty(len(outcome))
    for learnt, held in LeaveOneGroupOut().split(covariates, outcome, regions):
        unseen[held] = predict(outcome[learnt], covariates[learnt], covariates[held])
    by_repeat = np.reshape(areas, (REPEATS, FOLDS)).mean(axis=1)
    return Validation(
        auc=float(by_repeat.mean()),
        auc_lowest=float(by_repeat.min()),
        auc_highest=float(by_repeat.max()),
        auc_regions=float(roc_auc_score(outcome, unseen)),
        brier=float(np.mean(np.concatenate(errors) ** 2)),
        base_brier=float(np.mean(np.concatenate(base_errors) ** 2)),
    )
