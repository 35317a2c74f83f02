"""The registry of publishers: what it holds, what it refuses, what is chosen of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import httpx
import pytest

from adoption.core.errors import AdoptionError
from adoption.core.paths import raw_folder, reference_folder
from adoption.ingest.readers.publishers import PUBLISHERS_FILE, Reader, Registry, read_publishers
from adoption.law.conventions import load_conventions
from tests.conftest import starts
from tests.refresh import life

CONVENTIONS = load_conventions()
TEXT = (reference_folder() / PUBLISHERS_FILE).read_text(encoding="utf-8")
BY_HAND = TEXT.replace('reader = "gci"', 'reader = "gci"\nby_hand = true')
NAMES = re.findall(r"(?m)^\[source\.([\w-]+)\]", TEXT)
LISTS = [name for name in NAMES if name.startswith("untc-")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / PUBLISHERS_FILE


@pytest.fixture
def registry(path: Path) -> Registry:
    """The project's own, but that one of its sources is saved by hand."""
    path.write_text(BY_HAND, encoding="utf-8")
    return read_publishers(path, CONVENTIONS)


def test_what_it_holds(registry: Registry) -> None:
    assert list(registry.publishers) == ["untc", "coe", "data360", "worldbank"]
    assert list(registry.sources) == NAMES
    hanoi, values = registry.sources["untc-hanoi"], registry.sources["worldbank-indicators"]
    assert (hanoi.source, hanoi.convention, hanoi.is_list) == ("untc-hanoi", "hanoi", True)
    assert (hanoi.file, hanoi.by_hand) == (life.FILE, False)
    assert (values.is_list, len(values.files), registry.of(values).name) == (False, 5, "World Bank")
    with pytest.raises(ValueError, match="too many"):
        _ = values.file


@pytest.mark.parametrize(
    ("names", "by_hand", "chosen"),
    [
        ([], False, [*LISTS, "worldbank-indicators"]),
        ([], True, NAMES),
        (["data360-gci"], False, ["data360-gci"]),
        (
            ["untc-uncac", "untc"],
            False,
            ["untc-uncac", *(name for name in LISTS if name != "untc-uncac")],
        ),
        (["data360"], True, ["data360-gci"]),
    ],
)
def test_what_is_chosen(
    registry: Registry, names: list[str], by_hand: bool, chosen: list[str]
) -> None:
    found = registry.choose(names, by_hand=by_hand)
    assert [source.source for source in found] == chosen


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("unct", "--source: no 'unct'; did you mean untc?"),
        (
            "data360",
            f"--source data360: nothing to ask for; allowed: {', '.join(NAMES)} (saved by "
            "hand with --file FILE --saved DAY)",
        ),
    ],
)
def test_nothing_is_left(registry: Registry, name: str, line: str) -> None:
    with pytest.raises(AdoptionError, match=f"^{re.escape(line)}$"):
        registry.choose([name])


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "[publisher.untc]",
            "[person.x]\n[publisher.untc]",
            "person: unknown; allowed: format, publisher, source",
        ),
        ('name = "United Nations Treaty Collection"', "", "publisher.untc.name: missing"),
        ("https://treaties", "ftp://treaties", "publisher.untc.base: String should match pattern"),
        (
            'reader = "untc"',
            'reader = "unct"',
            "source.untc-hanoi.reader: Input should be 'untc', 'gci' or",
        ),
        (
            'convention = "hanoi"',
            "",
            "source.untc-hanoi: convention: a list of acts has one",
        ),
        (
            f'"{life.FILE}" =',
            f'"more.xml" = "/more.xml", "{life.FILE}" =',
            "source.untc-hanoi: files: a list of acts is one file",
        ),
        (
            f'{{ "{life.FILE}" = "{life.TARGET}" }}',
            "{}",
            "source.untc-hanoi.files: Dictionary should have at least 1 item",
        ),
        ('"/doc/', '"doc/', f"source.untc-hanoi.files.{life.FILE}: String should"),
        (f'"{life.FILE}" =', '"../x.csv" =', "'../x.csv': cannot be the name of a source or a f"),
        (
            'publisher = "untc"',
            'publisher = "unct"',
            "source.untc-hanoi.publisher: no 'unct'; did you mean untc?",
        ),
        (
            'convention = "uncac"',
            'convention = "uncca"',
            "source.untc-uncac.convention: no 'uncca'; did you mean uncac?",
        ),
        (
            'convention = "uncac"',
            'convention = "hanoi"',
            "source.untc-uncac.convention: hanoi has a list already: source.untc-hanoi",
        ),
        ("[source.untc-hanoi]", "[source]\nx = 1\n[source.untc-hanoi]", "source."),
    ],
)
def test_a_broken_entry_is_one_line(path: Path, old: str, new: str, line: str) -> None:
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AdoptionError, match=starts(f"publishers.toml: {line}")):
        read_publishers(path, CONVENTIONS)


# The project's own


def test_the_projects_publishers_can_be_asked() -> None:
    registry = read_publishers(reference_folder() / PUBLISHERS_FILE, load_conventions())
    assert {source.reader for source in registry.sources.values()} <= set(get_args(Reader))
    for source in registry.sources.values():
        publisher = registry.of(source)
        for path in source.files.values():
            url = httpx.URL(publisher.base + path)
            assert url.scheme == "https"
            assert url.host == httpx.URL(publisher.base).host
        assert (source.convention is None) == (source.reader != "untc")


def test_a_source_has_no_folder_of_what_people_compiled() -> None:
    registry = read_publishers(reference_folder() / PUBLISHERS_FILE, load_conventions())
    compiled = {
        folder.name
        for folder in raw_folder().iterdir()
        if any("T" not in day.name for day in folder.iterdir())
    }
    assert {"untc-base", "acts-cybercrime", "itu-gci"} <= compiled
    assert not compiled & registry.sources.keys()
