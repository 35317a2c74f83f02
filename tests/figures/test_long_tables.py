"""Long tables: the same cells as a plain one, one rule a column, a short text form."""

from __future__ import annotations

import re

import pandas as pd

from adoption.figures.long_tables import LongTable
from adoption.figures.tables import Table

FRAME = pd.DataFrame(
    {"State": [f"S{n} & Co" for n in range(30)], "Tier": "T1", "Value": [n / 3 for n in range(30)]}
)
FRAME.loc[4, "Value"] = None


def cells(html: str) -> list[str]:
    return re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)


def test_it_says_what_a_table_says() -> None:
    long, plain = LongTable(FRAME, "A & B"), Table(FRAME, "A & B")
    assert cells(long._repr_html_()) == cells(plain._repr_html_())
    assert "A &amp; B</caption>" in long._repr_html_()
    assert len(long._repr_html_()) < 0.7 * len(plain._repr_html_())


def test_a_short_one_is_whole() -> None:
    short = FRAME.head(10)
    assert repr(LongTable(short, "c")) == repr(Table(short, "c"))
    assert len(repr(LongTable(FRAME.head(0), "c")).splitlines()) >= 1
