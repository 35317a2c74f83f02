"""Acts that people add with their source, beside what is compiled and what is fetched."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from adoption.data import acts, run
from adoption.errors import AdoptionError
from tests.conftest import DataTree, acts_of, bound, made_up, people

ADDED = "convention,iso3,participant,act,date,earliest,latest,grade,source,note"
WITHDREW = "atlantis,QAT,Qatar,withdrawal,"


def added(tmp_path: Path, *rows: str) -> pd.DataFrame:
    path = tmp_path / "acts.csv"
    path.write_text("\n".join([ADDED, *rows]) + "\n", encoding="utf-8")
    return acts.read_added(path, {"atlantis": made_up(), "mu": made_up()}, people())


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("2027-01-18,,", ["2027-01-18"] * 3),
        ("2027-01-18,2027-01-01,2027-01-31", ["2027-01-18"] * 3),
        (",2027-01-01,2027-01-31", ["NaT", "2027-01-01", "2027-01-31"]),
        ("2099-12-31,,", ["2099-12-31"] * 3),
    ],
)
def test_an_added_act_has_a_day_or_a_window(tmp_path: Path, days: str, found: list[str]) -> None:
    frame = added(tmp_path, f"{WITHDREW}{days},confirmed,us,C.N.1", "mu,OMN,Oman,accession,"
                  "2026-02-01,,,reported,us,")  # fmt: skip
    first = frame.iloc[0]
    assert [str(first[name])[:10] for name in ("date", "earliest", "latest")] == found
    assert list(frame["iso3"]) == ["QAT", "OMN"]
    assert not frame["open_ended"].any()
    assert first["at"] == "data/reference/acts.csv: row 2"


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        (f"{WITHDREW},2027-01-01,,confirmed,us,", "latest", "needed where the day is not known"),
        (f"{WITHDREW},,2027-01-01,confirmed,us,", "earliest", "an undated act needs the first day"),
        (f"{WITHDREW},,,confirmed,us,", "latest", "needed where the day is not known"),
        (f"{WITHDREW}2027-02-30,,,confirmed,us,", "date", "'2027-02-30' is not a day"),
        ("lemuria,QAT,Qatar,withdrawal,2027-01-18,,,confirmed,us,", "convention", "'lemuria' is"),
        ("mu,QAT,Oman,withdrawal,2027-01-18,,,confirmed,us,", "iso3", "'QAT', but 'Oman' is 'OMN'"),
    ],
)
def test_a_wrong_added_act_is_named(tmp_path: Path, row: str, column: str, problem: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        added(tmp_path, "atlantis,OMN,Oman,signature,2026-02-01,,,confirmed,us,", row)
    line = f"data/reference/acts.csv: row 3, column {column}: {problem}"
    assert str(caught.value).startswith(line), caught.value


def test_nothing_need_be_added(tmp_path: Path) -> None:
    frame = added(tmp_path)
    assert frame.empty
    both = pd.concat([frame, acts_of([bound("AAA", "2001-02-01")])])
    assert both["date"].dtype == "datetime64[us]"


# Through the build


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            "hanoi,QAT,Qatar,signature,2025-10-25,,,confirmed,untc-xml,",
            "data/reference/acts.csv: row 2, column act: 'hanoi QAT signature' stands twice",
        ),
        (
            "hanoi,QAT,Qatar,acceptance,2025-11-25,,,confirmed,nobody,",
            "data/reference/acts.csv: row 2, column source: 'nobody' is not in sources.source; ",
        ),
        (
            "hanoi,QAT,Qatar,withdrawal,2027-11-25,,,confirmed,untc-xml,",
            "data/reference/acts.csv: row 2, column date: act-in-the-future: hanoi QAT withdrawal: "
            "2027-11-25",
        ),
        (
            "hanoi,OMN,Oman,signature,2026-11-25,,,confirmed,untc-xml,",
            "data/reference/acts.csv: row 2, column date: act-in-the-future: hanoi OMN signature: "
            "2026-11-25",
        ),
    ],
)
def test_a_wrong_added_act_stops_the_build(tree: DataTree, row: str, line: str) -> None:
    tree.append("reference/acts.csv", row)
    assert tree.refusal().startswith(line)


def test_an_added_act_is_built(tree: DataTree, built: dict[str, pd.DataFrame]) -> None:
    tree.append("reference/acts.csv", "hanoi,QAT,Qatar,withdrawal,2027-11-24,,,confirmed,untc-xml,")
    found = run.build_tables(tree.raw, tree.reference)["acts"]
    assert len(found) == len(built["acts"]) + 1
    (row,) = found[found["act"] == "withdrawal"].to_dict("records")
    assert (row["iso3"], row["date"]) == ("QAT", pd.Timestamp("2027-11-24"))
