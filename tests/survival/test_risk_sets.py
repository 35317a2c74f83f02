"""Who could act and who did: by hand, and by a plain count over the base set."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from adoption.forecasting.hazard import ENDS, bounds, count, own_counts, pool
from adoption.law.conventions import load_conventions
from tests.adopting import rows
from tests.survival.made import NEWEST, STEPS, data, pooled

REGISTRY = list(load_conventions().values())
INF = float("inf")


def waits(*rows: tuple[float, float, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["entry", "shortest", "longest", "seen_least"])
    return frame.astype("float64").assign(seen_most=frame["seen_least"])


def test_the_steps_leave_the_first_day_out_and_a_year_ends_before_its_day_comes_again() -> None:
    begin, end = bounds("signature")
    assert begin.tolist() == [0, 181, 364, 546, 729, 912]
    assert end.tolist() == [181, 364, 546, 729, 912, 1094]
    assert len(bounds("consent")[1]) == len(ENDS["consent"])


def test_who_counts_in_a_step() -> None:
    found = count(
        waits(
            (0, 0, 0, 2000),  # acted on the first day
            (0, 1, 1, 2000),  # in the first step
            (0, 181, 181, 2000),  # on its last day
            (0, 182, 182, 2000),  # in the second
            (0, 300, 300, 363),  # the second is not followed to its end
            (0, INF, INF, 2000),
            (182, 400, 400, 2000),  # came within the second step: at risk from the third
        ),
        "signature",
    )
    assert (found.first_at_risk, found.first_acted) == (6, 1)
    assert found.at_risk.tolist() == [5, 2, 2, 1, 1, 1]
    assert found.acted.tolist() == [2, 1, 1, 0, 0, 0]


def test_a_window_counts_where_it_lies_in_one_step() -> None:
    found = count(
        waits((0, 10, 100, 2000), (0, 100, 200, 2000), (0, 0, 100, 2000), (0, 200, INF, 2000)),
        "signature",
    )
    # The second and third cannot be told; the fourth is followed to where its window begins.
    assert (found.first_at_risk, found.first_acted) == (3, 0)
    assert found.at_risk.tolist() == [2, 0, 0, 0, 0, 0]
    assert found.acted.tolist() == [1, 0, 0, 0, 0, 0]


def test_this_convention_has_no_whole_step_yet_but_its_known_acts_have() -> None:
    convention = load_conventions()["hanoi"]
    strict = own_counts(convention, data(), NEWEST, "consent")
    known = own_counts(convention, data(), NEWEST, "consent", known=True)
    reports = own_counts(convention, data(), NEWEST, "consent", known=True, reports=True)
    assert strict is not None
    assert known is not None
    assert reports is not None
    assert strict.at_risk.sum() == 0
    # 71 signed in Hanoi and Mauritius in November; the windows of the two others end too late.
    assert (known.at_risk.sum(), known.acted.sum()) == (72, 0)
    # Qatar and Viet Nam; the window of Azerbaijan is not in one step.
    assert (reports.at_risk.sum(), reports.acted.sum()) == (71, 2)


def test_there_is_nothing_to_count_where_no_list_is_complete() -> None:
    for name in ("arab-2010", "malabo"):
        assert own_counts(load_conventions()[name], data(), NEWEST, "consent") is None


def test_a_treaty_of_the_base_set_by_a_plain_count() -> None:
    treaty = "XVIII-9"  # terrorist bombings
    states = {row["iso3"] for row in rows("states") if row["kind"] != "organization"}
    signed: dict[str, date] = {}
    consented: dict[str, date] = {}
    for row in rows("base_acts"):
        if row["treaty"] != treaty or row["iso3"] not in states:
            continue
        day = date.fromisoformat(row["date"])
        kept = signed if row["act"] == "signature" else consented
        kept[row["iso3"]] = min(day, kept.get(row["iso3"], day))
    (seen,) = (date.fromisoformat(row["as_of"]) for row in rows("base_treaties")
               if row["treaty"] == treaty)  # fmt: skip
    found = pool(REGISTRY, data(), NEWEST, "consent")[treaty]
    for step, (begin, end) in enumerate(zip(*bounds("consent"), strict=True)):
        at_risk = acted = 0
        for iso3, day in signed.items():
            wait = (consented[iso3] - day).days if iso3 in consented else 10**6
            if wait > begin and (seen - day).days >= end:
                at_risk += 1
                acted += wait <= end
        assert (found.at_risk[step], found.acted[step]) == (at_risk, acted)
    same_day = sum(consented.get(iso3) == day for iso3, day in signed.items())
    assert (found.first_at_risk, found.first_acted) == (len(signed), same_day)


@pytest.mark.parametrize("step", STEPS)
def test_a_convention_of_the_registry_is_not_counted_twice(step: str) -> None:
    counts = pooled("consent").counts if step == "consent" else pooled("signature").counts
    assert {"untoc", "uncac", "rotterdam", "hanoi"} <= counts.keys()
    assert not {"XVIII-12", "XVIII-14", "XXVII-14"} & counts.keys()
    assert "malabo" not in counts


def test_what_was_not_known_then_is_not_counted() -> None:
    early = pool(REGISTRY, data(), date(2003, 12, 9), "consent")
    assert early["uncac"].at_risk.sum() == 0
    assert "hanoi" not in early
    late = pooled("consent").counts
    for key, own in early.items():
        assert (own.acted <= late[key].acted).all()
        assert (own.at_risk <= late[key].at_risk).all()
        assert np.all(own.acted <= own.at_risk)
