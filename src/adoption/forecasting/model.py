"""The wait for a number of consents: the typical wait, and how the cases most alike differed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from joblib import parallel_config
from numpy.typing import NDArray
from scipy.optimize import minimize, root
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.ensemble import ExtraTreesRegressor
from threadpoolctl import threadpool_limits

from adoption.errors import AdoptionError
from adoption.forecasting.treaties import YEAR, Flags, Numbers, Treaty, groups

# The typical wait depends on the first six. All but the first say which cases are alike: if
# the pace of consents did, one consent more could put a treaty among slower cases and make
# its forecast later. Counts are on a logarithmic scale, on which one more matters less the
# more there are.
UN_GROUPS = (
    "African Group", "Asia-Pacific Group", "Eastern European Group",
    "Latin American and Caribbean Group", "Western European and Other States Group",
)  # fmt: skip
FEATURES = (
    "consents in half a year", "consents needed", "age", "signatories",
    "signatories in the first days", "signatures in half a year", "decade of opening",
    *(f"share of signatories: {group}" for group in UN_GROUPS),
)  # fmt: skip
LINEAR = 6
NEEDED = FEATURES.index("consents needed")
FREE = (None, None)
BOUNDS = [(None, 0.0), (0.0, None), *[FREE] * 4]  # of the effects: consents never slow it down
HALF_A_YEAR, ONE_YEAR = 183.0, 365.0
FIRST_DAYS = 10.0  # a signing ceremony and those who came a little late
LEARNT_AGES = np.array(
    [7, 30, 61, 91, 137, 205, 308, 461, 692, 1038, 1557, 2335, 3503], dtype="float64"
)  # days; each about half as long again as the one before
LEARNT_TARGETS = (5, 10, 20, 30, 40, 50, 65, 90, 120)  # consents
LEAST_SEEN = 180.0  # days that a case must have been watched to teach anything
FEWEST_CASES = 20
RIDGE = 3.0  # pull of the standardised effects towards zero, in units of likelihood
MOST_STEPS = 1000
DIGITS = 6  # so that the last digits of a machine's sums give no other trees
TREES, SHARE_OF_CASES = 120, 1.0  # of a forecast as of the back-test: what is published is scored
LEAST_IN_A_LEAF, SHARE_OF_FEATURES = 5, 0.5
THREADS = 2
BEYOND = 1.0  # log days by which a wait that was not seen to end is taken to be longer


@dataclass(frozen=True, eq=False)
class Situations:
    """What was known of a treaty at some ages, one element each.

    Attributes
    ----------
    consents, signatories, consents_year : array of float, shape (ages,)
        States that had consented and signed, and that had consented in the last 365 days.
    features : array of float, shape (ages, features)
        `FEATURES`; the consents needed are filled in by `with_needed`.
    """

    consents: Numbers
    signatories: Numbers
    consents_year: Numbers
    features: Numbers

    def with_needed(self, needed: Numbers, place: NDArray[np.intp] | int = 0) -> Numbers:
        """Return the features of cases: numbers of consents needed, each at an age by its place."""
        table: Numbers = self.features[np.broadcast_to(place, needed.shape)]
        table[:, NEEDED] = np.log(needed)
        return table


def situations(treaty: Treaty, ages: Numbers, more: int = 0) -> Situations:
    """Return what was known of a treaty at ages, with some consents more given on the day."""
    signed, consented = treaty.signed, treaty.consented
    signatories = signed.by(ages).astype("float64")
    consents = consented.by(ages).astype("float64") + more
    opened = treaty.opened.year + (treaty.opened.timetuple().tm_yday - 1) / YEAR
    of_group = np.array([*map(groups().get, signed.iso3)])
    by_group = [np.cumsum([0, *(of_group == group)])[signed.by(ages)] for group in UN_GROUPS]
    columns = (
        np.log(consented.within(HALF_A_YEAR, ages) + more + 0.5),
        np.full(len(ages), np.nan),
        np.log(np.maximum(ages, 1.0)),
        np.log(signatories + 1),
        np.log(signed.by(np.minimum(ages, FIRST_DAYS)) + 1),
        np.log(signed.within(HALF_A_YEAR, ages) + 0.5),
        np.full(len(ages), opened / 10),
        *((number + 0.5) / (signatories + 3) for number in by_group),
    )
    in_a_year = consented.within(ONE_YEAR, ages).astype("float64") + more
    return Situations(consents, signatories, in_a_year, np.column_stack(columns))


@dataclass(frozen=True, eq=False)
class Cases:
    """Cases to learn from.

    Attributes
    ----------
    features : array of float, shape (cases, features)
        The columns of `FEATURES`.
    log_wait : array of float, shape (cases,)
        Natural logarithm of the days from the age to the target, at least 0; or, where the
        target was not seen, to the last day seen.
    reached : array of bool, shape (cases,)
        Whether the target was seen.
    weight : array of float, shape (cases,)
        One over the square root of the number of cases of the same treaty: between one
        vote a treaty and one a case.
    """

    features: Numbers
    log_wait: Numbers
    reached: Flags
    weight: Numbers


def cases_of(treaties: Sequence[Treaty]) -> Cases:
    """Return each treaty at each age of its life, with each target that it had not reached."""
    parts = [found for found in map(_cases, treaties) if len(found.log_wait)]
    number = sum(len(part.log_wait) for part in parts)
    if number < FEWEST_CASES:
        raise AdoptionError(
            f"forecast: {number} cases of {len(parts)} treaties are too few to learn from; "
            f"{FEWEST_CASES} are needed"
        )
    return Cases(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("features", "log_wait", "reached", "weight")
        )
    )


def _cases(treaty: Treaty) -> Cases:
    ages = LEARNT_AGES[treaty.seen - LEARNT_AGES >= LEAST_SEEN]
    known = situations(treaty, ages)
    needed = np.array(LEARNT_TARGETS)[None, :] - known.consents[:, None]
    age, target = np.nonzero(needed > 0)
    nth = np.array([treaty.consented.nth(number) for number in LEARNT_TARGETS])
    wait, left = nth[target] - ages[age], treaty.seen - ages[age]
    return Cases(
        known.with_needed(needed[age, target], age),
        np.log(np.maximum(np.minimum(wait, left), 1.0)),
        wait <= left,
        np.full(len(wait), 1 / sqrt(max(len(wait), 1))),
    )


@dataclass(frozen=True, eq=False)
class Model:
    """What a pool of treaties has taught.

    Attributes
    ----------
    effects : array of float, shape (1 + LINEAR,)
        The constant, and the effect of one standard deviation of each feature on the logarithm
        of the typical wait.
    mean, deviation : array of float, shape (LINEAR,)
        By which the features are standardised.
    lowest, highest : array of float, shape (features,)
        Between which the pool has shown the features.
    forest : ExtraTreesRegressor
        The trees that say which cases are alike.
    in_leaf : sparse matrix, shape (leaves, cases)
        The share of each case, in ascending order of the residual, in each leaf of the trees.
    residual : array of float, shape (cases,)
        By how much the log waits differed from the typical, ascending.
    reached : array of bool, shape (cases,)
        Whether the target was seen.
    """

    effects: Numbers
    mean: Numbers
    deviation: Numbers
    lowest: Numbers
    highest: Numbers
    forest: ExtraTreesRegressor
    in_leaf: csr_matrix
    residual: Numbers
    reached: Flags

    def chances(self, known: Situations, needed: Numbers, days: Numbers) -> Numbers:
        """Return the chance of numbers of further consents by days: float (numbers, days).

        The typical wait, and around it the Kaplan-Meier estimate of how the cases alike
        differed from what is typical of them. Features are cut off at what the pool has shown,
        but for the consents needed: a treaty opened after all of the pool counts as its newest,
        and a number of signatures never seen as the highest seen. Each wait is forecast by
        itself, so that more consents could come out likelier than fewer: a chance is at most
        that of every smaller number.
        """
        every = np.arange(1.0, needed.max() + 1)
        found: Numbers = np.minimum.accumulate(self._each_wait(known, every, days), axis=0)
        asked: Numbers = found[needed.astype(int) - 1]
        return asked

    def _each_wait(self, known: Situations, needed: Numbers, days: Numbers) -> Numbers:
        features = known.with_needed(needed)
        cut = np.clip(features, self.lowest, self.highest)
        cut[:, NEEDED] = features[:, NEEDED]
        standard = (cut[:, :LINEAR] - self.mean) / self.deviation
        typical = self.effects[0] + standard @ self.effects[1:]
        height = np.column_stack([np.zeros(len(needed)), self._differed(cut)])
        place = np.searchsorted(self.residual, np.log(days) - typical[:, None], side="right")
        found: Numbers = np.take_along_axis(height, place, axis=1)
        return found

    def _differed(self, features: Numbers) -> Numbers:
        """Return the Kaplan-Meier estimate at each residual, among the cases alike.

        In each tree the cases of the same leaf share a weight of one; the mean over the trees
        is the weight (Meinshausen 2006, Journal of Machine Learning Research 7). It is that of
        statsmodels' `SurvfuncRight`, for many sets of weights at once.
        """
        leaves = _leaves(self.forest, features[:, 1:])
        rows = np.repeat(np.arange(len(features)), leaves.shape[1])
        shape = (len(features), self.in_leaf.shape[0])
        asked = csr_matrix(
            (np.full(leaves.size, 1 / leaves.shape[1]), (rows, leaves.ravel())), shape
        )
        weight = (asked @ self.in_leaf).toarray()
        waiting = np.cumsum(weight[:, ::-1], axis=1)[:, ::-1]
        ended = np.divide(
            weight * self.reached, waiting, out=np.zeros_like(weight), where=weight > 0
        )
        height: Numbers = 1 - np.multiply.accumulate(np.maximum(1 - ended, 0.0), axis=1)
        return height


def fit(
    treaties: Sequence[Treaty],
    seed: int = 0,
    *,
    trees: int = TREES,
    share_of_cases: float = SHARE_OF_CASES,
    least: int = LEAST_IN_A_LEAF,
) -> Model:
    """Learn from treaties; how the trees are grown is given where other ways are scored."""
    cases = cases_of(treaties)
    features, reached, weight = cases.features, cases.reached, cases.weight
    mean, deviation = features[:, :LINEAR].mean(axis=0), features[:, :LINEAR].std(axis=0)
    deviation[deviation == 0] = 1.0
    standard = np.column_stack([np.ones(len(features)), (features[:, :LINEAR] - mean) / deviation])
    with threadpool_limits(1):  # several threads take thirty times as long for such short products
        effects = typical_wait(standard, cases.log_wait, reached, weight / weight.mean())
    residual = (cases.log_wait - standard @ effects).round(DIGITS)
    forest = ExtraTreesRegressor(
        n_estimators=trees,
        min_samples_leaf=min(least, max(len(features) // 2, 1)),
        max_features=SHARE_OF_FEATURES,
        bootstrap=share_of_cases < 1,
        max_samples=share_of_cases if share_of_cases < 1 else None,
        random_state=seed,
    )
    # The trees only choose which cases are alike; the waits that were not seen to end are
    # dealt with by the Kaplan-Meier estimate, so a rough guess of their length does here.
    guess = np.where(reached, residual, residual + BEYOND)
    with parallel_config(backend="threading", n_jobs=THREADS):
        forest.fit(features[:, 1:], guess, sample_weight=weight)
    order = np.lexsort((~reached, residual))  # of an end and a censoring together, the end first
    leaves = _leaves(forest, features[order, 1:])
    share = np.repeat(weight[order], leaves.shape[1])
    share /= np.bincount(leaves.ravel(), weights=share)[leaves.ravel()]
    places = np.repeat(np.arange(len(order)), leaves.shape[1])
    number = sum(tree.tree_.node_count for tree in forest.estimators_)
    return Model(
        effects=effects,
        mean=mean,
        deviation=deviation,
        lowest=features.min(axis=0),
        highest=features.max(axis=0),
        forest=forest,
        in_leaf=csr_matrix((share, (leaves.ravel(), places)), (number, len(order))),
        residual=residual[order],
        reached=reached[order],
    )


def _leaves(forest: ExtraTreesRegressor, features: Numbers) -> Any:
    """Return the leaf of each case in each tree, numbered over all trees."""
    nodes = [tree.tree_.node_count for tree in forest.estimators_]
    return forest.apply(features) + np.cumsum([0, *nodes[:-1]])


def typical_wait(standard: Numbers, log_wait: Numbers, reached: Flags, weight: Numbers) -> Numbers:
    """Fit a log-logistic regression of the wait by penalised maximum likelihood.

    The wait T has log T = b'x + s e with e standard logistic, so that the odds of having
    reached the target by t are (t / exp(b'x))^(1/s). A case whose target was not seen adds the
    probability of waiting longer (Kalbfleisch and Prentice 2002, section 2.3). The gradient is
    exact and the problem smooth: L-BFGS.

    Parameters
    ----------
    standard : array of float, shape (cases, 1 + LINEAR)
        A constant, and the standardised features.
    log_wait, weight : array of float, shape (cases,)
        As in `Cases`; the mean of the weights is 1.
    reached : array of bool, shape (cases,)
        Whether the wait was seen to end.
    """
    width = standard.shape[1]
    pull = np.array([0.0, *[RIDGE] * (width - 1), 0.0])

    def loss(theta: Numbers) -> tuple[float, Numbers]:
        scale = np.exp(theta[width])
        z = (log_wait - standard @ theta[:width]) / scale
        longer = np.logaddexp(0.0, z)  # minus the log of the probability of waiting longer
        slope = weight * (reached - (1 + reached) * expit(z))  # of the log likelihood in z
        likelihood = weight @ (reached * (z - longer - theta[width]) - longer)
        gradient = np.append(standard.T @ slope / scale, slope @ z + weight @ reached)
        return float(theta @ (pull * theta) / 2 - likelihood), gradient + pull * theta

    start = np.zeros(width + 1)
    start[0] = log_wait.mean()
    limits = [FREE, *BOUNDS[: width - 1], FREE]
    options = {"maxiter": MOST_STEPS, "ftol": 1e-14, "gtol": 1e-9}
    found: Any = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=limits, options=options
    )  # fmt: skip
    # Its last steps depend on how a processor adds; where the gradient is zero does not.
    theta: Numbers = found.x
    free = np.flatnonzero([value not in ends for value, ends in zip(theta, limits, strict=True)])

    def slopes(values: Numbers) -> Numbers:
        moved = theta.copy()
        moved[free] = values
        return loss(moved)[1][free]

    theta[free] = root(slopes, theta[free], tol=1e-12).x
    effects: Numbers = theta[:width].round(DIGITS)
    return effects
