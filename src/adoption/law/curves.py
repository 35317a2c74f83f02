"""How adoption grew: counts by day and by age, with bounds, and shares of who could join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from adoption.core.days import on_or_before
from adoption.law.panel import members_for
from adoption.law.rules import standing
from adoption.law.spells import WINDOWS, Days, History
from adoption.law.status import observations_on
from adoption.law.treaties import Treaty
from adoption.tables import of_convention, only_states, without_reports

Measure = Literal["signatories", "parties"]
Moments = npt.NDArray[np.datetime64]
MEASURES: tuple[Measure, ...] = ("signatories", "parties")
MEASURED: dict[Measure, str] = {"signatories": "signatories", "parties": "consents"}
MAX_NAMED_DAYS = (
    3  # days with an act after the opening: so many are named, and of more the decisive
)
CURVE_EVENT_COLUMNS = ["measure", "what", "earliest", "latest", "number", "iso3", "reported"]
COUNT_KINDS = ("lower", "with_reports", "upper")
MEASURE_COUNTS = [f"{measure}_{count}" for measure in MEASURES for count in COUNT_KINDS]


def spells_of(history: History, measure: Measure) -> pd.DataFrame:
    """Return the spells of a measure: signatures, or consents to be bound.

    Of a treaty whose withdrawals are not known a consent stands on: who had consented is counted.
    """
    return history.signatures if measure == "signatories" else history.listed_consents


def dated(spells: pd.DataFrame) -> pd.DataFrame:
    """Return spells for a curve by day: one that no source dates never certainly begins on it.

    It counts all the same: by the end of the record it had begun, on a day that nobody knows.
    """
    undated = spells["open_ended"].fillna(False).astype(bool)
    days = {name: spells[name].mask(undated) for name in ("begins_latest", "ends_earliest")}
    return spells.assign(**days)


def cumulative(spells: pd.DataFrame, opens: date, until: date) -> pd.DataFrame:
    """Count day by day, with rows only for days on which the count can change.

    Returns
    -------
    DataFrame
        day (datetime64), lower and upper (int): how many spells certainly stand, and may stand.
    """
    days = _days_of_change(spells, opens, until)
    lower, upper = _standing(spells, days)
    return pd.DataFrame({"day": days, "lower": lower, "upper": upper})


def _days_of_change(spells: pd.DataFrame, opens: date, until: date) -> Moments:
    """Return the day before a curve, the days on which its count can change, and its last day."""
    first, last = np.datetime64(opens, "us") - np.timedelta64(1, "D"), np.datetime64(until, "us")
    changes = np.concatenate([spells[name].to_numpy("datetime64[us]") for name in WINDOWS])
    changes = changes[(changes > first) & (changes < last)]
    return np.unique(np.concatenate([changes, [first, last]]))


def _standing(spells: pd.DataFrame, days: Moments) -> tuple[Days, Days]:
    """Return how many spells certainly stand on days, and may stand."""
    windows = {name: spells[name].to_numpy("datetime64[us]") for name in WINDOWS}
    lower = standing(windows["begins_latest"], windows["ends_earliest"], days)
    return lower, standing(windows["begins_earliest"], windows["ends_latest"], days)


def events(history: History, as_of: date) -> pd.DataFrame:
    """Return the days of a curve that are worth a name, by a day: a row each, in order.

    Returns
    -------
    DataFrame
        measure; what: opening (the first day, or the ceremony), act (a day after it, where
        these are few), and of many days first, decisive (the last instrument that was needed), last
        (until now) and closing (the last day for signature); earliest and latest, between which the
        day is; number, how many had acted after it by acts with a day, with reports where it is
        reported; iso3 (tuple), who acted in it; reported (bool).
    """
    convention = history.convention
    measures = [m for m in MEASURES if m == "parties" or convention.signatories_listed]
    rows = [row for measure in measures for row in _events_of(history, measure, as_of)]
    return pd.DataFrame(rows, columns=CURVE_EVENT_COLUMNS).sort_values(
        ["measure", "latest"], ascending=[False, True], ignore_index=True, kind="stable"
    )


@dataclass(frozen=True)
class FirstDays:
    """How many had signed by the end of the opening, and how many days that took."""

    number: int
    days: int


def first_days(history: History, as_of: date) -> FirstDays | None:
    """Return who signed on the first day or at the ceremony; None before its end, or if unknown."""
    convention = history.convention
    opening, ceremony = convention.opening, convention.ceremony
    last = ceremony.last if ceremony else opening.latest
    if opening.earliest != opening.latest or last > as_of:
        return None
    if not convention.signatories_listed:
        return None
    for event in _events_of(history, "signatories", as_of):
        if event["what"] == "opening":
            return FirstDays(event["number"], (last - opening.latest).days + 1)
    return None


def _events_of(history: History, measure: Measure, as_of: date) -> list[dict[str, Any]]:
    convention, spells = history.convention, spells_of(history, measure)
    curve = counts_by_day(history, None, measure, as_of, by_dated=True).set_index("day")
    acts = spells[on_or_before(dated(spells)["begins_latest"], as_of)]  # undated is no event
    acts = acts.assign(reported=acts["grade"] == "reported")

    def event(
        what: str, latest: pd.Timestamp, of: pd.DataFrame, reported: bool
    ) -> dict[str, object]:
        number: Any = curve["with_reports" if reported else "lower"].asof(latest)
        earliest = of["begins_earliest"].min()
        values = [measure, what, earliest, latest, int(number), tuple(of["iso3"]), reported]
        return dict(zip(CURVE_EVENT_COLUMNS, values, strict=True))

    opened = convention.ceremony.last if convention.ceremony else convention.opening.latest
    firm = acts[~acts["reported"]]
    events = list[dict[str, object]]()
    at_opening = firm[on_or_before(firm["begins_latest"], opened)]
    if measure == "signatories" and len(at_opening):
        events.append(event("opening", at_opening["begins_latest"].max(), at_opening, False))
        firm = firm.drop(at_opening.index)
    days = _by_day(firm, "begins_latest")
    if len(days) > MAX_NAMED_DAYS:
        days, many = [], days
        ends = [("first", many[0])] * (not events) + [("last", many[-1])]
        if measure == "parties":
            ends = ends[:1] + _decisive(history, many, as_of)
        elif convention.closes and convention.is_closed(as_of):
            ends[-1] = ("closing", (pd.Timestamp(convention.closes), firm))
        events += [event(what, day, of, False) for what, (day, of) in ends]
    reports = _by_day(acts[acts["reported"]], "begins_latest", "begins_earliest")
    events += [event("act", day, of, False) for day, of in days]
    return events + [event("act", day, of, True) for day, of in reports[-MAX_NAMED_DAYS:]]


def _by_day(acts: pd.DataFrame, *windows: str) -> list[tuple[pd.Timestamp, pd.DataFrame]]:
    """Return the acts of each day in order, or of each window."""
    return [(of["begins_latest"].iloc[0], of) for _, of in acts.groupby([*windows])]


def _decisive(
    history: History, days: Sequence[tuple[pd.Timestamp, pd.DataFrame]], as_of: date
) -> list[tuple[str, tuple[pd.Timestamp, pd.DataFrame]]]:
    """Return the day on which the threshold was reached, if it was, with who acted on it."""
    nth = history.force.by(as_of).nth_instrument
    reached_on = pd.Timestamp(nth.latest) if nth else None
    return [("decisive", (day, of)) for day, of in days if day == reached_on][:1]


def compare_at_age(
    histories: Sequence[History], days: int, as_of: date, totals: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Compare conventions at the same age.

    Parameters
    ----------
    histories : sequence of History
        The conventions with their spells, in the order of the rows.
    days : int
        Age in days.
    as_of : date
        The day of the comparison: a convention that was younger then has no counts.
    totals : DataFrame, optional
        The table of that name: a total of the depositary's is a lower bound.

    Returns
    -------
    DataFrame
        convention, short_title, opens, threshold; for signatories and parties `_lower` (those
        that are only reported left out), `_with_reports` and `_upper` (Int64, missing for a
        convention that had not reached the age); complete, whether
        the list was complete to that age, and signatories_complete, whether in signatories,
        which none can join after the closing day; days_to_force, days from opening to entry into
        force (Int64, missing while it is not in force, or its day is not known).
    """
    records = []
    for history in histories:
        convention, force = history.convention, history.in_force_since
        opens = convention.opening.latest
        day = opens + timedelta(days=days)
        days_to_force = (force - opens).days if force and force <= as_of else None
        record: dict[str, object] = {
            **convention.names,
            "opens": pd.Timestamp(opens),
            "threshold": convention.threshold,
            "complete": convention.is_complete("parties", day),
            "signatories_complete": convention.is_complete("signatories", day),
            "days_to_force": days_to_force,
            **dict.fromkeys(MEASURE_COUNTS),
        }
        if day <= as_of:
            record |= _counts_on(history, day, totals)
        records.append(record)
    counts = dict.fromkeys([*MEASURE_COUNTS, "days_to_force"], "Int64")
    return pd.DataFrame(records).drop(columns="label").astype(counts)


