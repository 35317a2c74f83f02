"""The chart of signatures and ratifications of the Council of Europe's Treaty Office.

The page is `https://www.coe.int/en/web/conventions/full-list` with
`?module=signatures-by-treaty&treatynum=185`. What is documented, and how well:

- Seen in a stored copy of the page of treaty 185 (state of 3 December 2015, as a table in
  text): the line "Chart of signatures and ratifications of Treaty 185 / Convention on
  Cybercrime / Status as of 03/12/2015"; the heading "Members of Council of Europe"; the
  columns Signature, Ratification, Entry into Force, Notes, R., D., A., T., C., O. after one
  without a heading that holds the state; days as dd/mm/yyyy; a row without days for a state
  that did nothing. An older page (2004) writes days without zeros. So which blank columns
  stand between the others is not known; they are passed over.
- Seen in documents of the Council of Europe that repeat a chart (2018, 2026): "Total number of
  signatures not followed by ratifications" and "Total number of ratifications/accessions".
- Taken from the brief of this project, not seen: the mark `a` after a day for accession and
  `s` for a signature without reservation as to ratification. In which column `s` stands is
  not known; it is read in both.
- Not known and not read: marks for succession and for a signature ad referendum, how a
  denunciation and a suspension are shown, the names of the other groups of states. Any other
  mark, heading or form is refused.

The chart does not tell acceptance and approval from ratification. Since about 2022 the page
holds no table when it is fetched: a script in it asks a service for the data (module
`coe_service`) and makes the table. This reader is for the page that a person saves from a
browser, and for older copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from adoption.data.readers.cells import LONGEST, calendar_day, participant, plain
from adoption.data.readers.decoding import CONTROLS, UnreadableError, nearest_to, shown
from adoption.data.readers.listed import ListedAct, ListedTreaty
from adoption.data.readers.markup import descendants, local, read_html

CHART = "Chart of signatures and ratifications of Treaty"
DASHES = "[ \N{EM DASH}\N{EN DASH}-]{0,3}"
TITLE = re.compile(
    rf"{CHART} (?P<number>[0-9]{{1,3}})\b{DASHES}(?P<title>.{{1,400}}?){DASHES}"
    r"Status as of (?P<day>[0-9/]{8,10})\b"
)
ONLY_SIGNED = re.compile(r"signatures not followed by ratifications ?:? ?([0-9]{1,4})\b", re.I)
BOUND = re.compile(r"number of ratifications/accessions ?:? ?([0-9]{1,4})\b", re.I)
DAYS = ("signature", "ratification", "entry into force")
NOTES = ("notes", "r.", "d.", "a.", "t.", "c.", "o.")
STATES = ("", "state", "states")
DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: ?([A-Za-z]{1,2}))?")
MARKS = {
    "signature": {"": "signature", "s": "definitive signature"},
    "ratification": {"": "ratification", "a": "accession", "s": "definitive signature"},
    "entry into force": {"": ""},
}
WIDEST = 40  # columns
SCRIPT = "You need to enable JavaScript"  # what the page says where it holds no table


class Row(NamedTuple):
    """What stands in the row of a state: acts, and the day it is bound from."""

    name: str
    acts: list[ListedAct]
    in_force: date | None


def read_coe(content: bytes, name: str) -> ListedTreaty:
    """Read a chart of signatures and ratifications.

    The chart prints how many signatures were not followed by a ratification. The signatories
    returned are those plus the signatures of the table that were, so that a recount still
    tests the printed number.
    """
    root = read_html(content, name)
    text = plain(" ".join(root.itertext()))
    start = text.find(CHART)
    chart = TITLE.match(text, start) if start >= 0 else None
    rows = list(_rows(root, name))
    if not chart or not any(row.acts for row in rows):
        raise UnreadableError(f"{name}: {_what_else(text, chart)}")
    seen: set[str] = set()
    for row in rows:
        if row.name in seen:
            raise UnreadableError(f"{name}: {row.name} stands twice")
        seen.add(row.name)
    signed_only, bound = ONLY_SIGNED.search(text), BOUND.search(text)
    followed = sum(_is_followed(row) for row in rows)
    return ListedTreaty(
        title=chart["title"].strip(),
        acts=tuple(act for row in rows for act in row.acts),
        signatories=int(signed_only[1]) + followed if signed_only else None,
        parties=int(bound[1]) if bound else None,
        entry_into_force={row.name: row.in_force for row in rows if row.in_force},
        statements=(),
        as_of=_as_of(chart["day"], name),
        number=chart["number"],
    )


def _as_of(text: str, name: str) -> date:
    """Return the day of which the chart says that it is."""
    found = DAY.fullmatch(text)
    day = calendar_day(found[3], found[2], found[1]) if found else None
    if day is None:
        raise UnreadableError(
            f"{name}: Status as of {shown(text)}: not a day of the calendar as 23/11/2001"
        )
    return day


def _is_followed(row: Row) -> bool:
    """Return whether a state's signature was followed by its consent."""
    return len(row.acts) > 1 and row.acts[0].act == "signature"


