"""Conventions at the same age: curves as far as they are known."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.show.timeline import curves_by_age
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
