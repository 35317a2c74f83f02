"""Tables of capacity: every state once, nothing missing shown as a number."""

from __future__ import annotations

import pytest

from adoption.countries.capacity import parts_by_region, values_by_state, with_parts
from adoption.countries.capacity_pairs import since_earlier
from adoption.countries.indices import PARTS, Indicator
from adoption.figures.tables import NOT_KNOWN
from adoption.views.capacity import grades_view, moves_view, parts_view, states_view
from tests.test_capacity import CAPACITY, EVERY, STATES
from tests.views.test_views import row_of

GCI = Indicator("GCI", 2024)


@pytest.mark.parametrize("indicator", EVERY, ids=str)
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


def test_only_columns_that_an_edition_has() -> None:
    heads = list(states_view(with_parts(CAPACITY, STATES, GCI), GCI).frame.columns)
    assert heads[:3] == ["State", "Overall", "Tier"]
    assert heads[-1] == "Grade"
    egdi = Indicator("EGDI", 2024)
    heads = list(states_view(with_parts(CAPACITY, STATES, egdi), egdi).frame.columns)
    assert heads == ["State", "Overall", *PARTS["EGDI"].values()]


def test_medians_by_region() -> None:
    parts = parts_by_region(with_parts(CAPACITY, STATES, GCI), "GCI")
    view = parts_view(parts, GCI)
    assert (row_of(view, "Oceania")["States"], row_of(view, "Oceania")["Known"]) == ("16", "13")
    assert "All pillars known" not in view.frame.columns
    old = Indicator("GCI", 2020)
    lacking = parts_view(parts_by_region(with_parts(CAPACITY, STATES, old), "GCI"), old)
    assert row_of(lacking, "All states")["Known"] == "194"
    assert row_of(lacking, "All states")["All pillars known"] == "191"


def test_moves_add_up() -> None:
    view = moves_view(since_earlier(CAPACITY, STATES, GCI))
    assert view is not None
    counts = view.frame[["Higher", "The same", "Lower"]].sum(axis=1)
    assert counts.tolist() == view.frame["In both"].tolist()
    assert view.frame["In both"].iloc[:-1].sum() == view.frame["In both"].iloc[-1]
    assert moves_view(None) is None


def test_grades() -> None:
    view = grades_view(values_by_state(CAPACITY, STATES, GCI), GCI)
    assert view.frame["Grade"].tolist() == ["high", "medium"]
    assert view.frame["Values"].sum() == 194
    egdi = Indicator("EGDI", 2024)
    view = grades_view(values_by_state(CAPACITY, STATES, egdi), egdi)
    assert view.frame["Grade"].tolist() == ["not assessed"]
    assert view.frame["Values"].tolist() == [193]
    nothing = values_by_state(CAPACITY.iloc[:0], STATES, GCI)
    assert grades_view(nothing, GCI).frame.empty