def _counts_on(history: History, day: date, totals: pd.DataFrame | None) -> dict[str, object]:
    if totals is not None:
        totals = of_convention(totals, history.convention.convention)
    observed = observations_on(history, day, totals)
    counts = dict[str, object]()
    for measure in MEASURES:
        if (count := observed[measure]).known:
            ends = (max(count.lead, number) for number in (count.with_reports, count.possible))
            columns = [f"{measure}_{name}" for name in COUNT_KINDS]
            counts |= dict(zip(columns, (count.lead, *ends), strict=True))
    return counts


def _counts_at_age(
    history: History, days: int, as_of: date, eligible: pd.DataFrame
) -> dict[str, object]:
    """Return the counts of both measures among states at an age; missing where it was younger."""
    convention = history.convention
    day = convention.opening.latest + timedelta(days=days)
    record: dict[str, object] = {"states": None}
    for measure in MEASURES:
        record[f"{measure}_complete"] = convention.is_complete(measure, day)
        last = pd.Series(dtype="Int64")
        if day <= as_of and (measure == "parties" or convention.signatories_listed):
            last = counts_by_day(history, eligible, measure, day).iloc[-1]
        record |= {f"{measure}_{count}": last.get(count) for count in COUNT_KINDS}
        record["states"] = last.get("states")
    return record


