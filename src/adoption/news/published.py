"""Two files of values as their publisher gives them: indices and indicators of states."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

import pandas as pd

from adoption.data.names import tidy
from adoption.data.readers.data360 import read_gci
from adoption.data.readers.egovkb import read_egdi
from adoption.data.readers.worldbank import read_indicator
from adoption.news.kinds import ValueChange

COUNTRIES = "countries.json"  # of the indicators: a table, not values
READERS = ("gci", "egdi", "indicators")

Key = tuple[str, str, str, str]  # code or name, index, edition, component


def holds_values(reader: str, name: str) -> bool:
    """Whether a file of a source with some reader holds values of states."""
    return reader in READERS and name != COUNTRIES


def published_changes(
    reader: str, name: str, old: bytes, new: bytes, codes: Mapping[str, str]
) -> tuple[ValueChange, ...]:
    """Return which values of a publisher's file changed, sorted."""
    before, after = (_values(_read(reader, data, name), codes) for data in (old, new))
    found = [
        ValueChange(*key, "value", before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys(), key=lambda k: (*k[1:], k[0]))
    ]
    return tuple(value for value in found if value.old != value.new)


def _read(reader: str, content: bytes, name: str) -> pd.DataFrame:
    if reader == "gci":
        return read_gci(content, name)
    if reader == "egdi":
        return read_egdi(content, name)
    frame = read_indicator(content, name, PurePath(name).stem)
    frame["iso3"] = frame["iso3"].where(frame["iso3"] != "", frame["iso2"])  # of aggregates
    return frame.rename(columns={"indicator": "index", "year": "edition"}).assign(component="")


def _values(frame: pd.DataFrame, codes: Mapping[str, str]) -> dict[Key, float]:
    if "iso3" in frame.columns:
        who = list(frame["iso3"])
    else:
        who = [codes.get(tidy(name)) or name for name in frame["participant"]]
    rows = zip(
        who, frame["index"], frame["edition"], frame["component"], frame["value"], strict=True
    )
    return {(iso3, index, str(edition), part): value for iso3, index, edition, part, value in rows}
