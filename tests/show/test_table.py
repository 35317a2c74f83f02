"""Tables as HTML: well formed, with heads that say what they head, nothing left unescaped."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pandas as pd
import pytest

from adoption.core.text import NOT_KNOWN
from adoption.show.classes import STATUS_COLOURS, STRIPED
from adoption.show.results import Sources
from adoption.show.table import Badge, Cells, Table, TableLink, source_links, when
from tests.show.reading import cells

SOURCES = pd.DataFrame(
    {
        "source": ["one", "two", "three"],
        "title": ["First", "Second", "Third"],
        "publisher": ["P1", "P2", "P3"],
        "url": ["https://example.org/1", "ftp://example.org/2", "https://example.org/3 (copy)"],
        "accessed": ["2026-01-02 (github a/b @1234567)", None, "2026-01-03"],
        "licence": ["CC BY 4.0", None, "MIT"],
    }
)
MISSING = [None, pd.NA, pd.NaT, float("nan"), np.nan]


def parsed(table: Table) -> ET.Element:
    """Return the table as XML, which it must be."""
    return ET.fromstring(table._repr_html_())


def text_of(element: ET.Element) -> str:
    return "".join(element.itertext())


def one_cell(value: object, **more: Any) -> ET.Element:
    frame = pd.DataFrame({"Head": ["row"], "Value": pd.Series([value], dtype="object")})
    (cell,) = parsed(Table(frame, "Caption", **more)).iter("td")
    return cell


def test_a_table_has_a_caption_and_heads_with_a_scope() -> None:
    frame = pd.DataFrame({"State": ["Qatar", "Oman"], "Value": [1.5, 2000.0], "Tier": ["a", "b"]})
    root = parsed(Table(frame, "What it shows"))
    assert [text_of(c) for c in root.iter("caption")] == ["What it shows"]
    heads = root.findall("thead/tr/th")
    assert [(text_of(th), th.get("scope")) for th in heads] == [
        ("State", "col"),
        ("Value", "col"),
        ("Tier", "col"),
    ]
    rows = root.findall("tbody/tr")
    assert [[text_of(cell) for cell in row] for row in rows] == [
        ["Qatar", "1.50", "a"],
        ["Oman", "2,000.00", "b"],
    ]
    assert [(row[0].tag, row[0].get("scope")) for row in rows] == [("th", "row")] * 2
    assert [th.get("class") for th in heads] == [None, "number", None]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a & b", 'say "x"', "it's <b>"])
def test_words_are_escaped_wherever_they_stand(words: str) -> None:
    frame = pd.DataFrame({words: [words], "Other": [TableLink(words, f"https://e.org/?q={words}")]})
    frame["Cells"] = pd.Series([Cells((words, TableLink(words, "https://e.org/")))], dtype="object")
    root = parsed(Table(frame, words))
    assert text_of(root.findall("caption")[0]) == words
    assert text_of(root.findall("thead/tr/th")[0]) == words
    assert [text_of(cell) for cell in root.findall("tbody/tr")[0]] == [
        words,
        words,
        f"{words}, {words}",
    ]
    assert next(root.iter("a")).get("href") == f"https://e.org/?q={words}"
    assert {element.tag for element in root.iter()} == {
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
    }


@pytest.mark.parametrize("value", MISSING)
def test_what_is_missing_is_not_known(value: object) -> None:
    assert text_of(one_cell(value)) == NOT_KNOWN
    table = Table(pd.DataFrame({"Head": ["row"], "Value": [value]}), "Caption")
    assert NOT_KNOWN in repr(table)
    assert text_of(next(parsed(table).iter("td"))) == NOT_KNOWN


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(1234, 2, "1,234"), (1234.5, 2, "1,234.50"), (0.1234, 4, "0.1234"), (0, 2, "0"), ("", 2, "")],
)
def test_values_as_people_read_them(value: object, decimals: int, expected: str) -> None:
    assert text_of(one_cell(value, decimals=decimals)) == expected


@pytest.mark.parametrize("name", STATUS_COLOURS)
def test_a_badge_has_its_colour_its_name_and_stripes_where_it_is_reported(name: str) -> None:
    cell = one_cell(Badge(name))
    assert text_of(cell) == name == str(Badge(name))
    (mark,) = (span for span in cell.iter("span") if span.get("aria-hidden"))
    style = mark.get("style") or ""
    assert STATUS_COLOURS[name] in style
    assert ("repeating-linear-gradient" in style) == (name in STRIPED)


def test_a_table_of_many_rows_says_the_same_and_is_leaner() -> None:
    names = [f"S{n} & Co" for n in range(200)]
    frame = pd.DataFrame({"State": names, "Tier": "T1", "Value": [n / 3 for n in range(200)]})
    frame.loc[4, "Value"] = None
    long, short = Table(frame, "A & B")._repr_html_(), Table(frame.head(100), "A & B")._repr_html_()

    def cells_of(html: str) -> list[str]:
        return re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)

    assert cells_of(long)[: len(cells_of(short))] == cells_of(short)
    assert "A &amp; B</caption>" in long
    assert len(long) < 1.6 * len(short)
    assert ':nth-child(3){text-align:right;white-space:nowrap;--label:"Value: "}' in long


def test_a_day_is_written_as_in_the_figures() -> None:
    assert text_of(one_cell(pd.Timestamp("2025-10-26"))) == "26 Oct 2025"


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("2025-10-25", "2025-10-25", "25 Oct 2025"),
        ("2026-02-01", "2026-02-28", "Feb 2026"),
        ("2026-01-28", "2026-04-10", "between 28 Jan and 10 Apr 2026"),
        ("NaT", "NaT", "not known"),
    ],
)
def test_when(earliest: str, latest: str, expected: str) -> None:
    days = {"earliest": pd.Timestamp(earliest), "latest": pd.Timestamp(latest)}
    assert when(days | {"open_ended": False}) == expected


# Sources


def test_each_source_stands_with_what_is_known_of_it() -> None:
    view = Sources(SOURCES[SOURCES["source"].isin(["one", "two"])]).table()
    assert cells(view, "Source") == ["First", "Second"]
    link, plain = view.frame["Source"]
    assert link == TableLink("First", "https://example.org/1")
    assert plain == "Second"
    assert cells(view, "Seen") == ["2026-01-02", "day not noted"]
    assert cells(view, "Licence") == ["CC BY 4.0", "none stated"]


def test_only_an_address_becomes_a_link() -> None:
    link = '<a href="https://tass.ru/politika/25449941">tass</a>'
    expected = [link, f"{link}, ecofin", "kaggle_csi", ""]
    keys = ["tass", "tass;ecofin", "kaggle_csi", None]
    assert [source_links(key).html() for key in keys] == expected
    first, _, second = source_links("tass;ecofin").parts()
    assert (first["text"], first["to"]) == ("TASS", "https://tass.ru/politika/25449941")
    assert "to" not in second
