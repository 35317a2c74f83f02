"""Sets of a plan: what they hold, and the pages that an entry stands for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption import tables
from adoption.countries.groups import all_groups
from adoption.errors import AdoptionError
from adoption.law.conventions import load_conventions
from adoption.reports.planning.sets import SETS, expand

WHERE = "reports.toml: page 3"
TWO = {"pair": lambda: ["x", "y"]}


def entry(**more: Any) -> dict[str, Any]:
    return {"slug": "brief-{country}", "notebook": "n", "each": {"country": "members"}} | more


def refused(**more: Any) -> str:
    with pytest.raises(AdoptionError) as caught:
        expand(entry(**more), WHERE)
    line = str(caught.value)
    assert line.startswith(f"{WHERE}, ")
    return line.removeprefix(f"{WHERE}, ")


def test_the_sets_are_those_of_the_data() -> None:
    states = tables.read("states")
    members = states.loc[states["un_member"], "iso3"]
    assert set(SETS["members"]()) == set(members)
    assert set(SETS["participants"]()) == set(states["iso3"]) > {"PSE", "VAT", "EUE"}
    assert SETS["groups"]() == list(all_groups(states, tables.read("memberships")))
    assert SETS["conventions"]() == list(load_conventions())
    for read in SETS.values():
        assert len(set(read())) == len(read())


def test_states_come_in_order_of_name_whatever_its_accents() -> None:
    names = tables.read("states").set_index("iso3")["name"]
    first = [names[iso3] for iso3 in SETS["members"]()]
    assert first[0] == "Afghanistan"
    assert first[-1] == "Zimbabwe"
    at = first.index
    assert at("Costa Rica") < at("Côte d'Ivoire") < at("Croatia")
    assert at("Türkiye") < at("Turkmenistan") < at("Tuvalu")


def test_an_entry_of_one_page_is_that_page() -> None:
    one = {"slug": "a", "notebook": "n", "parameters": {"country": "QAT"}}
    assert expand(one, WHERE) == [one]


def test_a_page_for_each_value_keeps_the_rest_of_the_entry() -> None:
    made = expand(
        entry(each={"country": "pair"}, parameters={"edition": 2024}, section="S"), WHERE, TWO
    )
    assert made == [
        {"slug": f"brief-{country}", "notebook": "n", "section": "S",
         "parameters": {"edition": 2024, "country": country}}
        for country in ("x", "y")
    ]  # fmt: skip


def test_every_combination_of_more_parameters() -> None:
    made = expand(
        entry(slug="{edition}-{country}", each={"country": "pair", "edition": [2020, 2024]}),
        WHERE,
        TWO,
    )
    assert [page["slug"] for page in made] == ["2020-x", "2024-x", "2020-y", "2024-y"]
    assert made[1]["parameters"] == {"country": "x", "edition": 2024}


def test_values_of_every_plain_kind_are_made_fit_for_an_address() -> None:
    values = ["Côte d'Ivoire", "XVIII-12", 0.5, True, date(2025, 10, 25)]
    made = expand(entry(each={"country": values}), WHERE)
    assert [page["slug"] for page in made] == [
        "brief-cote-d-ivoire", "brief-xviii-12", "brief-0-5", "brief-true", "brief-2025-10-25",
    ]  # fmt: skip
    given = [page["parameters"]["country"] for page in made]
    assert given == ["Côte d'Ivoire", "XVIII-12", 0.5, True, "2025-10-25"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"each": {"country": "membres"}},
         "each.country: there is no set 'membres'; did you mean members? "
         "(all: members, participants, groups, conventions)"),
        ({"each": {"country": 3}}, "each.country: 3 is neither the name of a set nor some values"),
        ({"each": {"country": []}}, "each.country: [] is neither"),
        ({"each": {"country": ["QAT", ["OMN"]]}}, "each.country: ['OMN'] is not a plain value"),
        ({"each": {"country": ["QAT", "--"]}}, "each.country: '--' gives no slug"),
        ({"each": {"country": [""]}}, "each.country: '' gives no slug"),
        ({"each": {}}, "each: names parameters and their values"),
        ({"each": "members"}, "each: names parameters and their values"),
        ({"slug": "brief"}, "slug: lacks {country}, a parameter of each"),
        ({"slug": "{contry}-{country}"},
         "slug: {contry} is not a parameter of each; did you mean country?"),
        ({"slug": "{}-{country}"}, "slug: {} is not a parameter of each"),
        ({"parameters": {"country": "QAT"}}, "each.country: stands under parameters as well"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry(more: dict[str, Any], says: str) -> None:
    assert refused(**more).startswith(says)


def test_a_place_without_each() -> None:
    with pytest.raises(AdoptionError, match=r"page 3, slug: \{country\} is not a parameter of ea"):
        expand({"slug": "brief-{country}", "notebook": "n"}, WHERE)
