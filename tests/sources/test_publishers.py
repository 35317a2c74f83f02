"""The registry of publishers: what it holds, what it refuses, what is chosen of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import httpx
import pytest

from adoption.core.errors import AdoptionError
from adoption.core.paths import raw_folder, reference_folder
from adoption.ingest.readers.publishers import FILE, Reader, Registry, read_publishers
from adoption.law.conventions import load_conventions
from tests.conftest import starts

CONVENTIONS = ("atlantis", "mu")
TEXT = """
[publisher.office]
name = "Office of Treaties"
base = "https://treaties.example"
licence = "facts"

[publisher.desk]
name = "Desk of Charts"
base = "https://charts.example/en"
licence = "facts"

[publisher.bank]
name = "Bank"
base = "http://127.0.0.1:8000"
licence = "CC BY 4.0"

[source.office-atlantis]
publisher = "office"
reader = "untc"
convention = "atlantis"
title = "Status list of Atlantis"
files = { "I-1.en.xml" = "/doc/I-1.en.xml" }

[source.desk-mu]
publisher = "desk"
reader = "untc"
convention = "mu"
title = "Chart of Mu"
by_hand = true
files = { "1.html" = "/chart?nr=1" }

[source.bank-survey]
publisher = "bank"
reader = "gci"
title = "Survey"
files = { "survey.csv" = "/survey.csv" }

[source.bank-values]
publisher = "bank"
reader = "indicators"
title = "Values"
files = { "a.json" = "/a?format=json", "b.json" = "/b" }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / FILE
    found.write_text(TEXT, encoding="utf-8")
    return found


@pytest.fixture
def registry(path: Path) -> Registry:
    return read_publishers(path, CONVENTIONS)


def test_what_it_holds(registry: Registry) -> None:
    assert list(registry.publishers) == ["office", "desk", "bank"]
    assert list(registry.sources) == ["office-atlantis", "desk-mu", "bank-survey", "bank-values"]
    atlantis = registry.sources["office-atlantis"]
    assert (atlantis.source, atlantis.convention) == ("office-atlantis", "atlantis")
    assert (atlantis.is_list, atlantis.by_hand, atlantis.file) == (True, False, "I-1.en.xml")
    values = registry.sources["bank-values"]
    assert (values.is_list, list(values.files)) == (False, ["a.json", "b.json"])
    assert registry.of(values).publisher == "bank"
    with pytest.raises(ValueError, match="too many"):
        _ = values.file


@pytest.mark.parametrize(
    ("names", "by_hand", "chosen"),
    [
        ([], False, ["office-atlantis", "bank-survey", "bank-values"]),
        ([], True, ["office-atlantis", "desk-mu", "bank-survey", "bank-values"]),
        (["desk-mu"], False, ["desk-mu"]),
        (["bank-values", "bank"], False, ["bank-values", "bank-survey"]),
        (["desk"], True, ["desk-mu"]),
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
        ("offise", "--source: no 'offise'; did you mean office?"),
        ("desk", "--source desk: nothing to ask for; allowed: office-atlantis, desk-mu, "
         "bank-survey, bank-values (saved by hand with --file FILE --saved DAY)"),
    ],
)  # fmt: skip
def test_nothing_is_left(registry: Registry, name: str, line: str) -> None:
    with pytest.raises(AdoptionError, match=f"^{re.escape(line)}$"):
        registry.choose([name])


SURVEY = '{ "survey.csv" = "/survey.csv" }'


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[publisher.office]", "[person.x]\n[publisher.office]", "person: Extra inputs"),
        ('name = "Office of Treaties"', "", "publisher.office.name: Field required"),
        ("https://treaties.example", "ftp://treaties.example",
         "publisher.office.base: String should match pattern"),
        ('reader = "untc"', 'reader = "unct"',
         "source.office-atlantis.reader: Input should be 'untc', 'gci' or"),
        ('convention = "atlantis"', "",
         "source.office-atlantis: Value error, convention: a list of acts has one"),
        ('"I-1.en.xml" =', '"more.xml" = "/more.xml", "I-1.en.xml" =',
         "source.office-atlantis: Value error, files: a list of acts is one file"),
        (SURVEY, "{}", "source.bank-survey.files: Dictionary should have at least 1 item"),
        ('"/survey.csv" }', '"survey.csv" }', "source.bank-survey.files.survey.csv: String should"),
        ('"survey.csv" =', '"../x.csv" =', "'../x.csv': cannot be the name of a source or a file"),
        ('publisher = "desk"', 'publisher = "dask"',
         "source.desk-mu.publisher: no 'dask'; did you mean desk?"),
        ('convention = "mu"', 'convention = "muu"',
         "source.desk-mu.convention: no 'muu'; did you mean mu?"),
        ('convention = "mu"', 'convention = "atlantis"',
         "source.desk-mu.convention: atlantis has a list already: source.office-atlantis"),
        ("[source.bank-survey]", "[source]\nx = 1\n[source.bank-survey]", "source."),
    ],
)  # fmt: skip
def test_a_broken_entry_is_one_line(path: Path, old: str, new: str, line: str) -> None:
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AdoptionError, match=starts(f"publishers.toml: {line}")):
        read_publishers(path, CONVENTIONS)


# The project's own


def test_the_projects_publishers_can_be_asked() -> None:
    registry = read_publishers(reference_folder() / FILE, load_conventions())
    assert {source.reader for source in registry.sources.values()} <= set(get_args(Reader))
    for source in registry.sources.values():
        publisher = registry.of(source)
        for path in source.files.values():
            url = httpx.URL(publisher.base + path)
            assert url.scheme == "https"
            assert url.host == httpx.URL(publisher.base).host
        assert (source.convention is None) == (source.reader != "untc")


def test_a_source_has_no_folder_of_what_people_compiled() -> None:
    registry = read_publishers(reference_folder() / FILE, load_conventions())
    compiled = {
        folder.name for folder in raw_folder().iterdir()
        if any("T" not in day.name for day in folder.iterdir())
    }  # fmt: skip
    assert {"untc-base", "acts-cybercrime", "itu-gci"} <= compiled
    assert not compiled & registry.sources.keys()
