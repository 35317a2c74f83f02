"""The notebooks as they are committed, without running them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest

import adoption as ad
from adoption.core.paths import project_root
from adoption.core.text import significant
from adoption.countries.groups import group_or_states
from adoption.figures import theme
from adoption.figures.notebook import as_output
from adoption.law.conventions import load_conventions
from adoption.press.figures import PLOTLY
from adoption.press.parameters import notebook_parameters
from adoption.press.svg import is_drawn
from adoption.show.answers import ANSWER_TYPE
from adoption.show.classes import STATUS_COLOURS
from adoption.show.parameters import Parameters

FOLDER = project_root() / "notebooks"
INDEX = (FOLDER / "README.md").read_text(encoding="utf-8")
# Those of the project, which the index lists. Nothing here reads what somebody else adds.
OURS = [FOLDER / name for name in re.findall(r"\]\((\w+\.ipynb)\)", INDEX)]
# Articles that are no page. Two have no parameters: a recipe is copied alone, with the names in it,
# and the tutorial adds one treaty, by two files that it writes.
RECIPES, TUTORIAL = FOLDER / "15_recipes.ipynb", FOLDER / "18_your_own_convention.ipynb"
WITH_PARAMETERS = sorted({*OURS} - {RECIPES, TUTORIAL})
ARTICLES = {RECIPES, TUTORIAL, FOLDER / "20_panels.ipynb", FOLDER / "22_event_histories.ipynb"}
NOTEBOOKS = sorted({*WITH_PARAMETERS} - ARTICLES)
WORDS = ("text/plain", "text/html", "text/markdown")
DEFAULTS = {"convention": "hanoi", "as_of": "latest", "country": "QAT", "edition": 2024}

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_with_parameters = pytest.mark.parametrize("path", WITH_PARAMETERS, ids=lambda path: path.stem)
each_of_all = pytest.mark.parametrize(
    "path", sorted(ARTICLES.union(NOTEBOOKS)), ids=lambda path: path.stem
)


def cells(path: Path, kind: str = "code") -> list[Any]:
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return [cell for cell in node.cells if cell.cell_type == kind]


def source(path: Path) -> ast.Module:
    return ast.parse("\n".join(cell.source for cell in cells(path)))


@each_of_all
def test_it_shows_something_early_in_short_cells_that_import_what_is_public(path: Path) -> None:
    code = cells(path)
    first = next(number for number, cell in enumerate(code) if cell.outputs)
    lines = [[*filter(str.strip, cell.source.splitlines())] for cell in code]
    assert sum(map(len, lines[: first + 1])) <= 25
    assert max(map(len, lines)) <= 15
    modules = re.findall(r"(?m)^(?:from|import) (adoption[\w.]*)", "\n".join(chain(*lines)))
    assert {*modules} <= {"adoption", "adoption.figures", "adoption.show"}


@each_of_all
def test_it_ends_with_questions_and_the_line_to_edit(path: Path) -> None:
    last = nbformat.read(path, as_version=4).cells[-1]  # type: ignore[no-untyped-call]
    assert last.metadata.tags == ["change-this"], "no page has it"
    changes = re.findall(r"(?m)^- [^?]+\? The line to edit: .+\.$", last.source)
    assert len(changes) >= 2
    assert len(changes) == len(re.findall(r"(?m)^- ", last.source))


@each_of_all
def test_no_figure_offers_to_upload_it(path: Path) -> None:
    for output in chain(*(cell.outputs for cell in cells(path))):
        if PLOTLY in (data := output.get("data", {})):
            assert data[PLOTLY]["config"]["showSendToCloud"] is False


@each_of_all
def test_it_is_a_valid_notebook_for_any_python_three(path: Path) -> None:
    node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(node)
    assert node.metadata.kernelspec.name == "python3", "run it with `papermill -k python3`"
    assert set(node.metadata) == {"kernelspec", "language_info"}
    assert len({cell.id for cell in node.cells}) == len(node.cells)


@each_with_parameters
def test_it_begins_with_a_heading_a_question_and_its_parameters(path: Path) -> None:
    first, second, *_ = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]
    heading, blank, question, *_ = first.source.splitlines()
    assert heading.startswith("# ")
    assert blank == ""
    assert question.endswith("?")
    assert second.metadata.tags == ["parameters"]
    tags = [tag for cell in cells(path) for tag in cell.metadata.get("tags", [])]
    assert tags.count("parameters") == 1


# Laws and statements that a section is about, whatever the parameters are.
SAID_OF_ITSELF = {
    "03_country_brief": {"Budapest", "Budapest Convention"},  # who may join it, by its article 37
    "10_claims_check": {"13"},  # numbers of the statements, and in them
}
NAMED_BY = ("convention", "conventions", "compare")


def default_names(path: Path) -> set[str]:
    """Return what the default values of a notebook's parameters are called."""
    names: set[str] = set()
    for name, parameter in notebook_parameters(path).items():
        value = str(parameter.default)
        if name in NAMED_BY:
            registry = load_conventions()
            chosen = [registry[each] for each in value.split(", ") if each in registry]
            names |= {text for c in chosen for text in (c.short_title, c.label, c.title)}
        elif name in ("group", "inner") and value:
            group = group_or_states(value)
            names |= {group.name, group.in_sentence}
        elif name == "country":
            names.add(str(ad.states().set_index("iso3").at[value, "name"]))
        elif name == "edition":
            names.add(value)
    return names


