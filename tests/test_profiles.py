"""One state: its acts, its pillars beside its region, its peers, what is missing."""

from __future__ import annotations

import csv
from datetime import date
from statistics import median
from typing import Any

import pandas as pd
import pytest

from adoption import tables
from adoption.countries.profiles import (
    PILLARS,
    acts_of,
    index_history,
    open_to,
    peers,
    pillar_profile,
    what_is_missing,
)
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status, status_on
from adoption.paths import processed_folder
from adoption.sentences.state import brief_answer
from tests.conftest import acts_of as made_up_acts
from tests.conftest import bound, made_up

REGISTRY = list(load_conventions().values())
NEWEST = date(2026, 11, 24)
EDITION = 2024
NAMES = ("acts", "states", "capacity", "memberships")


@pytest.fixture(scope="module")
def read() -> dict[str, pd.DataFrame]:
    return {name: tables.read(name) for name in NAMES}


def lines(name: str) -> list[dict[str, str]]:
    with (processed_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Acts


def test_the_acts_of_qatar_are_those_of_the_table(read: dict[str, pd.DataFrame]) -> None:
    found = acts_of("QAT", REGISTRY, read["acts"], NEWEST)
    shown = {
        (row["convention"], row["act"], f"{row['earliest']:%F}", f"{row['latest']:%F}")
        for row in found.dropna(subset=["act"]).to_dict("records")
    }
    assert shown == {
        (row["convention"], row["act"], row["earliest"], row["latest"])
        for row in lines("acts")
        if row["iso3"] == "QAT"
    }
    without = found.loc[found["act"].isna(), "convention"]
    assert without.tolist() == ["budapest", "budapest-2ap", "malabo", "nagoya-kuala-lumpur"]
    assert found["convention"].drop_duplicates().tolist() == list(load_conventions())
    hanoi = found[found["convention"] == "hanoi"]
    assert hanoi[["act", "grade"]].to_numpy().tolist() == [
        ["signature", "confirmed"],
        ["ratification", "reported"],
    ]


@pytest.mark.parametrize(
    ("day", "acts"),
    [("2026-01-31", ["signature"]), ("2026-02-01", ["signature", "ratification"])],
)
def test_an_act_is_shown_from_its_first_possible_day(
    read: dict[str, pd.DataFrame], day: str, acts: list[str]
) -> None:
    found = acts_of("QAT", REGISTRY[:1], read["acts"], date.fromisoformat(day))
    assert found["act"].tolist() == acts


def test_a_signature_of_the_same_day_stands_before_the_consent() -> None:
    rows = [bound("AAA", "2001-01-05"), ("AAA", "signature", "2001-01-05", "", "confirmed")]
    found = acts_of("AAA", [made_up()], made_up_acts(rows), NEWEST)
    assert found["act"].tolist() == ["signature", "ratification"]


# Conventions open to a state


@pytest.mark.parametrize(
    ("iso3", "left_out"),
    [
        ("QAT", {"malabo"}),
        ("KEN", {"arab-2010"}),
        ("EGY", set()),
        ("VNM", {"malabo", "arab-2010"}),
    ],
)
def test_a_convention_made_for_members_is_left_out_for_others(
    read: dict[str, pd.DataFrame], iso3: str, left_out: set[str]
) -> None:
    joinable = open_to(iso3, REGISTRY, read["memberships"], read["acts"])
    assert set(load_conventions()) - {c.convention for c in joinable} == left_out
    assert [c for c in REGISTRY if c in joinable] == joinable


def test_an_organisation_is_set_beside_what_provides_for_it(
    read: dict[str, pd.DataFrame],
) -> None:
    found = open_to("EUE", REGISTRY, read["memberships"], read["acts"], is_state=False)
    assert [c.convention for c in found] == [
        "hanoi", "untoc", "uncac", "rotterdam", "nagoya-kuala-lumpur",
    ]  # fmt: skip
    statuses = [load_status(c.convention, NEWEST) for c in found]
    assert what_is_missing("EUE", statuses, read, EDITION) == [
        "Whether it has become bound by the UN Convention against Cybercrime after 26 October 2025."
    ], "its population and its capacity are not asked for"
    answer = brief_answer("EUE", statuses[0], statuses[1:])
    assert "It is bound by all of the four other conventions compared: " in answer.text
    assert answer.text.endswith("The instrument of the European Union does not add to the 40.")
    assert answer.reach == statuses[0].convention.reach, "no other list leaves anything open"
    of_state = brief_answer("QAT", statuses[0], [load_status("budapest", NEWEST)])
    assert of_state.reach.endswith("For the other lists see What is missing.")
    assert "does not add" not in of_state.text


def test_one_that_acted_on_it_all_the_same_has_it(read: dict[str, pd.DataFrame]) -> None:
    club = made_up(made_for="African Union")
    acts = made_up_acts([bound("VNM", "2001-02-01")])
    first = load_conventions()["hanoi"]
    assert open_to("VNM", [first, club], read["memberships"], acts) == [first, club]
    assert open_to("QAT", [first, club], read["memberships"], acts) == [first]


def test_the_convention_asked_about_is_never_left_out(read: dict[str, pd.DataFrame]) -> None:
    club = made_up(made_for="African Union")
    acts = made_up_acts([bound("VNM", "2001-02-01")])
    assert open_to("QAT", [club], read["memberships"], acts) == [club]
    malabo = load_status("malabo", date(2026, 11, 24))
    text = brief_answer("USA", malabo, []).text
    assert text.startswith("The Malabo Convention is made for the members of the African Union. No")


# Pillars


@pytest.mark.parametrize(("iso3", "region"), [("QAT", "Asia"), ("FJI", "Oceania")])
def test_pillars_are_set_beside_the_rest_of_the_region(
    read: dict[str, pd.DataFrame], iso3: str, region: str
) -> None:
    there = {row["iso3"] for row in lines("states") if row["region"] == region}
    profile = pillar_profile(iso3, read["capacity"], read["states"], EDITION)
    assert profile["label"].tolist() == list(PILLARS.values())
    for row in profile.to_dict("records"):
        values = {
            line["iso3"]: float(line["value"])
            for line in lines("capacity")
            if (line["index"], line["edition"], line["component"])
            == ("GCI", str(EDITION), row["component"])
        }
        others = [value for code, value in values.items() if code in there and code != iso3]
        assert len(others) > 10
        assert row["value"] == values[iso3]
        assert row["median"] == pytest.approx(median(others))
        assert (row["low"], row["high"]) == (min(others), max(others))
        assert row["states"] == len(others)


def test_pillars_that_are_not_known_stay_missing(read: dict[str, pd.DataFrame]) -> None:
    palau = pillar_profile("PLW", read["capacity"], read["states"], EDITION)
    assert palau["value"].isna().all()
    assert palau["median"].notna().all()
    assert len(palau) == len(PILLARS)


def test_the_history_has_every_overall_value(read: dict[str, pd.DataFrame]) -> None:
    history = index_history("QAT", read["capacity"])
    shown = [(row["index"], row["edition"], row["value"]) for row in history.to_dict("records")]
    table = [
        (row["index"], int(row["edition"]), float(row["value"]))
        for row in lines("capacity")
        if (row["iso3"], row["component"]) == ("QAT", "overall")
    ]
    assert sorted(shown) == sorted(table)
    assert [row[0] for row in shown] == ["GCI"] * 3 + ["EGDI"] * 4
    assert [row[1] for row in shown] == [2018, 2020, 2024, 2018, 2020, 2022, 2024]


# Peers


@pytest.mark.parametrize("iso3", ["QAT", "PLW", "NIU", "PSE"])
def test_peers_are_the_sub_region_best_first_and_those_without_a_value_last(
    read: dict[str, pd.DataFrame], iso3: str
) -> None:
    status = load_status("hanoi", NEWEST)
    found = peers(iso3, status, read["states"], read["capacity"], EDITION)
    place = {row["iso3"]: row["subregion"] for row in lines("states")}
    assert set(found["iso3"]) == {code for code, where in place.items() if where == place[iso3]}
    known, unknown = found["overall"].dropna(), found["overall"].isna()
    assert known.is_monotonic_decreasing
    assert unknown.tolist() == sorted(unknown)
    for _, group in found.groupby("overall", dropna=False):
        assert group["name"].tolist() == sorted(group["name"])
    assert unknown[found["iso3"].isin(["PLW", "NIU", "COK"])].all()
    by_code = status.participants.set_index("iso3")["status"]
    assert found.set_index("iso3")["status"].to_dict() == by_code[found["iso3"]].to_dict()


# What is missing


def missing(read: dict[str, pd.DataFrame], iso3: str, day: date, *only: Any) -> list[str]:
    joinable = only or open_to(iso3, REGISTRY, read["memberships"], read["acts"])
    statuses = [status_on(convention, day, read["acts"], read["states"]) for convention in joinable]
    return what_is_missing(iso3, statuses, read, EDITION)


def test_what_is_missing_of_qatar(read: dict[str, pd.DataFrame]) -> None:
    found = missing(read, "QAT", NEWEST)
    reported = "the reported ratification of the UN Convention against Cybercrime"
    assert f"Whether {reported} took place, and on which day." in found
    assert "Whether it has acted on the Budapest Convention after 9 October 2024." in found
    assert not [line for line in found if "pillar" in line or "Malabo" in line]


@pytest.mark.parametrize(("day", "undated"), [("2025-10-26", []), ("2026-02-01", ["ratification"])])
def test_a_brief_does_not_know_later_acts(
    read: dict[str, pd.DataFrame], day: str, undated: list[str]
) -> None:
    found = missing(read, "QAT", date.fromisoformat(day), REGISTRY[0])
    title = REGISTRY[0].short_title
    expected = [f"Whether the reported {act} of the {title} took place, " for act in undated]
    assert [line[: line.find("and on")] for line in found if "took place" in line] == expected


def test_a_signatory_may_have_become_bound_since(read: dict[str, pd.DataFrame]) -> None:
    assert missing(read, "AGO", date(2025, 10, 26), REGISTRY[0]) == []
    (line,) = missing(read, "AGO", date(2025, 10, 27), REGISTRY[0])
    assert "bound" in line
    assert line.endswith("after 26 October 2025.")


def test_values_that_are_not_known_are_named(read: dict[str, pd.DataFrame]) -> None:
    assert "Its pillar values in the GCI 2024." in missing(read, "PLW", NEWEST)
    gone = read["capacity"]["component"].isin(["legal", "cooperation"])
    found = missing(read | {"capacity": read["capacity"][~gone]}, "QAT", NEWEST)
    assert [line for line in found if "pillar" in line] == [
        "Its legal pillar in the GCI 2024.",
        "Its cooperation pillar in the GCI 2024.",
    ]


@pytest.mark.parametrize(
    ("day", "complete_to", "expected"),
    [
        ("2001-06-01", date(2001, 6, 1), []),
        ("2001-06-02", date(2001, 6, 1), ["after 1 June 2001"]),
        ("2001-06-02", None, ["at any time"]),
    ],
)
def test_beyond_the_reach_of_a_list_it_is_not_known_whether_a_state_acted(
    read: dict[str, pd.DataFrame], day: str, complete_to: date | None, expected: list[str]
) -> None:
    convention = made_up(short_title="Atlantis Convention", complete_to=complete_to)
    found = missing(read, "FRA", date.fromisoformat(day), convention)
    assert found == [f"Whether it has acted on the Atlantis Convention {end}." for end in expected]


def test_what_a_state_lacks_in_the_table_states_is_named(read: dict[str, pd.DataFrame]) -> None:
    columns = ["population", "gdp_per_capita", "internet_users_pct", "income_group"]
    states = read["states"].copy()
    states.loc[states["iso3"] == "FRA", columns] = pd.NA
    found = missing(read | {"states": states}, "FRA", date(2001, 1, 1), made_up())
    assert found == [
        "Its population.",
        "Its GDP per capita.",
        "Its share of Internet users.",
        "Its income group.",
    ]
