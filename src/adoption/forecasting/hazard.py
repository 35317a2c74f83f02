"""The chance to act in the next step of time, pooled over treaties, with each one's own effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import expit

from adoption import tables
from adoption.forecasting.survival import Step, Z, followed_to, waits_of
from adoption.forecasting.treaties import (
    YEAR,
    Acts,
    Numbers,
    Treaty,
    base_treaties,
    groups,
    known_on,
)
from adoption.law.conventions import Convention
from adoption.law.placement import base_treaty

ENDS: Mapping[Step, tuple[float, ...]] = {  # of the steps, in years
    "signature": (0.5, 1, 1.5, 2, 2.5, 3),
    "consent": (0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20),
}
TABLES = ("acts", "states", "memberships", "base_acts", "base_treaties", "sources")
LEAST_ACTS = 5  # in a step, before it has a level
LEAST_TREATIES = 5  # before there is a model
SPREAD = NormalDist().inv_cdf(0.9)  # between which and its opposite lie four of five
LEVELS = (
    "place", "begin", "end", "at_risk", "acted", "chance", "low", "high", "narrow", "wide",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Counts:
    """How many could act in each step after the first day, and how many did.

    Attributes
    ----------
    first_at_risk, first_acted : int
        On the first day.
    at_risk, acted : array of float, shape (steps,)
        In the steps of `ENDS`.
    """

    first_at_risk: int
    first_acted: int
    at_risk: Numbers
    acted: Numbers


def count(waits: pd.DataFrame, step: Step) -> Counts:
    """Count who could act and who did, step by step.

    A step counts for a state that was observed, and had not acted, from its beginning, and
    was followed to its end whether it acted or not. An act without a day counts where its
    whole window lies in one step; otherwise the state is followed to the beginning of the
    window.

    Examples
    --------
    >>> waits = pd.DataFrame({"entry": 0.0, "shortest": [0.0, 100.0, 150.0, np.inf],
    ...                       "longest": [0.0, 100.0, 250.0, np.inf],
    ...                       "seen_least": 800.0, "seen_most": 800.0})
    >>> found = count(waits, "signature")
    >>> found.first_at_risk, found.first_acted, found.at_risk[:2].tolist(), found.acted[:2].tolist()
    (4, 1, [2.0, 1.0], [1.0, 0.0])
    """
    entry, shortest, longest, seen = (
        waits[name].to_numpy(dtype="float64")[:, None]
        for name in ("entry", "shortest", "longest", "seen_least")
    )
    begin, end = bounds(step)
    open_to = (entry <= begin) & (seen >= end) & (shortest > begin)
    acted = open_to & (longest <= end)
    still = open_to & (shortest > end)
    first = (entry <= 0) & (seen >= 0)
    on_first, not_on_first = first & (longest <= 0), first & (shortest > 0)
    return Counts(
        int((on_first | not_on_first).sum()),
        int(on_first.sum()),
        (acted | still).sum(axis=0).astype("float64"),
        acted.sum(axis=0).astype("float64"),
    )


def bounds(step: Step) -> tuple[Numbers, Numbers]:
    """Return the days after which each step begins, and the last day of each.

    The first day, day 0, is no part of them: the first year ends on day 364.
    """
    end = np.floor(np.array(ENDS[step]) * YEAR) - 1
    return np.concatenate([[0.0], end[:-1]]), end


def own_counts(
    convention: Convention,
    data: Mapping[str, pd.DataFrame],
    as_of: date,
    step: Step,
    *,
    known: bool = False,
    reports: bool = False,
) -> Counts | None:
    """Count a convention of the registry; reported consents only where it is said."""
    reach_day = min(as_of, convention.partial_to or as_of) if known else as_of
    last = followed_to(convention, step, reach_day, "known" if known else "complete")
    if last is None:
        return None
    reports = reports or step == "signature"
    return count(waits_of(convention, data, as_of, last, step, reports=reports), step)


def pool(
    conventions: Sequence[Convention], data: Mapping[str, pd.DataFrame], as_of: date, step: Step
) -> dict[str, Counts]:
    """Count every treaty of the base set and every convention of the registry.

    Each as it was known on the day. For signatures, treaties of the base set on which a
    regional group never acted are left out: it does not appear that all states could sign.
    Their close for signature is not known, so each is followed to its last signature. A
    convention that is in the base set as well is taken from the registry.
    """
    own = {c.convention: own_counts(c, data, as_of, step) for c in conventions}
    found = {name: counts for name, counts in own.items() if counts is not None}
    twice = {base_treaty(convention) for convention in conventions}
    members = data["states"][data["states"]["un_member"]]
    joined = dict(zip(members["iso3"], members["un_member_since"], strict=True))
    everyone = set(groups().values()) - {""}
    for treaty in known_on(base_treaties(), as_of):
        if treaty.treaty in twice:
            continue
        acted = {groups()[iso3] for iso3 in (*treaty.signed.iso3, *treaty.consented.iso3)} - {""}
        if step == "consent":
            found[treaty.treaty] = count(_consents(treaty), step)
        elif acted == everyone:
            found[treaty.treaty] = count(_signatures(treaty, joined), step)
    return found


def read_tables() -> dict[str, pd.DataFrame]:
    """Return the tables of `TABLES` by name."""
    return {name: tables.read(name) for name in TABLES}


def _series(acts: Acts) -> pd.Series[float]:
    return pd.Series(acts.day, index=list(acts.iso3), dtype="float64")


def _consents(treaty: Treaty) -> pd.DataFrame:
    signed = _series(treaty.signed)
    wait = (_series(treaty.consented).reindex(signed.index) - signed).clip(lower=0)
    return _dated(wait, entry=0.0, seen=treaty.seen - signed)


def _signatures(treaty: Treaty, joined: Mapping[str, int]) -> pd.DataFrame:
    signed = _series(treaty.signed)
    opened = pd.Timestamp(treaty.opened)
    days = [(pd.Timestamp(int(year), 1, 1) - opened).days for year in joined.values()]
    entry = pd.Series(days, index=list(joined), dtype="float64").clip(lower=0)
    entry = entry.reindex(entry.index.union(signed.index), fill_value=0.0)
    wait = signed.reindex(entry.index)
    entry = entry.mask(wait <= entry, 0.0)
    return _dated(wait, entry=entry, seen=float(signed.max()))


def _dated(
    wait: pd.Series[float], *, entry: pd.Series[float] | float, seen: pd.Series[float] | float
) -> pd.DataFrame:
    wait = wait.fillna(np.inf)
    return pd.DataFrame(
        {"entry": entry, "shortest": wait, "longest": wait, "seen_least": seen, "seen_most": seen}
    )


MOST_STEPS = 100  # of Newton's method; a few are enough
CLOSE = 1e-10
LARGEST_MOVE = 2.0  # of a level in one step of it, on the logit scale
DEVIATIONS = (0.01, 5.0)  # between which that of the effects is sought


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fitted logit: logit p = level of the step + effect of the group.

    Attributes
    ----------
    level, level_error : array of float, shape (steps,)
        Of a typical group, whose effect is 0, with the standard error.
    effect, effect_error : array of float, shape (groups,)
        Drawn towards 0 the more, the less is known of the group.
    deviation : float
        The standard deviation of the effects, estimated with the rest.
    """

    level: Numbers
    level_error: Numbers
    effect: Numbers
    effect_error: Numbers
    deviation: float


