"""The shared parts of a report: assets, tables, and an index that names everything."""

from __future__ import annotations

import json
from pathlib import Path

import plotly
import pytest

from adoption.dictionary import TABLES
from adoption.paths import processed_folder, reference_folder
from adoption.reports.site import ASSETS, TOPOLOGY, Entry, index_html, write_assets, write_tables
from tests.reports.conftest import ANSWER, Page

NAMES = [table.name for table in TABLES]
DAY = "24 November 2026"
ENTRIES = [
    Entry("first", "Status map", ANSWER, None),
    Entry("second", "Time & line", ANSWER | {"title": "Other", "key_figure": "3 of <40>"}, None),
    Entry("third", "Brief", None, "cell 3: ValueError: <b>"),
    Entry("fourth", "Late", ANSWER | {"title": "Half"}, "cell 9: KeyError"),
]


@pytest.fixture(scope="module")
def index() -> Page:
    return Page(index_html(ENTRIES, NAMES, DAY))


def spans(page: Page, kind: str) -> list[str]:
    """Return the words of the spans of one class, in order."""
    classes = [attributes.get("class") for attributes in page.all("span")]
    return [t for t, c in zip(page.texts["span"], classes, strict=True) if c == kind]


def test_every_page_has_its_link_title_finding_and_figure(index: Page) -> None:
    links = [a["href"] for a in index.all("a") if a["href"].endswith(".html")]
    assert links == ["first.html", "second.html", "third.html", "fourth.html"]
    assert spans(index, "title") == ["How many <states>", "Other", "third", "Half"]
    assert spans(index, "finding") == [ANSWER["text"]] * 3
    assert spans(index, "figure") == ["3 states", "3 of <40> states", "3 states"]
    assert spans(index, "kicker") == ["Status map", "Time & line", "Brief", "Late"]
    assert index.unclosed == []
    assert index.open == []


def test_a_failure_is_said_in_the_index(index: Page) -> None:
    assert spans(index, "failure") == [
        "failed: cell 3: ValueError: <b>",
        "failed: cell 9: KeyError",
    ]
    assert not index.all("b")


def test_every_table_has_its_two_files_and_its_name(index: Page) -> None:
    links = [a["href"] for a in index.all("a") if a["href"].startswith("data/")]
    expected = [f"data/{name}.{ending}" for name in NAMES for ending in ("csv", "parquet")]
    assert links == ["data/datapackage.json", *expected]
    for name in NAMES:
        assert any(t.startswith(f"{name.replace('_', ' ')}: CSV") for t in index.texts["li"])
    assert all((processed_folder().parent / link.replace("data/", "processed/")).is_file()
               for link in links)  # fmt: skip


def test_the_index_fetches_nothing_and_says_the_day(index: Page) -> None:
    assert [a for a in index.fetched() if not a.startswith(("data:", "assets/"))] == []
    assert any(DAY in text for text in index.texts["p"])
    assert index.all("html")[0]["lang"] == "en-GB"
    assert len(index.texts["h1"]) == 1


def test_an_index_without_pages_still_has_the_tables() -> None:
    page = Page(index_html([], NAMES[:1], DAY))
    assert [a["href"] for a in page.all("a")][-2:] == [f"data/{NAMES[0]}.csv",
                                                      f"data/{NAMES[0]}.parquet"]  # fmt: skip


def test_the_assets_are_there_once_for_all_pages(tmp_path: Path) -> None:
    write_assets(tmp_path, reference_folder() / "geometry")
    assets = tmp_path / "assets"
    assert {path.name for path in assets.iterdir()} == {
        *(path.name for path in ASSETS.iterdir()),
        "plotly.min.js",
        "world.js",
    }
    bundled = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert (assets / "plotly.min.js").read_bytes() == bundled.read_bytes()
    world = (assets / "world.js").read_text(encoding="utf-8")
    begins = f"window.PlotlyGeoAssets={{topojson:{{{TOPOLOGY}:"
    assert world.startswith(begins)
    assert world.endswith("}};\n")
    topology = json.loads(world.removeprefix(begins).removesuffix("}};\n"))
    source = (reference_folder() / "geometry" / f"{TOPOLOGY}.json").read_text(encoding="utf-8")
    assert topology == json.loads(source)


def test_the_assets_fetch_nothing() -> None:
    for path in ASSETS.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "//cdn" not in text
        assert "http" not in text
        assert "@import" not in text
        assert "url(" not in text


def test_the_tables_are_copied_as_they_are(tmp_path: Path) -> None:
    write_tables(tmp_path, processed_folder())
    files = {path.name: path.read_bytes() for path in processed_folder().iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()} == files
    assert {f"{name}.csv" for name in NAMES} <= set(files)