def eligible_states(
    history: History, states: pd.DataFrame, memberships: pd.DataFrame
) -> pd.DataFrame:
    """Return the states that could join a convention, and since when.

    They are the members of the United Nations of today, or of the organisation for which a
    convention is made, each from its first day as a state, whenever it became a member: the
    days of joining are seldom known, and a state that is no member can join most conventions.
    Of one that is open to the parties of another alone they are these, each from the day on which
    it was bound. Conditions such as an invitation are not weighed.
    """
    eligible, convention = only_states(states), history.convention
    members = members_for(convention, memberships)
    eligible = eligible[
        eligible["un_member"] if members is None else eligible["iso3"].isin(members)
    ]
    before = pd.Timestamp(convention.opening.latest) - pd.Timedelta(days=1)  # curves begin there
    since = eligible["state_since"].fillna(before)
    if history.parent is not None:
        bound = eligible["iso3"].map(history.parent.bound_since)
        eligible = eligible[bound.notna()]
        since = pd.concat([since, bound.dropna()], axis=1).max(axis=1)[bound.notna()]
    return pd.DataFrame({"iso3": eligible["iso3"], "since": since}).reset_index(drop=True)


def counts_by_day(
    history: History,
    eligible: pd.DataFrame | None,
    measure: Measure,
    until: date,
    *,
    by_dated: bool = False,
) -> pd.DataFrame:
    """Count day by day who acted; if eligible states are given, among these, with their number.

    By dated acts alone, the lower counts do not rise on the day on which a record ends.
    """
    opens, rows = history.convention.opening.latest, spells_of(history, measure)
    rows = dated(rows) if by_dated else rows
    if eligible is not None:
        rows = rows.merge(eligible, on="iso3")
        for name in WINDOWS:
            rows[name] = rows[[name, "since"]].max(axis=1, skipna=False)
    days = _days_of_change(rows, opens, until)
    if eligible is not None:
        since = eligible["since"].to_numpy("datetime64[us]")
        days = np.union1d(days, since[(since >= days[0]) & (since <= days[-1])])
    sure, _ = _standing(without_reports(rows), days)
    with_reports, upper = _standing(rows, days)
    numbers = {
        "day": days,
        "age": (days - np.datetime64(opens, "us")) // np.timedelta64(1, "D"),
        "lower": sure,
        "with_reports": with_reports,
        "upper": upper,
    }
    frame = pd.DataFrame(numbers)
    if eligible is not None:
        frame["states"] = eligible["since"].sort_values().searchsorted(days, side="right")
    return frame


