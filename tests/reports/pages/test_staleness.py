"""How old the data are: the setting, and the day for a machine."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports.pages.staleness import (
    STALE_AFTER,
    machine_day,
    read_stale_after,
    time_html,
)
from adoption.words import long_day

PAGE = '[[page]]\nslug = "one"\nnotebook = "n"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "reports.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_number_is_that_of_the_plan_or_45(tmp_path: Path) -> None:
    assert read_stale_after(written(tmp_path, f"stale_after = 30\n{PAGE}")) == 30
    assert read_stale_after(written(tmp_path, PAGE)) == STALE_AFTER == 45
    assert read_stale_after(project_root() / "reports.toml") == 45


@pytest.mark.parametrize("value", ["0", "true", "45.0", '"45"'])
def test_what_is_no_number_of_days(tmp_path: Path, value: str) -> None:
    with pytest.raises(AdoptionError, match=r"^reports\.toml: stale_after: .+ 1 or more\)$"):
        read_stale_after(written(tmp_path, f"stale_after = {value}\n{PAGE}"))


@pytest.mark.parametrize(
    ("name", "meant"), [("stale_afer", "stale_after"),
                        ("pages", "page")],
)  # fmt: skip
def test_a_setting_that_there_is_not(tmp_path: Path, name: str, meant: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        read_stale_after(written(tmp_path, f"{name} = 45\n{PAGE}"))
    assert str(caught.value) == (
        f"reports.toml: no setting {name!r}; did you mean {meant}? (or else [[page]])"
    )


@pytest.mark.parametrize("day", ["", "soon", "31 February 2026"])
def test_a_day_that_is_none_is_no_day_for_a_machine(day: str) -> None:
    assert machine_day(day) == ""
    assert time_html(day) == day
    assert time_html(f"{day}<") == f"{day}&lt;"


def test_every_day_is_the_same_in_words_and_for_a_machine() -> None:
    for days in range(0, 1500, 7):
        day = date(2025, 1, 1) + timedelta(days)
        assert machine_day(long_day(day)) == day.isoformat()
