"""Tables of capacity: every state once, nothing missing shown as a number."""

from __future__ import annotations

import pytest

from adoption.countries.capacity import PARTS, Indicator, with_parts
from adoption.figures.tables import NOT_KNOWN
from adoption.views.capacity import states_view
from tests.test_capacity import CAPACITY, EVERY, STATES
from tests.views.test_views import row_of

GCI = Indicator("GCI", 2024)


@pytest.mark.parametrize("indicator", EVERY[::4], ids=str)
def test_every_state_stands_once_in_order(indicator: Indicator) -> None:
    full = with_parts(CAPACITY, STATES, indicator)
    view = states_view(full, indicator)
    assert len(view.frame) == view.frame["State"].nunique() == 197
    column = "Overall"
    if indicator.component != "overall":
        column = PARTS[indicator.index][indicator.component]
    known = view.frame[column].dropna()
    assert known.is_monotonic_decreasing
    assert known.index.tolist() == list(range(len(known)))
    for _, tied in view.frame.dropna(subset=[column]).groupby(column):
        assert tied["State"].is_monotonic_increasing
    html = view._repr_html_()
    assert "nan" not in html
    assert html.count("<tr>") == 198


def test_a_missing_value_is_said_and_never_zero() -> None:
    view = states_view(with_parts(CAPACITY, STATES, GCI), GCI)
    text = repr(view)
    palau = text[text.index("Palau") :]
    assert palau.count(NOT_KNOWN) == 7
    assert "0.00" not in palau
    yemen = states_view(with_parts(CAPACITY, STATES, Indicator("GCI", 2020)), GCI)
    assert row_of(yemen, "Yemen") == {
        "State": "Yemen", "Overall": "0.0", "Legal": "nan", "Technical": "nan",
        "Organizational": "nan", "Capacity development": "nan", "Cooperation": "nan",
        "Grade": "high",
    }  # fmt: skip
    html = yemen._repr_html_()
    line = html[html.index("Yemen</th>") :].splitlines()[0]
    assert line.startswith("Yemen</th><td>0.00</td><td>not known</td>")
