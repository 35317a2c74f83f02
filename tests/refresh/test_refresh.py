"""A refresh from end to end: from a publisher's server to the tables, or nothing changes."""

from __future__ import annotations

import csv
import json
import re
import shutil
import threading
import time
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from adoption import tables
from adoption.cli import main
from adoption.cli.health import health
from adoption.cli.status import status_in_text
from adoption.core.errors import AdoptionError
from adoption.core.paths import previous
from adoption.core.reading import recorded
from adoption.core.text import long_day
from adoption.forecasting.convention import forecast_convention
from adoption.ingest import run
from adoption.ingest.readers.untc import read_untc
from adoption.ingest.run import check_processed
from adoption.ingest.snapshots import UNDONE_FILE, Sidecar
from adoption.law.conventions import find_convention, load_conventions
from adoption.law.status import load_status
from adoption.refresh import publish
from adoption.refresh.accept import prune
from adoption.refresh.outcome import Outcome, SourceResult
from adoption.refresh.project import DataFolders as Folders
from adoption.refresh.project import exclusive
from adoption.refresh.run import too_old
from adoption.show.entry_into_force import start_sentence
from adoption.show.front import facts_view
from adoption.show.status import participants_sentence, reach_strip
from adoption.show.status_json import status_json
from tests.build.fetched import GCI_SOURCE
from tests.build.listing import put_snapshot
from tests.conftest import rewrite, starts
from tests.refresh.answers import announcing, page
from tests.refresh.life import (
    FILE,
    MAINTENANCE,
    SOURCE,
    TARGET,
    TITLE,
    Depositary,
    Project,
    entries,
)
from tests.refresh.publisher_server import Publisher, closed_port
from tests.sources.mtdsg import mtdsg, printed, row

OTHER = "/doc/Publication/MTDSG/Volume%20II/Chapter%20XVIII/XVIII-14.en.xml"
LATE = date(2026, 7, 20)
DECEMBER = date(2026, 12, 8)


def counted(day: str) -> tuple[int, int]:
    """Return the signatories and the parties on a day."""
    status = load_status("hanoi", date.fromisoformat(day))
    return status.signatories.with_reports, status.parties.with_reports


def stopped_when_told(project: Project, day: str, **wanted: Any) -> None:
    """Refresh, interrupted as soon as it says what became of the source."""

    class Interrupts(list[str]):
        def append(self, _: str) -> None:
            raise KeyboardInterrupt

    project.said = Interrupts()
    with pytest.raises(KeyboardInterrupt):
        project.refresh(day, **wanted)
    project.said = []


# The first list of a publisher


def test_a_first_list_outweighs_press_counts(project: Project, depositary: Depositary) -> None:
    """It has 78 signatories and no deposit. Two have another day, and the press counts 77."""
    (totals,) = (project.root / "data" / "raw" / "acts-cybercrime").glob("*/totals.csv")
    rewrite(totals, totals.read_bytes() + f"hanoi,{LATE},77,,relayed,machineherald\n".encode())
    depositary.signs(date(2026, 4, 20), "Kenya", "Panama")
    depositary.signs(LATE, "Japan")
    for name in ("Sweden", "Zimbabwe"):  # inferred, and known from the press
        depositary.change(name, date(2025, 10, 26))
    depositary.publish()
    before = project.text("reference/exceptions.csv")
    outcome = project.refresh("2026-12-01")
    assert (outcome.status, outcome.data_day) == (0, "2026-12-01"), project.said
    assert project.text("reference/exceptions.csv") == before
    assert counted("2026-12-01")[0] == 78
    conflicts = project.table("conflicts").query("convention == 'hanoi'")
    totals_ = conflicts[conflicts["about"] == "total"].set_index("other_source")
    assert tuple(totals_.loc["machineherald", ["kept", "other"]]) == ("78", f"77 on {LATE}")
    acts = conflicts[conflicts["about"] != "total"].set_index(["iso3", "about"])["other_grade"]
    assert acts.to_dict() == {
        ("SWE", "day"): "inferred",
        ("ZWE", "day"): "confirmed",
        ("AZE", "listed"): "reported",
        ("QAT", "listed"): "reported",
        ("VNM", "listed"): "reported",
    }
    assert load_conventions()["hanoi"].complete_to == date(2026, 12, 1)
    assert outcome.results[0].message == (
        "the first list lacks 3 known acts, which count as reported: Azerbaijan (consent), Qatar "
        "(consent) and Viet Nam (consent)"
    )
    assert outcome.summary.startswith("3 ")
    journal = project.text("CHANGES.md")
    assert "machineherald says 77 on 2026-07-20" in journal
    assert "**new** Kenya: signature of 20 April 2026 (confirmed, source untc-hanoi)" in journal
    feed = (project.root / "data" / "feed.xml").read_bytes()
    titles = [entry.title for entry in entries(feed)]
    assert len(titles) == len(project.table("acts")), "also the acts that were known before"
    assert "Kenya: signature of 20 April 2026, UN Convention against Cybercrime" in titles[:20]


