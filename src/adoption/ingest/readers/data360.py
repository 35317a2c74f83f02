"""The Global Cybersecurity Index of the ITU, as the World Bank's Data360 distributes it.

Each indicator has one CSV file in the columns of SDMX, such as
`https://data360files.worldbank.org/data360-data/data/ITU_GCI/ITU_GCI_GCI_OVRL_SCRE.csv`.
A complete public copy of September 2026 has:

- 39 columns and one row per country and edition (2020 and 2024), without aggregates;
- values such as 5.203512727201463, with the status `A` (normal);
- `_T` or `_Z` in every breakdown;
- the unit `0_TO_100` for the overall score and `0_TO_20` for a pillar;
- a line end after the last row.
"""

from __future__ import annotations

import pandas as pd

from adoption.core.decode import UnreadableError
from adoption.tables.csvfile import allowed_words, numbers, parse_csv, unique, years

# Component of the table `capacity` and largest possible value of each indicator.
COMPONENTS = {
    "ITU_GCI_GCI_OVRL_SCRE": ("overall", 100),
    "ITU_GCI_LEGL_SCRE": ("legal", 20),
    "ITU_GCI_TECH_SCORE": ("technical", 20),
    "ITU_GCI_ORG_SCORE": ("organizational", 20),
    "ITU_GCI_CDS_SCORE": ("capacity_development", 20),
    "ITU_GCI_COOP_SCORE": ("cooperation", 20),
}
BREAKDOWNS = (
    "SEX",
    "AGE",
    "URBANISATION",
    "COMP_BREAKDOWN_1",
    "COMP_BREAKDOWN_2",
    "COMP_BREAKDOWN_3",
)
FIXED_VALUES = {
    "DATABASE_ID": ("ITU_GCI",),
    "INDICATOR": tuple(COMPONENTS),
    "UNIT_MULT": ("0",),
    "OBS_STATUS": ("A",),
} | dict.fromkeys(BREAKDOWNS, ("_T", "_Z"))
SERIES_COLUMNS = (
    *FIXED_VALUES,
    "REF_AREA",
    "REF_AREA_LABEL",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
)


def read_gci(content: bytes, name: str) -> pd.DataFrame:
    """Return the values in the file of the overall score or of one pillar."""
    table = parse_csv(content, name, SERIES_COLUMNS)
    for column, allowed in FIXED_VALUES.items():
        allowed_words(table, column, allowed)
    indicators = table.frame["INDICATOR"].unique()
    if len(indicators) > 1:
        raise UnreadableError(f"{name}: {len(indicators)} indicators where one is expected")
    component, most = COMPONENTS[str(indicators[0])]
    allowed_words(table, "UNIT_MEASURE", (f"0_TO_{most}",))
    iso3 = table.frame["REF_AREA"]
    table.refuse("REF_AREA", ~iso3.str.fullmatch("[A-Z]{3}"), "is not a code of three letters")
    unique(table, "REF_AREA", "TIME_PERIOD")
    values = {
        "iso3": iso3,
        "participant": table.frame["REF_AREA_LABEL"],
        "index": "GCI",
        "edition": years(table, "TIME_PERIOD"),
        "component": component,
        "value": numbers(table, "OBS_VALUE", 0, most),
    }
    frame = pd.DataFrame(values).dropna(subset="value").reset_index(drop=True)
    if frame.empty:
        raise UnreadableError(f"{name}: no values")
    return frame