@each_with_parameters
def test_no_text_names_or_counts_what_other_parameters_would_change(path: Path) -> None:
    outputs = [output for cell in cells(path) for output in cell.outputs if "data" in output]
    leads = [o.data[ANSWER_TYPE]["text"] for o in outputs if ANSWER_TYPE in o.data]
    numbers = {number for text in leads for number in re.findall(r"\b\d[\d,.]*\d\b(?!%)", text)}
    words = (default_names(path) | numbers) - SAID_OF_ITSELF.get(path.stem, set())
    text = "\n".join(
        cell.source
        for cell in cells(path, "markdown")
        if cell.metadata.get("tags") != ["change-this"]
    )
    pattern = "|".join(rf"\b{re.escape(word)}\b(?!%)" for word in sorted(words))
    assert not words or re.findall(pattern, text) == [], "say it in code, of what was computed"


def parameters(path: Path) -> list[tuple[str, ast.AnnAssign]]:
    """Return each statement of the parameters cell, as written and as parsed."""
    written = cells(path)[0].source
    found = []
    for statement in ast.parse(written).body:
        assert isinstance(statement, ast.AnnAssign), "name: type = value"
        lines = written.splitlines()[statement.lineno - 1 : statement.end_lineno]
        found.append(("\n".join(lines), statement))
    return found


@each_with_parameters
def test_each_parameter_has_a_type_a_value_of_it_and_a_comment(path: Path) -> None:
    found = parameters(path)
    assert found
    for written, statement in found:
        assert re.search(r"  # \w.{10,}", written)
        assert isinstance(statement.target, ast.Name)
        assert isinstance(statement.annotation, ast.Name)
        assert statement.value is not None
        name, value = statement.target.id, ast.literal_eval(statement.value)
        assert type(value).__name__ == statement.annotation.id
        is_usual = DEFAULTS.get(name, value) == value or path in ARTICLES
        assert is_usual, f"every notebook begins with {name} = {DEFAULTS[name]!r}"
    read = notebook_parameters(path).items()
    assert {name: parameter.default for name, parameter in read} == {
        ast.unparse(statement.target): ast.literal_eval(ast.unparse(statement.value or statement))
        for _, statement in found
    }


