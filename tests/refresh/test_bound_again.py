"""A state that is bound, withdraws and is bound again by an act of the same name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from adoption.data.readers.listed import ListedAct
from adoption.law.deciding import IN_FORCE, PARTY
from adoption.law.status import load_status
from adoption.refresh.outcome import Outcome
from tests.refresh.life import Depositary, Project

pytestmark = pytest.mark.slow

FIRST = ListedAct("Kenya", "accession", date(2026, 12, 2))
WITHDRAWAL = "hanoi,KEN,Kenya,withdrawal,2028-01-18,,,confirmed,untc-xml,made up for this test\n"
AGAIN = ListedAct("Kenya", "accession", date(2029, 3, 1))
BOTH = [("accession", "2026-12-02"), ("accession", "2029-03-01"), ("withdrawal", "2028-01-18")]


def test_both_terms_stay_in_the_record(
    project: Project, depositary: Depositary, tmp_path: Path
) -> None:
    file = tmp_path / "saved.xml"

    def taken(day: str, parties: int) -> list[str]:
        outcome = given(project, depositary, file, day, parties)
        assert outcome.status == 0, project.said
        return outcome.summary.split("; ")

    taken("2026-12-01", 2)
    depositary.acts.append(FIRST)
    assert taken("2026-12-08", 3) == ["1 accession of Hanoi"]
    depositary.change(FIRST, replace(FIRST, superseded=True))
    write_down(project, WITHDRAWAL)
    assert taken("2028-02-01", 2) == ["1 withdrawal of Hanoi"]
    depositary.acts.append(AGAIN)
    assert taken("2029-03-08", 3) == ["1 accession of Hanoi"], "it is another act, not a correction"
    assert acts_of_kenya(project) == BOTH
    bound = {
        day: "KEN" in set(_parties(date.fromisoformat(day)))
        for day in ("2026-12-01", "2027-06-01", "2028-06-01", "2029-06-01")
    }
    assert list(bound.values()) == [False, True, False, True]
    feed = (project.root / "data" / "feed.xml").read_text("utf-8")
    assert feed.count("hanoi/KEN/accession<") == feed.count("hanoi/KEN/accession/2<") == 1


def given(project: Project, depositary: Depositary, file: Path, day: str, parties: int) -> Outcome:
    file.write_bytes(depositary.content(parties=parties))
    return project.refresh(day, file=file, saved=date.fromisoformat(day))


def write_down(project: Project, row: str) -> None:
    added = project.root / "data" / "reference" / "acts.csv"
    added.write_text(added.read_text("utf-8") + row, "utf-8")


def acts_of_kenya(project: Project) -> list[tuple[str, str]]:
    acts = project.table("acts").query("convention == 'hanoi' and iso3 == 'KEN'")
    return list(zip(acts["act"], acts["date"].dt.strftime("%Y-%m-%d"), strict=True))


def _parties(day: date) -> list[str]:
    people = load_status("hanoi", day).participants
    return list(people.loc[people["status"].isin([PARTY, IN_FORCE]), "iso3"])
