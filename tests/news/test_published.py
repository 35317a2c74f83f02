"""Values as their publisher gives them."""

from __future__ import annotations

import pytest

from adoption.news.kinds import ValueChange
from adoption.news.published import holds_values, published_changes
from adoption.sources.decoding import UnreadableError
from tests.news.sources import gci

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


def test_what_cannot_be_read_is_one_line_that_names_the_file() -> None:
    good = gci(("QAT", "2024", "90"))
    with pytest.raises(UnreadableError, match=r"^overall.csv: "):
        published_changes("gci", "overall.csv", good, good.replace(b"OBS_VALUE", b"VALUE"), {})


@pytest.mark.parametrize(
    ("reader", "name", "holds"),
    [
        ("indicators", "SP.POP.TOTL.json", True),
        ("indicators", "countries.json", False),
        ("votes", "votes.csv", False),
    ],
)
def test_which_files_hold_values(reader: str, name: str, holds: bool) -> None:
    assert holds_values(reader, name) is holds
