"""A depositary's list against our own record of acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from adoption.data import record_guards as rules
from adoption.data.merge import merge_lists
from adoption.data.successive import list_violations
from tests.build.guarding import FIRST, NONE, SECOND, told, withdrew
from tests.build.listing import published
from tests.conftest import Act, acts_of, bound

OWN = {"us"}  # by whom all acts of `acts_of` are: here they were the depositary's


@pytest.mark.parametrize(
    ("record", "listed", "found"),
    [
        pytest.param([bound("AAA", "2001-02-01")], ["AAA ratification 2001-02-01"], [], id="same"),
        pytest.param(
            [bound("AAA", "2001-02-01")], ["AAA acceptance 2001-02-01"], [], id="another name"
        ),
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["BBB signature 2001-02-01"],
            ["act-not-in-list: AAA ratification: 2001-02-01, not in the list of 2002-01-01"],
            id="not in the list",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["AAA ratification 2001-02-02"],
            ["act-day-differs: AAA ratification: 2001-02-01, in the list 2001-02-02"],
            id="another day",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["[AAA ratification 2001-02-01]", "AAA ratification 2001-02-02"],
            ["act-day-differs: AAA ratification: 2001-02-01, in the list 2001-02-02"],
            id="brackets and another day",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["[AAA ratification 2001-02-01]"],
            ["act-superseded: AAA ratification: 2001-02-01, in brackets in the list of 2002-01-01"],
            id="in brackets",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["[AAA ratification 2001-02-03]"],
            ["act-not-in-list: AAA ratification: 2001-02-01, not in the list of 2002-01-01"],
            id="another day in brackets",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01"), *withdrew("2001-12-01")],
            ["[AAA ratification 2001-02-01]"],
            [],
            id="in brackets after a withdrawal",
        ),
        pytest.param(
            [
                bound("AAA", "2001-02-01", "2001-02-28"),
                ("BBB", "signature", "2001-02-01", "", "reported"),
            ],
            NONE,
            [],
            id="undated acts and reports are no guard",
        ),
        pytest.param([bound("AAA", "2002-01-01")], NONE, [], id="of the day of the list"),
        pytest.param([bound("AAA", "2003-01-01")], NONE, [], id="later"),
        pytest.param(withdrew("2001-02-01"), NONE, [], id="lists do not give withdrawals"),
        pytest.param(
            [
                ("AAA", "signature", "2001-02-01", "", "confirmed"),
                ("AAA", "succession to signature", "2001-03-01", "", "confirmed"),
            ],
            ["AAA signature 2001-02-01", "AAA succession to signature 2001-03-01"],
            [],
            id="two of a kind",
        ),
    ],
)
def test_the_record_stands_in_the_list(
    record: list[Act], listed: list[str], found: list[str]
) -> None:
    assert told(rules.against_record(acts_of(record), published(FIRST, *listed), OWN)) == found


def test_another_day_guards_only_where_the_depositary_had_published_ours() -> None:
    """What somebody else has published is a conflict; that it is not listed at all guards."""
    acts = acts_of([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01")])
    one = published(FIRST, "AAA ratification 2001-02-02")
    absent = "act-not-in-list: BBB ratification: 2001-02-01, not in the list of 2002-01-01"
    assert told(rules.against_record(acts, one, {"them"})) == [absent]
    both = acts.assign(source="us;them")
    assert len(told(rules.against_record(both, one, {"them"}))) == 2
    (_, conflicts) = merge_lists(acts, [one])
    assert list(conflicts.query("about == 'day'")["other"]) == ["2001-02-01"]


@pytest.mark.parametrize(
    ("day", "judged_by"),
    [
        ("2001-12-31", FIRST),
        (FIRST, SECOND),
        ("2002-01-15", SECOND),
        ("2002-01-31", SECOND),
        (SECOND, None),
    ],
)
def test_each_act_of_the_record_is_judged_by_the_first_list_after_it(
    day: str, judged_by: str | None
) -> None:
    lists = [published(FIRST), published(SECOND)]
    found = told(list_violations([lists], acts_of([bound("AAA", day)]), OWN))
    line = f"act-not-in-list: AAA ratification: {day}, not in the list of {judged_by}"
    assert found == ([line] if judged_by else [])


@pytest.mark.parametrize(
    ("day", "judged_by"),
    [
        ("2001-12-31", FIRST),
        (FIRST, FIRST),
        ("2002-01-14", FIRST),
        ("2002-01-15", SECOND),
        ("2002-02-14", SECOND),
        ("2002-02-15", None),
    ],
)
def test_a_list_that_was_found_unchanged_judges_what_was_done_until_then(
    day: str, judged_by: str | None
) -> None:
    lists = [published(FIRST, until="2002-01-15"), published(SECOND, until="2002-02-15")]
    found = told(list_violations([lists], acts_of([bound("AAA", day)]), OWN))
    line = f"act-not-in-list: AAA ratification: {day}, not in the list of {judged_by}"
    assert found == ([line] if judged_by else [])


@pytest.mark.parametrize("until", ["", "2002-01-08", "2002-01-15"])
@pytest.mark.parametrize("listed", [NONE, ["[AAA ratification 2001-02-01]"]])
def test_what_is_found_stays_while_the_list_is_found_unchanged(
    listed: list[str], until: str
) -> None:
    record = acts_of([bound("AAA", "2001-02-01")])
    first, again = (published(FIRST, *listed, until=each) for each in ("", until))
    assert told(rules.against_record(record, again, OWN)) == told(
        rules.against_record(record, first, OWN)
    )


@pytest.mark.parametrize(
    ("record", "listed", "found"),
    [
        ([], ["AAA accession 2001-02-01"], []),
        ([], ["[AAA signature 2001-02-01]"], []),
        (
            [],
            ["[AAA accession 2001-02-01]"],
            [
                "withdrawal-without-day: AAA accession: 2001-02-01 in brackets; its day goes into "
                "data/reference/acts.csv"
            ],
        ),
        (
            withdrew("2001-01-01"),
            ["[AAA approval 2001-01-15]", "[AAA accession 2001-02-01]"],
            [
                "withdrawal-without-day: AAA accession: 2001-02-01 in brackets; its day goes into "
                "data/reference/acts.csv"
            ],
        ),
        (
            withdrew("2001-05-01"),
            ["[AAA accession 2001-02-01]", "[AAA accession 2001-08-01]"],
            [
                "withdrawal-without-day: AAA accession: 2001-08-01 in brackets; its day goes into "
                "data/reference/acts.csv"
            ],
        ),
        (withdrew("2001-12-01"), ["[AAA accession 2001-02-01]"], []),
        (withdrew("2001-12-01", "2001-12-31"), ["[AAA accession 2001-02-01]"], []),
        ([], ["[AAA accession 2001-02-01]", "AAA accession 2001-02-02"], []),
        ([], ["[AAA accession 2001-02-01]", "AAA withdrawal 2001-12-01"], []),
    ],
)
def test_brackets_without_a_withdrawal(
    record: list[Act], listed: list[str], found: list[str]
) -> None:
    assert told(rules.without_withdrawal(acts_of(record), published(FIRST, *listed))) == found


@pytest.mark.parametrize(
    ("record", "listed", "found"),
    [
        (withdrew("2001-12-01"), ["[AAA accession 2001-02-01]"], []),
        (withdrew("2001-12-01"), ["AAA signature 2001-02-01"], []),
        (
            withdrew("2001-12-01"),
            ["AAA accession 2001-02-01"],
            [
                "withdrawn-but-listed: AAA accession: withdrew 2001-12-01, in the list since "
                "2001-02-01"
            ],
        ),
        (withdrew("2002-01-01"), ["AAA accession 2001-02-01"], []),
        (withdrew("2001-12-01", "2002-06-01"), ["AAA accession 2001-02-01"], []),
        (withdrew("2001-12-01"), ["AAA accession 2001-12-15"], []),
        (withdrew("2001-12-01"), ["AAA accession 2001-02-01", "AAA withdrawal 2001-12-01"], []),
        (withdrew("2001-12-01"), ["AAA accession 2001-02-01", "AAA withdrawal 2001-11-01"], []),
        (  # the list knows of an earlier withdrawal only
            withdrew("2001-12-01"),
            ["AAA withdrawal 2001-02-01", "AAA accession 2001-03-01"],
            [
                "withdrawn-but-listed: AAA accession: withdrew 2001-12-01, in the list since "
                "2001-03-01"
            ],
        ),
    ],
)
def test_a_withdrawal_without_brackets(
    record: list[Act], listed: list[str], found: list[str]
) -> None:
    assert told(rules.still_listed(acts_of(record), published(FIRST, *listed))) == found


def test_a_list_found_unchanged_after_the_withdrawal_lists_it_still() -> None:
    record = acts_of(withdrew("2002-01-05"))
    one = published(FIRST, "AAA accession 2001-02-01")
    assert told(rules.still_listed(record, one)) == []
    later = replace(one, complete_to=date(2002, 1, 6))
    assert [line.split(":")[0] for line in told(rules.still_listed(record, later))] == [
        "withdrawn-but-listed"
    ]


def test_the_nearest_of_two_terms_is_told() -> None:
    record = acts_of([bound("AAA", "2001-02-03", act="accession"), *withdrew("2001-05-01")])
    one = published(FIRST, "[AAA accession 2001-02-01]", "AAA accession 2001-08-01")
    assert told(rules.against_record(record, one, OWN)) == [
        "act-day-differs: AAA accession: 2001-02-03, in the list 2001-02-01"
    ]


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        pytest.param(["AAA accession 2001-08-01"], [], id="the list has the later term only"),
        pytest.param(
            ["AAA accession 2001-04-01"],
            ["act-day-differs: AAA accession: 2001-02-03, in the list 2001-04-01"],
            id="the list has the same term on another day",
        ),
        pytest.param(
            ["AAA accession 2001-02-01", "AAA withdrawal 2001-04-01"],
            ["act-day-differs: AAA accession: 2001-02-03, in the list 2001-02-01"],
            id="or with its end",
        ),
        pytest.param(
            [], ["act-not-in-list: AAA accession: 2001-02-03, not in the list of 2002-01-01"],
            id="nothing",
        ),
    ],
)  # fmt: skip
def test_of_two_terms_a_list_may_have_the_later_one(listed: list[str], found: list[str]) -> None:
    record = acts_of([bound("AAA", "2001-02-03", act="accession"), *withdrew("2001-05-01")])
    assert told(rules.against_record(record, published(FIRST, *listed), OWN)) == found


def test_a_later_term_is_in_the_list() -> None:
    record = acts_of([bound("AAA", "2001-08-01", act="accession"), *withdrew("2001-05-01")])
    one = published(FIRST, "[AAA accession 2001-02-01]")
    assert told(rules.against_record(record, one, OWN)) == [
        "act-not-in-list: AAA accession: 2001-08-01, not in the list of 2002-01-01"
    ]
