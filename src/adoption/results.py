"""What the public functions return: an analysis with its frame, sentence, charts and sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.answers import Answer
from adoption.choices import one_of
from adoption.countries.groups import slug
from adoption.figures.tables import Table


@dataclass(frozen=True)
class Sources:
    """The sources of some rows.

    Attributes
    ----------
    frame : DataFrame
        Rows of the table `sources`: source (the key), title, publisher, url, licence, accessed.
    """

    frame: pd.DataFrame

    @classmethod
    def of(cls, keys: Iterable[object]) -> Sources:
        """Return the sources of keys, of which a cell may hold several with `;` between them."""
        wanted = {part for key in keys if isinstance(key, str) for part in key.split(";")}
        table = tables.read("sources")
        return cls(table[table["source"].isin(wanted)].reset_index(drop=True))

    def to_bibtex(self) -> str:
        """Return the sources as BibTeX, one `@misc` each, to cite.

        Examples
        --------
        >>> print(Sources.of(["untc-xml"]).to_bibtex().splitlines()[0])
        @misc{untc-xml,
        """
        entries = []
        for row in self.frame.to_dict("records"):
            named = {
                "title": row["title"], "author": row["publisher"], "howpublished": row["url"],
                "note": f"Accessed {row['accessed']}" if pd.notna(row["accessed"]) else None,
            }  # fmt: skip
            fields = "".join(
                f"  {name} = {{{_escaped(str(value))}}},\n"
                for name, value in named.items()
                if pd.notna(value)
            )
            entries.append(f"@misc{{{slug(row['source'])},\n{fields}}}\n")
        return "\n".join(entries)

    def __repr__(self) -> str:
        return f"Sources\n{len(self.frame)} sources\n{', '.join(self.frame['source'])[:80]}"

    def _repr_html_(self) -> str:
        return str(self.frame.to_html(index=False))


def _escaped(text: str) -> str:
    for letter in "\\{}":  # the backslash first: it writes the others
        text = text.replace(letter, f"\\{letter}" if letter != "\\" else r"\textbackslash ")
    for letter in "&%$#_":
        text = text.replace(letter, f"\\{letter}")
    return text


@dataclass(frozen=True, repr=False)
class Result:
    """An analysis with what a person reads of it.

    Every attribute of the analysis is one of the result: `status.signatories`, `forecast.cdf`.

    Attributes
    ----------
    analysis : object
        What was computed, such as an `adoption.law.status.Status`.
    frame : DataFrame
        The same as one tidy table; a copy.
    sentence : str
        The finding.
    answer : Answer or str
        What a notebook shows first.
    charts : mapping of str to callable
        Draws each figure, by name.
    sources : Sources
        Those of the rows that it rests on.
    """

    analysis: Any
    frame: pd.DataFrame
    sentence: str
    answer: Answer | str
    sources: Sources
    charts: Mapping[str, Callable[[], go.Figure]] = field(default_factory=dict)

    def chart(self, name: str | None = None) -> go.Figure:
        """Return a figure: the first, or the one of a name of `charts`."""
        if not self.charts:
            raise AttributeError("this result has no chart: use its frame")
        return self.charts[one_of("chart", name or next(iter(self.charts)), self.charts)]()

    def table(self) -> Table:
        """Return the frame as a table for a page."""
        return Table(self.frame, self.sentence)

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain values for JSON: days as text, what is missing as None."""
        rows = json.loads(self.frame.to_json(orient="records", date_format="iso"))
        keys = self.sources.frame["source"].tolist()
        return {"sentence": self.sentence, "rows": rows, "sources": keys}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "analysis" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.analysis, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(n for n in dir(self.analysis) if n[0] != "_")})

    def __repr__(self) -> str:
        columns = ", ".join(map(str, self.frame.columns))
        shape = f"{len(self.frame)} rows: {columns}"
        kind = type(self.analysis).__name__
        return f"{kind}\n{self.sentence}\n{shape if len(shape) < 100 else f'{shape[:97]}...'}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence)}</p>\n{self.frame.head().to_html(index=False)}"
