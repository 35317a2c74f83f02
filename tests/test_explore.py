"""Explore: what can be chosen, what is shown, and where there are explorer."""

from __future__ import annotations

import asyncio
import html
import json
from datetime import date
from itertools import cycle
from typing import Any

import plotly.graph_objects as go
import pytest

import adoption as ad
from adoption import tables
from adoption.countries.capacity import Indicator
from adoption.countries.groups import group_or_states, load_groups
from adoption.explore import page
from adoption.explore.controls import Selection, indicators, look_up
from adoption.explore.live import QUIET, Explorer
from adoption.explore.page import Explore, is_live, selection_of
from adoption.explore.view import explore_figures, explore_sentence, members_table, without_words
from adoption.figures import notebook
from adoption.law.conventions import load_conventions
from adoption.show.parameters import check_parameters
from adoption.show.table import Table

REGISTRY = load_conventions()


@pytest.fixture
def explorer() -> Explorer:
    return Explorer(selection_of(check_parameters(group="gcc")))


def plain(figure: go.Figure) -> Any:
    found = json.loads(figure.to_json())
    for trace in found["data"]:
        trace.pop("uid", None)
    found["layout"] = {key: value for key, value in found["layout"].items() if value}
    return found  # plotly keeps an empty list or object where a figure had more before


def assert_shows(explorer: Explorer, selection: Selection) -> None:
    """Check all that is shown against the plain functions."""
    assert explorer.selection == selection
    shown = look_up(selection)
    for live, drawn in zip((explorer.map, explorer.curve), explore_figures(shown), strict=True):
        assert plain(live.chart) == plain(without_words(drawn))
        assert f"<h3>{html.escape(drawn.layout.meta['title'])}</h3>" in live.head.value
    assert html.escape(explore_sentence(shown)) in explorer.sentence.value
    assert html.escape(selection.convention.reach) in explorer.below.value
    assert members_table(shown)._repr_html_() in explorer.table.value


def test_every_control_is_followed_by_all_that_is_shown(explorer: Explorer) -> None:
    explorer.day.value = 1
    assert_shows(explorer, selection_of(check_parameters(group="gcc", as_of="2025-10-26")))
    explorer.convention.value = REGISTRY["untoc"]
    explorer.group.value = "africa"
    explorer.indicator.value = Indicator("EGDI", 2022, "online_services")
    wanted = selection_of(
        check_parameters(
            convention="untoc",
            as_of="2025-10-26",
            group="africa",
            index="EGDI",
            component="online_services",
            edition=2022,
        )
    )
    assert_shows(explorer, wanted)
    explorer.day.value = (date(2003, 9, 29) - REGISTRY["untoc"].opens).days
    assert explorer.selection.as_of == date(2003, 9, 29)
    assert "UN members in Africa have acted" in explorer.sentence.value
    explorer.convention.value = REGISTRY["hanoi"]  # which had not opened by that day
    assert explorer.selection.as_of == REGISTRY["hanoi"].opens
    assert explorer.day.value == 0


def test_a_date_can_be_typed_and_follows_the_slider(explorer: Explorer) -> None:
    explorer.date.value = date(2025, 11, 19)
    assert explorer.selection.as_of == date(2025, 11, 19)
    explorer.day.value = 0
    assert (explorer.date.value, explorer.fitting.day) == (date(2025, 10, 25), "25 October 2025")
    explorer.date.value = None  # emptied
    assert explorer.selection.as_of == date(2025, 10, 25)
    budapest = REGISTRY["budapest"]
    explorer.convention.value = budapest
    assert explorer.selection.as_of == date(2025, 10, 25)
    assert (explorer.date.min, explorer.date.max) == (budapest.opens, tables.data_day())
    explorer.date.value = date(1900, 1, 1)
    assert explorer.selection.as_of == budapest.opens


def test_another_convention_stands_beside_the_curve_at_the_same_age(explorer: Explorer) -> None:
    explorer.compare.value = (REGISTRY["budapest"],)
    assert_shows(explorer, selection_of(check_parameters(group="gcc", compare="budapest")))
    assert {trace.name for trace in explorer.curve.chart.data} >= {"Hanoi", "Budapest"}
    assert explorer.selection.parameters()["compare"] == "budapest"
    explorer.convention.value = REGISTRY["budapest"]  # no convention stands beside itself
    assert explorer.selection.compare == ()
    assert_shows(explorer, explorer.selection)
    explorer.compare.value = ()
    explorer.convention.value = REGISTRY["hanoi"]
    assert_shows(explorer, explorer.selection)


def test_states_are_typed_and_what_is_none_changes_nothing(explorer: Explorer) -> None:
    explorer.group.value = "omn, Côte d'Ivoire, Kenya"
    assert explorer.selection.group.members == {"OMN", "CIV", "KEN"}
    assert_shows(explorer, selection_of(check_parameters(group="CIV, KEN, OMN")))
    assert "of 3 chosen states" in explorer.sentence.value
    before = explorer.table.value
    for wrong, nearest in (("Quatar", "Qatar"), ("Kenya, Omann", "Oman"), ("Aseam", "ASEAN")):
        explorer.group.value = wrong
        assert "did you mean" in explorer.complaint.value
        assert nearest in explorer.complaint.value
        assert "Kenya, Oman." in explorer.complaint.value
        assert explorer.selection.group.members == {"OMN", "CIV", "KEN"}
        assert explorer.table.value == before
    explorer.group.value = "<b>" * 100_000
    assert "<b>" not in explorer.complaint.value
    explorer.group.value = "Qatar"
    assert explorer.complaint.value == ""
    assert explorer.selection.group.members == {"QAT"}


