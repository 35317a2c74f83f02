"""A kind of act is a table of `acts.toml`: the code has no list of its own, and no default."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.core.acts import ACTS, DOMESTIC_APPROVAL, OTHER_ACTS, kind_of_act
from adoption.law.panel import NO_ACT
from adoption.law.status import status_on
from adoption.tables import certain_by
from tests.conftest import MADE_UP_STATES, ROOT, Act, DataTree, acts_of, bound, history, states_of

OBJECTION = """
[objection]
family = "other"
did = "objected"
listed = false
column = "objection"
mark = "square"
"""
ROW = "hanoi,QAT,Qatar,objection,2026-03-01,,,reported,machineherald,made up"
SHOWN = """
import json

import adoption as ad
from adoption import show
from adoption.show.evidence import grades_by_source

status = ad.status("hanoi", "2026-11-24")
before = ad.status("hanoi", "2026-02-28")
acts = ad.acts("hanoi", "2026-11-24")
of_objection = acts[acts["act"] == "objection"]
columns = ["objection_on", "objection_grade"]
drawing = show.world.world_map(status, ad.states())
print(json.dumps({
    "frame": [frame[columns].dropna().astype("str").values.tolist()
              for frame in (status.participants, before.participants)],
    "marks": drawing.data["marks"],
    "state": [state["mark"] for state in drawing.data["states"] if state["iso3"] == "QAT"],
    "evidence": grades_by_source(acts, status.convention, status.as_of).to_json(),
    "table": of_objection["certain"].tolist(),
}))
"""


def test_a_kind_that_is_data_only_reaches_the_frame_the_map_and_the_evidence(
    tree: DataTree, tmp_path: Path
) -> None:
    package = tmp_path / "package" / "adoption"
    shutil.copytree(ROOT / "src" / "adoption", package, ignore=shutil.ignore_patterns("*.pyc"))
    table = package / "core" / "acts.toml"
    table.write_text(table.read_text(encoding="utf-8") + OBJECTION, encoding="utf-8")
    tree.append("raw/acts-cybercrime/acts.csv", ROW)
    home = {"PYTHONPATH": str(package.parent), "ADOPTION_HOME": str(tree.root)}

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            env=os.environ | home,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("-m", "adoption", "build")
    found = json.loads(run("-c", SHOWN))
    assert found["frame"] == [[["2026-03-01", "reported"]], []]
    assert {"name": "objection", "symbol": "square"} in found["marks"]
    assert found["state"] == ["square"]
    assert "1 objection included" in found["evidence"]
    assert found["table"] == [True]


def test_an_unknown_kind_is_rejected_by_the_build_and_by_the_code(tree: DataTree) -> None:
    line = tree.append("raw/acts-cybercrime/acts.csv", ROW)
    message = tree.refusal()
    assert f"{tree.shown('raw/acts-cybercrime/acts.csv')}: row {line}, column act" in message
    assert "'objection'" in message
    with pytest.raises(KeyError):
        kind_of_act("objection")


@settings(max_examples=30)
@given(act=st.sampled_from(ACTS), day=st.dates(date(2001, 1, 2), date(2005, 1, 1)))
def test_an_act_shows_on_its_day_and_nothing_of_it_the_day_before(act: str, day: date) -> None:
    first = pd.Timestamp(day)
    row: Act = ("AAA", act, f"{first:%Y-%m-%d}", "", "confirmed")
    before = [bound("AAA", "2001-01-01")] if act == "withdrawal" else []
    rows = [*before, row]
    acts = acts_of(rows)
    others = acts[acts["act"] == DOMESTIC_APPROVAL]

    def shown(as_of: pd.Timestamp, *acts: Act) -> pd.DataFrame:
        known = certain_by(others, as_of.date())
        return status_on(
            history(*acts), as_of.date(), states_of(MADE_UP_STATES), None, known
        ).participants

    day_before = first - pd.Timedelta(days=1)
    pd.testing.assert_frame_equal(shown(day_before, *rows), shown(day_before, *before))
    columns = [f"{kind.column}_on" for kind in OTHER_ACTS]
    on_the_day = shown(first, *rows).set_index("iso3").loc["AAA"]
    assert on_the_day["status"] != NO_ACT or on_the_day[columns].notna().any()
    assert on_the_day["act"] == act or on_the_day["status"] == NO_ACT
