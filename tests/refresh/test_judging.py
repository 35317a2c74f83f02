"""Whether a snapshot can be used: what is wrong with it, and what was wrong before it came."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from adoption.data.exceptions import Violation
from adoption.errors import AdoptionError
from adoption.fetching.download import Download
from adoption.refresh.judging import Verdict, judge, judge_as_it_is, told
from adoption.refresh.place import Place
from adoption.refresh.taking import described
from tests.refresh.life import MAINTENANCE, SOURCE, Depositary, Project, registry

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
VIOLATIONS = [Violation("rule", f"s{n}", "f", "place: ") for n in range(5)]


def verdict_on(project: Project, content: bytes) -> Verdict:
    found = registry()
    source = found.sources[SOURCE]
    got = Download("a", "a", None, {}, content, 0.1, NOW)
    about = described(source, found)
    return judge(
        Place(project.root), SOURCE, lambda to: to.keep(SOURCE, about, {source.file: got}, NOW)
    )


@pytest.fixture
def reviewed(project: Project) -> Iterator[Project]:
    """The copy of the data, whose exceptions and other acts a test may edit."""
    files = [project.root / "data" / "reference" / f for f in ("exceptions.csv", "acts.csv")]
    before = [path.read_bytes() for path in files]
    yield project
    for path, data in zip(files, before, strict=True):
        path.write_bytes(data)


def list_exception(project: Project, *row: str) -> None:
    path = project.root / "data" / "reference" / "exceptions.csv"
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)


def test_a_reason_is_one_line_of_a_few_violations() -> None:
    assert told(VIOLATIONS[:1], 3) == "rule: s0: f"
    assert told(VIOLATIONS, 3) == "rule: s0: f; rule: s1: f; rule: s2: f; and 2 more"
    found = Verdict(violations=tuple(VIOLATIONS))
    assert not found.is_good
    assert found.reason == told(VIOLATIONS, 3)
    assert Verdict("damaged").reason == "damaged"
    assert Verdict().is_good


def test_what_cannot_be_read_is_a_problem_that_names_the_file(project: Project) -> None:
    found = verdict_on(project, MAINTENANCE)
    assert found.problem.startswith("XVIII-16.en.xml: ")
    assert "maintenance" in found.problem
    assert (found.tables, found.violations) == ({}, ())


def test_a_good_list_changes_nothing_and_says_what_it_makes_needless(reviewed: Project) -> None:
    """By the record a state has signed before the convention was opened; the list mends it.

    An exception that nothing shows is a person's and stays: it may be for a list to come.
    """
    key = ("act-vanished", "uncac QAT signature", "2005-12-01, gone")
    list_exception(reviewed, *key, "why")
    row = "hanoi,KEN,Kenya,signature,2025-10-01,2025-10-01,2025-10-01,reported,untc-xml,\n"
    with (reviewed.root / "data" / "reference" / "acts.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    without = judge_as_it_is(Place(reviewed.root))
    assert without.violations
    for violation in without.violations:
        list_exception(reviewed, *violation[:3], "an error of the press")
    depositary = Depositary.agreed(reviewed)
    depositary.signs(date(2026, 4, 20), "Kenya")
    before = reviewed.files()
    found = verdict_on(reviewed, depositary.content())
    assert found.is_good, found.reason
    assert set(found.outdated) == {violation[:3] for violation in without.violations}
    assert (found.unused, found.snapshot) == ((key,), "2026-12-01T120000Z")
    assert set(found.tables["acts"].query("convention == 'hanoi'")["source"]) == {SOURCE}
    files = set(found.tables["snapshots"]["file"])
    assert f"data/raw/{SOURCE}/{found.snapshot}/XVIII-16.en.xml" in files
    assert reviewed.files() == before
    assert not (reviewed.root / "data" / "aside").exists()


def test_a_snapshot_is_not_blamed_for_what_is_wrong_without_it(reviewed: Project) -> None:
    content = Depositary.agreed(reviewed).content()
    reference = reviewed.root / "data" / "reference"
    path = reference / "exceptions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    with pytest.raises(AdoptionError) as caught:
        verdict_on(reviewed, content)
    rule = lines[1].split(",")[0]
    assert str(caught.value).startswith(f"the data in use are not in order: {rule}: ")
    assert str(caught.value).endswith("in data/reference/exceptions.csv)")
    (reference / "acts.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(AdoptionError, match=r"^data/reference/acts\.csv: row 1, column "):
        verdict_on(reviewed, content)