def said_of_hanoi() -> str:
    """Return what the command, the JSON, the front page, a caption and the forecast say."""
    status = load_status("hanoi", tables.data_day())
    forecast = forecast_convention(find_convention(status.convention), status.as_of)
    return "\n".join(
        [
            status_in_text(status),
            json.dumps(status_json(status)),
            facts_view(status, forecast).words,
            reach_strip(status).words,
            participants_sentence(status),
            start_sentence(forecast),
        ]
    )


def test_a_relayed_total_ends_with_a_list_that_is_complete_to_its_day(
    project: Project, depositary: Depositary
) -> None:
    (totals,) = (project.root / "data" / "raw" / "acts-cybercrime").glob("*/totals.csv")
    rewrite(totals, totals.read_bytes() + b"hanoi,2026-11-24,981,97,relayed,machineherald\n")
    publish.build_and_publish(project.root, project.said.append)
    assert said_of_hanoi().count("981 signatories and 97 ratifications") == 2
    for day in ("2027-01-01", "2028-02-29"):
        depositary.publish()
        assert project.refresh(day).status == 0, project.said
        assert not re.search(r"\b(981|97|76)\b|Others report", said_of_hanoi())


def test_a_first_list_that_lacks_many_waits(project: Project, depositary: Depositary) -> None:
    for name in ("Algeria", "Angola", "Australia", "Austria"):
        depositary.change(name, None)
    depositary.publish()
    outcome = project.refresh("2026-12-01")
    assert outcome.status == 3
    assert outcome.results[0].message == (
        "acts-not-in-list: hanoi list: 4 of 68 known acts are not in the list of 2026-12-01; "
        "allowed: 5%"
    )
    outcome = project.refresh("2026-12-02", accept="looked at", by="A. Person")
    assert outcome.status == 0
    assert outcome.summary.startswith("4 signatures of Hanoi not in the list; ")
    assert project.acts("AUT") == ["signature 2025-10-25 reported"], "it stays"
    text = "Algeria: signature of 25 October 2025, now reported (was confirmed), not in the"
    assert text in project.text("CHANGES.md")


# What is refused, and what does not come


