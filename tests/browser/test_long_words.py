"""The style sheet with what is long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from adoption.show.evidence import statements_table
from adoption.show.table import Table
from adoption.site.frame import asset
from tests.browser.conftest import NARROW, WIDE, Tab
from tests.conftest import made_up
from tests.reports.printed import shown_alone

pytestmark = pytest.mark.browser

STYLE = asset("style.css")[1]
LONG_WORD = "w" * 300
ADDRESS = f"https://example.org/{'path/' * 60}"
SAID = pd.DataFrame(
    {
        "convention": "atlantis",
        "participant": ["Aland", LONG_WORD, "Mu"],
        "kind": "declaration",
        "text": [f"See {LONG_WORD}.", ADDRESS, "So."],
        "sha256": "0123456789abcdef" * 4,
    }
)
NO_FILES = pd.DataFrame({"file": []}, dtype="str")
NAMED = pd.DataFrame({"State": ["Aland"], "Note": [LONG_WORD], "Source": [ADDRESS], "Acts": [1234]})
# Which words stand on more than one line, without those that may: the long ones.
BROKEN = """() => [...document.querySelectorAll('th, td')].flatMap(cell => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
    let text;
    while (text = walker.nextNode()) for (const word of text.textContent.matchAll(/[^\\s-]+/g)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size > 1 && word[0].length < 40) found.push(word[0]);
    }
    return found;
})"""
OUTSIDE = """() => [...document.querySelectorAll('th, td, caption')]
    .filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"""


@pytest.fixture(params=[WIDE, 800, NARROW])
def shown(request: pytest.FixtureRequest, tabs: Callable[[int], Tab]) -> Any:
    tab = tabs(WIDE)
    tab.open("about:blank", request.param)

    def show(table: Table) -> Any:
        html = shown_alone(replace(table.block(), anchor="table-1"))
        tab.page.set_content(f"<style>{STYLE}</style><main>{html}</main>")
        return tab.page

    return show


@pytest.mark.parametrize(
    "table",
    [
        statements_table(SAID, made_up(source="untc-atlantis"), NO_FILES),
        Table(NAMED, f"Of {LONG_WORD}"),
    ],
    ids=["statements", "another"],
)
def test_nothing_runs_over_its_column_and_no_short_word_is_broken(shown: Any, table: Table) -> None:
    page = shown(table)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(BROKEN) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
