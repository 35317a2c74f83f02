"""Made-up files of publishers, and snapshots of them."""

from __future__ import annotations

import json
from pathlib import Path

XVIII_16 = "XVIII-16.en.xml"
GCI_HEAD = (
    "DATABASE_ID,INDICATOR,REF_AREA,REF_AREA_LABEL,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,"
    "OBS_STATUS,SEX,AGE,URBANISATION,COMP_BREAKDOWN_1,COMP_BREAKDOWN_2,COMP_BREAKDOWN_3"
)
EGDI_HEAD = (
    "Survey Year,Country Name,E-Government Rank,E-Government Index,E-Participation Index,"
    "Online Service Index,Human Capital Index,Telecommunication Infrastructure Index"
)


def snapshot(home: Path, source: str, stamp: str, **files: bytes) -> Path:
    """Write a snapshot; the files by name, with __ for a dot."""
    folder = home / "data" / "raw" / source / stamp
    folder.mkdir(parents=True)
    for name, data in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(data)
        path.with_name(f"{path.name}.meta.json").write_text("{}", encoding="utf-8")
    return folder


def listed(home: Path, stamp: str, *rows: tuple[str, str, str]) -> Path:
    """Write a snapshot of the list of the Convention against Cybercrime."""
    return snapshot(home, "untc-hanoi", stamp, **{XVIII_16: mtdsg(*rows)})


def mtdsg(*rows: tuple[str, str, str], eif: str = "") -> bytes:
    """Return the depositary's XML with rows of participant, signature and consent.

    Parameters
    ----------
    rows : tuple of str
        What the cells say.
    eif : str
        What the header says of the entry into force, if anything.
    """
    signed, bound = (sum(bool(row[column]) for row in rows) for column in (1, 2))
    cells = "".join(
        f"<Row>{''.join(f'<Entry>{cell}</Entry>' for cell in row)}</Row>" for row in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Root><ExternalData>'
        "<Titlesect>United Nations Convention against Cybercrime</Titlesect>"
        f"{f'<EIF>{eif}</EIF>' if eif else ''}"
        f"<Status><Signatories>{signed}</Signatories><Parties>{bound}</Parties></Status>"
        "</ExternalData><Treaty><Participants><Table><TGroup><Thead><Row>"
        "<Entry>Participant</Entry><Entry>Signature</Entry>"
        "<Entry>Acceptance(A), Ratification, Approval(AA), Accession(a)</Entry>"
        f"</Row></Thead><Tbody><Rows>{cells}</Rows></Tbody></TGroup></Table></Participants>"
        "</Treaty></Root>\n"
    ).encode()


def gci(*rows: tuple[str, str, str]) -> bytes:
    """Return Data360's CSV with rows of code, edition and overall score."""
    tail = "0_TO_100,0,A,_T,_T,_T,_Z,_Z,_Z"
    lines = [f"ITU_GCI,ITU_GCI_GCI_OVRL_SCRE,{i},{i},{y},{v},{tail}" for i, y, v in rows]
    return ("\n".join([GCI_HEAD, *lines]) + "\n").encode()


def egdi(*rows: tuple[str, str]) -> bytes:
    """Return the Knowledgebase's CSV of 2024 with rows of name and index."""
    lines = [f"2024,{name},1,{value},0.5,0.5,0.5,0.5" for name, value in rows]
    return ("\n".join([EGDI_HEAD, *lines]) + "\n").encode()


def population(*rows: tuple[str, str, int]) -> bytes:
    """Return the World Bank's JSON with rows of two codes and persons in 2024."""
    paging = {"page": 1, "pages": 1, "per_page": 25000, "total": len(rows)}
    found = [
        {"indicator": {"id": "SP.POP.TOTL", "value": "Population, total"},
         "country": {"id": iso2, "value": iso2}, "countryiso3code": iso3, "date": "2024",
         "value": value, "unit": "", "obs_status": "", "decimal": 0}
        for iso2, iso3, value in rows
    ]  # fmt: skip
    return json.dumps([paging, found]).encode()


def countries(*rows: tuple[str, str, str]) -> bytes:
    """Return the World Bank's JSON of areas with rows of two codes and income group."""
    paging = {"page": 1, "pages": 1, "per_page": "400", "total": len(rows) + 1}
    found = [
        {"id": iso3, "iso2Code": iso2, "name": iso3, "region": {"id": "X", "value": "Asia"},
         "incomeLevel": {"id": "Y", "value": income}}
        for iso2, iso3, income in rows
    ]  # fmt: skip
    whole = {"id": "WLD", "iso2Code": "1W", "name": "World",
             "region": {"id": "NA", "value": "Aggregates"},
             "incomeLevel": {"id": "NA", "value": "Aggregates"}}  # fmt: skip
    return json.dumps([paging, [*found, whole]]).encode()
