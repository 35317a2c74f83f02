"""Tables on the network: what stands in which row."""

from __future__ import annotations

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.network import network, next_ratifications
from adoption.law.status import load_status
from adoption.law.webs import bound_by_report_or_more, load_webs, signed_or_bound
from adoption.views.cooperation import MOST_NAMES, next_view, parts_view, webs_view

NEWEST = tables.data_day()
STATES = tables.read("states").query("kind != 'organization'")
NAMES = dict(zip(STATES["iso3"], STATES["name"], strict=True))
WEBS = load_webs([load_conventions()[n] for n in ("budapest", "malabo", "arab-2010")], NEWEST)


def test_each_convention_with_its_states_and_pairs() -> None:
    rows = webs_view(WEBS).frame.to_dict("records")
    assert [row["In force for"] for row in rows] == [71, 14, 10]
    assert [row["At most for"] for row in rows] == ["not known", 54, 22]
    assert [row["Pairs joined"] for row in rows] == [71 * 70 // 2, 14 * 13 // 2, 10 * 9 // 2]
    assert [row["List complete"] for row in rows] == ["no"] * 3


def test_parts_hold_every_state_once() -> None:
    joined = network(WEBS, STATES["iso3"].tolist())
    rows = parts_view(joined, NAMES).frame.to_dict("records")
    assert sum(row["States"] for row in rows) == len(STATES)
    assert rows[-1]["Part"] == "Without a known partner"
    assert "Oman, Qatar, State of Palestine, Sudan" in rows[1]["Who"]
    assert all(row["Who"].count(",") < MOST_NAMES + 2 for row in rows)


def test_without_an_instrument_there_is_one_row() -> None:
    rows = parts_view(network([], ["QAT", "OMN"]), NAMES).frame.to_dict("records")
    assert rows == [{"Part": "Without a known partner", "States": 2, "Who": "Oman and Qatar"}]


def test_equal_gains_share_a_row() -> None:
    status = load_status("hanoi", NEWEST)
    joined = network(WEBS, STATES["iso3"].tolist())
    gains = next_ratifications(joined, signed_or_bound(status), bound_by_report_or_more(status))
    frame = next_view(gains, NAMES, status, limit=100).frame
    assert frame["States"].sum() == len(gains) == 71
    assert frame["New partners each, if all who signed are bound"].is_monotonic_decreasing
    assert len(next_view(gains, NAMES, status, limit=2).frame) == 2
    assert next_view(gains.iloc[:0], NAMES, status, limit=2).frame.empty
