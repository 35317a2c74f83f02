"""The reviewed exceptions: exactly what the data show, no more and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.core.errors import AdoptionError
from adoption.tables.exceptions import Violation, compare_with_exceptions
from tests.conftest import DataTree

CYBER = "raw/acts-cybercrime/acts.csv"
ALGERIA = "hanoi,DZA,Algeria,signature,2025-10-25"
MEND = "(mend the source, or list it with its reason in data/reference/exceptions.csv)"


def compare(tmp_path: Path, found: list[Violation], *lines: str) -> None:
    path = tmp_path / "exceptions.csv"
    path.write_text("\n".join(["rule,subject,found,why", *lines, ""]), encoding="utf-8")
    compare_with_exceptions(found, path)


def test_exceptions_are_exactly_what_is_found(tmp_path: Path) -> None:
    one, other = Violation("rule", "a subject", "1, 2"), Violation("rule", "a subject", "3")
    compare(tmp_path, [one, other], 'rule,a subject,"1, 2",x', "rule,a subject,3,x")
    with pytest.raises(AdoptionError) as caught:
        compare(tmp_path, [one, other], 'rule,a subject,"1, 2",x')
    assert str(caught.value) == f"rule: a subject: 3 {MEND}"
    with pytest.raises(AdoptionError) as caught:
        compare(tmp_path, [other], "rule,a subject,3,x", 'rule,a subject,"1, 2",x')
    assert str(caught.value) == (
        "data/reference/exceptions.csv: row 3, column found: "
        "the data no longer show rule / a subject / 1, 2: remove the row"
    )


# Through the build


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (
            CYBER,
            ALGERIA,
            ALGERIA.replace("25-10-25", "25-10-24"),
            "act-before-opening: hanoi DZA signature: 2025-10-24",
        ),
        (
            "reference/conventions.toml",
            "entered_into_force = 2003-09-29",
            "entered_into_force = 2003-09-28",
            "entry-into-force-differs: untoc: published 2003-09-28, computed 2003-09-29",
        ),
    ],
    ids=["opening", "force"],
)
def test_a_new_violation_stops_the_build(
    tree: DataTree, file: str, old: str, new: str, found: str
) -> None:
    row = tree.replace(file, old, new)
    message = tree.refusal()
    place = f"{tree.shown(file)}: row {row}, column date: " if file.endswith("csv") else ""
    assert message == f"{place}{found} {MEND}"
