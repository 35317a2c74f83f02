"""What lists say otherwise than themselves, than the one before and than our own record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from adoption.data import list_guards as rules
from adoption.data.merge import merge_lists
from tests.build.listing import lines_of, published
from tests.conftest import Act, acts_of, bound

FIRST, SECOND = "2002-01-01", "2002-02-01"
NONE: list[str] = []
OWN = {"us"}  # by whom all acts of `acts_of` are: here they were the depositary's
SIGNED, BOUND, ENDED = (
    "AAA signature 2001-02-01", "AAA accession 2001-02-01", "[AAA accession 2001-02-01]",
)  # fmt: skip
NO_DAY = (
    "withdrawal-without-day: AAA accession: 2001-02-01 in brackets; its day goes into "
    "data/reference/acts.csv"
)


def withdrew(day: str, latest: str = "") -> list[Act]:
    return [("AAA", "withdrawal", day, latest, "confirmed")]


# A list against itself


@pytest.mark.parametrize(
    ("act", "is_late"),
    [
        ("AAA signature 2002-01-01", False),
        ("AAA signature 2002-01-02", True),
        ("[AAA accession 2002-01-02]", True),
        ("AAA withdrawal 2003-01-01", False),  # it takes effect a year after it is notified
        ("AAA withdrawal 2003-01-02", True),
    ],
)
def test_no_act_after_the_list(act: str, is_late: bool) -> None:
    found = lines_of(rules.after_list(published(FIRST, "BBB signature 2001-02-01", act)))
    who, name, day = act.strip("[]").split()
    assert found == ([f"act-after-list: {who} {name}: {day}"] if is_late else [])


# A list against the one before


@pytest.mark.parametrize(
    ("before", "after", "record", "found"),
    [
        pytest.param([SIGNED], ["BBB signature 2001-02-01"], [],
                     "act-vanished: AAA signature: 2001-02-01, not", id="gone"),
        pytest.param([SIGNED], ["AAA signature 2001-02-02"], [],
                     "act-day-changed: AAA signature: 2001-02-01, but 2001-02-02",
                     id="another day"),
        pytest.param(["AAA ratification 2001-02-01"], ["AAA acceptance 2001-02-01"], [],
                     "act-renamed: AAA ratification: 2001-02-01, but acceptance",
                     id="another name on the same day"),
        pytest.param([SIGNED, "AAA confirmation of signature 2001-03-01"],
                     ["AAA confirmation of signature 2001-03-01", "AAA signature 2001-02-02"], [],
                     "act-day-changed: AAA signature: 2001-02-01, but 2001-02-02",
                     id="the day of one of two"),
        pytest.param([BOUND], [ENDED], [],
                     "act-superseded: AAA accession: 2001-02-01, in brackets", id="in brackets"),
        pytest.param([BOUND], [ENDED], withdrew("2002-01-15"), "",
                     id="a withdrawal explains the brackets"),
        pytest.param([BOUND], [ENDED], withdrew("2001-01-15"),
                     "act-superseded: AAA accession: 2001-02-01, in brackets",
                     id="an earlier withdrawal does not"),
        pytest.param([SIGNED], [f"[{SIGNED}]"], withdrew("2002-01-15"),
                     "act-superseded: AAA signature: 2001-02-01, in brackets",
                     id="nor does any explain a signature in brackets"),
        pytest.param([ENDED], [BOUND], withdrew("2001-05-01"),
                     "act-superseded: AAA accession: 2001-02-01, in brackets before, not",
                     id="a withdrawal undone"),
        pytest.param([ENDED], [], withdrew("2001-05-01"),
                     "act-vanished: AAA accession: 2001-02-01, not", id="who withdrew is gone"),
        pytest.param([ENDED], ["AAA accession 2001-08-01"], withdrew("2001-05-01"),
                     "act-day-changed: AAA accession: 2001-02-01, but 2001-08-01",
                     id="a later consent in the place of one that was ended"),
        pytest.param([BOUND, "AAA withdrawal 2002-06-01"], [BOUND, "AAA withdrawal 2002-07-01"],
                     [], "act-day-changed: AAA withdrawal: 2002-06-01, but 2002-07-01",
                     id="the day of a withdrawal"),
    ],
)  # fmt: skip
def test_what_a_list_says_otherwise(
    before: list[str], after: list[str], record: list[Act], found: str
) -> None:
    one, other = published(FIRST, *before), published(SECOND, *after)
    lines = [f"{found} in the list of 2002-02-01"] if found else []
    assert lines_of(rules.between(one, other, acts_of(record))) == lines
    assert lines_of(rules.between(one, one, acts_of(record))) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({}, {"AAA": "2001-06-01"}, ""),
        ({"AAA": "2001-06-01"}, {"AAA": "2001-07-01"},
         "act-day-changed: AAA entry into force: 2001-06-01, but 2001-07-01"),
        ({"AAA": "2001-06-01"}, {}, "act-vanished: AAA entry into force: 2001-06-01, not"),
        ({"BBB": "2001-06-01"}, {"Mu": "2001-06-01"}, ""),  # another spelling
    ],
)  # fmt: skip
def test_days_of_entry_into_force(
    before: dict[str, str], after: dict[str, str], found: str
) -> None:
    one, other = (
        published(
            day, BOUND, f"{'Mu' if 'Mu' in days else 'BBB'} accession 2001-02-01",
            entry_into_force={who: date.fromisoformat(text) for who, text in days.items()},
        )
        for day, days in ((FIRST, before), (SECOND, after))
    )  # fmt: skip
    lines = [f"{found} in the list of 2002-02-01"] if found else []
    assert lines_of(rules.entries_between(one, other)) == lines


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (None, date(2001, 6, 1), ""),
        (date(2001, 6, 1), date(2001, 6, 1), ""),
        (date(2001, 6, 1), date(2001, 7, 1), "act-day-changed: {} 2001-06-01, but 2001-07-01"),
        (date(2001, 6, 1), None, "act-vanished: {} 2001-06-01, not"),
    ],
)
def test_the_entry_into_force_of_the_treaty(
    before: date | None, after: date | None, found: str
) -> None:
    """What is found does not move with the day on which a list is found unchanged."""
    one = published(FIRST, in_force_on=before)
    other = published(SECOND, until="2002-03-01", in_force_on=after)
    lines = [f"{found.format('entry into force:')} in the list of 2002-02-01"] if found else []
    assert lines_of(rules.list_violations([[one, other]], acts_of([]), ())) == lines


# All of it


def every(*lists: Sequence[str]) -> list[str]:
    days = ["2002-01-01", "2002-02-01", "2002-02-01", "2002-03-01"]
    made = [published(day, *acts) for day, acts in zip(days, lists, strict=False)]
    return lines_of(rules.list_violations([made], acts_of([]), ()))


def test_each_list_is_compared_with_the_one_before() -> None:
    gone = "act-vanished: AAA signature: 2001-02-01, not in the list of 2002-02-01"
    assert every([SIGNED], [SIGNED], [SIGNED], [SIGNED]) == []
    assert every([SIGNED], NONE, NONE, [SIGNED]) == [gone]
    assert every(NONE, [SIGNED], NONE, NONE) == [gone], "what two lists of a day say, once"


def test_acts_on_other_conventions_are_passed_over() -> None:
    mu = acts_of([bound("AAA", "2001-02-01"), *withdrew("2001-05-05")], "mu")
    lists = [published(FIRST, "AAA accession 2001-01-15")]
    assert lines_of(rules.list_violations([lists], mu, {"us"})) == []
    both = pd.concat([mu, acts_of([bound("BBB", "2001-02-01")])], ignore_index=True)
    assert lines_of(rules.list_violations([lists], both, {"us"})) == [
        "act-not-in-list: BBB ratification: 2001-02-01, not in the list of 2002-01-01"
    ]


def test_totals_are_those_of_each_list_and_of_the_one_before() -> None:
    for totals, found in (
        ((1, 1), []),
        ((1, None), ["list-total-differs: signatories: no header, before 1"]),
        ((2, 2), ["list-total-differs: signatories: header 2, counted 1"]),
    ):
        days = zip((FIRST, SECOND), totals, strict=True)
        lists = [published(day, SIGNED, signatories=total) for day, total in days]
        assert lines_of(rules.list_violations([lists], acts_of([]), ())) == found


def test_a_list_of_an_earlier_day_than_the_one_before_it() -> None:
    assert lines_of(rules.older(published(FIRST), published(FIRST))) == []
    assert lines_of(rules.older(published("2002-01-02"), published(FIRST))) == [
        "list-older: list: of 2002-01-01, after one of 2002-01-02"
    ]


# A list against the record


@pytest.mark.parametrize(
    ("record", "listed", "found"),
    [
        pytest.param([bound("AAA", "2001-02-01")], ["AAA acceptance 2001-02-01"], "",
                     id="another name"),
        pytest.param([bound("AAA", "2001-02-01")], ["BBB signature 2001-02-01"],
                     "act-not-in-list: AAA ratification: 2001-02-01, not in the list of 2002-01-01",
                     id="not in the list"),
        pytest.param([bound("AAA", "2001-02-01")], ["AAA ratification 2001-02-02"],
                     "act-day-differs: AAA ratification: 2001-02-01, in the list 2001-02-02",
                     id="another day"),
        pytest.param([bound("AAA", "2001-02-01")], ["[AAA ratification 2001-02-01]"],
                     "act-superseded: AAA ratification: 2001-02-01, in brackets in the list of "
                     "2002-01-01", id="in brackets"),
        pytest.param([bound("AAA", "2001-02-01"), *withdrew("2001-12-01")],
                     ["[AAA ratification 2001-02-01]"], "", id="in brackets after a withdrawal"),
        pytest.param([bound("AAA", "2001-02-01", "2001-02-28"),
                     ("BBB", "signature", "2001-02-01", "", "reported")], NONE, "",
                     id="undated acts and reports are no guard"),
        pytest.param([bound("AAA", "2002-01-01")], NONE, "", id="of the day of the list"),
        pytest.param(withdrew("2001-02-01"), NONE, "", id="lists do not give withdrawals"),
    ],
)  # fmt: skip
def test_the_record_stands_in_the_list(record: list[Act], listed: list[str], found: str) -> None:
    violations = rules.against_record(acts_of(record), published(FIRST, *listed), OWN)
    assert lines_of(violations) == ([found] if found else [])


def test_another_day_guards_only_where_the_depositary_had_published_ours() -> None:
    """What somebody else has published is a conflict; that it is not listed at all guards."""
    acts = acts_of([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01")])
    one = published(FIRST, "AAA ratification 2001-02-02")
    absent = "act-not-in-list: BBB ratification: 2001-02-01, not in the list of 2002-01-01"
    assert lines_of(rules.against_record(acts, one, {"them"})) == [absent]
    assert len(lines_of(rules.against_record(acts.assign(source="us;them"), one, {"them"}))) == 2
    (_, conflicts) = merge_lists(acts, [one])
    assert list(conflicts.query("about == 'day'")["other"]) == ["2001-02-01"]


@pytest.mark.parametrize(
    ("day", "judged_by"),
    [
        ("2001-12-31", FIRST),
        ("2002-01-14", FIRST),
        ("2002-01-15", SECOND),  # the first list was found unchanged until then
        ("2002-02-14", SECOND),
        ("2002-02-15", None),
    ],
)
def test_each_act_of_the_record_is_judged_by_the_first_list_that_reaches_beyond_it(
    day: str, judged_by: str | None
) -> None:
    lists = [published(FIRST, until="2002-01-15"), published(SECOND, until="2002-02-15")]
    found = lines_of(rules.list_violations([lists], acts_of([bound("AAA", day)]), OWN))
    line = f"act-not-in-list: AAA ratification: {day}, not in the list of {judged_by}"
    assert found == ([line] if judged_by else [])


# Withdrawals


@pytest.mark.parametrize(
    ("record", "listed", "found"),
    [
        pytest.param([], [BOUND], "", id="none"),
        pytest.param([], [ENDED], NO_DAY, id="brackets alone"),
        pytest.param(withdrew("2001-12-01", "2001-12-31"), [ENDED], "", id="brackets explained"),
        pytest.param([], [ENDED, "AAA withdrawal 2001-12-01"], "", id="by the list itself"),
        pytest.param(withdrew("2001-12-01"), [BOUND],
                     "withdrawn-but-listed: AAA accession: withdrew 2001-12-01, in the list since "
                     "2001-02-01", id="without brackets"),
        pytest.param(withdrew(FIRST), [BOUND], "", id="to take effect on the day of the list"),
        pytest.param(withdrew("2001-12-01", "2002-06-01"), [BOUND], "", id="perhaps later"),
        pytest.param(withdrew("2001-12-01"), [BOUND, "AAA withdrawal 2001-11-01"], "",
                     id="in the list on another day"),
        pytest.param(withdrew("2001-05-01"), ["AAA accession 2001-08-01"],
                     "bound-again: AAA accession: withdrew 2001-05-01, bound again 2001-08-01",
                     id="bound again, by the list"),
        pytest.param([*withdrew("2001-05-01"), bound("AAA", "2001-08-01", act="approval")],
                     [ENDED],
                     "bound-again: AAA approval: withdrew 2001-05-01, bound again 2001-08-01",
                     id="bound again, by the record"),
        pytest.param([], ["AAA accession 2001-08-01", "AAA withdrawal 2001-05-01"],
                     "bound-again: AAA accession: withdrew 2001-05-01, bound again 2001-08-01",
                     id="bound again, all by the list"),
    ],
)  # fmt: skip
def test_withdrawals(record: list[Act], listed: list[str], found: str) -> None:
    violations = rules.withdrawals_differ(acts_of(record), published(FIRST, *listed))
    assert lines_of(violations) == ([found] if found else [])


def test_a_list_found_unchanged_after_the_withdrawal_lists_it_still() -> None:
    record = acts_of(withdrew("2002-01-05"))
    one = published(FIRST, BOUND)
    assert lines_of(rules.withdrawals_differ(record, one)) == []
    later = replace(one, complete_to=date(2002, 1, 6))
    assert [line.split(":")[0] for line in lines_of(rules.withdrawals_differ(record, later))] == [
        "withdrawn-but-listed"
    ]
