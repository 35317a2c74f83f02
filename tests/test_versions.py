"""The version of the data, citations, the codebook, and the types that mypy and editors see."""

from __future__ import annotations

import copy
import json
import pickle
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from inspect import getdoc
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.api import types

import adoption as ad
from adoption.core.paths import processed_folder
from adoption.tables.dictionary import FRAMES
from tests.conftest import ROOT

KINDS: dict[str, Callable[[Any], bool]] = {
    "text": lambda dtype: types.is_string_dtype(dtype) or dtype == "category",
    "integer": types.is_numeric_dtype,
    "number": types.is_float_dtype,
    "day": types.is_datetime64_any_dtype,
    "boolean": types.is_bool_dtype,
}
CALLS: dict[str, Callable[[], Any]] = {
    "acts": lambda: ad.acts("hanoi"),
    "association": lambda: ad.association(
        ad.status("hanoi", "2025-10-26").frame.merge(ad.capacity(), on="iso3")
    ),
    "capacity": lambda: ad.capacity("EGDI", 2024),
    "codebook": lambda: ad.codebook("panel"),
    "conventions": ad.conventions,
    "treaties": lambda: ad.conventions(held=True),
    "compare": lambda: ad.compare(["hanoi", "uncac"], of="shares"),
    "covariates": lambda: ad.covariates(["GCI", "population"], 2024),
    "curve": lambda: ad.curve("uncac"),
    "borders": ad.borders,
    "dyads": lambda: ad.dyads(["uncac", "budapest"], "2010-12-31"),
    "episodes": lambda: ad.episodes("uncac"),
    "evidence": lambda: ad.evidence("hanoi"),
    "forecast": lambda: ad.forecast("hanoi"),
    "groups": ad.groups,
    "inequality": lambda: ad.inequality("gcc"),
    "network": lambda: ad.network(["budapest", "malabo"], "2024-10-09"),
    "next_states": lambda: ad.next_states("hanoi"),
    "panel": lambda: ad.panel("uncac", "2001/2002", codes=["cow", "vdem"]),
    "profile": lambda: ad.profile("QAT"),
    "spells": lambda: ad.spells("uncac"),
    "states": lambda: ad.states(codes=True),
    "status": lambda: ad.status("hanoi"),
    "survival": lambda: ad.survival("uncac", by="un_group"),
    "votes": lambda: ad.table("votes"),
    "world": lambda: ad.world("hanoi"),
}


@cache
def returned(name: str) -> Any:
    return CALLS[name]()


@pytest.mark.parametrize("name", CALLS)
def test_every_frame_says_what_it_is_and_of_which_data(name: str) -> None:
    frame = returned(name) if isinstance(returned(name), pd.DataFrame) else returned(name).frame
    assert (frame.attrs["frame"], frame.attrs["data_version"]) == (name, ad.data_version)
    book = ad.codebook(returned(name)).set_index("name")
    assert book.index.tolist() == frame.columns.tolist()
    assert book["meaning"].notna().all(), book.index[book["meaning"].isna()].tolist()
    for column, row in book.query("type != 'shape'").iterrows():
        assert KINDS[str(row["type"])](frame[column].dtype), column
        assert row["missing"] or frame[column].notna().all(), column


def test_the_codebook_leaves_a_column_of_somebody_else_open() -> None:
    book = ad.codebook(ad.curve("uncac").assign(mine=1)).set_index("name")
    assert book.loc["mine"].isna().all()


@pytest.mark.parametrize("name", ["panel", "curve", "survival", "forecast"])
def test_sources_of_what_has_no_column_of_them(name: str) -> None:
    keys = set(ad.sources(returned(name)).frame["source"])
    convention = "hanoi" if name == "forecast" else "uncac"
    assert keys >= {part for key in ad.acts(convention)["source"] for part in key.split(";")}


def test_the_version_is_that_of_the_package_of_data() -> None:
    package = json.loads((processed_folder() / "datapackage.json").read_bytes())
    assert package["version"] == ad.data_version
    assert re.fullmatch(r"2026-11-\d\d\.[0-9a-f]{12}", ad.data_version)
    cited = ad.status("hanoi").cite()
    assert cited.startswith("@misc{adoption,")
    assert ad.data_version in cited
    assert cited.count("@misc{") == 1 + len(ad.status("hanoi").sources.frame)


@pytest.mark.parametrize("name", ["status", "association", "survival", "evidence"])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_copy_keeps_charts_tables_and_notes(name: str, copied: Callable[[Any], Any]) -> None:
    result = returned(name)
    twin = copied(result)
    assert (twin.charts, twin.tables, twin.notes) == (result.charts, result.tables, result.notes)
    assert twin.sentence == result.sentence
    assert twin.chart().layout.title.text == result.chart().layout.title.text
    pd.testing.assert_frame_equal(twin.frame, result.frame)
    if copied is copy.deepcopy:
        twin.frame.iloc[:, 0] = twin.frame.iloc[::-1, 0].to_numpy()
        assert not twin.frame.equals(result.frame)


