"""Explore without a browser: controls are set, and what is shown is what is drawn anew."""

from __future__ import annotations

import base64
import html
import io
import json
import re
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from adoption import tables
from adoption.countries.capacity import Indicator
from adoption.countries.groups import group_or_states
from adoption.explore import Selection, groups_in_order, look_up
from adoption.explore_live import Explorer
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.notebook_parameters import check_parameters
from adoption.show.explore import (
    explore_figures,
    explore_sentence,
    members_table,
    without_words,
)
from adoption.show.status import curve_title, status_title

CONVENTIONS = load_conventions()


@pytest.fixture
def explorer() -> Explorer:
    return Explorer(Selection.of(check_parameters(group="gcc")))


def plain(figure: go.Figure) -> Any:
    found = json.loads(figure.to_json())
    for trace in found["data"]:
        trace.pop("uid", None)
    found["layout"] = {key: value for key, value in found["layout"].items() if value != []}
    return found  # plotly keeps an empty list where a figure had shapes before


def assert_shows(explorer: Explorer, selection: Selection) -> None:
    """Check all that is shown against the plain functions."""
    assert explorer.controls.selection == selection
    convention, as_of = selection.convention, selection.as_of
    status = load_status(convention.convention, as_of)
    shown = look_up(selection)
    for live, drawn in zip((explorer.map, explorer.curve), explore_figures(shown), strict=True):
        assert plain(live.chart) == plain(without_words(drawn))
        assert f"<h3>{html.escape(drawn.layout.meta['title'])}</h3>" in live.head.value
    assert html.escape(explore_sentence(shown)) in explorer.sentence.value
    assert html.escape(convention.reach) in explorer.below.value
    assert members_table(shown)._repr_html_() in explorer.table.value
    assert f"<h3>{html.escape(status_title(status))}</h3>" in explorer.map.head.value
    if not selection.compare:
        assert f"<h3>{html.escape(curve_title(status))}</h3>" in explorer.curve.head.value


def test_every_control_is_followed_by_all_that_is_shown(explorer: Explorer) -> None:
    controls = explorer.controls
    controls.day.value = 1
    assert_shows(explorer, Selection.of(check_parameters(group="gcc", as_of="2025-10-26")))
    controls.convention.value = CONVENTIONS["untoc"]
    controls.group.value = "africa"
    controls.indicator.value = Indicator("EGDI", 2022, "online_services")
    wanted = Selection.of(
        check_parameters(
            convention="untoc", as_of="2025-10-26", group="africa", index="EGDI",
            component="online_services", edition=2022,
        )
    )  # fmt: skip
    assert_shows(explorer, wanted)
    controls.day.value = (date(2003, 9, 29) - CONVENTIONS["untoc"].opens).days
    assert explorer.controls.selection.as_of == date(2003, 9, 29)
    assert "members of Africa have acted" in explorer.sentence.value
    controls.convention.value = CONVENTIONS["hanoi"]  # which had not opened by that day
    assert controls.selection.as_of == CONVENTIONS["hanoi"].opens
    assert controls.day.value == 0


def test_another_convention_stands_beside_the_curve_at_the_same_age(explorer: Explorer) -> None:
    controls = explorer.controls
    controls.compare.value = (CONVENTIONS["budapest"],)
    assert_shows(explorer, Selection.of(check_parameters(group="gcc", compare="budapest")))
    assert {trace.name for trace in explorer.curve.chart.data} >= {"Hanoi", "Budapest"}
    assert "no fewer than the one compared" in explorer.curve.head.value
    assert explorer.controls.selection.parameters()["compare"] == "budapest"
    controls.convention.value = CONVENTIONS["budapest"]  # no convention stands beside itself
    assert controls.selection.compare == ()
    assert_shows(explorer, controls.selection)
    controls.compare.value = ()
    controls.convention.value = CONVENTIONS["hanoi"]
    assert_shows(explorer, controls.selection)


def test_states_are_typed_and_what_is_none_changes_nothing(explorer: Explorer) -> None:
    controls = explorer.controls
    controls.group.value = "omn, Côte d'Ivoire, Kenya"
    assert controls.selection.group.members == {"OMN", "CIV", "KEN"}
    assert_shows(explorer, Selection.of(check_parameters(group="CIV, KEN, OMN")))
    assert "of 3 chosen states" in explorer.sentence.value
    before = explorer.table.value
    for wrong, nearest in (("Quatar", "Qatar"), ("Kenya, Omann", "Oman"), ("Aseam", "ASEAN")):
        controls.group.value = wrong
        assert "did you mean" in controls.complaint.value
        assert nearest in controls.complaint.value
        assert "Kenya, Oman." in controls.complaint.value
        assert controls.selection.group.members == {"OMN", "CIV", "KEN"}
        assert explorer.table.value == before
    controls.group.value = "<b>" * 100_000
    assert "<b>" not in controls.complaint.value
    controls.group.value = "Qatar"
    assert controls.complaint.value == ""
    assert controls.selection.group.members == {"QAT"}


def test_every_group_that_is_offered_is_found_by_its_name(explorer: Explorer) -> None:
    offered = explorer.controls.group.options
    assert len(set(offered)) == len(groups_in_order())
    assert [group_or_states(name) for name in offered] == groups_in_order()


def test_the_table_is_saved_as_it_is_shown(explorer: Explorer) -> None:
    link = re.search(r'download="([^"]+)" href="data:text/csv;[^,]+,([^"]+)"', explorer.below.value)
    assert link
    assert link[1] == f"hanoi-{tables.data_day()}-gcc.csv"
    saved = pd.read_csv(
        io.BytesIO(base64.b64decode(link[2])),
        encoding="utf-8-sig",
        dtype=str,
        keep_default_na=False,
    )
    text = dict.fromkeys(saved, str)
    (shown,) = pd.read_html(
        io.StringIO(explorer.table.value.partition("<details>")[0]), converters=text,
        keep_default_na=False,
    )  # fmt: skip
    assert len(shown) == 6
    pd.testing.assert_frame_equal(saved, shown)


def test_the_buttons_step_through_the_days_of_acts(explorer: Explorer) -> None:
    controls, hanoi = explorer.controls, CONVENTIONS["hanoi"]
    controls.day.value = 0
    assert controls.earlier.disabled
    acts = tables.read("acts")[tables.read("acts")["convention"] == "hanoi"]
    days = sorted({day.date() for day in acts["latest"]} | {hanoi.opens, tables.data_day()})
    walked = [controls.selection.as_of]
    while not controls.later.disabled:
        controls.later.click()
        walked.append(controls.selection.as_of)
        assert len(walked) < 100
    assert walked == days
    controls.earlier.click()
    assert controls.selection.as_of == days[-2]
    controls.day.value += 1
    controls.earlier.click()
    assert controls.selection.as_of == days[-2]


def test_the_selection_can_be_copied_as_a_command(explorer: Explorer) -> None:
    explorer.controls.day.value = 1
    said = re.findall(r"<textarea readonly [^>]*>(.*?)</textarea>", explorer.command.value)
    command = (
        "papermill notebooks/00_explore.ipynb out.ipynb -p convention hanoi -p as_of 2025-10-26"
    )
    assert html.unescape(said[0]).startswith(command)
