"""The tables on adoption: what they say, row by row."""

from __future__ import annotations

from adoption.countries.readiness import readiness
from adoption.countries.signing_model import cases, fit
from adoption.figures.tables import Table
from adoption.views.association import coefficients_view, readiness_view, shares_view
from tests.adopting import adopters, measured
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
    view = readiness_view(readiness(adopters("hanoi")), adopters("hanoi"))
    assert view is not None
    assert len(view.frame) == 21
    assert list(found(view, "Nicaragua").values()) == [
        "Nicaragua", "signed", "12.33", "▼ 0.00", "▼ 2.26", "2",
    ]  # fmt: skip
    assert found(view, "Nauru")["Status"] == "signature reported"
    marks = view.frame[["Legal", "Technical", "Cooperation"]].map(lambda v: v.startswith("▼"))
    assert marks.sum(axis=1).tolist() == view.frame["Low pillars"].tolist()
