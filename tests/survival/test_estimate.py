"""The estimator: against a textbook, R and by hand with late entries; what is said of it."""

from __future__ import annotations

from math import inf

import pandas as pd
import pytest

import adoption as ad
from adoption.forecasting.survival import Step, curve, median
from adoption.forecasting.treaties import YEAR
from adoption.law.conventions import load_conventions
from adoption.show.survival import survival_answer
from tests.cells import run_cells
from tests.show.reading import check
from tests.survival.made import NEWEST, STEPS, real, waits

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


def test_the_textbook() -> None:
    found = curve(waits(*FREIREICH)).set_index("day")
    for day, (survival, low, high) in PUBLISHED.items():
        row = found.loc[day]
        assert 1 - row["share"] == pytest.approx(survival, abs=5e-5)
        assert (1 - row["upper"], 1 - row["lower"]) == pytest.approx((low, high), abs=1.1e-4)
    at_risk = {0: 21, 6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6, 35: 1}
    assert found["at_risk"].to_dict() == at_risk
    assert found["acted"].sum() == 9
    assert median(found.reset_index()) == (23, 13, inf)


def test_acts_of_the_first_day_count_and_half_of_an_even_number_is_half() -> None:
    found = curve(waits(*[(0, 0, True)] * 5, *[(0, 10, True)] * 2, *[(0, 20, False)] * 3))
    assert found["share"].tolist() == [0.5, 0.7, 0.7]
    assert median(found)[0] == 0


def test_each_class_has_its_median_the_first_day_by_which_half_had_acted() -> None:
    """Of UNTOC's African signatories exactly half had acted from day 1,178 to the next deposit."""
    found = ad.survival("untoc", by="un_group")
    rows = found.medians.set_index("group")
    for name, part in found.frame.groupby("group"):
        assert tuple(rows.loc[name, ["median", "lower", "upper"]]) == median(part)
        assert rows.at[name, "acted"] == part["acted"].sum()
    african = found.frame[found.frame["group"] == "African Group"].set_index("day")["share"]
    assert african[african == 0.5].index.tolist() == [1178]
    assert rows.at["African Group", "median"] == 1178
    assert rows["states"].sum() == found.followed[0]
    of_all = ad.survival("untoc").medians
    assert of_all["group"].tolist() == ["All states"]
    assert of_all[["median", "lower", "upper"]].to_numpy().tolist() == [[*found.median]]


def test_states_that_come_later_count_from_then_on() -> None:
    # By hand: day 5, one of two; day 10, one of three, the third having come on day 7.
    found = curve(waits((0, 5, True), (0, 10, True), (7, 12, False), (7, 12, False)))
    assert found["at_risk"].tolist() == [2, 2, 3, 2]
    share = 1 - 1 / 2 * 2 / 3
    assert found["share"].tolist() == pytest.approx([0, 0.5, share, share])


@pytest.mark.parametrize("rows", [[], [(0, 0, True)], [(0, 0, False)], [(4, 9, True)]])
def test_little(rows: list[tuple[float, float, bool]]) -> None:
    found = curve(waits(*rows))
    assert found["day"].max() == rows[0][1] if rows else found.empty
    middle, low, high = median(found)
    assert low <= middle <= high


# By survfit of R 4.5.0 (survival 3.8-3, conf.type "log-log") on the waits of this copy of the data,
# Surv(entry, time, acted) as they are, which makes none of them missing:
# shares by 1, 3 and 10 years, with their bands; statsmodels gives the same. From the acts alone R
# gave the same of the consents, and counted 114 signatures of UNCAC by 191 states in the first
# year, 138 of UNTOC by 190, and 34 of Budapest by 191 and two that came later. Of any consent the
# fourth is the part without a signature, by survfit of several states (Aalen and Johansen).
TRUE: dict[tuple[str, Step], list[tuple[float, ...]]] = {
    ("uncac", "signature"): [(0.5969, 0.5283, 0.6666)],
    ("uncac", "consent"): [
        (0.1511, 0.1012, 0.2222),
        (0.5755, 0.4952, 0.6584),
        (0.9520, 0.9064, 0.9796),
    ],
    ("untoc", "signature"): [(0.7263, 0.6616, 0.7876)],
    ("untoc", "consent"): [
        (0.0548, 0.0278, 0.1066),
        (0.4041, 0.3297, 0.4883),
        (0.8836, 0.8257, 0.9291),
    ],
    ("budapest", "signature"): [
        (0.1789, 0.1313, 0.2412),
        (0.1998, 0.1497, 0.2640),
        (0.2467, 0.1915, 0.3143),
    ],
    ("uncac", "any consent"): [
        (0.0674, 0.0397, 0.1132, 0),
        (0.4136, 0.3479, 0.4863, 0.0413),
        (0.8643, 0.8125, 0.9078, 0.1843),
    ],
    ("rotterdam", "any consent"): [
        (0.0052, 0.0007, 0.0366, 0),
        (0.0838, 0.0522, 0.1331, 0.0314),
        (0.6450, 0.5776, 0.7119, 0.3377),
    ],
}


@pytest.mark.parametrize(("name", "step"), TRUE)
def test_the_shares_of_all_states_are_those_of_r(name: str, step: Step) -> None:
    found = real(name, step).curve
    days = [round(years * YEAR) for years in (1, 3, 10)]
    rows = [found[found["day"] <= day].iloc[-1] for day in days if day <= found["day"].max()]
    names = [n for n in ("share", "lower", "upper", "share_unsigned") if n in found]
    shares = [tuple(row[names]) for row in rows]
    assert shares == [pytest.approx(expected, abs=6e-5) for expected in TRUE[name, step]]


def test_the_notebook_finds_the_same_in_sight() -> None:
    scope = run_cells("13_signature_to_consent", "signatures", as_of=NEWEST.isoformat())
    for kind, step in zip(("signatures", "consents"), STEPS, strict=False):
        assert len(scope[kind]) == 6
        for name, product in scope[kind].items():
            found = real(name, step).curve.set_index("day")["share"]
            steps = pd.Series(1 - product.surv_prob, (product.surv_times - 1).astype(int))
            pd.testing.assert_series_equal(steps, found[steps.index], check_names=False)
    halves = dict(scope["table"][["Convention", "Half within, years"]].to_numpy())
    assert halves["UNTOC"] == "3.6"
    assert halves["Hanoi"] == "not reached"


@pytest.mark.parametrize("name", load_conventions())
def test_any_convention_on_its_first_day_and_today(name: str) -> None:
    for day in (load_conventions()[name].opens, NEWEST):
        for step in STEPS:
            check(survival_answer(real(name, step, day)).text)
