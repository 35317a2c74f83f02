"""Whatever a record and a list hold, no act is lost and none is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adoption.data.dictionary import GRADES, WITHDRAWAL
from adoption.data.lists import kind_of
from adoption.data.readers.publishers import Reader
from tests.build.merging import merged
from tests.conftest import Act, acts_of

pytestmark = pytest.mark.slow

DAYS = st.dates(date(2001, 12, 20), date(2002, 1, 12))
ACT_WORDS = ("signature", "succession to signature", "ratification", "accession", WITHDRAWAL)


@st.composite
def records(draw: st.DrawFn) -> list[Act]:
    keys = st.tuples(st.sampled_from(["AAA", "BBB"]), st.sampled_from(ACT_WORDS))
    rows = []
    for iso3, word in draw(st.lists(keys, unique=True, max_size=6)):
        first, last = sorted([draw(DAYS), draw(DAYS)])
        known = draw(st.booleans())
        latest = "" if known else last.isoformat()
        rows.append((iso3, word, first.isoformat(), latest, draw(st.sampled_from(GRADES))))
    return rows


@st.composite
def listings(draw: st.DrawFn) -> list[str]:
    brackets = st.booleans()
    keys = st.tuples(st.sampled_from(["AAA", "BBB"]), st.sampled_from(ACT_WORDS[:-1]), brackets)
    acts = []
    for iso3, word, superseded in draw(st.lists(keys, unique=True, max_size=6)):
        text = f"{iso3} {word} {draw(DAYS)}"
        acts.append(f"[{text}]" if superseded else text)
    return acts


@given(records(), listings(), st.sampled_from(["untc", "coe", "coe-service"]))
def test_no_act_is_lost_or_made_up(record: list[Act], listed: list[str], reader: Reader) -> None:
    before = acts_of(record)
    acts, conflicts = merged(record, *listed, reader=reader)  # each key once: they conform
    stands = acts.set_index(["iso3", "act"])
    mine = acts[acts["source"] == "us"]
    assert set(zip(mine["iso3"], mine["act"], strict=True)) <= set(
        zip(before["iso3"], before["act"], strict=True)
    )
    for row in acts[acts["source"] == "untc-atlantis"].to_dict("records"):
        day = f"{row['date']:%Y-%m-%d}"
        assert any(row["iso3"] in text and day in text for text in listed)
    for text in listed:
        act, superseded = text.strip("[]"), text.startswith("[")
        iso3, *_, day = act.split()
        own = acts[(acts["iso3"] == iso3) & (acts["date"] == day) & (acts["grade"] == "confirmed")]
        assert superseded or (own["source"] == "untc-atlantis").any(), text
    told_of = set(zip(conflicts["iso3"], conflicts["kind"], strict=True))
    for row in before.to_dict("records"):
        kind = kind_of(row["act"])
        if (row["iso3"], kind) in told_of:
            continue
        kept = stands.loc[[key for key in stands.index if key[0] == row["iso3"]]]
        kept = kept[kept.index.get_level_values("act").map(kind_of) == kind]
        assert ((kept["earliest"] >= row["earliest"]) & (kept["latest"] <= row["latest"])).any()
