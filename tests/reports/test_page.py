"""One page: a notebook without a heading is good, one that cannot be read fails alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from adoption.core.text import long_day
from tests.reports.conftest import ANSWER, SHOW, Project, code, make_project, parameters, text


def no_outputs(plain: dict[str, Any]) -> None:
    plain["cells"] = plain["cells"][1:]
    for cell in plain["cells"]:
        cell["outputs"] = None


def half_a_letter(plain: dict[str, Any]) -> None:
    plain["cells"][0]["source"] = "# \ud800"


def test_a_notebook_needs_no_heading_and_one_that_cannot_be_read_fails_alone(
    project: Project,
) -> None:
    project.write("plain", parameters(), code(SHOW), text("No heading, but words."))
    spoilt = {"silent": no_outputs, "garbled": half_a_letter}
    for name, spoil in spoilt.items():
        project.write(name, text(f"# Kind of {name}\n\nWhat?"), parameters(), code(SHOW))
        path = project.root / "notebooks" / f"{name}.ipynb"
        plain = json.loads(path.read_text(encoding="utf-8"))
        spoil(plain)
        path.write_text(json.dumps(plain), encoding="utf-8")
    names = ("plain", *spoilt)
    project.plan("".join(f'[[page]]\nslug = "{name}"\nnotebook = "{name}"\n' for name in names))
    assert project.report() == 1
    good = project.page("plain")
    assert not good.all("div", role="alert")
    assert {ANSWER["text"], "No heading, but words."} <= {*good.texts["p"]}
    assert "plain" in " ".join(project.page("analyses").texts["a"]), "it has a name in the list"
    assert {*project.manifest()["failures"]} == {*spoilt}
    for name in spoilt:
        failed = project.page(name)
        assert failed.texts["strong"][0] == "This notebook failed."
        assert failed.texts["h1"] == [name]
        assert (project.latest / "notebooks" / f"{name}.zip").is_file()


# By page: the first line of its parameters cell, what becomes of it, and the day of its data.
AGES = {
    "newer": ('convention = "hanoi"', SHOW, "1 December 2026"),
    "older": ('convention = "uncac"', SHOW, "24 November 2026"),
    "both": ('convention = "hanoi"\nconventions = "budapest, malabo"', SHOW, "1 December 2026"),
    "all": ('conventions = ""', SHOW, "8 December 2026"),
    "failed": ('convention = "uncac"', "1 / 0", "24 November 2026"),
    "unread": ('convention = "uncac"', SHOW, "24 November 2026"),
}


@pytest.fixture
def ages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project where the list of Hanoi was seen after the others, and the data are newer yet."""
    made = make_project(tmp_path / "project", own_tables=True)
    path = made.root / "data" / "processed" / "snapshots.parquet"
    snapshots = pd.read_parquet(path)
    for source, day in (("acts-cybercrime", "2026-12-01"), ("covariates", "2026-12-08")):
        of_it = snapshots["file"].str.startswith(f"data/raw/{source}/")
        assert of_it.any()
        snapshots.loc[of_it, "unchanged_until"] = pd.Timestamp(day)
    snapshots.to_parquet(path)
    for name, (first, shows, _) in AGES.items():
        cell = parameters(f'{first}\ncountry = "QAT"')
        made.write(name, text(f"# {name}"), cell, code(shows))
    unread = made.root / "notebooks" / "unread.ipynb"
    unread.write_text(unread.read_text(encoding="utf-8").replace('"nbformat": 4', '"nbformat": 3'))
    made.plan("".join(f'[[page]]\nslug = "{name}"\nnotebook = "{name}"\n\n' for name in AGES))
    monkeypatch.setenv("ADOPTION_HOME", str(made.root))
    return made


def test_a_page_tells_the_day_of_the_list_of_its_convention(ages: Project) -> None:
    assert ages.report() == 1
    assert list(ages.manifest()["failures"]) == ["failed", "unread"]
    values = {name: ages.page(name).texts["time"] for name in AGES}
    days = {name: day for name, (_, _, day) in AGES.items()}
    closes = {name: ["31 December 2026"] for name in ("newer", "both")}  # of the UN Convention
    told = {name: [day, *closes.get(name, []), day] for name, day in days.items()}
    assert values == told, "at its head and at its foot"
    for name, day in days.items():
        (line,) = (p for p in ages.page(name).texts["p"] if p.startswith("The data of this"))
        assert line.startswith(f"The data of this page are of {day}, ")
    pages = ages.manifest()["pages"].items()
    assert {name: long_day(date.fromisoformat(made["data_day"])) for name, made in pages} == days
    (line,) = (p for p in ages.page("index").texts["p"] if p.startswith("The data of this"))
    assert line.startswith("The data of this report are of 8 December 2026, ")
