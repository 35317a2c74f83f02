"""States and groups: their names, their acts, their pillars and their neighbours."""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption import tables
from adoption.api import capacity
from adoption.core.errors import AdoptionError
from adoption.core.vocabulary import CODE_SYSTEMS
from adoption.countries.capacity import PILLARS
from adoption.countries.codes import codes_on
from adoption.countries.groups import Group, all_groups, find_country, find_group, recognised
from adoption.countries.profiles import acts_by_convention, conventions_of, open_to, pillar_profile
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status, status_on
from adoption.show.answers import Answer
from adoption.show.state import brief_answer
from adoption.tables.names import load_participants
from tests.adopting import rows
from tests.conftest import MADE_UP_STATES, Act, bound, history, made, states_of


def test_every_state_is_found_by_its_code_and_its_name() -> None:
    states = tables.read("states")
    for iso3, name in zip(states["iso3"], states["name"], strict=True):
        assert find_country(iso3) == find_country(iso3.lower()) == iso3
        if name != "Congo":  # which the other state of that name is called as well
            assert find_country(name) == find_country(name.upper()) == iso3


def test_the_european_union_is_no_member_of_a_group() -> None:
    assert [group.name for group in GROUPS.values() if "EUE" in group.members] == []


NEWEST = date(2026, 11, 24)
MEMBERSHIPS = tables.read("memberships")
GROUPS = all_groups(tables.read("states"), MEMBERSHIPS)
COUNTS = ["no_act", "signed", "signed_reported", "bound_reported", "bound", "withdrawn"]
SEA = Group("sea", "Sea", "organisation", frozenset({"AAA", "BBB", "CCC", "DDD"}))


def test_each_class_by_hand() -> None:
    rows: list[Act] = [
        ("AAA", "signature", "2001-01-01", "", "confirmed"),
        ("BBB", "signature", "2001-01-01", "", "reported"),
        bound("CCC", "2001-02-01"),
        ("EUE", "signature", "2001-01-01", "", "confirmed"),
    ]
    row = acts_by_convention(SEA, [made("2001-06-01", *rows)]).to_dict("records")[0]
    assert [row[name] for name in COUNTS] == [1, 1, 1, 0, 1, 0]
    assert row["members"] == 4
    assert row["partial"] is False
    assert row["by_report"] == 1


def test_an_organisation_is_counted_only_where_a_treaty_provides_for_it() -> None:
    pair = Group("pair", "Pair", "organisation", frozenset({"FRA", "EUE"}))
    names = ("untoc", "terrorist-financing", "nuclear-terrorism")
    counts = acts_by_convention(pair, [load_status(name, NEWEST) for name in names])
    assert counts["members"].tolist() == [2, 1, 1], "those treaties are open to states alone"
    assert counts["no_act"].tolist() == [0, 0, 0]


def test_a_report_of_a_ratification_takes_nothing_from_a_signature_that_is_known() -> None:
    rows: list[Act] = [
        ("AAA", "signature", "2001-01-01", "", "confirmed"),
        ("AAA", "ratification", "2001-02-01", "", "reported"),
        ("BBB", "accession", "2001-02-01", "", "reported"),
    ]
    row = acts_by_convention(SEA, [made("2001-06-01", *rows)]).to_dict("records")[0]
    assert (row["bound_reported"], row["by_report"]) == (2, 1)


OF_HANOI = "of the UN Convention against Cybercrime is"


