"""Every notebook with other parameters, and every file that one reads."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from IPython.core.interactiveshell import InteractiveShell

from adoption.explore.page import Explore
from adoption.law.conventions import load_conventions
from adoption.press.parameters import notebook_parameters
from adoption.show.answers import ANSWER_TYPE
from adoption.show.parameters import Parameters
from tests.conftest import ROOT
from tests.test_notebooks import NOTEBOOKS, WITH_PARAMETERS, cells

NOT_WORDS = re.compile(r"\b(nan|NaN|NaT|None|<NA>)\b(?! of | is | has | confirmed|,)")
EARLY = {"convention": "hanoi", "as_of": "2025-10-25"}
SETS: dict[str, dict[str, Any]] = {
    "00_explore": {**EARLY, "index": "EGDI", "component": "online_services"},
    "01_status_map": {"convention": "arab-2010", "as_of": "2013-01-01"},
    "02_timeline": {"convention": "malabo", "compare": ""},
    "03_country_brief": {
        "country": "European Union",
        "convention": "uncac",
        "as_of": "2010-01-01",
    },
    "04_capacity": {"index": "EGDI", "edition": 2018, "component": "human_capital"},
    "05_capacity_and_adoption": {"convention": "malabo"},
    "06_regional_inequality": {"group": "Oceania", **EARLY},
    "07_cooperation_network": {"conventions": "arab-2010", "group": "ASEAN"},
    "08_conventions_compared": {"conventions": "malabo", "horizon": 1},
    "09_region_brief": {"group": "Micronesia", **EARLY},
    "10_claims_check": {"as_of": "2025-10-25"},
    "11_evidence": {"convention": "untoc"},
    "12_entry_into_force": {"convention": "malabo", "as_of": "2022-06-01"},
    "13_signature_to_consent": {"convention": "arab-2010", "compare": "malabo"},
    "14_forecast_method": {"convention": "untoc", "as_of": "2002-12-12"},
    "16_geography": {"convention": "malabo"},
    "17_front": EARLY,
    "19_next_states": {"within": "2 years", "group": "ASEAN"},
    "23_treaties": {"as_of": "1990-01-01"},
    "20_panels": {"convention": "budapest"},
    "22_event_histories": {"conventions": "terrorist-financing"},
}


def run(path: Path, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Run the cells of a notebook with some parameters; return what they show."""
    formatter = InteractiveShell().display_formatter  # type: ignore[no-untyped-call]
    assert formatter is not None
    scope: dict[str, Any] = {}
    shown = []
    for number, cell in enumerate(cells(path)):
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        # Without the future imports of this module, which a notebook does not have.
        exec(compile(tree, f"{path.stem}:{cell.id}", "exec", dont_inherit=True), scope)
        if last is not None:
            name = f"{path.stem}:{cell.id}"
            code = compile(ast.Expression(last.value), name, "eval", dont_inherit=True)
            value = eval(code, scope)
            for part in value.still() if isinstance(value, Explore) else [value]:
                if isinstance(part, go.Figure):  # its own display prints
                    shown.append({"figure": part.layout.meta})
                elif isinstance(part, dict):
                    shown.append({"text/markdown": part["text/plain"]})
                else:
                    shown.append(formatter.format(part)[0])  # type: ignore[no-untyped-call]
        if number == 0:
            scope |= given
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("path", WITH_PARAMETERS, ids=lambda path: path.stem)
def test_it_runs_and_says_only_words(path: Path) -> None:
    shown = run(path, SETS[path.stem])
    assert sum(ANSWER_TYPE in data for data in shown) == (path in NOTEBOOKS)
    for data in shown if path in NOTEBOOKS else ():  # frames of an article have NaN
        words = " ".join(map(str, data.get("figure", {}).values()))
        for text in (data.get("text/html", ""), data.get("text/markdown", ""), words):
            found = NOT_WORDS.search(text)
            assert not found, text[max(0, found.start() - 80) : found.end() + 80]


def subject_of(path: Path) -> str:
    """Return the parameter that names a notebook's conventions; empty where none does."""
    names = Parameters.model_fields.keys() & notebook_parameters(path).keys()
    return next((name for name in ("convention", "conventions") if name in names), "")


@pytest.mark.slow
@pytest.mark.parametrize("convention", [*load_conventions()])
@pytest.mark.parametrize("path", [*filter(subject_of, WITH_PARAMETERS)], ids=lambda path: path.stem)
def test_every_convention_has_its_numbers_or_a_sentence(path: Path, convention: str) -> None:
    run(path, {subject_of(path): convention})


NAMES = [path.stem for path in NOTEBOOKS]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `tests.reads` wrote, by name."""
    folder: Path = tmp_path_factory.mktemp("reads")
    subprocess.run([sys.executable, "-m", "tests.reads", folder], cwd=ROOT, check=True)
    return {path.stem: json.loads(path.read_text()) for path in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_what_is_recorded_is_what_was_opened_also_if_remembered(
    found: dict[str, Any], name: str
) -> None:
    # Frames have the version of the data in `attrs`, which no page shows. A page that recorded it
    # would be made again whenever any table changed.
    seen = [file for file in found[name]["seen"] if file != "data/processed/datapackage.json"]
    assert found[name]["again"] == found[name]["first"] == seen
    assert {"data/reference/conventions.toml", "data/processed/snapshots.parquet"} <= {*seen}
