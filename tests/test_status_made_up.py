"""The status of a convention that does not exist: histories for one point each, and properties."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from adoption.cli.status import status_in_text
from adoption.law.panel import CONSENTED, SIGNED
from adoption.law.rules import Window
from adoption.law.status import status_on
from adoption.show.status import limits_of_force
from tests.conftest import MADE_UP_STATES as STATES
from tests.conftest import (
    Act,
    acts_of,
    bound,
    bounds,
    history_of,
    made,
    made_up,
    of,
    states_of,
    window,
)

# Windows, withdrawals, grades


def test_a_signature_that_may_have_been_would_change_nothing_for_a_party() -> None:
    maybe: Act = ("AAA", "signature", "2001-01-01", "2020-01-01", "inferred")
    found = made("2012-01-01", bound("AAA", "2001-02-01"), maybe)
    assert (of(found, "AAA"), of(found, "AAA", "possible")) == (CONSENTED, "nan")


def test_an_approval_at_home_is_no_consent() -> None:
    signature: Act = ("AAA", "signature", "2001-01-01", "", "confirmed")
    approval: Act = ("AAA", "domestic approval", "2001-02-01", "2001-02-10", "reported")
    signed, both = made("2002-01-01", signature), made("2002-01-01", signature, approval)
    others = pd.DataFrame([{"iso3": "AAA", "act": "domestic approval", "grade": "reported"}])
    others["earliest"] = pd.Timestamp("2001-02-01")
    approved = status_on(both.history, both.as_of, states_of(STATES), None, others)
    assert of(approved, "AAA", "domestic_approval_on") == "2001-02-01"
    assert of(approved, "AAA", "domestic_approval_grade") == "reported"
    without = signed.participants[["domestic_approval_on", "domestic_approval_grade"]]
    people = approved.participants.assign(**without)
    pd.testing.assert_frame_equal(people, signed.participants)
    assert bounds(approved, "parties") == bounds(approved, "counted") == (0, 0)


def test_what_was_reached_is_not_needed_again_after_a_withdrawal() -> None:
    rows = [bound("AAA", "2001-02-01"), bound("BBB", "2001-03-01")]
    left: Act = ("BBB", "withdrawal", "2002-01-01", "", "confirmed")
    found = made("2003-01-01", *rows, left, threshold=2)
    assert (found.counted.lower, found.in_force) == (1, True)
    needed = found.remaining, found.least_remaining, found.remaining_if_confirmed_only
    assert needed == (0, 0, 0)
    before = made("2001-02-15", *rows, left, threshold=2)
    assert before.remaining == before.remaining_if_confirmed_only == 1


def consent(iso3: str, day: str, grade: str = "confirmed", latest: str = "") -> Act:
    return iso3, "accession", day, latest, grade


def left(iso3: str, day: str, grade: str = "confirmed", latest: str = "") -> Act:
    return iso3, "withdrawal", day, latest, grade


A, B, C = consent("AAA", "2001-02-01"), consent("BBB", "2001-03-01"), consent("CCC", "2001-04-01")


REPORTED = consent("AAA", "2001-02-01", "reported")
LEFT = left("AAA", "2001-03-15", "reported")


@pytest.mark.parametrize(
    ("threshold", "rows", "needed", "why"),
    [
        (
            2,
            [REPORTED, B, C, left("CCC", "2001-06-01")],
            (0, 0),
            "the confirmed two stood at once before one of them left",
        ),
        (3, [A, B, C, LEFT], (1, 0), "left by report only"),
        (
            3,
            [A, B, C, LEFT, left("BBB", "2001-06-01")],
            (2, 0),
            "without the report it was reached before the other left",
        ),
        (
            3,
            [A, B, LEFT, consent("AAA", "2001-05-01", "reported")],
            (2, 1),
            "without reports it stayed, with them its consent is reported: at most two are needed",
        ),
    ],
)
def test_what_is_needed_if_only_confirmed_acts_count(
    threshold: int, rows: list[Act], needed: tuple[int, int], why: str
) -> None:
    found = made("2002-01-01", *rows, threshold=threshold)
    assert (found.remaining, found.remaining_if_confirmed_only) == needed, why


@pytest.mark.parametrize(
    ("day", "first_term", "second_term"),
    [("2001-05-20", "2001-05-20", "2005-01-31"), ("2005-02-05", "2001-05-02", "2005-02-05")],
)
def test_a_published_day_is_of_one_term(day: str, first_term: str, second_term: str) -> None:
    rows = [
        bound("AAA", "2001-02-01"),
        bound("BBB", "2001-02-01"),
        ("AAA", "withdrawal", "2004-01-01", "", "confirmed"),
        bound("AAA", "2005-01-01", act="accession"),
    ]
    entries = pd.DataFrame({"iso3": ["AAA"], "date": pd.to_datetime([day])})
    convention, states = made_up(threshold=2), states_of(STATES)
    spells = history_of(convention, acts_of(rows), states, (), entries)
    for as_of, expected in ((date(2006, 1, 1), second_term), (date(2003, 1, 1), first_term)):
        found = status_on(spells, as_of, states)
        assert of(found, "AAA", "in_force_on") == expected


def test_what_is_certain_is_counted_by_grade() -> None:
    consents = [
        consent("AAA", "2001-02-01"),
        consent("BBB", "2001-02-01", "reported"),
        consent("CCC", "2001-02-01", "inferred", "2001-12-31"),
        consent("DDD", "2001-02-01", latest="2001-12-31"),
    ]
    found = made("2001-06-01", *consents).parties
    assert (found.lower, found.with_reports, found.upper) == (1, 2, 4)
    assert found.by_grade == {"confirmed": 1, "reported": 1, "inferred": 0}


def decided(*rows: Act) -> pd.Series[Any]:
    """Return what is known of AAA on 1 June 2001."""
    people = made("2001-06-01", *rows).participants
    return people[people["iso3"] == "AAA"].iloc[0]


def test_a_signature_after_a_consent_changes_nothing() -> None:
    row = decided(consent("AAA", "2001-01-01"), bound("AAA", "2001-02-01", act="signature"))
    assert (row["status"], row["act"], row["signed"]) == (CONSENTED, "accession", True)
    assert pd.isna(row["possible"])


def test_an_act_that_may_have_happened_is_possible_and_decides_nothing() -> None:
    perhaps = consent("AAA", "2001-05-01", "reported", "2001-07-01")
    row = decided(bound("AAA", "2001-01-01", act="signature"), perhaps)
    assert (row["status"], row["possible"], row["act"]) == (SIGNED, CONSENTED, "signature")
    alone = decided(perhaps)
    assert (alone["status"], alone["possible"]) == ("no act known", CONSENTED)
    assert pd.isna(alone["act"])


@pytest.mark.parametrize("gone", [True, False])
def test_one_that_is_bound_again_is_so_since_its_last_consent(gone: bool) -> None:
    first, out, again = A, left("AAA", "2001-03-01"), consent("AAA", "2001-05-01")
    days = [f"{decided(*acts)['consented_on']:%Y-%m-%d}" for acts in ((first,), (first, out))]
    assert days == ["2001-02-01"] * 2, "the day on which it was bound, for one that left"
    last = [left("AAA", "2001-05-20")] if gone else []
    for earlier in (first, consent("AAA", "2001-02-01", "reported", "2001-12-31")):
        row = decided(earlier, out, again, *last)
        assert f"{row['consented_on']:%Y-%m-%d}" == "2001-05-01"
        assert row["status"] == (CONSENTED if not gone else "withdrawn")


NO_RULE = {"later": None, "later_article": None}
LONG = "2001-01-01..2001-12-31"


@pytest.mark.parametrize(
    ("deposit", "others", "published", "rules", "days", "why"),
    [
        ("2001-01-01", "2001-03-01", "2001-12-24", {}, "2001-12-24", "published day"),
        ("2001-01-01", None, "2001-12-24", {}, "2001-12-24", "published day"),
        ("2001-01-01", None, None, {}, None, "threshold not reached"),
        ("2001-01-01", "2001-03-01", None, {}, "2001-05-30", "rule"),  # among the first
        ("2001-03-01", "2001-03-01", None, {}, "2001-05-30", "rule"),  # the nth itself
        ("2001-01-01..2001-02-01", "2001-03-01", None, {}, "2001-05-30", "rule"),
        ("2001-01-01", "2001-03-01..2001-04-01", None, {}, "2001-05-30..2001-06-30", "rule"),
        ("2001-03-02", "2001-03-01", None, {}, "2001-05-30", "rule"),  # never before the first
        ("2001-05-01", "2001-03-01", None, {}, "2001-05-31", "rule"),  # its own thirty days
        ("2001-02-01..2001-05-01", "2001-03-01", None, {}, "2001-05-30..2001-05-31", "rule"),
        ("2001-05-11", "2001-03-01", None, {"later": {"months": 3}}, "2001-09-01", "rule"),
        # without a rule for later parties: on its own day, or after as long as the first waited
        ("2001-03-01", "2001-03-01", None, NO_RULE, "2001-05-30", "rule"),
        ("2001-05-01", "2001-03-01", None, NO_RULE, "2001-05-30..2001-07-30", "general rule"),
        ("2003-05-01", "2001-03-01", None, NO_RULE, "2003-05-01..2003-07-30", "general rule"),
        (
            "2001-02-01..2001-05-01",
            "2001-03-01",
            None,
            NO_RULE,
            "2001-05-30..2001-07-30",
            "general rule",
        ),
        (LONG, LONG, None, NO_RULE | {"threshold": 4}, "2001-04-01..2002-03-31", "rule"),
        (LONG, LONG, None, NO_RULE, "2001-04-01..2002-03-31", "general rule"),  # or the fourth
        ("2001-01-01..2001-06-30", LONG, None, NO_RULE, "2001-04-01..2002-03-31", "general rule"),
    ],
)
def test_in_force_for_one_party(
    deposit: str,
    others: str | None,
    published: str | None,
    rules: dict[str, object],
    days: str | None,
    why: str,
) -> None:
    rows = [bound("AAA", *deposit.split(".."))]
    rows += [bound(code, *others.split("..")) for code in ("BBB", "CCC", "DDD") if others]
    entries = pd.DataFrame({"iso3": ["AAA"], "date": [pd.Timestamp(published or "NaT")]}).dropna()
    convention, states = made_up(**rules), states_of(STATES)
    row = history_of(convention, acts_of(rows), states, entries=entries).consents.iloc[0]
    found = row["in_force_earliest"], row["in_force_latest"]
    assert row["in_force_why"] == why
    assert (
        all(map(pd.isna, found))
        if days is None
        else (Window(*(day.date() for day in found)) == window(days))
    )


@pytest.mark.parametrize(
    ("since", "notified", "days"),
    [
        ("2002-06-01", "2003-03-01", "2002-06-01..2003-03-01"),  # not thirty days later
        ("2001-04-01", "2003-03-01", "2001-05-30..2003-03-01"),  # never before the convention
        ("2001-04-01", "2001-05-01", "2001-05-30"),
        (None, "2003-03-01", "2001-05-30..2003-03-01"),  # the day of the succession not known
    ],
)
def test_a_successor_is_bound_from_the_succession_at_the_latest_from_its_notification(
    since: str | None, notified: str, days: str
) -> None:
    rows = [bound(code, "2001-03-01") for code in ("BBB", "CCC", "DDD")]
    states = states_of(STATES)
    states["state_since"] = pd.to_datetime(states["iso3"].map({"AAA": since}))
    acts = acts_of([*rows, bound("AAA", notified, act="succession")])
    found = history_of(made_up(), acts, states)
    row = found.consents.iloc[0]
    assert row["in_force_why"] == "succession"
    assert Window(*(row[f"in_force_{end}"].date() for end in ("earliest", "latest"))) == (
        window(days)
    )
    before = window(days).latest - timedelta(days=1)
    status = status_on(found, before, states)
    assert of(status, "AAA", "in_force") == ("<NA>" if ".." in days else "False")
    assert of(status_on(found, window(days).latest, states), "AAA") == "in force"


def test_one_that_withdraws_before_entry_into_force_is_told_with_its_day() -> None:
    rows = [bound(code, "2001-03-01") for code in ("AAA", "BBB", "CCC")]
    gone = bound("BBB", "2001-04-01", act="withdrawal")
    assert limits_of_force(made("2001-04-02", *rows, gone)) == "withdrawn before then: BBB"
    assert limits_of_force(made("2001-03-31", *rows, gone)) == "", "it had not withdrawn yet"
    assert "withdrawn before  BBB\n" in status_in_text(made("2001-06-01", *rows, gone))
    later = bound("BBB", "2001-06-01", act="withdrawal")
    assert limits_of_force(made("2001-07-01", *rows, later)) == ""
    reported: Act = (*gone[:4], "reported")
    assert "BBB, by report only" in limits_of_force(made("2001-06-01", *rows, reported))
