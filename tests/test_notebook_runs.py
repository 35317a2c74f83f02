"""Every notebook with other parameters: another convention, an early day, another group.

The cells run in this process, one after another, as a kernel would run them; what each
shows is formatted as a notebook formats it.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from IPython.core.interactiveshell import InteractiveShell

from adoption.answers import ANSWER_TYPE
from tests.test_notebooks import NOTEBOOKS, cells, parameters

pytestmark = pytest.mark.slow

NOT_WORDS = re.compile(r"\b(nan|NaN|NaT|None|<NA>)\b(?! of | is | has |,)")
EARLY = {"convention": "hanoi", "as_of": "2025-10-25"}
SETS: dict[str, list[dict[str, Any]]] = {
    "00_explore": [
        {"convention": "malabo", "group": "african-union"},
        {**EARLY, "index": "EGDI", "component": "online_services"},
        {"convention": "uncac", "as_of": "2005-12-14", "group": "eu", "edition": 2020},
    ],
    "01_status_map": [{"convention": "budapest"}, EARLY, {"convention": "malabo"},
                      {"convention": "arab-2010", "as_of": "2013-01-01"}],
    "02_timeline": [{"convention": "budapest"}, EARLY,
                    {"convention": "uncac", "compare": "untoc", "as_of": "2004-01-01"},
                    {"convention": "malabo", "compare": ""}],
    "03_country_brief": [{"country": "PLW"}, {"country": "VAT", "convention": "uncac"},
                         {"country": "VNM", **EARLY, "edition": 2020},
                         {"country": "PSE", "conventions": "arab-2010"}, {"country": "EUE"},
                         {"country": "EUE", "convention": "budapest"}],
    "04_capacity": [{"edition": 2020}, {"component": "legal"},
                    {"index": "EGDI", "edition": 2018, "component": "human_capital"},
                    {"index": "EGDI"}],
    "05_capacity_and_adoption": [{"convention": "budapest", "edition": 2020}, EARLY,
                                 {"convention": "malabo"}, {"convention": "untoc"}],
    "06_regional_inequality": [{"group": "EU", "inner": "NATO"}, {"group": "Oceania", **EARLY},
                               {"group": "african-union", "inner": "Northern Africa",
                                "edition": 2020, "convention": "malabo"}],
    "07_cooperation_network": [{"convention": "budapest", "as_of": "2004-07-01"},
                               {**EARLY, "group": "gcc"}, {"group": "Oceania", "conventions": ""},
                               {"conventions": "arab-2010", "group": "ASEAN"}],
    "08_conventions_compared": [{"conventions": "budapest, malabo, arab-2010"},
                                {"conventions": "hanoi, untoc", "as_of": "2025-10-25"},
                                {"conventions": "", "horizon": 20},
                                {"conventions": "malabo", "horizon": 1}],
    "09_region_brief": [{"group": "EU", "convention": "arab-2010", "as_of": "2012-01-01"},
                        {"group": "Micronesia", **EARLY},
                        {"group": "african-union", "convention": "malabo", "edition": 2020}],
    "10_claims_check": [{"as_of": "2025-10-25"}, {"as_of": "2025-11-13"}, {"as_of": "2003-01-01"}],
    "11_evidence": [{"convention": "budapest"}, EARLY, {"convention": "arab-2010"},
                    {"convention": "untoc", "before": "data/processed"}],
    "12_entry_into_force": [{"convention": "untoc"}, EARLY, {"convention": "budapest-2ap"},
                            {"convention": "arab-2010"},
                            {"convention": "malabo", "as_of": "2022-06-01"},
                            {"convention": "uncac", "as_of": "2004-12-09"}],
    "13_signature_to_consent": [{"convention": "untoc"}, EARLY,
                                {"convention": "malabo", "compare": ""},
                                {"convention": "arab-2010", "compare": "malabo"},
                                {"convention": "budapest", "as_of": "2004-03-18",
                                 "compare": "hanoi"}],
    "14_next_movers": [{"convention": "untoc"}, EARLY, {"convention": "malabo"},
                       {"convention": "rotterdam"}],
    "17_front": [{"convention": "untoc"}, EARLY, {"convention": "malabo", "as_of": "2022-06-01"},
                 {"convention": "uncac", "as_of": "2005-10-09"}],
}  # fmt: skip


def run(path: Path, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Run the cells of a notebook with some parameters; return what they show."""
    formatter = InteractiveShell().display_formatter  # type: ignore[no-untyped-call]
    assert formatter is not None
    scope: dict[str, Any] = {}
    shown = []
    for number, cell in enumerate(cells(path)):
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"{path.stem}:{cell.id}", "exec"), scope)
        if last is not None:
            code = compile(ast.Expression(last.value), f"{path.stem}:{cell.id}", "eval")
            value = eval(code, scope)
            if isinstance(value, go.Figure):  # its own display prints
                shown.append({"figure": value.layout.meta})
            else:
                shown.append(formatter.format(value)[0])  # type: ignore[no-untyped-call]
        if number == 0:
            scope |= given
    return shown


def test_every_notebook_has_at_least_three_other_sets() -> None:
    assert set(SETS) == {path.stem for path in NOTEBOOKS}
    for path in NOTEBOOKS:
        names = {ast.unparse(statement.target) for _, statement in parameters(path)}
        assert len(SETS[path.stem]) >= 3
        assert all(set(given) <= names for given in SETS[path.stem])


@pytest.mark.parametrize(
    ("path", "given"),
    [
        pytest.param(path, given, id=f"{path.stem}-{'-'.join(map(str, given.values()))}")
        for path in NOTEBOOKS
        for given in SETS.get(path.stem, [])
    ],
)
def test_it_runs_and_says_only_words(path: Path, given: dict[str, Any]) -> None:
    shown = run(path, given)
    assert sum(ANSWER_TYPE in data for data in shown) == 1
    for data in shown:
        for kind in ("text/html", "text/markdown"):
            found = NOT_WORDS.search(data.get(kind, ""))
            assert not found, data[kind][max(0, found.start() - 80) : found.end() + 80]
        words = " ".join(map(str, data.get("figure", {}).values()))
        assert not NOT_WORDS.search(words), words