def _what_else(text: str, chart: object) -> str:
    if SCRIPT in text:
        return (
            "a page whose table a script makes; save it from a browser once the table is shown, "
            "or take the answer of the service"
        )
    if not chart:
        return "no line 'Chart of signatures and ratifications of Treaty ... Status as of ...'"
    return "no state with a day under Signature or Ratification"


def _rows(root: Any, name: str) -> Iterator[Row]:
    """Give the rows of every table that has the headings of a chart."""
    headings: dict[Any, list[str]] = {}
    for number, line in enumerate(descendants(root, "tr"), 1):
        table = next((above for above in line.iterancestors() if local(above) == "table"), None)
        place = f"{name}: row {number} of the page"
        cells = list(_cells(line, place))
        texts = [cell.casefold() for cell in cells]
        if set(DAYS) <= set(texts):
            headings[table] = _headings(cells, place)
        elif table not in headings:
            if any(DAY.fullmatch(cell) for cell in cells):
                raise UnreadableError(f"{place}: days in a table without the headings of a chart")
        elif len(line) > 1 and any(cells) and not texts[0].startswith("total number of"):
            yield _row(cells, headings[table], place)


def _cells(line: Any, place: str) -> Iterator[str]:
    """Give the cells of a row, one as often as it is wide."""
    width = 0
    for cell in line:
        if local(cell) not in ("td", "th"):
            continue
        text = _start(cell)
        span = cell.get("colspan", "1").strip()
        times = int(span) if span.isascii() and span.isdigit() and len(span) < 4 else 0
        width += times
        if not times or width > WIDEST:
            raise UnreadableError(f"{place}: more than {WIDEST} columns, or colspan {shown(span)}")
        if CONTROLS.search(text):
            raise UnreadableError(f"{place}: {shown(text)} has a character that no text has")
        yield plain(text)
        yield from [""] * (times - 1)


def _start(cell: Any) -> str:
    """Return the text of a cell, or the start of what is too long to be one.

    Tables in tables would otherwise be read as often as they are deep.
    """
    text = ""
    for piece in cell.itertext():
        text += piece[: 10 * LONGEST]  # so much of it may be blanks between tags
        if len(text) > 10 * LONGEST:
            break
    return text


def _headings(cells: list[str], place: str) -> list[str]:
    headings = [cell.casefold() for cell in cells]
    if headings[0] == DAYS[0]:  # no cell above the names of the states
        headings.insert(0, "")
    for number, heading in enumerate(headings):
        allowed = STATES if number == 0 else ("", *DAYS, *NOTES)
        if heading not in allowed:
            raise UnreadableError(
                f"{place}: unknown heading {shown(cells[number - len(headings)])}; "
                f"{nearest_to(heading, (*DAYS, *NOTES))}"
            )
    for day in DAYS:
        if headings.count(day) != 1:
            raise UnreadableError(f"{place}: the heading {day} stands twice")
    return headings


def _row(cells: list[str], headings: list[str], place: str) -> Row:
    if len(cells) != len(headings):
        raise UnreadableError(f"{place}: {len(cells)} columns where headings are {len(headings)}")
    name = participant(cells[0])
    if not name or len(name) > LONGEST:
        raise UnreadableError(f"{place}: no state in the first column")
    place = f"{place} ({name})"
    found = {day: _day(cells[headings.index(day)], day, place) for day in DAYS}
    acts = [
        ListedAct(name, act, day) for day, act in (found["signature"], found["ratification"]) if day
    ]
    in_force = found["entry into force"][0]
    if in_force and all(act.act == "signature" for act in acts):
        raise UnreadableError(f"{place}: an entry into force without a ratification or accession")
    return Row(name, acts, in_force)


def _day(cell: str, column: str, place: str) -> tuple[date | None, str]:
    """Return the day in a cell and its act, or None and no act."""
    if not cell:
        return None, ""
    found = DAY.fullmatch(cell)
    day = calendar_day(found[3], found[2], found[1]) if found else None
    if not found or not day:
        raise UnreadableError(
            f"{place}, column {column}: {shown(cell)} is not a day of the calendar as 23/11/2001"
        )
    act = MARKS[column].get(found[4] or "")
    if act is None:
        raise UnreadableError(
            f"{place}, column {column}: unknown mark {shown(found[4])} in {shown(cell)}; marks "
            f"are {', '.join(mark or 'none' for mark in MARKS[column])}"
        )
    return day, act
