"""What the cell of Explore shows where there are controls, and where there are none."""

from __future__ import annotations

from typing import Any

import pytest

from adoption import explore_page
from adoption.explore_page import Explore, is_live
from adoption.notebook_parameters import check_parameters
from adoption.show.table import Table

IN_JUPYTER = {"JPY_SESSION_NAME": "notebooks/00_explore.ipynb"}
PLOTLY_TYPE = "application/vnd.plotly.v1+json"


class Shell:
    """A kernel's shell with a request as JupyterLab, or as papermill, makes it."""

    def __init__(self, **metadata: str) -> None:
        self.metadata = metadata

    def get_parent(self) -> dict[str, Any]:
        return {"metadata": self.metadata}


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    parts: list[Any] = []
    monkeypatch.setattr(explore_page, "display", lambda part, raw: parts.append((raw, part)))
    return parts


def explore() -> Explore:
    return Explore.of(check_parameters(group="gcc", as_of="2025-10-26"))


def test_it_has_its_sources() -> None:
    publishers = explore().sources.frame["Publisher"].tolist()
    assert "United Nations Treaty Collection (depositary)" in publishers


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
    monkeypatch.setattr(explore_page, "get_ipython", lambda: shell)
    assert is_live() is live


def test_it_is_not_live_without_the_packages_of_the_extra_lab(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/00_explore.ipynb")
    monkeypatch.setattr(explore_page, "get_ipython", lambda: Shell(cellId="00-06"))
    monkeypatch.setattr(explore_page, "find_spec", lambda _: None)
    assert is_live() is False


def test_still_it_shows_map_curve_table_and_parameters(displayed: list[Any]) -> None:
    explore()._ipython_display_()
    (_, answer), (raw, world), (_, curve), (plain, table), (_, again) = displayed
    assert answer.text.startswith("2 of 6 members of the GCC have acted")
    assert "make lab" in again["text/markdown"]
    assert raw is True
    for figure in (world, curve):
        assert set(figure) == {PLOTLY_TYPE, "text/plain"}
        assert "26 October 2025" in figure["text/plain"]
    assert world["text/plain"].startswith("72 participants have signed")
    assert plain is False
    assert isinstance(table, Table)
    assert len(table.frame) == 6
    assert "-p convention hanoi -p as_of 2025-10-26 -p group gcc" in again["text/markdown"]


def test_live_it_shows_one_widget(displayed: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore_page, "is_live", lambda: True)
    explore()._ipython_display_()
    ((raw, widget),) = displayed
    assert raw is False
    assert "application/vnd.jupyter.widget-view+json" in widget._repr_mimebundle_()
