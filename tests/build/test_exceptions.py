"""The reviewed exceptions: exactly what the data show, no more and no less."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.data import list_guards
from adoption.data.exceptions import (
    Key,
    Violation,
    compare_with_exceptions,
    coverage,
    no_longer_shown,
    unlisted,
)
from adoption.data.fetched import Published
from adoption.data.guards import differences
from adoption.errors import AdoptionError
from tests.build.listing import published
from tests.conftest import DataTree, acts_of, bound

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


VANISHED, WHOSE = "act-vanished", "hanoi QAT signature"
BEFORE, DAY, LATER, LAST = "2026-11-24", "2026-11-25", "2026-11-26", "2026-12-03"


def said_by_guards(day: str) -> list[Key]:
    """Return what the guards find in lists and files of a day that say otherwise than before."""
    acts = ["AAA signature 2001-02-01", "BBB accession 2001-02-01", "CCC ratification 2001-02-01",
            "DDD signature 2001-02-01"]  # fmt: skip
    others = ["AAA signature 2001-02-02", "[BBB accession 2001-02-01]",
              "CCC acceptance 2001-02-01"]  # fmt: skip
    first = published("2002-01-01", *acts, in_force_on=date(2001, 6, 1))
    then = published(day, *others)
    record = acts_of([bound("EEE", "2002-06-01")])
    when = date.fromisoformat(day)
    values = pd.DataFrame(
        {"measure": ["EGDI overall"] * 2 + ["A"], "iso3": ["QAT", "OMN", "QAT"], "year": 2024,
         "value": [0.9, 0.8, 0.7]}
    )  # fmt: skip
    fewer = Published("us", "egdi", when, "x", values[:1].assign(value=0.1))
    found = [
        *list_guards.list_violations([[first, then]], record),
        *differences(values, fewer, "jumped", "vanished"),
    ]
    return [violation[:3] for violation in found if day in violation.found]


def test_an_exception_that_names_a_day_covers_the_same_of_a_later_day() -> None:
    earlier, then, later = (said_by_guards(day) for day in (BEFORE, DAY, LATER))
    assert {rule for rule, _, _ in then} == {
        "act-changed", "act-vanished",
        "jumped", "vanished",
    }  # fmt: skip
    assert coverage(then, later) == dict(zip(later, then, strict=True))
    assert coverage(then, earlier) == {}, "what was looked at came later"


def of(*days: str) -> list[Key]:
    """Return what the lists of some days say, an act being gone."""
    return [(VANISHED, WHOSE, f"2025-10-25, not in the list of {day}") for day in days]


@pytest.mark.parametrize(
    ("listed", "found", "covering"),
    [
        pytest.param([DAY], [DAY, LATER], {DAY: DAY}, id="its own and no other"),
        pytest.param([DAY], [LATER, LAST], {LATER: DAY}, id="the first of two"),
        pytest.param([DAY, LATER], [LATER, LAST], {LATER: LATER, LAST: DAY}, id="one each"),
        pytest.param([DAY, LATER], [LAST], {LAST: LATER}, id="the last that was looked at"),
        pytest.param([DAY, LAST], [LATER, "2026-12-09"], {LATER: DAY, "2026-12-09": LAST},
                     id="in turn"),
        pytest.param([LATER], [DAY], {}, id="nothing earlier"),
    ],
)  # fmt: skip
def test_each_exception_covers_one(
    listed: list[str], found: list[str], covering: dict[str, str]
) -> None:
    """What vanishes again, after it had come back, needs a row of its own."""
    pairs = [*zip(of(*covering), of(*covering.values()), strict=True)]
    assert coverage(of(*listed), of(*found)) == dict(pairs)


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ((VANISHED, WHOSE, "2025-10-25, not in the list of 2026-11-25"), ("act-not-in-list", WHOSE,
         "2025-10-25, not in the list of 2026-11-26")),
        ((VANISHED, WHOSE, "2025-10-25, not in the list of 2026-11-25"), (VANISHED,
         "hanoi OMN signature", "2025-10-25, not in the list of 2026-11-26")),
        ((VANISHED, WHOSE, "2025-10-25, not in the list of 2026-11-25"), (VANISHED, WHOSE,
         "2025-10-26, not in the list of 2026-11-26")),
        (("act-in-the-future", WHOSE, "2026-11-25"), ("act-in-the-future", WHOSE, "2026-11-26")),
        ((VANISHED, WHOSE, "2025-10-25, not in the list of 2026-11-25"), (VANISHED, WHOSE,
         "2025-10-25, not in the list of 2026-12-27")),
        ((VANISHED, WHOSE, "2025-10-25, not in the list of 2026-11-31"), (VANISHED, WHOSE,
         "2025-10-25, not in the list of 2026-12-01")),
    ],
    ids=["rule", "subject", "act", "its day", "long after", "no such day"],
)  # fmt: skip
def test_nothing_else_is_covered(listed: Key, found: Key) -> None:
    assert coverage([listed], [found]) == {}


def test_an_exception_of_an_earlier_list_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "exceptions.csv"
    row = ",".join(f'"{cell}"' for cell in (*of(DAY)[0], "x"))
    first, again = (Violation(*key) for key in of(LATER, LAST))
    compare(tmp_path, [first], row)
    assert no_longer_shown([first, again], path) == []
    assert unlisted([first, again], path) == [again]
    with pytest.raises(AdoptionError, match=f"list of {LAST} \\(mend the source, or list it"):
        compare(tmp_path, [first, again], row)
    with pytest.raises(AdoptionError, match=f"no longer show .* list of {DAY}: remove the row"):
        compare(tmp_path, [], row)


# Through the build


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (CYBER, ALGERIA, ALGERIA.replace("25-10-25", "25-10-24"),
         "act-before-opening: hanoi DZA signature: 2025-10-24"),
        ("reference/conventions.toml", "entered_into_force = 2003-09-29",
         "entered_into_force = 2003-09-28",
         "entry-into-force-differs: untoc: published 2003-09-28, computed 2003-09-29"),
    ],
    ids=["opening", "force"],
)  # fmt: skip
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
