"""A state that is bound, withdraws and is bound again, of which a list has one term or both."""

from __future__ import annotations

import pytest

from tests.build.listing import told
from tests.build.merging import LISTED, differences, merged
from tests.conftest import Act, bound

ONE, AGAIN = bound("AAA", "1996-02-01"), bound("AAA", "2000-03-01")
LEFT: Act = ("AAA", "withdrawal", "1998-01-01", "", "confirmed")
LEFT_AGAIN: Act = ("AAA", "withdrawal", "2001-06-01", "", "confirmed")
MINE = {
    "one": "AAA ratification 1996-02-01 confirmed us",
    "left": "AAA withdrawal 1998-01-01 confirmed us",
}


@pytest.mark.parametrize(
    ("record", "listed", "kept", "conflicts"),
    [
        pytest.param(
            [ONE, LEFT, AGAIN],
            ["AAA ratification 2000-03-01"],
            [MINE["one"], MINE["left"], f"AAA ratification 2000-03-01 {LISTED}"],
            [],
            id="a list of the newest term",
        ),
        pytest.param(
            [ONE, LEFT],
            ["AAA accession 2000-03-01"],
            [MINE["one"], MINE["left"], f"AAA accession 2000-03-01 {LISTED}"],
            [],
            id="of which only the list knows, and by another name",
        ),
        pytest.param(
            [ONE, LEFT, ("AAA", "ratification", "2000-02-20", "2000-03-10", "reported")],
            ["AAA ratification 2000-03-01"],
            [MINE["one"], MINE["left"], f"AAA ratification 2000-03-01 {LISTED}"],
            [],
            id="and whose window the list closes",
        ),
        pytest.param(
            [ONE, LEFT],
            ["[AAA ratification 1996-02-03]", "AAA ratification 2000-03-01"],
            [
                f"AAA ratification 1996-02-03 {LISTED}",
                MINE["left"],
                f"AAA ratification 2000-03-01 {LISTED}",
            ],
            [("AAA", "consent", "day", "1996-02-03", "1996-02-01", "confirmed")],
            id="a list of both terms corrects the first",
        ),
        pytest.param(
            [ONE, ("AAA", "withdrawal", "1998-01-01", "2001-01-01", "reported")],
            ["AAA ratification 2000-03-01"],
            [
                "AAA withdrawal 1998-01-01..2001-01-01 reported us",
                f"AAA ratification 2000-03-01 {LISTED}",
            ],
            [("AAA", "consent", "day", "2000-03-01", "1996-02-01", "confirmed")],
            id="a withdrawal that may have come later makes no second term",
        ),
        pytest.param(
            [ONE, LEFT, AGAIN, LEFT_AGAIN],
            ["[AAA ratification 1996-02-01]", "[AAA ratification 2000-03-01]",
             "AAA withdrawal 2001-06-01"],
            [
                f"AAA ratification 1996-02-01 {LISTED}",
                MINE["left"],
                f"AAA ratification 2000-03-01 {LISTED}",
                f"AAA withdrawal 2001-06-01 {LISTED}",
            ],
            [],
            id="both terms, and the last withdrawal",
        ),
        pytest.param(
            [ONE, LEFT, AGAIN, LEFT_AGAIN],
            ["AAA ratification 2000-03-01", "AAA withdrawal 2001-06-03"],
            [
                MINE["one"],
                MINE["left"],
                f"AAA ratification 2000-03-01 {LISTED}",
                f"AAA withdrawal 2001-06-03 {LISTED}",
            ],
            [("AAA", "withdrawal", "day", "2001-06-03", "2001-06-01", "confirmed")],
            id="a list that has the last consent and the last withdrawal",
        ),
        pytest.param(
            [ONE, LEFT, AGAIN, LEFT_AGAIN],
            ["AAA ratification 2000-03-01", "AAA withdrawal 1998-01-01"],
            [
                MINE["one"],
                f"AAA withdrawal 1998-01-01 {LISTED}",
                f"AAA ratification 2000-03-01 {LISTED}",
                "AAA withdrawal 2001-06-01 confirmed us",
            ],
            [],
            id="a list that does not know of the last withdrawal",
        ),
        pytest.param(
            [("AAA", "ratification", "1996-02-01", "", "reported"), LEFT],
            ["AAA ratification 2000-03-01"],
            [MINE["left"], f"AAA ratification 2000-03-01 {LISTED}"],
            [("AAA", "consent", "listed", "not listed", "ratification, 1996-02-01", "reported")],
            id="a report of a term that no list has",
        ),
        pytest.param(
            [ONE, ("AAA", "acceptance", "1996-02-01", "", "confirmed"), LEFT],
            ["[AAA ratification 1996-02-01]", "AAA ratification 2000-03-01"],
            [
                f"AAA ratification 1996-02-01 {LISTED}",
                MINE["left"],
                f"AAA ratification 2000-03-01 {LISTED}",
            ],
            [("AAA", "consent", "listed", "not listed", "acceptance, 1996-02-01", "confirmed")],
            id="a second name of the first term",
        ),
        pytest.param(
            [("AAA", "withdrawal", "1998-01-01", "1998-05-01", "reported")],
            ["[AAA ratification 1996-02-01]", "AAA withdrawal 1998-05-01",
             "AAA ratification 1998-05-01"],
            [
                f"AAA ratification 1996-02-01 {LISTED}",
                f"AAA ratification 1998-05-01 {LISTED}",
                f"AAA withdrawal 1998-05-01 {LISTED}",
            ],
            [],
            id="bound again on the day, of which there was a report with a window",
        ),
        pytest.param(
            [],
            ["[AAA ratification 1996-02-01]", "[AAA ratification 2000-03-01]",
             "AAA withdrawal 1998-01-01"],
            [f"AAA ratification 1996-02-01 {LISTED}", f"AAA withdrawal 1998-01-01 {LISTED}"],
            [],
            id="brackets after the last withdrawal were taken back",
        ),
    ],
)  # fmt: skip
def test_terms(
    record: list[Act], listed: list[str], kept: list[str], conflicts: list[tuple[str, ...]]
) -> None:
    acts, found = merged(record, *listed)
    assert told(acts) == kept
    assert differences(found) == conflicts
