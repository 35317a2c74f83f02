"""Exceptions that nothing shows: what was accepted goes, what a person wrote is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.refresh.acceptance import reason_given
from adoption.refresh.exceptions_left import tidy_exceptions
from adoption.refresh.place import Place

ACCEPTED = ("rule", "hanoi QAT signature", "2025-10-25, not in the list of 2026-12-15")
WRITTEN = ("rule", "hanoi ESP signature", "2025-10-26, not in the list of 2026-12-15")
SHOWN = ("rule", "hanoi FRA signature", "2025-10-26, not in the list of 2026-12-15")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path)
    found.reference.mkdir(parents=True)
    rows = [
        (*ACCEPTED, reason_given("It says so", "A. Person", "2026-12-16")),
        (*WRITTEN, "accepted by A. Person"),
        (*SHOWN, reason_given("It says so", "A. Person", "2026-12-16")),
    ]
    lines = ["rule,subject,found,why", *(",".join(f'"{cell}"' for cell in row) for row in rows)]
    text = "".join(f"{line}\n" for line in lines)
    (found.reference / "exceptions.csv").write_text(text, encoding="utf-8")
    return found


def test_what_was_accepted_and_is_not_shown_any_more_is_taken_out(place: Place) -> None:
    said: list[str] = []
    tidy_exceptions(place, [ACCEPTED, WRITTEN], said.append)
    assert said == [
        "1 exception no longer shown is taken out of the list",
        "data/reference/exceptions.csv: rule / hanoi ESP signature / 2025-10-26, not in "
        "the list of 2026-12-15: nothing shows it; `adoption build` wants it taken out",
    ]
    text = (place.reference / "exceptions.csv").read_text(encoding="utf-8")
    assert [name in text for name in ("QAT", "ESP", "FRA")] == [False, True, True]


def test_where_all_are_shown_nothing_is_written(place: Place) -> None:
    before = (place.reference / "exceptions.csv").stat()
    tidy_exceptions(place, [], pytest.fail)
    assert (place.reference / "exceptions.csv").stat() == before
