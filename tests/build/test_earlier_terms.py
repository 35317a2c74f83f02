"""What stays of an earlier term when a list has only the later one."""

from __future__ import annotations

import pytest

from adoption.data.earlier_terms import with_earlier_terms
from tests.build.guarding import withdrew
from tests.build.listing import published
from tests.conftest import Act, acts_of, bound

DAYS = ("2002-01-01", "2003-01-01", "2004-01-01", "2005-01-01")
ONE, LEFT, AGAIN = "AAA ratification 2001-02-01", "AAA withdrawal 2001-05-01", "AAA accession {}"
SECOND, THIRD = AGAIN.format("2002-08-01"), AGAIN.format("2004-08-01")
ENDED, AT_ONCE = f"[{ONE}]", "AAA ratification 2001-05-01"
ALSO_LEFT = "AAA withdrawal 2003-05-01"


@pytest.mark.parametrize(
    ("lists", "record", "kept"),
    [
        pytest.param([[ONE]], [], [ONE], id="one list"),
        pytest.param([[ONE], [ONE, "BBB accession 2002-02-01"]], [],
                     ["BBB accession 2002-02-01", ONE], id="nothing is left out"),
        pytest.param([[ONE], [SECOND]], [], [SECOND], id="a day that was corrected"),
        pytest.param([[ONE], [SECOND]], withdrew("2001-05-01"), [SECOND, ENDED],
                     id="a term that our record knows to have ended"),
        pytest.param([[ENDED], [SECOND]], withdrew("2001-05-01"), [SECOND, ENDED],
                     id="and the list, by its brackets"),
        pytest.param([[ONE], [SECOND]], withdrew("2001-05-01", "2002-12-01"), [SECOND],
                     id="a withdrawal that may have come after both"),
        pytest.param([[ONE, LEFT], [SECOND]], [], [SECOND, ENDED, LEFT],
                     id="a list that has its withdrawals"),
        pytest.param([[ONE, LEFT], [SECOND, ALSO_LEFT]], [], [SECOND, ENDED, ALSO_LEFT, LEFT],
                     id="of each term"),
        pytest.param([[ONE, LEFT], [SECOND], [SECOND], [THIRD]], withdrew("2003-05-01"),
                     [THIRD, f"[{SECOND}]", ENDED, LEFT], id="three terms"),
        pytest.param([[ONE], [SECOND], [f"[{SECOND}]"]],
                     [*withdrew("2001-05-01"), *withdrew("2003-05-01")],
                     [f"[{SECOND}]", ENDED], id="the second ends, by brackets"),
        pytest.param([[ONE, LEFT], [SECOND], [ONE, LEFT, SECOND]], [], [SECOND, ONE, LEFT],
                     id="what comes back is there once"),
        pytest.param([[ONE, LEFT], [SECOND], [f"[{ONE[:-1]}3]", SECOND]], withdrew("2001-05-01"),
                     [SECOND, f"[{ONE[:-1]}3]", LEFT], id="or corrected"),
        pytest.param([[ONE, LEFT], [SECOND], [], [SECOND]], [], [SECOND, ENDED, LEFT],
                     id="it stays when the later one is gone, and when that comes back"),
        pytest.param([[ONE, LEFT], []], [], [], id="without a later term nothing says why"),
        pytest.param([[ONE, LEFT], [AT_ONCE], [f"{AT_ONCE[:-1]}2"]], [],
                     [f"{AT_ONCE[:-1]}2", ENDED, LEFT], id="bound again on that day, corrected"),
        pytest.param([["AAA signature 2001-01-05", ONE, LEFT], [SECOND]], [], [SECOND, ENDED, LEFT],
                     id="a signature belongs to no term"),
        pytest.param([["[AAA accession 2001-01-08]", ENDED], [SECOND]], withdrew("2001-05-01"),
                     [SECOND, ENDED], id="nor do other brackets"),
    ],
)  # fmt: skip
def test_earlier_terms(lists: list[list[str]], record: list[Act], kept: list[str]) -> None:
    every = [published(day, *acts) for day, acts in zip(DAYS, lists, strict=False)]
    found = with_earlier_terms(every, acts_of(record))
    brackets = {True: "[{}]", False: "{}"}
    assert sorted(
        brackets[row["superseded"]].format(f"{row['iso3']} {row['act']} {row['date']:%Y-%m-%d}")
        for row in found.acts.to_dict("records")
    ) == sorted(kept)
    assert found.acts.dtypes.to_dict() == every[-1].acts.dtypes.to_dict()
    assert (found.day, found.treaty) == (every[-1].day, every[-1].treaty)


def test_of_another_convention_nobody_has_withdrawn() -> None:
    every = [published(DAYS[0], ONE), published(DAYS[1], SECOND)]
    elsewhere = acts_of([bound("AAA", "2001-02-01"), *withdrew("2001-05-01")])
    found = with_earlier_terms(every, elsewhere.assign(convention="mu"))
    assert len(found.acts) == 1
