"""The back-test: its cases, that nothing of the future leaks, and the saved table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from adoption import tables
from adoption.forecasting import backtest
from adoption.forecasting.backtest import (
    Case,
    back_test,
    cases_of,
    others,
    related,
    treaty_rows,
    year_rows,
)
from adoption.forecasting.learnt import base_pool, groups
from adoption.forecasting.pool import Acts, Treaty
from tests.forecast.made import consents_on, real, treaty

UNTOC = "XVIII-12"
LATER = 700.0  # days by which what happened after a day is put off


def some(*numbers: str) -> tuple[Treaty, ...]:
    """Return an eighth of the base set and some treaties of it."""
    return tuple(t for i, t in enumerate(base_pool()) if i % 8 == 0 or t.treaty in numbers)


def put_off(one: Treaty, after: float) -> Treaty:
    """Return a treaty whose acts after an age all came later, and that was watched longer."""

    def later(acts: Acts) -> Acts:
        return Acts(acts.iso3, np.where(acts.day > after, acts.day + LATER, acts.day))

    return Treaty(one.treaty, one.opened, one.seen + LATER, later(one.signed), later(one.consented))


def column(rows: Iterable[backtest.Row], name: str, number: str) -> dict[tuple[int, int], float]:
    return {(row["age"], row["target"]): row[name] for row in rows if row["treaty"] == number}


def test_the_cases_of_a_real_treaty() -> None:
    untoc = real(UNTOC)
    assert [untoc.consented.by(age) for age in (365, 730)] == [6, 28]
    assert untoc.consented.nth(40) == (date(2003, 7, 1) - date(2000, 12, 12)).days == 931
    found = {(case.age, case.target): case for case in cases_of(untoc)}
    assert list(found) == [
        *[(age, target) for age in (91, 183, 365) for target in (20, 30, 40, 50)],
        *[(730, target) for target in (30, 40, 50)],
    ]  # fmt: skip  # by day 1461 there were more than fifty
    assert untoc.seen == 4794  # to 27 January 2014
    assert found[365, 40] == Case(365, 40, 931 - 365, 4794 - 365)
    assert found[730, 40].wait == 201


def test_a_case_needs_a_year_of_follow_up_and_a_target_ahead() -> None:
    # What came after the last day seen does not count.
    small = consents_on(*range(25), *range(400, 410), *range(800, 820), seen=365 + 365)
    assert cases_of(small) == [
        Case(age, target, 404 - age if target == 30 else np.inf, 730 - age)
        for age in (91, 183, 365)
        for target in (30, 40, 50)
    ]
    assert cases_of(consents_on(*range(25), seen=91 + 364)) == []


def test_who_is_tried() -> None:
    old = treaty("I-1", opened=date(1959, 12, 31), consented={f"S{i}": i for i in range(40)})
    small = consents_on(*range(29), number="I-2")
    large = consents_on(*range(30), number="I-3")
    assert backtest.tested([old, small, large]) == [large]


def test_all_the_cases_of_the_base_set() -> None:
    subjects = backtest.tested(base_pool())
    assert len(subjects) == 89
    assert sum(len(cases_of(one)) for one in subjects) == 1551


def test_a_convention_and_its_protocols_are_one_package() -> None:
    untoc = real(UNTOC)
    kin = {one.treaty for one in base_pool() if related(one, untoc)} - {UNTOC}
    assert {"XVIII-12-a", "XVIII-12-b", "XVIII-12-c"} <= kin
    assert kin == {"XVIII-12-a", "XVIII-12-b", "XVIII-12-c"} | {
        one.treaty for one in base_pool() if abs((one.opened - untoc.opened).days) <= 30
    } - {UNTOC}
    assert "XVIII-14" not in kin
    day = date(2000, 1, 1)
    near, far = (treaty("V-1", opened=day + timedelta(days=days)) for days in (30, 31))
    assert related(treaty("IV-1", opened=day), near)
    assert not related(treaty("IV-1", opened=day), far)
    assert related(treaty("IV-1-a-b", opened=day), treaty("IV-1", opened=date(1970, 1, 1)))
    assert not related(treaty("IV-11", opened=day), treaty("IV-1", opened=date(1970, 1, 1)))


def test_the_others_are_without_it_and_perhaps_without_its_package() -> None:
    pool, untoc = base_pool(), real(UNTOC)
    assert len(others(pool, untoc, siblings=True)) == len(pool) - 1
    apart = others(pool, untoc, siblings=False)
    assert not any(related(one, untoc) for one in apart)
    assert len(apart) == sum(not related(one, untoc) for one in pool)


def test_what_a_treaty_did_later_does_not_change_the_forecast_of_it() -> None:
    pool, untoc = some(UNTOC, "XVIII-12-a"), real(UNTOC)
    changed = put_off(untoc, 365)
    mixed = tuple(changed if one is untoc else one for one in pool)
    before, after = (
        treaty_rows(chosen, subject, groups())
        for chosen, subject in ((pool, untoc), (mixed, changed))
    )
    without = treaty_rows([one for one in pool if one is not untoc], untoc, groups())
    assert before == without  # it is not learnt from itself
    for name in ("median_model", "median_apart"):
        one, other = (column(rows, name, UNTOC) for rows in (before, after))
        early = {case: value for case, value in one.items() if case[0] <= 365}
        assert len(early) == 12
        assert early == {case: value for case, value in other.items() if case[0] <= 365}
    assert column(before, "wait", UNTOC)[365, 40] == 566
    assert column(after, "wait", UNTOC)[365, 40] == 566 + LATER  # the change was a change


def test_a_sibling_is_learnt_from_in_one_score_and_not_in_the_other() -> None:
    pool, untoc, sister = some(UNTOC, "XVIII-12-a"), real(UNTOC), real("XVIII-12-a")
    mixed = tuple(put_off(one, 100) if one is sister else one for one in pool)
    before, after = (treaty_rows(chosen, untoc, groups()) for chosen in (pool, mixed))
    model, apart = ([column(rows, f"median_{name}", UNTOC) for rows in (before, after)]
                    for name in ("model", "apart"))  # fmt: skip
    assert model[0] != model[1]
    assert apart[0] == apart[1]


def test_the_forecast_of_a_year_uses_nothing_that_came_after_it_began() -> None:
    pool, year = some(UNTOC), 2001
    begins = date(year, 1, 1)

    def cut(one: Treaty) -> Treaty:
        # Of the subject all is known up to its last origin of that year.
        return put_off(one, 365 if one.treaty == UNTOC else float((begins - one.opened).days))

    before, after = (year_rows(chosen, year, groups()) for chosen in (pool, list(map(cut, pool))))
    medians = [column(rows, "median_then", UNTOC) for rows in (before, after)]
    assert len(medians[0]) == 12  # at 91, 183 and 365 days
    assert medians[0] == medians[1]
    changed = [column(rows, "crps_then", UNTOC) for rows in (before, after)]
    assert changed[0] != changed[1]  # what came was another thing
    # What came before it began does change the forecast: the test can fail.
    sooner = [put_off(one, 365) if one.treaty != UNTOC else one for one in pool]
    assert column(year_rows(sooner, year, groups()), "median_then", UNTOC) != medians[0]


def test_a_year_with_nothing_to_learn_from_has_no_rows() -> None:
    assert year_rows(base_pool(), 1946, groups()) == []


def test_a_small_back_test_is_the_parts_put_together() -> None:
    small = [one for one in base_pool() if len(one.consented.day) < 30][:8]
    pool: Sequence[Treaty] = (*small, real(UNTOC), real("XVIII-10"))
    told: list[int] = []

    def progress(parts: Iterable[list[backtest.Row]], number: int) -> Iterable[list[backtest.Row]]:
        told.append(number)
        return parts

    frame = back_test(pool, groups(), progress, jobs=1)
    subjects = [real(UNTOC), real("XVIII-10")]
    years = {(t.opened + timedelta(days=c.age)).year for t in subjects for c in cases_of(t)}
    assert told == [len(subjects) + len(years)]
    assert len(frame) == sum(len(cases_of(one)) for one in subjects)
    assert not frame.duplicated(["treaty", "age", "target"]).any()
    assert set(frame) == set(tables.read("backtest"))
    own = frame[frame["treaty"] == UNTOC]
    assert own["wait"].tolist() == [int(case.wait) for case in cases_of(real(UNTOC))]
    transforms = frame.filter(like="pit_").to_numpy()
    assert ((transforms >= 0) & (transforms <= 1)).all()


@pytest.mark.parametrize("number", [UNTOC, "XVIII-10", "XXVII-8"])
def test_the_saved_scores_are_found_again(number: str) -> None:
    saved = tables.read("backtest").query("treaty == @number").to_dict("records")
    rows = treaty_rows(base_pool(), real(number), groups())
    assert [(row["age"], row["target"]) for row in saved] == [
        (row["age"], row["target"]) for row in rows
    ]
    assert len(saved) == len(cases_of(real(number))) > 0
    for row, known in zip(rows, saved, strict=True):
        for name, value in row.items():
            if name == "treaty":
                continue
            assert known[name] == pytest.approx(value, rel=1e-3, abs=1e-3, nan_ok=True), name


def test_the_saved_scores_of_a_year_are_found_again() -> None:
    saved = tables.read("backtest").set_index(["treaty", "age", "target"]).to_dict("index")
    rows = year_rows(base_pool(), 2001, groups())
    assert len(rows) == 75
    for row in rows:
        known = saved[row["treaty"], row["age"], row["target"]]
        for name in set(row) - {"treaty", "age", "target"}:
            assert known[name] == pytest.approx(row[name], rel=1e-3, abs=1e-3, nan_ok=True), name


def test_every_case_is_saved_once_and_nothing_else() -> None:
    saved = tables.read("backtest")
    key = sorted(zip(saved["treaty"], saved["age"], saved["target"], strict=True))
    assert key == sorted(
        (one.treaty, case.age, case.target)
        for one in backtest.tested(base_pool())
        for case in cases_of(one)
    )
    # The aim of the project: a ratio of 0.55 to climatology, and 80% intervals that hold.
    assert saved["crps_model"].mean() < 0.55 * saved["crps_climatology"].mean()
    assert saved["crps_apart"].mean() < 0.55 * saved["crps_climatology"].mean()
