"""The sources, the raw files and the registry, as tables."""

from __future__ import annotations

import pandas as pd

from adoption.ingest.run import conventions_table
from adoption.law.conventions import load_conventions
from tests.conftest import made_up


def test_every_source_of_the_tables_is_described(built: dict[str, pd.DataFrame]) -> None:
    sources = built["sources"].set_index("source")
    acts = built["acts"]["source"].value_counts()
    assert (sources.loc[acts.index, "rows"] >= acts).all()
    assert sources["title"].str.len().min() > 5


def test_the_registry_as_a_table() -> None:
    frame = conventions_table({**load_conventions(), "atlantis": made_up()}).set_index("convention")
    atlantis = frame.loc["atlantis"]
    assert frame.loc[["atlantis"], "entered_into_force"].isna().all()
    assert atlantis["delay_rule"] == "90th day after the deposit"
    assert atlantis["later_rule"] == "30th day after the deposit (art. 38(2))"
    budapest = "first day of the month after 3 months from the deposit"
    assert frame.loc["budapest", "delay_rule"] == budapest
    assert frame.loc[["hanoi", "malabo"], "later_rule"].isna().all()
