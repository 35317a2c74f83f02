"""The Council of Europe's Treaty Office: its chart of signatures and ratifications.

The chart is `https://www.coe.int/en/web/conventions/full-list` with
`?module=signatures-by-treaty&treatynum=185`. Since about 2022 the page holds no table when it is
fetched: a script in it makes the table. `read_coe` is for the page that a person saves from a
browser, and for older copies. What is documented, and how well:

- Seen in a stored copy of the chart of treaty 185 (3 December 2015, as a table in text): the line
  "Chart of signatures and ratifications of Treaty 185 / Convention on Cybercrime / Status as of
  03/12/2015"; the columns Signature, Ratification, Entry into Force, Notes, R., D., A., T., C., O.
  after one without a heading that holds the state; days as dd/mm/yyyy; a row without days for a
  state that did nothing. Which blank columns stand between the others is not known.
- Seen in documents of the Council of Europe that repeat a chart (2018, 2026): "Total number of
  signatures not followed by ratifications" and "Total number of ratifications/accessions".
- Not seen: the mark `a` after a day for accession and `s` for a signature without reservation as
  to ratification. Any other mark, heading or form is refused.

The chart does not tell acceptance and approval from ratification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from lxml import etree

from adoption.data.readers.listed import ListedAct, ListedTreaty
from adoption.data.readers.text import (
    CONTROLS,
    LONGEST,
    MAINTENANCE,
    UnreadableError,
    calendar_day,
    declared_in,
    decode,
    nearest_to,
    participant,
    plain,
    shown,
)

ENCODING = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
MOST_TAGS = 200_000
LONGEST_TAG = re.compile(r"<[^<>]{20000}")  # the parser takes minutes for one of many attributes

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
    root = _parse(content, name)
    text = plain(" ".join(root.itertext()))
    start = text.find(CHART)
    chart = TITLE.match(text, start) if start >= 0 else None
    rows = list(_chart_rows(root, name))
    if not chart or not any(row.acts for row in rows):
        raise UnreadableError(f"{name}: {_what_else(text, chart)}")
    _refuse_twice([(name, row.name) for row in rows])
    signed_only, bound = ONLY_SIGNED.search(text), BOUND.search(text)
    followed = sum(len(row.acts) > 1 and row.acts[0].act == "signature" for row in rows)
    return ListedTreaty(
        title=chart["title"].strip(),
        acts=tuple(act for row in rows for act in row.acts),
        signatories=int(signed_only[1]) + followed if signed_only else None,
        parties=int(bound[1]) if bound else None,
        entry_into_force={row.name: row.in_force for row in rows if row.in_force},
        statements=(),
        as_of=_printed_day(chart["day"], f"{name}: Status as of")[0],
        number=chart["number"],
    )


def _parse(content: bytes, name: str) -> Any:
    """Return the root of a web page, without its scripts."""
    text = decode(content, name, declared_in(ENCODING, content), plain=False)
    if MAINTENANCE in text.casefold():
        raise UnreadableError(f"{name}: the page says {MAINTENANCE!r}, in place of the list")
    if not text.lstrip().startswith("<"):
        raise UnreadableError(f"{name}: begins with {shown(text.lstrip()[:20])}, which is not HTML")
    if not re.search(r"</html\s{0,9}>", text[-10_000:], re.IGNORECASE):
        raise UnreadableError(f"{name}: the page has no end (</html>): cut?")
    if text.count("<") > MOST_TAGS or LONGEST_TAG.search(text):
        raise UnreadableError(f"{name}: more than {MOST_TAGS:,} tags, or one of 20,000 letters")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"{name}: not HTML: {error}") from None
    limits = [entry for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    if root is None or limits:  # the parser leaves out what follows, without a word
        problem = limits[0].message if limits else "the page holds nothing"
        raise UnreadableError(f"{name}: not HTML: {problem}")
    etree.strip_elements(root, "script", "style", with_tail=False)
    return root


def _what_else(text: str, chart: object) -> str:
    if SCRIPT in text:
        return "a page whose table a script makes; save it from a browser once the table is shown"
    if not chart:
        return "no line 'Chart of signatures and ratifications of Treaty ... Status as of ...'"
    return "no state with a day under Signature or Ratification"


def _refuse_twice(names: list[tuple[str, str]]) -> None:
    """Refuse a participant that stands twice, given each with its place."""
    seen: set[str] = set()
    for place, who in names:
        if who in seen:
            raise UnreadableError(f"{place}: {who} stands twice")
        seen.add(who)


def _chart_rows(root: Any, name: str) -> Iterator[Row]:
    """Give the rows of every table that has the headings of a chart."""
    headings: dict[Any, list[str]] = {}
    for number, line in enumerate(root.iter("tr"), 1):
        if line.find(".//table") is not None:  # a table that only places others on the page
            continue
        table = next(line.iterancestors("table"), None)
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
    for cell in line.iterchildren("td", "th"):
        span = cell.get("colspan", "1").strip()
        times = int(span) if re.fullmatch("[0-9]{1,3}", span) else 0
        width += times
        if not times or width > WIDEST:
            raise UnreadableError(f"{place}: more than {WIDEST} columns, or colspan {shown(span)}")
        text = "".join(cell.itertext())
        if CONTROLS.search(text):
            raise UnreadableError(f"{place}: {shown(text)} has a character that no text has")
        yield plain(text)
        yield from [""] * (times - 1)


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
    day, mark = _printed_day(cell, f"{place}, column {column}:")
    if mark not in MARKS[column]:
        raise UnreadableError(
            f"{place}, column {column}: unknown mark {shown(mark)} in {shown(cell)}; marks "
            f"are {', '.join(known or 'none' for known in MARKS[column])}"
        )
    return day, MARKS[column][mark]


def _printed_day(text: str, place: str) -> tuple[date, str]:
    """Return a day of the chart and the mark after it."""
    found = DAY.fullmatch(text)
    day = calendar_day(found[3], found[2], found[1]) if found else None
    if not found or not day:
        raise UnreadableError(f"{place} {shown(text)} is not a day of the calendar as 23/11/2001")
    return day, found[4] or ""
