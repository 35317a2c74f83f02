"""Conventions at the same age: the place among them, and curves as far as they are known."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption.show.timeline import curves_by_age, pace_title
from tests.conftest import bound, history


def test_another_ends_where_its_list_is_no_longer_complete() -> None:
    rows = bound("AAA", "2001-02-01"), bound("BBB", "2001-09-01")
    histories = [
        history(*rows, label=label, complete_to=day)
        for label, day in (
            ("Subject", date(2001, 1, 2)), ("Known", date(2001, 7, 2)), ("Open", None),
        )
    ]  # fmt: skip
    figure = curves_by_age(histories, date(2001, 12, 31), "parties", "A finding")
    ends = {trace.name: (trace.x[-1], trace.y[-1]) for trace in figure.data}
    assert ends["Known"] == (pytest.approx(182 / 365.25, abs=0.001), 1)
    assert ends["Open"] == (pytest.approx(364 / 365.25, abs=0.001), 2)
    assert ends["Subject"] == ends["Open"]


def compared_of(*counts: int | tuple[int, int] | None) -> pd.DataFrame:
    """Return counts as `compare_at_age` does; two numbers are bounds."""
    bounds = [count if isinstance(count, tuple) else (count, count) for count in counts]
    frame = pd.DataFrame(bounds, columns=["parties_lower", "parties_upper"]).astype("Int64")
    reports = frame["parties_lower"]
    return frame.assign(complete=True, parties_with_reports=reports, short_title="Other Treaty")


@pytest.mark.parametrize(
    ("counts", "place"),
    [
        ([3], "3 consents after 10 days"),
        ([3, 3], "3 consents after 10 days: no fewer than the Other Treaty"),
        ([1, 0, 0], "1 consent after 10 days: more than any of the two compared"),
        (
            [3, 4, 2, 5],
            "3 consents after 10 days: fewer than two of the three compared",
        ),
        (
            [3, 4, None, 2],
            "3 consents after 10 days: fewer than one of the two compared",
        ),
        ([3, 4], "3 consents after 10 days: fewer than the Other Treaty"),
        ([(0, 5), 6], "Up to 5 consents after 10 days: fewer than the Other Treaty"),
        (
            [3, (4, 9), (0, 3)],
            "3 consents after 10 days: fewer than one of the two compared",
        ),
    ],
)
def test_the_place_among_the_compared(
    counts: list[int | tuple[int, int] | None], place: str
) -> None:
    assert pace_title(compared_of(*counts), 10, "parties") == place