def shares_at_age(
    histories: Sequence[History],
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    days: int,
    as_of: date,
) -> pd.DataFrame:
    """Compare conventions at the same age by the share of states that could join.

    Parameters
    ----------
    histories : sequence of History
        The conventions with their spells, in the order of the rows.
    states, memberships : DataFrame
        The tables of those names.
    days : int
        Age in days; 0 is the day of opening.
    as_of : date
        The day of the comparison: a convention that was younger then has no counts.

    Returns
    -------
    DataFrame
        convention, short_title, label, opens, made_for (no text for a convention open to
        all), parties_of (the label of the one to whose parties alone it is open, else no text),
        states (Int64); for signatories and
        parties `_lower`, `_with_reports`, `_upper` (Int64, missing for a convention that
        was younger, or whose signatories no source names) and `_complete` (bool), whether
        the list is complete to that age.
    """
    records = []
    for history in histories:
        convention = history.convention
        eligible = eligible_states(history, states, memberships)
        opens = pd.Timestamp(convention.opening.latest)
        made_for = convention.made_for or ""
        counts = _counts_at_age(history, days, as_of, eligible)
        parent = history.parent.convention.label if history.parent else ""
        limits = {"opens": opens, "made_for": made_for, "parties_of": parent}
        records.append({**convention.names, **limits, **counts})
    return pd.DataFrame(records).astype(dict.fromkeys(["states", *MEASURE_COUNTS], "Int64"))


def acts_compared(
    acts: pd.DataFrame, conventions: Sequence[Treaty], days: int, as_of: date
) -> pd.DataFrame:
    """Return the acts that a comparison by age rests on.

    Parameters
    ----------
    acts : DataFrame
        The table `acts`.
    conventions : sequence of Treaty
        The subject, whose acts by the day are all returned, and the others.
    days : int
        The age to which the others are followed.
    as_of : date
        The day: acts that cannot have happened by then are left out.
    """
    subject, *compared = conventions
    age = pd.Timedelta(days=days)
    ends = {c.convention: pd.Timestamp(c.opening.latest) + age for c in compared}
    last = acts["convention"].map(ends | {subject.convention: pd.Timestamp(as_of)})
    return acts[(acts["earliest"] <= last) & on_or_before(acts["earliest"], as_of)]


def without_open_bounds(compared: pd.DataFrame) -> pd.DataFrame:
    """Return a comparison in which a count has an upper bound only where its list is complete."""
    frame = compared.copy()
    for measure in MEASURES:
        name = f"{measure}_complete"
        complete = frame[name if name in frame else "complete"]  # that of parties
        frame[f"{measure}_upper"] = frame[f"{measure}_upper"].where(complete)
    return frame
