"""The command `adoption diff`."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from adoption import cli
from adoption.refresh.place import Place, nobody_else
from tests.conftest import FROZEN
from tests.news.rfc4287 import problems
from tests.news.test_compared import written
from tests.test_cli import run

HELD = re.compile(r"another refresh or build is running \(process \d+ since \d\d:\d\d\); waiting\n")


def files(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder, however deep, by their paths."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    old = written(tmp_path / "old", "2026-01-01")
    return str(old), str(written(tmp_path / "new", "2026-01-02"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the reference data of this one."""
    data = tmp_path / "home" / "data"
    data.mkdir(parents=True)
    (data / "reference").symlink_to(FROZEN / "data" / "reference")
    monkeypatch.setenv("ADOPTION_HOME", str(data.parent))
    return data.parent


@pytest.fixture
def aside(home: Path) -> Path:
    """Return a snapshot that was put aside."""
    folder = home / "data" / "aside" / "untc-hanoi" / "2026-12-08T060000Z"
    folder.mkdir(parents=True)
    (folder / "list.xml").write_text("refused", encoding="utf-8")
    return folder


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


@pytest.mark.parametrize("told", ["--feed", "--journal"])
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ASIDE", "ASIDE"),
        ("ASIDE OLD", "ASIDE"),
        ("OLD ASIDE", "ASIDE"),
        ("RAW ASIDE", "ASIDE"),
        ("ASIDE RAW", "ASIDE"),
        ("LINK", "LINK"),
        ("NAME", "ASIDE"),  # by the name that a refresh prints
        ("RAW OTHER", "OTHER"),  # of another checkout
    ],
)
def test_what_was_put_aside_is_not_published(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], home: Path, aside: Path,
    told: str, words: str, shown: str,
) -> None:  # fmt: skip
    """A guard has refused it, and nobody has accepted it."""
    name = aside.relative_to(home)
    other, link = home / "other" / name, home / "link"
    other.mkdir(parents=True)
    link.symlink_to(aside)
    places = {"OLD": folders[0], "ASIDE": str(aside), "LINK": str(link), "NAME": str(name),
              "OTHER": str(other), "RAW": str(home / "data" / "raw" / "x" / "y")}  # fmt: skip
    before = files(home)
    given = [places[word] for word in words.split()]
    assert run(capsys, "diff", *given, told, str(home / "data" / "told")) == (
        2,
        "",
        f"adoption: {places[shown]}: was put aside and is not used, and --feed and --journal tell "
        "what is; leave them out to look at it (docs/refresh.md says what to do then)\n",
    )
    assert files(home) == before


def test_what_is_not_there_was_not_put_aside(
    capsys: pytest.CaptureFixture[str], aside: Path, tmp_path: Path
) -> None:
    away = aside.with_name("2026-12-09T060000Z")
    status, out, err = run(capsys, "diff", str(away), "--feed", str(tmp_path / "feed.xml"))
    assert (status, out) == (2, "")
    assert err.startswith(f"adoption: {away}: no snapshot of untc-hanoi was put aside there; ")


@pytest.fixture
def held(home: Path) -> Iterator[threading.Event]:
    """Hold the lock of the data, as a refresh does, until the event is set."""
    has, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with nobody_else(Place(home), pytest.fail):
            has.set()
            assert let_go.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    assert has.wait(60)
    yield let_go
    let_go.set()
    other.join()


@pytest.mark.parametrize(
    ("told", "name"), [("--feed", "data/feed.xml"), ("--journal", "data/CHANGES.md"),
                       ("--feed", "data/news/acts.xml"), ("--feed", "link.xml")],
)  # fmt: skip
def test_in_the_data_it_waits_for_a_refresh_which_sweeps_there(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], home: Path,
    held: threading.Event, told: str, name: str,
) -> None:  # fmt: skip
    (home / "data" / "news").mkdir()
    (home / "link.xml").symlink_to(home / "data" / "feed.xml")
    before, ended, said = files(home), list[int](), ""

    def diff() -> None:
        ended.append(cli.main(("diff", *folders, told, str(home / name))))

    one = threading.Thread(target=diff)
    one.start()
    end = time.monotonic() + 60
    while one.is_alive() and not said and time.monotonic() < end:
        time.sleep(0.01)
        said = capsys.readouterr().err
    assert HELD.fullmatch(said)
    assert (ended, files(home)) == ([], before)
    held.set()
    one.join()
    assert ended == [0]
    assert "Aland: signature" in (home / name).read_text(encoding="utf-8")


def test_elsewhere_it_waits_for_nobody(
    capsys: pytest.CaptureFixture[str], folders: tuple[str, str], home: Path,
    held: threading.Event, tmp_path: Path,
) -> None:  # fmt: skip
    words = ("--feed", str(tmp_path / "acts.xml"), "--journal", str(home / "CHANGES.md"))
    status, _, err = run(capsys, "diff", *folders, *words)
    assert (status, err) == (0, "")
    assert not held.is_set()
