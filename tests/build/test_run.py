"""The build of the real data: complete, repeatable, and the committed tables are its result."""

from __future__ import annotations

import csv
import gzip
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from adoption.core.acts import SIGNATURES
from adoption.core.errors import AdoptionError
from adoption.core.paths import raw_folder, reference_folder
from adoption.ingest import run
from adoption.ingest.readers.untc import ListedAct
from adoption.ingest.snapshots import SnapshotStore
from adoption.ingest.states import read_capacity
from adoption.law.conventions import load_conventions
from adoption.tables import data_day
from adoption.tables.dictionary import TABLES
from adoption.tables.write import conform, encode
from tests.build.listing import put_snapshot
from tests.conftest import ROOT, DataTree, contents
from tests.sources.mtdsg import mtdsg, printed


@pytest.fixture(scope="module")
def files(built: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    return encode(built)


def rows(source: str, file: str) -> list[dict[str, str]]:
    day = max((raw_folder() / source).iterdir())
    opened = gzip.open if file.endswith(".gz") else open
    with opened(day / file, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cells(found: list[dict[str, str]], *columns: str) -> int:
    return sum(row[column] != "" for row in found for column in columns)


def test_no_row_is_lost_and_none_is_made_up(built: dict[str, pd.DataFrame]) -> None:
    base, outside = (rows(name, "acts.csv.gz") for name in ("untc-base", "untc-outside"))
    treaties = {c.base_treaty for c in load_conventions().values()} - {None}
    own = rows("acts-cybercrime", "acts.csv") + rows("acts-comparison", "acts.csv")
    gci, egdi = rows("itu-gci", "gci.csv"), rows("un-egdi", "egdi.csv")
    pillars = ("legal", "technical", "organizational", "capacity_development", "cooperation")
    codes, kinds = set(built["states"]["iso3"]), built["acts"][["convention", "iso3", "act"]]
    assert {name: len(frame) for name, frame in built.items()} == {
        "conventions": len(load_conventions()),
        "acts": len(own) + sum(row["treaty_id"] in treaties for row in base),
        # A participant has one period of each kind: nobody is known to have withdrawn by then.
        "spells": len({(*row[:2], row[2] in SIGNATURES) for row in kinds.itertuples(index=False)}),
        "conflicts": 6,  # totals only: no list of a depositary has been fetched
        "statements": 0,
        "states": 198,
        "memberships": len(rows("memberships", "memberships.csv")),
        "capacity": cells(gci, "score", "rank", *pillars)
        + cells(egdi, "egdi", "osi", "tii", "hci"),
        **dict.fromkeys(("names", "aliases", "treaty_titles"), 0),  # found after that day
        "votes": 2 * 193,
        "regimes": sum(row["iso3"] in codes for row in rows("vdem-regimes", "regimes.csv")),
        "codes": len((reference_folder() / "codes.csv").read_text("utf-8").splitlines()) - 1,
        "totals": len(
            rows("acts-comparison", "totals.csv") + rows("acts-cybercrime", "totals.csv")
        ),
        "entries_into_force": len(rows("acts-comparison", "entry-into-force.csv")),
        "base_treaties": len(rows("untc-base", "treaties.csv"))
        + len(rows("untc-outside", "treaties.csv")),
        "base_acts": len(base)
        + len(outside)
        + len((reference_folder() / "withdrawals.csv").read_text("utf-8").splitlines())
        - 1,
        "backtest": len((reference_folder() / "backtest.csv").read_text("utf-8").splitlines()) - 1,
        "sources": sum(
            len(rows("sources", f"{name}.csv")) for name in ("cybercrime", "comparison", "capacity")
        )
        + len((reference_folder() / "law-sources.csv").read_text("utf-8").splitlines())
        - 1,
        "snapshots": len(SnapshotStore(raw_folder()).files()),
    }
    assert list(built) == [entry.name for entry in TABLES]


CORRECTED = [("nuclear-terrorism", "MNE", "succession"), ("budapest", "MNE", "signature")]


def test_days_and_grades_of_acts_are_those_of_raw_files(built: dict[str, pd.DataFrame]) -> None:
    acts = built["acts"].astype("str").set_index(["convention", "iso3", "act"]).to_dict("index")
    partly = built["conventions"].set_index("convention")["partial_to"]
    assert acts.keys() >= {("hanoi", "QAT", "ratification"), ("budapest", "ARG", "accession")}
    for raw in rows("acts-cybercrime", "acts.csv") + rows("acts-comparison", "acts.csv"):
        key = raw["convention"], raw["iso3"], raw["act"]
        if key in CORRECTED:
            key = (*key[:2], "succession to signature")
        row = acts[key]
        assert row["earliest"] <= row["latest"], key
        assert (row["grade"], row["source"]) == (raw["grade"], raw["source"]), key
        if raw["date"]:
            assert row["date"] == row["earliest"] == row["latest"] == raw["date"], key
            assert row["open_ended"] == "False", key
        else:
            assert pd.isna(row["date"]), key
            assert row["earliest"] == raw["earliest"], key
            ratified = acts.get((*key[:2], "ratification"), {"open_ended": "True"})
            signed = raw["act"] == "signature" and ratified["open_ended"] == "False"
            known = partly[raw["convention"]]  # what is known of it had been done by then
            shown = data_day().isoformat() if pd.isna(known) else f"{known:%Y-%m-%d}"
            day = ratified["latest"] if signed else shown
            last = raw["latest"] or day
            assert row["latest"] == last, key
            assert row["open_ended"] == str(not raw["latest"] and not signed), key


def test_another_process_gives_the_same_bytes(tree: DataTree, files: dict[str, bytes]) -> None:
    elsewhere = tree.root / "elsewhere"
    elsewhere.mkdir()
    environment = os.environ | {
        "ADOPTION_HOME": str(tree.root),
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
    }
    done = subprocess.run(
        [sys.executable, "-m", "adoption", "build"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == f"{len(TABLES)} tables built in {tree.processed}"
    assert done.stderr == ""
    assert contents(tree.processed) == files
    assert list(elsewhere.iterdir()) == []


def test_the_committed_tables_are_current() -> None:
    data = ROOT / "data"
    assert run.check_processed(data / "raw", data / "reference", data / "processed") == []


MARCH = date(2026, 3, 3)  # of deposits that are made up


def test_a_list_goes_before_compiled_acts(tree: DataTree, built: dict[str, pd.DataFrame]) -> None:
    names = built["states"].set_index("iso3")["name"]
    signed = built["acts"].query("convention == 'hanoi' and act == 'signature'")
    pairs = zip(signed["iso3"].map(names), signed["earliest"].dt.date, strict=True)
    listed = [ListedAct(name, "signature", day) for name, day in pairs]
    deposits = [ListedAct("Qatar", "ratification", MARCH), ListedAct("Oman", "accession", MARCH)]
    content = mtdsg(load_conventions()["hanoi"].title, printed([*listed, *deposits]), in_force="")
    file = "data/raw/untc-hanoi/2026-12-01T060000Z/XVIII-16.en.xml"
    source, stamp, name = (tree.root / file).parts[-3:]
    put_snapshot(tree.raw / source, stamp, name, content, address="https://x.example")
    made, _ = run.make_tables(tree.raw, tree.reference)
    assert list(made) == [entry.name for entry in TABLES]
    before, after = built["acts"], made["acts"]
    others = before["convention"] != "hanoi"
    pd.testing.assert_frame_equal(
        after[after["convention"] != "hanoi"].reset_index(drop=True),
        before[others].reset_index(drop=True),
    )
    own = after[after["convention"] == "hanoi"].set_index(["iso3", "act"])
    unlisted = own.loc[[("AZE", "ratification"), ("VNM", "ratification")]]
    assert set(unlisted["grade"]) == {"reported"}
    assert unlisted["note"].str.startswith("not in the depositary's list: ").all()
    hanoi = own.drop(index=unlisted.index)
    assert set(hanoi["source"]) == {"untc-hanoi"}
    assert set(hanoi["grade"]) == {"confirmed"}
    assert hanoi["date"].notna().all()
    assert len(hanoi) == len(listed) + 2
    assert str(hanoi.loc[("QAT", "ratification"), "note"]).startswith("reported before by gh-cyb")
    conflicts = made["conflicts"]
    totals = conflicts.query("convention == 'hanoi' and about == 'total' and kept_source.isna()")
    assert set(totals["other_source"]) == {
        "ecofin",
        "efe-abc",
        "gh-cyberic",
        "unnews",
    }
    beside = conflicts.query("kept_source == 'untc-hanoi'").set_index(["iso3", "about"])
    assert set(beside.index) == {("AZE", "listed"), ("VNM", "listed"), ("QAT", "day")}
    assert beside.loc[("QAT", "day"), "other"] == "2026-02-01 to 2026-02-28"
    reach = made["conventions"].set_index("convention").loc["hanoi"]
    assert reach["complete_to"] == pd.Timestamp("2026-12-01")
    assert reach["source"] == "untc-hanoi"
    described = made["sources"].set_index("source").loc["untc-hanoi"]
    assert described["rows"] == len(hanoi) + len(beside) + 1  # and the convention
    assert described["url"] == "https://x.example"
    assert set(made["snapshots"]["file"]) == {*built["snapshots"]["file"], file}


def test_what_is_compiled_is_read_once_while_it_stays(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh builds once a list that came; none of them changes what is compiled."""
    shutil.copytree(tiny, tmp_path / "project")
    tree = DataTree(tmp_path / "project")
    read = list[Any]()

    def counted_read_capacity(*of: Any) -> pd.DataFrame:
        read.append(of)
        return read_capacity(*of)

    def values() -> pd.DataFrame:
        return run.make_tables(tree.raw, tree.reference)[0]["capacity"]

    conformed = list[str]()

    def counted_conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
        conformed.append(name)
        return conform(name, frame)

    monkeypatch.setattr(run, "read_capacity", counted_read_capacity)
    monkeypatch.setattr("adoption.ingest.run.conform", counted_conform)
    before = values()
    assert values().equals(before)
    assert len(read) == 1
    assert (conformed.count("base_acts"), conformed.count("acts")) == (1, 4), "twice a build"
    tree.replace("raw/itu-gci/gci.csv", ",T1,", ",T2,")
    assert not values().equals(before)
    assert len(read) == 2
    newest = tree.path("raw/itu-gci/gci.csv").parent
    shutil.copytree(newest, newest.with_name("2026-11-30"))
    tree.replace("raw/itu-gci/gci.csv", ",T2,", ",T1,")
    assert values().equals(before)
    assert len(read) == 3
    tree.path("raw/itu-gci/gci.csv.meta.json").unlink()
    with pytest.raises(AdoptionError, match=r"gci\.csv: has no sidecar"):
        values()
