"""Every reader by name, and the files that were damaged on purpose."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from adoption.ingest.readers.data360 import read_gci
from adoption.ingest.readers.untc import read_untc
from adoption.ingest.readers.worldbank import read_countries, read_indicator
from tests.sources import figures, mtdsg

FOLDER = Path(__file__).parent / "damaged"
POPULATION = "SP.POP.TOTL"

READERS: dict[str, Callable[[bytes, str], object]] = {
    "untc": read_untc,
    "indicators": partial(read_indicator, indicator=POPULATION),
    "countries": read_countries,
    "gci": read_gci,
}

# A sound file of each reader.
SOUND = {
    "untc": mtdsg.mtdsg(
        "Convention on Invented Things",
        [
            mtdsg.row("Atlantis <superscript>1</superscript>", "2 Jan\t 2030", "14 Feb 2031 AA"),
            mtdsg.row("Côte Imaginaire", "2 Jan\t 2030"),
            mtdsg.row("Mu", "[2 Jan\t 2030 ]", "[3 Mar 2031 a]"),
        ],
        sections={"Declarations": [("Atlantis", ["Subject to article 3."])]},
    ),
    "indicators": figures.indicator(POPULATION, [("NAM", "NA", "Namibia", 2024, 3030131)]),
    "countries": figures.countries(
        [
            ("NAM", "NA", "Namibia", "Sub-Saharan Africa", "Upper middle income"),
            ("WLD", "1W", "World", "Aggregates", "Aggregates"),
        ]
    ),
    "gci": figures.gci("ITU_GCI_LEGL_SCRE", [("NAM", "Namibia", 2024, "11.5")]),
}


def damaged() -> list[str]:
    """Return the names of the damaged files, such as `untc/cut.xml`."""
    files = (path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".toml")
    return sorted(path.relative_to(FOLDER).as_posix() for path in files)


def expected() -> dict[str, str]:
    """Return what the error for each damaged file says, after the file's name."""
    return {
        str(k): str(v) for k, v in tomllib.loads((FOLDER / "expected.toml").read_text()).items()
    }


def content(name: str) -> bytes:
    """Return a damaged file; those that are not text are packed."""
    data = (FOLDER / name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data
