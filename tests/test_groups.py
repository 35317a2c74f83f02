"""The groups of the field, in the data of today: each member with a source."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from adoption.core.errors import AdoptionError
from adoption.countries.groups import (
    NICKNAMES,
    REGIONS,
    UN_LISTS,
    all_groups,
    check_group_notes,
    read_group_notes,
)
from tests.conftest import ROOT

PROCESSED = ROOT / "data" / "processed"
STATES, MEMBERSHIPS = (
    pd.read_parquet(PROCESSED / f"{name}.parquet") for name in ("states", "memberships")
)
GROUPS = all_groups(STATES, MEMBERSHIPS)


@pytest.mark.parametrize(
    ("name", "number", "some", "others"),
    [
        ("sids", 39, {"FJI", "SGP", "COK"}, {"ISL", "NZL"}),
        # Sao Tome and Principe left on 13 December 2024.
        ("ldc", 44, {"AFG", "TUV"}, {"STP", "BTN"}),
        ("landlocked", 32, {"BOL", "NPL"}, {"CHE"}),
        ("aosis", 39, {"GNB", "MDV"}, {"BHR"}),
        ("nordic", 5, {"DNK", "ISL"}, {"EST"}),
        ("baltic", 3, {"EST", "LVA", "LTU"}, {"FIN"}),
        ("balkan-states", 11, {"ALB", "SVN"}, {"HUN"}),
        ("mena", 21, {"MAR", "IRN"}, {"SDN", "TUR"}),
        ("group-of-seven", 7, {"JPN"}, {"RUS"}),
        ("visegrad", 4, {"POL"}, {"AUT"}),
    ],
)
def test_a_group_of_the_field_has_its_members(
    name: str, number: int, some: set[str], others: set[str]
) -> None:
    members = GROUPS[NICKNAMES[name]].members
    assert len(members) == number
    assert some <= members
    assert not others & members


def test_every_member_has_a_source_and_is_a_state() -> None:
    sources = set(pd.read_parquet(PROCESSED / "sources.parquet")["source"])
    named = MEMBERSHIPS["source"].str.split(";").explode()
    assert set(named) <= sources
    assert set(MEMBERSHIPS["iso3"]) <= set(STATES["iso3"])
    ended = MEMBERSHIPS.dropna(subset=["until"]).set_index(["iso3", "organisation"])
    assert str(ended.loc[("STP", "Least Developed Countries"), "until"])[:10] == "2024-12-13"


def test_every_nickname_and_kind_is_of_a_group_that_there_is() -> None:
    assert set(NICKNAMES.values()) <= set(GROUPS)
    assert not set(NICKNAMES) & set(GROUPS)
    names = {group.name: group.kind for group in GROUPS.values()}
    assert {names[name] for name in UN_LISTS} == {"list of the United Nations"}
    assert {names[name] for name in REGIONS} == {"other region"}


def test_every_name_of_letters_is_spelt_out_with_a_source() -> None:
    notes = read_group_notes(ROOT / "data" / "reference")
    letters = {name for name in MEMBERSHIPS["organisation"] if name.split()[0].isupper()}
    assert {name for name in letters if not notes[name].full_name} == set()
    assert notes["GCC"].full_name == "Cooperation Council for the Arab States of the Gulf"
    assert notes["G20"].left_out == "the African Union"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("GCC,Gulf,no-such-source,,", "no source 'no-such-source'"),
        ("GCC,Gulf,,,", "GCC: a name needs a source"),
        ("GCK,Gulf,internacia,,", "no group 'GCK' in memberships; did you mean GCC"),
    ],
)
def test_a_note_without_its_group_or_source_is_refused(row: str, said: str, tmp_path: Path) -> None:
    heads = "organisation,full_name,source,left_out,left_out_source"
    (tmp_path / "groups.csv").write_text(f"{heads}\n{row}\n", encoding="utf-8")
    with pytest.raises(AdoptionError, match=re.escape(said)):
        check_group_notes(tmp_path, MEMBERSHIPS, ["internacia"])
