"""The World Bank's API, version 2: indicators by country and year, and the countries.

`https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL?format=json&per_page=25000` and
`https://api.worldbank.org/v2/country?format=json&per_page=400`. Documented by the API's own
pages and by many public readers:

- an array of two: the paging (`page`, `pages`, `per_page`, `total`), then the rows, null where
  there are none. Some numbers of the paging may be text;
- a row of an indicator: `indicator{id,value}`, `country{id,value}` with the ISO2 code and the
  name, `countryiso3code`, `date` (a year), `value` (a number or null);
- a country: `id` (ISO3), `iso2Code`, `name`, `region{id,value}`, `incomeLevel{id,value}`. Areas
  that are sums of others, such as `WLD`, have the region `Aggregates`;
- an error has status 200: an array whose first element has `message`, a list of objects with
  `key` and `value`.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from adoption.data.readers.text import UnreadableError, json_shown, nearest_to, read_json, shown

# The least and the most that an indicator can be: persons, US dollars, per cent.
INDICATORS = {
    "SP.POP.TOTL": (0.0, 1e11),
    "NY.GDP.PCAP.CD": (0.0, 1e7),
    "NY.GDP.PCAP.PP.CD": (0.0, 1e7),
    "IT.NET.USER.ZS": (0.0, 100.0),
}
AGGREGATES = "Aggregates"
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
ISO3 = re.compile(r"[A-Z]{3}")
LONGEST = 120


def read_indicator(content: bytes, name: str, indicator: str) -> pd.DataFrame:
    """Read the values of one indicator."""
    if indicator not in INDICATORS:
        raise UnreadableError(
            f"{name}: unknown indicator {shown(indicator)}; {nearest_to(indicator, INDICATORS)}"
        )
    least, most = INDICATORS[indicator]
    found = []
    for place, row in _rows(content, name):
        if _text(row, place, "indicator", "id") != indicator:
            raise UnreadableError(f"{place}: not the indicator {indicator}")
        year = _text(row, place, "date")
        if not YEAR.fullmatch(year):
            raise UnreadableError(f"{place}: date {shown(year)} is not a year")
        key = (
            _text(row, place, "countryiso3code"),
            _text(row, place, "country", "id"),
            _text(row, place, "country", "value"),
        )
        value = row.get("value", "missing")
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UnreadableError(f"{place}: value {json_shown(value)} is not a number")
        if not least <= value <= most:
            raise UnreadableError(f"{place}: {json_shown(value)} is not from {least:g} to {most:g}")
        found.append((*key, indicator, int(year), float(value)))
    columns = ["iso3", "iso2", "participant", "indicator", "year", "value"]
    frame = pd.DataFrame(found, columns=columns)
    if frame.empty:
        raise UnreadableError(f"{name}: no values of {indicator}")
    _refuse_twice(frame, ["iso2", "year"], name)
    return frame


def read_countries(content: bytes, name: str) -> pd.DataFrame:
    """Read the areas that the World Bank knows."""
    found = []
    for place, row in _rows(content, name):
        iso3 = _text(row, place, "id")
        if not ISO3.fullmatch(iso3):
            raise UnreadableError(f"{place}: id {shown(iso3)} is not a code of three letters")
        region = _text(row, place, "region", "value")
        found.append(
            (
                iso3,
                _text(row, place, "iso2Code"),
                _text(row, place, "name"),
                region,
                _text(row, place, "incomeLevel", "value"),
                region == AGGREGATES,
            )
        )
    columns = ["iso3", "iso2", "participant", "region", "income", "aggregate"]
    frame = pd.DataFrame(found, columns=columns)
    if frame.empty or frame["aggregate"].all() or not frame["aggregate"].any():
        raise UnreadableError(
            f"{name}: {int(frame['aggregate'].sum())} aggregates among {len(frame)} areas; some "
            "of both are expected"
        )
    _refuse_twice(frame, ["iso3"], name)
    return frame


def only_countries(values: pd.DataFrame, countries: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of countries, without those of aggregates."""
    known = countries.set_index("iso3")["aggregate"]
    aggregate = values["iso3"].map(known)
    if "iso2" in values:
        aggregate = aggregate.where(
            values["iso3"] != "", values["iso2"].map(countries.set_index("iso2")["aggregate"])
        )
    unknown = aggregate.isna()
    if unknown.any():
        row = values[unknown].iloc[0]
        code = str(row["iso3"] or row.get("iso2", ""))
        raise UnreadableError(
            f"{name}: {shown(code)} is not among the areas; {nearest_to(code, known.index)}"
        )
    return values[~aggregate.astype(bool)].reset_index(drop=True)


def _rows(content: bytes, name: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the rows of an answer, each with its place."""
    answer = read_json(content, name)
    first = answer[0] if isinstance(answer, list) and answer else None
    if not isinstance(first, dict):
        raise UnreadableError(f"{name}: not an array of paging and rows")
    if "message" in first:
        raise UnreadableError(f"{name}: the World Bank answers: {_message(first['message'])}")
    if len(answer) != 2 or not isinstance(answer[1], list):
        raise UnreadableError(f"{name}: not an array of paging and rows; no rows were found")
    pages, total = (first.get(field) for field in ("pages", "total"))
    if pages not in (1, "1") or total not in (len(answer[1]), str(len(answer[1]))):
        raise UnreadableError(
            f"{name}: {len(answer[1]):,} rows of {json_shown(total)} on {json_shown(pages)} "
            "pages; the whole is expected on one (per_page)"
        )
    for number, row in enumerate(answer[1], 1):
        if not isinstance(row, dict):
            raise UnreadableError(f"{name}: row {number}: not an object")
    return [(f"{name}: row {number}", row) for number, row in enumerate(answer[1], 1)]


def _message(messages: Any) -> str:
    first = messages[0] if isinstance(messages, list) and messages else messages
    if isinstance(first, dict):
        return ", ".join(json_shown(first[field]) for field in ("key", "value") if field in first)
    return json_shown(first)


def _text(row: dict[str, Any], place: str, *fields: str) -> str:
    """Return the text in a field, or in a field of a field."""
    value: Any = row
    for field in fields:
        value = value.get(field) if isinstance(value, dict) else None
    if not isinstance(value, str) or len(value) > LONGEST:
        raise UnreadableError(f"{place}: {'.'.join(fields)} is not a text")
    return value.strip()


def _refuse_twice(frame: pd.DataFrame, columns: list[str], name: str) -> None:
    twice = frame.duplicated(columns)
    if twice.any():
        key = " ".join(str(cell) for cell in frame[twice][columns].iloc[0])
        raise UnreadableError(f"{name}: {shown(key)} stands twice")
