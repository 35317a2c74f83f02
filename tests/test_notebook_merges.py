"""What a notebook merges decides what it says: change the merged frame, and the finding changes."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pandas as pd

from adoption.law.deciding import NO_ACT
from tests.conftest import ROOT
from tests.test_notebooks import cells

Change = Callable[[pd.DataFrame], pd.DataFrame]


def shown(name: str, frame: str, change: Change | None = None) -> dict[str, Any]:
    """Run a notebook's cells, a frame changed where it is made; return what each shows."""
    scope: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for cell in cells(ROOT / f"notebooks/{name}.ipynb"):
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell.id, "exec"), scope)
        if change and frame in scope:
            scope[frame], change = change(scope[frame]), None
        if isinstance(last, ast.Expr):
            found[cell.id] = eval(compile(ast.Expression(last.value), cell.id, "eval"), scope)
    return found


def without_qatar(frame: pd.DataFrame) -> pd.DataFrame:
    """Qatar has not acted, and has no points in the legal pillar."""
    changed = frame.copy()
    of_qatar = changed["iso3"] == "QAT"
    changed.loc[of_qatar, ["act", "status", "legal"]] = [None, NO_ACT, 0.0]
    changed.loc[of_qatar, "overall"] = 80.0
    return changed


def test_a_brief_sets_a_state_beside_what_was_merged() -> None:
    before = shown("03_country_brief", "merged")
    after = shown("03_country_brief", "merged", without_qatar)
    title = "Qatar is above the median of Asia in {} of five pillars"
    for found, above, legal, acted in ((before, "five", 20.0, 3), (after, "four", 0.0, 2)):
        assert found["03-09"].layout.meta["title"] == title.format(above)
        values = found["03-20"].frame.set_index("Pillar")
        assert values.at["Legal", "Value"] == legal
        assert values["Difference"].lt(0).sum() == 2 * (legal == 0), "overall and legal"
        groups = found["03-11"].frame.set_index("Group")
        assert groups.at["GCC", "Known to have acted"] == acted
    assert before["03-11"].frame.set_index("Group")["Place"].eq(1).all()
    assert after["03-11"].frame.set_index("Group").at["GCC", "Place"] == 5
    assert set(map(str, before["03-14"].frame["Status"])) == {NO_ACT}
    assert NO_ACT not in set(map(str, after["03-14"].frame["Status"]))


def test_a_group_is_counted_and_measured_from_what_was_merged() -> None:
    before = shown("09_region_brief", "members")
    after = shown("09_region_brief", "members", without_qatar)
    for found, acted, full in ((before, "nine", "four states"), (after, "eight", "three states")):
        assert found["09-04"].text.startswith(f"At least {acted} of the 22 members of the League")
        assert f"to 100 ({full})" in found["09-04"].text
    pairs = [found["09-13"].frame["Pairs, certain"].tolist() for found in (before, after)]
    assert pairs[0][-2] > pairs[1][-2], "one fewer would be joined by the convention"
    assert "is known" not in after["09-06"].layout.meta["title"]


def test_inequality_is_that_of_what_was_merged() -> None:
    before = shown("06_regional_inequality", "merged")
    after = shown("06_regional_inequality", "merged", without_qatar)
    for found, acted, lowest in ((before, "Nine", 5.29), (after, "Eight", 0.0)):
        assert f"{acted} of its 22 members are known to have acted" in found["06-03"].text
        assert found["06-06"].frame["Lowest"].iloc[0] == lowest
    assert before["06-09"].frame.iloc[0, 1] == 20.0
