"""Which values of states changed."""

from __future__ import annotations

import pytest

from adoption.news.kinds import ValueChange
from adoption.news.tables import in_text
from adoption.news.values import value_changes
from tests.news.made_up import Tables, build

GCI = ("AAA", "GCI", "2024", "overall")


def values(old: Tables, new: Tables) -> tuple[ValueChange, ...]:
    return value_changes(in_text(old, "old"), in_text(new, "new"))


def test_values_of_an_index() -> None:
    rank = ("BBB", "GCI", "2020", "rank")
    old = build(values=[(*GCI, "90"), (*rank, "7")])
    new = build(values=[(*GCI, "91.50"), ("CCC", *GCI[1:], "12")])
    assert values(old, new) == (
        ValueChange("BBB", "GCI", "2020", "rank", "value", 7.0, None),
        ValueChange(*GCI, "value", 90.0, 91.5),
        ValueChange("CCC", *GCI[1:], "value", None, 12.0),
    )


def test_columns_of_states_with_their_years() -> None:
    old, new = build(population="10"), build(population="10")
    new["states"].loc[0, ["population", "population_year"]] = ["20", "2020"]
    assert values(old, new) == (
        ValueChange("AAA", "population", "2020", "", "value", 10, 20),
        ValueChange("AAA", "population", "2020", "", "year", 2019, 2020),
    )
    assert values(new, old)[0] == ValueChange("AAA", "population", "2020", "", "value", 20, 10)


def test_a_column_that_came_is_a_value_for_each_state() -> None:
    old, new = build(), build()
    new["states"] = new["states"].assign(income_group="High income")
    found = values(old, new)
    assert len(found) == len(new["states"])
    assert {(v.index, v.edition, v.old, v.new) for v in found} == {
        ("income_group", "", None, "High income")
    }


@pytest.mark.parametrize("text", ["inf", "n/a"])
def test_what_is_no_number_stays_text(text: str) -> None:
    """JSON knows neither infinity nor what is no number."""
    (found,) = values(build(values=[(*GCI, "90")]), build(values=[(*GCI, text)]))
    assert isinstance(found.new, str)
