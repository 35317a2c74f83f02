"""The acts of the registry's conventions: windows, codes, corrections, totals."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.ingest import acts, run
from adoption.tables.csvfile import RawTable
from tests.conftest import Act, DataTree, acts_of, bound, people, raw_table

CYBER = "raw/acts-cybercrime/acts.csv"
REGISTRY = "reference/conventions.toml"
COMPILED = pd.Timestamp("2026-11-24")
QATAR = "hanoi,QAT,Qatar,signature,2025-10-25,,,confirmed,"
UNDATED = "hanoi,QAT,Qatar,ratification,,2026-02-01,2026-02-28,reported,"


def raw(*rows: str) -> RawTable:
    return raw_table(",".join(acts.ACT_COLUMNS), *rows)


def parsed(*rows: str) -> pd.DataFrame:
    return acts.parse_acts(raw(*rows), people(), COMPILED)


@pytest.mark.parametrize(
    ("days", "date", "earliest", "latest", "why"),
    [
        ("2025-10-25,,", "2025-10-25", "2025-10-25", "2025-10-25", "a day is both ends"),
        ("2025-10-25,2025-10-01,2025-10-31", *["2025-10-25"] * 3, "a day goes before its window"),
        (",2026-02-01,2026-02-28", "NaT", "2026-02-01", "2026-02-28", "a window is kept"),
        (",2026-02-01,", "NaT", "2026-02-01", "2026-11-24", "known when it was compiled"),
        (",2026-02-01,2026-02-01", "NaT", "2026-02-01", "2026-02-01", "the day is never filled"),
    ],
)
def test_windows(days: str, date: str, earliest: str, latest: str, why: str) -> None:
    frame = parsed(f"atlantis,QAT,Qatar,accession,{days},inferred,us,")
    found = [str(frame[column].iloc[0])[:10] for column in ("date", "earliest", "latest")]
    assert found == [date, earliest, latest], why


@pytest.mark.parametrize(
    "act", ["ratification", "acceptance", "approval", "formal confirmation", "accession"]
)
def test_an_undated_signature_was_given_before_what_follows_one(act: str) -> None:
    frame = parsed(
        "atlantis,QAT,Qatar,signature,,2025-10-25,,inferred,us,",
        f"atlantis,QAT,Qatar,{act},2026-02-01,,,confirmed,us,",
    )
    follows = act != "accession"
    assert frame["open_ended"].iloc[0] != follows
    assert f"{frame['latest'].iloc[0]:%Y-%m-%d}" == ("2026-02-01" if follows else "2026-11-24")


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ("atlantis,QAT,Quatar,accession,2025-10-25,,,inferred,us,", "participant", "unknown part"),
        (
            "atlantis,OMN,Qatar,accession,2025-10-25,,,inferred,us,",
            "iso3",
            "'OMN', but 'Qatar' is 'QAT'",
        ),
        ("atlantis,QAT,Qatar,accession,2025-02-30,,,inferred,us,", "date", "'2025-02-30' is not a"),
        ("atlantis,QAT,Qatar,accession,,soon,,inferred,us,", "earliest", "'soon' is not a day"),
        ("atlantis,QAT,Qatar,accession,,,,inferred,us,", "earliest", "'' is none: an undated act"),
        (
            "atlantis,QAT,Qatar,accession,,2026-02-02,2026-02-01,inferred,us,",
            "latest",
            "'2026-02-01' is before the window begins",
        ),
        (
            "atlantis,QAT,Qatar,accession,,2026-11-25,,inferred,us,",
            "earliest",
            "'2026-11-25' is after the day on which it was shown",
        ),
        (
            "atlantis,QAT,Qatar,accession,2026-03-01,2026-02-01,2026-02-28,inferred,us,",
            "date",
            "'2026-03-01' lies outside its own window",
        ),
    ],
)
def test_a_wrong_act_is_named(row: str, column: str, problem: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        parsed("atlantis,OMN,Oman,signature,2025-10-25,,,confirmed,us,", row)
    message = str(caught.value)
    assert message.startswith(f"data/raw/x.csv: row 3, column {column}: {problem}"), message


@pytest.mark.parametrize(
    ("rule", "column", "problem"),
    [
        ("atlantis,QAT,signature,grade,inferred,x,y", "value", "'x' is not one of confirmed, inf"),
        ("mu,QAT,signature,grade,confirmed,reported,y", "expect", "'confirmed' is found 0 times"),
        ("atlantis,QAT,signature,deed,confirmed,x,y", "field", "'deed' is not one of act, date"),
        ("atlantis,QAT,signature,date,2001-02-01,2001-02-31,y", "value", "'2001-02-31' is not"),
    ],
)
def test_a_wrong_correction_is_named(tmp_path: Path, rule: str, column: str, problem: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        correct(tmp_path, rule)
    line = f"data/reference/corrections.csv: row 2, column {column}: {problem}"
    assert str(caught.value).startswith(line), caught.value


def test_a_correction_changes_the_one_act_that_it_names(tmp_path: Path) -> None:
    frame = correct(tmp_path, "atlantis,QAT,signature,date,2001-02-01,2001-02-03,because")
    assert frame["date"].tolist() == ["2001-02-03", "2001-02-01"]
    frame = correct(tmp_path, "atlantis,QAT,signature,source,us,them,because")
    assert frame["source"].tolist() == ["them", "us"]


CORRECTED = [
    f"atlantis,{state},signature,2001-02-01,,,confirmed,us," for state in ("QAT,Qatar", "OMN,Oman")
]


def correct(tmp_path: Path, *rules: str) -> pd.DataFrame:
    path = tmp_path / "corrections.csv"
    lines = ["convention,iso3,act,field,expect,value,why", *rules]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    frame = raw(*CORRECTED).frame
    acts.correct([frame], path)
    return frame


CONSENT, AGAIN = bound("AAA", "2001-02-01"), bound("AAA", "2003-03-01")


def signed(day: str) -> Act:
    return "AAA", "signature", day, "", "confirmed"


def left(day: str) -> Act:
    return "AAA", "withdrawal", day, "", "confirmed"


@pytest.mark.parametrize(
    ("rows", "twice"),
    [
        ([CONSENT, bound("BBB", "2001-02-01"), bound("AAA", "2001-02-01", act="accession")], None),
        ([CONSENT, left("2002-01-01"), AGAIN, left("2004-01-01")], None),
        ([CONSENT, AGAIN, left("2003-03-01")], None),  # on the same day
        ([CONSENT, AGAIN, left("2004-01-01")], "ratification"),
        ([CONSENT, left("2002-01-01"), left("2003-01-01")], "withdrawal"),
        ([signed("2001-01-02"), CONSENT, left("2002-01-01"), signed("2003-01-02")], "signature"),
    ],
)
def test_only_a_consent_is_given_again_after_a_withdrawal(
    rows: list[Act], twice: str | None
) -> None:
    if twice is None:
        acts.check_repeated(acts_of(rows))
        return
    with pytest.raises(AdoptionError) as caught:
        acts.check_repeated(acts_of(rows))
    assert str(caught.value) == (
        f"table acts, column act: 'atlantis AAA {twice}' is duplicated; allowed: once, and a "
        "consent again after a withdrawal"
    )


ADDED = "convention,iso3,participant,act,date,earliest,latest,grade,source,note"
WITHDREW = "atlantis,QAT,Qatar,withdrawal,"


def added(tmp_path: Path, *rows: str) -> pd.DataFrame:
    path = tmp_path / "acts.csv"
    path.write_text("\n".join([ADDED, *rows]) + "\n", encoding="utf-8")
    return acts.read_added(path, people())


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("2027-01-18,,", ["2027-01-18"] * 3),
        (",2027-01-01,2027-01-31", ["NaT", "2027-01-01", "2027-01-31"]),
        ("2099-12-31,,", ["2099-12-31"] * 3),
    ],
)
def test_an_added_act_has_a_day_or_a_window(tmp_path: Path, days: str, found: list[str]) -> None:
    frame = added(
        tmp_path,
        f"{WITHDREW}{days},confirmed,us,C.N.1",
        "mu,OMN,Oman,accession,2026-02-01,,,reported,us,",
    )
    first = frame.iloc[0]
    assert [str(first[name])[:10] for name in ("date", "earliest", "latest")] == found
    assert list(frame["iso3"]) == ["QAT", "OMN"]
    assert not frame["open_ended"].any()
    assert first["at"] == "data/reference/acts.csv: row 2"


def test_an_added_act_without_a_last_day_is_named(tmp_path: Path) -> None:
    line = r"^data/reference/acts\.csv: row 2, column latest: '' is none, and is needed"
    with pytest.raises(AdoptionError, match=line):
        added(tmp_path, f"{WITHDREW},2027-01-01,,confirmed,us,")


# Through the build


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            'base_treaty = "XXVII-14"',
            'base_treaty = "XXVII-41"',
            "conventions.toml: [rotterdam] base_treaty: no acts of 'XXVII-41' in data/raw/untc-b",
        ),
        (
            'acts = "acts-cybercrime"',
            'acts = "acts-cibercrime"',
            "data/raw/acts-cibercrime: no such source; did you mean acts-cybercrime?",
        ),
    ],
)
def test_acts_that_are_nowhere_stop_a_build(tree: DataTree, old: str, new: str, line: str) -> None:
    tree.replace(REGISTRY, old, new)
    assert tree.refusal().startswith(line)


LAST = "2026-12-31"  # of three records of the same acts


def test_a_later_record_of_the_same_acts_changes_no_count_of_any_day(
    tree: DataTree, built: dict[str, pd.DataFrame]
) -> None:
    for folder, day in product(("acts-comparison", "acts-cybercrime"), ("2026-12-24", LAST)):
        later = tree.raw / folder / day
        shutil.copytree(later.with_name("2026-11-24"), later)
        for sidecar in later.glob("*.meta.json"):
            text = sidecar.read_text().replace('"accessed": "2026-11-24"', f'"accessed": "{day}"')
            sidecar.write_text(text)
    found = run.build_tables(tree.raw, tree.reference)
    assert found["snapshots"]["unchanged_until"].max() == pd.Timestamp(LAST)
    pd.testing.assert_frame_equal(found["acts"], built["acts"])
