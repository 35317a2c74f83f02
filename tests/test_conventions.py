"""The registry of conventions: what it holds, what it refuses, how one is found."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.core.paths import reference_folder
from adoption.ingest.run import conventions_table
from adoption.law.conventions import REACH_DAYS, find_convention, load_conventions, read_conventions
from adoption.law.evidence import places_to_read
from adoption.tables.write import conform

PROJECT = Path(__file__).parents[1]  # whose own data name more than the frozen ones
REGISTRY = (reference_folder() / "conventions.toml").read_text(encoding="utf-8")
UNTOC = "[untoc]" + REGISTRY.split("[untoc]")[1].split("\n[")[0]


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return tmp_path / "conventions.toml"


def refused(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AdoptionError) as caught:
        read_conventions(path)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (" Hanoi ", "hanoi"),
        ("cets 224", "budapest-2ap"),
        ("XVIII-16", "hanoi"),
        ("xxvii-8-C", "nagoya-kuala-lumpur"),
    ],
)
def test_find_by_id_or_reference(written: str, found: str) -> None:
    assert find_convention(written).convention == found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hanoy", "did you mean hanoi?"),
        ("Cybercrime Convention", "did you mean budapest or hanoi?"),
        ("UN Cybercrime Convention", "did you mean hanoi?"),
        ("UNCC", "did you mean hanoi or uncac?"),
        ("un cybercrime", "did you mean hanoi?"),
        ("Corruption Convention", "did you mean uncac?"),
        ("Atlantis", "no close match"),
        ("", "no close match"),
    ],
)
def test_find_names_the_nearest_by_its_words(written: str, meant: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        find_convention(written)
    line = f"convention: there is no {written!r} in the registry; {meant} (all: hanoi, "
    assert str(caught.value).startswith(line)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("threshold = 40", "threshold = ", "not valid TOML"),
        ("threshold = 40", "treshold = 40", r"\[untoc\] threshold: missing"),
        (
            "threshold = 40",
            "threshold = 40\nclosed = 1",
            r"\[untoc\] closed: unknown; did .*closes",
        ),
        ("opens = 2000-12-12", 'opens = "soon"', r"\[untoc\] opens: .*date"),
        ("delay = { days = 90 }", "delay = {}", r"\[untoc\] delay: .*either in days or in months"),
        ("{ days = 90 }", "{ days = 90, months = 1 }", r"\[untoc\] delay: .*either in days or in"),
        ('later_article = "art. 38(2)"', "", r"\[untoc\] entry: .*a rule needs its article"),
        (
            'acts = "acts-comparison"',
            'acts = "acts-comparison"\nbase_treaty = "XVIII-12"',
            r"\[untoc\] entry: .*one of acts, base_treaty and acts_list",
        ),
        ('acts = "acts-comparison"', "", r"\[untoc\] entry: .*one of acts, base_treaty and"),
        (
            "complete_to = 2014-01-27",
            "nearly_complete_to = 2014-01-27\npartial_to = 2014-01-26",
            r"\[untoc\] entry: .*nearly_complete_to 2014-01-27, partial_to 2014-01-26: none may",
        ),
    ],
)
def test_a_broken_entry_is_named(registry: Path, old: str, new: str, message: str) -> None:
    assert UNTOC.count(old) == 1
    found = refused(registry, UNTOC.replace(old, new))
    assert re.match(rf"conventions\.toml: {message}", found), found


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title = 'M\xe9rida'\n", "not UTF-8 at byte 10"),
        (b"x = 1\n", "[x] is not a table of a convention, whose name is its id"),
        (b"[x]\nconvention = 'y'\n", "[x] is not a table of a convention, whose name is its id"),
        (
            (UNTOC + UNTOC.replace("[untoc]", "[other]")).encode(),
            "[other] reference: 'UNTC XVIII-12' is already that of [untoc]",
        ),
    ],
)
def test_a_broken_registry_is_one_line(registry: Path, data: bytes, message: str) -> None:
    registry.write_bytes(data)
    with pytest.raises(AdoptionError) as caught:
        read_conventions(registry)
    assert str(caught.value) == f"conventions.toml: {message}"


LISTED: dict[str, Any] = {
    "complete_to": pd.Timestamp("2026-12-01"),
    "nearly_complete_to": pd.NaT,
    "partial_to": pd.NaT,
    "reach": "Complete to 1 December 2026, the day of the depositary's list.",
    "source": "untc-hanoi",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the registry, and no tables yet."""
    (tmp_path / "data" / "reference").mkdir(parents=True)
    (tmp_path / "data" / "processed").mkdir()
    for name in ("conventions.toml", "treaties.toml"):
        shutil.copy(reference_folder() / name, tmp_path / "data" / "reference")
    monkeypatch.setenv("ADOPTION_HOME", str(tmp_path))
    return tmp_path


def test_no_rule_that_was_seen_lets_a_later_party_wait_longer_than_the_first() -> None:
    rules = [(c.later, c.delay) for c in load_conventions().values() if c.later]
    assert len(rules) == 8
    day = date(2001, 3, 4)
    assert all(later.after(day) <= delay.after(day) for later, delay in rules)


def put_built(project: Path, **changes: Any) -> None:
    """Build the table of conventions, with another reach of one."""
    written = read_conventions(project / "data" / "reference" / "conventions.toml")
    frame = conform("conventions", conventions_table(written))
    hanoi = frame["convention"] == "hanoi"
    for column, value in changes.items():
        frame[column] = frame[column].mask(hanoi, value)
    frame.to_parquet(project / "data" / "processed" / "conventions.parquet")


def test_the_reach_is_that_of_a_list_once_it_is_built(project: Path) -> None:
    before = load_conventions()
    put_built(project, **LISTED)
    after = load_conventions()
    hanoi = after["hanoi"]
    assert hanoi.complete_to == date(2026, 12, 1)
    assert hanoi.nearly_complete_to is hanoi.partial_to is None
    assert (hanoi.reach, hanoi.source) == (LISTED["reach"], "untc-hanoi")
    assert hanoi.signatories_listed
    assert find_convention("XVIII-16") == hanoi
    reaching = {*REACH_DAYS, "reach", "source"}
    assert hanoi.model_dump(exclude=reaching) == before["hanoi"].model_dump(exclude=reaching)
    assert after | {"hanoi": before["hanoi"]} == before
    put_built(project, **(LISTED | {"partial_to": pd.Timestamp("2026-12-24")}))
    assert load_conventions()["hanoi"].partial_to == date(2026, 12, 24)
    (project / "data" / "processed" / "conventions.parquet").unlink()
    assert load_conventions() == before


def test_where_a_treaty_can_be_read_is_a_source_with_an_address() -> None:
    registry = read_conventions(PROJECT / "data" / "reference" / "conventions.toml")
    sources = pd.read_csv(PROJECT / "data" / "processed" / "sources.csv").set_index("source")
    named = {key for each in registry.values() for key in (each.page, *each.texts) if key}
    assert {"untc-hanoi-page", "unodc-hanoi-text"} <= named
    assert sources.loc[sorted(named), "url"].str.startswith(("https://", "http://")).all()


def test_a_treaty_without_such_sources_can_be_read_nowhere() -> None:
    frozen = find_convention("budapest")
    assert places_to_read(frozen).empty
    known = frozen.model_copy(update={"page": "coe-185-2015", "texts": ("lm-budapest",)})
    assert places_to_read(known)["what"].tolist() == ["page", "text"]
