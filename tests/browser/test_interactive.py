"""A figure that only plotly.js draws does not fail its page: the page shows it interactively."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adoption.press.plan import Choice
from adoption.press.run import ReportOptions, run_report
from adoption.site.project import PROJECT
from tests.browser.conftest import NARROW, WIDE
from tests.reports.conftest import code, make_project, text

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FIGURES = [
    "px.histogram(pd.DataFrame({'score': np.arange(60) ** 1.1}), x='score', title='Scores')",
    "px.pie(names=['signed', 'no act'], values=[74, 119], title='Members')",
    "px.scatter_geo(lon=[51.2, -47.9], lat=[25.3, -15.8], title='Two capitals')",
    "px.bar(x=['a', 'b', 'a', 'b'], y=[1, 2, 3, 4], color=[*'xxyy'], barmode='group')",
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("own") / "project")
    imports = "import numpy as np\nimport pandas as pd\nimport plotly.express as px"
    project.write("mine", text("# Mine\n\nWhat is it?"), code(imports), *map(code, FIGURES))
    project.plan('[[page]]\nslug = "mine"\nnotebook = "mine"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(project.root))
        assert run_report(ReportOptions(Choice(), project.root / "reports"), PROJECT) == 0
    return project.root / "reports" / "latest"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_histogram_pie_map_and_grouped_bars_are_drawn_without_a_network(
    browser: Browser, report: Path, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda made: complaints.append(made.url))
    page.goto((report / "mine.html").resolve().as_uri())
    page.wait_for_function("() => !document.querySelector('.interactive > p')")
    assert complaints == []
    histogram, pie, _, bars = (page.locator("figure .interactive").nth(n) for n in range(4))
    assert histogram.locator(".bars .point").count() > 3
    assert pie.locator(".slice").count() == 2
    assert page.locator(".scattergeo .point").count() == 2
    assert len(page.locator(".geo .land path, .geo path.land").first.get_attribute("d") or "") > 9e3
    names = page.locator("figcaption h2").all_inner_texts()
    assert names[:3] == ["Scores", "Members", "Two capitals"]
    place = "b => b.getBoundingClientRect().x"
    left, right = (bars.locator(".bars .point").nth(n).evaluate(place) for n in (0, 2))
    assert left < right, "beside each other, not in a stack"
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_without_a_script_a_sentence_and_the_data_are_there(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((report / "mine.html").resolve().as_uri())
    assert page.locator(".interactive > p").count() == len(FIGURES)
    saved = page.locator("figure a[download]").evaluate_all(
        "all => all.map(a => decodeURIComponent(a.href))"
    )
    assert "signed,74" in saved[1]
    context.close()


def test_only_pages_that_need_it_load_it(report: Path) -> None:
    assert (report / "assets" / "plotly.min.js").stat().st_size > 1e6
    assert "plotly.min.js" not in (report / "index.html").read_text(encoding="utf-8")
