"""What the forecast of a threshold refuses: each with one line that says what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.errors import AdoptionError
from adoption.forecasting import forecast_threshold
from tests.forecast.made import OPENED, frame_of


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"threshold": 0}, "threshold: 0 is not a number of parties, 1 or more"),
        ({"threshold": -3}, "threshold: -3 is not"),
        ({"threshold": 1.5}, "threshold: 1.5 is not"),
        ({"threshold": True}, "threshold: True is not"),
        ({"threshold": "forty"}, "threshold: 'forty' is not"),
        ({"threshold": None}, "threshold: None is not"),
        ({"threshold": float("nan")}, "threshold: nan is not"),
        ({"as_of": date(2000, 12, 31)}, "as_of: 2000-12-31 is before the opening on 2001-01-01"),
        ({"as_of": "2001-06-01"}, "as_of: '2001-06-01' is not a day"),
        ({"opened": None}, "opened: None is not a day"),
        ({"acts": frame_of([]).drop(columns="date")}, "acts: there is no column 'date'"),
        ({"acts": frame_of([]).drop(columns="iso3")}, "acts: there is no column 'iso3'"),
        ({"base_acts": frame_of([])}, "base_acts: there is no column 'treaty'"),
        ({"base_acts": frame_of([]).assign(treaty="I-1")}, "0 cases of 0 treaties are too few"),
    ],
)
def test_what_is_wrong_is_one_line(wrong: dict[str, object], said: str) -> None:
    given_ = {"acts": frame_of([]), "opened": OPENED, "threshold": 40, "as_of": OPENED} | wrong
    acts = given_.pop("acts")
    with pytest.raises(AdoptionError) as caught:
        forecast_threshold(acts, **given_)  # type: ignore[arg-type]
    assert said in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
