"""The picture of the site, and what the page that compares knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adoption import tables
from adoption.law.status import load_status
from adoption.reports.pages.compare import compared
from adoption.reports.pages.site import HEIGHT, WIDTH, write_preview
from adoption.show.world import world_map
from tests.reports.pages.test_site import ENTRIES


def test_the_picture_is_the_map_of_the_front_page(tmp_path: Path) -> None:
    path = tmp_path / "preview.png"
    assert not write_preview(path, "<h1>no map</h1>")
    assert not path.exists()
    status = load_status("hanoi", tables.data_day())
    assert write_preview(path, world_map(status, tables.read("states")))
    png = path.read_bytes()
    assert png.startswith(b"\x89PNG")
    size = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert size == (WIDTH, HEIGHT)
    assert len(png) > 50_000, "areas are drawn, not an empty sea"


@pytest.mark.parametrize("convention", ["hanoi", "uncac"])
def test_the_page_that_compares_has_what_the_status_has(convention: str) -> None:
    treaties, script = compared(ENTRIES)
    known = json.loads(script.removeprefix("window.adoptionCompare=").rstrip(";\n"))
    status = load_status(convention, tables.data_day())
    acted = {code for code, state in known["states"].items() if convention in state[3]}
    frame = status.participants
    assert acted == set(frame.loc[frame["act"].notna(), "iso3"])
    assert set(known["treaties"]) == {treaty.convention for treaty in treaties}
    name, page, facts, _ = known["states"]["QAT"]
    assert (name, page) == ("Qatar", "brief-qat.html")
    assert facts["Vote on A/RES/74/247"] == "yes"
    assert known["states"]["EUE"][2] == {}, "no vote and no capacity of an organisation is known"
