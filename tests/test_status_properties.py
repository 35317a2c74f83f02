"""The status of a convention by property: what holds for any acts of any participants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from adoption.data.dictionary import CONSENTS, GRADES, SIGNATURES
from adoption.law.status import Status, status_on
from adoption.terminal import plain
from tests.conftest import MADE_UP_STATES as STATES
from tests.conftest import Act, acts_of, made, made_up, states_of

PARTY = ("party", "in force for it")
DAYS = st.dates(date(2001, 1, 1), date(2003, 12, 31))
WINDOWS = st.tuples(DAYS, st.integers(0, 200))
DOINGS = (SIGNATURES[0], *CONSENTS[:2], "withdrawal")
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(STATES), st.sampled_from(DOINGS)),
    st.tuples(WINDOWS, st.sampled_from(GRADES)),
    max_size=12,
)
Table = dict[tuple[str, str], tuple[tuple[date, int], str]]
examples = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rows_of(table: Table, without: Iterable[str] = ()) -> list[Act]:
    rows = []
    for (iso3, act), ((day, length), grade) in table.items():
        latest = (day + timedelta(days=length)).isoformat() if length else ""
        if act not in without:
            rows.append((iso3, act, day.isoformat(), latest, grade))
    return rows


def made_on(day: date, rows: list[Act]) -> Status:
    return made(day.isoformat(), *rows, threshold=2)


@examples
@given(TABLES, DAYS)
def test_counts_agree_with_each_other_and_with_the_participants(table: Table, day: date) -> None:
    status = made_on(day, rows_of(table))
    for name in ("signatories", "parties", "counted"):
        count = getattr(status, name)
        assert 0 <= count.lower <= count.possible <= len(STATES)
        assert sum(count.by_grade.values()) == count.lower
    assert status.counted.lower <= status.parties.lower
    assert status.counted.possible <= status.parties.possible
    people = status.participants
    assert list(people["iso3"]) == list(STATES)
    assert not (people["possible"] == people["status"]).any()
    parties = people["status"].isin(PARTY).sum()
    assert status.parties.lower <= parties <= status.parties.possible
    days = people["in_force_on"].dropna()
    if status.entry_into_force is None:
        assert days.empty
    else:
        assert (days >= pd.Timestamp(status.entry_into_force.earliest)).all()


@examples
@given(TABLES, DAYS)
def test_without_withdrawals_each_party_is_one_of_the_lower_count(table: Table, day: date) -> None:
    rows = rows_of(table, without=["withdrawal"])
    status = made_on(day, rows)
    people = status.participants.set_index("iso3")
    certain = {r[0] for r in rows if r[1] in CONSENTS and (r[3] or r[2]) <= day.isoformat()}
    assert set(people.index[people["status"].isin(PARTY)]) == certain
    assert status.parties.lower == len(certain)
    signed = {r[0] for r in rows if r[1] == "signature" and (r[3] or r[2]) <= day.isoformat()}
    assert status.signatories.lower == len(signed)
    assert set(people.index[people["status"] == "signed"]) == signed - certain
    not_yet = {r[0] for r in rows if r[2] <= day.isoformat()} - signed - certain
    assert set(people.index[people["possible"].notna()]) >= not_yet


@examples
@given(TABLES, WINDOWS, DAYS)
def test_one_more_consent_never_makes_the_nth_instrument_later(
    table: Table, window: tuple[date, int], day: date
) -> None:
    rows = rows_of({key: value for key, value in table.items() if key[0] != "DDD"}, ["withdrawal"])
    more = [*rows, *rows_of({("DDD", "accession"): (window, "confirmed")})]
    before, after = made_on(day, rows).nth_instrument, made_on(day, more).nth_instrument
    if before is not None:
        assert after is not None
        assert after.earliest <= before.earliest
        assert after.latest <= before.latest


@examples
@given(TABLES, DAYS)
def test_what_is_needed_if_only_confirmed_acts_count_is_what_is_needed_without_the_others(
    table: Table, day: date
) -> None:
    rows = rows_of(table)
    status = made_on(day, rows)
    confirmed = made_on(day, [row for row in rows if row[4] == "confirmed"])
    assert status.remaining_if_confirmed_only == confirmed.remaining


@examples
@given(TABLES, DAYS)
def test_the_order_of_the_rows_does_not_matter(table: Table, day: date) -> None:
    rows = rows_of(table)
    assume(len({(row[0], row[3] or row[2]) for row in rows}) == len(rows))
    convention, states = made_up(threshold=2), states_of(STATES)
    acts = acts_of(rows)
    one = status_on(convention, day, acts, states)
    other = status_on(convention, day, acts.iloc[::-1], states)
    assert plain(one) == plain(other)
