"""Pairs of states by day, and codes of columns of names, beside slower ways to the same."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import adoption as ad
from adoption.law.rules import End

LISTED = ["uncac", "untoc"]  # lists that are complete to a day
# Treaties and days: before and after entry into force, consents whose day in force is to come,
# successors that have not notified, windows, reports, withdrawals that are not known, members
# alone, lists that have ended or never began.
CASES = [
    (["uncac", "untoc"], "2004-06-30"),
    (["uncac"], "2006-08-31"),  # Montenegro notifies its succession in October
    (["uncac"], "2008-12-31"),  # Brunei's consent is of that month
    (["uncac", "CAT"], "latest"),
    (["Landmines"], "1998-12-31"),
    (["Landmines"], "2004-06-30"),
    (["CAT", "CRC"], "1995-12-31"),
    (["CRC"], "1990-09-15"),
    (["CRC"], "1993-02-01"),  # the Czech Republic notifies its succession on the 22nd
    (["CERD", "III-1"], "2010-12-31"),
    (["budapest", "arab-2010"], "2010-12-31"),
    (["budapest-2ap", "arab-2010"], "2015-06-30"),
    (["malabo"], "2023-06-08"),
    (["malabo", "hanoi"], "latest"),
]


@pytest.mark.parametrize(("treaties", "day"), CASES)
@pytest.mark.parametrize("bounds", [None, "earliest", "latest"])
def test_a_pair_is_joined_as_its_states_are_bound_in_a_panel(
    treaties: list[str], day: str, bounds: End | None
) -> None:
    """A pair's flag is False where one of both is not bound, and True where both certainly are."""
    panel = ad.panel(treaties, [day], beyond="known", bounds=bounds)
    pairs = ad.dyads(treaties, day, bounds=bounds)
    lower, upper = np.zeros(len(pairs), dtype=int), np.zeros(len(pairs), dtype=int)
    for name in panel["convention"].unique():
        rows = panel[panel["convention"] == name]
        states = pd.Index(rows["iso3"].astype("str"))
        certain = (rows["in_force"].fillna(value=False) & (rows["grade"] != "reported")).to_numpy()
        possible = rows["in_force"].fillna(value=True).to_numpy(dtype=bool)
        first, second = (states.get_indexer(pairs[end]) for end in ("iso3", "partner"))
        lower += certain[first] & certain[second]
        upper += possible[first] & possible[second]
    assert pairs["upper"].tolist() == upper.tolist()
    assert pairs["lower"].tolist() == lower.tolist()
    flags = pd.Series(lower > 0, dtype="boolean").mask((lower == 0) & (upper > 0))
    pd.testing.assert_series_equal(pairs["in_force"], flags, check_names=False)
    assert not pairs.duplicated(["iso3", "partner"]).any()


@pytest.mark.parametrize(("treaties", "day"), CASES)
def test_the_pairs_are_those_of_the_network(treaties: list[str], day: str) -> None:
    joined, pairs = ad.network(treaties, day), ad.dyads(treaties, day)
    assert len(pairs) == joined.total_pairs
    assert int(pairs["in_force"].sum()) == joined.lower
    assert int((pairs["upper"] > 0).sum()) == joined.upper == len(joined.frame)
    both = joined.frame.merge(pairs, on=["iso3", "partner"], validate="one_to_one")
    certain = both[both["certain"]]
    assert certain["instruments_x"].tolist() == certain["instruments_y"].tolist()
    assert both.loc[~both["certain"], "in_force"].isna().all()


