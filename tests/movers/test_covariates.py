"""Covariates of today: standardised, and learnt from other conventions than the one scored."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import logit

from adoption import tables
from adoption.forecasting.propensity import covariates as module
from adoption.forecasting.propensity.covariates import covariates_of, with_covariates
from adoption.law.status import load_status


def test_every_state_has_values_with_mean_zero() -> None:
    read = tables.read
    found = covariates_of(
        read("states"), read("capacity"), read("votes"),
        load_status("budapest", date(2026, 11, 24)), 2024,
    )  # fmt: skip
    assert found.notna().all(axis=None)
    assert found.mean().abs().max() < 1e-9
    assert not ((found["voted_yes"] > 0) & (found["voted_no"] > 0)).any()
    party = found["budapest_party"].to_dict()
    assert party["FRA"] > 0 > party["QAT"]


def made() -> tuple[pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(5)
    x = random.normal(size=50)
    codes = [f"S{n}" for n in range(50)]
    parts = [
        pd.DataFrame(
            {
                "treaty": number,
                "iso3": codes,
                "model": 0.3,
                "outcome": (random.random(50) < 0.2 + 0.3 * (x > 0)).astype("float64"),
            }
        )
        for number in ("A", "B", "C")
    ]
    return pd.concat(parts, ignore_index=True), pd.DataFrame({"x": x}, index=codes)


def test_a_convention_does_not_teach_its_own_chances() -> None:
    frame, told = made()
    one = with_covariates(frame, ["A", "B"], told)
    assert set(one["treaty"]) == {"A", "B"}
    turned = frame["treaty"].eq("A")
    other = with_covariates(
        frame.assign(outcome=frame["outcome"].where(~turned, 1 - frame["outcome"])),
        ["A", "B"], told,
    )  # fmt: skip
    of_a = one["treaty"] == "A"
    assert one.loc[of_a, "covariates"].tolist() == other.loc[of_a, "covariates"].tolist()
    assert one.loc[~of_a, "covariates"].tolist() != other.loc[~of_a, "covariates"].tolist()


def test_without_a_penalty_it_is_the_logit_with_an_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RIDGE", 0.0)
    frame, told = made()
    found = with_covariates(frame, ["A", "B"], told)
    b = frame[frame["treaty"] == "B"]
    x = sm.add_constant(told.reindex(b["iso3"]).to_numpy())
    offset = np.full(len(b), logit(0.3))
    usual = sm.GLM(b["outcome"], x, sm.families.Binomial(), offset=offset).fit()
    expected = usual.predict(x, offset=offset)
    assert found.loc[found["treaty"] == "A", "covariates"].to_numpy() == pytest.approx(expected)
