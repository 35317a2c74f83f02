"""The search of every page, in a real browser and from a disk."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from adoption.core.paths import project_root
from adoption.press.plan import Plan
from adoption.press.reader import heading_of
from adoption.site.feeds import terms_of
from adoption.site.files import GLOSSARY
from adoption.site.lists import Entry
from adoption.site.project import PROJECT
from adoption.site.search import search_script
from adoption.site.subjects import subject_of
from tests.browser.conftest import NARROW, WIDE, Tab

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
# What is found for each of some words, as they are typed, and what is said of it.
ASKED = """queries => queries.map(words => {
    const field = document.querySelector('#find');
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return {
        links: [...document.querySelectorAll('#found a')].map(
            link => [link.getAttribute('href'), link.innerText]),
        message: document.querySelector('.find .message').innerText,
    };
})"""


@pytest.fixture(params=[WIDE, NARROW])
def page(request: pytest.FixtureRequest, tabs: Callable[[int], Tab], report: Path) -> Page:
    tab = tabs(request.param)
    tab.open((report / "brief-qat.html").resolve().as_uri(), request.param)
    return tab.page


def begin_to_search(page: Page) -> None:
    page.locator("#find").focus()
    page.locator(".find.ready").wait_for()


def ask(page: Page, words: str) -> None:
    begin_to_search(page)
    page.locator("#find").fill(words)


def entries_of_the_plan() -> list[Entry]:
    """Return what the search of a report with every page knows, without making them."""
    plan = Plan.read(project_root(), PROJECT)
    folder = project_root() / "notebooks"
    kinds = {}
    for name in {page.notebook for page in plan.pages}:
        notebook = nbformat.read(folder / f"{name}.ipynb", 4)  # type: ignore[no-untyped-call]
        kinds[name] = heading_of(notebook)[0]
    return [
        Entry(
            page.slug,
            kinds[page.notebook],
            None,
            None,
            page.section,
            "",
            page.also,
            subject_of(page.values),
            page.values,
            page.notebook,
        )
        for page in plan.pages
    ]


@pytest.fixture(scope="module")
def page_with_all_names(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose search has the names in all languages, which the frozen data lack."""
    folder = tmp_path_factory.mktemp("search")
    glossary = (ROOT / GLOSSARY).read_text(encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(ROOT))
        script = search_script(entries_of_the_plan(), terms_of(glossary))
    shutil.copytree(report / "assets", folder / "assets")
    (folder / "assets" / "search.js").write_text(script, encoding="utf-8")
    return Path(shutil.copy(report / "about.html", folder))


@pytest.mark.parametrize("page", [WIDE], indirect=True)
def test_no_query_of_the_list_is_missed(page: Page, page_with_all_names: Path) -> None:
    page.goto(page_with_all_names.as_uri())
    with (Path(__file__).parent / "queries.csv").open(encoding="utf-8") as file:
        queries = list(csv.DictReader(file))
    begin_to_search(page)
    answers = page.evaluate(ASKED, [query["query"] for query in queries])
    missed = []
    for query, answer in zip(queries, answers, strict=True):
        addresses = [address for address, _ in answer["links"]]
        first, line = answer["links"][0]
        if answer["message"]:  # what is offered where nothing is held
            first, line = "", "no page of that name"
        if len({*addresses}) < len(addresses) and "no-page" not in str(first):
            missed.append(f"{query['query']} -> the same page twice")
        wanted = query["leads to"]
        if wanted != first and wanted.removeprefix("why: ") not in line:
            missed.append(f"{query['query']} -> {wanted}, not {first} {line}")
    assert "\n".join(missed) == ""
    assert len(queries) >= 60


def test_without_a_match_it_says_so_and_stays(page: Page) -> None:
    ask(page, "nowhere at all")
    page.keyboard.press("Enter")
    assert page.url.endswith("/brief-qat.html")
    assert page.locator(".find .message").inner_text() == "No page of that name. These may help:"
    offered = page.locator("#found a").all_inner_texts()
    assert offered[-2:] == ["Glossary", "Data"]
    assert offered[:-2], "and the lists of pages"


def test_what_is_found_is_reached_by_the_arrow_keys(page: Page) -> None:
    ask(page, "uk")
    found = page.locator("#found a").all_inner_texts()
    assert found == ["United Kingdom of Great Britain and Northern Ireland", "Ukraine"]
    for _ in found:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brief-ukr.html")