def test_a_pair_has_its_treaties_from_the_later_of_both_days() -> None:
    """By the table of spells, for each pair of the Gulf."""
    frame = ad.dyads(LISTED, "2013-12-31", among="gcc")
    pairs = {(row["iso3"], row["partner"]): row for row in frame.to_dict("records")}
    spells = ad.spells(LISTED).query("kind == 'consent'")
    since = spells.set_index(["convention", "iso3"])["in_force_latest"]
    label = ad.conventions().set_index("convention")["label"]
    for first, second in combinations(sorted(ad.group("gcc").members), 2):
        days = {c: max(since[c, first], since[c, second]) for c in LISTED}
        in_force = [c for c in LISTED if days[c] <= pd.Timestamp("2013-12-31")]
        row = pairs[first, second]
        assert row["lower"] == row["upper"] == len(in_force)
        assert row["instruments"] == " + ".join(label[c] for c in in_force)
        assert row["since_latest"] == min(days[c] for c in in_force)


def test_a_directed_pair_stands_from_both_sides() -> None:
    one_way = ad.dyads(LISTED, "2008/2009", among=["FRA", "USA", "KEN", "QAT"])
    both_ways = ad.dyads(LISTED, "2008/2009", directed=True, among=["FRA", "USA", "KEN", "QAT"])
    assert (len(one_way), len(both_ways)) == (12, 24)
    turned = one_way.rename(columns={"iso3": "partner", "partner": "iso3"})
    keys = ["day", "iso3", "partner"]
    expected = pd.concat([one_way, turned]).sort_values(keys)[list(both_ways)]
    pd.testing.assert_frame_equal(
        both_ways.sort_values(keys).reset_index(drop=True), expected.reset_index(drop=True)
    )


def test_what_nobody_can_know_is_missing_and_a_later_state_has_no_pair() -> None:
    now = ad.dyads("uncac", "latest")  # beyond the end of its list
    assert set(now["in_force"].dropna()) == {True}
    assert now["in_force"].isna().any()
    assert set(now["upper"]) == {1}
    before = ad.dyads("uncac", "2010-12-31")
    assert not before["in_force"].isna().any()
    assert "SSD" not in set(before["iso3"]) | set(before["partner"])


def test_codes_of_a_list_are_those_of_their_day() -> None:
    table = ad.table("codes")
    day = pd.Timestamp("1995-06-30")
    valid = ~(table["since"] > day) & ~(table["until"] < day)
    for system, rows in table[valid].groupby("system"):
        since = rows["iso3"].map(ad.states().set_index("iso3")["state_since"])
        rows = rows[~(since > day)]
        codes = ad.iso3(rows["code"], system=system, on=day)  # type: ignore[arg-type]
        assert codes.tolist() == rows["iso3"].tolist(), system
        assert codes.index.equals(rows.index)


def test_names_are_found_once_each_whatever_their_number() -> None:
    states = ad.states()
    names = pd.concat([states["name"]] * 50)
    assert ad.iso3(names).tolist() == states["iso3"].tolist() * 50
    mixed = pd.Series(["Kenya", None, "Nowhere", "Nowhere"], index=list("abcd"))
    codes = ad.iso3(mixed, unmatched="missing")
    assert codes.isna().tolist() == [False, True, True, True]
    assert codes.attrs["unmatched"] == ["Nowhere"]
    with pytest.raises(ad.AdoptionError, match="2 of 4 match no state: 'Nowhere'"):
        ad.iso3(mixed)


def test_a_name_of_two_states_is_one_of_them_only_beside_the_other() -> None:
    names = pd.Series(["Congo", "Guinea", "Ireland", "Samoa", "Sudan"])
    codes = ad.iso3(names, unmatched="missing")
    assert codes.fillna("").tolist() == ["", "GIN", "IRL", "WSM", "SDN"]
    assert ad.iso3(["Congo", "DR Congo", "Congo Republic"]).tolist() == ["COG", "COD", "COG"]
    beside = ad.iso3(["Korea", "North Korea"], unmatched="missing")
    assert beside.attrs["unmatched"] == ["Korea"]


def test_each_row_may_have_its_own_day() -> None:
    names = pd.Series(["South Sudan", "South Sudan"])
    days = pd.to_datetime(pd.Series(["2011-07-08", "2011-07-09"]))
    codes = ad.iso3(names, on=days, unmatched="missing")
    assert codes.isna().tolist() == [True, False]
