"""Each figure of a report is drawn for its page as plotly.js draws it: places, colours, clips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from adoption.reports.plan import Choice
from adoption.reports.run import Options, run_report
from adoption.reports.runs import read_executed
from tests.browser import oracle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = {"type", "mode", "fill", "orientation", "shape", "dash", "symbol", "array", "autorange",
         "barmode", "offset", "textangle", "xref", "yref", "anchor", "tickvals"}  # fmt: skip


def traits(part: Any, above: str) -> Iterator[str]:
    """Return what makes a figure one of its kind: attributes, each with where it stands."""
    for key, value in part.items():
        parts = value if isinstance(value, list) else [value]
        if key in KINDS:
            yield f"{above}.{key}={'' if isinstance(value, list) else value}"
        elif key not in ("template", "meta"):
            for each in parts:
                if isinstance(each, Mapping):
                    yield from traits(each, f"{above}.{key}")


def of_each_kind() -> list[Any]:
    """Return figures of the committed notebooks until each trait, by kind of axis, was in one."""
    seen: set[str] = set()
    chosen = []
    for path in sorted(oracle.NOTEBOOKS.glob("*.ipynb")):
        for number, figure in enumerate(oracle.figures_of(oracle.read(path)), start=1):
            axis = figure["layout"].get("xaxis", {}).get("type", "")
            if new := {*traits(figure, axis)} - seen:
                seen |= new
                chosen.append(pytest.param(figure, id=f"{path.stem}-{number}"))
    return chosen


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    page = context.new_page()
    oracle.prepare(page)
    yield page
    context.close()


def far_apart(page: Page, figure: Mapping[str, Any]) -> list[str]:
    return [
        f"{width} px: {far.kind}, {far.pixels:.1f} px: {far.what}"
        for width in (1000, 350)
        for far in oracle.differences(page, figure, width)
        if far.pixels > oracle.TOLERANCE
    ]


@pytest.mark.parametrize("figure", of_each_kind())
def test_a_figure_of_each_kind_is_drawn_as_plotly_draws_it(page: Page, figure: Any) -> None:
    assert far_apart(page, figure) == []


@pytest.mark.slow
def test_every_figure_of_a_report_is_drawn_as_plotly_draws_it(page: Page, tmp_path: Path) -> None:
    assert run_report(Options(Choice(), tmp_path)) == 0
    notebooks = sorted((tmp_path / "latest" / "notebooks").glob("*.zip"))
    wrong = {
        f"{path.stem}, figure {number}": far
        for path in notebooks
        for number, figure in enumerate(oracle.figures_of(read_executed(path)), start=1)
        if (far := far_apart(page, figure))
    }
    assert len(notebooks) > 200
    assert wrong == {}
