"""`adoption export`: everything about a state or a group as one Excel workbook."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from adoption import __version__, tables
from adoption.core.errors import AdoptionError
from adoption.core.files import write_whole
from adoption.core.progress import waiting
from adoption.countries.groups import Group, group_or_states
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.show.results import Sources
from adoption.tables.dictionary import TABLES
from adoption.tables.write import without_formulas

ENDING = ".xlsx"
WIDEST = 60  # letters of a column
TERMS_OF_USE = (
    "Each row names its source; the sheet sources has the terms of each. The Global Cybersecurity "
    "Index of ITU is for non-commercial and educational use, with attribution."
)


def export(about: str | Group, path: Path) -> int:
    """Write the workbook in one step; return how many sheets it has."""
    if path.suffix.lower() != ENDING:
        raise AdoptionError(
            f"{path}: is not an Excel workbook; allowed: a name that ends in {ENDING}"
        )
    import openpyxl  # noqa: F401 said before the tables are read, if it is not there

    group = about if isinstance(about, Group) else group_or_states(about, "export")
    frames = sheets(group.name, group.members)
    write_whole(path, _workbook(frames))
    return len(frames)


def sheets(name: str, members: frozenset[str]) -> dict[str, pd.DataFrame]:
    """Return what is known of some states: a sheet a table, one of its rows' sources, and the day.

    A table that says nothing of them keeps its heading.
    """
    day = tables.data_day()
    facts = {"about": name, "states": len(members), "data of": str(day), "terms": TERMS_OF_USE}
    facts["made by"] = f"adoption {__version__}"
    frames = {"about": pd.DataFrame(facts.items(), columns=["what", "value"])}
    columns = ["iso3", "name", "status", "act", "date", "earliest", "latest", "grade", "source"]
    statuses = [load_status(convention, day) for convention in load_conventions().values()]
    standing = pd.concat(
        status.participants[columns].assign(convention=status.convention.convention)
        for status in statuses
    )
    frames["status"] = standing[standing["iso3"].isin(members)]
    for table in TABLES:
        if "iso3" in [column.name for column in table.columns]:
            rows = tables.read(table.name)
            frames[table.name] = rows[rows["iso3"].isin(members)]
    keys = [keys for frame in frames.values() for _, keys in frame.filter(regex="source$").items()]
    return {**frames, "sources": Sources.of(pd.concat(keys)).frame}


def _workbook(frames: dict[str, pd.DataFrame]) -> bytes:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.utils import get_column_letter

    file = io.BytesIO()
    with (
        waiting("export", len(frames)) as done,
        pd.ExcelWriter(file, engine="openpyxl", datetime_format="yyyy-mm-dd") as writer,
    ):
        for name, frame in frames.items():
            texts = frame.select_dtypes(["str", "object"]).columns
            printable = frame[texts].replace(ILLEGAL_CHARACTERS_RE, "", regex=True)
            cells = without_formulas(frame.assign(**printable))
            cells.to_excel(
                writer, sheet_name=name, index=False, freeze_panes=(1, 0), autofilter=True
            )
            for number, column in enumerate(cells, start=1):
                words = [str(column), *cells[column].astype(str).fillna("")]
                width = min(max(10, *map(len, words)), WIDEST) + 2
                writer.sheets[name].column_dimensions[get_column_letter(number)].width = width
            done(name)
    return file.getvalue()
