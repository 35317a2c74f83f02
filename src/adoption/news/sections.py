"""The differences as sections of lines, from which text and Markdown are laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from adoption.news.act_phrases import act_line
from adoption.news.figure_phrases import consequence_line, group_of, total_line, values_line
from adoption.news.kinds import (
    ADDED,
    CHANGED,
    REMOVED,
    ActChange,
    Differences,
    RowChange,
    TableChange,
)
from adoption.news.others import table_change
from adoption.news.reach import SNAPSHOTS, is_of_list, list_lines, listed_conventions
from adoption.news.replaced import replaced_in_words, without_replaced
from adoption.words import counted

CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
MOST_ROWS = 5  # of one of the other tables; of more only how many
NOTHING = "nothing has changed"
ORDER = (ADDED, CHANGED, REMOVED)
COUNTED_ONLY = ("base_acts", "base_treaties", "backtest", "sources", "snapshots")


@dataclass(frozen=True)
class Line:
    """One change in words, and whether something is `new`, `changed` or `removed`."""

    sign: str
    words: str


@dataclass(frozen=True)
class Section:
    """The changes of one convention, of the values or of the other tables."""

    title: str
    lines: tuple[Line, ...]


def sections(differences: Differences) -> tuple[Section, ...]:
    """Return the differences as lines under titles; empty where nothing differs.

    First one section a convention by its title: acts added, changed and removed, each by
    state, what follows for its status, published totals, and what its list says. Then values,
    and other tables.
    """
    by_title = sorted(
        {
            *(change.act.convention for change in differences.acts),
            *(found.convention for found in differences.consequences),
            *(total.convention for total in differences.totals),
            *listed_conventions(differences),
        },
        key=lambda name: (differences.named(name).short_title, name),
    )
    found = [
        Section(differences.named(name).short_title, tuple(_of_convention(name, differences)))
        for name in by_title
    ]
    found.append(Section("Values of states", tuple(_of_values(differences))))
    found.append(Section("Other tables", tuple(_of_tables(differences))))
    return tuple(
        Section(
            one_line(section.title),
            tuple(Line(line.sign, one_line(line.words)) for line in section.lines),
        )
        for section in found
        if section.lines
    )


def one_line(text: str) -> str:
    r"""Return text on one line without control characters: a terminal would obey some.

    Examples
    --------
    >>> one_line("a\x1b[31m \n b")
    'a[31m b'
    """
    return " ".join(CONTROLS.sub("", text).split())


def _of_convention(name: str, differences: Differences) -> Iterator[Line]:
    own = [change for change in differences.acts if change.act.convention == name]
    news = [change for change in own if change.is_news]
    for change in sorted(news, key=lambda c: _by_state(c, differences)):
        yield Line(change.change, act_line(change, differences))
    if len(own) > len(news):
        acts = counted(len(own) - len(news), "act")
        yield Line(CHANGED, f"{acts}: only source, note or printed name changed")
    for found in differences.consequences:
        if found.convention == name:
            yield Line(CHANGED, consequence_line(found, differences))
    for total in differences.totals:
        if total.convention == name:
            yield Line(total.change, total_line(total))
    yield from (Line(*told) for told in list_lines(name, differences))


def _by_state(change: ActChange, differences: Differences) -> tuple[object, ...]:
    act = change.act
    return ORDER.index(change.change), differences.state(act), act.key


def _of_values(differences: Differences) -> Iterator[Line]:
    told = {(v.iso3, v.index) for v in differences.indicators if v.column == "value"}
    shown = [
        v for v in differences.indicators if v.column != "year" or (v.iso3, v.index) not in told
    ]
    for _, group in groupby(shown, group_of):
        values = list(group)
        if all(value.old is None for value in values):
            change = ADDED
        else:
            change = REMOVED if all(value.new is None for value in values) else CHANGED
        yield Line(change, values_line(values, differences))


def others(differences: Differences) -> list[TableChange]:
    """Return the changes of other tables without what is told with the conventions."""
    found = []
    for table in differences.tables:
        rows = [row for row in table.rows if not is_of_list(table.table, row)]
        if len(rows) == len(table.rows):
            found.append(table)
        elif rows:
            found.append(table_change(table.table, rows))
    return found


def _of_tables(differences: Differences) -> Iterator[Line]:
    for table in others(differences):
        if len(table.rows) > MOST_ROWS or table.table in COUNTED_ONLY:
            yield Line(CHANGED, f"{table.table}: {_counts(table)}")
        else:
            yield from (Line(row.change, _row(table.table, row)) for row in table.rows)
    for found in differences.schema:
        what = f"column {found.column} of {found.table}" if found.column else found.table
        change = ADDED if found.only_in == "new" else REMOVED
        yield Line(change, f"{what}: only in the {found.only_in} tables")


def _counts(table: TableChange) -> str:
    replaced = replaced_in_words(table) if table.table == SNAPSHOTS else ""
    rest = without_replaced(table) if replaced else table
    counts = ((ADDED, rest.added), (CHANGED, rest.changed), (REMOVED, rest.removed))
    told = [f"{number:,} {word}" for word, number in counts if number]
    if told:
        word, number = next((word, number) for word, number in counts if number)
        told[0] = f"{counted(number, 'row')} {word}"
    return ", ".join(filter(None, [replaced, *told]))


def _row(table: str, row: RowChange) -> str:
    key = " ".join(value or "not known" for value in row.key)
    if row.change != CHANGED:
        return f"{table}: {key} {row.change}"
    return f"{table}: {key}: {row.column} {row.new or 'empty'} (was {row.old or 'empty'})"
