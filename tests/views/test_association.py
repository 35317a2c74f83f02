"""The tables on adoption: what they say, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.countries.readiness import readiness
from adoption.countries.signing_model import cases, fit
from adoption.figures.tables import Badge, Table
from adoption.views.association import coefficients_view, readiness_view, shares_view
from tests.adopting import CASES, adopters, measured
from tests.test_signing_model import model, two_by_two


def found(table: Table, *heads: str) -> dict[str, str]:
    """Return the one row that begins with these cells."""
    frame = table.frame.map(str)
    for column, head in zip(frame.columns, heads, strict=False):
        frame = frame[frame[column] == head]
    (row,) = frame.to_dict("records")
    return {str(key): str(value) for key, value in row.items()}


def test_a_share_with_its_interval_and_counts() -> None:
    view = shares_view(measured("hanoi"), adopters("hanoi"))
    assert found(view, "GCI tier", "T2") == {
        "Characteristic": "GCI tier",
        "Category": "T2",
        "Share": "59%",
        "95% interval": "41% to 74%",
        "Signed": "17 of 29",
        "By report only": "2",
    }
    assert found(view, "GCI tier", "not known")["Signed"] == "1 of 1"
    assert "24 November 2026" in view.caption


def test_a_third_has_its_range() -> None:
    view = shares_view(measured("hanoi"), adopters("hanoi"))
    assert found(view, "Legal pillar", "highest third, all 20.00")["Signed"] == "37 of 68"
    assert found(view, "Technical pillar", "lowest third, 0.00 to 6.18")["Signed"] == "15 of 65"


def test_states_that_have_acted_are_not_called_signatories() -> None:
    view = shares_view(measured("untoc"), adopters("untoc"))
    assert "Acted" in view.frame
    assert "Signed" not in view.frame


def test_the_odds_ratios() -> None:
    view = coefficients_view(model())
    assert view is not None
    row = found(view, "Voted no on A/RES/74/247")
    assert row["95% interval"] == "0.24 to 0.71"
    assert row["One standard deviation"] == "0.47 of the step from no to yes"
    assert row["Yes against no"] == "0.15"
    gci = found(view, "GCI score")
    assert (gci["One standard deviation"], gci["Yes against no"]) == ("29.2 points", "")
    assert found(view, "GDP per capita (log)")["One standard deviation"] == "a factor of 4.4"
    assert "2.17" in view._repr_html_()


def test_no_table_without_a_model() -> None:
    assert coefficients_view(fit(two_by_two(20, 0, 15, 40))) is None
    assert coefficients_view(fit(cases(adopters("untoc")))) is None


def test_low_pillars_are_marked() -> None:
    found_ready = readiness(adopters("hanoi"))
    view = readiness_view(found_ready, adopters("hanoi"))
    assert view is not None
    assert len(view.frame) == 21
    row = found(view, "Nicaragua")
    assert row == {
        "State": "Nicaragua",
        "Status": "signed",
        "Legal": "12.33",
        "Technical": "▼ 0.00",
        "Cooperation": "▼ 2.26",
        "Low pillars": "2",
    }
    assert found(view, "Nauru")["Status"] == "signature reported"
    assert all(isinstance(badge, Badge) for badge in view.frame["Status"])
    marks = view.frame[["Legal", "Technical", "Cooperation"]].map(lambda v: v.startswith("▼"))
    assert marks.sum(axis=1).tolist() == view.frame["Low pillars"].tolist()


@pytest.mark.parametrize(("name", "day", "edition"), CASES)
def test_every_convention(name: str, day: date, edition: int) -> None:
    own = adopters(name, day, edition)
    views = [shares_view(measured(name, day, edition), own)]
    low = readiness_view(readiness(own), own)
    assert (low is None) == readiness(own).short.empty
    for view in [*views, low] if low else views:
        assert "nan" not in view._repr_html_()
        assert "nan" not in repr(view)
