"""Those that withdrew, may have, or came back: counted once, and said with their grade."""

from __future__ import annotations

import pytest

from adoption.sentences.withdrawals import Left, left, left_counted, told
from tests.conftest import Act, bound, made

THREE = [bound(code, f"2002-01-0{n}") for n, code in enumerate(("AAA", "BBB", "CCC"), start=1)]


def withdrawn(
    iso3: str, day: str = "2003-01-01", latest: str = "", grade: str = "confirmed"
) -> Act:
    return iso3, "withdrawal", day, latest, grade


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], Left()),
        ([withdrawn("AAA"), withdrawn("BBB", grade="reported")], Left(withdrawn=2, by_report=1)),
        ([withdrawn("AAA"), bound("AAA", "2003-02-01", "2009-01-01", "accession")],
         Left(withdrawn=1, back=1)),
        ([withdrawn("AAA", "2003-01-01", "2009-01-01")], Left(maybe=1)),
    ],
)  # fmt: skip
def test_who_has_withdrawn(rows: list[Act], found: Left) -> None:
    assert left(made("2004-01-01", *THREE, *rows).participants) == found
    assert bool(found) == (found != Left())


def test_an_organisation_that_does_not_count_is_no_instrument_less() -> None:
    rows = [*THREE, bound("EUE", "2002-02-01"), withdrawn("EUE")]
    assert left(made("2004-01-01", *rows).participants).withdrawn == 1
    assert left_counted(made("2004-01-01", *rows)) == Left()
    assert left_counted(made("2004-01-01", *rows, excludes_reio=False)).withdrawn == 1


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Left(), ""),
        (Left(withdrawn=1), "; one more has withdrawn"),
        (Left(withdrawn=2), "; two more have withdrawn"),
        (Left(withdrawn=1, by_report=1), "; one more has withdrawn, by report only"),
        (Left(withdrawn=3, by_report=1), "; three more have withdrawn, one by report only"),
        (Left(withdrawn=1, back=1), "; one more has withdrawn, and may have consented again"),
        (Left(withdrawn=2, back=1),
         "; two more have withdrawn, and one of the two may have consented again"),
        (Left(withdrawn=1, maybe=2), "; one more has withdrawn; two may have withdrawn"),
    ],
)  # fmt: skip
def test_none_one_and_many(found: Left, says: str) -> None:
    assert told(found, "{} more", "{}") == says