@pytest.mark.parametrize(
    ("group", "key", "title", "lead"),
    [
        (
            "northern-america",
            "none known, 1 reported",
            "Northern America: no signature is confirmed, one reported",
            f"In Northern America, no ratification {OF_HANOI} known.",
        ),
        (
            "gcc",
            "2+ of 6, 1 reported",
            "GCC: at least 2 of 6 have signed, one more by report",
            f"In the GCC, no ratification {OF_HANOI} confirmed, one is reported.",
        ),
        (
            "northern-africa",
            "4+ of 6",
            "Northern Africa: at least 4 of 6 have signed",
            f"In Northern Africa, no ratification {OF_HANOI} known.",
        ),
        (
            ["CAN"],
            "none known, 1 reported",
            "Canada: no signature is confirmed, one reported",
            f"In Canada, no ratification {OF_HANOI} known.",
        ),
        (
            ["KEN"],
            "none known",
            "Kenya: no act is known",
            "Kenya is not known to have signed or joined the UN Convention against Cybercrime.",
        ),
    ],
)
def test_what_is_only_reported_of_a_group_stands_apart(
    group: Any, key: str, title: str, lead: str
) -> None:
    answer = ad.profile(ad.group(group), "hanoi").answer
    assert isinstance(answer, Answer)
    assert (answer.key_figure, answer.title, answer.text) == (key, title, lead)


def test_what_is_made_for_others_counts_its_own_members_only() -> None:
    deep, day = history(bound("CCC", "2001-02-01"), made_for="Deep"), date(2001, 6, 1)
    status = status_on(deep, day, states_of(MADE_UP_STATES), {"AAA", "BBB"})
    row = acts_by_convention(SEA, [status]).to_dict("records")[0]
    assert (row["members"], row["no_act"], row["bound"]) == (3, 2, 1)


def test_conventions_that_a_group_can_join() -> None:
    registry = list(load_conventions().values())

    def chosen(group: str, day: date, first: str = "hanoi") -> list[str]:
        ordered = sorted(registry, key=lambda c: c.convention != first)
        found = conventions_of(GROUPS[group], ordered, MEMBERSHIPS, day)
        return [c.convention for c in found]

    assert "malabo" not in chosen("eu", NEWEST)
    assert "arab-2010" not in chosen("eu", NEWEST)
    assert {"malabo", "arab-2010"} <= set(chosen("league-of-arab-states", NEWEST))
    assert "budapest-2ap" not in chosen("eu", date(2012, 1, 1))
    assert chosen("eu", date(2012, 1, 1), "arab-2010")[0] == "arab-2010"  # the subject stays


REGISTRY = list(load_conventions().values())
EDITION = 2024
ACTS = tables.read("acts")


# Acts


# Conventions open to a state


@pytest.mark.parametrize(
    ("iso3", "left_out"), [("QAT", {"malabo"}), ("EGY", set()), ("VNM", {"malabo", "arab-2010"})]
)
def test_a_convention_made_for_members_is_left_out_for_others(
    iso3: str, left_out: set[str]
) -> None:
    joinable = open_to(iso3, REGISTRY, MEMBERSHIPS, ACTS, NEWEST)
    assert set(load_conventions()) - {c.convention for c in joinable} == left_out
    assert [c for c in REGISTRY if c in joinable] == joinable
    early = open_to(iso3, REGISTRY, MEMBERSHIPS, ACTS, date(2002, 1, 1))
    assert early == [REGISTRY[0], *(c for c in joinable[1:] if c.opens <= date(2002, 1, 1))]


def test_an_organisation_is_set_beside_what_provides_for_it() -> None:
    found = open_to("EUE", REGISTRY, MEMBERSHIPS, ACTS, NEWEST, is_state=False)
    assert [c.convention for c in found] == [
        "hanoi",
        "untoc",
        "uncac",
        "rotterdam",
        "nagoya-kuala-lumpur",
    ]
    statuses = [load_status(c.convention, NEWEST) for c in found]
    none = tables.read("conflicts")[:0]
    answer = brief_answer("EUE", statuses[0], statuses[1:], none, ACTS)
    assert answer.key_figure == f"{len(statuses) - 1} of {len(statuses) - 1}"


# Pillars


def beside() -> pd.DataFrame:
    return tables.read("states").merge(capacity("GCI", EDITION), on="iso3", how="left")


