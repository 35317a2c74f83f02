"""What a notebook merges decides what it shows: change the frame, and the finding changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from adoption.paths import project_root
from tests.test_notebooks import cells

NOTEBOOKS = project_root() / "notebooks"


def run(name: str, merged: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> dict[str, Any]:
    """Run a notebook's cells, changing the frame `merged` as soon as a line has made it."""
    scope: dict[str, Any] = {}
    for cell in cells(NOTEBOOKS / f"{name}.ipynb"):
        if f"{merged} = " not in cell.source:
            exec(cell.source, scope)
            continue
        lines = cell.source.splitlines()
        (line,) = [n for n, text in enumerate(lines) if text.startswith(f"{merged} = ")]
        made, rest = "\n".join(lines[: line + 1]), "\n".join(lines[line + 1 :])
        exec(made, scope)
        scope[merged] = change(scope[merged])
        exec(rest, scope)
    return scope


def same(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def test_10_publishers_follow_from_the_merged_rows() -> None:
    name = "10_claims_check"
    found = run(name, "merged", same)["publishers"]
    other = run(name, "merged", lambda rows: rows.assign(publisher="Atlantis"))["publishers"]
    assert len(found) > 10
    assert other["publisher"].tolist() == ["Atlantis"]
    assert other["Rows"].sum() == found["Rows"].sum()


def test_11_sources_and_licences_follow_from_the_merged_acts() -> None:
    name = "11_evidence"
    found = run(name, "merged", same)
    other = run(name, "merged", lambda rows: rows[rows["grade"] != "reported"])
    assert found["counts"]["acts"].sum() == 78
    assert found["counts"]["confirmed"].sum() == 65
    assert other["counts"]["acts"].sum() == 68
    column = "Acts on this page"
    assert found["licences"][column].sum() == 78
    assert other["licences"][column].sum() == 68
    none = found["licences"].set_index("Licence, as stated").loc["none stated"]
    assert none["Sources"] == 98


def test_11_an_act_of_two_sources_counts_for_both() -> None:
    def twice(rows: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([rows, rows.head(1).assign(source=rows["source"].iloc[-1])])

    scope = run("11_evidence", "merged", twice)
    assert scope["counts"]["acts"].sum() == 79
    assert scope["licences"]["Acts on this page"].sum() == 79
