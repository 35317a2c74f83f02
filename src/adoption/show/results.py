"""What the public functions return: an analysis with its frame, sentence, charts and sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import NoneType
from typing import Any, Generic, TypeVar

import pandas as pd
import plotly.graph_objects as go

from adoption import tables
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.reading import remembered
from adoption.core.text import bibtex, slug
from adoption.show.answers import Answer, Markdown
from adoption.show.table import Table, linked_text
from adoption.tables.choices import one_of

# Where a stored copy lies, which the table sources says in full and a page need not.
PLACE_OF_COPY = r"\s*\((read in )?github [^)]*\)"


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
        texts = {key for key in keys if isinstance(key, str)}
        wanted = {part for text in texts for part in text.split(";") if part}
        return cls(_rows_of_sources(frozenset(wanted)).copy())

    def to_bibtex(self) -> str:
        """Return the sources as BibTeX, one `@misc` each, to cite.

        Examples
        --------
        >>> print(Sources.of(["untc-xml"]).to_bibtex().splitlines()[0])
        @misc{untc-xml,
        """
        entries = []
        for row in self.frame.to_dict("records"):
            accessed = f"Accessed {row['accessed']}" if pd.notna(row["accessed"]) else None
            values = row["title"], row["publisher"], row["url"], accessed
            named = zip(("title", "author", "howpublished", "note"), values, strict=True)
            fields = "".join(
                f"  {name} = {{{bibtex(str(value))}}},\n"
                for name, value in named
                if pd.notna(value)
            )
            entries.append(f"@misc{{{slug(row['source'])},\n{fields}}}\n")
        return "\n".join(entries)

    def table(self) -> Table:
        """Return the sources as a table for a page, with links and licences."""
        rows = self.frame
        seen = rows["accessed"].fillna("day not noted").str.replace(PLACE_OF_COPY, "", regex=True)
        columns = {
            "Source": [*map(linked_text, rows["title"], rows["url"])],
            "Publisher": rows["publisher"],
            "Seen": seen,
            "Licence": rows["licence"].fillna("none stated"),
        }
        return Table(pd.DataFrame(columns), "Sources of the rows on this page")

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


@remembered
def _rows_of_sources(wanted: frozenset[str]) -> pd.DataFrame:
    table = tables.read("sources")
    for key in sorted(wanted - set(table["source"])):
        near = did_you_mean(key, table["source"], 1)
        raise AdoptionError(f"source: there is no {key!r} in the table sources; {near}")
    return table[table["source"].isin(wanted)].reset_index(drop=True)


Analysis = TypeVar("Analysis", covariant=True)


@dataclass(frozen=True, repr=False)
class Result(Generic[Analysis]):
    """An analysis with what a person reads of it.

    Every attribute of the analysis is one of the result: `status.signatories`, `forecast.cdf`.
    mypy and editors see their types by `status.analysis.signatories`.

    Attributes
    ----------
    analysis : object
        What was computed, such as an `adoption.law.status.Status`.
    frame : DataFrame
        The same as one tidy table; a copy.
    answer : Answer or str
        What a notebook shows first; `sentence` is its text, the finding.
    sources : Sources
        Those of the rows that it rests on.
    charts, tables, notes : mapping of str to callable
        Draws each figure, sets each table for a page, and writes each note, by name. They are
        left out when it is pickled.
    """

    analysis: Analysis
    frame: pd.DataFrame
    answer: Answer | str
    sources: Sources
    charts: Mapping[str, Callable[[], go.Figure | None]] = field(default_factory=dict)
    tables: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    notes: Mapping[str, Callable[[], str]] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The finding."""
        return self.answer if isinstance(self.answer, str) else self.answer.text

    def chart(self, name: str | None = None) -> Any:
        """Return a figure: the first, or the one of a name of `charts`; None if none is drawn."""
        if not self.charts:
            raise AttributeError("this result has no chart (a pickled one has none): use its frame")
        return self.charts[one_of("chart", name or next(iter(self.charts)), self.charts)]()

    def table(self, name: str | None = None) -> Any:
        """Return a table for a page: the one of a name of `tables`, or else the frame."""
        if name is None:
            return next(iter(self.tables.values()))() if self.tables else Table(self.frame, "")
        return self.tables[one_of("table", name, self.tables)]()

    def note(self, name: str) -> Any:
        """Return what is said of the numbers of a section: the one of a name of `notes`."""
        return Markdown(self.notes[one_of("note", name, self.notes)]())

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain values for JSON: days as text, what is missing as None."""
        rows = json.loads(self.frame.to_json(orient="records", date_format="iso"))
        keys = self.sources.frame["source"].tolist()
        return {"sentence": self.sentence, "rows": rows, "sources": keys}

    def __getattr__(self, name: str) -> Any:
        analysis = self.__dict__.get("analysis")
        if name.startswith("__") or isinstance(analysis, NoneType | pd.DataFrame):
            raise AttributeError(f"this result has no {name!r}; its rows are in .frame")
        return getattr(analysis, name)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: all but what draws and words it, which are functions."""
        return self.__dict__ | {"charts": {}, "tables": {}, "notes": {}}

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(n for n in dir(self.analysis) if n[0] != "_")})

    def __repr__(self) -> str:
        columns = ", ".join(map(str, self.frame.columns))
        shape = f"{len(self.frame)} rows: {columns}"
        kind = type(self if isinstance(self.analysis, pd.DataFrame) else self.analysis).__name__
        return f"{kind}\n{self.sentence}\n{shape if len(shape) < 100 else f'{shape[:97]}...'}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence)}</p>\n{self.frame.head().to_html(index=False)}"
