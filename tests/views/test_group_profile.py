"""Tables on the network: what stands in which row."""

from __future__ import annotations

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.network import load_webs, network
from adoption.views.cooperation import MOST_NAMES, parts_view, webs_view

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
