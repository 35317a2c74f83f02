"""The back-test: who is asked about, that nothing of the future leaks, and the saved table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from adoption import tables
from adoption.forecasting import backtest
from adoption.forecasting.backtest import (
    chances_of,
    crps,
    evaluate_case,
    grid,
    learnt_from,
    masked,
    pit,
    subjects,
)
from adoption.forecasting.forecast import model_of
from adoption.forecasting.skill import masked_skill, reliability, saved, skill, states_skill
from adoption.forecasting.treaties import (
    TreatyRecord,
    base_treaties,
    outside_treaties,
    packages,
    related,
)
from adoption.show.entry_into_force import skill_sentence
from adoption.show.next_states import past_sentence
from tests.forecast.made import acted, found, on_days, real, treaty

UNTOC = "XVIII-12"


def signed_by(
    number: int, *consents: float, seen: float, opened: date = date(1990, 1, 1)
) -> TreatyRecord:
    return treaty(
        signed=on_days(*[0.0] * number), consented=on_days(*consents), seen=seen, opened=opened
    )


def test_who_is_asked_about_depends_on_what_was_known_on_the_day_alone() -> None:
    never = signed_by(30, seen=91 + 365)  # no consent ever came
    assert subjects([never]) == [(never, 91)]
    assert subjects([signed_by(29, seen=5000)]) == []
    assert subjects([signed_by(30, seen=91 + 364)]) == []  # not watched for a year
    assert subjects([signed_by(40, seen=5000, opened=date(1959, 12, 31))]) == []
    assert len(subjects(base_treaties())) == 241


def test_a_forecast_of_the_past_knows_nothing_of_later_days_or_kin() -> None:
    untoc = real(UNTOC)
    pool = [one for place, one in enumerate(base_treaties()) if place % 4 == 0 or one is untoc]
    day = untoc.opened + timedelta(days=365)
    assert not any(related(one, untoc) for one in learnt_from(base_treaties(), untoc, 365))

    def changed(one: TreatyRecord) -> TreatyRecord:
        """Put off by 700 days what came after the day."""
        age = float((day - one.opened).days)
        parts = {
            name: acted(
                {
                    iso3: at + 700 * (at > age)
                    for iso3, at in zip(acts.iso3, acts.day.tolist(), strict=True)
                }
            )
            for name, acts in (("signed", one.signed), ("consented", one.consented))
        }
        seen = one.seen + 700 * (one.seen > age)
        return replace(one, seen=seen, signed=parts["signed"], consented=parts["consented"])

    other = [changed(one) for one in pool]
    asked = [
        chances_of(chosen, next(one for one in chosen if one.treaty == UNTOC), 365)
        for chosen in (pool, other)
    ]
    (before, by_before), (after, by_after) = asked
    assert before["states"].drop(columns="done").equals(after["states"].drop(columns="done"))
    assert after["cases"]["wait"].tolist() == [wait + 700 for wait in before["cases"]["wait"]]
    # The chance by each day is the same; the days of the two grids are not.
    days = [grid(one["cases"]["followed"].to_numpy("float64"))[0] for one in (before, after)]
    for name in ("forecast", "climatology", "pace"):
        for one, two in zip(by_before[name], by_after[name], strict=True):
            near = np.interp(np.log([100, 500, 2000]), np.log(days[0]), one)
            assert near == pytest.approx(
                np.interp(np.log([100, 500, 2000]), np.log(days[1]), two), abs=0.03
            ), name


def test_no_forecast_learns_from_the_treaties_of_the_outside_test() -> None:
    outside = {one.treaty: one for one in outside_treaties()}
    assert len(outside) == 30
    assert not {*outside} & {one.treaty for one in (*base_treaties(), *found("hanoi").pool)}
    cases = saved("outside")
    assert set(zip(cases["treaty"], cases["age"], strict=True)) == {
        (one.treaty, age) for one, age in subjects(outside_treaties())
    }
    own = cases[(cases["treaty"] == "IX-4") & (cases["age"] == 365)]
    again = evaluate_case(base_treaties(), outside["IX-4"], 365)["cases"]
    for name in ("crps_forecast", "pit_forecast", "wait"):
        expected = again[name].to_numpy("float64")
        assert own[name].to_numpy("float64") == pytest.approx(expected, abs=1e-3, nan_ok=True)
    every = skill(cases, outside_treaties()).query("kind == 'all' and way == 'forecast'")
    assert every["climatology_high"].item() < 1


def test_a_score_by_hand() -> None:
    followed, wait = np.array([np.exp(4.0)] * 2), np.array([np.exp(2.0), np.inf])
    toss = np.full((2, 401), 0.5)
    assert crps(toss, followed, wait) == pytest.approx([1.0, 1.0], abs=1e-3)
    sure = (grid(followed) >= np.exp(2.0)).astype(float)
    assert crps(sure, followed, wait) == pytest.approx([0.0, 2.0], abs=0.02)
    rising = np.tile(np.linspace(0, 1, 401), (2, 1))
    assert pit(rising, followed, wait) == pytest.approx([0.5, 1.0])


def test_every_case_is_saved_once_with_what_is_known_of_it() -> None:
    saved = tables.read("backtest")
    expected = {
        (one.treaty, age, target)
        for one, age in subjects(base_treaties())
        for target in backtest.TARGETS
        if target > one.consented.by(age)
    }
    assert set(zip(saved["treaty"], saved["age"], saved["target"], strict=True)) == expected
    assert len(saved) == len(expected)
    assert (saved["consents"] < saved["target"]).all()
    assert not (saved["wait"] > saved["followed"]).any()
    assert saved.filter(like="pit_").melt()["value"].dropna().between(0, 1).all()
    own = saved[(saved["treaty"] == UNTOC) & (saved["age"] == 365)]
    again = evaluate_case(base_treaties(), real(UNTOC), 365)["cases"]
    for name in ("crps_forecast", "crps_climatology", "crps_pace", "pit_forecast", "wait"):
        expected_of = again[name].to_numpy("float64")
        assert own[name].to_numpy("float64") == pytest.approx(expected_of, abs=1e-3, nan_ok=True)


def test_the_scores_of_the_forecast_are_as_good_as_published() -> None:
    rows = skill(tables.read("backtest")).to_dict("records")
    scores = {(row["kind"], row["value"], row["way"]): row for row in rows}
    every, alike = scores["all", "", "forecast"], scores["like", "", "forecast"]
    assert every["climatology_high"] < 0.75
    assert every["pace_high"] < 0.65
    assert alike["climatology"] < 0.8
    assert 0.76 <= every["within_80"] <= 0.9
    assert every["before_50"] == pytest.approx(0.5, abs=0.07)
    assert scores["size", "small", "forecast"]["pace"] < 0.6
    said = skill_sentence(tables.read("backtest"))
    assert f"its error was {1 - every['climatology']:.0%} (" in said
    drawn = reliability(tables.read("backtest"))
    median = drawn.query("chance == 0.5").set_index("set")["share"].to_dict()
    assert median == {"like": alike["before_50"], "all": every["before_50"]}
    assert drawn["share"].between(drawn["low"], drawn["high"]).all()


def test_a_list_cut_short_is_scored_by_every_rule() -> None:
    untoc, age = real(UNTOC), 183
    model = model_of(learnt_from(base_treaties(), untoc, age))
    frame = masked(model, untoc, age)
    assert set(frame["seen"]) == set(backtest.SEEN)
    # 8 states had consented on day 472: as many as the list has them.
    assert frame["there"].tolist() == (frame["target"] <= untoc.consented.by(472)).tolist()
    assert (frame["target"] > untoc.consented.by(242)).all(), "the total had not reached them"
    alone = frame[frame["seen"] == 0.3][["crps_list", "crps_complete"]].to_numpy()
    assert alone == pytest.approx(
        frame[frame["seen"] == 0.8][["crps_list", "crps_complete"]].to_numpy()
    )
    rules = masked_skill(frame.assign(treaty=UNTOC, age=age, package=UNTOC)).set_index("rule")
    assert (rules.query("rule == 'list'")["ratio"] == 1).all()


def test_the_saved_scores_of_lists_cut_short_and_of_states_reach_what_is_published() -> None:
    rules = saved("masked").query("set == 'all'").set_index("rule")
    assert rules["high"]["filter"] < 1
    assert rules["ratio"]["filter"] <= 0.82
    assert rules["error"].idxmin() == "complete", "no rule is better than to know"
    ways = saved("states").query("set == 'all'").set_index("way")
    assert ways["auc"]["forecast"] > ways["auc"]["signature"] + 0.03
    assert ways["high"]["forecast"] < 1
    tenths = saved("tenths").query("set == 'all'")
    assert tenths["came"].is_monotonic_increasing
    assert abs(tenths["said"] - tenths["came"]).max() < 0.03


# Of treaties as young and as widely signed as the Convention: to B nobody consented.
RANKED = pd.DataFrame(
    {
        "treaty": list("AAAABB"),
        "package": list("AAAABB"),
        "age": 91,
        "signatories": 50,
        "consents": 0,
        "signed": [True, True, False, True, True, True],
        "one": 0.5,
        "signature": 0.5,
        "forecast": [0.2, 0.2, 0.1, 0.4, 0.1, 0.2],
        "done": [True, False, False, True, False, False],
    }
)


def test_a_treaty_to_which_nobody_consented_ranks_no_states() -> None:
    ways = states_skill(RANKED).query("set == 'all'").set_index("way")["auc"]
    assert ways.to_dict() == {"one": 0.5, "signature": 0.5, "forecast": (0.5 + 1 + 1 + 1) / 4}


def test_signatories_are_ranked_apart_and_the_page_says_how_well() -> None:
    """Without the state that had not signed the pairs with it are left out."""
    scores = states_skill(RANKED).set_index(["set", "way"])
    assert scores["states"].loc["signatories"].tolist() == [5] * 3
    assert scores["auc"]["signatories", "forecast"] == (0.5 + 1) / 2
    ways = saved("states").query("set == 'signatories'").set_index("way")
    row, by_day = (ways.loc[way] for way in ("forecast", "signature"))
    assert by_day["auc"] < row["auc"] < saved("states").query("set == 'all'")["auc"].max()
    thirds = saved("tenths").query("set == 'signatories'")
    assert thirds["parts"].tolist() == [3] * 3
    assert thirds["states"].sum() == row["states"]
    assert (thirds["said"] * thirds["states"]).sum() == pytest.approx(row["expected"], abs=1)
    low, high = (100 * row[name] for name in ("auc_low", "auc_high"))
    told = f"it was {row['auc']:.0%} ({low:.0f} to {high:.0f}), and {by_day['auc']:.0%} by day"
    assert told in past_sentence(saved("states"), saved("tenths"))


def test_packages_are_kin_and_the_kin_of_kin() -> None:
    first = packages(base_treaties())
    assert first["XVIII-12-c"] == first[UNTOC] == UNTOC
    assert len({first[one.treaty] for one, _ in subjects(base_treaties())}) == 38
