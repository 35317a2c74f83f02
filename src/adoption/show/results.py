"""What the public functions return: an analysis with its frame, sentence, charts and sources."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import wraps
from html import escape
from types import NoneType
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar

import pandas as pd
import plotly.graph_objects as go

from adoption import __version__, tables
from adoption.core.errors import AdoptionError, did_you_mean, names_extra
from adoption.core.paths import project_root
from adoption.core.reading import remembered, unrecorded
from adoption.core.text import bibtex, long_day, slug
from adoption.show.answers import Answer, Markdown
from adoption.show.table import Table, source_and_file
from adoption.tables.choices import check_choice
from adoption.tables.write import PACKAGE_TITLE

if TYPE_CHECKING:
    from adoption.countries.association import Adopters
    from adoption.countries.network import Network
    from adoption.countries.profiles import GroupProfile, Profile
    from adoption.forecasting.convention import ConventionForecast
    from adoption.forecasting.next_states import NextStates
    from adoption.forecasting.survival import Waiting
    from adoption.law.status import Status

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

        The publisher stands for the author, as it is; the year is that of the page or copy that
        was seen, and `n.d.` where no day of it is known. The note has both as they are noted.

        Examples
        --------
        >>> print(Sources.of(["untc-xml"]).to_bibtex().splitlines()[0])
        @misc{untc-xml,
        """
        return "\n".join(map(_source_entry, self.frame.to_dict("records")))

    def table(self) -> Table:
        """Return the sources as a table for a page, with links and licences."""
        rows = self.frame
        seen = rows["accessed"].fillna("day not noted").str.replace(PLACE_OF_COPY, "", regex=True)
        columns = {
            "Source": [*map(source_and_file, rows["title"], rows["url"])],
            "Publisher": rows["publisher"],
            "Seen": seen,
            "Licence": rows["licence"].fillna("none stated"),
        }
        return Table(pd.DataFrame(columns), "Sources of the rows on this page")

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def _repr_mimebundle_(self, **more: Any) -> dict[str, Any]:
        return self.table()._repr_mimebundle_(**more)


@remembered
def _rows_of_sources(wanted: frozenset[str]) -> pd.DataFrame:
    rows = tables.sources_named(wanted)
    for key in sorted(wanted - set(rows["source"])):
        near = did_you_mean(key, tables.read("sources")["source"], 1)
        raise AdoptionError(f"source: there is no {key!r} in the table sources; {near}")
    return rows.reset_index(drop=True)


def cite() -> str:
    """Return BibTeX for the data and the package that holds them, with the version of both.

    Returns
    -------
    str
        One `@misc`, by the authors and at the address (`site`) of the project's `reports.toml`.
        The sources of a result have entries of their own: `result.cite()`.

    Examples
    --------
    >>> print(cite().splitlines()[0])
    @misc{adoption,
    """
    day, version = tables.data_day(), tables.data_version()
    authors, address = _publishers()
    title = PACKAGE_TITLE[0].lower() + PACKAGE_TITLE[1:]
    fields = {
        "title": f"{{adoption: {bibtex(title)}}}",
        "author": " and ".join(map(_name, authors)),
        "year": str(day.year),
        "version": version,
        "note": f"Data of {long_day(day)}, version {version}; package adoption {__version__}",
    }
    return _misc("adoption", fields | ({"url": address} if address else {}))


AUTHORS = ["The adoption authors"]  # where nobody else publishes it
DAY_SEEN = re.compile(r"(?:read )?(\d{4})\b")  # a text that begins with the day or year


def _publishers() -> tuple[list[str], str]:
    """Return whom a citation names and the address, by the project's `reports.toml`."""
    path = project_root() / "reports.toml"
    settings = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return settings.get("authors") or AUTHORS, settings.get("site", "")


def _name(author: str) -> str:
    """Return an author as BibTeX reads one: "Doe, Jane" is a person, and else a body."""
    return bibtex(author) if ", " in author else f"{{{bibtex(author)}}}"


def _source_entry(source: Mapping[Any, Any]) -> str:
    """Return the entry of a source."""
    seen = source["accessed"] if isinstance(source["accessed"], str) else ""
    year = DAY_SEEN.match(seen)
    # Styles take this field as it is: a per cent sign of it would begin a comment elsewhere.
    url = source["url"] if isinstance(source["url"], str) else ""
    note = f"Seen: {bibtex(seen)}" if seen else "Day of access not noted"
    title, author = (f"{{{bibtex(source[name])}}}" for name in ("title", "publisher"))
    dated = year[1] if year else "n.d."
    fields = {"title": title, "author": author, "year": dated, "note": note, "url": url}
    return _misc(slug(source["source"]), {name: text for name, text in fields.items() if text})


def _misc(key: str, fields: Mapping[str, str]) -> str:
    """Return an entry of BibTeX."""
    return f"@misc{{{key},\n" + "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items()) + "}\n"


