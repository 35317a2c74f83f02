"""The journal of the data: newest first, a heading a day, and what people write stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.errors import AdoptionError
from adoption.news.journal import HEAD, NOTICE, add_to_journal, without_notice
from adoption.news.kinds import ActChange, Differences
from tests.conftest import contents
from tests.news.made_up import NAMES, act, changed

DAY = date(2026, 12, 1)
SIGNED = {iso3: changed(ActChange(None, act(iso3))) for iso3 in NAMES}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "CHANGES.md"


def headings(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.startswith("## ")]


def without_marks(path: Path) -> str:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("<!-- adoption "))


def test_a_journal_is_begun(path: Path) -> None:
    assert not add_to_journal(path, Differences(), DAY)
    assert not path.exists()
    assert add_to_journal(path, SIGNED["AAA"], DAY)
    assert without_marks(path) == HEAD + (
        "\n"
        "## 1 December 2026\n"
        "\n"
        "1 signature of Atlantis.\n"
        "\n"
        "### Atlantis Convention\n"
        "\n"
        "- **new** Aland: signature of 10 February 2020 (confirmed, source us)\n"
    )


def test_readers_are_not_told_how_the_file_is_edited() -> None:
    text = without_notice(HEAD + "## 1 March 2020")
    assert "Written by adoption" not in text
    assert text.split() == [*HEAD.replace(NOTICE, "").split(), "##", "1", "March", "2020"]


def test_newest_first_and_a_heading_a_day(path: Path) -> None:
    for iso3, days in (("AAA", 0), ("BBB", 14), ("CCC", 7), ("DDD", 14), ("EUE", -7)):
        assert add_to_journal(path, SIGNED[iso3], DAY + timedelta(days=days))
    assert headings(path) == [
        "## 15 December 2026", "## 8 December 2026", "## 1 December 2026", "## 24 November 2026",
    ]  # fmt: skip
    text = path.read_text("utf-8")
    states = ("Drusselstein", "Borduria", "Costaguana", "Aland", "European Union")
    places = [text.index(f"**new** {state}:") for state in states]
    assert places == sorted(places)  # within a day, too, the newest first
    assert "\n\n\n" not in text


def test_twice_is_once_even_if_somebody_edits_the_words(path: Path) -> None:
    add_to_journal(path, SIGNED["AAA"], DAY)
    add_to_journal(path, SIGNED["BBB"], DAY)
    before = path.read_bytes()
    assert not add_to_journal(path, SIGNED["AAA"], DAY)
    assert path.read_bytes() == before
    edited = before.replace(b"Aland: signature", b"Aland, at last: signature")
    path.write_bytes(edited)
    assert not add_to_journal(path, SIGNED["AAA"], DAY)
    assert path.read_bytes() == edited
    add_to_journal(path, SIGNED["CCC"], DAY + timedelta(days=1))
    assert add_to_journal(path, SIGNED["AAA"], DAY + timedelta(days=1))  # another day says it anew


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_people_write_stays(path: Path, end: str) -> None:
    mine = end.join(
        [
            "# What changed here", "", "Words above.", "",
            "```", "## 3 December 2026", "```", "",
            "## 2 December 2026", "By hand, right under the heading.", "", "## Thanks", "",
            "To all.", "", "## 30 February 2026", "", "No such day.", "",
            "## 1 November 2026", "", "* the last line, without an end",
        ]
    )  # fmt: skip
    path.write_bytes(mine.encode())
    for iso3, days in (("AAA", 0), ("BBB", 1), ("CCC", 2), ("DDD", -60)):
        add_to_journal(path, SIGNED[iso3], DAY + timedelta(days=days))
    text = path.read_bytes().decode()
    rest = iter(text.split(end))
    assert all(line in rest for line in mine.split(end))  # in its order
    assert text.count("\r\n") == (text.count("\n") if end == "\r\n" else 0)
    assert text.index("Costaguana") < text.index("Borduria") < text.index("By hand")
    assert text.index("No such day") < text.index("Aland") < text.index("## 1 November 2026")
    assert text.index("without an end") < text.index("## 2 October 2026")
    assert headings(path).count("## 2 December 2026") == 1
    assert headings(path).count("## 3 December 2026") == 2  # one of them in a block of code


lines = st.sampled_from(
    ["", "words", "## Notes", "# Title", "## 1 December 2026", "## 5 December 2026",
     "## 1 December 2025", "```", "~~~", "<!-- adoption x -->", "\u2028", "- a"]
)  # fmt: skip


@given(
    st.lists(lines, max_size=12).map("\n".join),
    st.lists(st.tuples(st.sampled_from(list(NAMES)), st.integers(-400, 400)), max_size=5),
)
@settings(max_examples=60)
def test_whatever_stands_there_is_kept_in_its_order(
    tmp_path_factory: pytest.TempPathFactory, text: str, added: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("journal") / "CHANGES.md"
    path.write_bytes(text.encode())
    for iso3, days in added:
        day = DAY + timedelta(days=days)
        add_to_journal(path, SIGNED[iso3], day)
        before = path.read_bytes()
        assert not add_to_journal(path, SIGNED[iso3], day)
        assert path.read_bytes() == before
    rest = iter(path.read_bytes().decode().split("\n"))
    assert all(line in rest for line in text.split("\n"))


def test_a_file_that_is_no_text_stays_as_it_is(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AdoptionError, match=r"CHANGES.md: cannot be extended .*: not UTF-8$"):
        add_to_journal(path, SIGNED["AAA"], DAY)
    assert contents(path.parent) == {"CHANGES.md": b"\xff\xfe\x00"}
