"""The differences of two builds: nothing of itself, mirrored, and enough to make the new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.builds import read_build
from adoption.data.write import encode, replace_folder
from adoption.errors import AdoptionError
from adoption.news.differences import differences
from adoption.news.kinds import ADDED, REMOVED, Act, Total
from adoption.news.plain import as_plain
from adoption.news.text import as_text
from tests.news.made_up import (
    Tables,
    act,
    applied,
    between,
    build,
    frame,
    lists_of_acts,
    mirrored,
    undated,
)

some_values = st.lists(
    st.tuples(
        st.sampled_from(["AAA", "BBB"]),
        st.sampled_from(["GCI", "EGDI"]),
        st.sampled_from(["2020", "2024"]),
        st.just("overall"),
        st.sampled_from(["0.5", "1.0", "99"]),
    ),
    max_size=4,
    unique_by=lambda value: value[:4],
)
some_totals = st.lists(
    st.tuples(
        st.just("atlantis"),
        st.sampled_from(["2020-03-01", ""]),
        st.sampled_from(["3", ""]),
        st.sampled_from(["1", "2"]),
        st.just(""),
        st.sampled_from(["us", "them"]),
    ),
    max_size=3,
    unique_by=lambda total: (total[1], total[5]),
)


@st.composite
def builds(draw: st.DrawFn) -> Tables:
    votes = draw(st.lists(st.sampled_from(["AAA", "BBB"]), unique=True))
    return build(
        *draw(lists_of_acts),
        day=draw(st.sampled_from(["2020-06-01", "2021-06-01"])),
        values=draw(some_values),
        totals=draw(some_totals),
        population=draw(st.sampled_from(["10", "20"])),
        votes=frame("iso3 resolution vote", [(iso3, "A/1", "yes") for iso3 in votes]),
    )


def shuffled(tables: Tables, chance: Any) -> Tables:
    """Return tables with rows and columns in another order."""
    return {
        name: table.sample(frac=1, random_state=chance.randint(0, 99)).loc[
            :, chance.sample(list(table.columns), len(table.columns))
        ]
        for name, table in tables.items()
    }


@given(builds(), st.randoms())
@settings(max_examples=15)
def test_nothing_differs_from_itself_in_any_order(tables: Tables, chance: Any) -> None:
    found = between(tables, shuffled(tables, chance))
    assert found.empty
    assert as_text(found) == "nothing has changed"


@given(lists_of_acts, lists_of_acts)
@settings(max_examples=15)
def test_the_changes_applied_to_the_old_acts_give_the_new(old: list[Act], new: list[Act]) -> None:
    assert applied(between(build(*old), build(*new)), old) == set(new)


@given(builds(), builds())
@settings(max_examples=20)
def test_the_other_way_round_added_and_removed_are_exchanged(old: Tables, new: Tables) -> None:
    assert between(new, old) == mirrored(between(old, new))


@given(builds(), builds(), st.randoms())
@settings(max_examples=8)
def test_the_same_builds_give_the_same_bytes(old: Tables, new: Tables, chance: Any) -> None:
    once = between(old, new)
    again = between(shuffled(old, chance), shuffled(new, chance))
    assert as_plain(again) == as_plain(once)
    assert as_text(again) == as_text(once)


def test_one_of_each_kind_by_hand() -> None:
    old = build(
        act("AAA"),
        undated("BBB"),
        act("CCC", day="2020-02-11"),
        totals=[("atlantis", "2020-03-01", "3", "", "", "us")],
        values=[("AAA", "GCI", "2024", "overall", "90")],
    )
    new = build(
        act("BBB", "ratification"),
        act("CCC", day="2020-02-11"),
        act("DDD"),
        totals=[
            ("atlantis", "2020-03-01", "4", "", "", "us"),
            ("atlantis", "", "", "1", "1 of 3", "them"),
        ],
        values=[("AAA", "GCI", "2024", "overall", "91.5")],
    )
    found = between(old, new)
    assert [(c.act.iso3, c.change, c.fields) for c in found.acts] == [
        ("AAA", "removed", ()),
        ("BBB", "changed", ("date", "earliest", "latest", "grade")),
        ("DDD", "added", ()),
    ]
    assert [(t.source, t.change, t.old, t.new) for t in found.totals] == [
        ("them", "added", None, Total(None, 1, "1 of 3")),
        ("us", "changed", Total(3, None), Total(4, None)),
    ]
    assert [(v.iso3, v.index, v.old, v.new) for v in found.indicators] == [
        ("AAA", "GCI", 90.0, 91.5)
    ]
    assert [(c.measure, c.old, c.new) for c in found.consequences] == [("confirmed_parties", 0, 1)]
    assert not found.tables
    assert not found.schema


def test_a_new_table_or_column_is_told_and_stops_nothing() -> None:
    old, new = build(act("AAA")), build(act("AAA"))
    new["votes"] = frame("iso3 resolution vote")
    new["states"] = new["states"].assign(note="")
    found = between(old, new)
    assert [(s.table, s.column, s.only_in) for s in found.schema] == [
        ("states", "note", "new"),
        ("votes", "", "new"),
    ]
    assert not found.empty


def test_tables_with_types_and_as_text_are_the_same(
    built: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    replace_folder(tmp_path / "built", encode(built))
    for left in ("*.parquet", "*.csv"):
        written = read_build(tmp_path / "built")
        assert differences(built, written).empty
        for path in (tmp_path / "built").glob(left):
            path.unlink()
    without = built | {"acts": built["acts"].iloc[1:]}
    assert [c.change for c in differences(without, written).acts] == [ADDED]
    assert [c.change for c in differences(written, without).acts] == [REMOVED]


def test_states_have_their_official_names(built: dict[str, pd.DataFrame]) -> None:
    acts = built["acts"]
    without = built | {"acts": acts[acts["convention"] != "hanoi"]}
    found = differences(without, built)
    lines = as_text(found).splitlines()
    assert "  + Algeria: signature of 25 October 2025 (confirmed, source untc-xml)" in lines
    names = set(built["states"]["name"])
    assert {found.state(change.act) for change in found.acts} <= names


def test_a_convention_has_the_source_of_a_list_only_where_one_was_fetched() -> None:
    mine, fetched = build(act("AAA")), build(act("AAA"))
    file = "data/raw/untc-atlantis/2020-06-01/x.xml"
    fetched["snapshots"] = frame("file accessed", [(file, "2020-06-01")])
    assert between(mine, fetched).named("atlantis").source == "untc-atlantis"
    assert between(fetched, mine).named("atlantis").source == ""
    other = build(act("AAA"), conventions=mine["conventions"].iloc[:0])
    found = between(fetched, other).named("atlantis")
    assert (found.short_title, found.source) == ("Atlantis Convention", "")


def test_an_act_that_the_next_list_does_not_have_says_so() -> None:
    lists = ("2020-06-01", "2020-06-08")
    old, new = (
        build(*acts, day=lists[-1], snapshots=frame("file accessed", [
            (f"data/raw/untc-atlantis/{day}/x.xml", "2020-06-08") for day in lists[:number]
        ]))
        for number, acts in ((1, [act("AAA", source="untc-atlantis"), act("BBB")]), (2, []))
    )  # fmt: skip
    lines = as_text(between(old, new)).splitlines()
    signed = "signature of 10 February 2020 no longer in the record"
    assert f"  - Aland: {signed}: it no longer stands in the depositary's list" in lines
    assert f"  - Borduria: {signed}; why is not known" in lines


def missing_table(tables: Tables) -> None:
    del tables["acts"]


def missing_column(tables: Tables) -> None:
    tables["acts"] = tables["acts"].drop(columns="open_ended")


def no_day(tables: Tables) -> None:
    tables["acts"].loc[0, "date"] = "2020-02-30"


def no_total_day(tables: Tables) -> None:
    tables["totals"].loc[0] = ["atlantis", "then", "3", "", "", "us"]


def no_truth(tables: Tables) -> None:
    tables["acts"].loc[0, "open_ended"] = "perhaps"


def twice(tables: Tables) -> None:
    tables["acts"] = pd.concat([tables["acts"], tables["acts"]])


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (missing_table, "the new build: no build of this version: the table acts is missing; did"),
        (missing_column, "the new build: table acts: of another version: the column open_ended is"
         " missing; did you mean"),
        (no_day, "the new build: atlantis AAA signature, column date: '2020-02-30' is not a day of"
         " the calendar (as 2025-10-25)"),
        (no_total_day, "the new build: table totals, column as_of: 'then' is not a day of the c"),
        (no_truth, "the new build: table acts: column open_ended: 'perhaps' is not true or false"),
        (twice, "the new build: table acts: 'atlantis AAA signature 2020-02-10' stands twice"),
    ],
)  # fmt: skip
def test_what_is_no_build_is_refused_in_one_line(
    damage: Callable[[Tables], None], line: str
) -> None:
    good, bad = build(act("AAA")), build(act("AAA"))
    damage(bad)
    with pytest.raises(AdoptionError) as caught:
        between(good, bad)
    assert str(caught.value).startswith(line)
    with pytest.raises(AdoptionError, match="the old build: "):
        between(bad, good)


def test_what_was_done_again_is_known_though_none_of_it_changed() -> None:
    """The feed tells such acts apart, and has to know of one that is no news."""
    once, both = ([act("AAA", "accession", day) for day in days]
                  for days in (["2019-03-01"], ["2019-03-01", "2020-03-01"]))  # fmt: skip
    name = {("atlantis", "AAA", "accession")}
    for old, new, found in ((once, once, set()), (once, both, name), (both, once, name),
                            (both, both, name)):  # fmt: skip
        assert between(build(*old), build(*new)).done_again == found
