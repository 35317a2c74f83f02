"""The reviewed exceptions: exactly what the data show, no more and no less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adoption.build.exceptions import Violation, compare_with_exceptions
from adoption.errors import AdoptionError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataTree

CYBER = "raw/acts-cybercrime/acts.csv"
TREATIES = "raw/untc-base/treaties.csv"
ENTRIES = "raw/acts-comparison/entry-into-force.csv"
EXCEPTIONS = "reference/exceptions.csv"
GCI = "raw/itu-gci/gci.csv"
ALGERIA = "hanoi,DZA,Algeria,signature,2025-10-25"
OF_ONE_ROW = {
    "act-before-opening",
    "act-in-the-future",
    "header-differs",
    "state-entry-into-force-differs",
}
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
            CYBER,
            ALGERIA,
            ALGERIA.replace("2025-10", "2026-12"),
            "act-in-the-future: hanoi DZA signature: 2026-12-25",
        ),
        (
            CYBER,
            ALGERIA,
            f"hanoi,MUS,Mauritius,ratification,2025-11-18,,,reported,untc-xml,\n{ALGERIA}",
            "consent-before-signature: hanoi MUS: 2025-11-18",
        ),
        (TREATIES, ",0,49,,49,49,", ",0,49,,50,49,", "header-differs: I-1 parties: header 50, co"),
        (
            ENTRIES,
            "ALB,Albania,2004-07-01",
            "ALB,Albania,2004-08-01",
            "state-entry-into-force-differs: budapest ALB: published 2004-08-01, by the rule 2004-",
        ),
        (
            "reference/conventions.toml",
            "entered_into_force = 2003-09-29",
            "entered_into_force = 2003-09-28",
            "entry-into-force-differs: untoc: published 2003-09-28, computed 2003-09-29",
        ),
        (
            GCI,
            "QAT,Qatar,2024,100.00",
            "QAT,Qatar,2024,99.00",
            "pillars-differ-from-overall: GCI 2024 QAT: pillars 100.00, overall 99.00",
        ),
    ],
    ids=["opening", "future", "signature", "header", "state", "force", "pillars"],
)
def test_a_new_violation_stops_the_build(
    tree: DataTree, file: str, old: str, new: str, found: str
) -> None:
    row = tree.replace(file, old, new)
    message = tree.refusal()
    rule, at = found.split(":", 1)[0], f"{tree.shown(file)}: row {row}, column "
    assert message.startswith((found, at)), message
    assert found in message
    assert message.startswith(at) == (rule in OF_ONE_ROW)
    assert message.endswith(MEND)


def test_an_exception_that_stands_twice_stops_the_build(tree: DataTree) -> None:
    row = tree.append(EXCEPTIONS, tree.data(EXCEPTIONS).decode().splitlines()[-1])
    message = tree.refusal()
    assert message.startswith(f"data/reference/exceptions.csv: row {row}, column rule: ")
    assert message.endswith("stands twice")


def test_an_exception_no_longer_shown_stops_the_build(tree: DataTree) -> None:
    row = tree.append(EXCEPTIONS, "act-before-opening,hanoi QAT signature,2025-01-01,why")
    assert tree.refusal() == (
        f"data/reference/exceptions.csv: row {row}, column found: the data no longer show "
        "act-before-opening / hanoi QAT signature / 2025-01-01: remove the row"
    )
