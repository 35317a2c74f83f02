"""Tables for people: a caption, real heads, aligned numbers, the same marks as the figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from adoption import tables
from adoption.core.acts import OTHER_ACTS
from adoption.core.paths import processed_folder
from adoption.core.reading import record_read, remembered, unrecorded
from adoption.core.text import NOT_KNOWN, as_shown, short_day, slug, when_short
from adoption.countries.groups import load_groups
from adoption.figures.theme import STRIPES
from adoption.law.conventions import load_conventions, pages_of_lists
from adoption.press import document
from adoption.press.document import Part, is_page, with_block
from adoption.show.answers import rows_link
from adoption.show.classes import STATUS_COLOURS, STRIPED, status_class, status_classes
from adoption.tables.rows import records

if TYPE_CHECKING:
    from adoption.law.status import Row

Columns = Mapping[str, str | Callable[[pd.DataFrame], Iterable[Any]]]  # by head, see `Table.of`
CLASS_NAME = re.compile(r"[\w-]+")
LONG = 60  # letters: a table with such a cell is stacked on a small screen
# JupyterLab sets every cell to the right, and takes out a style sheet that it does not trust.
LEFT = ' style="text-align:left"'
NUMBER_CELL = ' class="number" style="text-align:right"'
ROWS_IN_TEXT = 20  # of the plain text, which stands in a notebook beside the whole table
FEW_ROWS, MANY_COLUMNS = 12, 4  # such a table is stacked as well: no column is out of sight
CROWDED = 42  # letters of the longest words together: such columns do not fit on a small screen
SLIM = 80  # letters of the longest cells together: two such tables stand side by side in print
MANY_ROWS = 150  # cells are then aligned and named by a rule a column: a notebook holds it


@dataclass(frozen=True)
class TableLink:
    """A cell with an address behind it."""

    text: str
    href: str

    def __str__(self) -> str:
        return self.text

    def html(self) -> str:
        """Return the link."""
        return f'<a href="{escape(self.href)}">{escape(self.text)}</a>'

    def parts(self) -> list[Part]:
        """Return it as a part of a cell."""
        return [{"text": self.text, "to": self.href}]


@dataclass(frozen=True)
class SourceKey:
    """A cell, or a part of one, that names a source; a page has its publisher in place of a key."""

    key: str
    is_linked: bool = True

    def __str__(self) -> str:
        return self.key

    def html(self) -> str:
        """Return the key, with the address of the source if there is one."""
        address = _source(self.key)[0] if self.is_linked else ""
        return TableLink(self.key, address).html() if address else escape(self.key)

    def parts(self) -> list[Part]:
        """Return the publisher with the address, beside it the key and the title."""
        address, publisher, title = _source(self.key)
        address = address if self.is_linked else ""
        hover = {"title": f"{self.key}: {title}"} | ({"to": address} if address else {})
        return [{"text": publisher, **hover}]


@dataclass(frozen=True)
class Badge:
    """A cell that shows a status class: its mark and its name, a key of `STATUS_COLOURS`."""

    name: str

    def __str__(self) -> str:
        return self.name

    def html(self) -> str:
        """Return the mark, a square which for a reported act is striped, and the name."""
        colour = STATUS_COLOURS[self.name]
        look = STRIPES.format(colour=colour) if self.name in STRIPED else f"background:{colour}"
        return self._marked(
            f'<span class="badge {slug(self.name)}" style="display:inline-block;'
            "width:.7em;height:.7em;margin-right:.45em;"
            f'{look};border-radius:2px" aria-hidden="true"></span>'
        )

    def parts(self) -> list[Part]:
        """Return it as a part of a cell."""
        return [{"text": self.name, "mark": self.name}]

    def _marked(self, mark: str) -> str:
        """Return a mark and the name, whose first word never stands on another line."""
        first, space, remaining = escape(self.name).partition(" ")
        return f'<span style="white-space:nowrap">{mark}{first}</span>{space}{remaining}'


@dataclass(frozen=True)
class Cells:
    """Several links or words in one cell."""

    items: tuple[TableLink | SourceKey | Badge | str, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.items))

    def html(self) -> str:
        """Return the parts with commas between them."""
        return ", ".join(i.html() if hasattr(i, "html") else escape(i) for i in self.items)

    def parts(self) -> list[Part]:
        """Return the parts with commas between them."""
        parts: list[Part] = []
        for item in self.items:
            parts += [{"text": ", "}] if parts else []
            parts += [{"text": item}] if isinstance(item, str) else item.parts()
        return parts


@dataclass(frozen=True)
class Table:
    """A table as notebooks and pages show it.

    Attributes
    ----------
    frame : DataFrame
        One row a line; its column names are the heads. The first column heads the row.
    caption : str
        What the table shows.
    decimals : int
        Of numbers with a fraction.
    counts : mapping of str to sequence of str, optional
        By column: the address of the rows that each number counts (`show.answers.rows_of`).
    marks : sequence of mapping, optional
        By line: what such an address can ask of it beside its cells, by name.
    subjects : sequence of str, optional
        By line: what it is about, as a link names it: `state:QAT`, `treaty:hanoi`, `group:gcc`, or
        no text. Where none are given, those whose official name the first column has.
    notes : sequence of str, optional
        The columns with notes of the data, which name sources by their keys.
    """

    frame: pd.DataFrame
    caption: str
    decimals: int = 2
    counts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    marks: Sequence[Mapping[str, str]] = ()
    subjects: Sequence[str] = ()
    notes: Sequence[str] = ()

    @classmethod
    def of(cls, rows: pd.DataFrame, columns: Columns, caption: str, **more: Any) -> Table | None:
        """Return a table of rows; None where there are none.

        Parameters
        ----------
        rows : DataFrame
            What the table shows.
        columns : mapping
            By head, in their order: the name of a column, or what makes its cells of all rows.
        caption : str
            What the table shows.
        **more
            `decimals`, `counts`, `marks` and `subjects`.

        Examples
        --------
        >>> states = pd.DataFrame({"name": ["Qatar", "Oman"], "value": [100.0, None]})
        >>> Table.of(states, {"State": "name", "Value": "value"}, "Values").frame["State"].tolist()
        ['Qatar', 'Oman']
        >>> Table.of(states.head(0), {"State": "name"}, "Values") is None
        True
        """
        cells = {
            head: rows[how].array if isinstance(how, str) else [*how(rows)]
            for head, how in columns.items()
        }
        if not len(rows):
            return None
        notes = [head for head, how in columns.items() if how == "note"]
        return cls(pd.DataFrame(cells), caption, notes=notes, **more)

    def block(self) -> document.TableBlock:
        """Return it as a block of a page."""
        columns = [str(column) for column in self.frame.columns]
        lines = _lines(self.frame)
        kinds = [
            "note" if name in self.notes else "number" if is_numeric_dtype(dtype) else "text"
            for name, dtype in zip(columns, self.frame.dtypes, strict=True)
        ]
        heads = [
            document.Column(name, kind, self.decimals)
            for name, kind in zip(columns, kinds, strict=True)
        ]
        rows = [
            [_cell_data(value, kind) for value, kind in zip(line, kinds, strict=True)]
            for line in lines
        ]
        places = {name: columns.index(name) for name in self.counts if name in columns}
        counts = {str(number): self._counts_of(name) for name, number in places.items()}
        subjects = [*self.subjects] or subjects_named(line[0] for line in lines)
        marks = [dict(marks_of_row) for marks_of_row in self.marks]
        look = self._css_classes(columns, lines)
        return document.TableBlock(self.caption, heads, rows, subjects, counts, marks, look)

    def _counts_of(self, name: str) -> list[str]:
        """Return which rows each number of a column counts; nothing for none and not known."""
        numbers = map(self._plain, self.frame[name])
        return [
            f"rows:{address}" if address and number not in ("0", NOT_KNOWN) else ""
            for number, address in zip(numbers, self.counts[name], strict=True)
        ]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return with_block({}, self.block()) if is_page() else {}

    def _repr_html_(self) -> str:
        columns = [str(column) for column in self.frame.columns]
        numeric = [is_numeric_dtype(dtype) for dtype in self.frame.dtypes]
        lines = _lines(self.frame)
        long = len(lines) > MANY_ROWS
        kind = self._css_classes(columns, lines)
        stacked = "wordy" in kind and not long
        number = [("" if long else NUMBER_CELL) if is_number else LEFT for is_number in numeric]
        label = [f' data-label="{escape(column)}"' if stacked else "" for column in columns]
        titles = zip(columns, number, strict=True)
        heads = "".join(f'<th scope="col"{end}>{escape(column)}</th>' for column, end in titles)
        starts = [f"<td{end}{name}>" for end, name in zip(number, label, strict=True)]
        rows = []
        for row_number, (first, *other_cells) in enumerate(lines):
            address = [
                self.counts[name][row_number] if name in self.counts else "" for name in columns
            ]
            row = zip(starts[1:], other_cells, address[1:], strict=True)
            cells = [f"{s}{self._cell(value, rows_at)}</td>" for s, value, rows_at in row]
            pairs = self.marks[row_number].items() if self.marks else ()
            marks = "".join(f' data-{name}="{escape(mark)}"' for name, mark in pairs)
            head = f'<th scope="row"{LEFT}>{self._cell(first)}</th>'
            rows.append(f"<tr{marks}>{head}{''.join(cells)}</tr>")
        body = "\n".join(rows) or f'<tr><td colspan="{len(columns)}">none</td></tr>'
        return (
            f'{_rules(columns, numeric) if long else ""}<table class="{kind}">'
            f"<caption{LEFT}>{escape(self.caption)}</caption>\n"
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
        )

    def to_csv(self) -> str:
        """Return the cells as they are shown, as CSV that spreadsheets read as UTF-8."""
        return "\ufeff" + self.frame.map(self._plain).to_csv(index=False, lineterminator="\r\n")

    def _css_classes(self, columns: list[str], lines: list[list[Any]]) -> str:
        """Return the classes of the table: how it is set on a small screen, and in print."""
        if len(lines) > MANY_ROWS:
            return " ".join(["adoption-table long wordy", f"columns-{_key(columns)}"])
        plain = [[self._plain(value) for value in line] for line in lines]
        words = [
            [max(map(len, text.split()), default=0) for text in line] for line in (columns, *plain)
        ]
        widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
        crowded = sum(map(max, zip(*words, strict=True))) > CROWDED
        small = len(lines) <= FEW_ROWS and len(columns) >= MANY_COLUMNS
        wordy = small or crowded or max(widths, default=0) > LONG
        slim = bool(lines) and sum(widths) <= SLIM
        names = {"adoption-table": True, "wordy": wordy, "slim": slim}
        return " ".join(name for name, applies in names.items() if applies)

    def __repr__(self) -> str:
        lines = _lines(self.frame.head(ROWS_IN_TEXT))
        texts = [[*map(str, self.frame)], *([*map(self._short, line)] for line in lines)]
        widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
        rows = "\n".join(" ".join(map(str.rjust, line, widths)) for line in texts)
        left = len(self.frame) - ROWS_IN_TEXT
        more = f"\n... and {left} more rows" if left > 0 else ""
        return f"{self.caption}\n{rows}{more}"

    def _short(self, value: object) -> str:
        plain = self._plain(value)
        return plain if len(plain) <= LONG else f"{plain[: LONG - 3]}..."

    def _cell(self, value: Any, address: str = "") -> str:
        html = value.html() if hasattr(value, "html") else escape(self._plain(value))
        return rows_link(html, address) if address and html not in ("0", NOT_KNOWN) else html

    def _plain(self, value: Any) -> str:
        if hasattr(value, "html"):
            return str(value)
        return as_shown(value, self.decimals)


def _cell_data(value: Any, kind: str) -> document.Cell:
    """Return a cell as plain data: a day as it is shown, what is not known as None."""
    if hasattr(value, "parts"):
        return list(value.parts())
    if as_shown(value) == NOT_KNOWN:
        return None
    if kind == "note":
        return with_publishers(str(value))
    if isinstance(value, date):
        return short_day(value)
    return value if isinstance(value, int | float | str) else str(value)


def publisher_alone(publisher: str) -> str:
    """Return who published a source, without who keeps its text.

    Examples
    --------
    >>> publisher_alone("Wikipedia; text kept in the public repository of Atlantis")
    'Wikipedia'
    """
    return publisher.partition("; text kept")[0]


def with_publishers(note: str) -> str:
    """Return a note of the data with publishers in place of the keys of sources."""
    with unrecorded():
        sources = _sources()
    return CLASS_NAME.sub(lambda key: _source(key[0])[1] if key[0] in sources else key[0], note)


def subjects_named(heads: Iterable[object]) -> list[str]:
    """Return what the rows of a frame are about whose first column has official names.

    A frame that a notebook has merged holds names and no ids. No text where it is no such name.

    Examples
    --------
    >>> subjects_named(["Qatar", "League of Arab States", "Others"])
    ['state:QAT', 'group:league-of-arab-states', '']
    """
    named = _subjects_by_name()
    return [named.get(head, "") if isinstance(head, str) else "" for head in heads]


@remembered
def _subjects_by_name() -> dict[str, str]:
    """Return each state, treaty and group by its names; a state before a group of its name."""
    groups = {group.name: f"group:{group.group}" for group in load_groups().values()}
    treaties = {
        name: f"treaty:{convention.convention}"
        for convention in load_conventions().values()
        for name in (convention.label, convention.short_title)
    }
    states = tables.read("states")
    codes = zip(states["name"], states["iso3"], strict=True)
    return groups | treaties | {name: f"state:{iso3}" for name, iso3 in codes}


def _lines(frame: pd.DataFrame) -> list[list[Any]]:
    """Return the cells of each row; by all columns at once it takes a tenth of the time."""
    return list(frame.to_numpy(dtype=object).tolist())


def _key(columns: Iterable[str]) -> str:
    return "-".join("".join(filter(str.isalnum, column)) for column in columns)


def _rules(columns: list[str], numeric: list[bool]) -> str:
    """Return what aligns the columns of a long table, and names them on a small screen."""
    rules = ""
    for number, (column, is_number) in enumerate(zip(columns, numeric, strict=True), start=1):
        label = json.dumps(f"{column}: ", ensure_ascii=False).replace("<", r"\3c ")
        right = "text-align:right;white-space:nowrap;" if is_number else ""
        rules += f"table.columns-{_key(columns)} tr>:nth-child({number}){{{right}--label:{label}}}"
    return f"<style>{rules}</style>"


def table_of_rows(
    rows: pd.DataFrame, columns: Mapping[str, Any], caption: str, decimals: int = 2
) -> Table:
    """Return a table of rows: each column a name of theirs, or what makes a cell of a row."""
    cells = [
        {head: row[how] if isinstance(how, str) else how(row) for head, how in columns.items()}
        for row in records(rows)
    ]
    notes = [head for head, how in columns.items() if how == "note"]
    frame = pd.DataFrame(cells, columns=[*columns])
    return Table(frame, caption, decimals, notes=notes)


def when(row: Row) -> str:
    """Return the day of an act, its window, or `not known`."""
    earliest, latest = row["earliest"], row["latest"]
    if not isinstance(earliest, pd.Timestamp) or not isinstance(latest, pd.Timestamp):
        return NOT_KNOWN
    return when_short(earliest, latest, row["open_ended"])


def other_acts(row: Row) -> list[str]:
    """Return the acts of a participant that have no effect on its status, in words."""
    days = {kind.noun: row[f"{kind.column}_on"] for kind in OTHER_ACTS}
    return [act for act, day in days.items() if isinstance(day, pd.Timestamp)]


def besides(row: Row) -> list[str]:
    """Return the other acts of a participant, and the status that it may have instead."""
    possible = [f"possibly {row['possible']} by then"] if isinstance(row["possible"], str) else []
    return other_acts(row) + possible


def participant_lines(row: Row) -> list[str]:
    """Return what is known of a participant on a map: its act with day and grade, or its class."""
    if not isinstance(row["act"], str):
        return [str(row["class"]), *besides(row)]
    return [f"{row['act']} {when(row)}, {row['grade']}", *besides(row)]


def badge(row: Row) -> Badge:
    """Return the mark of a row's status and grade."""
    return Badge(status_class(row["status"], row["grade"]))


