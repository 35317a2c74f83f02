"""The World Bank's API, version 2: indicators by country and year, and the countries.

`https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL?format=json&per_page=25000` and
`https://api.worldbank.org/v2/country?format=json&per_page=400`; `mrnev=5` asks for the five newest
years of each area that have a value. Documented by the API's own pages and by many public readers:

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

import json
from typing import Any

import pandas as pd

from adoption.core.decode import UnreadableError, nearest_to, quoted, read_json
from adoption.tables.csvfile import RawTable, unique, years

# Smallest and largest possible value of each indicator: persons, US dollars, per cent.
INDICATORS = {
    "SP.POP.TOTL": (0.0, 1e11),
    "NY.GDP.PCAP.CD": (0.0, 1e7),
    "NY.GDP.PCAP.PP.CD": (0.0, 1e7),
    "IT.NET.USER.ZS": (0.0, 100.0),
}
# Fields of the answer that fill the columns of the two tables.
VALUES = {
    "iso3": "countryiso3code",
    "iso2": "country.id",
    "participant": "country.value",
    "indicator": "indicator.id",
    "year": "date",
}
COUNTRY_FIELDS = {
    "iso3": "id",
    "iso2": "iso2Code",
    "participant": "name",
    "region": "region.value",
    "income": "incomeLevel.value",
}
AGGREGATES = "Aggregates"
MAX_LETTERS_OF_TEXT = 120


def read_indicator(content: bytes, name: str, indicator: str) -> pd.DataFrame:
    """Return the values of one indicator."""
    least, most = INDICATORS[indicator]
    rows = _rows(content, name)
    table = _table(rows, VALUES, name)
    table.refuse("indicator", table.frame["indicator"] != indicator, f"is not {indicator}")
    unique(table, "iso2", "year")
    cells = [row.get("value", "missing") for row in rows]
    written = pd.Series(cells, table.frame.index, "object")
    named = RawTable(name, pd.DataFrame({"value": written.map(str)}))
    is_number = written.map(type).isin([int, float, type(None)])
    named.refuse("value", ~is_number, "is not a number")
    value = written.astype("float64")
    outside = (value < least) | (value > most)
    named.refuse("value", outside, f"is not from {least:g} to {most:g}")
    frame = table.frame.assign(year=years(table, "year"), value=value).dropna(subset="value")
    if frame.empty:
        raise UnreadableError(f"{name}: no values of {indicator}")
    return frame.reset_index(drop=True)


def read_countries(content: bytes, name: str) -> pd.DataFrame:
    """Return the countries and aggregates of the World Bank."""
    table = _table(_rows(content, name), COUNTRY_FIELDS, name)
    frame = table.frame
    wrong = ~frame["iso3"].str.fullmatch("[A-Z]{3}")
    table.refuse("iso3", wrong, "is not a code of three letters")
    unique(table, "iso3")
    aggregate = frame["region"] == AGGREGATES
    if aggregate.all() or not aggregate.any():
        raise UnreadableError(
            f"{name}: {aggregate.sum()} aggregates among {len(frame)} areas; some of both are "
            "expected"
        )
    return frame.assign(aggregate=aggregate).reset_index(drop=True)


def only_countries(values: pd.DataFrame, countries: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of countries without aggregates, each with its ISO3 code."""
    codes = values["iso2"].map(countries.set_index("iso2")["iso3"])
    values = values.assign(iso3=values["iso3"].where(values["iso3"] != "", codes))
    aggregate = values["iso3"].map(countries.set_index("iso3")["aggregate"])
    if aggregate.isna().any():
        row = values[aggregate.isna()].iloc[0]
        code = row["iso2"] if pd.isna(row["iso3"]) else row["iso3"]
        near = nearest_to(code, countries["iso3"])
        raise UnreadableError(f"{name}: {quoted(code)} is not among the areas; {near}")
    return values[~aggregate.astype(bool)].reset_index(drop=True)


def json_shown(value: object) -> str:
    """Return a JSON value in the form that errors quote."""
    return quoted(json.dumps(value, ensure_ascii=False))[1:-1]


def _rows(content: bytes, name: str) -> list[dict[str, Any]]:
    """Return the rows of an answer; raise an error if they are not complete."""
    answer = read_json(content, name)
    first = answer[0] if isinstance(answer, list) and answer else None
    if isinstance(first, dict) and "message" in first:
        raise UnreadableError(f"{name}: the World Bank answers: {json_shown(first['message'])}")
    rows = answer[1] if isinstance(first, dict) and len(answer) == 2 else None
    if not isinstance(first, dict) or not isinstance(rows, list):
        raise UnreadableError(f"{name}: not an array of paging and rows")
    pages, total = (first.get(field) for field in ("pages", "total"))
    is_one_page = pages in (1, "1")
    if not is_one_page or total not in (len(rows), str(len(rows))):
        size = f"{len(rows):,} rows of {json_shown(total)} on {json_shown(pages)} pages"
        raise UnreadableError(f"{name}: {size}; the whole is expected on one (per_page)")
    return rows


def _table(rows: list[dict[str, Any]], fields: dict[str, str], name: str) -> RawTable:
    """Return the texts of the rows as a table, with rows numbered from 1."""
    texts = [
        [_text(row, field, f"{name}: row {number}") for field in fields.values()]
        for number, row in enumerate(rows, 1)
    ]
    index = pd.RangeIndex(1, len(rows) + 1)
    return RawTable(name, pd.DataFrame(texts, index, list(fields), dtype="str"))


def _text(row: Any, field: str, location: str) -> str:
    """Return the text in a field or a nested field."""
    value = row
    for part in field.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if not isinstance(value, str) or len(value) > MAX_LETTERS_OF_TEXT:
        raise UnreadableError(f"{location}: {field} is not a text")
    return value.strip()
