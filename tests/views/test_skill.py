"""The tables of scores: one row a way, one row a set, and nothing made up where there is none."""

from __future__ import annotations

import re

from adoption.forecasting.skill import YARDSTICK, score_of, skill_by_set
from adoption.sentences.skill import NAMES
from adoption.views.skill import against, skill_view
from tests.forecast.tried import TREATIES, made, real, tried
from tests.views.test_views import cells, row_of


def test_the_made_up_cases() -> None:
    view = skill_view(made())
    assert cells(view, "Forecast") == [NAMES[way] for way in YARDSTICK]
    assert cells(view, "Forecast")[0] == "Model, as known then"  # what a forecast has
    row = row_of(view, "Model, as known then")
    assert (row["Cases"], float(row["Error"])) == ("4", 0.5)
    assert ">0.50<" in view._repr_html_()
    assert row["Against climatology"] == "100% (50 to 175)"
    assert row["50, 80, 95% intervals held"] == "50%, 50%, 100%"
    assert (row["Sooner than 80%"], row["Later than 80%"]) == ("25%", "25%")
    assert row_of(view, "Climatology with hindsight")["Against climatology"] == "100% (yardstick)"
    assert view.caption.startswith("Forecasts of the past on 2 treaties: mean error")


def test_an_empty_set_has_no_ratio() -> None:
    measured = skill_by_set(tried().tail(2), TREATIES)
    assert against(score_of(measured, "apart", "signed early")) == "none"


def test_the_real_tables() -> None:
    assert not re.search(r"\bnan\b|not known", skill_view(real())._repr_html_())
    apart = score_of(real(), "apart")
    row = row_of(skill_view(real()), "Model with hindsight, related treaties left out")
    assert float(row["Error"]) == apart["error"]
    assert row["Against climatology"].startswith(f"{apart['ratio']:.0%} (")
