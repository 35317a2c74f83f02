"""What docs/refresh.md says is so: commands, sources, places, limits and its example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adoption import tables
from adoption.data.acts import read_added
from adoption.data.guards import BOUNDS
from adoption.data.list_guards import MOST_ABSENT
from adoption.data.names import read_participants
from adoption.data.readers.publishers import read_publishers
from adoption.law.conventions import load_conventions
from adoption.paths import reference_folder
from adoption.refresh.fetch import Limits
from adoption.refresh.outcome import EXIT_REFUSED, EXIT_UNREACHABLE
from tests.conftest import ROOT
from tests.test_cli import assert_understood

PAGE = ROOT / "docs" / "refresh.md"
WHOLE = PAGE.read_text(encoding="utf-8")
PROSE = " ".join(WHOLE.split())


def commands() -> list[str]:
    """Return the commands of the page's blocks, without variables before them and comments."""
    lines = re.findall(r"^ {4}(?:\w+=\S+ )*\.venv/bin/(adoption .+)$", WHOLE, re.MULTILINE)
    return [line.split(" #")[0].strip() for line in lines]


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading."""
    part = WHOLE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_its_commands_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    found = commands()
    assert {command.split()[1] for command in found} == {"refresh", "diff"}
    assert len(found) == 5
    for command in found:
        assert_understood(capsys, command)


def test_it_names_every_source_and_says_which_are_asked() -> None:
    registry = read_publishers(reference_folder() / "publishers.toml", load_conventions())
    values = {name: how for names, _, how in rows("Sources")
            for name in re.findall(r"`([a-z0-9-]+)`", names)}  # fmt: skip
    asked = {name for name, how in values.items() if how == "asked"}
    untc = {name for name in registry.sources if name.startswith("untc-")}
    assert len(untc) == 7
    assert "`untc-hanoi` and six more" in WHOLE
    assert values.keys() | untc == registry.sources.keys()
    assert asked | untc == {name for name, one in registry.sources.items() if not one.by_hand}


def test_its_limits_are_those_that_hold() -> None:
    limits = Limits()
    assert (limits.pause, limits.attempts) == (1.0, 4)
    assert (limits.size, limits.whole, limits.redirects) == (20_000_000, 120.0, 5)
    for words in (
        "one after the other, with a second between two of one host",
        "20 MB, take two minutes and redirect five times",
        "four times in all",
    ):
        assert words in PROSE
    assert f"{MOST_ABSENT:.0%} of the known acts" in PROSE


def test_its_bounds_are_those_that_hold() -> None:
    assert BOUNDS["GCI overall"][:2] == (1.0, False)
    assert BOUNDS["population"][:2] == (1.1, True)
    assert BOUNDS["gdp_per_capita"][:2] == (1.25, True)
    assert BOUNDS["internet_users_pct"][:2] == (10.0, False)
    assert (
        "a point of the GCI, a tenth of a population, a quarter of a GDP per "
        "capita, ten points of Internet users"
    ) in PROSE


def test_its_statuses_are_those_of_the_command() -> None:
    values = {int(status): words for status, words in rows("Exit statuses")}
    assert list(values) == [0, 1, 2, EXIT_REFUSED, EXIT_UNREACHABLE]
    assert "refused" in values[EXIT_REFUSED]
    assert "not received" in values[EXIT_UNREACHABLE]


def test_its_withdrawal_is_one_that_can_be_added(tmp_path: Path) -> None:
    header, row = re.findall(r"^ {4}((?:convention|hanoi),.+)$", WHOLE, re.MULTILINE)
    path = tmp_path / "acts.csv"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    added = read_added(path, load_conventions(), read_participants(reference_folder()))
    assert added[["convention", "iso3", "act"]].to_numpy().tolist() == [
        ["hanoi", "QAT", "withdrawal"]
    ]
    assert set(added["source"]) <= set(tables.read("sources")["source"])
    assert header == (reference_folder() / "acts.csv").read_text(encoding="utf-8").splitlines()[0]
