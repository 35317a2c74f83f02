"""The list of one treaty in the UN Treaty Collection: the XML of "Multilateral Treaties".

Documented by public readers of the files of sibling treaties, not by the depositary; the file
of the convention itself was not seen. Elements are found by descent, because their place in
the header differs between the readers:

- `ExternalData` holds `Titlesect` (of a protocol or an amendment `Subtitlesect` in its place),
  `EIF` and `Status` with `Signatories` and `Parties`: the first whole number in each of these
  is the total, an absent or empty one is none. The first day in `EIF` is that of the entry into
  force, before which it says `not yet in force`;
- `Participants` holds `Table/TGroup`, one or several, each with its headings in
  `Thead/Row/Entry` and its rows in `Tbody/Rows/Row/Entry`. Columns may stand in any order; the
  headings say what they hold (module `headings`). A table inside the texts that follow is not
  one of participants;
- a cell holds a day such as `2 Jan 2030`, with tabs, doubled and no-break blanks, then the
  mark of the act. A day in square brackets, mark included, is superseded: seen where a state
  withdrew (`[11 Jul 2001 A]`). More than one day in a cell was not seen, but is read;
- footnote marks are escaped tags inside the text; in the first column, digits at the end;
- declarations and other texts follow the table (module `statements`).

Some old treaties have `SpecialTables` in place of `Participants`; these are refused. While the
depositary's site is down it answers with a page that says "urgent maintenance".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from adoption.data.readers.cells import LONGEST, named_day, participant, plain
from adoption.data.readers.decoding import CONTROLS, UnreadableError, shown
from adoption.data.readers.headings import Heading, read_heading
from adoption.data.readers.listed import ListedAct, ListedTreaty
from adoption.data.readers.markup import children, descendants, local, read_xml, words
from adoption.data.readers.statements import KINDS, read_statements

DAY = re.compile(
    r"(?P<open>\[)? ?(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3,9}) (?P<year>[0-9]{4})"
    r"(?: ?(?P<mark>[A-Za-z]{1,2}))? ?(?P<close>\])? ?"
)
IN_FORCE = re.compile(r"\b([0-9]{1,2}) ([A-Za-z]{3,9}) ([0-9]{4})\b")
NOT_IN_FORCE = "not yet in force"


def read_untc(content: bytes, name: str) -> ListedTreaty:
    """Read the XML of one treaty."""
    root = read_xml(content, name)
    tables = [
        table
        for table in descendants(root, "participants")
        if not any(local(above) in KINDS for above in table.iterancestors())
    ]
    if not tables:
        special = next(descendants(root, "specialtables"), None) is not None
        raise UnreadableError(
            f"{name}: no element Participants{', but SpecialTables' if special else ''}: not the "
            "list of a treaty with a table of participants"
        )
    acts = tuple(act for table in tables for act in _acts(table, name))
    if not acts:
        raise UnreadableError(f"{name}: the table of participants has no rows")
    _refuse_twice(acts, name)
    title = plain(_first(root, "titlesect")) or plain(_first(root, "subtitlesect"))
    if not title:
        raise UnreadableError(f"{name}: no title (ExternalData/Titlesect or Subtitlesect)")
    entry_into_force = plain(_first(root, "eif"))
    return ListedTreaty(
        title=title,
        acts=acts,
        signatories=_total(root, "Signatories", name),
        parties=_total(root, "Parties", name),
        entry_into_force={},
        statements=read_statements(root),
        in_force_on=_in_force_on(entry_into_force, name),
        not_in_force=NOT_IN_FORCE in entry_into_force.casefold(),
    )


def _first(root: Any, element: str) -> str:
    found = next(descendants(root, element), None)
    return "" if found is None else words(found)


def _total(root: Any, element: str, name: str) -> int | None:
    status = next(descendants(root, "status"), None)
    text = "" if status is None else plain(_first(status, element.casefold()))
    number = re.search(r"[0-9]{1,6}", text)
    if text and not number:
        raise UnreadableError(f"{name}: Status/{element}: no number in {shown(text)}")
    return int(number[0]) if number else None


def _in_force_on(text: str, name: str) -> date | None:
    """Return the day of entry into force that the header prints."""
    found = IN_FORCE.search(text)
    if not found:
        return None
    day = named_day(*found.groups())
    if day is None:
        raise UnreadableError(f"{name}: EIF: {shown(text)} is not a day of the calendar")
    return day


def _acts(table: Any, name: str) -> Iterator[ListedAct]:
    """Give the acts of every group of rows."""
    done = 0
    for number, group in enumerate(descendants(table, "tgroup"), 1):
        place = f"{name}: table {number}"
        heads = [row for head in children(group, "thead") for row in descendants(head, "row")]
        if len(heads) != 1:
            raise UnreadableError(f"{place}: {len(heads)} rows of headings where one is expected")
        headings = [read_heading(words(entry), place) for entry in children(heads[0], "entry")]
        _check_headings(headings, place)
        rows = [row for body in children(group, "tbody") for row in descendants(body, "row")]
        for line, row in enumerate(rows, 1):
            yield from _row(row, headings, f"{place}, row {line}")
        done += 1 + len(rows)
    rows_in_all = sum(1 for _ in descendants(table, "row"))
    if rows_in_all != done:
        raise UnreadableError(
            f"{name}: {rows_in_all} rows, but {done} in TGroup/Thead and TGroup/Tbody: another form"
        )


def _check_headings(headings: list[Heading], place: str) -> None:
    kinds = [heading.kind for heading in headings]
    if kinds.count("participant") != 1 or "acts" not in kinds:
        listed = ", ".join(shown(heading.text) for heading in headings[:6])
        raise UnreadableError(
            f"{place}: the headings are {listed or 'none'}; one Participant and a column of acts "
            "are expected"
        )


def _row(row: Any, headings: list[Heading], place: str) -> Iterator[ListedAct]:
    """Give the acts of a row."""
    cells = [words(entry) for entry in row if local(entry) == "entry"]
    if len(cells) != len(headings):
        raise UnreadableError(f"{place}: {len(cells)} cells where the headings are {len(headings)}")
    for cell in cells:
        if len(cell) > LONGEST:
            raise UnreadableError(f"{place}: a cell of {len(cell):,} letters: {shown(cell)}")
        if CONTROLS.search(cell):
            raise UnreadableError(f"{place}: {shown(cell)} has a character that no text has")
    named = dict(zip([heading.kind for heading in headings], cells, strict=True))
    name = participant(named["participant"])
    if not name:
        raise UnreadableError(f"{place}: no participant")
    place = f"{place} ({name})"
    found = False
    for heading, cell in zip(headings, cells, strict=True):
        if heading.kind == "participant":
            continue
        text = plain(cell)
        found = found or bool(text)
        if heading.kind == "acts":
            yield from _cell(text, heading, name, place)
    if not found:
        raise UnreadableError(f"{place}: no day in the row")


def _cell(text: str, heading: Heading, name: str, place: str) -> Iterator[ListedAct]:
    """Give the acts of a cell; its text must be days and nothing else."""
    place = f"{place}, column {heading.text}"
    start = 0
    while start < len(text):
        found = DAY.match(text, start)
        if not found or (found["open"] is None) != (found["close"] is None):
            raise UnreadableError(
                f"{place}: {shown(text)} is not a day with its mark, as '2 Jan 2030 a' or in "
                "square brackets"
            )
        day = named_day(found["day"], found["month"], found["year"])
        if day is None:
            raise UnreadableError(f"{place}: {shown(text)} is not a day of the calendar")
        mark = found["mark"] or ""
        if mark not in heading.marks:
            allowed = ", ".join(known or "none" for known in heading.marks)
            raise UnreadableError(
                f"{place}: {f'unknown mark {mark!r}' if mark else 'no mark'} in {shown(text)}; "
                f"marks are {allowed}"
            )
        yield ListedAct(name, heading.marks[mark], day, superseded=bool(found["open"]))
        start = found.end()


def _refuse_twice(acts: tuple[ListedAct, ...], name: str) -> None:
    """Refuse an act that stands twice; superseded ones may differ in their day."""
    seen = set()
    for act in acts:
        key = (act.participant, act.act, act.superseded, act.day if act.superseded else None)
        if key in seen:
            raise UnreadableError(f"{name}: {act.act} of {act.participant} stands twice")
        seen.add(key)
