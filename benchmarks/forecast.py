"""How long a forecast takes, and its Kaplan-Meier estimate beside that of statsmodels.

    .venv/bin/python benchmarks/forecast.py [--back-test]

The first forecast of a process reads the base set and learns from it; the next ones on the
same treaties do not. Both estimates are measured in turns, on the cases that weigh in the
forecast. With --back-test the whole back-test is timed as well.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from statsmodels.duration.survfunc import SurvfuncRight

from adoption import tables
from adoption.forecasting import forecast_threshold
from adoption.forecasting.backtest import back_test
from adoption.forecasting.cases import features
from adoption.forecasting.convention import forecast_convention
from adoption.forecasting.learnt import base_pool, groups, model_of
from adoption.forecasting.model import alike
from adoption.forecasting.waiting import kaplan_meier
from adoption.law.conventions import load_conventions

ROUNDS = 5
DAY = date(2026, 8, 1)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    """Print the times."""
    hanoi = load_conventions()["hanoi"]
    acts = tables.read("acts").query("convention == 'hanoi'")

    def one() -> object:
        return forecast_threshold(acts, opened=hanoi.opens, threshold=40, as_of=DAY).summary()

    print(f"forecast_threshold, first      {milliseconds(one):8.0f} ms")
    again = statistics.median(milliseconds(one) for _ in range(ROUNDS))
    print(f"forecast_threshold, again      {again:8.0f} ms")
    began = time.perf_counter()
    found = forecast_convention(hanoi, DAY)
    both = 1000 * (time.perf_counter() - began)
    print(f"both readings of a convention  {both:8.0f} ms")

    model = model_of(base_pool())
    now = found.known["counted"].now
    weight = model.likeness.weights(alike(model.within(features(now, [40]))))[0]
    heavy = weight > 0
    days, ended, weight = np.exp(model.residual)[heavy], model.cases.reached[heavy], weight[heavy]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(milliseconds(lambda: kaplan_meier(days, ended, weight)))
        theirs.append(milliseconds(lambda: SurvfuncRight(days, ended, freq_weights=weight)))
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f"weighted Kaplan-Meier          {statistics.median(ours):8.1f} ms, statsmodels "
          f"{statistics.median(theirs):.1f} ms: {ratio:.1f} times as fast")  # fmt: skip
    if "--back-test" in sys.argv:
        whole = milliseconds(lambda: back_test(base_pool(), groups()))
        print(f"the whole back-test            {whole / 1000:8.0f} s")


if __name__ == "__main__":
    main()
