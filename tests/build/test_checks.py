"""What the tables must agree on, each rule by itself on made-up tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd
import pytest

from adoption.ingest import checks
from adoption.law.spells import History, histories_in
from adoption.tables.csvfile import AT
from adoption.tables.exceptions import Violation
from adoption.tables.write import conform
from tests.conftest import Act, acts_of, bound, made_up, states_of

SIGNED: Act = ("AAA", "signature", "2001-02-01", "", "confirmed")
DAY = pd.Timestamp("2001-03-01")
CODES = ["AAA", "BBB", "CCC"]


def decided_by(acts: list[Act], published: str = "") -> dict[str, pd.DataFrame]:
    """Return tables of some acts, and of a published entry into force for AAA."""
    day = {"convention": ["atlantis"], "iso3": ["AAA"], "date": pd.to_datetime([published])}
    return {
        "acts": acts_of(acts),
        "states": states_of(CODES),
        "memberships": pd.DataFrame({"iso3": ["AAA"], "organisation": ["Council of Atlantis"]}),
        "entries_into_force": pd.DataFrame(day)[: 1 if published else 0],
    }


def histories_of(tables: dict[str, pd.DataFrame], **rules: object) -> dict[str, History]:
    """Return the history of a made-up convention by its id."""
    return histories_in([made_up(**rules)], tables)


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
    row = {"convention": "atlantis", "as_of": pd.Timestamp(day), "source": "us", "wording": ""}
    numbers = {"signatories": signatories, "parties": parties}
    frame = pd.DataFrame([row | numbers | {"grade": "depositary"}])
    return frame.astype({"signatories": "Int64", "parties": "Int64"})


def tables_with(published: pd.DataFrame) -> dict[str, pd.DataFrame]:
    acts = [SIGNED, bound("BBB", "2001-02-01"), bound("CCC", "2001-02-01", "2001-03-01")]
    return decided_by(acts) | {"totals": published}


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
    violations = list(checks.outside_window(acts_of([act]), {"atlantis": made_up()}))
    assert [violation.subject for violation in violations] == found
    assert {violation.rule for violation in violations} <= {"act-before-opening"}


@pytest.mark.parametrize(
    ("act", "day", "latest", "is_found"),
    [
        ("signature", "2002-01-15", "", False),  # the closing day itself
        ("signature", "2002-01-16", "", True),
        ("definitive signature", "2002-01-16", "", True),
        ("signature", "2002-01-01", "2003-01-01", False),  # it may have been in time
        ("signature", "2002-02-01", "2003-01-01", True),
        ("succession to signature", "2006-10-23", "", False),  # to one given in time
        ("accession", "2002-01-16", "", False),
    ],
)
def test_no_signature_after_the_closing_day(
    act: str, day: str, latest: str, is_found: bool
) -> None:
    acts = acts_of([bound("AAA", day, latest, act=act)])
    rules = {"atlantis": made_up(closes=date(2002, 1, 15))}
    expected = [("signature-after-closing", f"atlantis AAA {act}", day)] if is_found else []
    assert listed(checks.outside_window(acts, rules)) == expected


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
    ("day", "found"), [("2001-03-02", []), ("2002-03-01", []), ("2002-03-02", ["2002-03-02"])]
)
def test_a_withdrawal_may_take_effect_after_its_notice(day: str, found: list[str]) -> None:
    acts = [("AAA", "withdrawal", day, "", "confirmed"), bound("AAA", "2001-02-01", "2001-03-02")]
    tables = {"acts": acts_of(acts), "base_acts": base(), "base_treaties": treaties()}
    late = [violation.finding for violation in checks.after_record(tables, DAY)]
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
        (("AAA", "withdrawal", "2001-01-15", "", "confirmed"), []),
    ],
)
def test_no_consent_before_the_signature(consent: Act, found: list[tuple[str, str, str]]) -> None:
    acts = acts_of([SIGNED, consent])
    assert listed(checks.before_signature(acts, "convention", "iso3")) == found


@pytest.mark.parametrize(
    ("act", "grade", "found"),
    [
        ("ratification", "confirmed", ["atlantis BBB ratification"]),
        ("formal confirmation", "confirmed", ["atlantis BBB formal confirmation"]),
        ("ratification", "reported", []),
        ("accession", "confirmed", []),
        ("acceptance", "confirmed", []),
    ],
)
def test_a_signatory_alone_ratifies(act: str, grade: str, found: list[str]) -> None:
    consents: list[Act] = [(iso3, act, "2001-02-20", "", grade) for iso3 in ("AAA", "BBB")]
    acts = acts_of([SIGNED, *consents])
    registry = {"atlantis": made_up()}
    assert [v.subject for v in checks.without_signature(acts, registry)] == found
    unlisted = {"atlantis": made_up(signatories_listed=False)}
    assert not list(checks.without_signature(acts, unlisted))


def test_no_act_before_the_conclusion() -> None:
    acts = base(("Atlantis", "accession", "2001-02-28"), ("Mu", "accession", "2001-03-01"))
    found = listed(checks.before_conclusion({"base_acts": acts, "base_treaties": treaties()}))
    assert found == [("act-before-conclusion", "I-1 Atlantis accession", "2001-02-28")]


def test_no_act_before_its_participant_was_a_state() -> None:
    states = states_of(["AAA", "BBB"])
    states["state_since"] = pd.to_datetime(["2001-02-15", ""])
    acts = acts_of([bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01")])
    acts = pd.concat([acts, acts_of([bound("AAA", "2001-02-01", "2001-03-01")])])
    of_base = base(("Atlantis", "signature", "2001-02-14"), ("Mu", "signature", "2001-02-14"))
    of_base["iso3"] = ["AAA", None]
    found = checks.before_statehood({"states": states, "acts": acts, "base_acts": of_base})
    assert listed(found) == [
        ("act-before-statehood", "atlantis AAA ratification", "2001-02-01"),
        ("act-before-statehood", "I-1 Atlantis signature", "2001-02-14"),
    ]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ({}, []),
        ({"parties_official": [3]}, [("I-1 parties", "header 3, counted 2")]),
        ({"signatories_official": [None], "parties_official": [None]}, []),
        (
            {"treaty": ["I-2"]},
            [("I-2 signatories", "header 1, counted 0"), ("I-2 parties", "header 2, counted 0")],
        ),
    ],
)
def test_headers_are_a_recount(header: dict[str, object], found: list[tuple[str, str]]) -> None:
    acts = base(
        ("Atlantis", "signature", "2001-03-01"),
        ("Atlantis", "ratification", "2001-03-02"),
        ("Mu", "accession", "2001-03-01"),
        ("Mu", "acceptance", "2001-03-03"),
        ("Lemuria", "signature", "2001-03-01"),  # it has left: no header counts it
        ("Lemuria", "accession", "2001-03-01"),
        ("Lemuria", "withdrawal", "2001-03-02"),
    )
    violations = checks.base_totals_differ({"base_acts": acts, "base_treaties": treaties(**header)})
    assert listed(violations) == [("header-differs", *rest) for rest in found]


@pytest.mark.parametrize(
    ("published", "found"),
    [
        (totals("2001-02-15", 1, 1), []),
        (totals("2001-02-15", None, None), []),
        (totals("2001-02-15", 2, 3), ["signatories", "parties"]),
        (totals("2001-02-15", 0, 0), ["signatories", "parties"]),
        (totals("2001-03-01", 1, 1), ["parties"]),
    ],
)
def test_totals_lie_inside_the_bounds(published: pd.DataFrame, found: list[str]) -> None:
    tables = tables_with(published)
    histories = histories_of(tables)
    outside = checks.totals_outside(published, histories)
    violations = list(checks.totals_differ(outside))
    assert [(v.rule, v.subject.split()[1]) for v in violations] == [
        ("total-differs", name) for name in found
    ]


@pytest.mark.parametrize("named", [True, False])
def test_a_total_of_others_is_a_conflict(named: bool) -> None:
    """Where nobody names the signatories there is nothing to compare their total with."""
    published = totals("2001-02-15", 2, 3)
    histories = histories_of(tables_with(published), signatories_listed=named)
    outside = checks.totals_outside(published, histories)
    found = checks.conflicts_of_totals(outside)
    rows = [("signatories", "1", "2 on 2001-02-15"), ("parties", "1 to 2", "3 on 2001-02-15")]
    shown = conform("conflicts", found)[["kind", "kept", "other"]]
    assert conform("conflicts", found)["kept_source"].isna().all()  # the count is ours
    assert sorted(shown.itertuples(index=False, name=None)) == sorted(rows if named else rows[1:])


@pytest.mark.parametrize(
    ("published", "state", "found"),
    [
        ("2001-05-30", "2001-05-30", []),
        ("2001-05-31", "2001-05-30", [("entry-into-force-differs", "atlantis")]),
        ("2001-05-30", "2001-05-31", [("state-entry-into-force-differs", "atlantis AAA")]),
    ],
)
def test_published_days_follow_from_the_acts(
    published: str | None, state: str, found: list[tuple[str, str]]
) -> None:
    tables = decided_by([bound(code, "2001-03-01") for code in CODES], state)
    histories = histories_of(tables, entered_into_force=published, complete_to=None)
    violations = checks.entry_into_force_differs(tables, histories, date(2002, 1, 1))
    assert [violation[:2] for violation in violations] == found


# AAA is bound from 1 March 2001, not from 1 January 2003, and again from 1 January 2004. By the
# rule its first term begins on 30 May 2001 and its second on 31 January 2004.
@pytest.mark.parametrize(
    ("again", "state", "by_rule"),
    [
        ("2004-01-01", "2001-05-31", "2001-05-30"),
        ("2004-01-01", "2004-01-31", None),
        ("", "2001-05-30", None),
    ],
)
def test_a_published_day_is_of_its_own_term(again: str, state: str, by_rule: str | None) -> None:
    acts = [bound(code, "2001-03-01") for code in CODES]
    acts.append(("AAA", "withdrawal", "2003-01-01", "", "confirmed"))
    acts += [bound("AAA", again)] if again else []
    tables = decided_by(acts, state)
    histories = histories_of(tables, entered_into_force="2001-05-30", complete_to=None)
    violations = checks.entry_into_force_differs(tables, histories, date(2005, 1, 1))
    assert [violation.finding for violation in violations] == (
        [f"published {state}, by the rule {by_rule}"] if by_rule else []
    )


@pytest.mark.parametrize(
    ("newest", "complete_to", "published", "found"),
    [
        ("2001-05-29", None, None, []),
        ("2001-05-30", None, None, ["published None, computed 2001-05-30"]),
        ("2001-05-30", "2001-03-01", None, []),
        ("2001-02-28", None, None, []),
        ("2001-02-28", None, "2001-05-30", ["published 2001-05-30, computed none"]),
    ],
)
def test_a_day_that_is_to_come_or_decided_by_a_complete_list_need_not_be_published(
    newest: str, complete_to: str | None, published: str | None, found: list[str]
) -> None:
    tables = decided_by([bound(code, "2001-03-01") for code in CODES])
    histories = histories_of(tables, entered_into_force=published, complete_to=complete_to)
    day = date.fromisoformat(newest)
    assert [v.finding for v in checks.entry_into_force_differs(tables, histories, day)] == found


def test_a_violation_of_one_row_names_its_cell() -> None:
    rows = base(("Atlantis", "accession", "2001-02-28")).assign(**{AT: "data/raw/x.csv: row 7"})
    (found,) = checks.before_conclusion({"base_acts": rows, "base_treaties": treaties()})
    assert found.place == "data/raw/x.csv: row 7, column date: "


@pytest.mark.parametrize("complete_to", [None, "2001-02-28"])
def test_what_is_only_reported_need_not_be_published(complete_to: str | None) -> None:
    """The status tells of the grade; nobody can be asked to publish what may not be so."""
    acts = [bound(code, "2001-03-01") for code in CODES[1:]]
    tables = decided_by([*acts, ("AAA", "ratification", "2001-03-01", "", "reported")])
    histories = histories_of(tables, complete_to=complete_to)
    assert list(checks.entry_into_force_differs(tables, histories, date(2001, 6, 1))) == []


@pytest.mark.parametrize(
    ("index", "parts", "found"),
    [
        (
            "GCI",
            {
                "legal": 20.0,
                "technical": 20.0,
                "organizational": 20.0,
                "capacity_development": 20.0,
                "cooperation": 18.4,
            },
            "pillars 98.40, overall 98.49",
        ),
        (
            "EGDI",
            {"online_services": 0.8, "telecommunication": 0.9, "human_capital": 1.0},
            "pillars 0.90, overall 98.49",
        ),
    ],
)
def test_an_overall_value_has_its_parts(index: str, parts: dict[str, float], found: str) -> None:
    def table(overall: float) -> pd.DataFrame:
        values = parts | {"overall": overall}
        frame = pd.DataFrame({"component": list(values), "value": list(values.values())})
        return frame.assign(index=index, edition=2024, iso3="QAT")

    sound = sum(parts.values()) / (1 if index == "GCI" else 3)
    assert list(checks.overall_differs(table(sound))) == []
    (violation,) = checks.overall_differs(table(98.49))
    assert violation[:3] == ("pillars-differ-from-overall", f"{index} 2024 QAT", found)
