"""What the tables must agree on, each rule by itself on made-up tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd
import pytest

from adoption.data import checks
from adoption.data.csvfile import AT
from adoption.data.exceptions import Violation
from adoption.data.schemas import conform
from tests.conftest import Act, acts_of, bound, made_up, states_of

SIGNED: Act = ("AAA", "signature", "2001-02-01", "", "confirmed")
DAY = pd.Timestamp("2001-03-01")


def treaties(**columns: object) -> pd.DataFrame:
    known: dict[str, object] = {
        "treaty": ["I-1"],
        "concluded": [DAY],
        "as_of": [DAY],
        "signatories_official": [1],
        "parties_official": [2],
    }
    return pd.DataFrame(known | columns)


def base(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["participant", "act", "date"])
    return frame.assign(treaty="I-1", date=pd.to_datetime(frame["date"]))


def totals(day: str, signatories: int | None, parties: int | None) -> pd.DataFrame:
    row = {"convention": "atlantis", "as_of": pd.Timestamp(day), "source": "us"}
    frame = pd.DataFrame([row | {"signatories": signatories, "parties": parties}])
    return frame.astype({"signatories": "Int64", "parties": "Int64"})


def listed(violations: Iterable[Violation]) -> list[tuple[str, ...]]:
    """Return what an exception would list of each violation."""
    return [violation[:3] for violation in violations]


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (("AAA", "signature", "2001-01-01", "", "confirmed"), []),
        (("AAA", "signature", "2000-12-31", "", "confirmed"), ["atlantis AAA signature"]),
        (("AAA", "accession", "2000-12-31", "2001-02-01", "inferred"), ["atlantis AAA accession"]),
    ],
)
def test_no_act_before_the_opening(act: Act, found: list[str]) -> None:
    violations = list(checks.before_opening(acts_of([act]), {"atlantis": made_up()}))
    assert [violation.subject for violation in violations] == found
    assert {violation.rule for violation in violations} <= {"act-before-opening"}


@pytest.mark.parametrize(
    ("latest", "based", "found"),
    [
        ("2001-02-28", "2001-03-01", []),
        ("2001-03-02", "2001-03-01", [("atlantis AAA ratification", "2001-03-02")]),
        ("2001-03-01", "2001-03-02", [("I-1 Atlantis accession", "2001-03-02")]),
    ],
)
def test_no_act_in_the_future(latest: str, based: str, found: list[tuple[str, str]]) -> None:
    tables = {
        "acts": acts_of([bound("AAA", "2001-02-01", latest)]),
        "base_acts": base(("Atlantis", "accession", based)),
        "base_treaties": treaties(),
    }
    assert listed(checks.after_record(tables, DAY)) == [
        ("act-in-the-future", *rest) for rest in found
    ]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2001-03-02", []),
        ("2002-03-01", []),
        ("2002-03-02", ["2002-03-02"]),
    ],
)
def test_a_withdrawal_may_take_effect_after_its_notice(day: str, found: list[str]) -> None:
    acts = [("AAA", "withdrawal", day, "", "confirmed"), bound("AAA", "2001-02-01", "2001-03-02")]
    tables = {
        "acts": acts_of(acts),
        "base_acts": base(),
        "base_treaties": treaties(),
    }
    late = [violation.found for violation in checks.after_record(tables, DAY)]
    assert late == ["2001-03-02", *found], "no consent has a notice"


@pytest.mark.parametrize(
    ("consent", "found"),
    [
        (bound("AAA", "2001-02-01"), []),
        (bound("AAA", "2001-01-31"), [("consent-before-signature", "atlantis AAA", "2001-01-31")]),
        (bound("AAA", "2001-01-15", "2001-02-01"), []),
        (
            bound("AAA", "2001-01-15", "2001-01-31", "acceptance"),
            [("consent-before-signature", "atlantis AAA", "2001-01-31")],
        ),
        (bound("BBB", "2001-01-15"), []),
        (("AAA", "withdrawal", "2001-01-15", "", "confirmed"), []),
    ],
)
def test_no_consent_before_the_signature(consent: Act, found: list[tuple[str, str, str]]) -> None:
    acts = acts_of([SIGNED, consent])
    assert listed(checks.before_signature(acts, "convention", "iso3")) == found


def test_no_act_before_the_conclusion() -> None:
    acts = base(("Atlantis", "accession", "2001-02-28"), ("Mu", "accession", "2001-03-01"))
    found = listed(checks.before_conclusion({"base_acts": acts, "base_treaties": treaties()}))
    assert found == [("act-before-conclusion", "I-1 Atlantis accession", "2001-02-28")]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ({}, []),
        ({"parties_official": [3]}, [("I-1 parties", "header 3, counted 2")]),
        ({"signatories_official": [0]}, [("I-1 signatories", "header 0, counted 1")]),
        ({"signatories_official": [None], "parties_official": [None]}, []),
        ({"treaty": ["I-2"]}, [("I-2 signatories", "header 1, counted 0"),
                               ("I-2 parties", "header 2, counted 0")]),
    ],
)  # fmt: skip
def test_headers_agree_with_a_recount(
    header: dict[str, object], found: list[tuple[str, str]]
) -> None:
    acts = base(
        ("Atlantis", "signature", "2001-03-01"),
        ("Atlantis", "ratification", "2001-03-02"),
        ("Mu", "accession", "2001-03-01"),
        ("Mu", "acceptance", "2001-03-03"),
    )
    violations = checks.base_totals_differ({"base_acts": acts, "base_treaties": treaties(**header)})
    assert listed(violations) == [("header-differs", *rest) for rest in found]


@pytest.mark.parametrize(
    ("published", "found"),
    [
        (totals("2001-02-15", 1, 1), []),
        (totals("2001-02-15", 1, 2), []),
        (totals("2001-02-15", None, None), []),
        (totals("2001-02-15", 2, 3), ["signatories", "parties"]),
        (totals("2001-02-15", 0, 0), ["signatories", "parties"]),
        (totals("2001-03-01", 1, 1), ["parties"]),
    ],
)
def test_totals_lie_inside_the_bounds(published: pd.DataFrame, found: list[str]) -> None:
    acts = acts_of([SIGNED, bound("BBB", "2001-02-01"), bound("CCC", "2001-02-01", "2001-03-01")])
    tables = {"totals": published, "acts": acts}
    violations = list(checks.totals_differ(tables, {"atlantis": made_up()}, {"us"}))
    assert [(v.rule, v.subject.split()[1]) for v in violations] == [
        ("total-differs", name) for name in found
    ]
    assert list(checks.totals_differ(tables, {"atlantis": made_up()}, {"them"})) == []


@pytest.mark.parametrize("named", [True, False])
def test_a_total_of_others_is_a_conflict(named: bool) -> None:
    """Where nobody names the signatories there is nothing to compare their total with."""
    registry = {"atlantis": made_up(signatories_listed=named)}
    acts = acts_of([SIGNED, bound("BBB", "2001-02-01"), bound("CCC", "2001-02-01", "2001-03-01")])
    published = totals("2001-02-15", 2, 3)
    found = checks.conflicting_totals(published, acts, registry, {"them"})
    rows = [("signatories", "1", "2 on 2001-02-15"), ("parties", "1 to 2", "3 on 2001-02-15")]
    told = conform("conflicts", found)[["kind", "kept", "other"]]
    assert sorted(told.itertuples(index=False, name=None)) == sorted(rows if named else rows[1:])
    assert checks.conflicting_totals(published, acts, registry, {"us"}).empty


@pytest.mark.parametrize(
    ("published", "state", "found"),
    [
        ("2001-05-30", "2001-05-30", []),
        ("2001-05-31", "2001-05-30", [("entry-into-force-differs", "atlantis")]),
        (None, "2001-05-30", [("entry-into-force-differs", "atlantis")]),
        ("2001-05-30", "2001-05-29", [("state-entry-into-force-differs", "atlantis AAA")]),
        ("2001-05-30", "2001-05-31", [("state-entry-into-force-differs", "atlantis AAA")]),
    ],
)
def test_published_days_follow_from_the_acts(
    published: str | None, state: str, found: list[tuple[str, str]]
) -> None:
    codes = ["AAA", "BBB", "CCC"]
    tables = {
        "acts": acts_of([bound(code, "2001-03-01") for code in codes]),
        "states": states_of(codes),
        "memberships": pd.DataFrame({"iso3": ["AAA"], "organisation": ["Council of Atlantis"]}),
        "entries_into_force": pd.DataFrame(
            {"convention": ["atlantis"], "iso3": ["AAA"], "date": [pd.Timestamp(state)]}
        ),
    }
    registry = {"atlantis": made_up(entered_into_force=published, complete_to=None)}
    violations = checks.entry_into_force_differs(tables, registry, date(2002, 1, 1))
    assert [violation[:2] for violation in violations] == found


# AAA is bound from 1 March 2001, not from 1 January 2003, and again from 1 January 2004. By the
# rule its first term begins on 30 May 2001 and its second on 31 January 2004.
@pytest.mark.parametrize(
    ("again", "state", "by_rule"),
    [
        ("2004-01-01", "2001-05-30", None),
        ("2004-01-01", "2001-05-31", "2001-05-30"),
        ("2004-01-01", "2003-12-31", "2001-05-30"),
        ("2004-01-01", "2004-01-31", None),
        ("2004-01-01", "2004-02-01", "2004-01-31"),
        ("2004-01-01", "2001-02-28", "2001-05-30"),
        ("", "2001-05-30", None),
        ("", "2001-05-31", "2001-05-30"),
    ],
)
def test_a_published_day_is_compared_with_that_of_its_own_term(
    again: str, state: str, by_rule: str | None
) -> None:
    codes = ["AAA", "BBB", "CCC"]
    acts = [bound(code, "2001-03-01") for code in codes]
    acts.append(("AAA", "withdrawal", "2003-01-01", "", "confirmed"))
    acts += [bound("AAA", again)] if again else []
    tables = {
        "acts": acts_of(acts),
        "states": states_of(codes),
        "memberships": pd.DataFrame({"iso3": ["AAA"], "organisation": ["Council of Atlantis"]}),
        "entries_into_force": pd.DataFrame(
            {"convention": ["atlantis"], "iso3": ["AAA"], "date": [pd.Timestamp(state)]}
        ),
    }
    registry = {"atlantis": made_up(entered_into_force="2001-05-30", complete_to=None)}
    violations = checks.entry_into_force_differs(tables, registry, date(2005, 1, 1))
    assert [violation.found for violation in violations] == (
        [f"published {state}, by the rule {by_rule}"] if by_rule else []
    )


@pytest.mark.parametrize(
    ("newest", "complete_to", "published", "found"),
    [
        ("2001-05-29", None, None, []),
        ("2001-05-29", None, "2001-05-30", []),
        ("2001-05-29", None, "2001-05-31", ["published 2001-05-31, computed 2001-05-30"]),
        ("2001-05-30", None, None, ["published None, computed 2001-05-30"]),
        ("2001-05-30", "2001-02-28", None, ["published None, computed 2001-05-30"]),
        ("2001-05-30", "2001-03-01", None, []),
        ("2001-05-30", "2001-03-01", "2001-05-31", ["published 2001-05-31, computed 2001-05-30"]),
        ("2001-02-28", None, None, []),
        ("2001-02-28", None, "2001-05-30", ["published 2001-05-30, computed none"]),
    ],
)
def test_a_day_that_is_to_come_or_decided_by_a_complete_list_need_not_be_published(
    newest: str, complete_to: str | None, published: str | None, found: list[str]
) -> None:
    codes = ["AAA", "BBB", "CCC"]
    tables = {
        "acts": acts_of([bound(code, "2001-03-01") for code in codes]),
        "states": states_of(codes),
        "memberships": pd.DataFrame({"iso3": ["AAA"], "organisation": ["Council of Atlantis"]}),
        "entries_into_force": pd.DataFrame({"convention": [], "iso3": [], "date": []}),
    }
    registry = {"atlantis": made_up(entered_into_force=published, complete_to=complete_to)}
    day = date.fromisoformat(newest)
    assert [v.found for v in checks.entry_into_force_differs(tables, registry, day)] == found


def test_a_violation_of_one_row_names_its_cell() -> None:
    row_of_a_file = {AT: "data/raw/x.csv: row 7"}
    tables = {
        "acts": acts_of([SIGNED]),
        "states": states_of(["AAA"]),
        "totals": totals("2001-02-15", 1, 1).assign(**row_of_a_file),
        "base_acts": base(
            ("Atlantis", "accession", "2001-02-28"), ("Mu", "accession", "2001-03-02")
        ).assign(**row_of_a_file),
        "base_treaties": treaties(),
    }
    found = [
        *checks.totals_differ(tables, {"atlantis": made_up()}, {"us"}),
        *checks.after_record(tables, DAY),
        *checks.before_conclusion(tables),
    ]
    assert [(violation.rule, violation.place) for violation in found] == [
        ("total-differs", "data/raw/x.csv: row 7, column parties: "),
        ("act-in-the-future", "data/raw/x.csv: row 7, column date: "),
        ("act-before-conclusion", "data/raw/x.csv: row 7, column date: "),
    ]


def test_the_special_members_are_those_of_the_organisation() -> None:
    rule = {"organisation": "Council of Atlantis", "instruments": 2}
    codes = ["AAA", "BBB", "CCC"]
    tables = {
        "acts": acts_of([bound(code, "2001-03-01") for code in codes]),
        "states": states_of(codes),
        "memberships": pd.DataFrame(
            {"iso3": codes, "organisation": ["Council of Atlantis", "Council of Mu", "GCC"]}
        ),
        "entries_into_force": pd.DataFrame({"convention": [], "iso3": [], "date": []}),
    }
    registry = {"atlantis": made_up(special=rule)}
    assert list(checks.entry_into_force_differs(tables, registry, date(2002, 1, 1))) == []


@pytest.mark.parametrize(
    ("grade", "complete_to", "found"),
    [
        ("confirmed", None, ["published None, computed 2001-05-30"]),
        ("confirmed", "2001-03-01", []),
        ("reported", None, []),
        ("reported", "2001-02-28", []),
    ],
)
def test_what_is_only_reported_need_not_be_published(
    grade: str, complete_to: str | None, found: list[str]
) -> None:
    """The status tells of the grade; nobody can be asked to publish what may not be so."""
    codes = ["AAA", "BBB", "CCC"]
    acts = [bound(code, "2001-03-01") for code in codes[1:]]
    tables = {
        "acts": acts_of([*acts, ("AAA", "ratification", "2001-03-01", "", grade)]),
        "states": states_of(codes),
        "memberships": pd.DataFrame({"iso3": ["AAA"], "organisation": ["Council of Atlantis"]}),
        "entries_into_force": pd.DataFrame({"convention": [], "iso3": [], "date": []}),
    }
    registry = {"atlantis": made_up(complete_to=complete_to)}
    violations = checks.entry_into_force_differs(tables, registry, date(2001, 6, 1))
    assert [violation.found for violation in violations] == found
