"""The press makes pages of notebooks about anything, in a folder that knows nothing of treaties."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest

from adoption.core.errors import AdoptionError
from adoption.press import due
from adoption.press.document import BLOCKS, read_document
from adoption.press.plan import Choice
from adoption.press.project import Project
from adoption.press.run import ReportOptions, run_report
from tests.reports.conftest import Page, code, notebook, text

PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
).decode()
TIDES = (
    'import pandas as pd\nlevels = pd.DataFrame({"port": ["Brest", "Doha"], "metres": [6.1, 1.4]})'
)
FIGURE = """import plotly.graph_objects as go
import plotly.io as pio
pio.renderers.default = "plotly_mimetype"
go.Figure(go.Bar(name="range", x=["Brest", "Doha"], y=[6.1, 1.4]), layout={"title": "Tides"})"""
PICTURE = f'from IPython.display import Image\nimport base64\nImage(base64.b64decode("{PIXEL}"))'
PLAN = """
[[page]]
slug = "tides"
notebook = "tides"

[[page]]
slug = "moon"
notebook = "moon"
parameters = { phase = "full" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two small notebooks and their plan."""
    (tmp_path / "notebooks").mkdir()
    write(tmp_path, "tides", text("# Tides"), code(PICTURE))
    write(
        tmp_path,
        "moon",
        text("# The moon"),
        code('phase = "new"  # of the moon', tags=("parameters",)),
        text("## Phase"),
        code("1 / 0 if phase == 'none' else phase"),
    )
    (tmp_path / "reports.toml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, *cells: Any) -> None:
    """Write a notebook of the folder."""
    path = folder / "notebooks" / f"{name}.ipynb"
    nbformat.write(notebook(*cells), path)  # type: ignore[no-untyped-call]


def here() -> Path:
    return Path(os.environ["TIDES"])


def wait_for_a_page(is_site_likely: bool) -> None:
    """Get ready for no less time than a page takes."""
    assert is_site_likely, "a first report has all beside its pages"
    deadline = time.monotonic() + 60
    while not [*here().glob("out/**/tides.json.gz")]:
        assert time.monotonic() < deadline, "no page is made before all is ready to publish it"
        time.sleep(0.05)


def test_pages_are_made_while_what_shows_them_gets_ready(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDES", str(folder))
    options = ReportOptions(output=folder / "out", jobs=1)
    assert run_report(options, Project(root=here, get_ready=wait_for_a_page)) == 0


def refuse(is_site_likely: bool) -> None:  # noqa: ARG001
    raise AdoptionError("events.csv: row 3: no day")


def test_what_cannot_be_published_ends_a_report_after_its_first_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDES", str(folder))
    options = ReportOptions(output=folder / "out", jobs=1)
    said = list[str]()
    monkeypatch.setattr("adoption.press.run.above_bars", lambda line, _: said.append(line))
    with pytest.raises(AdoptionError, match=r"events\.csv: row 3"):
        run_report(options, Project(root=here, get_ready=refuse))
    assert len(said) == 1, "one of the two pages"
    assert not (folder / "out" / "latest").exists()


def test_a_report_about_another_subject(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDES", str(folder))
    write(
        folder,
        "tides",
        text("# Tides\n\nHow high is the water?"),
        code(TIDES),
        text("## Levels\n\nMetres at spring tide, $h$."),
        code("levels"),
        code('levels.groupby("port").agg(["min", "max"])'),
        code("levels.head(1)"),
        code("pd.concat([levels] * 50, ignore_index=True)"),
        code("pd.concat([levels] * 50_000, ignore_index=True)"),
        code(FIGURE),
        code(PICTURE),
        code('print("<dry>")'),
    )
    options = ReportOptions(output=folder / "out", jobs=1)
    project = Project(root=here)
    assert run_report(options, project) == 0
    latest = folder / "out" / "latest"
    page = Page((latest / "tides.html").read_text(encoding="utf-8"))
    assert (page.unclosed, page.open) == ([], [])
    assert page.texts["h1"] == ["Tides"]
    assert page.texts["h2"] == ["Levels"]
    assert {"Brest", "6.1"} <= {*page.texts["td"]}, "a frame of pandas"
    assert page.all("img")[0]["src"].startswith("data:image/png;base64,")
    assert "<dry>" in " ".join(page.texts["pre"])
    (figure,) = (json.loads(text) for text in page.texts["script"] if text.startswith('{"data'))
    assert figure["data"][0]["y"] == [6.1, 1.4]
    links = [a["href"] for a in page.all("a") if "download" in a and a["href"].startswith("data:")]
    files = [[*csv.reader(io.StringIO(unquote(link.split(",", 1)[1])))] for link in links]
    levels = [["Brest", "6.1"], ["Doha", "1.4"]]
    assert files[0] == [["port", "metres"], *levels], "the file of a frame is the frame"
    assert files[1] == [["port", "metres, min", "metres, max"], *([a, b, b] for a, b in levels)]
    assert files[2] == [["port", "metres"], levels[0]]
    assert files[3] == [["port", "metres"], *levels * 50], "also where its HTML leaves out rows"
    assert files[4][1:] == [["range", *row] for row in levels], "none of a frame too large for one"
    assert "'full'" in " ".join(Page((latest / "moon.html").read_text("utf-8")).texts["pre"])
    index = Page((latest / "index.html").read_text(encoding="utf-8"))
    assert {a["href"] for a in index.all("a")} == {"tides.html", "moon.html"}
    document = read_document(latest / "documents" / "tides.json.gz")
    assert (document.kind, document.question) == ("Tides", "How high is the water?")
    assert run_report(options, project) == 0, "nothing changed"

    # A notebook that fails shows why, and its last good page stays.
    plan = (folder / "reports.toml").read_text(encoding="utf-8").replace("full", "none")
    (folder / "reports.toml").write_text(plan, encoding="utf-8")
    assert run_report(options, project) == 1
    failed = Page((latest / "moon-failed.html").read_text(encoding="utf-8"))
    assert any("ZeroDivisionError" in line for line in failed.texts["pre"])
    good = Page((latest / "moon.html").read_text(encoding="utf-8"))
    assert "'full'" in " ".join(good.texts["pre"])
    assert "moon-failed.html" in [a.get("href") for a in good.all("a")]


def test_a_document_with_a_block_that_is_no_more_names_its_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDES", str(folder))
    options, project = ReportOptions(output=folder / "out", jobs=1), Project(root=here)
    assert run_report(options, project) == 0
    monkeypatch.setattr(due, "package_digest", lambda *_: 64 * "0")  # of another program
    monkeypatch.delitem(BLOCKS, "image")
    line = r"page tides: .*'image' is no kind of block.*--only tides --force makes it anew$"
    with pytest.raises(AdoptionError, match=line):
        run_report(replace(options, choice=Choice(only=["moon"])), project)


def test_the_press_imports_nothing_of_the_subject() -> None:
    program = (
        "import sys, adoption.press.run, adoption.press.plain, adoption.press.engine.page\n"
        "ours = [name.split('.') for name in sys.modules if name.startswith('adoption.')]\n"
        "print(*sorted({name[1] for name in ours}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == ["core", "press"]
