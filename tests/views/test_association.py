"""The tables on adoption: what they say, row by row."""

from __future__ import annotations

from adoption.countries.signing_model import fit
from adoption.figures.tables import Table
from adoption.views.association import (
    coefficients_view,
    fit_view,
    gap_view,
    readiness_view,
    shares_view,
    why,
)
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
    row = found(view, "Voted no on A/RES/74/247")
    assert row["95% interval"] == "0.24 to 0.71"
    assert row["One standard deviation"] == "0.47 of the step from no to yes"
    assert row["Yes against no"] == "0.15"
    gci = found(view, "GCI score")
    assert (gci["One standard deviation"], gci["Yes against no"]) == ("29.2 points", "")
    assert found(view, "GDP per capita (log)")["One standard deviation"] == "a factor of 4.4"
    assert "2.17" in view._repr_html_()


def test_why_there_is_no_model() -> None:
    separated = fit(two_by_two(20, 0, 15, 40))
    assert why(separated) == "none: the outcomes are separated by voted yes on A/RES/74/247"
    assert coefficients_view(separated).frame.empty
    few = found(fit_view(adopters("untoc")), "Logit")
    assert few["Value"] == "none: too few states of the rarer outcome"
    fitted = found(fit_view(adopters("hanoi")), "AUC on states not seen")
    assert fitted["Value"] == "0.71"


def test_the_gap_with_its_intervals() -> None:
    view = gap_view(adopters("hanoi"))
    # Newcombe's formula by hand for 21 of 72: (0.2917 + 0.0267 ± 0.1049 ...) gives 20% to 41%.
    assert list(found(view, "known to have signed").values())[1:] == [
        "72",
        "21",
        "29%",
        "20% to 41%",
    ]
    assert found(view, "others")["95% interval"] == "46% to 64%"


def test_low_pillars_are_marked() -> None:
    view = readiness_view(adopters("hanoi"))
    assert len(view.frame) == 21
    assert list(found(view, "Nicaragua").values()) == [
        "Nicaragua", "signed", "12.33", "▼ 0.00", "▼ 2.26", "2",
    ]  # fmt: skip
    assert found(view, "Nauru")["Status"] == "signature reported"
    marks = view.frame[["Legal", "Technical", "Cooperation"]].map(lambda v: v.startswith("▼"))
    assert marks.sum(axis=1).tolist() == view.frame["Low pillars"].tolist()
