"""The skill: worked out by hand on four cases, and against plain means on the real ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from adoption import tables
from adoption.forecasting.skill import YARDSTICK, case_sets, histograms, score, score_of
from tests.forecast.tried import TREATIES, made, real, tried


def test_four_cases_by_hand() -> None:
    row = score(tried(), "model")
    assert (row["cases"], row["treaties"]) == (4, 2)
    assert row["error"] == pytest.approx(2.0 / 4)
    assert row["ratio"] == pytest.approx(2.0 / 2.0)
    # Of two treaties a bootstrap sample has both, twice A or twice B: the ends are A and B.
    assert (row["error_low"], row["error_high"]) == pytest.approx((0.3, 0.7))
    assert (row["ratio_low"], row["ratio_high"]) == pytest.approx((0.6 / 1.2, 1.4 / 0.8))
    # The third case was not reached by the end of its list, so no interval has missed it.
    assert [row[f"within_{percent}"] for percent in (50, 80, 95)] == [0.5, 0.5, 1.0]
    assert (row["within_80_low"], row["within_80_high"]) == (0.5, 0.5)
    assert (row["earlier"], row["later"]) == (0.25, 0.25)
    # Out by 2, by 4, and by more than can be said.
    assert row["factor"] == pytest.approx(4)


def test_a_yardstick_against_itself_and_a_way_without_a_median() -> None:
    row = score(tried(), "climatology")
    assert (row["ratio"], row["ratio_low"], row["ratio_high"]) == (1, 1, 1)
    assert np.isnan(row["factor"])


def test_a_case_without_a_forecast_is_left_out_of_that_way_alone() -> None:
    cases = tried()
    cases.loc[3, ["crps_then", "pit_then", "crps_climatology_then"]] = np.nan
    row = score(cases, "then")
    assert (row["cases"], row["error"]) == (3, pytest.approx(0.4))
    assert row["ratio"] == pytest.approx(1.2 / 1.6)
    assert score(cases, "model")["cases"] == 4


def test_one_treaty_has_no_interval_and_no_case_no_score() -> None:
    one = score(tried().head(2), "apart")
    assert one["error"] == pytest.approx(0.3)
    assert np.isnan(one["error_low"])
    none = score(tried().head(0), "apart")
    assert none["cases"] == 0
    for name in ("error", "ratio", "within_80", "earlier", "later", "factor"):
        assert np.isnan(none[name])


def test_the_interval_is_that_of_treaties_and_not_of_cases() -> None:
    error = np.random.default_rng(1).uniform(size=400)
    single = pd.concat([tried().head(1)] * 400, ignore_index=True)
    single = single.assign(treaty=[f"T{n}" for n in range(400)], crps_model=error)
    row = score(single, "model")
    reach = 1.96 * error.std() / 20  # of the mean of 400
    assert row["error_low"] == pytest.approx(error.mean() - reach, abs=0.003)
    assert row["error_high"] == pytest.approx(error.mean() + reach, abs=0.003)
    tenfold = score(pd.concat([single] * 10, ignore_index=True), "model")
    assert tenfold["error_low"] == pytest.approx(row["error_low"])


def test_the_sets() -> None:
    sets = case_sets(tried(), TREATIES)
    assert {key: own.index.tolist() for key, own in sets.items()} == {
        ("all", 0): [0, 1, 2, 3],
        ("signed early", 40): [0, 1],
        ("opened since", 1990): [2, 3],
        ("opened before", 1990): [0, 1],
        ("age", 91): [0, 1],
        ("age", 365): [2, 3],
        ("target", 20): [0, 2],
        ("target", 30): [1, 3],
    }
    measured = made()
    assert len(measured) == 8 * len(YARDSTICK)
    assert score_of(measured, "then", "target", 30)["error"] == pytest.approx(0.6)
    assert score_of(measured, "then", "age")["error"] == pytest.approx(0.3)


def test_the_histogram_spreads_what_is_still_open() -> None:
    shares = histograms(tried(), ["model", "then"], bins=2)
    assert shares["part"].tolist() == [1, 2, 1, 2]
    # The third case lies evenly from 0.05 to 1: 0.45 of 0.95 in the first half.
    assert shares["share"].head(2).tolist() == pytest.approx([(1 + 9 / 19) / 4, (2 + 10 / 19) / 4])


@pytest.mark.parametrize("method", YARDSTICK)
def test_the_real_scores_are_plain_means(method: str) -> None:
    backtest = tables.read("backtest")
    row = score_of(real(), method)
    errors = backtest[f"crps_{method}"].dropna()
    assert row["cases"] == len(errors)
    assert row["error"] == pytest.approx(np.mean(errors.tolist()))
    assert row["error_low"] < row["error"] < row["error_high"]
    assert row["within_50"] < row["within_80"] < row["within_95"]
    assert row["earlier"] + row["within_80"] + row["later"] == pytest.approx(1)


@pytest.mark.parametrize("kind", ["all", "signed early", "opened since"])
def test_the_model_beats_climatology_beyond_chance(kind: str) -> None:
    measured = real()
    rows = measured[
        (measured["kind"] == kind) & measured["method"].isin(["model", "apart", "then"])
    ]
    assert len(rows) == 3
    assert rows["ratio_high"].max() < 1
    assert (rows["ratio_low"] < rows["ratio"]).all()


def test_the_same_bytes_every_time() -> None:
    pd.testing.assert_frame_equal(made(), made(), check_exact=True)
