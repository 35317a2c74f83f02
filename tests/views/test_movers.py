"""The table of the next movers: in order, reports marked, and nothing where nothing is asked."""

from __future__ import annotations

import pandas as pd

from adoption.show.table import Badge
from adoption.views.movers import movers_view, scores_view
from tests.movers.made import movers, of_acts
from tests.show.reading import cells, row_of


def test_the_likeliest_in_order_with_their_status_and_score() -> None:
    found = movers("hanoi")
    view = movers_view(found, "consent")
    assert view is not None
    assert len(view.frame) == 15
    ordered = found.frame.sort_values("consent", ascending=False)
    assert cells(view, "State")[:3] == ordered["name"].head(3).tolist()
    assert all(isinstance(badge, Badge) for badge in view.frame["Status"])
    assert view.caption.startswith(
        "A model's chances to consent to be bound by 24 Nov 2027: the 15 states with the highest, "
        "of 193 states not known to be bound. Brier score"
    )
    brier = found.consent.scores.set_index("method")["brier"]
    assert f"{brier['model']:.3f}, against {brier['rate']:.3f}" in view.caption
    assert "nan" not in view._repr_html_()


def test_a_reported_consent_is_marked_and_has_the_chance_of_the_other_reading() -> None:
    view = movers_view(movers("hanoi"), "consent", 193)
    assert view is not None
    qatar = row_of(view, "Qatar")
    assert qatar["Status"] == "reported bound"
    assert qatar["If reports are right"] == "bound"
    assert qatar["What weighs most"].startswith("bound by report: the chance if that is not")
    assert qatar["Chance by 24 Nov 2027"].endswith("%")
    assert "bound by report" not in row_of(view, "Spain")["What weighs most"]
    assert len(view.frame) == 193
    assert ": all 193 states not known to be bound." in view.caption


def test_nothing_where_no_chance_is_given() -> None:
    assert movers_view(movers("untoc"), "sign") is None
    assert movers_view(movers("malabo"), "sign") is None
    nobody = movers("hanoi").frame["iso3"]
    found = of_acts(
        *((iso3, "ratification", "2001-03-01", "", "confirmed") for iso3 in nobody), closes=None
    )
    assert movers_view(found, "consent") is None


def test_the_scores_of_both_questions() -> None:
    rows = [
        {"question": question, "moment": moment, "method": "model", "treaties": 75, "cases": 43797,
         "acted": 2718, "expected": 2701.4, "brier": 0.05921, "log_loss": 0.2, "auc": 0.818,
         "within": 0.75}
        for question in ("consent", "sign")
        for moment in (365, None)
    ]  # fmt: skip
    view = scores_view(pd.DataFrame(rows).astype({"moment": "Int64"}))
    assert cells(view, "Asked") == ["consent within a year", "sign before the close"]
    row = row_of(view, "consent within a year")
    assert row["By"] == "The model"
    assert (row["Cases"], row["Brier score"], row["Acted"]) == ("43,797", "0.0592", "2,718")
