"""For which states a convention is in force: by the rule, by windows, reports and partial lists."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.countries.groups import Group
from adoption.law.conventions import load_conventions
from adoption.law.network import Clique, clique_of, instruments_of, load_cliques
from tests.conftest import Act, bound, made

THREE = (bound("AAA", "2001-02-01"), bound("BBB", "2001-02-01"), bound("CCC", "2001-03-01"))
EVERYONE = Group("sea", "Sea", "organisation", frozenset({"AAA", "BBB", "CCC", "DDD"}))


def cliques(name: str, day: str) -> Clique:
    return load_cliques([load_conventions()[name]], date.fromisoformat(day))[0]


# the third instrument on 1 March 2001 and 90 days: in force on 30 May 2001
@pytest.mark.parametrize(("day", "members"), [("2001-05-29", ""), ("2001-05-30", "AAA BBB CCC")])
def test_nobody_is_joined_before_entry_into_force(day: str, members: str) -> None:
    clique = clique_of(made(day, *THREE))
    assert clique.certain == clique.possible == frozenset(members.split())
    assert not clique.partial
    assert clique.ceiling


@pytest.mark.parametrize(("day", "joined"), [("2002-12-31", False), ("2003-01-01", True)])
def test_without_a_rule_for_later_parties_a_year_must_have_passed(day: str, joined: bool) -> None:
    late = bound("DDD", "2002-01-01")
    clique = clique_of(made(day, *THREE, late, later=None, later_article=None))
    assert ("DDD" in clique.certain) is joined
    assert "DDD" in clique.possible


def test_an_act_without_a_known_day_joins_when_the_latest_day_has_passed() -> None:
    open_day: Act = ("DDD", "ratification", "2001-06-01", "2003-12-31", "inferred")
    assert "DDD" not in clique_of(made("2004-01-29", *THREE, open_day)).certain
    assert "DDD" in clique_of(made("2004-01-29", *THREE, open_day)).possible
    assert "DDD" in clique_of(made("2004-01-30", *THREE, open_day)).certain


def test_a_report_joins_nobody_for_certain() -> None:
    report: Act = ("DDD", "ratification", "2002-01-01", "", "reported")
    clique = clique_of(made("2005-01-01", *THREE, report))
    assert "DDD" not in clique.certain
    assert "DDD" in clique.possible


def test_who_has_withdrawn_is_joined_no_more() -> None:
    left = (*THREE, bound("DDD", "2002-01-01"), bound("DDD", "2003-01-01", act="withdrawal"))
    clique = clique_of(made("2004-01-01", *left))
    assert "DDD" not in clique.possible
    maybe = (*THREE, bound("DDD", "2002-01-01"),
             bound("DDD", "2003-01-01", "2004-12-31", act="withdrawal"))  # fmt: skip
    clique = clique_of(made("2004-01-01", *maybe))
    assert "DDD" not in clique.certain
    assert "DDD" in clique.possible


def test_where_a_report_completes_the_threshold_nobody_is_joined_for_certain() -> None:
    third: Act = ("CCC", "ratification", "2001-03-01", "", "reported")
    clique = clique_of(made("2005-01-01", *THREE[:2], third))
    assert clique.certain == frozenset()
    assert clique.possible == frozenset({"AAA", "BBB", "CCC"})
    published = clique_of(
        made("2005-01-01", *THREE[:2], third, entered_into_force=date(2001, 5, 30))
    )
    assert published.certain == frozenset({"AAA", "BBB"})


def test_beyond_its_reach_a_convention_made_for_an_organisation_may_bind_all_its_members() -> None:
    later = clique_of(made("2021-06-01", *THREE), EVERYONE)  # the list is complete to 2020
    assert later.certain == frozenset({"AAA", "BBB", "CCC"})
    assert later.possible == EVERYONE.members
    assert (later.partial, later.ceiling) == (True, True)
    within = clique_of(made("2020-06-01", *THREE), EVERYONE)
    assert within.possible == frozenset({"AAA", "BBB", "CCC"})
    other = clique_of(made("2021-06-01", *THREE))
    assert (other.partial, other.ceiling) == (True, False)


def test_the_treaties_of_the_registry() -> None:
    assert len(cliques("budapest", "2026-11-24").certain) == 71  # 76 parties, five by report only
    assert len(cliques("budapest", "2026-11-24").possible) == 76
    assert cliques("budapest", "2004-06-30").possible == frozenset()
    # The five that brought it into force; the Treaty Office's chart of 2004 names them.
    first = {"ALB", "HRV", "EST", "HUN", "LTU"}
    assert first <= cliques("budapest", "2004-07-01").certain
    assert cliques("budapest-2ap", "2026-11-24").possible == frozenset()  # three of five
    assert cliques("hanoi", "2026-11-24").possible == frozenset()
    assert len(cliques("malabo", "2026-11-24").possible) == 54
    assert len(cliques("arab-2010", "2026-11-24").possible) == 22


def test_what_binds_a_state_is_named_in_the_order_given() -> None:
    two = [cliques("budapest", "2026-11-24"), cliques("malabo", "2026-11-24")]
    found = instruments_of(two, ["GHA", "FRA", "QAT"]).set_index("iso3")["instruments"].to_dict()
    assert found == {"GHA": "Budapest + Malabo", "FRA": "Budapest", "QAT": ""}
