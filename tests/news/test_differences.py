"""The differences of two builds: nothing of itself, mirrored, and enough to make the new."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.builds import read_build
from adoption.data.write import encode, replace_folder
from adoption.errors import AdoptionError
from adoption.news.acts import read_acts
from adoption.news.differences import differences
from adoption.news.kinds import ADDED, Total
from adoption.news.plain import as_plain
from adoption.news.summary import LONGEST, summary_line
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


@given(builds(), builds(), st.randoms())
@settings(max_examples=5)
def test_the_differences_of_any_two_builds(old: Tables, new: Tables, chance: Any) -> None:
    found = between(old, new)
    assert applied(found, read_acts(old["acts"], "old")) == {*read_acts(new["acts"], "new")}
    assert between(new, old) == mirrored(found)
    again = between(shuffled(old, chance), shuffled(new, chance))
    assert (as_plain(again), as_text(again)) == (as_plain(found), as_text(found))
    assert json.loads(json.dumps(as_plain(found), allow_nan=False))["empty"] is found.empty
    line = summary_line(found)
    assert 0 < len(line) <= LONGEST
    assert line == " ".join(line.split())
    assert as_text(between(old, shuffled(old, chance))) == "nothing has changed"


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
    """Both of the project's own tables, which are read from files of each kind."""
    replace_folder(tmp_path / "typed", encode(built))
    shutil.copytree(tmp_path / "typed", tmp_path / "text", ignore=shutil.ignore_patterns("*.parq*"))
    acts = built["acts"]
    without = built | {"acts": acts[acts["convention"] != "hanoi"]}
    found = differences(without, read_build(tmp_path / "text"))
    assert {change.change for change in found.acts} == {ADDED}
    lines = as_text(found).splitlines()
    assert "  + Algeria: signature of 25 October 2025 (confirmed, source untc-xml)" in lines
    assert not found.tables
    assert not found.indicators


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


@pytest.mark.parametrize(
    ("table", "column", "cell", "line"),
    [
        ("acts", "date", "2020-02-30", "atlantis AAA signature, column date: '2020-02-30' is not a "
         "day of the calendar (as 2025-10-25)"),
        ("acts", "open_ended", "perhaps", "table acts: column open_ended: 'perhaps' is not true"),
        ("totals", "as_of", "then", "table totals, column as_of: 'then' is not a day of the cal"),
        ("acts", "open_ended", None, "table acts: of another version: the column open_ended is "
         "missing; did you mean"),
    ],
)  # fmt: skip
def test_what_is_no_build_is_refused_in_one_line(
    table: str, column: str, cell: str | None, line: str
) -> None:
    total = ("atlantis", "2020-03-01", "3", "", "", "us")
    good, bad = (build(act("AAA"), totals=[total]) for _ in range(2))
    bad[table] = bad[table].drop(columns=column) if cell is None else bad[table].assign(
        **{column: cell}
    )  # fmt: skip
    for side, pair in (("new", (good, bad)), ("old", (bad, good))):
        with pytest.raises(AdoptionError) as caught:
            between(*pair)
        assert str(caught.value).startswith(f"the {side} build: {line}")
