"""Documents: plain data there and back, and what does not fit is said in one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adoption.press.document import (
    BLOCK_TYPE,
    Block,
    Cell,
    CodeBlock,
    Column,
    Document,
    DocumentError,
    DrawingBlock,
    ErrorBlock,
    FigureBlock,
    HtmlBlock,
    ImageBlock,
    Section,
    StreamBlock,
    TableBlock,
    TextBlock,
    block_data,
    block_of,
    from_json,
    packed,
    read_document,
    text_parts,
    to_json,
)
from adoption.press.reader import read_notebook
from tests.reports.conftest import Page, code, notebook, shown, text
from tests.reports.printed import document_of, printed, view

TABLE = TableBlock(
    "Levels",
    [Column("Port"), Column("Metres", "number", 1)],
    [["Brest", 6.1], [[{"text": "Doha", "to": "state:QAT"}], None]],
    ["", "state:QAT"],
    {"1": ["rows:x?y=1", ""]},
    [{"kind": "port"}, {}],
    "slim",
    "table-1",
)
BLOCKS: list[Block] = [
    TextBlock(""),
    TextBlock("**bold**", is_output=True),
    TABLE,
    FigureBlock("T", "s", "src", "alt", {"data": []}, ["a"], [[1]], "metres", "", "figure-1"),
    DrawingBlock("map", {"n": [1]}, "words", "Head", is_figure=True, tables=[TABLE]),
    ImageBlock("image/png", "aGk=", "a dot", "figure-2"),
    HtmlBlock("<p>x</p>"),
    StreamBlock("x", "stderr"),
    ErrorBlock("bad"),
    CodeBlock("1 / 0", has_failed=True),
]


FACTS = {
    "arabic": ["", ""],
    "full_name": {"text": "", "source": ""},
    "publishers": "",
    "about": "",
    "closings": [],
}


def made(*blocks: Block) -> Document:
    answer = {"title": "T", "text": "A & B", "counts": [["A", "x?y"]]}
    sections = [Section("", "lead", []), Section("Head", "limits", [*blocks])]
    about = {"phase": "full", "n": 2}
    return Document("p", "n", "K", "Q?", about, "2026-11-24", FACTS, answer, sections, "", ["f"])


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_block_is_json_there_and_back(block: Block) -> None:
    assert block_of(block_data(block)) == block


def test_a_document_is_json_there_and_back_and_the_same_bytes(tmp_path: Path) -> None:
    document = made(*BLOCKS)
    assert from_json(to_json(document)) == document
    paths = [tmp_path / name for name in ("one.json.gz", "two.json.gz")]
    for path in paths:
        path.write_bytes(packed(document))
    assert read_document(paths[0]) == document
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"block": "tabel"}, "'tabel' is no kind of block; allowed: text, table"),
        ([], "'list' is no kind of block"),
        ({"block": "text"}, "text: it missing 1 required positional argument: 'markdown'"),
        ({"block": "text", "words": "x"}, "text: it got an unexpected keyword argument 'words'"),
        (
            {"block": "table", "caption": "", "columns": [{"head": "A"}], "rows": [[1, 2]]},
            "table: row 1 has 2 cells, and there are 1 heads",
        ),
        (
            {"block": "table", "caption": "", "columns": [], "rows": [], "subjects": ["x"]},
            "table: subjects: 1 for 0 rows",
        ),
        (
            {
                "block": "figure",
                "title": "",
                "subtitle": "",
                "source": "",
                "alternative": "",
                "spec": {},
            },
            "figure: spec: has no data",
        ),
    ],
)
def test_data_that_fit_no_block_are_refused_in_one_line(data: Any, line: str) -> None:
    with pytest.raises(DocumentError) as caught:
        block_of(data)
    assert str(caught.value).startswith(line)


@pytest.mark.parametrize("words", ["{}", "[]", '{"version": 0}', "nonsense", '{"version": 1}'])
def test_what_is_no_document_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"is of version|is no document|Expecting value"):
        from_json(words)


def test_an_output_that_does_not_fit_is_told_and_the_rest_of_the_page_is_there() -> None:
    bad = {"block": "table", "caption": "x", "columns": [{"head": "A"}], "rows": [["a", "b"]]}
    node = notebook(
        text("# Kind"), code("1", shown({BLOCK_TYPE: bad})), code("2", shown({"text/plain": "two"}))
    )
    document = document_of(node)
    line = "table: row 1 has 2 cells, and there are 1 heads"
    assert document.faults == [f"output of cell 1: {line}"]
    words = Page(printed(document)).texts["pre"]
    assert f"What belongs here cannot be shown: {line}" in words
    assert "two" in words


def test_a_block_that_cannot_be_drawn_is_told_and_the_rest_of_the_page_is_there() -> None:
    document = document_of(notebook(text("# Kind"), text("Words.")))
    unknown = DrawingBlock("nowhere", {})
    document = replace(document, sections=[*document.sections, Section("X", "finding", [unknown])])
    page = Page(printed(document))
    assert "Words." in page.texts["p"]
    assert any("cannot be shown: drawing" in words for words in page.texts["pre"])


def test_a_link_to_no_subject_is_told_and_its_words_stay() -> None:
    names = {"Here": "state:QAT", "Nowhere": "state:XYZ"}
    rows: list[list[Cell]] = [[[{"text": words, "to": to}]] for words, to in names.items()]
    table = TableBlock("T", [Column("Place")], rows, anchor="table-1")
    document = made(table)
    shown_as = view(document, {"state:QAT": "", "rows:x": ""})
    html = shown_as.html(table)
    assert "Nowhere" in html
    assert shown_as.faults == ["a link leads to 'state:XYZ', which no page is about"]


def test_the_role_of_a_part_is_its_tag_and_never_its_words() -> None:
    limits, other = text("## Anything"), text("## Limits")
    limits.metadata["tags"] = ["limits"]
    node = notebook(text("# K"), limits, code("1", shown({"text/plain": "x"})), other)
    document = read_notebook(node, slug="p", name="n", parameters={}, data_day="2026-11-24")
    assert [section.role for section in document.sections] == ["limits", "finding"]


def test_a_heading_within_a_cell_begins_a_part_and_one_in_code_does_not() -> None:
    node = notebook(text("# K"), text("Before.\n\n## One\n\n```\n## no\n```\n\n## Two\n\nAfter."))
    document = read_notebook(node, slug="p", name="n", parameters={}, data_day="2026-11-24")
    assert [section.heading for section in document.sections] == ["", "One", "Two"]


def test_a_page_leaves_out_cells_and_outputs_tagged_as_in_jupyter_book() -> None:
    seen = shown({"text/plain": "seen"})
    tags = {"kept": (), "step": ("remove-output",), "aside": ("remove-cell",)}
    cells = [code(source, seen, tags=of_cell) for source, of_cell in tags.items()]
    node = notebook(text("# K"), *cells)
    document = read_notebook(node, slug="p", name="n", parameters={}, data_day="2026-11-24")
    kinds = [type(block) for block in document.sections[0].blocks]
    assert kinds == [CodeBlock, StreamBlock, CodeBlock]


def test_a_formula_is_mathml_and_one_that_cannot_be_read_stays_as_written() -> None:
    words = (
        "Rate $\\frac{a}{b}$.\n\n$$x < 1$$\n\n\\begin{align} a &= b \\end{align}\n\n$\\frac{a}{$"
    )
    page = view(made(), {}).html(TextBlock(words))
    assert page.count("<math") == 3
    assert "<mfrac>" in page
    assert "x < 1" not in page, "a sign of HTML in a formula is escaped"
    assert "<code>\\frac{a}{</code>" in page


def test_a_control_is_one_line() -> None:
    control = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider(value=1)"}
    node = notebook(text("# K"), code("slider", shown(control)))
    page = printed(document_of(node))
    assert "Interactive control: open the notebook" in page
    assert "IntSlider" not in page


def test_words_that_count_must_be_in_the_text_in_order() -> None:
    with pytest.raises(DocumentError, match="'Two' is not in the text"):
        text_parts("Three signed.", [("Two", "rows:x")])
