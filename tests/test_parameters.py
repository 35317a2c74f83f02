"""Parameters: what is allowed, and one clear line for what is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.law.conventions import find_convention, load_conventions
from adoption.show.parameters import check_parameters

NEWEST = tables.data_day()


def test_without_a_value_each_parameter_has_its_default() -> None:
    given = check_parameters()
    assert given.convention is find_convention("hanoi")
    assert given.as_of == NEWEST
    assert (given.country, given.compare, given.edition) == ("QAT", (), 2024)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("latest", NEWEST),
        ("2025-10-25", date(2025, 10, 25)),
        (date(2026, 1, 2), date(2026, 1, 2)),
        (pd.Timestamp("2026-01-02 13:00"), date(2026, 1, 2)),
    ],
)
def test_a_day(value: object, expected: date) -> None:
    assert check_parameters(as_of=value).as_of == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), (" uncac ,CETS 185,", ["uncac", "budapest"]), ("hanoi, untoc", ["hanoi", "untoc"])],
)
def test_conventions_to_compare(text: str, expected: list[str]) -> None:
    given = check_parameters(compare=text)
    assert [c.convention for c in given.compare] == expected
    others = [name for name in expected if name != "hanoi"]
    assert [c.convention for c in given.others()] == others


@pytest.mark.parametrize(("text", "members"), [("gcc", 6), ("Arab League", 22)])
def test_a_group_by_name_id_or_nickname(text: str, members: int) -> None:
    given = check_parameters(group=text, inner="GCC")
    assert given.group is not None
    assert given.inner is not None
    assert (len(given.group.members), given.inner.group) == (members, "gcc")
    assert check_parameters().group is None


def test_without_names_the_conventions_are_all_of_the_registry() -> None:
    assert check_parameters(conventions="").conventions == tuple(load_conventions().values())
    named = check_parameters(conventions="uncac, CETS 185, uncac").conventions
    assert [c.convention for c in named] == ["uncac", "budapest"]


def test_the_subject_is_the_convention_named_or_the_first_of_several() -> None:
    assert check_parameters().subject is None
    assert check_parameters(conventions="uncac, untoc").subject is find_convention("uncac")
    given = check_parameters(convention="untoc", conventions="uncac")
    assert given.subject is find_convention("untoc")


# given, then what the line begins with, then what else stands in it
REFUSED: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"country": "QTR"}, "country: 'QTR'", ["ISO3", "did you mean QAT (Qatar)?"]),
    ({"country": ""}, "country: ''", ["no close match"]),
    ({"country": 634}, "country: 634", ["is not text"]),
    ({"convention": "hanoy"}, "convention: there is no 'hanoy'", ["did you mean hanoi?", "untoc"]),
    ({"as_of": "yesterday"}, "as_of: 'yesterday'", ["2025-10-25", "'latest'"]),
    (
        {"convention": "hanoi", "as_of": "2025-10-24"},
        "as_of: 2025-10-24",
        ["2025-10-25", "opening of hanoi"],
    ),
    (
        {"conventions": "budapest, untoc", "as_of": "2001-11-22"},
        "as_of: 2001-11-22",
        ["2001-11-23", "opening of budapest"],
    ),
    ({"horizon": True}, "horizon: True", ["1 to 30"]),
    ({"index": "GCU"}, "index: there is no 'GCU'", ["did you mean GCI?", "EGDI"]),
    ({"within": "one year"}, "within: 'one year'", ["days, months or years"]),
    (
        {"component": "legall"},
        "component: there is no 'legall' of the GCI",
        ["did you mean legal?", "technical"],
    ),
    (
        {"index": "EGDI", "component": "legal"},
        "component: there is no 'legal' of the EGDI",
        ["online_services"],
    ),
    ({"index": "EGDI", "edition": 2019}, "edition: 2019", ["EGDI", "2018, 2020, 2022, 2024"]),
    ({"as_of": "2026-11-25"}, "as_of: 2026-11-25", ["2026-11-24 (the day of the data)"]),
    ({"edition": 2024.0}, "edition: 2024.0", ["2020, 2024"]),
    ({"group": "arab-legue"}, "group: there is no group or state 'arab-legue'", ["arab-league?"]),
    ({"contry": "QAT"}, "no parameter 'contry'", ["did you mean country?", "as_of", "edition"]),
]


@pytest.mark.parametrize(("given", "begins", "says"), REFUSED)
def test_what_is_not_allowed_is_said_in_one_line(
    given: dict[str, Any], begins: str, says: list[str]
) -> None:
    with pytest.raises(AdoptionError) as caught:
        check_parameters(**given)
    line = str(caught.value)
    assert line.startswith(begins)
    assert [part for part in says if part not in line] == []
    assert len(line.splitlines()) == 1
    assert len(line) <= 500


def test_in_a_notebook_an_error_is_its_line_alone() -> None:
    with pytest.raises(AdoptionError, match="hanoy") as caught:
        check_parameters(convention="hanoy")
    assert caught.value._render_traceback_() == [f"AdoptionError: {caught.value}"]


def test_checked_parameters_cannot_be_changed() -> None:
    given = check_parameters()
    with pytest.raises(ValueError, match="frozen"):
        given.country = "OMN"
    assert (given.country, set(given.model_fields_set)) == ("QAT", set())
