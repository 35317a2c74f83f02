"""What decides a page: told apart, told in words, kept as JSON, and never a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from adoption.reports.inputs import Digests, Inputs, differences, inputs_of
from tests.reports.publishing import SHA, inputs

OTHER = "0" * 64
ACTS = "data/processed/acts.parquet"

# Differences


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, []),
        ({"notebook": OTHER}, ["the notebook's source changed"]),
        ({"package": OTHER}, ["the package's source changed"]),
        ({"lock": OTHER}, ["requirements.lock changed"]),
        ({"lock": ""}, ["requirements.lock changed"]),
        ({"python": "3.12.1"}, ["Python 3.11.9 became 3.12.1"]),
        ({"files": {ACTS: OTHER}}, [f"{ACTS} changed"]),
        ({"files": {ACTS: ""}}, [f"{ACTS} is missing"]),
        ({"files": {ACTS: SHA, "a.csv": SHA}}, ["a.csv is new"]),
        ({"files": {}}, [f"{ACTS} is no longer read"]),
        ({"parameters": {"country": "OMN"}}, ["parameter country: 'QAT' became 'OMN'"]),
        ({"parameters": {}}, ["parameter country: 'QAT' is gone"]),
        ({"parameters": {"country": "QAT", "n": 1}}, ["parameter n: 1 is new"]),
    ],
)
def test_each_difference_is_a_line(change: dict[str, Any], lines: list[str]) -> None:
    before = inputs(parameters={"country": "QAT"}, files={ACTS: SHA})
    now = inputs(**({"parameters": {"country": "QAT"}, "files": {ACTS: SHA}} | change))
    assert differences(before, now) == lines


@pytest.mark.parametrize(("was", "value"), [(1, True), ("1", 1)])
def test_a_value_of_another_type_is_another_value(was: Any, value: Any) -> None:
    found = differences(inputs(parameters={"n": was}), inputs(parameters={"n": value}))
    assert found == [f"parameter n: {was!r} became {value!r}"]


def test_a_page_that_failed_is_to_be_made_anew() -> None:
    assert differences(inputs(), inputs(), failed=True) == ["its last run failed"]
    assert differences(inputs(), inputs(lock=OTHER), failed=True) == [
        "its last run failed",
        "requirements.lock changed",
    ]


# Of pages


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("data/processed", "data/reference", "notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / ACTS).write_bytes(b"acts")
    (tmp_path / "data" / "processed" / "states.csv").write_bytes(b"states")
    (tmp_path / "notebooks" / "a.ipynb").write_text('{"cells": []}', encoding="utf-8")
    return tmp_path


def of(root: Path, *reads: str, known: bool = True) -> Inputs:
    return inputs_of("a", {"country": "QAT"}, reads if known else None, Digests(root))


def again(root: Path, before: Inputs) -> list[str]:
    return differences(before, inputs_of("a", {"country": "QAT"}, before.files, Digests(root)))


def test_a_page_differs_only_by_what_it_read(root: Path) -> None:
    before = of(root, ACTS)
    (root / "data" / "processed" / "states.csv").write_bytes(b"changed")
    (root / "data" / "processed" / "new.csv").write_bytes(b"new")
    assert again(root, before) == []
    (root / ACTS).write_bytes(b"changed")
    assert again(root, before) == [f"{ACTS} changed"]


def test_a_page_whose_reads_are_not_known_differs_by_any_file(root: Path) -> None:
    before = of(root, known=False)
    assert again(root, before) == []
    (root / "data" / "processed" / "states.csv").unlink()
    (root / "data" / "reference" / "a").mkdir()
    (root / "data" / "reference" / "a" / "new.csv").write_bytes(b"new")
    assert again(root, before) == [
        "data/processed/states.csv is missing",
        "data/reference/a/new.csv is new",
    ]
    assert again(root, of(root, known=False)) == []
