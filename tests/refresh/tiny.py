"""A small project: two conventions, all acts on one of them, a dozen states of the other.

It is cut out of the frozen data, so that a build takes a fraction of a second.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from adoption.ingest.run import make_tables
from adoption.refresh.events import record, write_news
from adoption.tables.exceptions import COLUMNS
from adoption.tables.write import encode, replace_folder
from tests.conftest import FROZEN

CONVENTIONS = ("hanoi", "uncac")
STATES = frozenset(
    ("DZA", "AGO", "ARG", "AUS", "AUT", "BRA", "CAN", "CHN", "EGY", "FRA", "MEX", "PER")
)
TREATIES = frozenset(("IV-1", "XVIII-14"))
Row = Mapping[str, str]
KEPT: dict[str, Callable[[Row], bool]] = {
    "acts-comparison/acts.csv": lambda row: row["convention"] == "uncac" and row["iso3"] in STATES,
    "acts-comparison/entry-into-force.csv": lambda _: False,
    "acts-comparison/totals.csv": lambda _: False,
    "itu-gci/gci.csv": lambda row: row["iso3"] in STATES,
    "un-egdi/egdi.csv": lambda row: row["iso3"] in STATES,
    "unga-votes/votes.csv": lambda row: row["iso3"] in STATES,
    "vdem-regimes/regimes.csv": lambda row: row["iso3"] in STATES,
    "untc-base/acts.csv.gz": lambda row: row["treaty_id"] in TREATIES,
    "untc-base/treaties.csv": lambda row: row["treaty_id"] in TREATIES,
}


def make_tiny(root: Path) -> None:
    """Write the project's data: raw, reference and processed."""
    data = root / "data"
    for name in ("raw", "reference"):
        shutil.copytree(FROZEN / "data" / name, data / name)
    for file, kept in KEPT.items():
        source, _, name = file.partition("/")
        (path,) = (data / "raw" / source).glob(f"*/{name}")
        cut(path, kept)
    reference = data / "reference"
    for name in ("conventions.toml", "publishers.toml"):
        cut_toml(reference / name)
    for name in ("acts.csv", "corrections.csv"):
        cut(reference / name, lambda row: row["convention"] in CONVENTIONS)
    cut(reference / "exceptions.csv", lambda _: False)
    for name in ("backtest.csv", "withdrawals.csv"):
        cut(reference / name, lambda row: row["treaty"] in TREATIES)
    tables, found = make_tables(data / "raw", reference)
    with (reference / "exceptions.csv").open("w", encoding="utf-8", newline="") as file_:
        writer = csv.writer(file_, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([*violation[:3], "cut out of the data"] for violation in found)
    replace_folder(data / "processed", encode(tables))
    record(data, None, tables, date(2026, 11, 24))
    write_news(data)


def cut(path: Path, kept: Callable[[Row], bool]) -> None:
    """Keep some rows of a CSV file, and its sidecar in order."""
    packed, content = path.suffix == ".gz", path.read_bytes()
    text = (gzip.decompress(content) if packed else content).decode("utf-8-sig")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in reader if kept(row))
    content = buffer.getvalue().encode()
    rewrite(path, gzip.compress(content, mtime=0) if packed else content)


def rewrite(path: Path, content: bytes) -> None:
    """Write a raw file anew, and its sidecar if it has one."""
    path.write_bytes(content)
    sidecar = path.with_name(f"{path.name}.meta.json")
    if sidecar.exists():
        signed = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        sidecar.write_text(json.dumps(json.loads(sidecar.read_text("utf-8")) | signed), "utf-8")


def cut_toml(path: Path) -> None:
    """Keep the tables of the conventions, and of sources that are none of their lists."""
    head, *tables = re.split(r"(?m)^(?=\[)", path.read_text(encoding="utf-8"))
    kept = []
    for table in tables:
        name = table[1 : table.index("]")].split(".")
        whose = re.search(r'^convention = "(.+)"$', table, re.MULTILINE)
        if path.name == "conventions.toml" and name[0] not in CONVENTIONS:
            continue
        if whose and whose[1] not in CONVENTIONS:
            continue
        kept.append(re.sub(r"(?m)^entered_into_force.*\n", "", table))
    path.write_text(head + "".join(kept), encoding="utf-8")
