"""The saved scores as a table of the build."""

from __future__ import annotations

from adoption.core.paths import reference_folder
from adoption.ingest.acts import read_backtest
from adoption.tables.dictionary import table

HEAD = ",".join(column.name for column in table("backtest").columns)
REST = len(table("backtest").columns) - 10


def test_the_committed_scores_are_whole() -> None:
    frame = read_backtest(reference_folder())
    assert not frame.duplicated(["treaty", "age", "target"]).any()
    reached = frame["wait"].notna()
    assert (frame.loc[reached, "wait"] <= frame.loc[reached, "followed"]).all()
    assert (frame["consents"] < frame["target"]).all()
    for column in frame.columns[frame.columns.str.startswith("pit_")]:
        assert frame[column].dropna().between(0, 1).all()
