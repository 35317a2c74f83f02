"""Days to the nth instrument: the known days of the law, windows made up, lists with gaps."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import Convention, load_conventions
from adoption.law.thresholds import ENTRY, INSTRUMENTS, milestones
from tests.conftest import Act, acts_of, bound, made_up, states_of

NEWEST = date(2026, 11, 24)
STATES = states_of(["AAA", "BBB", "CCC", "DDD", "EUE"])
EARLY = date(2001, 12, 31)


def real(name: str, number: int, as_of: date = NEWEST) -> dict[str, object]:
    frame = milestones(
        [load_conventions()[name]], tables.read("acts"), tables.read("states"),
        tables.read("memberships"), as_of, [number] if number else [],
    )  # fmt: skip
    return {str(key): value for key, value in frame.to_dict("records")[0].items()}


def made(
    number: int, *rows: Act, as_of: date = EARLY, convention: Convention | None = None
) -> tuple[object, ...]:
    """Return the state and the bounds of a milestone in a made-up history."""
    frame = milestones(
        [convention or made_up()], acts_of(rows), STATES, tables.read("memberships"), as_of,
        [number] if number else [],
    )  # fmt: skip
    row = frame[frame["instrument"] == number].to_dict("records")[0]
    ends = (None if pd.isna(row[end]) else int(row[end]) for end in ("earliest", "latest"))
    return (row["state"], *ends)


@pytest.mark.parametrize(
    ("name", "number", "day"),
    [
        ("untoc", 40, "2003-07-01"),
        ("rotterdam", 50, "2003-11-26"),
        ("budapest", 5, "2004-03-18"),
    ],
)
def test_the_nth_instrument_of_each_treaty_is_its_known_day(
    name: str, number: int, day: str
) -> None:
    days = (date.fromisoformat(day) - load_conventions()[name].opens).days
    row = real(name, number)
    assert (row["earliest"], row["latest"]) == (days, days)
    eve = date.fromordinal(date.fromisoformat(day).toordinal() - 1)
    assert real(name, number, eve)["state"] == "not reached"


def test_without_a_published_day_it_follows_from_the_windows_of_the_threshold() -> None:
    row = real("arab-2010", ENTRY)
    # Seven undated ratifications, the last bound on any of them 29 January 2014, then 30 days.
    latest = (date(2014, 2, 28) - date(2010, 12, 21)).days
    assert (row["state"], row["earliest"], row["latest"]) == ("reached", 30, latest)


def test_a_window_gives_two_bounds() -> None:
    rows = [
        bound("AAA", "2001-01-11", "2001-03-02"), bound("BBB", "2001-02-01"),
        bound("CCC", "2001-01-02", "2001-06-30"),
    ]  # fmt: skip
    assert made(1, *rows) == ("reached", 1, 31)
    assert made(2, *rows) == ("reached", 10, 60)
    assert made(3, *rows) == ("reached", 31, 180)
    assert made(4, *rows) == ("not reached", None, None)


def test_inside_the_window_it_is_not_known() -> None:
    row = bound("AAA", "2001-01-11", "2001-03-02")
    assert made(1, row, as_of=date(2001, 1, 10)) == ("not reached", None, None)
    assert made(1, row, as_of=date(2001, 1, 11)) == ("acts undated", 10, None)
    assert made(1, row, as_of=date(2001, 2, 1)) == ("acts undated", 10, None)
    assert made(1, row, as_of=date(2001, 3, 2)) == ("reached", 10, 60)


def test_where_the_list_is_incomplete_it_may_have_been_sooner_and_nothing_is_excluded() -> None:
    rows = [bound("AAA", "2001-01-11"), bound("BBB", "2001-03-02")]
    gap = made_up(complete_to=date(2001, 1, 31))
    assert made(1, *rows, convention=gap) == ("reached", 10, 10)
    assert made(2, *rows, convention=gap) == ("reached", 31, 60)
    assert made(3, *rows, convention=gap) == ("list incomplete", 31, None)
    assert made(3, *rows, convention=gap, as_of=date(2001, 1, 31))[0] == "not reached"
    assert made(1, convention=made_up(complete_to=None)) == ("list incomplete", 0, None)


def test_a_state_that_left_and_came_back_counts_once_and_an_organisation_never() -> None:
    rows = [
        bound("AAA", "2001-01-11"), bound("AAA", "2001-02-10", act="withdrawal"),
        bound("AAA", "2001-03-02", act="accession"), bound("EUE", "2001-01-05", act="approval"),
    ]  # fmt: skip
    assert made(1, *rows) == ("reached", 10, 10)
    assert made(2, *rows) == ("not reached", None, None)
    # The second stands beside it only once it is back.
    assert made(2, *rows, bound("BBB", "2001-02-20")) == ("reached", 60, 60)


def test_the_organisation_counts_for_entry_into_force_only_where_the_rule_says_so() -> None:
    rows = [bound("AAA", "2001-01-11"), bound("BBB", "2001-01-12"), bound("EUE", "2001-01-13")]
    assert made(ENTRY, *rows) == ("not reached", None, None)
    assert made(ENTRY, *rows, convention=made_up(excludes_reio=False)) == ("reached", 102, 102)
    delayed = made(ENTRY, *rows, convention=made_up(excludes_reio=False), as_of=date(2001, 2, 1))
    assert delayed == ("not reached", None, None)


def test_a_milestone_that_rests_on_a_report_says_so() -> None:
    rows = [bound("AAA", "2001-01-11"), ("BBB", "accession", "2001-02-10", "", "reported")]
    frame = milestones(
        [made_up()], acts_of(rows), STATES, tables.read("memberships"), EARLY, [1, 2, 3]
    )
    assert frame["by_report"].tolist() == [False, True, False, False]
    assert frame["state"].tolist() == ["reached", "reached", "not reached", "not reached"]


@pytest.mark.parametrize("day", ["2005-09-15", "2026-11-24"])
def test_the_whole_registry_on_any_day(day: str) -> None:
    registry = list(load_conventions().values())
    as_of = date.fromisoformat(day)
    frame = milestones(
        registry, tables.read("acts"), tables.read("states"), tables.read("memberships"), as_of
    )
    assert len(frame) == len(registry) * (len(INSTRUMENTS) + 1)
    both = frame.dropna(subset=["earliest", "latest"])
    assert (both["earliest"] <= both["latest"]).all()
    assert (frame["latest"].notna() == (frame["state"] == "reached")).all()
    assert (frame["earliest"].isna() == (frame["state"] == "not reached")).all()
    young = frame["convention"].map({c.convention: c.opens > as_of for c in registry})
    assert (frame.loc[young, "state"] == "not reached").all()
    for _, own in frame[frame["instrument"] != ENTRY].groupby("convention"):
        assert own["latest"].dropna().is_monotonic_increasing


@pytest.mark.parametrize(("name", "day"), [("budapest", "2004-07-01"), ("malabo", "2023-06-08")])
def test_entry_into_force_is_the_published_day(name: str, day: str) -> None:
    days = (date.fromisoformat(day) - load_conventions()[name].opens).days
    assert real(name, ENTRY)["latest"] == days
    eve = date.fromordinal(date.fromisoformat(day).toordinal() - 1)
    assert real(name, ENTRY, eve)["state"] == "not reached"
