"""The saved scores as a table of the build."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from adoption.core.paths import reference_folder
from adoption.ingest.acts import read_backtest
from adoption.tables.dictionary import table

HEAD = ",".join(column.name for column in table("backtest").columns)
REST = len(table("backtest").columns) - 10


def test_every_column_is_read_with_its_kind(tmp_path: Path) -> None:
    row = "IV-1,91,20,3,40,900,," + ",".join(["0.25"] * REST) + ",300,800,"
    (tmp_path / "backtest.csv").write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    (read,) = read_backtest(tmp_path).to_dict("records")
    assert (read["treaty"], read["age"], read["days_50"]) == ("IV-1", 91, 800)
    assert read["crps_forecast"] == read["pit_pace"] == 0.25
    assert pd.isna(read["wait"])  # not reached, which is not zero days


def test_the_committed_scores_are_whole() -> None:
    frame = read_backtest(reference_folder())
    assert not frame.duplicated(["treaty", "age", "target"]).any()
    reached = frame["wait"].notna()
    assert (frame.loc[reached, "wait"] <= frame.loc[reached, "followed"]).all()
    assert (frame["consents"] < frame["target"]).all()
    for column in frame.columns[frame.columns.str.startswith("pit_")]:
        assert frame[column].dropna().between(0, 1).all()
