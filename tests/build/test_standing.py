"""What stands in a list, and what its brackets mean."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from adoption.data.standing import by_key, divided, parted, partings, withdrawals_of
from adoption.law.status import Row
from tests.build.listing import published
from tests.conftest import acts_of, bound

DAY = "2002-01-01"


def span(text: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, _, last = text.partition("..")
    return pd.Timestamp(first), pd.Timestamp(last or first)


def act(days: str, name: str = "accession") -> Row:
    earliest, latest = span(days)
    return {"act": name, "earliest": earliest, "latest": latest}


def test_acts_by_participant_and_kind_in_the_order_of_their_days() -> None:
    found = by_key(
        published(
            DAY, "BBB accession 2001-03-01", "AAA succession to signature 2001-02-01",
            "AAA signature 2001-01-05", "[AAA accession 2001-04-01]",
        ).acts
    )  # fmt: skip
    assert {key: [row["act"] for row in rows] for key, rows in found.items()} == {
        ("AAA", "signature"): ["signature", "succession to signature"],
        ("AAA", "consent"): ["accession"],
        ("BBB", "consent"): ["accession"],
    }
    assert by_key(published(DAY).acts) == {}


def test_withdrawals_have_a_window_or_a_day() -> None:
    record = by_key(acts_of([("AAA", "withdrawal", "2001-02-01", "2001-03-01", "reported")]))
    listed = by_key(published(DAY, "AAA withdrawal 2001-02-05", "BBB accession 2001-01-01").acts)
    found = withdrawals_of("AAA", record, listed)
    assert found == [span("2001-02-01..2001-03-01"), span("2001-02-05")]
    assert withdrawals_of("BBB", record, listed) == []
    assert withdrawals_of("AAA") == []


@pytest.mark.parametrize(
    ("listed", "withdrawals", "done", "brackets"),
    [
        ([], [], [], []),
        (["AAA accession 2001-02-01"], [], ["accession 2001-02-01"], []),
        (["[AAA accession 2001-02-01]"], [], [], ["accession 2001-02-01"]),
        (["[AAA accession 2001-02-01]"], ["2001-05-01"], ["accession 2001-02-01"], []),
        (["[AAA accession 2001-02-01]"], ["2001-02-01"], ["accession 2001-02-01"], []),
        (["[AAA accession 2001-02-01]"], ["2001-01-31"], [], ["accession 2001-02-01"]),
        (["[AAA accession 2001-02-01]"], ["2001-01-01..2001-05-01"], ["accession 2001-02-01"], []),
        (["[AAA signature 2001-02-01]"], ["2001-05-01"], [], ["signature 2001-02-01"]),
        (
            ["[AAA approval 2001-02-01]", "AAA accession 2001-06-01"],
            ["2001-05-01"],
            ["accession 2001-06-01", "approval 2001-02-01"],
            [],
        ),
        (
            ["[AAA approval 2001-02-01]", "AAA accession 2001-06-01"],
            ["2001-06-01"],
            ["accession 2001-06-01", "approval 2001-02-01"],
            [],
        ),
        (
            ["[AAA approval 2001-02-01]", "AAA accession 2001-06-01"],
            ["2001-07-01"],
            ["accession 2001-06-01"],
            ["approval 2001-02-01"],
        ),
        (
            ["[AAA accession 2001-02-01]", "AAA accession 2001-06-01"],
            ["2001-05-01"],
            ["accession 2001-06-01", "accession 2001-02-01"],
            [],
        ),
        (
            ["[AAA accession 2001-02-01]", "[AAA accession 2001-06-01]"],
            ["2001-05-01", "2001-08-01"],
            ["accession 2001-02-01", "accession 2001-06-01"],
            [],
        ),
        (
            ["[AAA accession 2001-02-01]", "[AAA accession 2001-02-03]"],
            ["2001-05-01"],
            ["accession 2001-02-03"],
            ["accession 2001-02-01"],
        ),
        (
            ["[AAA accession 2001-02-01]", "AAA accession 2001-06-01"],
            ["2001-05-01..2001-07-01"],
            ["accession 2001-06-01", "accession 2001-02-01"],
            [],
        ),
        (
            ["[AAA approval 2001-02-01]", "[AAA accession 2001-06-01]"],
            ["2001-05-01", "2001-08-01"],
            ["approval 2001-02-01", "accession 2001-06-01"],
            [],
        ),
        (  # each withdrawal ends one of its own
            ["[AAA accession 2001-02-01]", "[AAA accession 2001-06-01]"],
            ["2001-05-01..2001-07-01", "2001-08-01"],
            ["accession 2001-02-01", "accession 2001-06-01"],
            [],
        ),
        (  # also where one that has a window would take that of another
            ["[AAA accession 2001-02-01]", "[AAA accession 2001-06-01]"],
            ["2001-03-01..2001-12-01", "2001-08-01"],
            ["accession 2001-02-01", "accession 2001-06-01"],
            [],
        ),
        (  # one withdrawal, of which two sources have two days
            ["[AAA accession 2001-02-01]", "[AAA accession 2001-02-03]"],
            ["2001-05-01", "2001-05-04", "2001-04-01..2001-06-01"],
            ["accession 2001-02-03"],
            ["accession 2001-02-01"],
        ),
        (  # what stands on the day in brackets is no second act
            ["AAA accession 2001-02-01", "[AAA accession 2001-02-01]"],
            ["2001-02-01"],
            ["accession 2001-02-01"],
            ["accession 2001-02-01"],
        ),
        (  # brackets after what stands were taken back
            ["AAA accession 2001-02-01", "[AAA accession 2001-06-01]"],
            ["2001-01-01..2001-07-01"],
            ["accession 2001-02-01"],
            ["accession 2001-06-01"],
        ),
    ],
)
def test_brackets(
    listed: list[str], withdrawals: list[str], done: list[str], brackets: list[str]
) -> None:
    (rows,) = by_key(published(DAY, *listed).acts).values() if listed else ([],)
    found = divided(rows, [span(text) for text in withdrawals])
    assert [[f"{row['act']} {row['date']:%Y-%m-%d}" for row in part] for part in found] == [
        done,
        brackets,
    ]


@pytest.mark.parametrize(
    ("one", "other", "between", "apart"),
    [
        ("2001-02-01", "2001-06-01", [], False),
        ("2001-02-01", "2001-06-01", ["2001-05-01"], True),
        ("2001-02-01", "2001-06-01", ["2001-02-01"], False),
        ("2001-02-01", "2001-06-01", ["2001-06-01"], True),
        ("2001-06-01", "2001-02-01", ["2001-05-01"], False),
        ("2001-02-01", "2001-06-01", ["2001-01-01", "2001-07-01"], False),
        ("2001-02-01", "2001-06-01", ["2001-05-01..2001-07-01"], False),
        ("2001-02-01", "2001-06-01", ["2001-01-01..2001-05-01"], False),
        ("2001-02-01", "2001-06-01", ["2001-02-01..2001-05-01"], True),
        ("2001-02-01..2001-03-01", "2001-03-01..2001-06-01", ["2001-03-01"], False),
        ("2001-02-01..2001-05-10", "2001-06-01", ["2001-05-01"], False),
        ("2001-02-01", "2001-04-01..2001-06-01", ["2001-05-01"], False),
        ("2001-02-01", "2001-05-02..2001-06-01", ["2001-05-01"], True),
        ("2001-02-01", "2001-02-01", ["2001-02-01"], False),
    ],
)
def test_two_acts_are_apart_if_something_certainly_lies_between(
    one: str, other: str, between: list[str], apart: bool
) -> None:
    assert parted(act(one), act(other), [span(text) for text in between]) == apart


def test_a_consent_on_the_day_of_a_withdrawal_comes_after_it() -> None:
    days = "2001-02-01", "2001-05-01", "2001-06-01"
    for first, between, second in itertools.product(days, repeat=3):
        apart = parted(act(first), act(second), [span(between)])
        assert apart == (first < between <= second)
        apart = parted(act(first, "withdrawal"), act(second, "withdrawal"), [span(between)])
        assert apart == (first <= between < second)


def test_between_consents_lie_withdrawals_and_between_withdrawals_consents() -> None:
    record = by_key(acts_of([bound("AAA", "2001-02-01", "2001-03-01")]))
    listed = by_key(
        published(
            DAY, "AAA signature 2001-01-01", "[AAA accession 2001-01-05]",
            "[AAA accession 2001-01-08]", "AAA withdrawal 2001-05-01", "AAA accession 2001-06-01",
        ).acts
    )  # fmt: skip
    assert partings(("AAA", "consent"), record, listed) == [span("2001-05-01")]
    assert partings(("AAA", "withdrawal"), record, listed) == [
        span("2001-02-01..2001-03-01"), span("2001-06-01"), span("2001-01-08"),
    ]  # fmt: skip
    assert partings(("AAA", "signature"), record, listed) == []


def test_rows_of_the_table_of_acts_have_keys_too() -> None:
    rows = [bound("AAA", "2001-02-01", "2001-03-01"), bound("AAA", "2001-01-05", act="accession")]
    found = by_key(acts_of(rows))
    assert list(found) == [("AAA", "consent")]
    assert {row["act"] for row in found["AAA", "consent"]} == {"accession", "ratification"}
