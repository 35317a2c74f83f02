"""The tables of past forecasts: each beside what happened, and nothing said too early."""

from __future__ import annotations

from datetime import timedelta

from adoption import tables
from adoption.views.forecast_told import history_view, shown_view
from tests.forecast.entries import MADE_ON, entry, forecast_of, found_of, past_of, reached_on
from tests.forecast.made import OPENED
from tests.views.test_views import cells, row_of

TREATIES = tables.read("base_treaties")
HAPPENED = MADE_ON + timedelta(days=234)  # 1 December 2001
HOLDS, MISSES = forecast_of(100, 234, 400), forecast_of(10, 20, 30)
FOUND = found_of(HOLDS)


def test_untoc_beside_what_happened() -> None:
    untoc = entry("untoc")
    view = history_view(untoc.found, untoc.told, "")
    assert view is not None
    assert cells(view, "Made") == [f"{age} days after opening" for age in (30, 91, 183, 365, 730)]
    assert set(cells(view, "What happened")) == {"1 Jul 2003"}
    held = ["yes" if past.held else "no" for past in untoc.told["not counted"]]
    assert cells(view, "In the interval") == held
    assert "40th instrument" in view.caption
    assert list(view.frame.columns)[-3:] == ["What happened", "Median was", "In the interval"]
    assert "If" not in " ".join(view.frame.columns)  # both readings are the same


def test_right_late_early_and_missed() -> None:
    late = forecast_of(100, 234 + 731, 2000)
    made = [past_of(30, HOLDS, HAPPENED), past_of(91, late, HAPPENED),
            past_of(183, MISSES, HAPPENED),
            past_of(365, forecast_of(10, height=(0.2,)), HAPPENED)]  # fmt: skip
    view = history_view(FOUND, {"not counted": made, "counted": made}, "")
    assert view is not None
    assert cells(view, "Median was") == ["right", "2.0 years too late", "0.6 years too early",
                                         "too late"]  # fmt: skip
    assert cells(view, "In the interval") == ["yes", "yes", "no", "yes"]
    assert cells(view, "Median")[-1] == "after 2031"


def test_a_reading_on_which_it_is_reached() -> None:
    there = past_of(91, reached_on(OPENED))
    here = past_of(91, HOLDS)
    view = history_view(FOUND, {"not counted": [here], "counted": [there]}, "if all")
    assert view is not None
    assert cells(view, "If all") == ["reached 1 Jan 2001"]


def test_nothing_where_nothing_is_told() -> None:
    assert history_view(FOUND, {"not counted": [], "counted": []}, "") is None
    assert shown_view([], TREATIES) is None


def test_known_treaties_at_three_ages() -> None:
    told = entry("untoc").others()
    view = shown_view(told, TREATIES)
    assert view is not None
    assert len(view.frame) == 3
    rome = row_of(view, "Rome Statute of the International Criminal Court")
    assert (rome["Parties asked for"], rome["What happened"]) == ("60", "11 Apr 2002")
    corruption = row_of(view, "United Nations Convention against Corruption")
    assert corruption["730 days after opening"] == "reached before"  # after 646 days
    bombings = next(r for r in cells(view, "Treaty") if "Bombings" in r)
    (one,) = [p for p in told if p.treaty == "XVIII-9" and p.age == 365]
    median = one.forecast.quantile(0.5)
    assert median is not None
    assert row_of(view, bombings)["365 days after opening"].startswith(f"{median:%b %Y} (")
