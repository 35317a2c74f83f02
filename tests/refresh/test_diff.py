"""What changed between two builds, and how it is recorded and told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.cli import main
from adoption.law.conventions import Convention
from adoption.law.spells import History, histories_in
from adoption.refresh import diff
from adoption.refresh.diff import Event, as_text, build_differences
from adoption.refresh.events import (
    as_markdown,
    changes_md,
    escaped,
    event_rows,
    feed,
    for_readers,
    read_events,
    record,
    summary_line,
    titled_events,
    write_news,
)
from adoption.tables import read_build
from tests.conftest import ROOT
from tests.refresh.life import TITLE, Depositary, Project, entries
from tests.sources.mtdsg import mtdsg, printed

Tables = dict[str, pd.DataFrame]
DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def tables(tiny: Path) -> Tables:
    return read_build(tiny / "data" / "processed")


def changed(tables: Tables, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Tables:
    return tables | {name: change(tables[name].copy()).reset_index(drop=True)}


def of_act(**values: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Change the signature of Algeria."""

    def change(acts: pd.DataFrame) -> pd.DataFrame:
        own = acts["iso3"].eq("DZA") & acts["convention"].eq("hanoi") & acts["act"].eq("signature")
        for column, value in values.items():
            acts.loc[own, column] = pd.Timestamp(value) if column in DAYS else value  # type: ignore[call-overload, arg-type]
        return acts

    return change


DAYS = ("date", "earliest", "latest")
WINDOW = {"date": None, "earliest": "2026-02-01", "latest": "2026-02-28"}
ACTS = [
    (
        of_act(grade="reported"),
        "Algeria: signature of 25 October 2025, now reported (was confirmed)",
    ),
    (of_act(**WINDOW), "Algeria: signature in February 2026 (was 25 October 2025)"),
    (
        of_act(date=None, latest="2026-11-24", open_ended=True),
        "Algeria: signature of 25 October 2025 or later (was 25 October 2025)",
    ),
    (of_act(source="other", note="another"), ""),
    (
        lambda acts: acts[~(acts["iso3"].eq("DZA") & acts["convention"].eq("hanoi"))],
        "Algeria: signature of 25 October 2025 no longer in the record",
    ),
]


@pytest.mark.parametrize(("change", "text"), ACTS, ids=range(len(ACTS)))
def test_what_becomes_of_an_act(
    tables: Tables, change: Callable[[pd.DataFrame], pd.DataFrame], text: str
) -> None:
    found = build_differences(tables, changed(tables, "acts", change)).events
    assert [event.text for event in found if event.kind == "act"] == ([text] if text else [])
    back = build_differences(changed(tables, "acts", change), tables).events
    assert bool([event for event in back if event.kind == "act"]) is bool(text)


def with_forty_consents(tables: Tables) -> pd.DataFrame:
    """Return the acts with a ratification of 20 November 2026 by each of forty signatories."""
    signed = tables["acts"].query("convention == 'hanoi' and act == 'signature'").copy()
    signed = signed[~signed["iso3"].isin(["EUE", "EUU"])].drop_duplicates("iso3")[:40]
    for column in DAYS:
        signed[column] = pd.Timestamp("2026-11-20")
    bound = signed.assign(act="ratification", grade="confirmed")
    others = tables["acts"].query("not (convention == 'hanoi' and act == 'ratification')")
    return pd.concat([others, bound], ignore_index=True)


def test_what_follows_from_acts_is_told(tables: Tables) -> None:
    """A fortieth deposit brings the Convention into force on the 90th day after."""
    found = build_differences(tables, {**tables, "acts": with_forty_consents(tables)})
    texts = {event.text for event in found.events if event.kind == "status"}
    assert "consents to be bound: 40 (was 0)" in texts
    assert "consents to be bound by report: 0 (was 3)" in texts
    assert "entry into force: on 18 February 2027 (was not known)" in texts
    assert summary_line(found.events).startswith("Hanoi: entry into force: on 18 February")


def test_time_alone_brings_a_convention_into_force(tables: Tables) -> None:
    with_consents = {**tables, "acts": with_forty_consents(tables)}
    later = changed(
        with_consents,
        "snapshots",
        lambda f: f.assign(unchanged_until=f["unchanged_until"] + pd.Timedelta(days=100)),
    )
    texts = [event.text for event in build_differences(with_consents, later).events]
    assert "now in force" in texts


