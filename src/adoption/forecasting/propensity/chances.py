"""The chance of each state to sign a convention before it closes, and to consent in a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from adoption import tables
from adoption.forecasting.propensity.cases import OF_STATE, Question, cases_around
from adoption.forecasting.propensity.model import held_back, learn
from adoption.forecasting.propensity.panel import YEAR, Flags, Panel
from adoption.forecasting.propensity.subject import TABLES, NoSigning, readings, why_no_signing
from adoption.forecasting.propensity.validation import covered, dispersion, interval, scores, tenths
from adoption.law.conventions import Convention, load_conventions
from adoption.law.placement import age_on
from adoption.law.status import Status

KEPT = ["iso3", "name", "article", "region", "un_group", "status", "grade", "possible", "signed"]
REASONS = ("signed", *OF_STATE["sign"])


@dataclass(frozen=True)
class Outlook:
    """What is expected of all states together, and what such chances were worth.

    Attributes
    ----------
    until : date
        The last day of the time that is asked about.
    states : int
        How many states could act and are not known to have.
    expected : float
        The sum of their chances.
    low, high : int
        80% interval of how many will, with the spread between treaties.
    scores : DataFrame
        From `adoption.forecasting.propensity.validation.scores`: treaties held back at the same moment.
    tenths : DataFrame
        From `adoption.forecasting.propensity.validation.tenths`, on the same.
    covered : float
        The share of these treaties whose number lay in such an interval.
    """

    until: date
    states: int
    expected: float
    low: int
    high: int
    scores: pd.DataFrame
    tenths: pd.DataFrame
    covered: float


@dataclass(frozen=True)
class Movers:
    """The next movers of a convention by the model.

    Attributes
    ----------
    status : Status
        The convention on the day asked about.
    frame : DataFrame
        One row a state that could join, by name: iso3, name, article, region, un_group, status,
        grade, possible, signed, by_report (bool: bound by report alone); consent,
        consent_if_reports, sign (float, the chances; missing where it is not asked); for each
        question q, with missing values where it is not asked, q_record, q_next, q_neighbours
        (float, as in `adoption.forecasting.propensity.cases.Cases`) and q_reasons (str, names of
        `REASONS` with a sign each, the weightiest first).
    consent, consent_if_reports : Outlook
        Within 365 days, reported consents not counted and counted.
    signing : Outlook or None
        Before the closing day; None where `no_signing` says why not.
    no_signing : str or None
        closed, no closing day or signatories not named.
    pool_to : date
        The last day of the lists of acts learnt from.
    """

    status: Status
    frame: pd.DataFrame
    consent: Outlook
    consent_if_reports: Outlook
    signing: Outlook | None
    no_signing: NoSigning | None
    pool_to: date


def next_movers(
    status: Status, data: Mapping[str, pd.DataFrame], conventions: Iterable[Convention]
) -> Movers:
    """Work out the chances of every state that could join a convention.

    A state that withdrew had consented and is not asked; nor is one about signing that has
    signed or is bound, were it by report.
    """
    convention, as_of = status.convention, status.as_of
    firm, reported = readings(status, data, conventions)
    who = [state for state, may in zip(firm.states, firm.candidates, strict=True) if may]
    frame = status.participants[KEPT]
    frame = frame[frame["iso3"].isin(who)].sort_values("name", ignore_index=True)
    frame["by_report"] = frame["iso3"].isin(_bound(reported) - _bound(firm))
    year = as_of + timedelta(days=YEAR)
    age = float(age_on(convention, as_of))
    (told, with_reports), outlooks = _ask((firm, reported), "consent", age, year)
    for column in told:
        frame[column] = frame["iso3"].map(told[column])
    frame["consent_if_reports"] = frame["iso3"].map(with_reports["consent"])
    no_signing, signing = why_no_signing(convention, as_of), None
    told = told.iloc[:0].rename(columns=lambda column: column.replace("consent", "sign"))
    if no_signing is None and convention.closes is not None:
        left = float((convention.closes - as_of).days)
        (told,), (signing,) = _ask((reported,), "sign", left, convention.closes)
    for column in told:
        frame[column] = frame["iso3"].map(told[column])
    newest = (firm.opened + firm.seen)[:-1].max()
    return Movers(
        status=status,
        frame=frame,
        consent=outlooks[0],
        consent_if_reports=outlooks[1],
        signing=signing,
        no_signing=no_signing,
        pool_to=date(1970, 1, 1) + timedelta(days=int(newest)),
    )


def load_next_movers(status: Status) -> Movers:
    """Work out the next movers of a convention from the processed tables.

    Examples
    --------
    >>> from adoption.law.status import load_status
    >>> movers = load_next_movers(load_status("untoc", date(2001, 12, 12)))
    >>> movers.signing.until
    datetime.date(2002, 12, 12)
    """
    data = {name: tables.read(name) for name in TABLES}
    return next_movers(status, data, load_conventions().values())


def _bound(panel: Panel) -> set[str]:
    return {
        iso3
        for iso3, day in zip(panel.states, panel.consented[-1], strict=True)
        if np.isfinite(day)
    }


def _ask(
    panels: Sequence[Panel], question: Question, moment: float, until: date
) -> tuple[list[pd.DataFrame], list[Outlook]]:
    """Learn once, and answer on each reading of the subject: chances by ISO3 and outlooks."""
    around = cases_around(panels[0], question, moment)
    model, _ = learn(around, panels[0])
    frame = held_back(around, panels[0])
    spread, hits = dispersion(frame), covered(frame)
    measured, calibrated = scores(frame), tenths(frame)
    told, outlooks = [], []
    for panel in panels:
        cases = cases_around(panel, question, moment)[0]
        asked = cases.open[-1]
        added = _added(pd.DataFrame(model.contributions(cases, -1), columns=list(model.names)))
        rows = pd.DataFrame(
            {
                question: model.chances(cases, -1),
                f"{question}_record": cases.record[-1],
                f"{question}_next": cases.following[-1],
                f"{question}_neighbours": cases.neighbours[-1],
                f"{question}_reasons": _reasons(added, asked),
            },
            index=pd.Index(panel.states, name="iso3"),
        )[asked]
        expected = float(rows[question].sum())
        low, high = interval(expected, spread, len(rows))
        told.append(rows)
        outlooks.append(Outlook(until, len(rows), expected, low, high, measured, calibrated, hits))
    return told, outlooks


def _added(contributions: pd.DataFrame) -> pd.DataFrame:
    """Return what speaks for or against each state, what depends on its signature in one."""
    found = contributions.copy()
    if "signed" in found:
        found["signed"] = found["signed"] + found["signed_by_many"]
    return found[[name for name in REASONS if name in found]]


def _reasons(added: pd.DataFrame, asked: Flags) -> list[str]:
    """Return what sets each state apart from those asked, the weightiest first: +record -next."""
    apart = added - added[asked].mean()
    order = apart.abs().to_numpy().argsort(axis=1, kind="stable")[:, ::-1]
    names, values = apart.columns, apart.to_numpy()
    return [
        " ".join(f"{'+' if values[row, n] >= 0 else '-'}{names[n]}" for n in order[row])
        for row in range(len(apart))
    ]