# One of each kind; the tests of the readers and of the guards have them all.
REFUSED: dict[str, tuple[Any, str]] = {
    "an entity that is a file": (
        lambda d: d.content().replace(
            b"<Document>", b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><Document>', 1
        ),
        f"{FILE}: line 2: <!DOCTYPE: document types and entities are not read",
    ),
    "a vanished signatory": (
        lambda d: d.change("Peru", None),
        "act-vanished: hanoi PER signature: 2025-10-25, not in the list of 2026-12-08",
    ),
    "a signature printed one column too far right": (
        lambda d: d.ratifies(date(2026, 12, 2), "Kenya"),
        "ratification-without-signature: hanoi KEN ratification: 2026-12-02",
    ),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_what_is_refused_changes_nothing(
    second: Project, depositary: Depositary, fault: str
) -> None:
    change, line = REFUSED[fault]
    content = change(depositary) or depositary.content()
    depositary.publish(content)
    before = second.files()
    outcome = second.refresh("2026-12-08")
    (found,) = outcome.results
    assert (outcome.status, found.kind, outcome.changed) == (3, "refused", False), found.message
    assert found.message.startswith(line)
    assert second.files() == before
    assert second.said[0] == str(found)
    assert all(len(said.splitlines()) == 1 for said in second.said)
    kept = second.root / found.place
    assert kept.parent == second.root / "data" / "quarantine" / SOURCE
    assert (kept / FILE).read_bytes() == content
    assert (kept / "reason.txt").read_text("utf-8").splitlines()[0] == found.message
    advice = "docs/refresh.md says" if found.verdict.never else f"--snapshot {kept.name} --accept"
    assert advice in second.said[-1]


def test_no_answer_changes_nothing(second: Project, depositary: Depositary) -> None:
    before = second.files("raw", "processed", "reference", "quarantine")
    for answer, line in (
        (page(MAINTENANCE), f"{FILE}: an HTML page, which says 'urgent maintenance', in place of"),
        (page(b"", 410), "410 Gone; allowed: 200; data/reference/publishers.toml has "),
    ):
        depositary.server.gives(TARGET, answer)
        outcome = second.refresh("2026-12-08")
        assert (outcome.status, outcome.changed) == (4, False)
        assert line in outcome.results[0].message
        assert second.files("raw", "processed", "reference", "quarantine") == before


def guess_path(project: Project, source: str) -> None:
    path, head = project.root / "data/reference/publishers.toml", f"[source.{source}]"
    path.write_text(path.read_text("utf-8").replace(head, f"{head}\nguessed = true"), "utf-8")


@pytest.mark.parametrize("answer", [page(b"", 404), page(b"<!-- x -->\n<html>Sorry</html>")])
def test_a_path_that_was_guessed_and_leads_nowhere_says_how_to_set_it(
    project: Project, answer: Any
) -> None:
    guess_path(project, "untc-uncac")
    with Publisher() as server:
        server.gives(OTHER, answer)
        bases = {"untc": server.base}
        outcome = project.refresh("2026-12-08", sources=("untc-uncac",), bases=bases)
    assert outcome.results[0].kind == "unreachable"
    assert outcome.status == 0, "nobody need be woken"
    assert "its path is a guess: open the treaty's page" in outcome.results[0].message
    assert "files of [source.untc-uncac]" in outcome.results[0].message


@pytest.mark.parametrize("answer", [page(b"", 404), page(b"", 403), page(b"<html>Sorry</html>")])
def test_a_path_that_was_guessed_and_has_delivered_is_an_alarm(
    second: Project, depositary: Depositary, answer: Any
) -> None:
    guess_path(second, SOURCE)
    depositary.server.gives(TARGET, answer)
    assert second.refresh("2026-12-08").status == 4


def test_what_is_healed_the_same_day_waits_no_more(second: Project, depositary: Depositary) -> None:
    sound = depositary.content()
    depositary.publish(sound[:-200])
    six, nine = (datetime(2026, 12, 8, hour, tzinfo=UTC) for hour in (6, 9))
    assert second.refresh("2026-12-08", now=six).status == 3
    (waiting,) = health(second.root, second.root / "reports")["waiting"]
    assert waiting.startswith(SOURCE)
    depositary.publish(sound)
    assert second.refresh("2026-12-08", now=nine).status == 0
    assert health(second.root, second.root / "reports")["waiting"] == []
    with pytest.raises(AdoptionError, match=r"^--accept: nothing was put into quarantine"):
        second.refresh("2026-12-08", now=nine, accept="why", by="x")
    depositary.publish(sound[:-200])
    assert second.refresh("2026-12-09").status == 3
    assert len(health(second.root, second.root / "reports")["waiting"]) == 1, "it came again"


def test_an_act_that_was_accepted_alone_and_a_later_list_lacks_is_refused(
    second: Project, depositary: Depositary
) -> None:
    before = list(depositary.acts)
    depositary.signs(date(2026, 12, 4), "Kenya")
    depositary.change("Peru", date(2025, 10, 26))
    depositary.publish()
    assert second.refresh("2026-12-08").status == 3
    wanted = {"accept": "C.N.1", "by": "x", "rows": ("KEN signature",)}
    assert second.refresh("2026-12-08", **wanted).status == 0
    depositary.acts[:] = before
    depositary.signs(date(2026, 12, 10), "Japan")
    depositary.publish()
    outcome = second.refresh("2026-12-15")
    line = "act-vanished: hanoi KEN signature: 2026-12-04, not in the list of 2026-12-15"
    assert (outcome.status, outcome.results[0].message[: len(line)]) == (3, line)
    assert second.acts("KEN") == ["signature 2026-12-04 confirmed"]
    newest = Path(outcome.results[0].place).name
    words = {"accept": "so says the depositary", "by": "x", "snapshot": newest}
    assert second.refresh("2026-12-15", **words).status == 0
    assert second.acts("KEN") == []
    depositary.signs(date(2026, 12, 16), "Norway")
    depositary.publish()
    assert second.refresh("2026-12-22").status == 0, "it was accepted once for all later lists"


def test_a_file_may_have_been_saved_today_wherever_that_is(
    second: Project, depositary: Depositary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At noon in Greenwich it is the next day on Kiritimati."""
    depositary.publish()
    saved = tmp_path / "saved.xml"
    saved.write_bytes(depositary.content())
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        outcome = second.refresh("2026-12-10", file=saved, saved=date(2026, 12, 11))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert outcome.status == 0


def test_an_answer_can_be_too_old() -> None:
    asked = date(2026, 12, 8)
    assert too_old(date(2026, 11, 20), asked, None) == ""
    assert "what is in use was so on 1 December 2026" in too_old(
        date(2026, 11, 20), asked, date(2026, 12, 1)
    )
    assert "an old copy from a cache" in too_old(date(2026, 10, 1), asked, None)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (-10, "10 days before this machine: an old copy from a cache, or a wrong clock?"),
        (10, "days after this machine: is one of the clocks wrong?"),
        (0, ""),
    ],
)
def test_a_date_that_is_days_off_is_one_warning(
    second: Project, depositary: Depositary, days: int, says: str
) -> None:
    dated = datetime.now(UTC) + timedelta(days=days)
    answer = page(depositary.content(), date=format_datetime(dated, usegmt=True))
    depositary.server.gives(TARGET, answer)
    outcome = second.refresh("2026-12-08")
    assert (outcome.status, outcome.results[0].kind) == (0, "unchanged")
    assert len(outcome.warnings) == bool(says)
    assert outcome.as_json()["warnings"] == outcome.warnings
    for warning in outcome.warnings:
        assert warning.startswith(f"{SOURCE}: its answer is of {long_day(dated.date())}, by its")
        assert warning.endswith(says)
        assert second.said[-1] == f"warning: {warning}"


def test_a_mirror_that_is_behind_is_one_warning_for_all_its_lists() -> None:
    text = "its answer is of 1 December 2026"
    names = ("untc-hanoi", "untc-uncac", "untc-untoc")
    results = [SourceResult(name, "unchanged", warning=text) for name in names]
    results.append(SourceResult("itu-gci", "unchanged"))
    assert Outcome(results, "", changed=False, data_day="").warnings == [
        f"untc-hanoi and 2 other sources: {text}"
    ]


def test_an_answer_older_than_the_list_in_use_is_a_warning(
    second: Project, depositary: Depositary
) -> None:
    depositary.signs(date(2026, 12, 2), "Norway")
    depositary.publish()
    outcome = second.refresh("2026-11-30")
    assert outcome.status == 4
    (warning,) = outcome.warnings
    assert warning.startswith(f"{SOURCE}: its answer is of 30 November 2026, by its Date header, ")
    assert "what is in use was so on 1 December 2026" in warning


def test_a_clock_far_ahead_needs_the_publishers(second: Project, depositary: Depositary) -> None:
    depositary.server.gives(TARGET, announcing(len(depositary.content()), depositary.content()))
    before = second.files()
    outcome = second.refresh("2027-01-03")
    assert outcome.status == 4
    assert "has no Date header, and 3 January 2027, by this" in outcome.results[0].message
    assert second.files() == before
    assert second.refresh("2027-01-01").status == 0
    depositary.publish()
    assert second.refresh("2027-03-01").status == 0


# What a person accepts


def test_a_person_accepts_what_was_refused(second: Project, depositary: Depositary) -> None:
    depositary.change("Peru", date(2025, 10, 26))
    depositary.publish()
    with pytest.raises(AdoptionError, match=r"^--accept: nothing was put into quarantine"):
        second.refresh("2026-12-08", accept="why", by="x")
    assert second.refresh("2026-12-08").status == 3
    assert second.refresh("2026-12-09").status == 3, "the same list is refused again"
    (waiting,) = (second.root / "data" / "quarantine" / SOURCE).iterdir()
    with pytest.raises(
        AdoptionError, match=r"^--snapshot: 'x' of untc-hanoi is not in quarantine; "
    ):
        second.refresh("2026-12-09", accept="why", by="x", snapshot="x")
    wanted = {"accept": "C.N.1 corrects it", "by": "A. Person", "snapshot": waiting.name}
    for what in ("1 exception listed", "it is in use already"):
        outcome = second.refresh("2026-12-09", **wanted)
        found = (outcome.status, outcome.results[0].message)
        assert found == (0, f"C.N.1 corrects it; {what}")
    assert second.acts("PER") == ["signature 2025-10-26 confirmed"]
    why = "C.N.1 corrects it (accepted by A. Person on 2026-12-09)"
    assert why in second.text("reference/exceptions.csv")
    (entry,) = (
        e
        for e in entries(second.text("feed.xml").encode())
        if e.title.startswith("Correction: Peru: signature of 26 October 2025")
    )
    assert entry.updated > entry.published
    folders = Folders(second.root)
    assert check_processed(folders.raw, folders.reference, folders.processed) == []
    assert second.refresh("2026-12-10").status == 0
    depositary.signs(date(2026, 12, 11), "Kenya")
    depositary.publish()
    assert second.refresh("2026-12-12").status == 0
    assert why in second.text("reference/exceptions.csv"), "the older lists still show it"


def test_a_withdrawal_needs_its_day(second: Project, depositary: Depositary) -> None:
    """A consent in brackets is explained by a row of acts.csv, and cannot be accepted without."""
    depositary.ratifies(date(2026, 12, 3), "Qatar")
    depositary.publish()
    assert second.refresh("2026-12-08").status == 0
    depositary.change("Qatar", date(2026, 12, 3), superseded=True)
    depositary.publish()
    outcome = second.refresh("2028-01-19")
    line = "withdrawal-without-day: hanoi QAT ratification: 2026-12-03 in brackets; its day goes"
    assert (outcome.status, outcome.results[0].message[: len(line)]) == (3, line)
    _, _, exception = second.said[-1].rpartition(" says why: ")
    exceptions = second.root / "data/reference/exceptions.csv"
    before = exceptions.read_bytes()
    exceptions.write_bytes(before + exception.replace("REASON", "annulled\n").encode())
    assert second.refresh("2028-01-19").status == 0, second.said
    assert second.acts("QAT") == ["signature 2025-10-25 confirmed"]
    undo = {"undo": f"{SOURCE}/{max((second.root / 'data/raw' / SOURCE).iterdir()).name}"}
    assert second.refresh("2028-01-19", **undo, by="x", because="it withdrew").status == 0
    exceptions.write_bytes(before)
    shutil.rmtree(second.root / "data/quarantine")
    assert second.refresh("2028-01-19").status == 3
    outcome = second.refresh("2028-01-19", accept="why", by="x")
    assert "cannot be accepted: withdrawal-without-day" in outcome.results[0].message
    row = ["hanoi", "QAT", "Qatar", "withdrawal", "2028-01-18", "", "", "confirmed", "untc-xml", ""]
    with (second.root / "data/reference/acts.csv").open("a", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(row)
    assert second.refresh("2028-01-19").status == 0, second.said
    assert counted("2028-01-17")[1] == counted("2028-01-19")[1] + 1
    assert "Qatar: withdrawal of 18 January 2028" in second.text("feed.xml")


def test_an_exception_that_has_ended_is_taken_out(second: Project, depositary: Depositary) -> None:
    """A person has let a wrong header stand, and the next list has it right in all snapshots."""
    depositary.publish(depositary.content(signatories=99))
    assert second.refresh("2026-12-08").status == 3
    listed = 'list-total-differs,hanoi signatories,"header 99, counted 75",looked at'
    with (second.root / "data/reference/exceptions.csv").open("a") as file:
        file.write(f"{listed}\nrule,subject,found,never shown\n")
    outcome = second.refresh("2026-12-09")
    assert outcome.status == 0
    assert second.said[-1].startswith("data/reference/exceptions.csv: rule / subject / found: noth")
    assert listed in second.text("reference/exceptions.csv")


# What is the same, what was saved, and several sources


def test_an_unchanged_list_reaches_a_later_day(second: Project, depositary: Depositary) -> None:
    depositary.publish()
    raw, feed = second.files("raw"), second.text("feed.xml")
    with recorded() as read:
        outcome = second.refresh("2026-12-08")
    names = {path.name for path in read}
    assert names & {"acts.parquet", "snapshots.parquet"} == {"snapshots.parquet"}, "what moved"
    assert (outcome.status, outcome.summary, outcome.data_day) == (0, "", "2026-12-08")
    assert load_conventions()["hanoi"].complete_to == date(2026, 12, 8)
    assert (second.files("raw"), second.text("feed.xml")) == (raw, feed)
    before = second.files()
    assert not second.refresh("2026-12-08").changed
    assert second.files() == before


def test_a_sidecar_says_how_the_file_came(project: Project, depositary: Depositary) -> None:
    rows = [*printed(depositary.acts), row("Norway", "", "")]
    depositary.server.gives(TARGET, page(mtdsg(TITLE, rows)))
    outcome = project.refresh("2026-12-01")
    assert outcome.status == 0
    assert outcome.results[0].message.endswith("1 row without a day left out: Norway")
    (sidecar,) = (project.root / "data/raw/untc-hanoi").glob(f"*/{FILE}.meta.json")
    found = Sidecar.model_validate_json(sidecar.read_bytes())
    assert found.address == project.base + TARGET
    sidecar.with_name(FILE).chmod(0o644)
    sidecar.with_name(FILE).write_bytes(b"damaged")
    with pytest.raises(AdoptionError, match=r"wrong checksum|bytes where its sidecar says"):
        project.refresh("2026-12-09")


def test_a_file_a_person_saved(second: Project, depositary: Depositary, tmp_path: Path) -> None:
    depositary.signs(date(2026, 12, 4), "Kenya")
    saved = tmp_path / "saved.xml"
    saved.write_bytes(depositary.content())
    for wanted, line in (
        ({"saved": date(2026, 12, 11)}, "--saved: 2026-12-11; allowed: the day on which you saved"),
        ({"saved": None}, "--saved: is needed with --file; allowed: the day on which you saved it"),
        ({"saved": date(2026, 11, 30)}, f"{saved}: was saved on 30 November 2026, and data/raw/"),
        ({"sources": ("untc",)}, "--file: needs exactly one --source that is"),
        ({"accept": "why"}, "--file, --accept and --undo: one of them"),
        ({"sources": ("data360-gci",)}, "--file: needs exactly one --source that is"),
    ):
        with pytest.raises(AdoptionError, match=starts(line)):
            second.refresh("2026-12-10", **{"file": saved, "saved": DECEMBER, **wanted})
    outcome = second.refresh("2026-12-10", file=saved, saved=DECEMBER)
    assert (outcome.status, outcome.results[0].message) == (0, "as it was saved on 8 December 2026")
    assert load_conventions()["hanoi"].complete_to == DECEMBER
    assert str(tmp_path) not in str(second.files("raw"))


def test_one_failure_does_not_hold_up_the_others(project: Project, depositary: Depositary) -> None:
    """The password of the base address goes to its host and is written nowhere."""
    secret = "pa55w0rd"
    depositary.publish()
    depositary.server.gives(OTHER, page(MAINTENANCE))
    bases = {
        "untc": project.base.replace("://", f"://me:{secret}@"),
        "worldbank": f"http://127.0.0.1:{closed_port()}",
    }
    wanted = ("untc-uncac", "worldbank", SOURCE)
    outcome = project.refresh("2026-12-01", sources=wanted, bases=bases)
    kinds = {result.source: result.kind for result in outcome.results}
    assert kinds == {
        "untc-uncac": "unreachable",
        "worldbank-indicators": "unreachable",
        SOURCE: "accepted",
    }
    assert (outcome.status, outcome.changed, outcome.data_day) == (4, True, "2026-12-01")
    assert project.said[10:13] == [str(result) for result in outcome.results], "each asked again"
    assert depositary.server.asked[0].headers["authorization"].startswith("Basic ")
    everything = project.files("raw", "reference", "processed", "quarantine", "events.csv")
    assert not any(secret.encode() in data for data in everything.values())
    assert secret not in "\n".join(project.said) + json.dumps(outcome.as_json())


def test_a_day_that_has_not_come_stops_it(second: Project) -> None:
    with pytest.raises(
        AdoptionError, match=r"2026-11-24 has not come yet, it is 2026-11-01; is th"
    ):
        second.refresh("2026-11-01")
    unchanged = second.root / "data" / "reference" / "unchanged.csv"
    snapshot = next((second.root / "data/raw/untc-hanoi").iterdir()).name
    unchanged.write_text(f"source,snapshot,until\nuntc-hanoi,{snapshot},2027-01-01\n")
    with pytest.raises(AdoptionError, match=r"untc-hanoi/.+ 2027-01-01 has not come"):
        second.refresh("2026-12-08")


# The way back

UNDO = {"by": "A. Person", "because": "the list of another day"}


def test_a_list_that_was_accepted_is_taken_back_and_nothing_is_left_of_it(
    second: Project, depositary: Depositary
) -> None:
    depositary.publish(depositary.content(signatories=99))
    assert second.refresh("2026-12-05").status == 3
    assert second.refresh("2026-12-05", accept="so printed", by="x").status == 0
    assert second.refresh("2026-12-06").status == 0, "it is known to be the same"
    folders = "raw", "processed", "reference"
    before = second.files(*folders)
    depositary.change("Peru", date(2025, 10, 26))
    depositary.signs(date(2026, 12, 7), "Kenya")
    depositary.publish()
    assert second.refresh("2026-12-08").status == 3
    assert second.refresh("2026-12-08", accept="C.N.1", by="x").status == 0
    assert second.files(*folders) != before
    used = max((second.root / "data/raw" / SOURCE).iterdir())
    with pytest.raises(AdoptionError, match=r"^--undo: 'x' is not the newest snapshot of a source"):
        second.refresh("2026-12-10", undo="x", **UNDO)
    wanted = {"undo": f"{SOURCE}/{used.name}", **UNDO}
    stopped_when_told(second, "2026-12-10", **wanted)
    assert second.refresh("2026-12-10", **wanted).status == 0
    assert second.files(*folders) == before
    newest = second.text("CHANGES.md").split("\n## ")[1]
    title = "UN Convention against Cybercrime"
    assert newest.startswith(f"10 December 2026\n\n- {title}: {SOURCE} ")
    assert "Corrections of the data: 1 signature taken out (Kenya)" in newest
    assert f"{SOURCE} {used.name} taken back by A. Person: the list of another day" in newest
    assert "Kenya: signature of 7 December 2026" in newest
    outcome = second.refresh("2026-12-11")
    assert outcome.status == 3
    assert outcome.results[0].message == "taken back by A. Person: the list of another day"
    assert second.refresh("2026-12-11", accept="it was right", by="x").status == 3, "look at it"
    assert second.refresh("2026-12-11", accept="it was right", by="x").status == 0
    assert second.acts("KEN") == ["signature 2026-12-07 confirmed"]


def test_of_a_first_list_that_is_taken_back_no_file_stays(
    project: Project, depositary: Depositary
) -> None:
    before = project.files("raw", "processed", "reference")
    depositary.publish()
    assert project.refresh("2026-12-01").status == 0
    assert project.refresh("2026-12-08").status == 0, "it is known to be the same"
    (used,) = (project.root / "data/raw" / SOURCE).iterdir()
    assert project.refresh("2026-12-09", undo=f"{SOURCE}/{used.name}", **UNDO).status == 0
    assert project.files("raw", "processed", "reference") == before


def test_a_list_of_which_a_row_was_accepted_alone_is_not_taken_back_before_that_row(
    second: Project, depositary: Depositary
) -> None:
    depositary.signs(date(2026, 12, 4), "Kenya")
    depositary.change("Peru", date(2025, 10, 26))
    depositary.publish()
    assert second.refresh("2026-12-08").status == 3
    accepted = second.refresh("2026-12-08", accept="C.N.1", by="x", rows=("KEN signature",))
    assert accepted.status == 0
    before = second.files()
    (used,) = (second.root / "data/raw" / SOURCE).iterdir()
    wanted = {"undo": f"{SOURCE}/{used.name}", **UNDO}
    with pytest.raises(AdoptionError, match=r"rows of it: KEN signature; take them out first$"):
        second.refresh("2026-12-09", **wanted)
    assert second.files() == before
    acts = second.root / "data/reference/acts.csv"
    acts.write_text("".join(acts.read_text("utf-8").splitlines(True)[:-1]), "utf-8")
    assert second.refresh("2026-12-09", **wanted).status == 0
    assert second.acts("KEN") == []


@pytest.mark.parametrize("signs", [(), ("Japan",)])
def test_what_was_recorded_under_a_wrong_clock_is_taken_back(
    second: Project, depositary: Depositary, signs: tuple[str, ...]
) -> None:
    depositary.publish()
    assert second.refresh("2026-12-05").status == 0
    before = second.files("processed")
    depositary.signs(date(2026, 12, 4), *signs)
    depositary.publish()
    assert "closed for signature" in second.refresh("2040-01-03").summary
    newest = max((second.root / "data/raw" / SOURCE).iterdir()).name
    with pytest.raises(AdoptionError, match=r"adoption refresh --undo untc-hanoi/.+ --because"):
        second.refresh("2026-12-08")
    assert second.refresh("2026-12-08", undo=f"{SOURCE}/{newest}", **UNDO).status == 0
    if signs:
        assert second.files("processed") == before
    depositary.signs(date(2026, 12, 7), "Kenya")
    depositary.publish()
    assert second.refresh("2026-12-08").status == 0
    assert "## 3 January 2040" not in second.text("CHANGES.md")
    assert "2040-01-03T00" not in second.text("feed.xml"), "nothing is dated so"
    assert "2026-12-08,act,hanoi,KEN,signature" in second.text("events.csv")
    assert second.acts("JPN") == ["signature 2026-12-04 confirmed"] * len(signs)


# What was stopped, and two at once


def test_what_a_stopped_refresh_left_is_completed_by_the_next_build(
    second: Project, depositary: Depositary
) -> None:
    """The snapshot is in use from the moment of its rename; all else follows from it."""
    depositary.change("Peru", date(2025, 10, 26))
    depositary.signs(date(2026, 12, 4), "Kenya")
    depositary.publish()
    assert second.refresh("2026-12-08").status == 3
    stopped_when_told(second, "2026-12-08", accept="why", by="A. Person")
    assert ",act,hanoi,KEN," not in second.text("events.csv")
    publish.build_and_publish(second.root, second.said.append)
    assert second.acts("KEN") == ["signature 2026-12-04 confirmed"]
    assert "why (accepted by A. Person on 2026-12-08)" in second.text("reference/exceptions.csv")
    assert "2026-12-08,act,hanoi,KEN,signature" in second.text("events.csv")
    assert "## 8 December 2026" in second.text("CHANGES.md"), "the day on which it became known"
    before = second.files()
    publish.build_and_publish(second.root, second.said.append)
    assert second.files() == before


def test_a_build_that_is_stopped_between_its_renames_leaves_tables_to_read(
    project: Project,
) -> None:
    before, processed = project.files("processed"), project.root / "data/processed"
    processed.rename(previous(processed))
    assert main(["status", "hanoi"]) == 0
    assert main(["build"]) == 0
    assert project.files("processed") == before
    assert not previous(processed).exists()


def test_a_refresh_waits_for_another(second: Project, depositary: Depositary) -> None:
    depositary.publish()
    waits, ended = threading.Event(), list[Any]()

    class Said(list[str]):
        def append(self, line: str) -> None:
            super().append(line)
            waits.set()

    second.said = Said()
    with exclusive(Folders(second.root), pytest.fail):
        other = threading.Thread(target=lambda: ended.append(second.refresh("2026-12-08")))
        other.start()
        assert waits.wait(60)
        assert ended == []
    other.join()
    assert re.match(r"another refresh or build is running \(process \d+ since ", second.said[0])
    assert ended[0].status == 0


def test_who_waits_too_long_for_another_ends_with_a_status_of_its_own(
    second: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = second.files()
    monkeypatch.setenv("ADOPTION_WAIT", "0")
    with exclusive(Folders(second.root), pytest.fail):
        assert main(["refresh"]) == 75
        monkeypatch.setenv("ADOPTION_WAIT", "long")
        assert main(["build"]) == 2
    waited, wrong = capsys.readouterr().err.splitlines()
    assert waited.endswith("; it was waited for 0 minutes, and nothing was done")
    assert wrong == "adoption: ADOPTION_WAIT=long: allowed: how many minutes to wait, as 60"
    assert second.files() == before


def test_where_none_can_be_built_the_tables_stay(second: Project, depositary: Depositary) -> None:
    """A row of a day after that of the data is not held against a list."""
    with (second.root / "data" / "reference" / "acts.csv").open("a") as file:
        file.write("hanoi,TUV,Tuvalu,signature,2027-01-02,,,reported,untc-xml,made up\n")
    before = second.files("processed")
    depositary.publish()
    with pytest.raises(
        AdoptionError, match=r"^the data are not in order: act-in-the-future: hanoi"
    ):
        second.refresh("2026-12-08")
    depositary.signs(date(2026, 12, 4), "Kenya")
    depositary.publish()
    with pytest.raises(
        AdoptionError, match=r"^the data in use are not in order: act-in-the-future"
    ):
        second.refresh("2026-12-09")
    assert second.files("processed") == before


def test_older_values_and_what_no_longer_waits_are_removed(project: Project) -> None:
    folders, name = Folders(project.root), GCI_SOURCE.source
    for day in range(1, 7):
        put_snapshot(folders.raw / name, f"2026-11-0{day}", "x.csv", b"x")
        put_snapshot(folders.quarantine / name, f"2026-10-0{day}", "x.csv", b"x")
    put_snapshot(folders.quarantine / name, "2026-10-01", UNDONE_FILE, b"")
    put_snapshot(folders.quarantine / name, "2026-12-01", "x.csv", b"x")
    prune(folders, [GCI_SOURCE])
    left = [
        sorted(path.name[5:] for path in (of / name).iterdir())
        for of in (folders.raw, folders.quarantine)
    ]
    assert left[0] == ["11-03", "11-04", "11-05", "11-06"]
    assert left[1] == ["10-01", "10-03", "10-04", "10-05", "10-06", "12-01"]


def test_a_list_is_parsed_once_a_refresh(second: Project, depositary: Depositary) -> None:
    """The tables are built with it, and where it is refused once more without it."""
    read_untc.cache_clear()
    depositary.signs(date(2026, 12, 3), "Kuwait")
    depositary.publish()
    assert second.refresh("2026-12-08").results[0].kind == "accepted"
    assert read_untc.cache_info().misses == 2, "the list before, and this one"
    depositary.change("Peru", None)
    depositary.publish()
    assert second.refresh("2026-12-15").results[0].kind == "refused"
    assert read_untc.cache_info().misses == 3


@pytest.mark.parametrize("rows", [("KEN signature",), ()])
def test_the_tables_are_built_once_with_what_is_accepted(
    second: Project,
    depositary: Depositary,
    monkeypatch: pytest.MonkeyPatch,
    rows: tuple[str, ...],
) -> None:
    """Of single acts also once with the list, to know which of its rows are sound."""
    depositary.change("Peru", date(2025, 10, 26))
    depositary.signs(date(2026, 12, 4), "Kenya")
    depositary.publish()
    assert second.refresh("2026-12-08").status == 3
    builds, make_tables = [], run.make_tables

    def counted_make_tables(*of: Any) -> Any:
        builds.append(of)
        return make_tables(*of)

    monkeypatch.setattr(run, "make_tables", counted_make_tables)
    wanted = {"accept": "C.N.1", "by": "x", "rows": rows}
    assert second.refresh("2026-12-08", **wanted).status == 0
    assert second.acts("KEN") == ["signature 2026-12-04 confirmed"]
    assert len(builds) == (2 if rows else 1)
    folders = Folders(second.root)
    assert check_processed(folders.raw, folders.reference, folders.processed) == []
