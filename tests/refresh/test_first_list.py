"""The depositary's first list, of 78 signatories: used, whatever the press had counted.

What stays refused is what only the list itself can be blamed for.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from adoption.data.readers.listed import ListedAct
from adoption.law.conventions import load_conventions
from adoption.law.evidence import load_oddities
from adoption.law.status import load_status
from tests.fetching.publisher_server import Publisher
from tests.refresh.life import Depositary, Project

LATE = date(2026, 7, 20)


@pytest.fixture(scope="module")
def project(project: Project) -> Project:
    """The copy of the data, in which the press counts 77 signatories on a day with 78."""
    (totals,) = (project.root / "data" / "raw" / "acts-cybercrime").glob("*/totals.csv")
    content = totals.read_bytes() + f"hanoi,{LATE},77,,machineherald\n".encode()
    totals.write_bytes(content)
    sidecar = totals.with_name("totals.csv.meta.json")
    signed = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    sidecar.write_text(json.dumps(json.loads(sidecar.read_text("utf-8")) | signed), "utf-8")
    return project


@pytest.fixture(scope="module")
def depositary(project: Project) -> Depositary:
    """The 75 signatories of the record and three more, and no deposit.

    Two stand on another day: Sweden's was inferred, Zimbabwe's is known from the press only.
    """
    found = Depositary.of_record(project)
    found.signs(date(2026, 4, 20), "Kenya", "Panama")
    found.signs(LATE, "Japan")
    ceremony = date(2025, 10, 25)
    for name in ("Sweden", "Zimbabwe"):
        found.change(
            ListedAct(name, "signature", ceremony), ListedAct(name, "signature", date(2025, 10, 26))
        )
    return found


@pytest.fixture(autouse=True)
def _server(server: Publisher, depositary: Depositary) -> None:
    depositary.server = server


def test_one_without_a_confirmed_signatory_is_refused(
    project: Project, depositary: Depositary
) -> None:
    before, whole = project.files("raw", "reference"), list(depositary.acts)
    depositary.acts.remove(ListedAct("Algeria", "signature", date(2025, 10, 25)))
    depositary.publish()
    outcome = project.refresh("2026-11-30")
    depositary.acts[:] = whole
    assert outcome.status == 3
    assert outcome.results[0].told.startswith("act-not-in-list: hanoi ")
    assert project.files("raw", "reference") == before


def test_it_is_used_and_what_contradicts_it_is_listed(
    project: Project, depositary: Depositary
) -> None:
    depositary.publish()
    before = (project.root / "data" / "reference" / "exceptions.csv").read_bytes()
    outcome = project.refresh("2026-12-01")
    assert outcome.status == 0, project.said
    assert (project.root / "data" / "reference" / "exceptions.csv").read_bytes() == before
    found = load_status("hanoi", date(2026, 12, 1))
    assert (found.signatories.lower, found.signatories.upper) == (78, 78)
    assert found.signatories.confirmed == 78
    conflicts = project.table("conflicts").query("convention == 'hanoi'")
    totals = conflicts[conflicts["about"] == "total"].set_index("other_source")
    assert (totals.at["machineherald", "kept"], totals.at["machineherald", "other"]) == (
        "78",
        f"77 on {LATE}",
    )
    assert (totals.at["adaderana", "kept"], totals.at["adaderana", "kept_source"]) == (
        "72",
        "untc-hanoi",
    )
    acts = conflicts[conflicts["about"] != "total"].set_index(["iso3", "about"])["other_grade"]
    assert acts.to_dict() == {
        ("SWE", "day"): "inferred",
        ("ZWE", "day"): "confirmed",
        ("AZE", "listed"): "reported",
        ("QAT", "listed"): "reported",
        ("VNM", "listed"): "reported",
    }
    assert "new conflicts" in outcome.summary
    journal = (project.root / "data" / "CHANGES.md").read_text("utf-8")
    says = "adaderana says 73 on 2025-11-02"
    assert f"sources differ on signatories: published total; {says}" in journal
    oddities = load_oddities(load_conventions()["hanoi"])
    assert f"published 77 on {LATE} by machineherald, counted 78" in set(oddities["found"])


def test_one_in_which_a_signatory_has_vanished_is_refused(
    project: Project, depositary: Depositary
) -> None:
    before = project.files()
    depositary.acts.remove(ListedAct("Panama", "signature", date(2026, 4, 20)))
    depositary.publish()
    outcome = project.refresh("2026-12-08")
    assert outcome.status == 3
    (result,) = outcome.results
    assert "act-vanished: hanoi PAN signature: 2026-04-20, not in" in result.told
    assert project.files() == before
