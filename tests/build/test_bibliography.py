"""The sources, the raw files and the registry, as tables."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from adoption.core.paths import project_root
from adoption.ingest.readers.publishers import Registry, Source
from adoption.ingest.run import conventions_table, count_citations, fetched_sources
from adoption.ingest.snapshots import SnapshotStore
from adoption.law.conventions import load_conventions
from adoption.tables.write import conform
from tests.build.listing import put_snapshot
from tests.conftest import made_up

LAW, NEW = "reference/law-sources.csv", "2026-12-01T060000Z"


def test_citations_are_counted_in_every_column_and_list() -> None:
    sources = pd.DataFrame({"source": ["a", "b", "c"]})
    one = pd.DataFrame({"source": ["a", "a;b", None]})
    other = pd.DataFrame({"source": ["b"], "law_source": ["a"], "note": ["c"]})
    counted = count_citations(sources, [one, other])
    assert counted.set_index("source")["rows"].to_dict() == {"a": 3, "b": 2, "c": 0}
    conflict = pd.DataFrame({"kept_source": ["a", "a"], "other_source": ["c", "b;c"]})
    counted = count_citations(sources, [one, conflict])
    assert counted.set_index("source")["rows"].to_dict() == {"a": 4, "b": 2, "c": 2}


def test_what_was_fetched_is_a_source_as_its_newest_sidecar_has_it(tmp_path: Path) -> None:
    for stamp, address in (("2026-11-30", "https://old.example/a"), (NEW, "https://new.example/a")):
        put_snapshot(tmp_path / "office-b", stamp, "a.xml", b"", address=address)
    (tmp_path / "office-c" / "drafts").mkdir(parents=True)
    sources = {
        name: Source(source=name, publisher="office", reader="untc", convention=name,
                     title=f"List of {name}", files={"a.xml": "/a"})
        for name in ("office-a", "office-b", "office-c")
    }  # fmt: skip
    registry = Registry(publishers={}, sources=sources)
    (row,) = fetched_sources(registry, SnapshotStore(tmp_path)).to_dict("records")
    assert row == {
        "source": "office-b", "title": "List of office-b", "publisher": "P",
        "url": "https://new.example/a", "licence": "L", "accessed": "2026-12-01", "gives": "S",
    }  # fmt: skip
    none = fetched_sources(registry, SnapshotStore(tmp_path / "nothing"))
    assert conform("sources", none.assign(rows=0)).empty


def test_every_source_of_the_tables_is_described(built: dict[str, pd.DataFrame]) -> None:
    sources = built["sources"].set_index("source")
    acts = built["acts"]["source"].value_counts()
    assert (sources.loc[acts.index, "rows"] >= acts).all()
    assert sources["title"].str.len().min() > 5


def test_snapshots_describe_the_files_as_they_are(built: dict[str, pd.DataFrame]) -> None:
    for row in built["snapshots"].itertuples():
        data = (project_root() / str(row.file)).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row.sha256
        assert len(data) == row.bytes
    days = built["snapshots"][["accessed", "complete_to"]].astype("str")
    assert (days["accessed"] == built["snapshots"]["file"].str.split("/").str[3]).all()
    assert (days["complete_to"] <= days["accessed"]).all()
    kept = {path for path in (project_root() / "data" / "raw").rglob("*") if path.is_file()}
    assert len(built["snapshots"]) == len(kept) / 2


def test_the_registry_as_a_table() -> None:
    frame = conventions_table({**load_conventions(), "atlantis": made_up()}).set_index("convention")
    atlantis = frame.loc["atlantis"]
    assert frame.loc[["atlantis"], "entered_into_force"].isna().all()
    assert atlantis["delay_rule"] == "90th day after the deposit"
    assert atlantis["later_rule"] == "30th day after the deposit (art. 38(2))"
    budapest = "first day of the month after 3 months from the deposit"
    assert frame.loc["budapest", "delay_rule"] == budapest
    assert frame.loc[["hanoi", "malabo"], "later_rule"].isna().all()
