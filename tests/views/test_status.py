"""The table by region adds up, also after a withdrawal; without one it is as it was."""

from __future__ import annotations

from datetime import date

from adoption.figures.tables import Table
from adoption.law.regions import by_group
from adoption.law.status import status_on
from adoption.views.status import region_view
from tests.conftest import Act, acts_of, bound, made_up, states_of

REGIONS = {"AAA": "North", "BBB": "North", "CCC": "North", "DDD": "South"}
ROWS: list[Act] = [
    ("AAA", "signature", "2001-01-02", "", "confirmed"),
    bound("AAA", "2002-01-01"),
    ("BBB", "accession", "2002-01-02", "", "reported"),
    bound("DDD", "2002-01-03"),
]
LEFT: Act = ("AAA", "withdrawal", "2003-01-01", "", "confirmed")
BEFORE = ["Region", "UN members", "Signed only", "Bound", "Reported bound", "No act known",
          "Share with an act"]  # fmt: skip


def view(*more: Act) -> Table:
    states = states_of([*REGIONS, "EUE"])
    states["region"] = states["iso3"].map(REGIONS)
    status = status_on(made_up(), date(2004, 1, 1), acts_of([*ROWS, *more]), states)
    return region_view(by_group(status), status)


def test_one_that_has_withdrawn_has_a_column_and_the_rows_add_up() -> None:
    table = view(LEFT)
    assert list(table.frame) == [*BEFORE[:5], "Withdrawn", *BEFORE[5:]]
    frame = table.frame.set_index("Region")
    assert frame["Withdrawn"].to_dict() == {"North": 1, "South": 0, "All": 1}
    assert (frame.iloc[:, 1:6].sum(axis=1) == frame["UN members"]).all()
    assert frame["Share with an act"].to_dict() == {"North": "67%", "South": "100%", "All": "75%"}
    assert table.caption == (
        "Members of the United Nations by M49 region, 1 January 2004; one that has withdrawn has "
        "acted, and is in the share"
    )


def test_where_nobody_has_withdrawn_nothing_is_said_of_it() -> None:
    # One that came back is bound, and nothing else.
    for table in (view(), view(LEFT, bound("AAA", "2003-06-01", act="accession"))):
        assert list(table.frame) == BEFORE
        assert table.caption == "Members of the United Nations by M49 region, 1 January 2004"
        frame = table.frame.set_index("Region")
        assert (frame.iloc[:, 1:5].sum(axis=1) == frame["UN members"]).all()
        assert frame["Bound"].to_dict() == {"North": 1, "South": 1, "All": 2}
