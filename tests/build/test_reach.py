"""How far acts are known, with a depositary's list and without."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.data.reach import with_lists
from tests.build.listing import published
from tests.conftest import made_up

REGISTRY = {"complete_to": date(2020, 12, 31), "reach": "Complete to the end of 2020.",
            "source": "us", "signatories_listed": False}  # fmt: skip
LIST = "the day of the depositary's list."


@pytest.mark.parametrize(
    ("written", "day", "complete", "known", "reach", "source"),
    [
        ({}, "2021-01-01", "2021-01-01", None, f"Complete to 1 January 2021, {LIST}", "untc"),
        ({}, "2020-12-31", "2020-12-31", None, REGISTRY["reach"], "us"),
        ({}, "2019-05-05", "2020-12-31", None, REGISTRY["reach"], "us"),
        (
            {"complete_to": None, "partial_to": date(2020, 6, 1)},
            "2020-07-01",
            "2020-07-01",
            None,
            f"Complete to 1 July 2020, {LIST}",
            "untc",
        ),
        (
            {"nearly_complete_to": date(2021, 3, 1), "partial_to": date(2022, 6, 1)},
            "2021-01-01",
            "2021-01-01",
            "2022-06-01",
            f"Complete to 1 January 2021, {LIST} Nearly complete to 1 March 2021. "
            "Partial to 1 June 2022.",
            "untc",
        ),
        (
            {"partial_to": date(2022, 6, 1)},
            "2022-06-01",
            "2022-06-01",
            None,
            f"Complete to 1 June 2022, {LIST}",
            "untc",
        ),
    ],
)
def test_the_later_of_list_and_registry_holds(
    written: dict[str, object], day: str, complete: str, known: str | None, reach: str, source: str
) -> None:
    atlantis = made_up(**(REGISTRY | written))
    found = with_lists({"atlantis": atlantis, "mu": atlantis}, [published(day)])
    assert found["mu"] == atlantis
    own = found["atlantis"]
    assert own.complete_to == date.fromisoformat(complete)
    assert own.partial_to == (date.fromisoformat(known) if known else None)
    assert own.nearly_complete_to == written.get("nearly_complete_to")
    assert (own.reach, own.source.split("-")[0]) == (reach, source)
    assert own.signatories_listed is (source == "untc")
    same = {"complete_to", "partial_to", "reach", "source", "signatories_listed"}
    assert own.model_dump(exclude=same) == atlantis.model_dump(exclude=same)


def test_without_lists_the_registry_is_as_it_was() -> None:
    written = {"atlantis": made_up()}
    assert with_lists(written, []) == written


def test_a_list_that_was_found_unchanged_reaches_further() -> None:
    atlantis = made_up(**(REGISTRY | {"partial_to": date(2022, 6, 1)}))
    found = with_lists({"atlantis": atlantis}, [published("2021-01-01", until="2021-02-01")])
    own = found["atlantis"]
    assert own.complete_to == date(2021, 2, 1)
    assert own.reach == (
        "Complete to 1 February 2021, when the depositary's list was still that of 1 January 2021. "
        "Partial to 1 June 2022."
    )


@pytest.mark.parametrize("day", ["2021-01-01", "2019-01-01"], ids=["newer", "older"])
def test_the_entry_into_force_that_a_list_prints_is_that_of_the_registry(day: str) -> None:
    atlantis = made_up(**REGISTRY)
    assert atlantis.entered_into_force is None
    listed = published(day, in_force_on=date(2003, 9, 29))
    assert with_lists({"atlantis": atlantis}, [listed])["atlantis"].entered_into_force == date(
        2003, 9, 29
    )
    known = made_up(**(REGISTRY | {"entered_into_force": date(2003, 9, 29)}))
    silent = published(day)
    assert with_lists({"atlantis": known}, [silent])["atlantis"].entered_into_force == date(
        2003, 9, 29
    )