@each_with_parameters
def test_every_parameter_is_checked_before_it_is_used(path: Path) -> None:
    names = [ast.unparse(statement.target) for _, statement in parameters(path)]
    names = [name for name in names if name in Parameters.model_fields]  # others: by their type
    nodes = list(ast.walk(source(path)))
    calls = [
        node
        for node in nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("start", "ad.parameters")
    ]
    assert len(calls) == 1
    assert {k.arg: ast.unparse(k.value) for k in calls[0].keywords} == {n: n for n in names}
    loads = [n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    assert [name for name in names if loads.count(name) != 1] == [], "used unchecked"


@each_of_all
def test_it_was_run_from_top_to_bottom_without_an_error(path: Path) -> None:
    code = cells(path)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    allowed = {"execute_result", "display_data", *["stream"] * (path in ARTICLES)}
    assert {output.output_type for output in outputs} <= allowed
    # Tools that show nothing else show it: a sentence or a table, and not an object's name.
    data = [output.data for output in outputs if "data" in output]
    assert [o for o in data if "<" in o.get("text/plain", "<")[:1]] == []


@each
def test_it_answers_in_words_and_few_cells_are_silent(path: Path) -> None:
    outputs = [output for cell in cells(path) for output in cell.outputs]
    assert any(ANSWER_TYPE in output.data for output in outputs), "an `Answer` of adoption.show"
    for text in (output.data.get(kind, "") for output in outputs for kind in WORDS):
        assert not re.search(r"\b(nan|NaN|NaT|<NA>)\b", text)
    silent = [cell.id for cell in cells(path) if not cell.outputs]
    assert len(silent) <= 6, "the parameters, the imports, and what is merged"


HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")


def figures(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return the figures that a notebook holds, each with its cell's id."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        (cell["id"], output["data"][PLOTLY])
        for cell in cells
        for output in cell.get("outputs", [])
        if PLOTLY in output.get("data", {})
    ]


def values(node: Any, kind: type = str) -> Iterator[Any]:
    """Return every text, or every fraction, inside some JSON."""
    if isinstance(node, kind):
        yield node
    elif isinstance(node, (dict, list)):
        for part in node.values() if isinstance(node, dict) else node:
            yield from values(part, kind)


def palette() -> set[str]:
    """Return the colours that the theme gives a meaning."""
    named = [value for value in vars(theme).values() if isinstance(value, str)]
    sets = (
        STATUS_COLOURS.values(),
        theme.TIER_COLOURS,
        theme.READABLE_COLOURS.values(),
        named,
    )
    return {colour.upper() for colour in chain(*sets) if HEX.fullmatch(colour)}


@each
def test_each_figure_has_a_picture_and_words_for_tools_that_draw_none(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    shown = [out["data"] for cell in cells for out in cell.get("outputs", []) if "data" in out]
    figures = [data for data in shown if PLOTLY in data and is_drawn(data[PLOTLY])]
    assert [set(data) for data in figures if "image/png" not in data] == [], (
        "call `ad.parameters()` first, and run the notebook by nbconvert as CONTRIBUTING has it"
    )
    assert not any("topojsonURL" in str(data.get(PLOTLY)) for data in shown), (
        "a map is kept as a picture: run the notebook by nbconvert, not in JupyterLab"
    )


@each
def test_it_has_words_and_the_look_of_the_suite(path: Path) -> None:
    for cell, figure in figures(path):
        layout, template = figure["layout"], figure["layout"]["template"]["layout"]
        assert set(layout["meta"]) == {"title", "subtitle", "source", "alternative", "height"}, cell
        for words in map(str, layout["meta"].values()):
            assert words.strip()
            assert not re.search(r"\b(nan|None|NaT)\b", words), cell
        assert (template["plot_bgcolor"], template["font"]["family"]) == (theme.PAPER, theme.FONT)
        below = layout.get("margin", {}).get(
            "b", theme.MARGIN_BELOW
        )  # a long source and a legend add
        assert layout["height"] == layout["meta"]["height"] + below - theme.MARGIN_BELOW, cell
        own = {name: part for name, part in layout.items() if name != "template"}
        used = {c.upper() for text in values([figure["data"], own]) for c in HEX.findall(text)}
        assert used <= palette(), cell


@each
def test_a_status_has_its_own_colour(path: Path) -> None:
    for cell, figure in figures(path):
        for trace in figure["data"]:
            colour = STATUS_COLOURS.get(trace.get("name", ""))
            places = [trace.get(name, {}) for name in ("marker", "line")] + [trace]
            own = {text for text in values(places) if HEX.fullmatch(text)}
            scale = json.dumps(trace.get("colorscale"))
            assert colour is None or colour in own or colour in scale, (cell, trace["name"])


@each
def test_no_legend_lies_over_the_data_and_numbers_have_few_digits(path: Path) -> None:
    for cell, figure in figures(path):
        layout = figure["layout"]
        assert [n for n in values(figure, float) if n != significant(n)] == [], cell
        named = [t for t in figure["data"] if t.get("name") and t.get("showlegend", True)]
        if len(named) >= 2 and layout.get("showlegend") is not False:
            legend = layout["template"]["layout"]["legend"] | layout.get("legend", {})
            assert legend["orientation"] == "h", cell
            assert (legend["yanchor"], legend["y"] > 0) in (("top", False), ("bottom", True)), cell


def test_each_recipe_has_a_heading_at_most_five_lines_and_shows_something() -> None:
    every = nbformat.read(RECIPES, as_version=4).cells  # type: ignore[no-untyped-call]
    recipes = [(before, cell) for before, cell in pairwise(every) if cell.cell_type == "code"][1:]
    assert len(recipes) == 12  # the last is in R, as text
    for before, cell in recipes:
        assert re.fullmatch("## .+", before.source), cell.id
        assert len(cell.source.splitlines()) <= 5, cell.id
        assert cell.outputs, cell.id


def test_the_tutorial_works_in_a_folder_of_its_own() -> None:
    assert "%env ADOPTION_HOME=." in cells(TUTORIAL)[0].source


def test_a_map_brings_its_geometry_and_no_other_figure_does() -> None:
    world, curve = (as_output(ad.status("hanoi").chart(n).to_dict()) for n in ("map", "curve"))
    address = world["config"]["topojsonURL"]
    kind, _, data = address.partition(",")
    assert kind == "data:application/json"
    assert address.endswith("#")
    assert {"countries", "land"} <= set(json.loads(unquote(data[:-1]))["objects"])
    assert "topojsonURL" not in curve.get("config", {})


def test_a_map_saved_as_html_has_its_geometry(tmp_path: Path) -> None:
    ad.status("hanoi").chart("map").write_html(tmp_path / "map.html", include_plotlyjs=False)
    assert "data:application/json," in (tmp_path / "map.html").read_text(encoding="utf-8")
