"""Explore without a browser: controls are set, and what is shown is what is drawn anew."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from adoption import tables
from adoption.countries.capacity import Indicator
from adoption.explore import Selection, groups_in_order, look_up
from adoption.explore_live import Explorer
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.notebook_parameters import check_parameters
from adoption.show.explore import explore_sentence, marked_curve, members_table, without_words
from adoption.show.maps import status_map
from adoption.show.status import adoption_curve, curve_title, status_title

GROUPS = {group.group: group for group in groups_in_order()}
CONVENTIONS = load_conventions()
NOTEBOOKS: dict[str, dict[str, object]] = {
    "01_status_map": {"convention": "hanoi", "as_of": "latest"},
    "03_country_brief": {"country": "QAT", "convention": "hanoi", "edition": 2024},
}


@pytest.fixture
def explorer() -> Explorer:
    return Explorer(Selection.of(check_parameters(group="gcc")), NOTEBOOKS)


def plain(figure: go.Figure) -> Any:
    found = json.loads(figure.to_json())
    for trace in found["data"]:
        trace.pop("uid", None)
    return found


def assert_shows(explorer: Explorer, selection: Selection) -> None:
    """Check all that is shown against the plain functions."""
    assert explorer.controls.selection == selection
    convention, as_of = selection.convention, selection.as_of
    status = load_status(convention.convention, as_of)
    drawn = status_map(status, tables.read("states"), status_title(status))
    assert plain(explorer.map.chart) == plain(without_words(drawn))
    curve = adoption_curve(convention, tables.read("acts"), tables.data_day(), "")
    marked = marked_curve(curve, as_of, curve_title(status))
    assert plain(explorer.curve.chart) == plain(without_words(marked))
    shown = look_up(selection)
    assert html.escape(explore_sentence(shown)) in explorer.sentence.value
    assert html.escape(convention.reach) in explorer.sentence.value
    assert members_table(shown)._repr_html_() in explorer.table.value
    assert f"<h3>{html.escape(status_title(status))}</h3>" in explorer.map.head.value
    assert f"<h3>{html.escape(curve_title(status))}</h3>" in explorer.curve.head.value


def lines(explorer: Explorer) -> list[str]:
    """Return the text of each field to be copied."""
    fields = re.findall(r"<textarea readonly [^>]*>(.*?)</textarea>",
                        explorer.copying.fields.value, re.DOTALL)  # fmt: skip
    return [html.unescape(field) for field in fields]


def test_every_control_is_followed_by_all_that_is_shown(explorer: Explorer) -> None:
    controls = explorer.controls
    controls.day.value = 1
    assert_shows(explorer, Selection.of(check_parameters(group="gcc", as_of="2025-10-26")))
    controls.convention.value = CONVENTIONS["untoc"]
    controls.group.value = GROUPS["africa"]
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


def test_the_selection_can_be_copied_for_a_notebook(explorer: Explorer) -> None:
    explorer.controls.day.value = 1
    cell, command = lines(explorer)
    assert cell == 'convention = "hanoi"\nas_of = "2025-10-26"'
    assert command == (
        "papermill notebooks/01_status_map.ipynb out.ipynb -p convention hanoi -p as_of 2025-10-26"
    )
    explorer.copying.notebook.value = "03_country_brief"
    assert lines(explorer)[0] == 'convention = "hanoi"\nedition = 2024'
    assert "country keeps the value of the notebook" in explorer.copying.fields.value
    explorer.controls.indicator.value = Indicator("EGDI", 2024, "overall")
    assert lines(explorer)[0] == 'convention = "hanoi"'
    assert "country and edition keep the value" in explorer.copying.fields.value
