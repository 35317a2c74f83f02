"""The estimator: against a textbook, by hand with late entries, and where there is little."""

from __future__ import annotations

import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from adoption.forecasting.survival import Estimate, Step, estimate
from adoption.forecasting.treaties import YEAR
from tests.survival.made import real, spells

# Remission under 6-mercaptopurine, weeks (Freireich and others 1963); acted: relapse.
FREIREICH = [
    *[(0, t, True) for t in (6, 6, 6, 7, 10, 13, 16, 22, 23)],
    *[(0, t, False) for t in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)],
]
# Survival and its log-log interval as the manuals of statistical packages print them.
PUBLISHED = {
    6: (0.8571, 0.6197, 0.9516),
    7: (0.8067, 0.5631, 0.9228),
    10: (0.7529, 0.5032, 0.8894),
    13: (0.6902, 0.4316, 0.8491),
    16: (0.6275, 0.3675, 0.8049),
    22: (0.5378, 0.2678, 0.7468),
    23: (0.4482, 0.1881, 0.6801),
}


@pytest.fixture(scope="module")
def leukaemia() -> Estimate:
    return estimate(spells(*FREIREICH))


def test_the_textbook(leukaemia: Estimate) -> None:
    assert (leukaemia.states, leukaemia.acted_first, leukaemia.acted) == (21, 0, 9)
    for day, (survival, low, high) in PUBLISHED.items():
        found = leukaemia.share(day)
        assert found is not None
        assert 1 - found.value == pytest.approx(survival, abs=5e-5)
        assert (1 - found.upper, 1 - found.lower) == pytest.approx((low, high), abs=1.1e-4)
    at_risk = {int(row["day"]): row["at_risk"] for row in leukaemia.curve.to_dict("records")}
    assert at_risk == {0: 21, 6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6, 35: 1}


def test_the_median_and_its_interval(leukaemia: Estimate) -> None:
    median = leukaemia.median()
    assert (median.value, median.lower, median.upper) == (23, 13, float("inf"))


def test_the_first_day_is_a_step_of_its_own() -> None:
    found = estimate(spells(*[(0, 0, True)] * 6, *[(0, 10, True)] * 2, *[(0, 20, False)] * 2))
    assert (found.states, found.acted_first, found.median().value) == (10, 6, 0)
    assert found.curve["share"].tolist() == [0.6, 0.8, 0.8]
    # Of the four that did not act on the first day.
    assert found.curve["share_after_first"].fillna(-1).tolist() == [-1, 0.5, 0.5]


def test_the_days_of_a_ceremony_are_one_step() -> None:
    rows = [(0, 0, True), (0, 9, True), (3, 8, True), (0, 10, True), (10, 20, False)]
    found = estimate(spells(*rows), first_days=10)
    assert (found.states, found.acted_first, found.acted) == (4, 3, 4)
    assert (found.at_risk(9), found.at_risk(10), found.at_risk(20)) == (2, 1, 1)
    # By hand: one of three, then one of three (one came on day 3), one of two, all that are left.
    shares = [round(value, 4) for value in found.curve["share"]]
    assert shares == [0.3333, 0.5556, 0.7778, 1, 1]
    assert found.curve["share_after_first"].isna().tolist() == [True] * 3 + [False] * 2


def test_a_median_that_is_one_fortnight_of_signatures_is_marked() -> None:
    # Of 132 states that signed the Terrorist Financing Convention, 49 did so in one fortnight,
    # 48 of them in the week from 10 November 2001.
    signing = real("terrorist-financing", "signature").main
    assert signing.joint == 49
    assert real("terrorist-financing", "consent").main.joint == 0
    together = [(0, 100 + day, True) for day in range(14)]
    assert estimate(spells(*together, (0, 50, True), (0, 150, True))).joint == 14
    apart = [(0, 100 * day, True) for day in range(1, 20)]
    assert estimate(spells(*apart)).joint == 0


def test_states_that_come_later_count_from_then_on() -> None:
    # By hand: day 5, one of two; day 10, one of three, the third having come on day 7.
    found = estimate(spells((0, 5, True), (0, 10, True), (7, 12, False), (7, 12, False)))
    assert found.states == 2
    assert found.curve["at_risk"].tolist() == [2, 2, 3, 2]
    share = found.share(10)
    assert share is not None
    assert share.value == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert (found.at_risk(7), found.at_risk(8)) == (1, 3)


@pytest.mark.parametrize(
    ("rows", "states", "first", "observed"),
    [
        ([], 0, 0, 0),
        ([(0, 0, True)], 1, 1, 0),
        ([(0, 0, False)], 1, 0, 0),  # followed for the first day only
        ([(0, 9, False)], 1, 0, 9),
        ([(4, 9, True)], 0, 0, 9),
    ],
)
def test_little(rows: list[tuple[float, float, bool]], states: int, first: int,
                observed: int) -> None:  # fmt: skip
    found = estimate(spells(*rows))
    assert (found.states, found.acted_first, found.observed) == (states, first, observed)
    assert found.share(observed + 1) is None
    assert found.median().lower <= found.median().upper


# By survfit of R 4.5.0 (survival 3.8-3, conf.type "log-log") on the waits of this copy of the data:
# shares by 1, 3 and 10 years, with their bands; statsmodels gives the same. From the acts alone R
# gave the same of the consents, and counted 114 signatures of UNCAC by 191 states in the first
# year, 138 of UNTOC by 190, and 34 of Budapest by 191 and two that came later.
TRUE: dict[tuple[str, Step], list[tuple[float, float, float]]] = {
    ("uncac", "signature"): [(0.5969, 0.5283, 0.6666)],
    ("uncac", "consent"): [(0.1511, 0.1012, 0.2222), (0.5755, 0.4952, 0.6584),
                           (0.9520, 0.9064, 0.9796)],
    ("untoc", "signature"): [(0.7263, 0.6616, 0.7876)],
    ("untoc", "consent"): [(0.0548, 0.0278, 0.1066), (0.4041, 0.3297, 0.4883),
                           (0.8836, 0.8257, 0.9291)],
    ("budapest", "signature"): [(0.1780, 0.1306, 0.2400), (0.1988, 0.1488, 0.2627),
                                (0.2456, 0.1907, 0.3130)],
}  # fmt: skip


@pytest.mark.parametrize(("name", "step"), TRUE)
def test_the_shares_of_all_states_are_those_of_r(name: str, step: Step) -> None:
    found = real(name, step).main
    values = [found.share(round(years * YEAR)) for years in (1, 3, 10)]
    shares = [(v.value, v.lower, v.upper) for v in values if v]
    assert shares == [pytest.approx(expected, abs=5e-5) for expected in TRUE[name, step]]


def test_an_act_of_the_first_day_counts_and_the_waits_give_the_shares() -> None:
    # Kenya and Lesotho signed and ratified UNCAC on one day.
    consents = real("uncac", "consent")
    waits = consents.waits().set_index("iso3")
    assert waits.query("acted and time == 0").index.tolist() == ["KEN", "LSO"]
    again = SurvfuncRight(waits["time"] + 1, waits["acted"].astype(int))
    for day, surviving in zip(again.surv_times - 1, again.surv_prob, strict=True):
        share = consents.main.share(day)
        assert share is not None
        assert share.value == pytest.approx(1 - surviving, abs=1e-12)
    median = consents.main.median()
    assert median.value == again.quantile(0.5) - 1 == 1010
    assert (median.lower, median.upper) == tuple(day - 1 for day in again.quantile_ci(0.5))
