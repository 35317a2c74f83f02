"""One count on every surface: the number that leads, and if of parties or of consents."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption import tables
from adoption.cli.status import status_in_text
from adoption.law.status import Status, load_status, status_on
from adoption.refresh.diff import status_events
from adoption.show.front import facts_view, front_answer, front_facts
from adoption.show.status import (
    count_figure,
    curve_title,
    participants_sentence,
    status_answer,
    status_sentence,
    status_title,
)
from adoption.show.status_json import status_json
from adoption.site.compare import treaties_and_script
from tests.conftest import acts_of, bound, history_of, made_up, states_of
from tests.show.drawing import status

DAY = tables.data_day()
LEADS = ("hanoi", "uncac", "untoc", "malabo", "arab-2010")


@cache
def feed() -> dict[tuple[str, str], str]:
    """Return the figures of a feed, by convention and measure, if there were no acts before."""
    new = {
        name: tables.read(name)
        for name in ("acts", "states", "memberships", "entries_into_force", "totals")
    }
    old = new | {"acts": new["acts"].iloc[:0]}
    events = status_events(old, new, (DAY, DAY))
    return {(event.convention, event.act): event.after for event in events}


@pytest.mark.parametrize("name", LEADS)
def test_the_feed_has_the_figures_of_the_status(name: str) -> None:
    """Which numbers they are is in the golden file of statuses."""
    known = status_json(status(name))
    assert feed().get((name, "parties"), "0") == str(known["consents"])
    signed = known["signatories"]
    assert feed().get((name, "signatories")) == (None if signed is None else str(signed))


# Before entry into force nobody is a party


@pytest.mark.parametrize(
    ("name", "day", "consents"),
    [
        ("untoc", "2003-08-01", 41),
        ("uncac", "2005-10-15", 34),
        ("budapest", "2004-05-01", 5),
        ("malabo", "2023-05-20", 14),
        ("rotterdam", "2003-12-31", 54),
    ],
)
def test_enough_consents_are_no_parties_until_the_convention_is_in_force(
    name: str, day: str, consents: int
) -> None:
    def words(found: Status) -> str:
        answers = [answer(found) for answer in (front_answer, status_answer)]
        texts = [part for answer in answers for part in (answer.text, answer.key_label)]
        texts += [fact.label for fact in front_facts(found, ad.forecast(name, day).analysis)]
        texts += [status_title(found), curve_title(found), participants_sentence(found)]
        return "\n".join([*texts, status_in_text(found).partition("  rule ")[0]])

    before, known = load_status(name, day), status_json(load_status(name, day))
    assert before.entry_into_force is not None
    assert not re.search(r"\bpart(y|ies)\b", words(before), re.IGNORECASE)
    assert (known["parties"], known["consents"]) == (0, consents)
    assert "parties" not in known["bounds"]
    day = before.entry_into_force.latest.isoformat()
    after, known = load_status(name, day), status_json(load_status(name, day))
    assert "Parties" in words(after)
    assert known["parties"] == known["consents"] == after.parties.lead


def test_a_comparison_that_is_saved_counts_consents() -> None:
    treaties, _ = treaties_and_script(())
    assert treaties["hanoi"][3]["consents at least"] == status("hanoi").parties.lead
    assert not any("parties" in column for column in treaties["hanoi"][3])


# A closing day makes a count complete only where the list, or a total of the depositary's, is of it

CLOSES = date(2002, 12, 12)


def closed(day: str, **total: Any) -> Status:
    """Return a convention that closed for signature after its list ended, with one total."""
    pact = made_up(complete_to=date(2001, 6, 1), closes=CLOSES)
    rows = [("AAA", "signature", "2001-02-01", "", "confirmed"), bound("BBB", "2001-03-01")]
    states = states_of(["AAA", "BBB", "CCC"])
    totals = pd.DataFrame(
        [{"signatories": 2, "parties": None, "grade": "depositary", "source": "us"} | total]
    )
    totals["latest"] = totals["as_of"] = pd.to_datetime(totals["as_of"])
    spells = history_of(pact, acts_of(rows), states)
    return status_on(spells, date.fromisoformat(day), states, totals=totals)


@pytest.mark.parametrize(
    ("day", "total", "figure"),
    [
        ("2002-12-12", {"as_of": "2001-05-01", "signatories": 1}, "1+"),
        ("2002-12-13", {"as_of": "2001-05-01", "signatories": 1}, "1+"),
        ("2002-12-13", {"as_of": "2002-11-01"}, "2+"),
        ("2002-12-13", {"as_of": "2002-12-12"}, "2"),
        ("2003-06-01", {"as_of": "2003-01-01"}, "2"),
        ("2003-06-01", {"as_of": "2003-01-01", "grade": "relayed"}, "1+"),
    ],
)
def test_a_closing_day_alone_ends_no_count(day: str, total: dict[str, Any], figure: str) -> None:
    found = closed(day, **total)
    assert count_figure(found.signatories) == figure
    assert (found.signatories.upper is None) == figure.endswith("+")


def test_after_the_closing_day_hanoi_is_no_more_certain_than_before() -> None:
    before, after = (load_status("hanoi", day) for day in (date(2026, 12, 31), date(2027, 1, 2)))
    assert status_sentence(after) == status_sentence(before)
    assert curve_title(after) == curve_title(before)
    closed_since = facts_view(after, ad.forecast("hanoi").analysis)
    assert "Since then, a state that has not signed can only accede" in closed_since.words
