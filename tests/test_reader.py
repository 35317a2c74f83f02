"""What a reader of the API would otherwise be misled by: each found once, with real data."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import pytest

import adoption as ad
from adoption.errors import AdoptionError


@pytest.fixture(scope="module")
def merged() -> pd.DataFrame:
    status = ad.status("hanoi", "2026-02-10").frame
    return status.merge(ad.capacity("GCI", 2024), on="iso3", how="left")


def test_beyond_a_complete_list_no_upper_bound_is_known() -> None:
    within, beyond = ad.status("hanoi", "2025-10-26"), ad.status("hanoi", "2025-10-27")
    assert (within.signatories.lower, within.signatories.upper) == (72, 72)
    assert (beyond.signatories.lower, beyond.signatories.possible) == (72, 73)
    assert beyond.signatories.upper is beyond.parties.upper is beyond.counted.upper is None
    compared = ad.compare(["hanoi", "untoc"], age=365, as_of="2026-11-24").frame
    assert compared["signatories_upper"].isna().tolist() == [True, False]


@pytest.mark.parametrize("by", ["day", "age"])
def test_the_columns_of_a_curve(by: Literal["day", "age"]) -> None:
    found = ad.curve("uncac", by=by, as_of="2010-01-01").dtypes.astype(str).to_dict()
    first = {"day": "datetime64[us]", "age": "int64"}[by]
    assert list(found.items()) == [
        (by, first), ("lower", "Int64"), ("upper", "Int64"), ("complete", "bool"),
    ]  # fmt: skip


def test_a_report_is_certain_by_its_day_and_joins_nobody_for_certain() -> None:
    acts = ad.acts("malabo", "2026-11-24").query("certain and act == 'ratification'")
    reported = acts.loc[acts["grade"] == "reported", "iso3"].tolist()
    joined = ad.network(["malabo"], "2026-11-24").frame.query("certain")
    assert reported
    assert not set(joined["iso3"]) & set(reported)


def test_who_is_counted_is_said(merged: pd.DataFrame) -> None:
    found = ad.association(merged)
    assert "197 states and observers" in found.sentence
    assert "EUE" not in set(found.analysis.frame["iso3"])
    members = ad.association(merged[merged["kind"] == "member"])
    assert "the 193 UN members" in members.sentence


@pytest.mark.parametrize(
    ("among", "message"),
    [
        (["FRA", "QTR"], "among: 'QTR' is neither .* did you mean QAT"),
        (["EUE"], "among: EUE is an"),
    ],
)
def test_states_that_there_are_not(among: list[str], message: str) -> None:
    with pytest.raises(AdoptionError, match=message):
        ad.network(["budapest"], "2024-01-01", among=among)


def test_sources_that_there_are_not() -> None:
    with pytest.raises(
        AdoptionError, match=r"source: there is no 'untc-xmll'.*did you mean untc-xml"
    ):
        ad.sources(pd.DataFrame({"source": ["untc-xml;untc-xmll"]}))


def test_disagreements_have_numbers() -> None:
    found = ad.evidence("hanoi", "2026-11-24").frame
    differing = found.query("kind == 'total' and found == 'differs'")
    assert differing[["published", "computed"]].to_numpy().tolist() == [["68", "69"], ["65", "69"]]
    days = ad.evidence("untoc", "2026-11-24").frame.query("kind == 'entry into force'")
    assert days[["published", "computed"]].iloc[0].tolist() == ["2003-09-29", "2003-09-29"]


def test_an_inner_group_by_name() -> None:
    split = ad.inequality("arab-league", inner="gcc").table("split")
    assert len(split.frame) == 5
    with pytest.raises(AdoptionError, match=r"there is no 'gccc'; did you mean gcc"):
        ad.inequality("arab-league", inner="gccc")


def test_an_organization_has_no_chart_of_capacity() -> None:
    found = ad.profile("EUE", "hanoi", "2026-02-10")
    assert found.chart("pillars") is None
    assert found.chart("acts") is not None
