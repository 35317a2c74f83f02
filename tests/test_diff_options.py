"""The command `adoption diff`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from adoption.data.write import encode
from adoption.tables import read_build
from tests.conftest import FROZEN
from tests.test_cli import run

MOVED = "Algeria: signature of 26 October 2025 (was 25 October 2025)"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """Two builds: in the later one Algeria has signed a day later."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(FROZEN / "data" / "processed", folder)
    acts = pd.read_parquet(new / "acts.parquet")
    own = (acts["convention"] == "hanoi") & (acts["iso3"] == "DZA") & (acts["act"] == "signature")
    for column in ("date", "earliest", "latest"):
        acts.loc[own, column] += pd.Timedelta(days=1)
    for name, data in encode(read_build(new) | {"acts": acts}).items():
        (new / name).write_bytes(data)
    return str(old), str(new)


def test_it_prints_text_or_json(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str]
) -> None:
    status, text, err = run(capsys, "diff", *folders)
    assert (status, err) == (0, "")
    assert text.startswith("1 signature of Hanoi corrected\ndata of 24 November 2026 on both sides")
    assert f"\nUN Convention against Cybercrime\n  ~ {MOVED}\n" in text
    _, printed, _ = run(capsys, "diff", *folders, "--json")
    found = json.loads(printed)
    assert (found["schema"], found["old_day"]) == (2, "2026-11-24")
    assert found["events"] == [
        {"kind": "act", "convention": "hanoi", "participant": "DZA", "act": "signature",
         "number": "", "before": "2025-10-25 confirmed", "after": "2025-10-26 confirmed",
         "source": found["events"][0]["source"], "text": MOVED, "change": "changed"}
    ]  # fmt: skip
    assert text.startswith(f"{found['summary']}\n")


def test_nothing(capsys: pytest.CaptureFixture[str], folders: tuple[str, str]) -> None:
    same = (folders[0], folders[0])
    assert run(capsys, "diff", *same) == (0, "nothing has changed\n", "")
    assert json.loads(run(capsys, "diff", *same, "--json")[1])["events"] == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["OLD", "away"], "adoption: away: there is no such folder"),
        (["OLD", "OLD", "OLD"], "adoption: unrecognized arguments: "),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_status_two(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], words: list[str], line: str
) -> None:
    places = {"OLD": folders[0], "NEW": folders[1]}
    status, out, err = run(capsys, "diff", *(places.get(word, word) for word in words))
    assert (status, out) == (2, "")
    assert err.startswith(line)
    assert len(err.splitlines()) == 1


def test_a_table_of_another_version(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str]
) -> None:
    old = Path(folders[0])
    acts = pd.read_parquet(old / "acts.parquet").rename(columns={"open_ended": "open"})
    acts.to_parquet(old / "acts.parquet")
    assert run(capsys, "diff", *folders) == (
        2,
        "",
        f"adoption: {old}: table acts: of another version: the column open_ended is missing; did "
        "you mean open?\n",
    )