def attach_metadata(
    name: str,
) -> Callable[[Callable[Arguments, Returned]], Callable[Arguments, Returned]]:
    """Make a public function say, in the `attrs` of its frame, what the frame is and of which data.

    `frame` is its name in the codebook, `data_version` that of the data; `sources` has the keys of
    the sources of a result. A merge or a file format may lose them. An extra that the function
    needs and that is not installed is an error of one line.
    """

    def decorate(function: Callable[Arguments, Returned]) -> Callable[Arguments, Returned]:
        @wraps(function)
        def called(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Returned:
            returned = names_extra(function)(*args, **kwargs)
            frame: Any = returned.frame if isinstance(returned, Result) else returned
            with unrecorded():  # a page that shows no version does not depend on it
                frame.attrs |= {"frame": name, "data_version": tables.data_version()}
            if isinstance(returned, Result):
                frame.attrs["sources"] = ";".join(returned.sources.frame["source"])
            return returned

        return called

    return decorate


Analysis = TypeVar("Analysis", covariant=True)
Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")


@dataclass(frozen=True, repr=False)
class Result(Generic[Analysis]):
    """An analysis with what a person reads of it.

    Every attribute of the analysis is one of the result, with its type: `status.signatories`,
    `forecast.cdf`. The frame is at hand as `result["column"]`, `len(result)` and `to_frame()`.

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
        left out when it is pickled; a copy has them.
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
            raise AttributeError("this result has no chart: use its frame")
        return self.charts[check_choice("chart", name or next(iter(self.charts)), self.charts)]()

    def table(self, name: str | None = None) -> Any:
        """Return a table for a page: the one of a name of `tables`, or else the frame."""
        if name is None:
            return next(iter(self.tables.values()))() if self.tables else Table(self.frame, "")
        return self.tables[check_choice("table", name, self.tables)]()

    def note(self, name: str) -> Any:
        """Return what is said of the numbers of a section: the one of a name of `notes`."""
        return Markdown(self.notes[check_choice("note", name, self.notes)]())

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain values for JSON: days as text, what is missing as None."""
        rows = json.loads(self.frame.to_json(orient="records", date_format="iso"))
        keys = self.sources.frame["source"].tolist()
        return {"sentence": self.sentence, "rows": rows, "sources": keys}

    if not TYPE_CHECKING:  # to mypy each attribute is that of the classes below

        def __getattr__(self, name: str) -> Any:
            analysis = self.__dict__.get("analysis")
            if name.startswith("__") or isinstance(analysis, NoneType | pd.DataFrame):
                raise AttributeError(f"this result has no {name!r}; its rows are in .frame")
            try:
                return getattr(analysis, name)
            except AttributeError as error:
                if error.name != name or error.obj is not analysis:
                    raise
                near = did_you_mean(name, dir(self), 1)
                raise AttributeError(f"this result has no {name!r}; {near}") from None

    def cite(self) -> str:
        """Return BibTeX for the data and for the sources of this result."""
        return f"{cite()}\n{self.sources.to_bibtex()}"

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the frame."""
        return self.frame.copy()

    def __getitem__(self, column: Any) -> Any:
        """Return a column of the frame, or several."""
        return self.frame[column]

    def __len__(self) -> int:
        """Return how many rows the frame has."""
        return len(self.frame)

    def __copy__(self) -> Self:
        """Return the same with its charts, tables and notes."""
        return replace(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return the same of copied frames; its charts, tables and notes are functions."""
        parts = {name: deepcopy(getattr(self, name), memo) for name in ("analysis", "frame")}
        return replace(self, **parts)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: all but what draws and words it, which are functions."""
        drawn = ("charts", "tables", "notes")
        return self.__dict__ | {
            kind: dict.fromkeys(getattr(self, kind), _left_out) for kind in drawn
        }

    def __dir__(self) -> list[str]:
        is_plain = isinstance(self.analysis, NoneType | pd.DataFrame)  # its rows are in `frame`
        names = () if is_plain else (name for name in dir(self.analysis) if name[0] != "_")
        return sorted({*super().__dir__(), *names})

    def __repr__(self) -> str:
        columns = ", ".join(map(str, self.frame.columns))
        shape = f"{len(self.frame)} rows: {columns}"
        kind = type(self if isinstance(self.analysis, pd.DataFrame) else self.analysis).__name__
        return f"{kind}\n{self.sentence}\n{shape if len(shape) < 100 else f'{shape[:97]}...'}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence)}</p>\n{self.frame.head().to_html(index=False)}"


def _left_out() -> Any:
    raise AttributeError("a pickled result has no charts, tables and notes: use its frame")


FrameResult = Result[pd.DataFrame]
if TYPE_CHECKING:  # a result of each analysis has its attributes; a misspelt one is an error

    class StatusResult(Result[Status], Status): ...

    class ProfileResult(Result[Profile | GroupProfile], Profile, GroupProfile): ...

    class AssociationResult(Result[Adopters], Adopters): ...

    class NetworkResult(Result[Network], Network): ...

    class SurvivalResult(Result[Waiting], Waiting): ...

    class ForecastResult(Result[ConventionForecast], ConventionForecast): ...

    class NextStatesResult(Result[NextStates], NextStates): ...
else:
    StatusResult = ProfileResult = AssociationResult = Result
    NetworkResult = SurvivalResult = ForecastResult = NextStatesResult = Result
