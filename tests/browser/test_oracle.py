"""Each figure of a report is drawn for its page as plotly.js draws it: places, colours, clips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from adoption.core.paths import project_root
from adoption.press.html import NARROW, WIDE
from adoption.press.plan import Choice, Plan
from adoption.press.run import ReportOptions, run_report
from adoption.press.store import read_executed
from adoption.press.svg import is_drawn
from adoption.show.answers import ANSWER_TYPE
from adoption.site.project import PROJECT
from tests.browser import oracle
from tests.sentences import faults
from tests.test_notebooks import OURS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (WIDE, NARROW)

KINDS = {
    "type",
    "mode",
    "fill",
    "orientation",
    "shape",
    "dash",
    "symbol",
    "array",
    "autorange",
    "barmode",
    "offset",
    "textangle",
    "xref",
    "yref",
    "anchor",
    "tickvals",
}


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
    for path in sorted(OURS):
        for number, figure in enumerate(oracle.figures_of(oracle.read(path)), start=1):
            axis = figure["layout"].get("xaxis", {})
            if new := {*traits(figure, f"{axis.get('type')} {'range' in axis}")} - seen:
                seen |= new
                chosen.append(pytest.param(figure, id=f"{path.stem}-{number}"))
    return chosen


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(offline=True)
    oracle.prepare(page)
    yield page
    page.close()


def far_apart(page: Page, figure: Mapping[str, Any], width: int) -> list[str]:
    return [
        f"{far.kind}, {far.pixels:.1f} px: {far.what}"
        for far in oracle.differences(page, figure, width)
        if far.pixels > oracle.TOLERANCE
    ]


@pytest.mark.parametrize("figure", of_each_kind())
def test_a_figure_of_each_kind_is_drawn_as_plotly_draws_it(page: Page, figure: Any) -> None:
    assert [far for width in WIDTHS for far in far_apart(page, figure, width)] == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make every page of the project's own notebooks, and none that somebody added."""
    output, ours = tmp_path_factory.mktemp("whole"), {path.stem for path in OURS}
    pages = Plan.read(project_root(), PROJECT).pages
    slugs = [page.slug for page in pages if page.notebook in ours]
    assert run_report(ReportOptions(Choice(only=slugs), output), PROJECT) == 0
    return output / "latest" / "notebooks"


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_of_a_report_is_drawn_as_plotly_draws_it(
    page: Page, whole: Path, width: int
) -> None:
    figures = {
        (path.stem, number): figure
        for path in sorted(whole.glob("*.zip"))
        for number, figure in enumerate(oracle.figures_of(read_executed(path)), start=1)
    }
    assert len(figures) > 100
    assert [key for key, figure in figures.items() if not is_drawn(figure)] == []
    assert {k: far for k, f in figures.items() if (far := far_apart(page, f, width))} == {}


@pytest.mark.slow
def test_every_lead_and_title_of_a_report_is_short(whole: Path) -> None:
    long = []
    for path in sorted(whole.glob("*.zip")):
        notebook = read_executed(path)
        outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
        leads = (output.get("data", {}).get(ANSWER_TYPE, {}).get("text", "") for output in outputs)
        titles = (
            figure["layout"].get("meta", {}).get("title", "")
            for figure in oracle.figures_of(notebook)
        )
        long += [(path.stem, fault) for text in leads for fault in faults("lead", text)]
        long += [(path.stem, fault) for text in titles for fault in faults("title", text)]
    assert long == []
