"""Ten weeks of a convention's life, through refresh, build and report, week after week.

What is in the record of the data is as it is; the acts of these weeks are made up.
"""

from __future__ import annotations

import csv
import shutil
from datetime import date
from typing import Any

import feedparser
import pandas as pd
import pytest

from adoption.data.readers.listed import ListedAct
from adoption.law.conventions import load_conventions
from adoption.law.status import Status, load_status
from adoption.reports.run import run_report
from adoption.reports.wishes import Wishes as ReportWishes
from tests.conftest import ROOT
from tests.fetching.publisher_server import Publisher, closed_port
from tests.refresh.life import Depositary, Project
from tests.reports.conftest import Page

pytestmark = pytest.mark.slow

PLAN = """
[[page]]
slug = "map"
notebook = "01_status_map"
parameters = { convention = "hanoi" }
"""


@pytest.fixture(scope="module")
def project(project: Project) -> Project:
    """The copy of the data with what a report of one page needs."""
    shutil.copytree(ROOT / "src" / "adoption", project.root / "src" / "adoption")
    (project.root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "01_status_map.ipynb", project.root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", project.root)
    (project.root / "reports.toml").write_text(PLAN)
    return project


@pytest.fixture(scope="module")
def depositary(project: Project) -> Depositary:
    """The depositary begins with what the record knows, every act with a day in its window."""
    return Depositary.of_record(project)


@pytest.fixture(autouse=True)
def _server(server: Publisher, depositary: Depositary) -> None:
    """A server a week: it lives as long as a test may take."""
    depositary.server = server


def status(day: str) -> Status:
    return load_status("hanoi", date.fromisoformat(day))


def counts(day: str) -> tuple[int, int, int, int]:
    """Signatories and counted instruments, the fewest and the most there can be."""
    found = status(day)
    return (
        found.signatories.lower, found.signatories.upper,
        found.counted.lower, found.counted.upper,
    )  # fmt: skip


def feed(project: Project) -> Any:
    found = feedparser.parse(project.root / "data" / "feed.xml")
    assert not found.bozo
    ids = [entry.id for entry in found.entries]
    assert len(ids) == len(set(ids))
    return found


def titles(project: Project) -> list[str]:
    return [entry.title for entry in feed(project).entries]


def report(project: Project) -> str:
    """Make the report; return the answer of the map's page, and its reach."""
    assert run_report(ReportWishes(output=project.root / "reports")) == 0
    page = Page((project.root / "reports" / "latest" / "map.html").read_text(encoding="utf-8"))
    return " ".join(page.texts["p"][:5])


def test_1_the_first_list(project: Project, depositary: Depositary) -> None:
    """The list has two signatories whom nobody had named, and two of three reported deposits."""
    depositary.signs(date(2026, 4, 20), "Kenya", "Panama")
    depositary.ratifies(date(2026, 3, 3), "Qatar")
    depositary.ratifies(date(2026, 4, 8), "Viet Nam")
    depositary.publish()
    outcome = project.refresh("2026-12-01")
    assert outcome.status == 0, project.said
    assert outcome.data_day == "2026-12-01"
    assert counts("2026-12-01") == (77, 77, 2, 2)
    acts = project.table("acts").query("convention == 'hanoi'")
    qatar = acts.query("iso3 == 'QAT' and act == 'ratification'").iloc[0]
    assert (qatar["grade"], qatar["source"]) == ("confirmed", "untc-hanoi")
    assert qatar["date"] == qatar["earliest"] == qatar["latest"] == pd.Timestamp("2026-03-03")
    assert set(acts["grade"]) == {"confirmed"}
    conflicts = project.table("conflicts").set_index(["iso3", "kind", "about"])
    assert ("AZE", "consent", "listed") in conflicts.index
    convention = load_conventions()["hanoi"]
    assert (convention.complete_to, convention.source) == (date(2026, 12, 1), "untc-hanoi")
    assert not status("2026-12-01").beyond_reach
    assert any("Kenya" in title for title in titles(project))
    assert "Complete to 1 December 2026" in report(project)


def test_2_new_signatures(project: Project, depositary: Depositary) -> None:
    depositary.signs(date(2026, 12, 4), "Japan", "Chad")
    depositary.publish()
    outcome = project.refresh("2026-12-08")
    assert (outcome.status, outcome.summary[:12]) == (0, "2 signatures")
    assert counts("2026-12-08")[:2] == (79, 79)
    assert counts("2026-12-03")[:2] == (77, 77), "before that day it is as it was"
    found = feed(project).entries[:2]
    assert {entry.id.rpartition("hanoi/")[2] for entry in found} == {
        "JPN/signature",
        "TCD/signature",
    }


def test_3_a_ratification(project: Project, depositary: Depositary) -> None:
    depositary.ratifies(date(2026, 12, 10), "Mauritius")
    depositary.publish()
    outcome = project.refresh("2026-12-15")
    assert outcome.status == 0
    assert "1 ratification" in outcome.summary
    assert counts("2026-12-15") == (79, 79, 3, 3)
    assert "three have consented to be bound. It needs 40 instruments." in report(project)


def test_4_a_maintenance_page(project: Project, depositary: Depositary) -> None:
    before = project.files()
    depositary.is_down()
    outcome = project.refresh("2026-12-22")
    assert outcome.status == 3
    (result,) = outcome.results
    assert "maintenance" in result.told
    assert project.files() == before
    aside = max((project.root / "data" / "aside" / "untc-hanoi").iterdir())
    assert "maintenance" in (aside / "reason.txt").read_text()


def test_5_on_the_eve(project: Project, depositary: Depositary) -> None:
    signed = {act.participant for act in depositary.acts if act.act == "signature"}
    bound = {act.participant for act in depositary.acts if act.act == "ratification"}
    eu = "European Union"
    depositary.ratifies(date(2026, 12, 28), *sorted(signed - bound - {eu, "Japan"})[:36])
    depositary.publish()
    outcome = project.refresh("2026-12-29")
    assert outcome.status == 0
    assert counts("2026-12-29")[2:] == (39, 39)
    assert status("2026-12-29").entry_into_force is None
    depositary.ratifies(date(2027, 1, 2), eu)
    depositary.publish()
    assert project.refresh("2027-01-03").status == 0
    assert counts("2027-01-03")[2:] == (39, 39), "the instrument of the EU does not add"


def test_6_the_fortieth_deposit(project: Project, depositary: Depositary) -> None:
    depositary.ratifies(date(2027, 1, 4), "Japan")
    depositary.publish()
    outcome = project.refresh("2027-01-05")
    assert outcome.status == 0, project.said
    found = status("2027-01-05")
    assert found.nth_instrument is not None
    assert found.nth_instrument.day == date(2027, 1, 4)
    assert found.entry_into_force is not None
    assert found.entry_into_force.day == date(2027, 4, 4), "the 90th day after, art. 65(1)"
    assert "4 April 2027" in outcome.summary or "force" in outcome.summary
    journal = (project.root / "data" / "CHANGES.md").read_text()
    assert "## 5 January 2027" in journal
    assert "4 April 2027" in journal
    assert "4 April 2027" in report(project)


def test_7_the_depositary_corrects_a_day(project: Project, depositary: Depositary) -> None:
    before = project.files()
    depositary.change(
        ListedAct("Mauritius", "ratification", date(2026, 12, 10)),
        ListedAct("Mauritius", "ratification", date(2026, 12, 9)),
    )
    depositary.publish()
    outcome = project.refresh("2027-01-12")
    assert outcome.status == 3
    assert "act-day-changed: hanoi MUS ratification: 2026-12-10" in outcome.results[0].told
    assert project.files() == before, "until a person has looked at it"
    assert project.refresh("2027-01-13").status == 3, "the same list is refused again"
    accepted = project.refresh("2027-01-13", accept="C.N.1.2027 corrects the day", by="A. Person")
    assert accepted.status == 0
    mauritius = project.table("acts").query("convention == 'hanoi' and iso3 == 'MUS'")
    assert pd.Timestamp("2026-12-09") in set(mauritius["date"])
    exceptions = (project.root / "data" / "reference" / "exceptions.csv").read_text()
    assert "C.N.1.2027 corrects the day (accepted by A. Person on 2027-01-13)" in exceptions
    recorded = (project.root / "data" / "reference" / "acceptances.csv").read_text()
    assert "A. Person" in recorded
    (entry,) = (e for e in feed(project).entries if e.id.endswith("hanoi/MUS/ratification"))
    assert entry.updated > entry.published
    assert project.refresh("2027-01-14").status == 0, "accepted is accepted"


def test_8_a_withdrawal(project: Project, depositary: Depositary) -> None:
    depositary.change(
        ListedAct("Qatar", "ratification", date(2026, 3, 3)),
        ListedAct("Qatar", "ratification", date(2026, 3, 3), superseded=True),
    )
    depositary.publish()
    outcome = project.refresh("2027-01-19")
    assert outcome.status == 3
    assert "act-superseded" in outcome.results[0].told
    assert "withdrawal-without-day" in outcome.results[0].told
    added = project.root / "data" / "reference" / "acts.csv"
    with added.open("a", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            [
                "hanoi",
                "QAT",
                "Qatar",
                "withdrawal",
                "2027-01-18",
                "",
                "",
                "confirmed",
                "untc-xml",
                "",
            ]
        )
    outcome = project.refresh("2027-01-19", accept="C.N.2.2027 notifies it", by="A. Person")
    assert outcome.status == 0, project.said
    assert counts("2027-01-17")[2:] == (40, 40)
    participants = status("2027-01-19").participants.set_index("iso3")
    assert participants.at["QAT", "status"] == "withdrawn"
    assert participants.at["JPN", "status"] != "withdrawn"
    assert any("Qatar" in title and "withdrawal" in title for title in titles(project))


def test_9_the_depositary_is_not_reached(project: Project) -> None:
    before = project.files()
    project.base = f"http://127.0.0.1:{closed_port()}"
    outcome = project.refresh("2027-01-26")
    assert outcome.status == 4
    assert project.files() == before
    assert "4 April 2027" in report(project), "the old report stays"


def test_10_nothing_new(project: Project, depositary: Depositary) -> None:
    """But that: the report says that the list was still the same, and stays so."""
    depositary.publish()
    raw, news = project.files("raw"), [entry.id for entry in feed(project).entries]
    outcome = project.refresh("2027-02-02")
    assert (outcome.status, outcome.summary, outcome.data_day) == (0, "", "2027-02-02")
    assert project.files("raw") == raw
    assert [entry.id for entry in feed(project).entries] == news
    assert load_conventions()["hanoi"].complete_to == date(2027, 2, 2)
    report(project)
    pages = (project.root / "reports" / "latest").resolve()
    assert "2 February 2027" in (pages / "map.html").read_text(encoding="utf-8")
    before = project.files()
    assert not project.refresh("2027-02-02").changed
    assert project.files() == before
    report(project)
    assert (project.root / "reports" / "latest").resolve() == pages
    assert len(feed(project).entries) == len(set(titles(project)))