def fit(at_risk: Numbers, acted: Numbers, deviation: float | None = None) -> Fitted:
    """Fit the logit by penalised likelihood.

    The effects are taken as draws from a normal distribution with mean 0, which penalises
    them by half the sum of their squares over its variance; its standard deviation is that
    of the highest restricted likelihood by Laplace's approximation (Wood 2011, Journal of
    the Royal Statistical Society B 73). Standard errors come from the inverse of the
    penalised information: those of the model, not clustered any further.

    Examples
    --------
    >>> found = fit(np.array([[100.0], [100.0]]), np.array([[20.0], [20.0]]))
    >>> [round(float(p), 3) for p in expit(found.level)]
    [0.2]
    """
    totals, events = at_risk.sum(axis=0), acted.sum(axis=0)
    if not ((events > 0) & (events < totals)).all():
        raise ValueError("each step needs some that acted and some that did not")
    if deviation is None:
        found = minimize_scalar(
            lambda log_deviation: -_evidence(at_risk, acted, float(np.exp(log_deviation))),
            bounds=tuple(np.log(DEVIATIONS)),
            method="bounded",
            options={"xatol": 1e-4},
        )
        deviation = float(np.exp(found.x))
    level, effect = _mode(at_risk, acted, deviation)
    weight = _weight(at_risk, level, effect)
    own = weight.sum(axis=1) + deviation**-2
    covariance = np.linalg.inv(_schur(weight, own))
    across = weight / own[:, None]
    error = 1 / own + ((across @ covariance) * across).sum(axis=1)
    return Fitted(level, np.sqrt(np.diag(covariance)), effect, np.sqrt(error), deviation)


def effect_of(
    at_risk: Numbers, acted: Numbers, level: Numbers, deviation: float
) -> tuple[float, float]:
    """Return the effect of one more group, with its standard error, the levels being given.

    Examples
    --------
    >>> effect_of(np.zeros(2), np.zeros(2), np.zeros(2), 0.5)
    (0.0, 0.5)
    """
    effect, information = 0.0, deviation**-2
    for _ in range(MOST_STEPS):
        chance = expit(level + effect)
        information = float((at_risk * chance * (1 - chance)).sum()) + deviation**-2
        move = (float((acted - at_risk * chance).sum()) - effect * deviation**-2) / information
        effect += float(np.clip(move, -LARGEST_MOVE, LARGEST_MOVE))
        if abs(move) < CLOSE:
            break
    return effect, information**-0.5


