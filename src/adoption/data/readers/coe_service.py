"""The service behind the chart of the Council of Europe's Treaty Office.

The page of the chart holds no table (module `coe`); its script asks
`https://conventions-ws.coe.int/WS_LFRConventions/api/signatures?numSTE=185&langue=ENG` with
the header `token`, whose value the page itself prints as `window.conventions_api_key`. Two
public readers document the answer; the service is not described by the Treaty Office:

- a list of three lists: member states, other states, organisations;
- in each an object a participant with `LibPaysOrga` (its name), `NumSTE` (the treaty),
  `DateSignature`, `DateConsentement` (ratification or accession), `DateEntreeVigueur`,
  `DateDenonciation`, `DateEffetDenonciation`; a day is `2001-11-23T00:00:00` or null. All states
  that could take part are listed, also those that did nothing. Other fields are passed over.

Not documented: how the answer tells a ratification from an accession. So a consent of a
participant that did not sign is returned as `accession`, any other as `ratification`, which
stands for acceptance, approval and a signature without reservation too. A denunciation that
has its day of effect is a withdrawal on that day. There are no totals and no title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from adoption.data.readers.cells import LONGEST, calendar_day, participant
from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.jsonfile import read_json, told
from adoption.data.readers.listed import ListedAct, ListedTreaty

NAME, TREATY = "LibPaysOrga", "NumSTE"
SIGNED, BOUND, IN_FORCE = "DateSignature", "DateConsentement", "DateEntreeVigueur"
WITHDRAWN = "DateEffetDenonciation"
NEEDED = (NAME, TREATY, SIGNED, BOUND, IN_FORCE)
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T00:00:00)?")


def read_coe_service(content: bytes, name: str) -> ListedTreaty:
    """Read the answer of the service for one treaty."""
    rows = list(_rows(read_json(content, name), name))
    numbers = {row[TREATY] for _, row in rows}
    if len(numbers) > 1:
        raise UnreadableError(f"{name}: {len(numbers)} treaties where one is expected")
    acts: list[ListedAct] = []
    in_force: dict[str, date] = {}
    seen: set[str] = set()
    for place, row in rows:
        who = _name(row, place)
        if who in seen:
            raise UnreadableError(f"{place}: {who} stands twice")
        seen.add(who)
        found = list(_acts(row, who, place))
        acts += found
        day = _day(row, IN_FORCE, place)
        if day and any(act.act != "signature" for act in found):
            in_force[who] = day
        elif day:
            raise UnreadableError(f"{place}: {IN_FORCE} without {BOUND}")
    if not acts:
        raise UnreadableError(f"{name}: no participant has a day")
    number = numbers.pop()
    return ListedTreaty(
        title=f"Treaty {number}",
        acts=tuple(acts),
        signatories=None,
        parties=None,
        entry_into_force=in_force,
        statements=(),
        number=number,
    )


def _rows(answer: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each object with its place."""
    if not isinstance(answer, list) or not all(isinstance(group, list) for group in answer):
        raise UnreadableError(f"{name}: not a list of lists of participants")
    for number, group in enumerate(answer, 1):
        for line, row in enumerate(group, 1):
            place = f"{name}: list {number}, participant {line}"
            if not isinstance(row, dict):
                raise UnreadableError(f"{place}: not an object")
            for field in NEEDED:
                if field not in row:
                    raise UnreadableError(f"{place}: {field} is missing")
            if not isinstance(row[TREATY], str) or not re.fullmatch("[0-9]{1,4}", row[TREATY]):
                raise UnreadableError(f"{place}: {TREATY} {told(row[TREATY])} is not a number")
            yield place, row


def _name(row: dict[str, Any], place: str) -> str:
    text = row[NAME]
    if not isinstance(text, str) or len(text) > LONGEST or not participant(text):
        raise UnreadableError(f"{place}: {NAME} is not a name")
    return participant(text)


def _acts(row: dict[str, Any], who: str, place: str) -> Iterator[ListedAct]:
    signed, bound = _day(row, SIGNED, place), _day(row, BOUND, place)
    withdrawn = _day(row, WITHDRAWN, place)
    if signed:
        yield ListedAct(who, "signature", signed)
    if bound:
        yield ListedAct(who, "ratification" if signed else "accession", bound)
    if withdrawn:
        yield ListedAct(who, "withdrawal", withdrawn)


def _day(row: dict[str, Any], field: str, place: str) -> date | None:
    """Return the day in a field; None where it is null."""
    text = row.get(field)
    if text is None:
        return None
    found = DAY.fullmatch(text) if isinstance(text, str) else None
    day = calendar_day(found[1], found[2], found[3]) if found else None
    if day is None:
        raise UnreadableError(
            f"{place}: {field}: {told(text)} is not a day of the calendar as 2001-11-23T00:00:00"
        )
    return day
