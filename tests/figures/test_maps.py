"""The map: every member in its class, rings on what is reported, nothing unsaid."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from adoption.figures.basemap import DISCLAIMER, DRAWN_WITHIN
from adoption.figures.maps import hover_text, status_map
from adoption.figures.theme import BORDER, INK, RINGED, STATUS_COLOURS, status_class
from adoption.law.status import Status, status_on
from adoption.paths import reference_folder
from tests.conftest import acts_of, bound, made_up
from tests.figures.conftest import read, same_twice, status

CASES = [("hanoi", "2026-11-24"), ("hanoi", "2025-10-25"), ("untoc", "2014-06-01"),
         ("arab-2010", "2013-01-01"), ("malabo", "2023-05-09")]  # fmt: skip
Trace = dict[str, Any]


def drawn(found: Status) -> dict[str, Any]:
    return same_twice(
        lambda: status_map(found, read("states"), "A finding"), least=15_000, most=60_000
    )


def layers(figure: dict[str, Any], kind: str = "choropleth") -> list[Trace]:
    return [trace for trace in figure["data"] if trace["type"] == kind]


def points(figure: dict[str, Any], *, rings: bool) -> dict[str, Trace]:
    return {
        trace["name"].removesuffix(" (mark)"): trace
        for trace in layers(figure, "scattergeo")
        if "ids" in trace and trace["name"].endswith("(mark)") == rings
    }


def classes(found: Status) -> dict[str, str]:
    people = found.participants
    people = people[people["kind"] != "organization"]
    return {
        row["iso3"]: status_class(row["status"], row["grade"]) for row in people.to_dict("records")
    }


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_state_is_in_the_layer_of_its_class_and_in_no_other(name: str, day: str) -> None:
    found = status(name, day)
    figure, expected = drawn(found), classes(found)
    assert len([iso3 for iso3 in expected if iso3 not in ("COK", "NIU", "PSE", "VAT")]) == 193
    placed = [
        (place, trace["name"])
        for trace in layers(figure)
        for place in trace["locations"]
        if place not in DRAWN_WITHIN
    ]
    assert len(placed) == len(expected)
    assert dict(placed) == expected
    small = set(read("states").loc[read("states")["small"], "iso3"])
    marked = [(i, n) for n, t in points(figure, rings=False).items() for i in t["ids"]]
    assert len(marked) == len(set(marked))
    assert small <= set(dict(marked))
    assert dict(marked).items() <= expected.items()


@pytest.mark.parametrize(("name", "day"), CASES)
def test_colours_and_legend_are_those_of_the_palette(name: str, day: str) -> None:
    figure = drawn(status(name, day))
    present = [trace["name"] for trace in layers(figure)]
    assert present == [c for c in STATUS_COLOURS if c in classes(status(name, day)).values()]
    for trace in layers(figure):
        assert [colour for _, colour in trace["colorscale"]] == [STATUS_COLOURS[trace["name"]]] * 2
        assert set(trace["z"]) == {1}
        assert len(trace["locations"]) == len(trace["text"]) == len(trace["z"])
    for trace in points(figure, rings=False).values():
        assert trace["marker"]["color"] == STATUS_COLOURS[trace["name"]]
    legend = [t for t in layers(figure, "scattergeo") if t.get("showlegend", True)]
    assert [trace["name"] for trace in legend] == present
    assert [t["marker"]["color"] for t in legend] == [STATUS_COLOURS[n] for n in present]


@pytest.mark.parametrize(("name", "day"), CASES)
def test_rings_are_exactly_on_reported_acts(name: str, day: str) -> None:
    found = status(name, day)
    rings = points(drawn(found), rings=True)
    ringed = {place: ring for ring, trace in rings.items() for place in trace["ids"]}
    assert ringed == {iso3: c for iso3, c in classes(found).items() if c in RINGED}
    for trace in rings.values():
        assert len(trace["lon"]) == len(trace["lat"]) == len(trace["ids"])
        assert all(isinstance(value, float) for value in trace["lon"] + trace["lat"])


def test_areas_that_are_reported_bound_have_a_dark_outline() -> None:
    lines = {t["name"]: t["marker"]["line"] for t in layers(drawn(status("hanoi")))}
    assert lines["reported bound"] == {"color": INK, "width": 1}
    assert lines["signed"]["color"] == BORDER


def test_a_state_that_has_withdrawn_is_crossed() -> None:
    acts = acts_of([bound("FRA", "2001-02-01"), bound("ITA", "2001-02-01"),
                    ("FRA", "withdrawal", "2002-02-01", "", "confirmed")])  # fmt: skip
    found = status_on(made_up(), date(2004, 3, 1), acts, read("states"))
    crosses = points(drawn(found), rings=True)
    assert {name: trace["ids"] for name, trace in crosses.items()} == {"withdrawn": ["FRA"]}
    assert crosses["withdrawn"]["marker"]["symbol"] == "x"


def test_the_three_reported_ratifications_wear_a_ring() -> None:
    rings = points(drawn(status("hanoi")), rings=True)
    assert set(rings["reported bound"]["ids"]) == {"QAT", "VNM", "AZE"}
    assert "CAN" in rings["signature reported"]["ids"]


@pytest.mark.parametrize(("name", "day"), CASES)
def test_areas_that_are_drawn_apart_follow_their_state(name: str, day: str) -> None:
    of = {
        place: (trace["name"], text)
        for trace in layers(drawn(status(name, day)))
        for place, text in zip(trace["locations"], trace["text"], strict=True)
    }
    assert of["XNC"] == of["CYP"]
    assert of["XSL"] == of["SOM"]


def test_the_topology_has_every_place_of_the_map() -> None:
    path = reference_folder() / "geometry" / "world_50m.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    drawable = {place["id"] for place in topology["objects"]["countries"]["geometries"]}
    figure = drawn(status("hanoi"))
    wanted = {place for trace in layers(figure) for place in trace["locations"]}
    marked = {place for trace in points(figure, rings=False).values() for place in trace["ids"]}
    assert wanted - marked <= drawable
    assert figure["layout"]["geo"]["resolution"] == 50
    assert figure["layout"]["geo"]["fitbounds"] is False


def test_the_alternative_has_the_figure_of_each_class() -> None:
    found = status("hanoi")
    meta = drawn(found)["layout"]["meta"]
    counts = list(classes(found).values())
    for name in set(counts):
        assert f"{name}: {counts.count(name)} " in meta["alternative"]
    assert "table" not in meta["alternative"], "other tables leave out who is no member"
    assert "24 November 2026" in meta["subtitle"]
    assert DISCLAIMER in meta["source"]
    assert meta["source"].startswith("Source: each act's own")


def test_disputed_borders_are_dotted_and_broken_between_lines() -> None:
    figure = drawn(status("hanoi"))
    (trace,) = [t for t in layers(figure, "scattergeo") if t["mode"] == "lines"]
    assert trace["line"]["dash"] == "dot"
    assert len(trace["lon"]) == len(trace["lat"])
    breaks = [number for number, value in enumerate(trace["lon"]) if value is None]
    assert breaks == [number for number, value in enumerate(trace["lat"]) if value is None]
    assert len(breaks) > 3
    assert trace["lon"][-1] is None


def test_what_a_state_shows_under_the_pointer() -> None:
    texts = {
        place: text
        for trace in layers(drawn(status("hanoi")))
        for place, text in zip(trace["locations"], trace["text"], strict=True)
    }
    assert texts["QAT"] == "<b>Qatar</b><br>ratification Feb 2026, reported"
    assert texts["AGO"] == "<b>Angola</b><br>signature 25 Oct 2025, confirmed"
    assert texts["AFG"] == "<b>Afghanistan</b><br>no act known"


def test_a_further_act_that_is_possible_is_said() -> None:
    acts = acts_of([bound("FRA", "2001-02-01", "2001-06-30")])
    found = status_on(made_up(), date(2001, 3, 1), acts, read("states"))
    row = found.participants.set_index("iso3", drop=False).loc["FRA"].to_dict()
    first, second, third = hover_text(row).split("<br>")
    assert (first, second) == ("<b>France</b>", "no act known")
    assert third.startswith("possibly ")
