"""The tables on adoption: what they say, row by row."""

from __future__ import annotations

import pytest

from adoption.countries.association import UNKNOWN
from adoption.show.association import shares_chart, shares_table
from adoption.show.theme import CONTEXT, SUBJECT
from tests.adopting import adopters, measured
from tests.show.reading import row_of


def test_a_share_with_its_interval_and_counts() -> None:
    view = shares_table(measured("hanoi"), adopters("hanoi"), "capacity")
    assert row_of(view, "GCI tier", "T2") == {"Characteristic": "GCI tier", "Category": "T2",
                                              "Share": "59%", "95% interval": "41% to 74%",
                                              "Signed": "17 of 29",
                                              "By report only": "2"}  # fmt: skip
    assert row_of(view, "GCI tier", "not known")["Signed"] == "1 of 1"
    assert "24 November 2026" in view.caption


# Charts: every category and state once, missing apart, uncertainty drawn.


def test_each_category_is_a_dot_with_its_interval() -> None:
    own = measured("hanoi")
    known, unknown = (t for t in shares_chart(own, adopters("hanoi")).data if t.mode == "markers")
    assert (known.marker.color, unknown.marker.color) == (SUBJECT, CONTEXT)
    assert unknown.marker.symbol == "circle-open"
    drawn = own[own["states"] >= 5]  # a share of fewer says nothing
    assert len(unknown.x) == (drawn["category"] == UNKNOWN).sum()
    rows = drawn[drawn["category"] != UNKNOWN]
    assert list(known.x) == [round(share, 3) for share in rows["share"]]
    highs = [x + more for x, more in zip(known.x, known.error_x.array, strict=True)]
    assert highs == pytest.approx(rows["upper"].tolist(), abs=0.002)