def test_every_group_that_is_offered_is_found_by_its_name(explorer: Explorer) -> None:
    offered = explorer.group.options
    assert len(set(offered)) == len(load_groups())
    assert [group_or_states(name) for name in offered] == list(load_groups().values())


def test_the_buttons_step_through_the_days_of_acts(explorer: Explorer) -> None:
    hanoi = REGISTRY["hanoi"]
    explorer.day.value = 0
    assert explorer.earlier.disabled
    acts = tables.read("acts")[tables.read("acts")["convention"] == "hanoi"]
    days = sorted({day.date() for day in acts["latest"]} | {hanoi.opens, tables.data_day()})
    walked = [explorer.selection.as_of]
    while not explorer.later.disabled:
        explorer.later.click()
        walked.append(explorer.selection.as_of)
        assert len(walked) < 100
    assert walked == days
    explorer.earlier.click()
    assert explorer.selection.as_of == days[-2]
    explorer.day.value += 1
    explorer.earlier.click()
    assert explorer.selection.as_of == days[-2]


def test_every_selection_is_allowed_and_comes_back() -> None:
    measures = cycle(indicators())
    groups = load_groups().values()
    for convention, group, measure in zip(cycle(REGISTRY.values()), groups, measures):
        selection = Selection(convention, convention.opens, group, measure)
        assert selection_of(check_parameters(**selection.parameters())) == selection


IN_JUPYTER = {"JPY_SESSION_NAME": "notebooks/00_explore.ipynb"}


class Shell:
    """A kernel's shell with a request as JupyterLab, or as papermill, makes it."""

    def __init__(self, **metadata: str) -> None:
        self.metadata = metadata

    def get_parent(self) -> dict[str, Any]:
        return {"metadata": self.metadata}


def test_a_picture_stands_until_a_figure_is_drawn_and_follows_quietly(explorer: Explorer) -> None:
    curve, world = explorer.curve, explorer.map
    assert curve.still.value.count('<img src="data:image/png') == 1
    curve.chart._js2py_traceDeltas = {"trace_deltas": [], "trace_edit_id": 0}  # as plotly.js does
    pictures: list[str] = []
    world.still.observe(lambda change: pictures.append(change["new"]), "value")
    newest = explorer.day.value

    async def move_and_rest() -> None:
        for day in (newest - 300, newest - 100, newest - 1):
            explorer.day.value = day
            await asyncio.sleep(0)
        assert pictures == []
        await asyncio.sleep(2 * QUIET)

    asyncio.run(move_and_rest())
    assert (curve.still.value, curve.still.layout.display) == ("", "none")
    assert len(pictures) == 1, "of the last day alone"
    assert explorer.fitting.drawn == 1


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    parts: list[Any] = []
    monkeypatch.setattr(page, "display", lambda part, raw: parts.append((raw, part)))
    return parts


def explore() -> Explore:
    return ad.explorer(check_parameters(group="gcc", as_of="2025-10-26"))


@pytest.mark.parametrize(
    ("environment", "shell", "live"),
    [
        (IN_JUPYTER, Shell(cellId="00-03"), True),
        (IN_JUPYTER, Shell(), False),  # papermill started from a cell
        ({}, Shell(cellId="00-03"), False),  # nbclient, which names the cell too
        (IN_JUPYTER, object(), False),  # IPython in a terminal
        ({"SERVER_SOFTWARE": "voila/0.5.14"}, Shell(), True),
        ({"SERVER_SOFTWARE": "nginx"}, Shell(), False),
    ],
)
def test_it_is_live_where_a_page_of_jupyter_runs_the_cell(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], shell: object, live: bool
) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(notebook, "get_ipython", lambda: shell)
    assert is_live() is live


def test_it_is_not_live_without_the_extra_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/00_explore.ipynb")
    monkeypatch.setattr(notebook, "get_ipython", lambda: Shell(cellId="00-06"))
    monkeypatch.setattr(page, "find_spec", lambda _: None)
    assert is_live() is False


def test_still_it_shows_map_curve_table_and_parameters(displayed: list[Any]) -> None:
    explore()._ipython_display_()
    (_, answer), (_, world), (_, curve), (plain, table), (raw, again) = displayed
    assert answer.text.startswith("2 of 6 UN members in the GCC have acted")
    assert "make lab" in again["text/markdown"]
    assert raw is True
    for figure in (world, curve):
        assert "26 October 2025" in figure.layout.meta["subtitle"]
    assert world.layout.meta["title"].endswith("has 68 to 72 signatories and no ratification")
    assert plain is False
    assert isinstance(table, Table)
    assert len(table.frame) == 6
    assert "-p convention hanoi -p as_of 2025-10-26 -p group gcc" in again["text/markdown"]
