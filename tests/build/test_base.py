"""The base set: every act of the depositary's tables, the name deciding who acted."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption.core.paths import raw_folder, reference_folder
from adoption.ingest.acts import read_base_acts, read_base_treaties
from adoption.ingest.snapshots import SnapshotStore
from adoption.tables.names import read_participants


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


def test_organisations_have_no_code_and_the_union_has_one(base: pd.DataFrame) -> None:
    codes = dict(zip(base["participant"], base["iso3"], strict=True))
    assert codes["European Union"] == "EUE"
    assert codes["World Health Organization"] == ""


def test_treaties_have_days_and_numbers(store: SnapshotStore, base: pd.DataFrame) -> None:
    treaties = read_base_treaties(store, base).set_index("treaty")
    rotterdam = treaties.loc["XXVII-14"]
    assert rotterdam["concluded"] == pd.Timestamp("1998-09-10")
    assert rotterdam["entry_into_force"] == pd.Timestamp("2004-02-24")
    assert (rotterdam["threshold"], rotterdam["delay_days"]) == (50, 90)
    assert treaties.loc[["I-1"], "threshold"].isna().all()
    counted = base[base["act"] != "withdrawal"].groupby("treaty").size()
    assert (treaties["rows"].astype(int) == counted.reindex(treaties.index)).all()
