"""What is said of past forecasts: how many held, by how much they were off, and why none."""

from __future__ import annotations

from datetime import timedelta

from adoption import tables
from adoption.forecasting.convention import Reading
from adoption.forecasting.history import Past
from adoption.sentences import forecast_told as say
from tests.conftest import bound, made
from tests.forecast.entries import MADE_ON, forecast_of, past_of

THREE = [bound(iso3, "2001-12-01") for iso3 in ("AAA", "BBB", "CCC")]
REACHED, NOT_YET = made("2003-01-01", *THREE), made("2001-04-11")
HAPPENED = MADE_ON + timedelta(days=234)  # 1 December 2001
HOLDS, MISSES = forecast_of(100, 234, 400), forecast_of(10, 20, 30)
LATE = forecast_of(100, 234 + 731, 2000)


def told(*made_then: Past) -> dict[Reading, list[Past]]:
    return {"not counted": list(made_then), "counted": list(made_then)}


def test_how_many_held_and_where_the_medians_were() -> None:
    pasts = told(past_of(30, LATE, HAPPENED), past_of(91, MISSES, HAPPENED),
                 past_of(183, HOLDS, HAPPENED))  # fmt: skip
    assert say.told_sentence(REACHED, pasts) == (
        "Two of three forecasts that would have been made on the way hold the deposit of the 3rd "
        "instrument in the 80% interval: the median was December 2003 (2.0 years too late) 30 days "
        "after opening, and December 2001 (to the day) after 183 days."
    )
    assert say.history_title(REACHED, pasts) == (
        "Two of three forecasts hold what happened in the 80% interval"
    )


def test_one_forecast_all_and_none() -> None:
    one = told(past_of(30, MISSES, HAPPENED))
    assert say.told_sentence(REACHED, one) == (
        "The one forecast that is told, 30 days after opening, has the median May 2001 (0.6 years "
        "too early) for the 3rd instrument; its 80% interval does not hold what happened."
    )
    two = told(past_of(30, HOLDS, HAPPENED), past_of(91, HOLDS, HAPPENED))
    assert say.history_title(REACHED, two).startswith("All two forecasts hold")
    none = told(past_of(30, MISSES, HAPPENED), past_of(91, MISSES, HAPPENED))
    assert say.history_title(REACHED, none).startswith("None of two forecasts hold")


def test_why_there_is_none() -> None:
    assert say.told_sentence(REACHED, told()) == (
        "The 3rd instrument was deposited before the first age at which a forecast is told."
    )
    acts = [bound(iso3, "2001-01-01", "2001-12-01") for iso3 in ("AAA", "BBB", "CCC")]
    window = made("2003-01-01", *acts)
    assert say.told_sentence(window, told()) == (
        "The 3rd instrument may have been deposited on any day between 1 January and 1 December "
        "2001, so there is no day with which a forecast could be compared."
    )
    assert say.history_title(REACHED, told()).startswith("No forecast")
    assert say.told_note(window, told()) == say.no_history(window)
    some = told(past_of(30, HOLDS, HAPPENED))
    assert say.told_note(window, some).startswith("Each forecast knows only")


def test_how_the_median_moved_and_why() -> None:
    def title(first: Past, last: Past) -> str:
        return say.history_title(NOT_YET, told(first, last))

    early, late = past_of(30, forecast_of(10, 20, 30)), past_of(91, LATE)
    moved = "The median moved from May 2001 to December 2003 as"
    assert title(early, late) == f"{moved} 61 days went by without an act that counts"
    more = past_of(91, forecast_of(100, 965, 2000, signatories=10))
    assert title(early, more) == f"{moved} one signature and no consent came in 61 days"
    consent = past_of(91, forecast_of(100, 965, 2000, consents=2, signatories=10))
    assert title(early, consent) == f"{moved} two consents came in 61 days"
    assert title(early, past_of(31, MISSES)) == "The median of the forecast is May 2001"
    never = past_of(31, forecast_of(10, height=(0.1,)))
    assert title(never, never) == "The median of the forecast lies later than April 2031"


def test_other_treaties() -> None:
    pasts = [past_of(183, HOLDS, HAPPENED, treaty="XVIII-9"),
             past_of(365, LATE, HAPPENED, treaty="XVIII-9"),
             past_of(183, MISSES, HAPPENED, treaty="XVIII-10")]  # fmt: skip
    assert say.shown_sentence(pasts) == (
        "Two of three forecasts for two treaties hold what happened in the 80% interval. Half of "
        "the medians lie 0.6 years or less from it; one of three lies after it."
    )
    waiting = past_of(183, HOLDS, seen=MADE_ON + timedelta(days=1))
    assert say.shown_sentence([waiting]).startswith("On the day asked about no forecast")
    assert say.shown_sentence([]).startswith("On the day asked about no forecast")
    assert "one treaty" in say.shown_sentence(pasts[2:])


def test_a_number_that_no_source_gives_is_not_called_the_laws() -> None:
    treaties = tables.read("base_treaties")
    rome = past_of(183, forecast_of(1, 2, 3, threshold=60), treaty="XVIII-10")
    bombings = past_of(183, forecast_of(1, 2, 3, threshold=22), treaty="XVIII-9")
    untoc = past_of(183, forecast_of(1, 2, 3, threshold=40), treaty="XVIII-12")
    assert say.numbers_note([rome, bombings, untoc], treaties) == (
        "For the Rome Statute of the International Criminal Court no source of the data has the "
        "rule of entry into force: 60 parties are asked for as a number. For the others it is the "
        "number that the treaty itself requires."
    )
    assert say.numbers_note([bombings, untoc], treaties).startswith("For each treaty it is")
    assert say.numbers_note([], treaties) == ""
