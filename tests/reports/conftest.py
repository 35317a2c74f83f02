"""Shared by the tests of reports: a project in a folder of its own, with tiny notebooks."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adoption.core.paths import project_root
from adoption.press import plan
from adoption.press.engine.job import Job
from adoption.press.figures import PLOTLY
from adoption.press.run import ReportOptions, run_report
from adoption.show.answers import ANSWER_TYPE
from adoption.site.project import PROJECT

ANSWER = {
    "title": "How many <states>",
    "text": "Three states & no more.",
    "key_figure": "3",
    "key_label": "states",
    "as_of": "24 November 2026",
    "reach": "Complete to <1 May> 2026.",
}
FIGURE = {
    "data": [{"type": "scatter", "x": [1], "y": [2], "name": "</script><script>alert(1)"}],
    "layout": {
        "meta": {
            "title": "One & only",
            "subtitle": "Points",
            "source": "Source: <us>",
            "alternative": 'One "point".',
            "height": 321,
        },
        "title": {"text": "<b>One</b>"},
        "height": 321,
        "xaxis": {"range": [0, 2]},
        "yaxis": {"range": [0, 4]},
        "margin": {"l": 8, "t": 78},
        "annotations": [{"name": "source", "text": "Source"}, {"name": "end-label", "text": "end"}],
    },
}
VALUES: dict[str, Any] = {"country": "QAT", "edition": 2024}
PARAMETERS = 'country: str = "QAT"  # a state\nedition: int = 2024  # of the index'
# A notebook that shows an answer and a figure without importing anything of the project.
SHOW = f"""class Shown:
    def __init__(self, kind, data):
        self.data = {{"text/plain": "shown", kind: data}}
    def _repr_mimebundle_(self, **_):
        return self.data
answer = {ANSWER!r}
answer["key_figure"] = country
Shown({ANSWER_TYPE!r}, answer)"""


def code(source: str, *outputs: Any, tags: tuple[str, ...] = ()) -> Any:
    cell = new_code_cell(source, outputs=list(outputs))  # type: ignore[no-untyped-call]
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def text(source: str) -> Any:
    return new_markdown_cell(source)  # type: ignore[no-untyped-call]


def parameters(source: str = PARAMETERS) -> Any:
    return code(source, tags=("parameters",))


def shown(data: dict[str, Any], kind: str = "display_data") -> Any:
    more = {"execution_count": 1} if kind == "execute_result" else {}
    return new_output(kind, data=data, **more)  # type: ignore[no-untyped-call]


def notebook(*cells: Any) -> Any:
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(  # type: ignore[no-untyped-call]
        cells=list(cells), metadata={"kernelspec": kernel, "language_info": {"name": "python"}}
    )


def executed() -> Any:
    """Return a notebook as if it had run, with an answer, a figure and words."""
    return notebook(
        text("# Kind of page\n\nA question?"),
        parameters(),
        code("answer", shown({ANSWER_TYPE: ANSWER, "text/plain": "x"}, "execute_result")),
        text("## A part"),
        code("figure < 1", shown({PLOTLY: FIGURE})),
        code("table", shown({"text/html": "<table><caption>T</caption></table>"})),
    )


@dataclass(frozen=True)
class Project:
    """A folder with the project's data, and notebooks and a plan of its own."""

    root: Path

    def write(self, name: str, *cells: Any) -> None:
        nbformat.write(  # type: ignore[no-untyped-call]
            notebook(*cells), self.root / "notebooks" / f"{name}.ipynb"
        )

    def job(self, folder: Path, slug: str, notebook: str = "", **more: Any) -> Job:
        page = plan.Page(slug=slug, notebook=notebook or slug, values=VALUES)
        return Job(page, str(self.root), str(folder), PROJECT, **more)

    def plan(self, text: str) -> None:
        (self.root / "reports.toml").write_text(text, encoding="utf-8")

    def options(self, **changes: Any) -> ReportOptions:
        return ReportOptions(**{"output": self.root / "out", **changes})

    def report(self, **changes: Any) -> int:
        return run_report(self.options(**changes), PROJECT)

    @property
    def latest(self) -> Path:
        return self.root / "out" / "latest"

    def page(self, name: str) -> Page:
        return Page((self.latest / f"{name}.html").read_text(encoding="utf-8"))

    def manifest(self) -> Any:
        return json.loads((self.latest / "manifest.json").read_bytes())


def make_project(root: Path, *, own_tables: bool = False) -> Project:
    (root / "notebooks").mkdir(parents=True)
    data = project_root() / "data"
    if own_tables:
        (root / "data").mkdir()
        for name in ("raw", "reference"):
            (root / "data" / name).symlink_to(data / name)
        shutil.copytree(data / "processed", root / "data" / "processed")
    else:
        (root / "data").symlink_to(data)
    return Project(root)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = make_project(tmp_path / "project")
    monkeypatch.setenv("ADOPTION_HOME", str(made.root))
    return made


def without_times(notebook: Any) -> Any:
    """Return an executed notebook without what differs from run to run."""
    for part in (notebook, *notebook.cells):
        part.metadata.pop("execution", None)
        for name in ("start_time", "end_time", "duration"):
            part.metadata.get("papermill", {}).pop(name, None)
    for cell in notebook.cells:
        del cell["id"]  # papermill draws that of the cell with values of parameters
    return notebook


class Page(HTMLParser):
    """What a browser would take from a page."""

    DRAWN = frozenset({"rect", "path", "circle", "line"})  # of SVG, where a tag may end itself
    VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[tuple[str, int]] = []  # each with its place in `texts`
        self.unclosed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            texts = self.texts.setdefault(tag, [])
            self.open.append((tag, len(texts)))
            texts.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in self.DRAWN:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        for tag, place in self.open:
            self.texts[tag][place] += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and wanted.items() <= attributes.items()
        ]

    def fetched(self) -> list[str]:
        """Return the addresses that are loaded by themselves."""
        found = []
        for tag, attributes in self.elements:
            names = ["src", "srcset", "poster", "data"] + (
                ["href"] if tag != "a" and attributes.get("rel") != "canonical" else []
            )
            found += [attributes[name] for name in names if name in attributes]
        return found
