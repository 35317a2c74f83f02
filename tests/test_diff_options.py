"""The command `adoption diff`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import feedparser
import pandas as pd
import pytest

from adoption.data.write import encode
from adoption.refresh.diff import typed_build
from tests.conftest import FROZEN
from tests.refresh.rfc4287 import problems
from tests.test_cli import run

MOVED = "Algeria: signature of 26 October 2025 (was 25 October 2025)"


def files(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder, however deep, by their paths."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
    for name, data in encode(typed_build(new) | {"acts": acts}).items():
        (new / name).write_bytes(data)
    return str(old), str(new)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the reference data of this one."""
    data = tmp_path / "home" / "data"
    data.mkdir(parents=True)
    (data / "reference").symlink_to(FROZEN / "data" / "reference")
    monkeypatch.setenv("ADOPTION_HOME", str(data.parent))
    return data.parent


def test_it_prints_text_json_markdown_or_a_line(
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
    _, line, _ = run(capsys, "diff", *folders, "--summary")
    assert line == f"{found['summary']}\n"
    _, markdown, _ = run(capsys, "diff", *folders, "--markdown")
    assert f"\n- {MOVED}\n" in markdown


def test_nothing(capsys: pytest.CaptureFixture[str], folders: tuple[str, str]) -> None:
    same = (folders[0], folders[0])
    assert run(capsys, "diff", *same) == (0, "nothing has changed\n", "")
    assert json.loads(run(capsys, "diff", *same, "--json")[1])["events"] == []


def test_a_feed_and_a_journal_are_new_files(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], tmp_path: Path
) -> None:
    feed, journal = tmp_path / "acts.xml", tmp_path / "CHANGES.md"
    address = "https://example.org/acts.xml"
    words = ("diff", *folders, "--feed", str(feed), "--address", address, "--journal", str(journal))
    assert run(capsys, *words)[0] == 0
    before = feed.read_bytes(), journal.read_bytes()
    assert problems(before[0]) == []
    parsed = feedparser.parse(before[0])
    assert parsed.feed.links[0].href == address
    (entry,) = parsed.entries
    assert entry.title.startswith("Changed: Algeria: signature of 26 October 2025")
    assert f"- {MOVED}".encode() in before[1]
    status, out, err = run(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith(f"adoption: {feed}: is there already and stays as it is; allowed: a new")
    assert (feed.read_bytes(), journal.read_bytes()) == before


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["OLD", "away"], "adoption: away: there is no such folder"),
        (["OLD", "NEW", "--json", "--markdown"], "adoption diff: argument --markdown: not allowed "
         "with argument --json"),
        (["OLD", "NEW", "--address", "https://example.org/"], "adoption: --address: needs --feed"),
        (["OLD", "NEW", "--feed", "FEED", "--address", "x"], "adoption: address: 'x' is not where"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_status_two(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], tmp_path: Path,
    words: list[str], line: str,
) -> None:  # fmt: skip
    places = {"OLD": folders[0], "NEW": folders[1], "FEED": str(tmp_path / "feed.xml")}
    status, out, err = run(capsys, "diff", *(places.get(word, word) for word in words))
    assert (status, out) == (2, "")
    assert err.startswith(line)
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "feed.xml").exists()


def test_a_table_of_another_version(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str]
) -> None:
    old = Path(folders[0])
    for path in old.glob("*.parquet"):
        path.unlink()
    text = (old / "acts.csv").read_text(encoding="utf-8").replace("open_ended", "open", 1)
    (old / "acts.csv").write_text(text, encoding="utf-8")
    assert run(capsys, "diff", *folders) == (
        2,
        "",
        f"adoption: {old}: table acts: of another version: the column open_ended is missing; did "
        "you mean open?\n",
    )


@pytest.mark.parametrize("told", ["--feed", "--journal"])
@pytest.mark.parametrize("words", ["QUARANTINED", "OLD QUARANTINED", "LINK", "NAME"])
def test_what_is_in_quarantine_is_not_published(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], home: Path, told: str, words: str
) -> None:
    """A guard has refused it, and nobody has accepted it."""
    folder = home / "data" / "quarantine" / "untc-hanoi" / "2026-12-08T060000Z"
    folder.mkdir(parents=True)
    (folder / "list.xml").write_text("refused", encoding="utf-8")
    name, link = folder.relative_to(home), home / "link"
    link.symlink_to(folder)
    places = {"OLD": folders[0], "QUARANTINED": str(folder), "LINK": str(link), "NAME": str(name)}
    before = files(home)
    given = [places[word] for word in words.split()]
    shown = link if words == "LINK" else folder
    assert run(capsys, "diff", *given, told, str(home / "data" / "told")) == (
        2,
        "",
        f"adoption: {shown}: is in quarantine and not used, and --feed and --journal tell what "
        "is; leave them out to look at it (docs/refresh.md says what to do then)\n",
    )
    assert files(home) == before
