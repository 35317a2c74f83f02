"""Plays the publishers of indicators: World Bank and Data360."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from adoption.ingest.readers.data360 import COMPONENTS


def table(headings: Sequence[str], rows: Sequence[Mapping[str, object]], end: str = "\n") -> bytes:
    """Return a CSV file; a cell that a row has not is empty."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, headings, lineterminator=end, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def indicator(
    code: str, rows: Sequence[tuple[str, str, str, int, float | None]], **paging: object
) -> bytes:
    """Return the World Bank's answer for an indicator: ISO3, ISO2, name, year and value."""
    found = [
        {
            "indicator": {"id": code, "value": "An indicator"},
            "country": {"id": iso2, "value": name},
            "countryiso3code": iso3,
            "date": str(year),
            "value": value,
            "unit": "",
            "obs_status": "",
            "decimal": 0,
        }
        for iso3, iso2, name, year, value in rows
    ]
    return _answer(found, paging)


def countries(rows: Sequence[tuple[str, str, str, str, str]], **paging: object) -> bytes:
    """Return the World Bank's answer for its areas: ISO3, ISO2, name, region, income group."""
    found = [
        {
            "id": iso3,
            "iso2Code": iso2,
            "name": name,
            "region": {"id": "NA" if region == "Aggregates" else "SSF", "value": region},
            "incomeLevel": {"id": "XX", "value": income},
        }
        for iso3, iso2, name, region, income in rows
    ]
    return _answer(found, paging)


def _answer(rows: Sequence[object], paging: Mapping[str, object]) -> bytes:
    first = {"page": 1, "pages": 1, "per_page": "25000", "total": len(rows), **paging}
    return json.dumps([first, list(rows)]).encode()


def gci(code: str, rows: Sequence[tuple[str, str, int, str]], **cells: str) -> bytes:
    """Return a file of Data360: ISO3, name, edition and value; `cells` are those of every row."""
    usual = {
        "STRUCTURE": "datastructure",
        "DATABASE_ID": "ITU_GCI",
        "INDICATOR": code,
        "FREQ": "A",
        "SEX": "_T",
        "AGE": "_T",
        "URBANISATION": "_T",
        "UNIT_MULT": "0",
        "OBS_STATUS": "A",
        "UNIT_MEASURE": f"0_TO_{COMPONENTS[code][1]}",
        "COMP_BREAKDOWN_1": "_Z",
        "COMP_BREAKDOWN_2": "_Z",
        "COMP_BREAKDOWN_3": "_Z",
    } | cells
    headings = (
        *list(usual)[:3],
        "REF_AREA",
        "REF_AREA_LABEL",
        "TIME_PERIOD",
        "OBS_VALUE",
        *list(usual)[3:],
    )
    return table(
        headings,
        [
            usual
            | {"REF_AREA": iso3, "REF_AREA_LABEL": name, "TIME_PERIOD": year, "OBS_VALUE": value}
            for iso3, name, year, value in rows
        ],
    )
