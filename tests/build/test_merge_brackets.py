"""What stands in brackets, and who has withdrawn: what becomes of it in the table of acts."""

from __future__ import annotations

import pytest

from tests.build.listing import told
from tests.build.merging import LISTED, differences, merged, signed
from tests.conftest import Act, bound


@pytest.mark.parametrize(
    ("record", "listed", "kept", "conflicts"),
    [
        pytest.param(
            [bound("AAA", "2001-02-01")],
            ["[AAA ratification 2001-02-01]", "AAA ratification 2001-02-02"],
            [f"AAA ratification 2001-02-02 {LISTED}"],
            [("AAA", "consent", "day", "2001-02-02", "2001-02-01", "confirmed")],
            id="brackets and the corrected day",
        ),
        pytest.param(
            [signed("2001-02-01")],
            ["[AAA signature 2001-02-01]"],
            [],
            [
                (
                    "AAA",
                    "signature",
                    "listed",
                    "signature of 2001-02-01 in brackets",
                    "signature, 2001-02-01",
                    "confirmed",
                )
            ],
            id="a signature in brackets is none",
        ),
        pytest.param(
            [],
            ["[AAA accession 2001-02-01]"],
            [],
            [],
            id="a consent in brackets without a withdrawal is none",
        ),
        pytest.param(
            [("AAA", "withdrawal", "2001-12-01", "", "confirmed")],
            ["[AAA accession 2001-02-01]"],
            [
                f"AAA accession 2001-02-01 {LISTED}",
                "AAA withdrawal 2001-12-01 confirmed us",
            ],
            [],
            id="a consent that a withdrawal ended was done",
        ),
        pytest.param(
            [("AAA", "withdrawal", "2001-06-01", "2001-07-01", "reported")],
            ["[AAA acceptance 2001-02-01]", "AAA accession 2001-12-01"],
            [
                f"AAA acceptance 2001-02-01 {LISTED}",
                "AAA withdrawal 2001-06-01..2001-07-01 reported us",
                f"AAA accession 2001-12-01 {LISTED}",
            ],
            [],
            id="bound, withdrawn, bound again",
        ),
        pytest.param(
            [("AAA", "withdrawal", "2001-06-01", "", "confirmed")],
            ["[AAA accession 2001-02-01]", "AAA accession 2001-12-01"],
            [
                f"AAA accession 2001-02-01 {LISTED}",
                "AAA withdrawal 2001-06-01 confirmed us",
                f"AAA accession 2001-12-01 {LISTED}",
            ],
            [],
            id="bound again by an act of the same name",
        ),
        pytest.param(
            [
                ("AAA", "accession", "2001-01-15", "2001-03-01", "reported"),
                ("AAA", "withdrawal", "2001-06-01", "", "confirmed"),
                ("AAA", "accession", "2001-11-01", "2001-12-15", "reported"),
            ],
            ["[AAA accession 2001-02-01]", "AAA accession 2001-12-01"],
            [
                f"AAA accession 2001-02-01 {LISTED}",
                "AAA withdrawal 2001-06-01 confirmed us",
                f"AAA accession 2001-12-01 {LISTED}",
            ],
            [],
            id="reports of both, each by its own days",
        ),
        pytest.param(
            [
                ("AAA", "withdrawal", "2001-06-01", "", "confirmed"),
                ("AAA", "accession", "2002-05-01", "", "reported"),
            ],
            ["[AAA accession 2001-02-01]"],
            [
                f"AAA accession 2001-02-01 {LISTED}",
                "AAA withdrawal 2001-06-01 confirmed us",
                "AAA accession 2002-05-01 reported us",
            ],
            [],
            id="a report of a new consent after the list",
        ),
        pytest.param(
            [("AAA", "withdrawal", "2001-12-15", "", "confirmed")],
            ["[AAA acceptance 2001-02-01]", "AAA accession 2001-12-01"],
            [
                f"AAA accession 2001-12-01 {LISTED}",
                "AAA withdrawal 2001-12-15 confirmed us",
            ],
            [],
            id="the withdrawal ended the consent that stands, not the one in brackets",
        ),
        pytest.param(
            [("AAA", "withdrawal", "2003-01-01", "", "confirmed")],
            ["[AAA accession 2001-02-01]"],
            [
                f"AAA accession 2001-02-01 {LISTED}",
                "AAA withdrawal 2003-01-01 confirmed us",
            ],
            [],
            id="a withdrawal that is still to take effect",
        ),
        pytest.param(
            [bound("AAA", "2001-02-01"), ("AAA", "withdrawal", "2001-12-01", "", "reported")],
            ["AAA ratification 2001-02-01", "AAA withdrawal 2001-11-01"],
            [
                f"AAA ratification 2001-02-01 {LISTED}",
                f"AAA withdrawal 2001-11-01 {LISTED}",
            ],
            [("AAA", "withdrawal", "day", "2001-11-01", "2001-12-01", "reported")],
            id="a list that gives the day of a withdrawal",
        ),
    ],
)
def test_brackets_and_withdrawals(
    record: list[Act],
    listed: list[str],
    kept: list[str],
    conflicts: list[tuple[str, ...]],
) -> None:
    acts, found = merged(record, *listed)
    assert told(acts) == kept
    assert differences(found) == conflicts
