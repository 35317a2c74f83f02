"""All that a report says, as data: the lead of each answer and the title of each chart.

`make golden` writes tests/golden again: read the difference.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
os.environ["ADOPTION_HOME"] = str(HERE / "frozen")

import adoption  # noqa: E402
from adoption import tables  # noqa: E402
from adoption.core.text import NUMERALS  # noqa: E402
from adoption.countries.capacity import FULL_NAMES, Indicator, values_by_state  # noqa: E402
from adoption.countries.profiles import Profile  # noqa: E402
from adoption.law.conventions import load_conventions  # noqa: E402
from adoption.law.held import load_held  # noqa: E402
from adoption.law.status import load_status  # noqa: E402
from adoption.show.capacity import describe_capacity  # noqa: E402
from adoption.show.curve import timeline_title  # noqa: E402
from adoption.show.front import front_answer  # noqa: E402
from adoption.show.results import Result  # noqa: E402
from adoption.show.status import curve_title, status_title  # noqa: E402
from adoption.show.status_json import status_json  # noqa: E402

ad: Any = adoption
SENTENCES, STATUS = HERE / "golden" / "sentences.txt", HERE / "golden" / "status.json"
DAYS = ("2005-12-31", "2014-06-30", "2025-10-26", "2026-02-02", "2026-11-24")
MOST_WORDS, MOST_NUMBERS, MOST_TITLE = 25, 2, 12  # of a lead, of a lead, of a title
DAY, ONE = date(2026, 11, 24), timedelta(days=1)
BESIDE = ("uncac", "budapest", "malabo", "arab-2010")
APART = 12  # of the states and groups in their order, every twelfth
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What is no number to remember: a day, an age, the range of the one before.
NOT_COUNTED = re.compile(
    r"\b(19|20)\d\d\b|(?:after|within) [\d.,]+ (?:days?|years)|\([^)]*(range|interval)[^)]*\)|"
    r"\d+(st|nd|rd|th)\b",
    re.IGNORECASE,
)
IN_DAYS = re.compile(rf"(\d+ )?({MONTHS})( \d{{4}})?")
# A range is one number, and a share such as 22 of 72, or a chance such as one in five.
NUMBER = re.compile(
    rf"\d[\d.,]*%?(?: (?:to|of) (?:at least )?\d[\d.,]*%?)?|"
    rf"\b(?:one.in.)?(?:\d+|{'|'.join(NUMERALS[1:])})\b",
    re.IGNORECASE,
)


def names() -> list[str]:
    """Return the names of several words, each one to a reader as a day is; the longest first."""
    found = {*ad.states()["name"], "European Union"}
    groups = [ad.group(group) for group in ad.groups()["group"]]
    found |= {name for group in groups for name in (group.in_sentence, group.name)}
    found |= {name for c in load_conventions().values() for name in (c.short_title, c.label)}
    found |= {parent.short_title for parent in load_held().values()}
    found |= {*FULL_NAMES.values()}
    return sorted(found, key=len, reverse=True)


@cache
def _named() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names())))


def faults(kind: str, text: str) -> list[str]:
    """Say why a lead or a title is too long."""
    plain = IN_DAYS.sub("day", _named().sub("X", text))
    plain = re.sub("at least ", "", plain, flags=re.IGNORECASE)  # a bound belongs to its number
    words, numbers = len(plain.split()), NUMBER.findall(NOT_COUNTED.sub("", plain))
    most = MOST_TITLE if kind == "title" else MOST_WORDS
    long = [f"{words} words: {text}"] if words > most else []
    many = kind == "lead" and len(numbers) > MOST_NUMBERS
    return long + ([f"{len(numbers)} numbers: {text}"] if many else [])


def said(where: str, result: Result[Any]) -> Iterator[tuple[str, str, str]]:
    """Give where a sentence stands, whether it is a lead or a title, and its text."""
    yield where, "lead", result.answer.text  # type: ignore[union-attr]
    for name in result.charts:
        figure = result.chart(name)
        if hasattr(figure, "layout"):
            yield f"{where}, {name}", "title", figure.layout.meta["title"]
    if isinstance(result.analysis, Profile):
        for name in result.tables:
            yield f"{where}, {name}", "title", result.table(name).data["title"]


def days_of(convention: str) -> Collection[date]:
    """Return the days on which the status of a convention changes its kind, and the newest."""
    opens, status = load_conventions()[convention].opens, load_status(convention, DAY)
    days = {opens - ONE, opens, opens + 400 * ONE, DAY}
    for window in filter(None, (status.nth_instrument, status.entry_into_force)):
        days |= {window.earliest - ONE, window.earliest, window.latest}
    return sorted(day for day in days if day <= DAY)


def of_conventions() -> Iterator[tuple[str, str, str]]:
    """Give the sentences on each convention."""
    for name in load_conventions():
        beside = [other for other in BESIDE if other != name]
        for day in days_of(name):
            status = load_status(name, day)
            yield f"{name} {day}", "lead", front_answer(status).text
            yield f"{name} {day}, map", "title", status_title(status)
            yield f"{name} {day}, curve", "title", curve_title(status)
            yield f"{name} {day}, timeline", "title", timeline_title(status)
        yield from said(f"{name} alone", ad.compare([name]))
        yield from said(f"{name} beside others", ad.compare([name, *beside]))
        yield from said(f"{name} shares", ad.compare([name], of="shares"))
        yield from said(f"{name} evidence", ad.evidence(name))
        yield from said(f"{name} forecast", ad.forecast(name))
        yield from said(f"{name} next", ad.next_states(name))
        yield from said(f"{name} waiting", ad.survival(name))
        frame = ad.status(name, DAY).frame.query("kind == 'member'")
        merged = frame.merge(ad.capacity("GCI"), on="iso3", how="left")
        yield from said(f"{name} capacity", ad.association(merged))


def of_states() -> Iterator[tuple[str, str, str]]:
    """Give the sentences on states and groups, and on their capacity and network."""
    for iso3 in sorted({*ad.states()["iso3"][::APART], "QAT", "EUE", "ARE", "CAN", "USA"}):
        yield from said(iso3, ad.profile(iso3))
    for group in ad.groups()["group"][::APART]:
        members = ad.group(group)
        for name in ("hanoi", "malabo"):
            yield from said(f"{group} {name}", ad.profile(members, name))
            yield from said(f"{group} {name} capacity", ad.inequality(members, convention=name))
        yield from said(f"{group} network", ad.network(BESIDE[1:], adding="hanoi", among=members))
    members = ad.states().query("un_member")["iso3"]
    yield from said("network", ad.network(BESIDE[1:], adding="hanoi", among=members))
    for index, edition, component in (
        ("GCI", 2024, "overall"),
        ("GCI", 2020, "legal"),
        ("EGDI", 2022, "human_capital"),
    ):
        asked = Indicator(index, edition, component)
        rows = values_by_state(tables.read("capacity"), tables.read("states"), asked)
        yield from said(
            f"{index} {edition} {component}", describe_capacity(rows, index, edition, component)
        )


@cache
def sentences() -> tuple[tuple[str, str, str], ...]:
    """Return all sentences with where they stand and whether they are leads or titles."""
    return (*of_conventions(), *of_states())


def text() -> str:
    """Return all sentences as the golden file has them: each once, with where it stands first."""
    first: dict[tuple[str, str], str] = {}
    for where, kind, sentence in sentences():
        first.setdefault((kind, sentence), where)
    return "".join(f"{where} | {kind} | {sentence}\n" for (kind, sentence), where in first.items())


def statuses(name: str) -> dict[str, dict[str, Any]]:
    """Return what `adoption status --json` gives of a convention on some days."""
    return {day: status_json(load_status(name, date.fromisoformat(day))) for day in DAYS}


if __name__ == "__main__":
    every = {name: statuses(name) for name in load_conventions()}
    SENTENCES.write_text(text(), encoding="utf-8")
    STATUS.write_text(json.dumps(every, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
