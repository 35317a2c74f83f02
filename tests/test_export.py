"""The workbook of a state or a group, as a person opens it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import adoption as ad
from adoption import tables
from adoption.tables.dictionary import TABLES
from tests.conftest import contents
from tests.test_cli import run

OF_STATES = [t.name for t in TABLES if "iso3" in [column.name for column in t.columns]]


def sheets(path: Path) -> dict[str, pd.DataFrame]:
    found: dict[str, pd.DataFrame] = pd.read_excel(path, sheet_name=None)
    return found


@pytest.fixture(scope="module")
def kenya(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    path = tmp_path_factory.mktemp("export") / "kenya.xlsx"
    assert ad.export("kenya", path) == 3 + len(OF_STATES)
    return sheets(path)


def test_a_workbook_has_every_row_and_its_sources(kenya: dict[str, pd.DataFrame]) -> None:
    assert list(kenya) == ["about", "status", *OF_STATES, "sources"]
    cited = set()
    for name in OF_STATES:
        rows = tables.read(name).query("iso3 == 'KEN'")
        assert len(kenya[name]) == len(rows), name
        assert list(kenya[name]) == list(rows)
        for column in rows:
            if str(column).endswith("source"):
                cited |= {key for cell in rows[column].dropna() for key in cell.split(";")}
    assert cited <= set(kenya["sources"]["source"])
    assert kenya["sources"]["licence"].notna().all()
    act = kenya["acts"].query("convention == 'untoc' and act == 'accession'").iloc[0]
    assert act["date"] == pd.Timestamp("2004-06-16")
    status = kenya["status"].set_index("convention")["status"]
    assert set(status.index) == set(ad.conventions()["convention"])
    assert (status["hanoi"], status["untoc"]) == ("no act known", "in force")


def test_no_text_is_a_formula(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from openpyxl import load_workbook  # slow to import

    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "a\x07bell", "=HYPERLINK(1)"]
    real = tables.read

    def damaged(name: str) -> pd.DataFrame:
        rows = real(name)
        return rows.head(6).assign(iso3="KEN", organisation=evil) if name == "memberships" else rows

    monkeypatch.setattr("adoption.tables.read", damaged)
    path = tmp_path / "x.xlsx"
    ad.export("KEN", path)
    book = load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert {"'=1+1", "'+1", "'-1", "'@SUM(A1)", "abell"} <= texts


@pytest.mark.parametrize(
    ("about", "file", "why"),
    [
        ("Kenia Fria", "x.xlsx", "there is no group or state 'Kenia Fria'; did you mean "),
        ("Kenya", "x.csv", "is not an Excel workbook; allowed: a name that ends in .xlsx"),
        ("Kenya", "folder/", "is not an Excel workbook; allowed: a name that ends in .xlsx"),
        ("Kenya", "none/x.xlsx", "cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, about: str, file: str, why: str
) -> None:
    status, out, err = run(capsys, "export", about, f"{tmp_path}/{file}")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert why in err
    assert contents(tmp_path) == {}
