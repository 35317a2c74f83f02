"""The sources, the raw files and the registry, as tables."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pandas as pd

from adoption.build.bibliography import conventions_table, count_citations
from adoption.conventions import load_conventions
from adoption.paths import project_root
from tests.conftest import made_up

if TYPE_CHECKING:
    from tests.conftest import DataTree

LAW = "reference/law-sources.csv"


def test_citations_are_counted_in_every_column_and_list() -> None:
    sources = pd.DataFrame({"source": ["a", "b", "c"]})
    one = pd.DataFrame({"source": ["a", "a;b", None]})
    other = pd.DataFrame({"source": ["b"], "law_source": ["a"], "note": ["c"]})
    counted = count_citations(sources, [one, other])
    assert counted.set_index("source")["rows"].to_dict() == {"a": 3, "b": 2, "c": 0}


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
    kept = {path for path in (project_root() / "data" / "raw").rglob("*") if path.is_file()}
    assert len(built["snapshots"]) == len(kept) / 2


def test_the_registry_as_a_table() -> None:
    frame = conventions_table({**load_conventions(), "atlantis": made_up()}).set_index("convention")
    assert len(frame) == len(load_conventions()) + 1
    atlantis = frame.loc["atlantis"]
    assert atlantis["opens"] == pd.Timestamp("2001-01-01")
    assert frame.loc[["atlantis"], "entered_into_force"].isna().all()
    assert atlantis["delay_rule"] == "90th day after the deposit"
    assert atlantis["later_rule"] == "30th day after the deposit (art. 38(2))"
    assert frame.loc["budapest", "delay_rule"] == (
        "first day of the month after 3 months from the deposit"
    )
    assert frame.loc[["hanoi", "malabo"], "later_rule"].isna().all()


def test_two_sources_of_one_key_stop_the_build(tree: DataTree) -> None:
    row = tree.append(LAW, "untc-xml,Title,Publisher,,,,nothing")
    assert tree.refusal() == (
        f"{LAW.replace('reference', 'data/reference')}: row {row}, column source: "
        "'untc-xml' is already another source's key"
    )
