"""The tables on adoption: what they say, row by row."""

from __future__ import annotations

import pytest

from adoption.countries.association import UNKNOWN
from adoption.countries.signing_model import fit
from adoption.show.association import (
    coefficients_table,
    fit_table,
    gap_table,
    readiness_table,
    shares_chart,
    shares_table,
    status_scatter,
    why,
)
from adoption.show.theme import CONTEXT, RINGED, STATUS_COLOURS, SUBJECT
from tests.adopting import adopters, measured
from tests.show.reading import row_of
from tests.test_signing_model import model, two_by_two


def test_a_share_with_its_interval_and_counts() -> None:
    view = shares_table(measured("hanoi"), adopters("hanoi"), "capacity")
    assert row_of(view, "GCI tier", "T2") == {
        "Characteristic": "GCI tier",
        "Category": "T2",
        "Share": "59%",
        "95% interval": "41% to 74%",
        "Signed": "17 of 29",
        "By report only": "2",
    }
    assert row_of(view, "GCI tier", "not known")["Signed"] == "1 of 1"
    assert "24 November 2026" in view.caption


def test_the_odds_ratios() -> None:
    view = coefficients_table(model())
    assert view is not None
    row = row_of(view, "Voted no on A/RES/74/247")
    assert row["95% interval"] == "0.24 to 0.71"
    assert row["One standard deviation"] == "0.47 of the step from no to yes"
    assert row["Yes against no"] == "0.15"
    gci = row_of(view, "GCI score")
    assert (gci["One standard deviation"], gci["Yes against no"]) == ("29.2 points", "")
    assert row_of(view, "GDP per capita (log)")["One standard deviation"] == "a factor of 4.4"
    assert "2.17" in view._repr_html_()


def test_why_there_is_no_model() -> None:
    separated = fit(two_by_two(20, 0, 15, 40))
    assert why(separated) == "none: the outcomes are separated by voted yes on A/RES/74/247"
    assert coefficients_table(separated) is None
    few = row_of(fit_table(adopters("untoc")), "Logit")
    assert few["Value"] == "none: too few states of the rarer outcome"
    fitted = row_of(fit_table(adopters("hanoi")), "AUC on states not seen")
    assert fitted["Value"] == "0.70"


def test_the_gap_with_its_intervals() -> None:
    view = gap_table(adopters("hanoi"))
    # Newcombe's formula by hand for 21 of 72: (0.2917 + 0.0267 ± 0.1049 ...) gives 20% to 41%.
    assert list(row_of(view, "known to have signed").values())[1:] == [
        "72",
        "21",
        "29%",
        "20% to 41%",
    ]
    assert row_of(view, "others")["95% interval"] == "46% to 64%"


def test_low_pillars_are_marked() -> None:
    view = readiness_table(adopters("hanoi"))
    assert len(view.frame) == 21
    assert list(row_of(view, "Nicaragua").values()) == [
        "Nicaragua", "signed", "12.33", "▼ 0.00", "▼ 2.26", "2",
    ]  # fmt: skip
    assert row_of(view, "Nauru")["Status"] == "signature reported"
    marks = view.frame[["Legal", "Technical", "Cooperation"]].map(lambda v: v.startswith("▼"))
    assert marks.sum(axis=1).tolist() == view.frame["Low pillars"].tolist()


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


def test_every_state_with_both_values_is_a_mark_in_the_colour_of_its_status() -> None:
    found = adopters("hanoi")
    figure = status_scatter(found)
    both = found.frame.dropna(subset=["overall", "gdp_per_capita"])
    assert sorted(name for trace in figure.data for name in trace.text) == sorted(both["name"])
    assert len(both) == 191
    for trace in figure.data:
        status = trace.name.rsplit(" (", 1)[0]
        assert trace.marker.color == STATUS_COLOURS[status]
        assert (trace.marker.symbol == "circle-open") == (status in RINGED)
        assert trace.name.endswith(f"({len(trace.x)})")
    reported = next(
        trace for trace in figure.data if trace.name.startswith("ratification reported")
    )
    assert set(reported.text) == {"Azerbaijan", "Qatar", "Viet Nam"}
