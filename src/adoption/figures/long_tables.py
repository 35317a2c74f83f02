"""Tables of many rows, which a notebook can hold: lean markup, and a short form in text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

import pandas as pd

from adoption.figures.tables import Table

SHOWN = 5  # rows at each end of the text form


@dataclass(frozen=True)
class LongTable(Table):
    """A table with a line for every state.

    It says the same as a `Table`. Numbers are aligned, and cells named where a small screen stacks
    them, by rules for each column, which stand before the table, and not cell by cell; the text
    form has the first and the last rows.
    """

    def _repr_html_(self) -> str:
        columns = list(self.frame.columns)
        numeric = [pd.api.types.is_numeric_dtype(self.frame[column]) for column in columns]
        right = [number for number, is_number in enumerate(numeric, start=1) if is_number]
        heads = "".join(f'<th scope="col">{escape(str(column))}</th>' for column in columns)
        rows = []
        for first, *others in self.frame.itertuples(index=False, name=None):
            cells = "".join(f"<td>{self._cell(value)}</td>" for value in others)
            rows.append(f'<tr><th scope="row">{self._cell(first)}</th>{cells}</tr>')
        rules = "table.long td{white-space:nowrap}" + "".join(
            f"table.right-{n} tr>:nth-child({n}){{text-align:right}}" for n in right
        )
        rules += "".join(
            f"table.long td:nth-child({n}){{--label:{_css_string(f'{column}: ')}}}"
            for n, column in enumerate(columns[1:], start=2)
        )
        names = " ".join(["adoption-table long wordy", *(f"right-{n}" for n in right)])
        return (
            f"<style>{rules}</style>\n"
            f'<table class="{names}"><caption style="text-align:left">'
            f"{escape(self.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
            "<tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
        )

    def __repr__(self) -> str:
        shown = self.frame.map(self._plain)
        left = len(shown) - 2 * SHOWN
        if left <= 0:
            return f"{self.caption}\n{shown.to_string(index=False)}"
        ends = pd.concat([shown.head(SHOWN), shown.tail(SHOWN)]).to_string(index=False)
        head, *lines = ends.splitlines()
        middle = f"... {left} more rows ..."
        return "\n".join([self.caption, head, *lines[:SHOWN], middle, *lines[SHOWN:]])


def _css_string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("<", r"\3c ")
