"""A small project: two conventions, all acts on one of them, a dozen states of the other.

It is cut out of the frozen data, so that a build takes a fraction of a second.
"""

from __future__ import annotations

import gzip
import re
import shutil
from datetime import date
from pathlib import Path

import pandas as pd

from adoption.ingest.run import make_tables
from adoption.refresh.events import record, write_news
from adoption.tables.exceptions import EXCEPTION_COLUMNS
from adoption.tables.write import encode, replace_folder
from tests.conftest import FROZEN, rewrite

CONVENTIONS = ("hanoi", "uncac")
STATES = ("DZA", "AGO", "ARG", "AUS", "AUT", "BRA", "CAN", "CHN", "EGY", "FRA", "MEX", "PER")
TREATIES = ("IV-1", "XVIII-14")
NONE, OF_STATES = "index < 0", f"iso3 in {STATES}"
OF_CONVENTIONS, OF_TREATIES = f"convention in {CONVENTIONS}", f"treaty in {TREATIES}"
KEPT = {
    "raw/acts-comparison/*/acts.csv": f"convention == 'uncac' and {OF_STATES}",
    "raw/acts-comparison/*/entry-into-force.csv": NONE,
    "raw/acts-comparison/*/totals.csv": NONE,
    "raw/itu-gci/*/gci.csv": OF_STATES,
    "raw/un-egdi/*/egdi.csv": OF_STATES,
    "raw/unga-votes/*/votes.csv": OF_STATES,
    "raw/vdem-regimes/*/regimes.csv": OF_STATES,
    "raw/untc-base/*/acts.csv.gz": f"treaty_id in {TREATIES}",
    "raw/untc-base/*/treaties.csv": f"treaty_id in {TREATIES}",
    "raw/untc-outside/*/acts.csv.gz": NONE,
    "raw/untc-outside/*/treaties.csv": NONE,
    "reference/acts.csv": OF_CONVENTIONS,
    "reference/corrections.csv": OF_CONVENTIONS,
    "reference/exceptions.csv": NONE,
    "reference/backtest.csv": OF_TREATIES,
    "reference/withdrawals.csv": OF_TREATIES,
}


def make_tiny(root: Path) -> None:
    """Write the project's data: raw, reference and processed."""
    data = root / "data"
    for name in ("raw", "reference"):
        shutil.copytree(FROZEN / "data" / name, data / name)
    for file, kept in KEPT.items():
        (path,) = data.glob(file)
        cut(path, kept)
    reference = data / "reference"
    for name in ("conventions.toml", "publishers.toml", "treaties.toml"):
        cut_toml(reference / name)
    tables, found = make_tables(data / "raw", reference)
    listed = pd.DataFrame([violation[:3] for violation in found], columns=EXCEPTION_COLUMNS[:3])
    listed.assign(why="cut out of the data").to_csv(reference / "exceptions.csv", index=False)
    replace_folder(data / "processed", encode(tables))
    record(data, None, tables, date(2026, 11, 24))
    write_news(data)


def cut(path: Path, kept: str) -> None:
    """Keep some rows of a CSV file, and its sidecar in order."""
    rows = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    content = rows.query(kept).to_csv(index=False).encode()
    rewrite(path, gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def cut_toml(path: Path) -> None:
    """Keep the tables of the conventions, and of sources that are none of their lists."""
    head, *tables = re.split(r"(?m)^(?=\[)", path.read_text(encoding="utf-8"))
    kept = []
    for table in tables:
        name = table[1 : table.index("]")].split(".")
        whose = re.search(r'^convention = "(.+)"$', table, re.MULTILINE)
        if path.name == "conventions.toml" and name[0] not in CONVENTIONS:
            continue
        if path.name == "treaties.toml" and name[0] not in TREATIES:
            continue
        if whose and whose[1] not in CONVENTIONS:
            continue
        kept.append(re.sub(r"(?m)^entered_into_force.*\n", "", table))
    path.write_text(head + "".join(kept), encoding="utf-8")
