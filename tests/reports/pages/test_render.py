"""Rendering: a page needs no network, shows what is known, hides the code, escapes data."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from adoption.answers import ANSWER_TYPE
from adoption.errors import AdoptionError
from adoption.reports.pages.render import PLOTLY_TYPE, Notice, figure_html, page_html, scripts
from tests.reports.conftest import ANSWER, FIGURE, Page, code, executed, notebook, shown, text
from tests.test_notebooks import NOTEBOOKS


def rendered(node: Any, error: str | None = None) -> tuple[str, dict[str, str] | None]:
    return page_html(
        node,
        slug="a-page",
        parameters={"country": "Q<T", "edition": 2024},
        notice=Notice.failure(error) if error else None,
        data_day="24 November 2026",
    )


def committed(path: Any) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def made_up() -> str:
    return rendered(executed())[0]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_becomes_a_page_that_fetches_nothing(path: Any) -> None:
    node = committed(path)
    html, answer = rendered(node)
    page = Page(html)
    assert page.unclosed == []
    assert page.open == []
    assert page.fetched()
    for address in page.fetched():
        assert address.startswith("data:") or "//" not in address
    assert "@import" not in html
    assert "url(" not in html
    scripts = [part for part in page.texts["script"] if part and not part.startswith("{")]
    assert scripts == []
    data = [o["data"] for cell in node.cells for o in cell.get("outputs", []) if "data" in o]
    (told,) = [d[ANSWER_TYPE] for d in data if ANSWER_TYPE in d]
    assert answer == told
    assert told["text"] in page.texts["p"]
    assert any(told["reach"] in part for part in page.texts["p"])
    assert page.texts["h1"] == [told["title"]]
    figures = [d[PLOTLY_TYPE] for d in data if PLOTLY_TYPE in d]
    assert [f["data"] for f in page.figures()] == [f["data"] for f in figures]
    metas = [f["layout"]["meta"] for f in figures]
    titles = [meta["title"] for meta in metas]
    assert [head for head in page.texts.get("h3", []) if head in titles] == titles
    plots = page.all("div", **{"class": "plot"})
    assert [plot["aria-label"] for plot in plots] == [meta["alternative"] for meta in metas]
    assert [plot["data-height"] for plot in plots] == [str(meta["height"]) for meta in metas]
    sources = [c.source for c in node.cells if c.cell_type == "code"]
    assert [code for code in page.texts["code"] if code in sources] == sources
    assert len(page.all("pre", **{"class": "code"})) == len(
        [c for c in node.cells if c.cell_type == "code"]
    )


def test_everything_of_the_answer_is_escaped(made_up: str) -> None:
    page = Page(made_up)
    assert page.texts["title"] == ["How many <states> · adoption"]
    assert page.texts["h1"] == ["How many <states>"]
    assert "Three states & no more." in page.texts["p"]
    description = page.all("meta", name="description")[0]["content"]
    assert description == "Three states & no more."
    assert any("Complete to <1 May> 2026." in part for part in page.texts["p"])
    assert "country = Q<T" in page.texts["code"]
    assert not page.all("states")
    assert page.unclosed == []
    assert page.open == []


def test_data_cannot_end_its_script(made_up: str) -> None:
    (figure,) = Page(made_up).figures()
    assert figure["data"] == FIGURE["data"]
    assert "</script><script>alert" not in made_up


def test_a_page_has_its_kicker_question_parts_and_foot(made_up: str) -> None:
    page = Page(made_up)
    assert page.texts["p"][1] == "Kind of page"
    assert "A question?" in page.texts["p"]
    assert page.texts["h2"] == ["A part"]
    assert page.texts["caption"] == ["T"]
    links = [attributes["href"] for attributes in page.all("a")]
    assert {"index.html", "notebooks/a-page.ipynb", "data/datapackage.json"} <= set(links)
    assert "24 November 2026" in page.texts["footer"][0]
    assert page.texts["p"][0].startswith("The data of this page are of 24 November 2026, ")
    assert page.all("time") == [{"datetime": "2026-11-24"}] * 2
    assert [link["href"] for link in page.all("link", rel="alternate")] == ["feed.xml"]
    assert "edition = 2024" in page.texts["code"]
    assert page.all("html")[0]["lang"] == "en-GB"
    assert 'class="failure"' not in made_up


# What a page loads


def figure_of(*types: str) -> dict[str, Any]:
    return {"data": [{"type": kind} for kind in types], "layout": {}}


def test_figures_that_no_bundle_draws_together_are_refused() -> None:
    with pytest.raises(AdoptionError, match=r"draws on one page: choropleth, heatmap; the bundles"):
        scripts([figure_of("choropleth"), figure_of("heatmap")])
    with pytest.raises(AdoptionError, match="scatter3d"):
        scripts([figure_of("scatter3d")])


def test_a_table_can_be_scrolled_by_keyboard_and_has_its_caption_as_name(made_up: str) -> None:
    page = Page(made_up)
    (table,) = page.all("div", role="group")
    assert table["tabindex"] == "0"
    assert page.all("caption")[0]["id"] == table["aria-labelledby"] == "table-1"


# Failures


def test_a_page_of_a_notebook_that_failed_says_so_and_shows_what_came_before() -> None:
    failed = executed()
    failed.cells.append(
        code("1 / 0", nbformat.v4.new_output(  # type: ignore[no-untyped-call]
            "error", ename="ZeroDivisionError", evalue="<by> zero",
            traceback=["\x1b[31mZeroDivisionError\x1b[0m: <by> zero"],
        ))
    )  # fmt: skip
    html, answer = rendered(failed, "cell 4: ZeroDivisionError: <by> zero")
    page = Page(html)
    assert answer == ANSWER
    assert len(page.all("div", role="alert")) == 1
    assert "cell 4: ZeroDivisionError: <by> zero" in page.texts["pre"]
    assert any("This notebook failed." in part for part in page.texts["p"])
    assert any(part.strip() == "ZeroDivisionError: <by> zero" for part in page.texts["pre"][1:])
    assert "\x1b" not in html
    assert page.texts["h3"] == ["One & only"]
    assert page.unclosed == []
    assert page.open == []


def test_what_papermill_notes_of_a_failure_is_left_out() -> None:
    note = text("<span>An Exception was encountered</span>")
    note.metadata["tags"] = ["papermill-error-cell-tag"]
    html, _ = rendered(notebook(text("# Kind"), note, text("Kept.")), "cell 1: x")
    assert "An Exception" not in html
    assert "Kept." in html


def test_words_that_a_cell_printed_are_escaped() -> None:
    streams = [
        nbformat.v4.new_output("stream", name=name, text=f"<{name}>")  # type: ignore[no-untyped-call]
        for name in ("stdout", "stderr")
    ]
    plain = shown({"text/plain": "<plain>"})
    html, _ = rendered(notebook(text("# Kind"), code("x", *streams, plain)))
    shown_words = [part.strip() for part in Page(html).texts["pre"][1:]]
    assert shown_words == ["<stdout>", "<stderr>", "<plain>"]


# Parts


def test_a_figure_leaves_to_the_page_what_the_page_has() -> None:
    page = Page(figure_html(FIGURE, 7))
    (figure,) = page.figures()
    assert set(figure) == {"data", "layout"}
    assert not {"meta", "title", "height"} & set(figure["layout"])
    assert [note["name"] for note in figure["layout"]["annotations"]] == ["end-label"]
    assert figure["layout"]["margin"] == {"l": 8, "t": 12, "b": 40}
    assert page.all("figure")[0]["id"] == "figure-7"
    assert page.texts["h3"] == ["One & only"]
    assert page.all("div")[0]["aria-label"] == 'One "point".'
    assert page.texts["p"] == ["Points", 'One "point".', "Source: <us>"]
    assert json.dumps(FIGURE["layout"]).count('"meta"') == 1, "the figure itself is not changed"


def test_a_page_ends_where_its_notebook_failed() -> None:
    failing = code("1 / 0")
    failing.metadata["papermill"] = {"exception": True}
    node = notebook(text("# Kind"), code("1"), failing, text("## What never came"), code("2"))
    page = Page(rendered(node, "cell 2: ZeroDivisionError")[0])
    assert [cell["class"] for cell in page.all("section")] == ["cell", "cell failing"]
    assert page.texts.get("h2", []) == []


def test_a_good_page_that_is_not_new_says_so_without_alarm() -> None:
    html, _ = page_html(
        executed(), slug="a-page", parameters={}, data_day="24 November 2026",
        notice=Notice.stale("1 May 2026", "a-page-failed.html"),
    )  # fmt: skip
    page = Page(html)
    assert page.texts["strong"][0] == "This page was made on 1 May 2026."
    assert page.all("a", href="a-page-failed.html")
    assert not page.all("div", role="alert")