def badges(frame: pd.DataFrame) -> list[Badge]:
    """Return the mark of each row's status and grade."""
    return [Badge(name) for name in status_classes(frame)]


def days(frame: pd.DataFrame) -> list[str]:
    """Return the day or window of each row's act; no text where none is known."""
    rows = records(frame[["act", "earliest", "latest", "open_ended"]])
    return [when(row) if isinstance(row["act"], str) else "" for row in rows]


def links(frame: pd.DataFrame, column: str = "source") -> list[Cells]:
    """Return the sources of each row, with the addresses that are known."""
    return [*map(source_links, frame[column])]


def source_links(keys: object, *, is_linked: bool = True) -> Cells:
    """Return the sources of a cell by their keys, as links where their addresses are known."""
    named = keys.split(";") if isinstance(keys, str) else []
    return Cells(tuple(SourceKey(key, is_linked) for key in named))


def _source(key: str) -> tuple[str, str, str]:
    """Return the address, or no text, the publisher and the title of a source.

    A page depends on it, and on no other.
    """
    record_read(processed_folder() / "sources.parquet", key)
    with unrecorded():
        return _sources()[key]


@remembered
def _sources() -> dict[str, tuple[str, str, str]]:
    """Return the address, or no text, the publisher and the title of each source by its key."""
    rows = tables.read("sources")[["source", "url", "publisher", "title"]]
    addresses, sources = _addresses(), {}
    for key, url, publisher, title in rows.to_numpy().tolist():
        page = _page_for_people(url)
        address = addresses[page] if page else url
        sources[key] = (str(address) if _is_address(address) else "", publisher, title)
    return sources


@remembered
def _addresses() -> dict[str, object]:
    """Return the address of each source by its key, missing where it has none."""
    rows = tables.read("sources")
    return dict(zip(rows["source"], rows["url"], strict=True))


def _page_for_people(address: object) -> str:
    """Return the source that is a treaty's page, of the address of a depositary's file of it."""
    return pages_of_lists().get(str(address).rpartition("/")[2], "")


def for_reading(address: object) -> object:
    """Return an address for people: in place of a depositary's file the treaty's page, if known.

    A page depends on the source that is the treaty's page, and on no other.
    """
    page = _page_for_people(address)
    if not page:
        return address
    record_read(processed_folder() / "sources.parquet", page)
    with unrecorded():
        return _addresses()[page]


def _is_address(url: object) -> bool:
    return isinstance(url, str) and url.startswith("https://") and " " not in url


def linked_text(text: str, url: object) -> TableLink | str:
    return TableLink(text, str(url)) if _is_address(url) else text


def source_and_file(title: str, url: object) -> TableLink | Cells | str:
    """Return a source as a link for people; a depositary's file second, where its page is known."""
    address = for_reading(url)
    if address is url:
        return linked_text(title, url)
    return Cells((TableLink(title, str(address)), TableLink("its list as a file", str(url))))