@pytest.mark.parametrize(("iso3", "region"), [("QAT", "Asia"), ("FJI", "Oceania")])
def test_pillars_are_set_beside_the_region(iso3: str, region: str) -> None:
    there = {row["iso3"] for row in rows("states") if row["region"] == region}
    profile = pillar_profile(iso3, beside())
    assert profile["label"].tolist() == list(PILLARS.values())
    for row in profile.to_dict("records"):
        values = {
            line["iso3"]: float(line["value"])
            for line in rows("gci")
            if (line["index"], line["edition"], line["component"])
            == ("GCI", str(EDITION), row["component"])
        }
        region_values = [value for code, value in values.items() if code in there]
        assert row["states"] == len(region_values) > 10
        assert row["value"] == values[iso3]
        assert row["median"] == pytest.approx(median(region_values))
        assert (row["lower"], row["upper"]) == (min(region_values), max(region_values))
        assert row["rank"] == 1 + sum(value > row["value"] for value in region_values)
        assert row["equal"] == region_values.count(row["value"]) - 1


CODES: dict[
    str, dict[str, tuple[str | None, ...]]
] = {  # on the last day of 1980, 2000 and 2015; None where the list has none
    "DEU": {"cow": ("260", "255", "255"), "gw": ("260",) * 3, "un_m49": ("280", "276", "276")},
    "YEM": {"cow": ("678", "679", "679"), "gw": ("678",) * 3, "vdem": ("14",) * 3},
    "SRB": {"gw": ("345", "345", "340"), "cow": ("345",) * 3, "iso2": ("YU", "YU", "RS")},
    "SDN": {"un_m49": ("736", "736", "729"), "cow": ("625",) * 3},
    "SSD": {"gw": (None, None, "626"), "iso2": (None, None, "SS")},
    "VNM": {"gw": ("816",) * 3, "vdem": ("34",) * 3},
    "AFG": {"un_m49": ("004",) * 3, "iso2": ("AF",) * 3},
}


@pytest.mark.parametrize("iso3", CODES)
def test_codes_are_those_of_the_day(iso3: str) -> None:
    days = pd.to_datetime(["1980-12-31", "2000-12-31", "2015-12-31"])
    found = codes_on(pd.DataFrame({"iso3": iso3, "day": days}), CODE_SYSTEMS)
    for system, codes in CODES[iso3].items():
        assert tuple(found[system].astype(object).where(found[system].notna(), None)) == codes


@pytest.mark.parametrize("system", CODE_SYSTEMS)
def test_a_code_means_one_state_which_has_one_on_a_day(system: str) -> None:
    codes = tables.read("codes").query("system == @system")
    assert codes.groupby("code")["iso3"].nunique().max() == 1
    starts = codes["since"].fillna(pd.Timestamp("1800-01-01"))
    ordered = codes.assign(since=starts).sort_values(["iso3", "since"])
    before = ordered.groupby("iso3")["until"].shift()
    again = ordered["iso3"].duplicated()
    assert (before[again] < ordered["since"][again]).all()
    assert all(
        find_country(f"{system}:{code}") == iso3
        for iso3, code in codes[["iso3", "code"]].itertuples(index=False)
    )


def test_a_code_of_several_states_names_them() -> None:
    with pytest.raises(AdoptionError, match=r"'20' is the code of several states: .*cow:20 is CAN"):
        find_country("20")
    with pytest.raises(AdoptionError, match="is a group"):
        find_country("AU")


@pytest.mark.parametrize(
    "name", ["Yugoslavia", "USSR", "U.S.S.R.", "the Soviet Union", "East Germany", "south yemen"]
)
def test_a_state_that_ended_is_named_as_such_and_no_other_is_offered(name: str) -> None:
    ended = (
        "is a state that ended, and none such is held; allowed: the states of today, by name "
        "(docs/research/treaties.md)"
    )
    for find in (find_country, find_group):
        with pytest.raises(AdoptionError) as caught:
            find(name)
        assert str(caught.value).endswith(ended)
        assert "did you mean" not in str(caught.value)


def test_no_name_of_a_state_that_ended_is_that_of_one_that_is_held() -> None:
    ended = load_participants().ended
    assert {"yugoslavia", "ussr", "czechoslovakia", "zanzibar"} <= ended
    assert [name for name in sorted(ended) if recognised(name)] == []
