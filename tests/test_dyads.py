"""Pairs of states by day, and codes of columns of names, beside slower ways to the same."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest

import adoption as ad

LISTED = ["uncac", "untoc"]  # lists that are complete to a day
DAYS = ("2004-06-30", "2006-12-31", "2010-12-31")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("treaties", [LISTED, ["budapest", "arab-2010"], ["malabo"]])
def test_the_pairs_are_those_of_the_network(day: str, treaties: list[str]) -> None:
    joined = ad.network(treaties, day)
    pairs = ad.dyads(treaties, day)
    assert len(pairs) == joined.total_pairs
    assert int(pairs["in_force"].sum()) == joined.lower
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
    assert now["upper"].isna().all()
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


def test_each_row_may_have_its_own_day() -> None:
    names = pd.Series(["South Sudan", "South Sudan"])
    days = pd.to_datetime(pd.Series(["2011-07-08", "2011-07-09"]))
    codes = ad.iso3(names, on=days, unmatched="missing")
    assert codes.isna().tolist() == [True, False]
