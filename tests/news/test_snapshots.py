"""Two snapshots of one source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.news.kinds import Differences, RowChange, ValueChange
from adoption.news.plain import as_plain
from adoption.news.snapshots import snapshot_differences
from adoption.news.text import as_text
from tests.conftest import FROZEN
from tests.news.sources import XVIII_16, hanoi, listed, snapshot
from tests.sources.figures import countries, egov, gci, indicator

WEEK_1, WEEK_2 = "2026-12-01T060000Z", "2026-12-08T060000Z"
RAW = FROZEN / "data" / "raw"


def test_a_list_of_acts(home: Path) -> None:
    qatar, oman = ("Qatar", "25 Oct 2025", ""), ("Oman", "25 Oct 2025", "")
    old = listed(home, WEEK_1, qatar, oman)
    new = listed(
        home, WEEK_2, ("Qatar", "25 Oct 2025", " 1 Dec\t2026"), ("Viet Nam", "26 Oct 2025", "")
    )
    found = snapshot_differences(old, new)
    assert (found.old_day, found.new_day) == (date(2026, 12, 1), date(2026, 12, 8))
    assert as_text(found) == (
        "1 signature and 1 ratification of Hanoi, 1 signature removed; 1 total\n"
        "data of 8 December 2026, beside those of 1 December 2026\n"
        "\n"
        "UN Convention against Cybercrime\n"
        "  + Qatar: ratification of 1 December 2026 (source untc-hanoi)\n"
        "  + Viet Nam: signature of 26 October 2025 (source untc-hanoi)\n"
        "  - Oman: signature of 25 October 2025 no longer in the record: it no longer stands in "
        "the depositary's list\n"
        "  ~ published total without a day (source untc-hanoi): 2 signatories and 1 party (was 2 "
        "signatories and 0 parties)"
    )
    assert snapshot_differences(old, old).empty


def test_lists_that_differ_by_their_header_alone(home: Path) -> None:
    qatar = ("Qatar", "25 Oct 2025", "")
    not_yet, day = hanoi(qatar), hanoi(qatar, in_force="29 Dec 2027")
    old = snapshot(home, "untc-hanoi", WEEK_1, **{XVIII_16: not_yet})
    new = snapshot(home, "untc-hanoi", WEEK_2, **{XVIII_16: day})
    found = snapshot_differences(old, new)
    assert as_text(found).splitlines() == [
        "published entry into force of Hanoi: 29 December 2027",
        "data of 8 December 2026, beside those of 1 December 2026",
        "",
        "UN Convention against Cybercrime",
        "  ~ the published entry into force is 29 December 2027 (was no day)",
        "  ~ the header no longer says that the treaty is not yet in force",
    ]
    assert as_plain(found)["tables"][0]["table"] == "header"


def test_bytes_that_no_reader_reads_are_a_difference(home: Path) -> None:
    qatar = hanoi(("Qatar", "25 Oct 2025", ""))
    old = snapshot(home, "untc-hanoi", WEEK_1, **{XVIII_16: qatar})
    new = snapshot(home, "untc-hanoi", WEEK_2, **{XVIII_16: qatar + b"<!-- seen -->"})
    found = snapshot_differences(old, new)
    (table,) = found.tables
    (row,) = table.rows
    assert table.table == "files that differ in nothing that is read"
    assert (row.key, row.column) == ((XVIII_16,), "sha256")
    assert row.old != row.new
    lines = as_text(found).splitlines()
    assert lines[0] == "1 row of files that differ in nothing that is read"
    assert lines[-1] == f"  ~ {table.table}: {XVIII_16}: sha256 {row.new} (was {row.old})"
    data = b"iso3,edition,score\nQAT,2024,1\n"
    old = snapshot(home, "itu-gci", "2026-11-24", gci__csv=data)
    new = snapshot(home, "itu-gci", "2026-11-25", gci__csv=data.replace(b"\n", b"\r\n"))
    assert [found.table for found in snapshot_differences(old, new).tables] == [table.table]


def test_values_of_publishers(home: Path) -> None:
    for stamp, value in ((WEEK_1, 90), (WEEK_2, 91)):
        scores = gci("ITU_GCI_GCI_OVRL_SCRE", [("QAT", "Qatar", 2024, str(value))])
        snapshot(home, "data360-gci", stamp, overall__csv=scores)
        names = egov(
            2024, [("Qatar", value / 100, 0.5, 0.5, 0.5), ("Ruritania", 0.5, 0.5, 0.5, 0.5)]
        )
        snapshot(home, "egovkb-2024", stamp, EGOV_DATA_2024__csv=names)
        areas = [("QAT", "QA", "Qatar", "Asia", f"Income {value}"),
                 ("WLD", "1W", "World", "Aggregates", "Aggregates")]  # fmt: skip
        snapshot(
            home, "worldbank-indicators", stamp, countries__json=countries(areas),
            SP__POP__TOTL__json=indicator("SP.POP.TOTL", [("QAT", "QA", "Qatar", 2024, value)]),
        )  # fmt: skip
    raw = home / "data" / "raw"

    def found(source: str) -> Differences:
        return snapshot_differences(raw / source / WEEK_1, raw / source / WEEK_2)

    assert found("data360-gci").indicators == (
        ValueChange("QAT", "GCI", "2024", "overall", "value", 90.0, 91.0),
    )
    assert found("egovkb-2024").indicators == (
        ValueChange("QAT", "EGDI", "2024", "overall", "value", 0.9, 0.91),
    )
    bank = found("worldbank-indicators")
    assert bank.indicators == (ValueChange("QAT", "SP.POP.TOTL", "2024", "", "value", 90.0, 91.0),)
    (table,) = bank.tables
    assert table.rows == (RowChange(("QAT",), "changed", "income", "Income 90", "Income 91"),)


def test_a_table_of_acts_and_one_of_totals(home: Path) -> None:
    acts = max((RAW / "acts-cybercrime").iterdir()) / "acts.csv"
    totals = acts.with_name("totals.csv")
    old = snapshot(
        home, "acts-cybercrime", "2026-11-24",
        acts__csv=acts.read_bytes(), totals__csv=totals.read_bytes(),
    )  # fmt: skip
    new = snapshot(
        home, "acts-cybercrime", "2026-12-01",
        acts__csv=acts.read_bytes().replace(
            b"AGO,Angola,signature,2025-10-25", b"AGO,Angola,signature,2025-10-26"
        ),
        totals__csv=totals.read_bytes() + b"hanoi,2026-11-30,80,3,untc-xml\n",
    )  # fmt: skip
    found = snapshot_differences(old, new)
    assert [(c.act.iso3, c.fields) for c in found.acts] == [("AGO", ("date",))]
    assert found.done_again == set()
    (table,) = found.tables
    assert table.rows == (RowChange(("hanoi", "2026-11-30", "untc-xml"), "added"),)


def test_files_and_columns_that_come_and_go(home: Path) -> None:
    old = snapshot(home, "itu-gci", "2026-11-24", gci__csv=b"iso3,edition,score\nQAT,2024,1\n")
    new = snapshot(home, "itu-gci", "2026-11-25", gci__csv=b"iso3,edition,rank\nQAT,2024,1\n",
                   more__csv=b"a\n1\n")  # fmt: skip
    found = snapshot_differences(old, new)
    assert [(change.table, change.column, change.only_in) for change in found.schema] == [
        ("more.csv", "", "new"), ("gci.csv", "rank", "new"), ("gci.csv", "score", "old"),
    ]  # fmt: skip


def test_a_file_that_nobody_reads_is_told_by_its_checksum(home: Path) -> None:
    old = snapshot(home, "reports", "one", a__pdf=b"1")
    new = snapshot(home, "reports", "two", a__pdf=b"2")
    found = snapshot_differences(old, new)
    assert (found.old_day, found.new_day) == (None, None)
    (row,) = found.tables[0].rows
    assert (row.key, row.column) == (("a.pdf",), "sha256")
    assert len(row.old) == len(row.new) == 64


def test_what_was_refused_is_compared_with_what_is_held(home: Path) -> None:
    old = listed(home, WEEK_1, ("Qatar", "25 Oct 2025", ""))
    aside = home / "data" / "aside" / "untc-hanoi" / WEEK_2
    aside.mkdir(parents=True)
    (aside / "XVIII-16.en.xml").write_bytes(hanoi(("Oman", "25 Oct 2025", "")))
    (aside / "reason.txt").write_text("a signatory has vanished\n", encoding="utf-8")
    found = snapshot_differences(old, aside)
    assert [(c.act.iso3, c.change) for c in found.acts] == [("OMN", "added"), ("QAT", "removed")]
    assert found.schema == ()


def test_snapshots_of_two_sources_are_refused(home: Path) -> None:
    one = snapshot(home, "itu-gci", "2026-11-24", a__csv=b"a\n1\n")
    other = snapshot(home, "un-egdi", "2026-11-24", a__csv=b"a\n1\n")
    with pytest.raises(AdoptionError) as caught:
        snapshot_differences(one, other)
    assert str(caught.value) == (
        f"{one}: a snapshot of itu-gci, and {other} is of un-egdi: compare two of one source"
    )


def test_a_file_that_cannot_be_read_is_one_line(home: Path) -> None:
    old = listed(home, WEEK_1, ("Qatar", "25 Oct 2025", ""))
    page = b"<html><body>urgent maintenance and is currently unavailable</body></html>"
    new = snapshot(home, "untc-hanoi", WEEK_2, **{"XVIII-16.en.xml": page})
    with pytest.raises(AdoptionError, match=r"^XVIII-16.en.xml: an HTML page.*'urgent mainten"):
        snapshot_differences(old, new)
    scores = gci("ITU_GCI_GCI_OVRL_SCRE", [("QAT", "Qatar", 2024, "90")])
    good = snapshot(home, "data360-gci", WEEK_1, overall__csv=scores)
    bad = snapshot(home, "data360-gci", WEEK_2, overall__csv=scores.replace(b"OBS_VALUE", b"X"))
    with pytest.raises(AdoptionError, match=r"^overall.csv: row 1, column OBS_VALUE: missing"):
        snapshot_differences(good, bad)