def _weight(at_risk: Numbers, level: Numbers, effect: Numbers) -> Numbers:
    chance: Numbers = expit(level[None, :] + effect[:, None])
    return at_risk * chance * (1 - chance)


def _schur(weight: Numbers, own: Numbers) -> Numbers:
    """Return the information on the levels once the effects are accounted for.

    The information of all has two diagonal blocks, so it is never built as a whole.
    """
    return np.diag(weight.sum(axis=0)) - weight.T @ (weight / own[:, None])


def _mode(at_risk: Numbers, acted: Numbers, deviation: float) -> tuple[Numbers, Numbers]:
    """Return levels and effects of the highest penalised likelihood, by Newton's method."""
    share = acted.sum(axis=0) / at_risk.sum(axis=0)
    level: Numbers = np.log(share / (1 - share))
    effect: Numbers = np.zeros(len(at_risk))
    for _ in range(MOST_STEPS):
        rest = acted - at_risk * expit(level[None, :] + effect[:, None])
        weight = _weight(at_risk, level, effect)
        own = weight.sum(axis=1) + deviation**-2
        score = rest.sum(axis=1) - effect * deviation**-2
        by_level = np.linalg.solve(_schur(weight, own), rest.sum(axis=0) - weight.T @ (score / own))
        by_effect = (score - weight @ by_level) / own
        largest = max(np.abs(by_level).max(), np.abs(by_effect).max())
        damped = min(1.0, LARGEST_MOVE / largest) if largest > 0 else 1.0
        level, effect = level + damped * by_level, effect + damped * by_effect
        if largest < CLOSE:
            break
    return level, effect


def _evidence(at_risk: Numbers, acted: Numbers, deviation: float) -> float:
    """Return the restricted log likelihood of a deviation, up to a constant."""
    level, effect = _mode(at_risk, acted, deviation)
    logit = level[None, :] + effect[:, None]
    likelihood = float((acted * logit - at_risk * np.logaddexp(0, logit)).sum())
    weight = _weight(at_risk, level, effect)
    own = weight.sum(axis=1) + deviation**-2
    _, log_information = np.linalg.slogdet(_schur(weight, own))
    log_information += float(np.log(own).sum())
    penalty = float((effect**2).sum()) / deviation**2
    return float(likelihood - (penalty + log_information) / 2 - len(effect) * np.log(deviation))


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


def estimate_hazard(counts: dict[str, Counts], step: Step) -> Hazard:
    """Pool the counts of treaties, from `pool`."""
    watched = [own for own in counts.values() if own.at_risk.sum() > 0]
    none = Hazard(step, counts, pd.DataFrame(columns=list(LEVELS), dtype="float64"), None)
    if len(watched) < LEAST_TREATIES:
        return none
    at_risk = np.array([own.at_risk for own in watched])
    acted = np.array([own.acted for own in watched])
    enough = (acted.sum(axis=0) >= LEAST_ACTS) & (acted.sum(axis=0) < at_risk.sum(axis=0))
    if not enough.any():
        return none
    fitted = fit(at_risk[:, enough], acted[:, enough])
    ends = np.array(ENDS[step])
    begins = np.concatenate([[0.0], ends[:-1]])
    margin, spread = Z * fitted.level_error, SPREAD * fitted.deviation
    rows = pd.DataFrame(
        {
            "place": np.flatnonzero(enough),
            "begin": begins[enough],
            "end": ends[enough],
            "at_risk": at_risk.sum(axis=0)[enough].astype(int),
            "acted": acted.sum(axis=0)[enough].astype(int),
        }
    )
    flat = np.zeros(len(rows))
    shifts = (
        ("chance", flat),
        ("low", -margin),
        ("high", margin),
        ("narrow", flat - spread),
        ("wide", flat + spread),
    )
    for name, shift in shifts:
        in_step = expit(fitted.level + shift)
        rows[name] = 1 - (1 - in_step) ** (1 / (rows["end"] - rows["begin"]))
    return Hazard(step, counts, rows, fitted)


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
    chosen, fitted = hazard.levels["place"].to_numpy(dtype="int64"), hazard.fitted
    at_risk = own.at_risk[chosen] if own else np.zeros(len(chosen))
    acted = own.acted[chosen] if own else np.zeros(len(chosen))
    odds = [np.nan] * 3
    if fitted is not None and at_risk.sum():
        effect, error = effect_of(at_risk, acted, fitted.level, fitted.deviation)
        odds = [float(np.exp(effect + shift)) for shift in (0.0, -Z * error, Z * error)]
    return {
        "convention": convention.convention,
        "label": convention.label,
        "reading": reading,
        "at_risk": int(at_risk.sum()),
        "acted": int(acted.sum()),
        **dict(zip(("odds", "low", "high"), odds, strict=True)),
    }
