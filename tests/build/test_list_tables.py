"""What lists say beside their acts: how far they reach, entries into force, statements."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.ingest.merge import statements_of_lists, with_lists
from adoption.ingest.readers.untc import OTHER, STATEMENT_KINDS, statement
from adoption.tables.dictionary import TABLES
from adoption.tables.write import conform
from tests.build.listing import participants, published
from tests.conftest import made_up

REGISTRY = {
    "complete_to": date(2020, 12, 31),
    "reach": "Complete to the end of 2020.",
    "source": "us",
    "signatories_listed": False,
}
LIST = "the day of the depositary's list."


@pytest.mark.parametrize(
    ("written", "day", "complete", "known", "reach", "source"),
    [
        ({}, "2021-01-01", "2021-01-01", None, f"Complete to 1 January 2021, {LIST}", "untc"),
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
    force = date(2003, 9, 29)
    for known, printed in ((None, force), (force, None)):
        atlantis = made_up(**REGISTRY, entered_into_force=known)
        found = with_lists({"atlantis": atlantis}, [published(day, in_force_on=printed)])
        assert found["atlantis"].entered_into_force == force


# Statements


def test_each_text_is_a_row_with_its_checksum_and_its_list() -> None:
    texts = (
        statement("declaration", "AAA", "Subject to article 3.\nAnd to article 4."),
        statement("declaration", "AAA", "Subject to article 3.\nAnd to article 4."),
        statement("objection", "Mu", "Not at all."),
        statement("end note", "", "See volume 2."),
    )
    lists = [published("2002-01-01", "AAA signature 2001-02-01", statements=texts)]
    frame = conform("statements", statements_of_lists(lists, participants()))
    assert frame[["iso3", "participant", "kind"]].fillna("").to_numpy().tolist() == [
        ["AAA", "AAA", "declaration"],
        ["", "", "end note"],
        ["BBB", "Mu", "objection"],
    ]
    assert frame.loc[0, "text"] == texts[0].text
    assert frame.loc[0, "sha256"] == texts[0].sha256
    assert set(frame["source"]) == {"untc-atlantis"}


def test_whoever_is_unknown_or_no_state_is_kept_without_a_code() -> None:
    said = tuple(statement("notification", who, "Moved.") for who in ("Nobody", "Reef", "Bank"))
    lists = [published("2002-01-01", "AAA signature 2001-02-01", statements=said)]
    frame = conform("statements", statements_of_lists(lists, participants()))
    assert frame["participant"].tolist() == ["Bank", "Nobody", "Reef"]
    assert frame["iso3"].isna().all()


def test_every_kind_that_is_read_has_its_word() -> None:
    (table,) = (table for table in TABLES if table.name == "statements")
    (kind,) = (column for column in table.columns if column.name == "kind")
    assert {*STATEMENT_KINDS.values(), OTHER, "reservation"} == set(
        kind.allowed
    )  # the last is ours
