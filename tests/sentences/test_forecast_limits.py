"""What a forecast does not know is said: special conditions, small circles, open lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.sentences.forecast_limits import alike_note, limits_note
from tests.conftest import Act, bound, made, made_up
from tests.forecast.entries import entry, forecast_of, found_of

MEMBERSHIPS = tables.read("memberships")
BUDAPEST, MALABO = (load_conventions()[name] for name in ("budapest", "malabo"))


def note(**rules: Any) -> str:
    found = found_of(forecast_of(10, 100, 900), **rules)
    return limits_note(found, made("2001-04-11", **rules), MEMBERSHIPS)


def test_the_rule_and_the_organisations() -> None:
    assert made_up().rule_in_words() in note()
    assert "such as the European Union do not add" in note()
    assert "such as the European Union do not add" not in note(excludes_reio=False)
    assert "none for states that move together" in note()


def test_a_special_condition_is_not_known_to_the_model() -> None:
    text = note(special=BUDAPEST.special)
    assert (
        "The rule asks for at least 3 instruments by members of the Council of Europe. The model "
        "does not know of that condition"
    ) in text
    assert "asks for at least" not in note()


def test_a_withdrawal_is_not_known_to_the_model() -> None:
    def said(*rows: Act) -> str:
        found = found_of(forecast_of(10, 100, 900))
        return limits_note(found, made("2001-04-11", *rows), MEMBERSHIPS)

    given = [bound(iso3, "2001-02-01") for iso3 in ("AAA", "BBB", "EUE")]
    left: list[Act] = [
        (iso3, "withdrawal", "2001-03-01", "", "confirmed") for iso3 in ("EUE", "AAA", "BBB")
    ]
    assert "withdrawn" not in said(*given, left[0])  # an organisation does not count
    assert (
        "One state has withdrawn. The model counts its consent all the same, which makes its "
        "answer too early."
    ) in said(*given, *left[:2])
    assert "Two states have withdrawn. The model counts their consents" in said(*given, *left)
    reached = [bound(iso3, "2001-02-01") for iso3 in ("AAA", "BBB", "CCC")]
    assert "withdrawn" not in said(*reached, left[1])


def test_a_convention_made_for_few() -> None:
    members = int((MEMBERSHIPS["organisation"] == "African Union").sum())
    assert f"of the African Union, which has {members} members in these data." in note(
        made_for=MALABO.made_for
    )
    assert "of the Hanse. The model" in note(made_for="Hanse")


def test_why_no_forecast_is_made() -> None:
    text = note(signatories_listed=False)
    assert "**No forecast is made: who has signed is not named in any source seen.**" in text
    assert "learnt" not in text
    assert "No forecast" not in note(complete_to=date(2001, 2, 1))
    assert "Forecasts were tried on thresholds of 20 and more." in note()


@pytest.mark.parametrize(
    ("complete_to", "said"),
    [(date(2001, 2, 1), "**The list of acts is complete to 1 February 2001 only."),
     (None, "**No forecast is made: its list of acts is not complete"), (date(2001, 4, 11), "")],
)  # fmt: skip
def test_a_list_that_is_not_complete(complete_to: date | None, said: str) -> None:
    text = note(complete_to=complete_to)
    assert said in text
    assert ("**" in text) == bool(said)


def test_what_makes_treaties_alike_is_said_where_any_are() -> None:
    assert alike_note(entry("hanoi").drawn).startswith("The forecast weighs")
    assert alike_note(None).startswith("Nothing is forecast")
    assert alike_note(entry("untoc").found).startswith("Nothing is forecast")


def test_of_a_convention_in_force_the_open_list_makes_no_difference() -> None:
    untoc = entry("untoc")
    assert untoc.status.beyond_reach
    assert "**" not in limits_note(untoc.found, untoc.status, MEMBERSHIPS)
    hanoi = entry("hanoi")
    assert (
        "complete to 26 October 2025 and nearly complete to 10 February 2026 only"
        in limits_note(hanoi.found, load_status("hanoi", date(2026, 11, 24)), MEMBERSHIPS)
    )


def test_what_may_have_happened_unseen_is_said() -> None:
    found = found_of(forecast_of(10, 100, 900), as_of=date(2001, 9, 8))
    status = made("2001-09-08", complete_to=date(2001, 4, 11))
    assert (
        "chance that the 3rd instrument was deposited by 8 September 2001 is 50% with reported"
    ) in limits_note(found, status, MEMBERSHIPS)
