"""The base set: every act of the depositary's tables, the name deciding who acted."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from adoption.core.acts import CONSENTS
from adoption.core.errors import AdoptionError
from adoption.core.paths import raw_folder, reference_folder
from adoption.ingest.acts import read_base_acts, read_base_treaties
from adoption.ingest.snapshots import SnapshotStore
from adoption.law.held import counted_in_header
from adoption.tables.names import read_participants
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def store() -> SnapshotStore:
    return SnapshotStore(raw_folder())


@pytest.fixture(scope="module")
def base(store: SnapshotStore) -> pd.DataFrame:
    reference = reference_folder()
    return read_base_acts(store, read_participants(reference), reference / "withdrawals.csv")


def test_the_name_decides_and_the_raw_code_is_kept_beside_it(base: pd.DataFrame) -> None:
    differing = base[base["raw_iso3"] != base["iso3"]]
    assert set(differing["participant"]) == {
        "Common Market for Eastern and Southern Africa",
        "Southern African Development Community",
    }
    assert set(differing["iso3"]) == {""}
    assert set(differing["raw_iso3"]) == {"ZAF"}


def test_treaties_have_days_and_numbers(store: SnapshotStore, base: pd.DataFrame) -> None:
    treaties = read_base_treaties(store, base).set_index("treaty")
    rotterdam = treaties.loc["XXVII-14"]
    assert rotterdam["concluded"] == pd.Timestamp("1998-09-10")
    assert rotterdam["entry_into_force"] == pd.Timestamp("2004-02-24")
    assert (rotterdam["threshold"], rotterdam["delay_days"]) == (50, 90)
    assert treaties.loc[["I-1"], "threshold"].isna().all()
    counted = base[base["act"] != "withdrawal"].groupby("treaty").size()
    assert (treaties["rows"].astype(int) == counted.reindex(treaties.index)).all()


def test_a_withdrawal_explains_the_header(store: SnapshotStore, base: pd.DataFrame) -> None:
    treaties = read_base_treaties(store, base).set_index("treaty")
    kyoto = base[(base["treaty"] == "XXVII-7-a") & (base["iso3"] == "CAN")].set_index("act")
    assert kyoto.loc["withdrawal", "date"] == pd.Timestamp("2012-12-15")
    assert counted_in_header(base, CONSENTS)["XXVII-7-a"] == 192
    known = treaties["withdrawals_known"]
    assert known["XXVII-7-a"]
    assert not known["XIX-16"]  # two in brackets, no day of effect
    assert not known["VI-11"]  # its header has no number
    assert known[treaties["learnt_from"]].sum() == 211


def test_a_withdrawal_follows_a_consent(store: SnapshotStore, tmp_path: Path) -> None:
    path = tmp_path / "withdrawals.csv"
    head = "treaty,participant,notified,date,source,note"
    path.write_text(f"{head}\nXXVII-7-a,Canada,2001-01-01,2002-12-16,untc-mtdsg-2018,\n")
    told = "row 2, column date: '2002-12-16' is not after a consent of this participant"
    with pytest.raises(AdoptionError, match=re.escape(told)):
        read_base_acts(store, read_participants(reference_folder()), path)


@pytest.mark.parametrize("file", ["notebooks/README.md", "notebooks/08_conventions_compared.ipynb"])
def test_the_number_of_treaties_told(file: str, store: SnapshotStore, base: pd.DataFrame) -> None:
    treaties = read_base_treaties(store, base)
    said = f"{treaties['learnt_from'].sum()} treaties of the depositary"
    assert said in (ROOT / file).read_text(encoding="utf-8")
