"""Rendering: a page needs no network, shows what is known, hides the code, escapes data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest

from adoption.press.figures import PLOTLY as PLOTLY_TYPE
from adoption.press.reader import figure_block
from adoption.press.rows import figure_csv
from adoption.show.answers import ANSWER_TYPE
from adoption.show.table import Badge, Table, TableLink
from tests.reports.conftest import FIGURE, Page, code, executed, notebook, shown, text
from tests.reports.printed import document_of, printed, shown_alone
from tests.test_notebooks import NOTEBOOKS


def rendered(node: Any, error: str = "", **more: Any) -> str:
    values = {"country": "Q<T", "edition": 2024}
    return printed(document_of(node, parameters=values, failure=error, **more), error=error)


def figure_html(spec: dict[str, Any], number: int, **more: Any) -> str:
    return shown_alone(replace(figure_block(spec), anchor=f"figure-{number}"), **more)


@pytest.fixture(scope="module")
def made_up() -> str:
    return rendered(executed())


def test_the_section_of_an_answer_that_is_found_last_comes_first() -> None:
    title, given, answer, *others = executed().cells
    found = notebook(title, given, *others, text("## Found"), answer, text("Words."))
    heads = Page(rendered(found)).texts["h2"]
    assert heads[:3] == ["One & only", "Found", "A part"], "behind the first figure"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_committed_notebook_becomes_a_page_that_fetches_nothing(path: Any) -> None:
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    html = rendered(node, name=path.stem)
    page = Page(html)
    assert (page.unclosed, page.open) == ([], [])
    assert page.fetched()
    outside = [a for a in page.fetched() if "//" in a and not a.startswith("data:image/png")]
    assert not outside
    assert "@import" not in html
    assert ' style="' not in html
    assert "<style" not in html
    data = [o["data"] for cell in node.cells for o in cell.get("outputs", []) if "data" in o]
    (shown_answer,) = [d[ANSWER_TYPE] for d in data if ANSWER_TYPE in d]
    assert shown_answer["text"] in page.texts["p"]
    assert any(shown_answer["reach"] in part for part in page.texts["p"])
    assert page.texts["h1"] == [shown_answer["title"]]
    titles = [d[PLOTLY_TYPE]["layout"]["meta"]["title"] for d in data if PLOTLY_TYPE in d]
    heads = [*page.texts.get("h2", []), *page.texts.get("h3", [])]
    assert [head for head in heads if head in titles] == titles
    sources = [c.source for c in node.cells if c.cell_type == "code"]
    shown = [code for code in page.texts["code"] if code in sources]
    expected = [] if "brief" in path.stem else sources  # of many pages the notebook has it
    assert sorted(shown) == sorted(expected)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_everything_of_the_answer_is_escaped(made_up: str) -> None:
    page = Page(made_up)
    assert page.texts["title"] == ["How many <states> \N{EN DASH} Hanoi Convention Tracker"]
    assert page.texts["h1"] == ["How many <states>"]
    assert "Three states & no more." in page.texts["p"]
    assert page.all("meta", name="description")[0]["content"] == "Three states & no more."
    assert any("Complete to <1 May> 2026." in part for part in page.texts["p"])
    assert "country = Q<T" in page.texts["code"]
    assert not page.all("states")
    assert not [text for text in page.texts["script"] if text], "no script stands in a page"


def test_a_page_has_its_head_parts_and_tools(made_up: str) -> None:
    page = Page(made_up)
    of_data = "The data of this page are of 24 November 2026,"
    assert any(paragraph.startswith(of_data) for paragraph in page.texts["p"])
    assert page.texts["p"].index("Kind of page") < page.texts["p"].index("Points")
    assert not [text for text in page.texts["p"] if "A question?" in text], "it has its answer"
    assert page.texts["h2"] == ["A part"]
    assert page.texts["caption"] == ["T"]
    assert page.all("a", href="notebooks/a-page.zip")
    assert page.all("time") == [{"datetime": "2026-11-24"}] * 2
    reach = page.texts["p"].index("Reach of the data: Complete to <1 May> 2026.")
    assert (
        page.texts["p"].index("Three states & no more.") < reach < page.texts["p"].index("Points")
    )
    assert [link["href"] for link in page.all("link", rel="alternate")] == ["feed.xml"]
    assert page.all("html")[0]["lang"] == "en-GB"
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert "unsafe" not in policy
    assert page.texts["pre"][-1] == "adoption report --only a-page"
    assert "Report an error" not in page.texts["summary"], "the plan names nobody who reads it"


# Figures and tables


def test_a_figure_has_its_words_once_and_hostile_text_is_no_markup() -> None:
    html = figure_html(FIGURE, 7)
    page = Page(html)
    assert page.all("figure")[0]["id"] == "figure-7"
    assert page.texts["h3"] == ["One & only"]
    assert {svg["aria-label"] for svg in page.all("svg")} == {'One "point".'}
    assert page.texts["p"][:2] == ["Points", "Source: <us>"]
    assert not page.all("script")
    hostile = {"text": ["<img>"], "name": "<b>", "hovertemplate": "%{text}<script>", "x": [1]}
    trace = {"type": "scatter", "mode": "markers", "y": ["<i>"], **hostile}
    found = Page(figure_html({**FIGURE, "data": [trace]}, 1))
    assert not {tag for tag, _ in found.elements} & {"img", "script", "i"}
    assert "<i>" in found.texts["text"]
    left = Page(figure_html({"data": [{**trace, "name": "</script><img>"}], "layout": {}}, 1))
    assert not {tag for tag, _ in left.elements} & {"img", "i", "svg"}
    assert json.loads(left.texts["script"][0])["data"][0]["name"] == "</script><img>"


def csv_of(trace: dict[str, Any], *heads: str, **layout: Any) -> list[list[str]]:
    html = figure_html({"data": [trace], "layout": layout}, 1, about="qat", day="2026-11-24")
    page = Page(html)
    (link,) = [a for a in page.all("a") if "download" in a]
    head, *rows = csv.reader(io.StringIO(unquote(link["href"].split(",", 1)[1])))
    assert head == [*heads]
    assert link["download"] == "qat-figure-1-2026-11-24.csv"
    return rows


def test_the_data_of_a_figure_are_csv_without_formulas() -> None:
    trace = {"type": "bar", "name": "=1+1", "x": ["@a", "Côte, d'Ivoire"], "y": [-5, 2.5]}
    rows = csv_of(
        trace, "series", "item", "points of 20", yaxis={"title": {"text": "points of 20"}}
    )
    assert rows == [["'=1+1", "'@a", "-5"], ["'=1+1", "Côte, d'Ivoire", "2.5"]]


def test_the_data_of_a_figure_name_the_rows_and_cells_that_it_names() -> None:
    named = {"tickvals": [0, 1], "ticktext": ["Legal", "Technical"]}
    dots = {"type": "scatter", "name": "Oman", "x": [5.8, 3.3], "y": [-0.24, 1.24]}
    rows = csv_of(dots, "series", "value", "item", yaxis=named)
    assert rows == [["Oman", "5.8", "Legal"], ["Oman", "3.3", "Technical"]]
    shares = {"tickvals": [0, 1], "ticktext": ["0%", "100%"]}
    assert [row[2] for row in csv_of(dots, "series", "value", "value", yaxis=shares)] == [
        "-0.24",
        "1.24",
    ]
    colours = [[0, "#FFFFFF"], [1, "#042A54"]]
    cells = {"type": "heatmap", "z": [[0.5, None], [0, 1]], "colorscale": colours}
    found = csv_of(cells, "column", "row", "value", xaxis=named, yaxis=named)
    assert found[0] == ["Legal", "Legal", "0.5"]
    assert ["Technical", "Technical", "1"] in found
    assert len(found) == 3, "a cell without a value is no row"


def test_the_data_of_a_figure_say_what_each_mark_is_and_leave_decoration_out() -> None:
    parts = {"tickvals": [0.5, 1.5, 2.7], "ticktext": ["<b>Tier</b>", "T1 (9)", "T2<br>(5)"]}
    axes = {"xaxis": {"ticksuffix": "%"}, "yaxis": parts}
    dots: dict[str, Any] = {"type": "scatter", "name": "signed", "x": [50, 20], "y": [1.5, 2.7]}
    dots["error_x"] = {"array": [5, 6], "arrayminus": [4, 3]}
    line = {"type": "scatter", "mode": "lines", "x": [40, 40], "y": [0, 3]}
    area = {"type": "scatter", "x": [1, 2], "y": [1.5, 2.7], "fill": "toself", "meta": "80%"}
    meta = {"subtitle": "Share of states by 28 November 2026, with intervals"}
    layout = {"meta": meta, **axes}
    text = figure_csv(figure_block({"data": [line, dots, area], "layout": layout}))
    assert text.splitlines() == [
        'series,"Share of states, %",item,low,high,note',
        "signed,50,Tier: T1 (9),46,55,",
        "signed,20,Tier: T2 (5),17,26,",
        "80%,1,Tier: T1 (9),,,lower",
        "80%,2,Tier: T2 (5),,,upper",
    ]


def test_a_table_has_classes_and_ids_and_can_be_scrolled_by_keyboard() -> None:
    frame = pd.DataFrame(
        {
            "State": ["Oman", "Oman", "Côte"],
            "Act": [Badge("signed"), "style=", "none"],
            "Source": [TableLink("s", "https://example.org/a"), "", ""],
            "n": [1, 2, 3],
        }
    )
    page = Page(shown_alone(replace(Table(frame, "Acts").block(), anchor="table-4")))
    assert not [a for _, a in page.elements if "style" in a]
    assert not page.all("style")
    (box,) = page.all("section")
    assert (box["tabindex"], box["aria-label"]) == ("0", "Table 4: Acts")
    assert page.all("caption")[0]["id"] == "table-4"
    rows = [row["id"] for row in page.all("tr") if "id" in row]
    assert rows == ["table-4-oman", "table-4-oman-2", "table-4-cote"]
    assert page.all("span", **{"class": "badge signed"})
    assert page.all("a", rel="external noopener", href="https://example.org/a")


# Failures


def test_words_that_a_cell_printed_are_escaped() -> None:
    streams = [
        nbformat.v4.new_output("stream", name=name, text=f"<{name}>")  # type: ignore[no-untyped-call]
        for name in ("stdout", "stderr")
    ]
    plain = shown({"text/plain": "<plain>"})
    html = rendered(notebook(text("# Kind"), code("x", *streams, plain)))
    shown_words = [part.strip() for part in Page(html).texts["pre"][1:4]]
    assert shown_words == ["<stdout>", "<stderr>", "<plain>"]
