"""Values as their publisher gives them."""

from __future__ import annotations

import pytest

from adoption.data.readers.decoding import UnreadableError
from adoption.news.kinds import ValueChange
from adoption.news.published import holds_values, published_changes
from tests.news.sources import egdi, gci, population

CODES = {"Viet Nam": "VNM", "Qatar": "QAT"}


def test_the_index_of_the_itu() -> None:
    old = gci(("QAT", "2020", "94.5"), ("QAT", "2024", "90"), ("OMN", "2024", "80"))
    new = gci(("QAT", "2020", "94.50"), ("QAT", "2024", "91.25"), ("VNM", "2024", "99"))
    overall = ("GCI", "2024", "overall", "value")
    assert published_changes("gci", "overall.csv", old, new, CODES) == (
        ValueChange("OMN", *overall, 80.0, None),
        ValueChange("QAT", *overall, 90.0, 91.25),
        ValueChange("VNM", *overall, None, 99.0),
    )


def test_the_index_of_the_knowledgebase_has_names_and_no_codes() -> None:
    old = egdi(("Viet Nam ", "0.7"), ("Ruritania", "0.5"))
    new = egdi(("Viet Nam", "0.75"), ("Ruritania", "0.6"))
    overall = ("EGDI", "2024", "overall", "value")
    assert published_changes("egdi", "EGOV_DATA_2024.csv", old, new, CODES) == (
        ValueChange("Ruritania", *overall, 0.5, 0.6),
        ValueChange("VNM", *overall, 0.7, 0.75),
    )


def test_an_indicator_of_the_world_bank() -> None:
    old = population(("QA", "QAT", 3), ("1W", "", 8))
    new = population(("1W", "", 9), ("QA", "QAT", 4))
    year = ("SP.POP.TOTL", "2024", "", "value")
    assert published_changes("indicators", "SP.POP.TOTL.json", old, new, CODES) == (
        ValueChange("1W", *year, 8.0, 9.0),
        ValueChange("QAT", *year, 3.0, 4.0),
    )


def test_the_same_values_in_another_order_are_the_same() -> None:
    rows = [("QAT", "2024", "90"), ("OMN", "2024", "80")]
    assert published_changes("gci", "overall.csv", gci(*rows), gci(*reversed(rows)), {}) == ()


def test_what_cannot_be_read_is_one_line_that_names_the_file() -> None:
    good = gci(("QAT", "2024", "90"))
    with pytest.raises(UnreadableError, match=r"^overall.csv: "):
        published_changes("gci", "overall.csv", good, good.replace(b"OBS_VALUE", b"VALUE"), {})


@pytest.mark.parametrize(
    ("reader", "name", "holds"),
    [
        ("gci", "overall.csv", True),
        ("egdi", "EGOV_DATA_2024.csv", True),
        ("indicators", "SP.POP.TOTL.json", True),
        ("indicators", "countries.json", False),
        ("votes", "votes.csv", False),
        ("untc", "XVIII-16.en.xml", False),
    ],
)
def test_which_files_hold_values(reader: str, name: str, holds: bool) -> None:
    assert holds_values(reader, name) is holds
