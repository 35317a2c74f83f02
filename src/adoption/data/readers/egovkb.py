"""The E-Government Development Index, from the UN E-Government Knowledgebase.

`EGOV_DATA_<year>.csv` of https://publicadministration.un.org/egovkb/en-us/Data-Center. Seen
whole in public copies for 2018, 2020, 2022 and 2024 (some edited by others): 193 rows in no
order, the eight columns below, values from 0 to 1 with five decimals, names of states with a
blank at the end (`Iraq `) and `Georgia (Country)`, a line end after the last row. The names are
those of today in every year (`Türkiye`, `North Macedonia`). A public reader has to mend
`Türkiye` after reading as UTF-8, so the file is also read as Windows-1252, if it is not UTF-8
and no letter of it is; a name that this spoils is no known participant.
"""

from __future__ import annotations

import re

import pandas as pd

from adoption.data.csvfile import numbers, parse_csv, unique, years
from adoption.data.readers.text import UnreadableError

# From the column to the component of the table `capacity`.
COMPONENTS = {
    "E-Government Index": "overall",
    "Online Service Index": "online_services",
    "Human Capital Index": "human_capital",
    "Telecommunication Infrastructure Index": "telecommunication",
}
CHECKED_ONLY = {"E-Government Rank": (1.0, 250.0), "E-Participation Index": (0.0, 1.0)}
# Letters with accents and typographic marks as UTF-8 writes them: no text in one byte a letter
# has these pairs.
UTF8_PAIRS = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
YEAR, NAME = "Survey Year", "Country Name"


def read_egdi(content: bytes, name: str) -> pd.DataFrame:
    """Read the file of one survey."""
    columns = (YEAR, NAME, *CHECKED_ONLY, *COMPONENTS)
    table = parse_csv(content, name, columns, _encoding(content))
    table.refuse(NAME, table.frame[NAME] == "", "is no name")
    unique(table, NAME)
    edition = years(table, YEAR)
    if edition.min() != edition.max():
        raise UnreadableError(f"{name}: {edition.min()} and {edition.max()} where one year is due")
    for column, (least, most) in CHECKED_ONLY.items():
        numbers(table, column, least, most)
    wide = pd.DataFrame(
        {"participant": table.frame[NAME], "index": "EGDI", "edition": edition}
        | {component: numbers(table, column, 0, 1) for column, component in COMPONENTS.items()}
    )
    long = wide.melt(["participant", "index", "edition"], var_name="component", value_name="value")
    long = long.dropna(subset="value").reset_index(drop=True)
    if long.empty:
        raise UnreadableError(f"{name}: no values")
    return long.astype({"component": "str"})


def _encoding(content: bytes) -> str | None:
    """Return Windows-1252 for what certainly is not UTF-8, not even damaged."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None if UTF8_PAIRS.search(content) else "windows-1252"
    return None
