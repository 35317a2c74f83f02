"""What two reports say is compared, whatever their HTML is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from tools.freeze import compare, freeze

PAGE = """<!doctype html><html><head><title>{title}</title></head><body>
<h1 id="top">Parties</h1><p>Two <a href="{link}">of six</a></p>
<figure id="figure-1"><svg viewBox="0 0 1 1" aria-label="a curve"><path d="{path}"/></svg>
<a href="data:text/csv,{csv}">CSV</a></figure>
<table><caption>Acts</caption><tr><th>state</th></tr><tr><td>{cell}</td></tr></table>
</body></html>"""
SAYS = {
    "title": "Parties",
    "link": "a.html",
    "path": "M0 0",
    "cell": "Qatar",
    "csv": "x,y\nQatar,0.50\n",
}


def frozen(folder: Path, **changed: str) -> Path:
    says = SAYS | changed
    report = folder / "report"
    report.mkdir(parents=True)
    html = PAGE.format(**says | {"csv": quote(says["csv"])})
    (report / "a.html").write_text(html, encoding="utf-8")
    assert freeze(report, folder / "freeze") == 1
    return folder / "freeze"


def test_what_is_written_otherwise_is_the_same(tmp_path: Path) -> None:
    old = frozen(tmp_path / "old")
    new = frozen(tmp_path / "new", csv="state,series,share\nQatar,now,0.5\nOman,now,1\n")
    assert not compare(old, new)


@pytest.mark.parametrize(
    ("part", "value", "line"),
    [
        ("title", "States", "a: head.txt: line 1: 'title Parties' became 'title States'"),
        ("link", "b.html", "a: links.txt: line 1: 'a.html' became 'b.html'"),
        ("cell", "Oman", "a: table-1.csv: line 3: 'Qatar' became 'Oman'"),
        ("csv", "x,y\nQatar,0.6\n", "a: figure-1.csv: lost 1 values: 0.5"),
    ],
)
def test_each_difference_has_its_page_and_kind(
    tmp_path: Path, part: str, value: str, line: str
) -> None:
    old, new = frozen(tmp_path / "old"), frozen(tmp_path / "new", **{part: value})
    assert compare(old, new) == [line]


def test_a_drawing_and_a_page_that_go_are_seen(tmp_path: Path) -> None:
    old, new = frozen(tmp_path / "old"), frozen(tmp_path / "new", path="M1 1")
    (difference,) = compare(old, new)
    assert difference.startswith("a: drawing-1.svg: line 1:")
    (new / "a").rename(new / "b")
    assert compare(old, new) == ["a: page: is missing", "b: page: is new"]