@pytest.mark.parametrize("name", ["status", "network", "forecast", "survival", "next_states"])
def test_a_result_is_a_frame_to_the_touch_and_can_be_kept(name: str) -> None:
    result = pickle.loads(pickle.dumps(returned(name)))
    frame = result.to_frame()
    pd.testing.assert_frame_equal(frame, returned(name).frame)
    assert len(result) == len(frame)
    assert result[frame.columns[0]].tolist() == frame.iloc[:, 0].tolist()
    assert result.sentence == returned(name).sentence
    assert result.sources.frame.equals(ad.sources(returned(name)).frame)
    with pytest.raises(AttributeError, match="a pickled result has no charts"):
        result.chart()


def test_a_convention_offers_its_own_names_alone() -> None:
    names = dir(ad.convention("hanoi"))
    assert {"opens", "threshold", "complete_until"} <= set(names)
    assert not [name for name in names if name.startswith(("model_", "_")) or name == "json"]


SCRIPT = (ROOT / "tests" / "researcher.py").read_text(encoding="utf-8")
TREATIES = ROOT / "tests" / "treaties.py"
WRONG = ("status.signatoriez", "forecast.cfd(OPENED)", "ad.panell()")


def test_mypy_knows_every_attribute_and_no_misspelt_one(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """What mypy learnt of the libraries is kept: to read all their types takes seconds."""
    kept = pytestconfig.cache.mkdir("mypy") if hasattr(pytestconfig, "cache") else tmp_path
    (tmp_path / "script.py").write_text(SCRIPT + "\n".join(WRONG), encoding="utf-8")
    scripts = ["script.py", str(TREATIES)]
    command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={kept}", *scripts]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"MYPYPATH": str(ROOT / "src"), "PATH": ""},
    )
    faults = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert all(line.startswith("script.py") for line in faults), done.stdout
    first = SCRIPT.count("\n") + 1
    assert [int(line.split(":")[1]) for line in faults] == [*range(first, first + 3)], done.stdout


def test_the_script_of_a_researcher_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    scope = runpy.run_path(str(ROOT / "tests" / "researcher.py"))
    assert set(scope["panel"]["iso3"]) == set(ad.states()["iso3"])
    assert scope["rows"]["event"].sum() == ad.episodes("uncac", split=None)["event"].sum()
    assert {path.name for path in tmp_path.iterdir()} == {"cite.bib", "map.html"}


def test_the_script_on_held_treaties_runs() -> None:
    scope = runpy.run_path(str(TREATIES))
    assert (scope["had_consented"], scope["needed"]) == (103, 20)
    halves = scope["table"].dropna()  # in Oceania half had not joined CAT
    assert (halves["CRC"] < halves["CAT"]).all()
    assert 0 < len(scope["near"]) < scope["joined"]
    assert len(scope["apart"]) > 0


API = (ROOT / "src" / "adoption" / "api.py").read_text(encoding="utf-8")
DESCRIBED = re.findall(
    r'@attach_metadata\("(\w+)"\)\ndef (\w+)\(', API
)  # a frame, and who returns it


def test_the_codebook_has_every_frame_of_the_public_functions() -> None:
    names = {frame for frame, _ in DESCRIBED}
    assert names
    assert names <= set(FRAMES)
    assert names <= set(CALLS)


KIND = r"(?:str|int|float|bool|boolean|Int64|datetime64|category)\b"
OF_KIND = re.compile(rf"((?:\w+(?:, | and ))*\w+) \((?:[^()]*?, )?{KIND}")
PROSE = {"value", "bounds", "parts", "state"}  # before a kind, and no columns
ALSO = {"survival": FRAMES["waits"], "association": {"most_share", "least_share"}}  # its tests


@pytest.mark.parametrize(
    ("frame", "function"), [pair for pair in DESCRIBED if hasattr(ad, pair[1])]
)
def test_help_names_the_columns_that_the_codebook_describes(frame: str, function: str) -> None:
    """Words of several parts, and words before a kind, are columns, attributes or functions."""
    _, _, text = (getdoc(getattr(ad, function)) or "").partition("Returns\n-------")
    text = " ".join(re.split(r"\n(?:Raises|Examples)\n-+", text)[0].split())
    result = returned(frame)
    own = {*FRAMES[frame], *ALSO.get(frame, ())}
    typed = {w for part in OF_KIND.findall(text) for w in re.split(r", | and ", part)}
    assert typed <= own | PROSE | {*dir(result)}
    attributes = {*dir(result), *dir(returned("status").signatories), *dir(ad)}
    rows = result if isinstance(result, pd.DataFrame) else result.frame
    attributes |= {str(key) for key in rows.attrs}
    of_others = {column for columns in FRAMES.values() for column in columns}
    assert set(re.findall(r"\b[a-z]\w*_\w+\b", text)) <= own | of_others | attributes
