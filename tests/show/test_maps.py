"""The map: every member in its class, rings on what is reported, nothing unsaid."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.io as pio
import pytest

import adoption as ad
from adoption.law.curves import eligible_states
from adoption.law.status import Status
from adoption.press import document
from adoption.show.classes import RINGED, status_class
from adoption.show.maps import status_map
from tests.conftest import acts_of, bound, made_up, status_by
from tests.show.drawing import read, same_twice, status

CASES = [
    ("hanoi", "2026-11-24"),
    ("hanoi", "2025-10-25"),
    ("untoc", "2014-06-01"),
    ("arab-2010", "2013-01-01"),
    ("malabo", "2023-05-09"),
]
Trace = dict[str, Any]


def drawn(found: Status) -> dict[str, Any]:
    return same_twice(lambda: status_map(found, "A finding"), least=15_000, most=60_000)


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
    able = eligible_states(found.history, read("states"), read("memberships"))["iso3"]
    able = able if found.convention.made_for else people["iso3"]  # whoever is invited may as well
    return {
        row["iso3"]: "cannot join"
        if row["status"] == "no act known" and row["iso3"] not in set(able)
        else status_class(row["status"], row["grade"])
        for row in people.to_dict("records")
    }


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_state_is_in_the_layer_of_its_class_and_in_no_other(name: str, day: str) -> None:
    found = status(name, day)
    figure, expected = drawn(found), classes(found)
    assert len([iso3 for iso3 in expected if iso3 not in ("COK", "NIU", "PSE", "VAT")]) == 193
    placed = [(place, trace["name"]) for trace in layers(figure) for place in trace["locations"]]
    assert len(placed) == len(expected)
    assert dict(placed) == expected
    small = set(read("states").loc[read("states")["small"], "iso3"])
    marked = [(i, n) for n, t in points(figure, rings=False).items() for i in t["ids"]]
    assert len(marked) == len(set(marked))
    assert small <= set(dict(marked))
    assert dict(marked).items() <= expected.items()


@pytest.mark.parametrize(("name", "day"), CASES)
def test_rings_are_exactly_on_reported_acts(name: str, day: str) -> None:
    found = status(name, day)
    rings = points(drawn(found), rings=True)
    ringed = {place: ring for ring, trace in rings.items() for place in trace["ids"]}
    assert ringed == {iso3: c for iso3, c in classes(found).items() if c in RINGED}
    for trace in rings.values():
        assert len(trace["lon"]) == len(trace["lat"]) == len(trace["ids"])
        assert all(isinstance(value, float) for value in trace["lon"] + trace["lat"])


def test_a_state_that_has_withdrawn_is_crossed() -> None:
    acts = acts_of(
        [
            bound("FRA", "2001-02-01"),
            bound("ITA", "2001-02-01"),
            ("FRA", "withdrawal", "2002-02-01", "", "confirmed"),
        ]
    )
    found = status_by(made_up(), date(2004, 3, 1), acts, read("states"))
    crosses = points(drawn(found), rings=True)
    assert {name: trace["ids"] for name, trace in crosses.items()} == {"withdrawn": ["FRA"]}
    assert crosses["withdrawn"]["marker"]["symbol"] == "x"


def test_a_page_shows_what_a_notebook_adds_to_a_map(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(document._state, "page", True)
    monkeypatch.setattr(pio.renderers, "render_on_display", False)
    figure = ad.status("hanoi").chart("map")
    figure._ipython_display_()
    assert '<figure class="world"' in capsys.readouterr().out
    figure.add_scattergeo(lon=[0], lat=[0])._ipython_display_()
    assert '<figure class="world"' not in capsys.readouterr().out
