"""Episodes of risk and covariates by year, beside panels, R and plain counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest
from statsmodels.duration.hazard_regression import PHReg

import adoption as ad
from adoption.law.episodes import episodes as law_episodes
from tests.conftest import MADE_UP_STATES, Act, bound, history, starts, states_of

COMPLETE = [
    (name, of)
    for name in (
        "budapest",
        "budapest-2ap",
        "hanoi",
        "terrorist-financing",
        "rotterdam",
        "uncac",
        "untoc",
    )
    for of in ("signature", "consent")
]


def test_three_estimators_give_the_same_coefficients() -> None:
    """The expected ones are of R 4.5.0, `coxph(Surv(start, stop, event) ~ africa + signed)`.

    CoxTimeVaryingFitter of lifelines 0.30.3 gives the same eight digits.
    """
    signed = ad.panel("uncac", "2003/2013", dtype="float")[["iso3", "day", "signed"]]
    rows = ad.episodes("uncac", covariates=signed).fillna({"signed": 0.0})
    rows = rows.merge(ad.states()[["iso3", "region"]], on="iso3")
    rows["africa"] = (rows["region"] == "Africa").astype(float)
    model = PHReg(
        rows["stop"],
        rows[["africa", "signed"]],
        status=rows["event"],
        entry=rows["start"],
        ties="efron",
    )
    assert model.fit().params == pytest.approx([0.25087600, 1.16465571], abs=1e-7)


@pytest.mark.parametrize(("name", "of"), COMPLETE)
def test_cutting_changes_nothing_and_events_are_those_of_the_panel(name: str, of: str) -> None:
    whole, cut = (ad.episodes(name, of, split=split) for split in (None, "YE"))  # type: ignore[arg-type]
    assert whole["iso3"].is_unique
    assert (cut["start"] < cut["stop"]).all()
    assert (cut["begins"].dt.year == cut["ends"].dt.year).all()
    assert (cut["stop"] - cut["start"] == (cut["ends"] - cut["begins"]).dt.days + 1).all()
    joined = cut.groupby("iso3").agg({"start": "min", "stop": "max", "event": "sum"})
    parts = whole.set_index("iso3")[["start", "stop", "event"]]
    pd.testing.assert_frame_equal(joined, parts.sort_index(), check_dtype=False)
    flag = {"signature": "signed", "consent": "consented"}[of]
    panel = ad.panel(name, [whole["ends"].max()])
    states = ad.states().query("kind != 'organization'")["iso3"]
    assert panel[panel["iso3"].isin(states)][flag].sum() == whole["event"].sum()


@pytest.mark.parametrize("day", ["2003-12-09", "2005-03-01", "2010-12-31"])
def test_nothing_is_from_after_the_day_asked_about(day: str) -> None:
    now, later = (ad.episodes("uncac", as_of=end) for end in (day, "2014-01-01"))
    assert (now["ends"] <= pd.Timestamp(day)).all()
    assert not (now["right"] > now["stop"].max()).any()
    past = later[later["ends"] <= pd.Timestamp(day)]
    rows = now.merge(past, on=["iso3", "start", "stop"], suffixes=("", "_later"))
    assert (rows["event"] == rows["event_later"]).all()


def at_risk(
    *rows: Act, since: dict[str, str] | None = None, first_act: str = "", day: str = "2005-06-30"
) -> list[Any]:
    """Return start, stop, event, left and right of AAA under a made-up convention of 2001."""
    codes = [iso3 for iso3 in MADE_UP_STATES if iso3 != "EUE"]
    states = states_of(codes).set_index("iso3")[["state_since", "first_act"]]
    states.loc["AAA"] = [pd.Timestamp(day) for day in ((since or {}).get("AAA", ""), first_act)]
    end = date.fromisoformat(day)
    frame = law_episodes(history(*rows), states, None, "consent", end, None)
    columns = ["start", "stop", "event", "left", "right"]
    records = frame.loc[frame["iso3"] == "AAA", columns].itertuples(index=False)
    return [[None if pd.isna(v) else int(v) for v in record] for record in records]


@pytest.mark.parametrize(
    ("rows", "since", "episode"),
    [
        ([bound("AAA", "2001-01-01")], {}, [0, 1, 1, 1, 1]),  # on the day of the opening
        ([bound("AAA", "2001-01-10")], {}, [0, 10, 1, 10, 10]),
        ([bound("AAA", "2001-01-10", "2001-01-20")], {}, [0, 20, 1, 10, 20]),  # a window
        ([bound("AAA", "2001-01-10", "2007-01-01")], {}, [0, 9, 0, 9, None]),  # past the end
        ([], {}, [0, 1642, 0, 1642, None]),
        ([bound("AAA", "2001-02-10")], {"AAA": "2001-02-01"}, [31, 41, 1, 41, 41]),
        (
            [bound("AAA", "2001-01-10"), bound("AAA", "2002-01-10", act="withdrawal")],
            {},
            [0, 10, 1, 10, 10],
        ),
    ],
)
def test_one_state(rows: list[Act], since: dict[str, str], episode: list[int | None]) -> None:
    assert at_risk(*rows, since=since) == [episode]


@pytest.mark.parametrize(
    ("rows", "first_act", "episodes", "why"),
    [
        ([], "2001-01-31", [[31, 1642, 0, 1642, None]], "at risk from the day after"),
        ([bound("AAA", "2001-02-10")], "2001-01-31", [[31, 41, 1, 41, 41]], "its second act"),
        ([bound("AAA", "2001-02-10")], "2001-02-10", [], "the act by which it is known"),
        ([bound("AAA", "2001-02-10")], "1999-01-01", [[0, 41, 1, 41, 41]], "known long before"),
    ],
)
def test_who_has_no_first_day_is_not_at_risk_before_its_first_act(
    rows: list[Act], first_act: str, episodes: list[list[int | None]], why: str
) -> None:
    assert at_risk(*rows, first_act=first_act) == episodes, why


def test_who_became_a_state_after_the_day_is_not_there() -> None:
    assert at_risk(since={"AAA": "2005-07-01"}) == []
    rows = ad.episodes("uncac", bounds=False)
    assert rows.query("iso3 == 'SSD'")["begins"].min() == pd.Timestamp("2011-07-09")
    assert {"left", "right"}.isdisjoint(rows)


def test_covariates_are_of_the_year_before_and_never_of_a_later_one() -> None:
    rows = ad.episodes("budapest", covariates=ad.covariates("EGDI", "2018/2024", carry=1))
    assert rows.query("year < 2019")["EGDI"].isna().all()
    assert (rows["EGDI_year"] < rows["year"]).loc[rows["EGDI"].notna()].all()
    values = ad.capacity("EGDI", 2018).set_index("iso3")["overall"]
    year = rows.query("year == 2019").set_index("iso3")["EGDI"].dropna()
    assert year.to_dict() == values[year.index].to_dict()


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (
            lambda: ad.episodes("arab-2010"),
            "convention: the list of acts of arab-2010 is not complete on any day",
        ),
        (
            lambda: ad.episodes("uncac", split="yearly"),
            "split: 'yearly' is not a frequency",
        ),
        (
            lambda: ad.episodes("uncac", covariates=pd.DataFrame({"iso3": ["QAT"]})),
            "covariates: there is no column 'year'",
        ),
        (
            lambda: ad.episodes("uncac", covariates=ad.table("acts").assign(year=2005)),
            "covariates: ARE has two rows of 2005",
        ),
        (
            lambda: ad.episodes(
                "uncac", covariates=pd.DataFrame({"iso3": ["QAT"], "year": ["2005"]})
            ),
            "covariates: the column 'year' has no numbers",
        ),
        (
            lambda: ad.episodes(
                "uncac", covariates=pd.DataFrame({"iso3": ["QAT"], "day": ["2005"]})
            ),
            "covariates: the column 'day' is no datetime",
        ),
        (
            lambda: ad.episodes("uncac", covariates=5),  # type: ignore[arg-type]
            "covariates: 5 is neither a name nor a list of names",
        ),
        (lambda: ad.episodes("uncac", covariates=["GCI"]), "years: GCI has values of 2020 and"),
        (lambda: ad.covariates("gci", 2020), "names: there is no 'gci'; did you mean GCI?"),
        (lambda: ad.covariates("GCI", "2020-2024"), "years: '2020-2024' is neither years nor"),
    ],
)
def test_what_cannot_be_is_one_line(call: Callable[[], object], line: str) -> None:
    with pytest.raises(ad.AdoptionError, match=starts(line)):
        call()


def test_keys_that_meet_no_episode_are_counted() -> None:
    mine = pd.DataFrame({"iso3": ["KEN", "AFG", "AFG"], "year": [1999, 2003, 2004], "x": 1.0})
    rows = ad.episodes("uncac", covariates=mine)
    assert rows["x"].count() == 2
    assert rows.attrs["episodes_without_covariates"] == len(rows) - 2
    classes = ad.states().set_index("iso3")["region"].drop("FRA")
    assert ad.survival("uncac", by=classes).frame.attrs["without_class"] == ["FRA"]
