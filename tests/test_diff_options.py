"""The command `adoption diff`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import feedparser
import pytest

from tests.news.rfc4287 import problems
from tests.news.test_compared import written
from tests.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    old = written(tmp_path / "old", "2026-01-01")
    return str(old), str(written(tmp_path / "new", "2026-01-02"))


def test_it_prints_text_json_markdown_or_a_line(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str]
) -> None:
    status, text, err = run(capsys, "diff", *folders)
    assert (status, err) == (0, "")
    assert "  ~ Aland: signature of 2 January 2026 (was 1 January 2026)\n" in text
    _, printed, _ = run(capsys, "diff", *folders, "--json")
    found = json.loads(printed)
    assert [change["state"] for change in found["acts"]] == ["Aland"]
    _, line, _ = run(capsys, "diff", *folders, "--summary")
    assert line == f"{found['summary']}\n"
    assert text.startswith(line)
    _, markdown, _ = run(capsys, "diff", *folders, "--markdown")
    assert "\n- Aland: signature of 2 January 2026 (was 1 January 2026)\n" in markdown
    for words in ([], ["--json"], ["--markdown"]):
        assert run(capsys, "diff", *folders, *words) == run(capsys, "diff", *folders, *words)


def test_nothing(capsys: pytest.CaptureFixture[str], folders: tuple[str, str]) -> None:
    same = (folders[0], folders[0])
    assert run(capsys, "diff", *same) == (0, "nothing has changed\n", "")
    assert run(capsys, "diff", *same, "--markdown") == (0, "Nothing has changed.\n", "")
    assert json.loads(run(capsys, "diff", *same, "--json")[1])["empty"] is True


def test_a_feed_and_a_journal(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], tmp_path: Path
) -> None:
    feed, journal = tmp_path / "acts.xml", tmp_path / "CHANGES.md"
    address = "https://example.org/acts.xml"
    words = ("diff", *folders, "--feed", str(feed), "--address", address, "--journal", str(journal))
    assert run(capsys, *words)[0] == 0
    before = feed.read_bytes(), journal.read_bytes()
    assert problems(before[0]) == []
    (entry,) = feedparser.parse(before[0]).entries
    assert entry.title.startswith("Changed: Aland: signature of 2 January 2026")
    assert b"- Aland: signature of 2 January 2026" in before[1]
    assert run(capsys, *words)[0] == 0
    assert (feed.read_bytes(), journal.read_bytes()) == before


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["away"], "adoption: away: there is no such folder"),
        (["OLD", "away"], "adoption: away: there is no such folder"),
        (["OLD", "NEW", "OLD"], "adoption: unrecognized arguments: "),
        (["OLD", "NEW", "--json", "--markdown"], "adoption diff: argument --markdown: not allowed "
         "with argument --json"),
        (["OLD", "NEW", "--address", "https://example.org/"], "adoption: --address: needs --feed"),
        (["OLD", "NEW", "--feed", "FEED", "--address", "x"], "adoption: address: 'x' is not where"),
        (["OLD", "NEW", "--feed", "FEED"], "adoption: FEED: cannot be extended and stays as it "),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_exit_status_two(
    capsys: pytest.CaptureFixture[str],
    folders: tuple[str, str],
    tmp_path: Path,
    words: list[str],
    line: str,
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("no feed", encoding="utf-8")
    places = {"OLD": folders[0], "NEW": folders[1], "FEED": str(feed)}
    status, out, err = run(capsys, "diff", *(places.get(word, word) for word in words))
    assert (status, out) == (2, "")
    assert err.startswith(line.replace("FEED", str(feed)))
    assert len(err.splitlines()) == 1
    assert feed.read_text(encoding="utf-8") == "no feed"


def test_a_table_of_another_version(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "old" / "acts.csv"
    text = path.read_text(encoding="utf-8").replace("open_ended", "open", 1)
    path.write_text(text, encoding="utf-8")
    status, out, err = run(capsys, "diff", *folders)
    assert (status, out) == (2, "")
    assert err == (
        f"adoption: {folders[0]}: table acts: of another version: the column open_ended is "
        "missing; did you mean open?\n"
    )
