"""Score each trial of the chances of states, as notebook 14 lists them, known then.

    python tools/state_trials.py [STEP]

It writes data/reference/backtest_state_trials.csv: the Brier score of each version, its ratio to
that of the version used and of signature alone, with 95 % intervals over packages, in all cases
and in those like the Convention. All have the total of the version used. A further record of
states' past must gain 1 % or more, by an interval that excludes 1. It takes nine minutes on two
cores; of every nth subject alone the scores are printed, not written.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from adoption.core.files import write_whole
from adoption.core.paths import reference_folder
from adoption.forecasting import hazards
from adoption.forecasting.backtest import learnt_from, subjects
from adoption.forecasting.hazards import COLUMNS, FIRST_DAYS, FIRST_YEAR, SHRUNK, days_of, people
from adoption.forecasting.model import ONE_YEAR, fit
from adoption.forecasting.skill import like, paired, states_reliability, states_skill
from adoption.forecasting.treaties import (
    YEAR,
    Numbers,
    Treaty,
    base_treaties,
    packages,
    related,
    states,
)
from adoption.tables.write import to_csv

BASE = base_treaties()
USED, PLAIN = "The version used", "Signature alone"
OWN = ("in ten years", "after signature", "without signature")
OF_TREATY = COLUMNS[-5:]  # what is the same for all states of a treaty
EVERY = (*COLUMNS, *OWN)
LEFT_OUT: dict[str, tuple[str, ...]] = {  # of COLUMNS and OWN
    USED: OWN,
    PLAIN: tuple(name for name in EVERY if name not in ("signed", "days signed", *OF_TREATY)),
    "With the state's own history": (),
    "With its own history, in place of its speed": ("speed", "signed and fast"),
    "With its consents of ten years": OWN[1:],
    "Without its speed": (*OWN, "speed", "signed and fast"),
    "Without the signatures of its region": (*OWN, "region signed", "signed as its region"),
    "Without their product with its own": (*OWN, "signed as its region"),
    "Without the consents of its region": (*OWN, "region"),
    "Without the European Union": (*OWN, "EU", "EU member"),
    "Without the Union and the region's signatures": (
        *OWN,
        "EU",
        "EU member",
        "region signed",
        "signed as its region",
    ),
    "Without the days since signature": (*OWN, "days signed"),
    "Without the product of signature and speed": (*OWN, "signed and fast"),
    "Without what is the same for all states": (*OWN, *OF_TREATY),
}
WEIGHTED, ONE_TOTAL = "Moments weighted, 1/(1 + m/2) of m expected", "Moved to one total"


def histories() -> Numbers:
    """Return consents and usual ones by each year; shape (2, kinds, years, treaties, states).

    In all, of states after their signature, and of states without one: each usual number is the
    Nelson-Aalen estimate over the states of that kind that had not consented.
    """
    starts = people().since
    begins = FIRST_DAYS[: max(t.opened.year + int(t.seen / YEAR) for t in BASE) - FIRST_YEAR + 1]
    table = np.zeros((2, 3, len(begins), len(BASE), len(starts)), "float32")
    for place, treaty in enumerate(BASE):
        consented, signed = days_of(treaty.consented), days_of(treaty.signed)
        opened = treaty.opened.toordinal()
        age = np.minimum(begins - opened, treaty.seen)[:, None]
        begun, there = np.maximum(starts - opened, -1.0), (starts <= begins[:, None]) & (age >= 0)
        days = np.unique(consented[np.isfinite(consented)])
        early, never = signed[:, None] < days, np.full(len(signed), np.inf)
        spells = ((begun, never), (np.maximum(begun, signed), never), (begun, signed))
        for kind, (at_risk, (first, last)) in enumerate(
            zip((early | True, early, ~early), spells, strict=True)
        ):
            at_risk = at_risk & (consented[:, None] >= days)
            acted = at_risk & (consented[:, None] == days)
            rate = acted.sum(axis=0) / np.maximum(at_risk.sum(axis=0), 1)
            summed = np.concatenate([[0.0], np.cumsum(rate)])
            end = np.minimum(np.minimum(age, consented), last)
            upper, lower = (summed[np.searchsorted(days, x, side="right")] for x in (end, first))
            table[0, kind, :, place] = (consented <= age) & there & acted.any(axis=1)
            table[1, kind, :, place] = np.where(there, np.maximum(upper - lower, 0), 0)
    return table


HISTORIES = histories()
TOTALS = HISTORIES.sum(axis=3)


def own_history(treaty: Treaty, ages: Numbers, subject: Treaty) -> Numbers:
    """Return `OWN` of each state on treaties unrelated to both; shape (ages, states, columns)."""
    kin = [n for n, one in enumerate(BASE) if related(one, treaty) or related(one, subject)]
    year = np.searchsorted(FIRST_DAYS, treaty.opened.toordinal() + ages, side="right") - 1

    def by(years: NDArray[np.intp]) -> Numbers:
        return np.asarray(TOTALS[:, :, years] - HISTORIES[:, :, years][:, :, :, kin].sum(axis=3))

    now = by(year)
    lately = now[:, 0] - by(np.maximum(year - 10, 0))[:, 0]
    signed = days_of(treaty.signed) <= ages[:, None]
    seen, usual = np.stack([lately, now[:, 1], now[:, 2]], axis=-1)
    ratio = np.log((seen + SHRUNK) / (np.maximum(usual, 0) + SHRUNK))
    return np.asarray(ratio * np.stack([signed | True, signed, ~signed], axis=-1))


def rows_of(treaty: Treaty, ages: Numbers, speeds: Any, subject: Treaty) -> tuple[Any, Numbers]:
    """Return the states yet to consent, and `EVERY` of each."""
    rows = hazards.waiting_states(treaty, ages, speeds)
    own = own_history(treaty, ages, subject)[rows.place, rows.state]
    return rows, np.column_stack([rows.features, own])


def trials_of(treaty: Treaty, age: int) -> pd.DataFrame:
    """Return the chance of each state by each version, and whether it consented in the year."""
    pool = learnt_from(BASE, treaty, age)
    learnt = hazards.lessons(pool, ONE_YEAR)
    model, speeds = fit(pool, learnt), learnt.speeds
    table = np.concatenate([rows_of(*one, speeds, treaty)[1] for one in learnt.treaties])
    now, at = treaty.known_at(age), np.array([float(age)])
    rows, asked = rows_of(now, at, speeds, treaty)
    numbers = np.arange(1.0, len(asked) + 1)
    at_least = model.chances(model.features(now, age), numbers, np.array([ONE_YEAR]))[:, 0]

    def chance(left_out: tuple[str, ...], features: Numbers, weight: Any = None) -> Numbers:
        kept = [name not in left_out for name in EVERY]
        mean, deviation, standard = hazards.standardised(table[:, kept])
        method = LogisticRegression(C=1 / hazards.RIDGE, solver="newton-cholesky")
        method.fit(standard[:, 1:], learnt.done, weight)
        cut = np.clip(features[:, kept], table[:, kept].min(axis=0), table[:, kept].max(axis=0))
        return np.asarray(method.predict_proba((cut - mean) / deviation)[:, 1])

    raw = {name: chance(left_out, asked) for name, left_out in LEFT_OUT.items()}
    expected = np.bincount(learnt.moment, model.hazards.chances(learnt.features))
    raw[WEIGHTED] = chance(OWN, asked, 1 / (1 + expected[learnt.moment] / 2))
    ways = {name: hazards.given_numbers(part, at_least) for name, part in raw.items()}
    ways[ONE_TOTAL] = hazards.adding_up(raw[USED], at_least.sum())
    signed = hazards.days_of(now.signed)[rows.state] <= age
    done = hazards.days_of(treaty.consented)[rows.state] <= age + ONE_YEAR
    flags = {"signed": signed, "done": done}
    frame = pd.DataFrame({"iso3": np.array(states())[rows.state]} | flags | ways)
    return frame.assign(
        treaty=treaty.treaty,
        age=age,
        signatories=now.signed.by(age),
        consents=now.consented.by(age),
    )


def table_of(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of the versions: one row each, of all cases and of those like (class_)."""
    done, rows = cases["done"].to_numpy("float64"), []
    errors = {
        name: (cases[name].to_numpy() - done) ** 2 for name in (*LEFT_OUT, WEIGHTED, ONE_TOTAL)
    }
    for name, error in errors.items():
        named = cases.assign(forecast=cases[name], signature=cases[PLAIN], one=0.5)
        skill = states_skill(named).query("set == 'all'").set_index("way").loc["forecast"]
        row = {"trial": name, "brier": error.mean(), "auc": skill["auc"]}
        for start, chosen in (("", done >= 0), ("class_", like(cases))):
            for end, other in (("", USED), ("_plain", PLAIN)):
                ends = paired(cases["package"][chosen], error[chosen], errors[other][chosen])
                names = (f"{start}{part}{end}" for part in ("ratio", "low", "high"))
                row |= dict(zip(names, ends, strict=True))
        for kind, part in states_reliability(named).query("parts == 10").groupby("set"):
            last = part.iloc[-1]
            row |= {f"{kind}_said": last["said"], f"{kind}_came": last["came"]}
        rows.append(row)
    return pd.DataFrame(rows).round(4)


def main() -> None:
    """Score the trials, or those of every nth subject; write the table."""
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    work = (delayed(trials_of)(*one) for one in subjects(BASE)[::step])
    cases = pd.concat(Parallel(n_jobs=-1)(work), ignore_index=True)
    table = table_of(cases.assign(package=cases["treaty"].map(packages(BASE))))
    print(table.to_string())
    if step == 1:
        write_whole(reference_folder() / "backtest_state_trials.csv", to_csv(table))


if __name__ == "__main__":
    main()