def test_only_conventions_whose_figures_can_differ_are_looked_at(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day later time may have brought none into force: too few have consented to those here."""
    made = list[str]()

    def counted_histories_in(conventions: Iterable[Convention], of: Tables) -> dict[str, History]:
        histories = histories_in(conventions, of)
        made.extend(histories)
        return histories

    monkeypatch.setattr("adoption.refresh.diff.histories_in", counted_histories_in)
    day = pd.Timedelta(days=1)
    later = changed(
        tables, "snapshots", lambda f: f.assign(unchanged_until=f["unchanged_until"] + day)
    )
    assert build_differences(tables, later).events == ()
    assert made == []
    build_differences(tables, changed(later, "acts", of_act(grade="reported")))
    assert made == ["hanoi", "hanoi"], "before and after"


Changes = dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], str]]
OTHERS: list[Changes] = [
    {
        "totals": (lambda f: f[1:], "no longer in the record"),
        "conflicts": (
            lambda f: f[:0],
            "sources differ on signatories: published total; unnews says",
        ),
        "votes": (lambda f: f[3:], "votes: AGO "),
        "capacity": (lambda f: f[1:], "capacity: AGO EGDI 2018 human_capital: removed"),
        "states": (lambda f: f.assign(population=f["population"] + 1), "states: 19"),
    },
    {
        "votes": (lambda f: f[:0], "votes: "),
        "capacity": (lambda f: f.assign(value=f["value"] / 2), "capacity: "),
    },
]


@pytest.mark.parametrize("changes", OTHERS, ids=range(len(OTHERS)))
def test_what_stands_beside_the_acts(tables: Tables, changes: Changes) -> None:
    later = tables
    for name, (change, _) in changes.items():
        later = changed(later, name, change)
    found = build_differences(tables, later).events
    texts = [event.text for event in found]
    assert [part for _, part in changes.values() if not any(part in text for text in texts)] == []
    back = build_differences(later, tables).events
    there = {(e.kind, e.act, e.participant, e.after, e.before) for e in back if e.kind != "table"}
    once = {(e.kind, e.act, e.participant, e.before, e.after) for e in found if e.kind != "table"}
    assert there == once, "the way back is the same, turned round"


def test_that_a_list_was_found_unchanged_on_a_later_day_is_no_event(tables: Tables) -> None:
    days = pd.Timedelta(days=9)
    later = changed(tables, "conventions", lambda f: f.assign(complete_to=f["complete_to"] + days))
    assert build_differences(tables, later).events == ()


# What is recorded


def test_the_first_record_has_all_acts_and_the_next_only_what_changed(
    tables: Tables, tmp_path: Path
) -> None:
    assert len(record(tmp_path, None, tables, DAY)) == len(tables["acts"])
    write_news(tmp_path)
    first = entries((tmp_path / "feed.xml").read_bytes())
    assert len(first) == len(tables["acts"]), "from the first build"
    assert record(tmp_path, tables, tables, DAY) == []
    later = changed(tables, "acts", of_act(grade="reported"))
    added = tables["snapshots"][:1].assign(
        file="data/raw/own/2018-01-15/acts.csv", accessed=pd.Timestamp("2018-01-15")
    )
    later["snapshots"] = pd.concat([tables["snapshots"], added])  # a list older than the record
    (event, *others) = record(tmp_path, tables, later, DAY)
    assert (event.participant, event.before, event.after) == (
        "DZA",
        "2025-10-25 confirmed",
        "2025-10-25 reported",
    )
    assert {other.kind for other in others} <= {"status", "table"}
    rows = read_events(tmp_path)
    assert rows["day"].iloc[-1] == "2026-12-01"
    again = (tmp_path / "events.csv").read_bytes()
    record(tmp_path, tables, later, DAY)
    assert (tmp_path / "events.csv").read_bytes() == again, "a stopped build records nothing twice"
    write_news(tmp_path)
    found = entries((tmp_path / "feed.xml").read_bytes())
    assert found[0].title.startswith("Correction: Algeria: signature of 25 October 2025, UN Conv")
    assert (found[0].published[:10], found[0].updated[:10]) == ("2026-11-24", "2026-12-01")
    assert len(found) == len(first), "an act has one entry"
    journal = (tmp_path / "CHANGES.md").read_text("utf-8")
    assert journal.index("## 1 December 2026") < journal.index("## 24 November 2026")
    assert "now reported (was confirmed)" in journal


def test_what_was_there_before_is_the_first_record(tables: Tables, tmp_path: Path) -> None:
    later = changed(tables, "acts", of_act(grade="reported"))
    events = record(tmp_path, tables, later, DAY)
    assert [event.participant for event in events if event.kind == "act"] == ["DZA"]
    assert len(read_events(tmp_path)) == len(tables["acts"]) + len(events)


def test_acts_of_one_name_have_each_an_entry(tables: Tables) -> None:
    bound = tables["acts"].query("act == 'ratification'")[:1]
    again = bound.assign(**{day: pd.Timestamp("2026-11-01") for day in DAYS})
    new = tables | {"acts": pd.concat([tables["acts"], again], ignore_index=True)}
    (event,) = (e for e in build_differences(tables, new).events if e.kind == "act")
    assert event.number == "2"
    data = feed(event_rows([event, Event(**{**event.__dict__, "number": ""})], DAY))
    ids = [entry.id for entry in entries(data)]
    assert len({*ids}) == 2


def test_what_people_and_publishers_write_is_text() -> None:
    evil = "<script>*x*\x1b[31m\x00\u202e & \ud7ff"
    event = Event("act", "hanoi", evil, "signature", "", "", "2026-12-01 confirmed", evil, evil)
    rows = pd.concat(
        [
            event_rows([act()], date(2026, 11, 24)),
            event_rows([event], DAY),
        ]
    )
    assert len(entries(feed(rows))) == 2
    for text in (as_markdown([event]), changes_md(rows)):
        assert r"\<script\>\*x\*" in text
        assert "\x1b" not in text


# Sentences


def act(
    iso3: str = "JPN",
    name: str = "signature",
    before: str = "",
    after: str = "2026-11-02 confirmed",
    convention: str = "hanoi",
    text: str = "",
) -> Event:
    return Event("act", convention, iso3, name, "", before, after, "", text)


SUMMARIES = [
    ([], "nothing has changed"),
    ([act(), act("TCD"), act(name="ratification")], "2 signatures and 1 ratification of Hanoi"),
    ([act(before="x reported")], "1 signature of Hanoi confirmed"),
    ([act(before="y confirmed")], "1 signature of Hanoi corrected"),
    ([act(before="y confirmed", after="")], "1 signature of Hanoi removed"),
    (
        [act(), act("TCD", before="x confirmed", after="x reported", text=diff.UNLISTED)],
        "1 signature of Hanoi not in the list; 1 signature of Hanoi",
    ),
    ([act(), Event("conflict", "hanoi", after="x")], "1 signature of Hanoi; 1 new conflict"),
    ([Event("table", act="snapshots", after="1")], "only snapshots"),
    (
        [act(convention=name) for name in ("hanoi", "budapest", "untoc", "uncac", "rotterdam")],
        "1 signature of Hanoi; 1 signature of Budapest; more",
    ),
    (
        [Event("list", "hanoi", act="threshold_rule", before="a", after="b", text="Rule " * 20)],
        "Hanoi: Rule Rule Rule Rule Rule Rule Rule Rule Rule Rule Rule Rule Rule…",
    ),
]


@pytest.mark.parametrize(("events", "line"), SUMMARIES, ids=range(len(SUMMARIES)))
def test_a_summary_fits_the_subject_of_a_commit(events: list[Event], line: str) -> None:
    assert summary_line(events) == line
    assert len(line) <= 72


def test_the_committed_feed_and_journal_are_those_of_the_recorded_events(tmp_path: Path) -> None:
    shutil.copy(ROOT / "data" / "events.csv", tmp_path)
    write_news(tmp_path)
    for name in ("feed.xml", "CHANGES.md"):
        assert (tmp_path / name).read_bytes() == (ROOT / "data" / name).read_bytes()


def test_what_changed_for_readers_opens_a_day_and_is_what_the_command_says(
    second: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [act(iso3) for iso3 in ("BRA", "CHL", "CUB", "JPN", "KEN", "OMN", "PER", "TCD")]
    told = [
        *many,
        act("FRA", before="2025-10-25 confirmed", after=""),
        act("QAT", "ratification", convention="uncac"),
        Event("status", "hanoi", act="parties", before="1", after="2"),
        Event("table", act="snapshots", before="1", after="1"),
    ]
    lines = [
        "UN Convention against Cybercrime: 8 signatures (Brazil, Chile, Cuba, Japan, Kenya and "
        "3 more); consents to be bound 2 (were 1). Corrections of the data: 1 signature taken out "
        "(France)",
        "Convention against Corruption (UNCAC): 1 ratification (Qatar)",
    ]
    assert for_readers(told) == lines
    only_tables = [Event("table", act="snapshots", before="1", after="1")]
    first = [act("NOR")]
    rows = [
        event_rows(first, "2026-11-24"),
        event_rows(told, "2026-12-01"),
        event_rows(only_tables, "2026-12-02"),
    ]
    pd.concat(rows).to_csv(second.root / "data" / "events.csv", index=False)
    write_news(second.root / "data")
    head = second.text("CHANGES.md").partition("## ")[0]
    assert all(f"  - {escaped(line)}\n" in head for line in lines)
    assert "2 December" not in head
    assert "24 November" not in head, "the first record is no change"
    assert main(["diff", "--since", "2026-11-01"]) == 0
    out = capsys.readouterr().out
    assert out == "\n".join(["1 December 2026", *(f"  {line}" for line in lines)]) + "\n"
    assert main(["diff", "--since", "2026-12-02"]) == 0
    assert capsys.readouterr().out == ("nothing has changed for readers since 2 December 2026\n")
    assert main(["diff", "old", "--since", "2026-12-02"]) == 2
    assert "name no folder" in capsys.readouterr().err


# A snapshot that was refused


def test_what_a_refused_list_would_change(
    second: Project, depositary: Depositary, capsys: pytest.CaptureFixture[str]
) -> None:
    depositary.signs(date(2026, 12, 3), "Kenya")
    depositary.change("Angola", date(2025, 10, 26))
    values = {"Declarations": [("Angola", ["Subject to article 3."])]}
    depositary.publish(mtdsg(TITLE, printed(depositary.acts), sections=values))
    outcome = second.refresh("2026-12-08")
    assert outcome.status == 3
    assert main(["diff", outcome.results[0].place]) == 0
    out = capsys.readouterr().out
    assert "  + Kenya: signature of 3 December 2026 (confirmed, source untc-hanoi)\n" in out
    assert "  ~ Angola: signature of 26 October 2025 (was 25 October 2025)\n" in out
    assert "  + declaration of Angola (checksum " in out
    assert "  ~ signatories: 76 (was 75)\n" in out
    assert main(["diff", "data/quarantine/untc-hanoi/2026-12-07"]) == 2
    assert "no snapshot of untc-hanoi is in quarantine there" in capsys.readouterr().err


def test_a_number_is_written_one_way_whatever_its_type() -> None:
    frame = pd.DataFrame({"signatories": [147.0, None], "parties": [100, 0.1 + 0.2]})
    assert as_text(frame).to_numpy().tolist() == [["147", "100"], ["", "0.3"]]


def test_a_total_that_is_gone_and_there_anew_is_one_line() -> None:
    def total(before: str = "", after: str = "", source: str = "x") -> Event:
        text = f"published total (source {source}): {after or before}"
        return Event("total", "hanoi", "", "", "", before, after, source, text)

    events = [
        total(after="18 parties"),
        total(after="9 parties", source="y"),
        total(before="18 parties"),
        total(before="8 parties", source="y"),
        total(before="7 parties", source="z"),
    ]
    (lines,) = titled_events(events).values()
    assert [(line.change, line.text) for line in lines] == [
        ("changed", "published total (source x): 18 parties: the same numbers, another record"),
        ("changed", "published total (source y): 9 parties (was 8 parties)"),
        ("removed", "published total (source z): 7 parties"),
    ]


def test_corrections_come_after_what_states_did_and_are_called_so() -> None:
    told = [act(before="2026-11-01 reported", after=""), act("TCD", after="2026-11-30 confirmed")]
    rows = event_rows(told, "2026-12-01")
    first = event_rows([act("NOR", convention="untoc")], "2026-11-24")
    titles = [entry.title for entry in entries(feed(pd.concat([first, rows])))]
    treaty = "UN Convention against Cybercrime"
    assert titles[:2] == [
        f"Chad: signature of 30 November 2026, {treaty}",
        "Correction, taken out of the data (no withdrawal): "
        f"Japan: signature of 1 November 2026, {treaty}",
    ]


@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("BOL", "Bolivia (Plurinational State of)"),
        ("FSM", "Micronesia (Federated States of)"),
        ("IRN", "Iran (Islamic Republic of)"),
        ("NLD", "Netherlands (Kingdom of the)"),
        ("VEN", "Venezuela (Bolivarian Republic of)"),
    ],
)
def test_a_title_keeps_the_act_and_the_day_after_a_name_with_brackets(iso3: str, name: str) -> None:
    done = act(iso3, "acceptance", after="2006-11-16 confirmed", convention="budapest")
    (entry,) = entries(feed(event_rows([done], "2026-11-24")))
    assert entry.title == f"{name}: acceptance of 16 November 2006, Budapest Convention"
