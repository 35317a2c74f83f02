"""Figures of one state: pillars on the range of the region, acts as dots, bars and rings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.api import capacity
from adoption.countries import profiles
from adoption.countries.capacity import PILLARS
from adoption.figures.profiles import KINDS, acts_chart, pillar_chart
from adoption.figures.theme import BOUND_REPORTED, STATUS_COLOURS
from adoption.law.conventions import load_conventions
from adoption.law.status import SIGNED
from tests.conftest import Act, acts_of, bound, made_up
from tests.figures.conftest import read, same_twice

NEWEST = date(2026, 11, 24)
REGISTRY = list(load_conventions().values())
STATES = ("QAT", "TUV", "GBR")
BESIDE = read("states").merge(capacity("GCI", 2024), on="iso3", how="left")
Trace = dict[str, Any]


def pillars(iso3: str) -> dict[str, Any]:
    profile = profiles.pillar_profile(iso3, BESIDE)
    return same_twice(
        lambda: pillar_chart(profile, iso3, "Asia", 2024, "A finding"), least=1_500, most=10_000
    )


def of_acts(acts: pd.DataFrame, day: date = NEWEST) -> dict[str, Any]:
    return same_twice(lambda: acts_chart(acts, day, "A finding"), least=1_000, most=15_000)


def real(iso3: str) -> pd.DataFrame:
    return profiles.acts_of(iso3, REGISTRY, read("acts"), NEWEST)


def made(*rows: Act, day: date = NEWEST) -> dict[str, Any]:
    convention = made_up(label="Atlantis")
    return of_acts(profiles.acts_of("AAA", [convention], acts_of(rows), day), day)


def named(figure: dict[str, Any]) -> dict[str, Trace]:
    return {trace["name"]: trace for trace in figure["data"] if trace.get("name")}


def bars(figure: dict[str, Any]) -> list[Trace]:
    return [trace for trace in figure["data"] if trace["mode"] == "lines+markers"]


# Pillars


def test_the_pillars_of_qatar() -> None:
    figure = pillars("QAT")
    profile = profiles.pillar_profile("QAT", BESIDE)
    value, middle = named(figure)["QAT"], named(figure)["median of Asia"]
    assert (value["x"], value["y"]) == (profile["value"].tolist(), profile["label"].tolist())
    assert middle["x"] == pytest.approx(profile["median"].tolist())
    ranges = [tuple(trace["x"]) for trace in figure["data"] if trace["mode"] == "lines"]
    assert ranges == list(zip(profile["low"], profile["high"], strict=True))
    assert "Legal 20.00 (median 19.21)" in figure["layout"]["meta"]["alternative"]


def test_a_pillar_that_is_not_known_is_said_not_drawn() -> None:
    figure = pillars("PLW")
    assert named(figure)["PLW"]["x"] == []
    said = [note["y"] for note in figure["layout"]["annotations"] if note["text"] == "not known"]
    assert said == list(PILLARS.values())
    assert figure["layout"]["meta"]["alternative"].count("not known") == len(PILLARS)
    known = pillars("QAT")["layout"]["annotations"]
    assert not [note for note in known if note["text"] == "not known"]


# Acts


@pytest.mark.parametrize("iso3", STATES)
def test_every_act_of_a_state_is_one_dot_or_one_bar(iso3: str) -> None:
    acts = real(iso3)
    figure = of_acts(acts)
    dots = [trace for name, trace in named(figure).items() if name in {kind for kind, *_ in KINDS}]
    drawn = sum(len(trace["x"]) for trace in dots) + len(bars(figure))
    assert drawn == acts["act"].notna().sum()
    assert figure["layout"]["yaxis"]["categoryarray"] == [c.label for c in REGISTRY][::-1]
    (unseen,) = [trace for trace in figure["data"] if trace["marker"].get("opacity") == 0]
    assert set(unseen["y"]) == {c.label for c in REGISTRY}
    alternative = figure["layout"]["meta"]["alternative"]
    for row in acts.dropna(subset=["act"]).to_dict("records"):
        assert f"{row['short_title']}: {row['act']} " in alternative


@pytest.mark.parametrize(
    ("act", "grade", "kind", "colour", "symbol"),
    [
        ("signature", "confirmed", "signature", STATUS_COLOURS[SIGNED], "circle"),
        ("signature", "reported", "signature, reported", STATUS_COLOURS[SIGNED], "circle-open"),
        ("approval", "reported", "consent, reported", STATUS_COLOURS[BOUND_REPORTED],
         "circle-open"),
    ],
)  # fmt: skip
def test_the_mark_of_an_act(act: str, grade: str, kind: str, colour: str, symbol: str) -> None:
    figure = made((*bound("AAA", "2001-02-03", act=act)[:4], grade))
    trace = named(figure)[kind]
    assert trace["x"] == ["2001-02-03"]
    assert trace["y"] == ["Atlantis"]
    assert (trace["marker"]["color"], trace["marker"]["symbol"]) == (colour, symbol)
    assert trace["text"] == [f"{act} 3 Feb 2001 ({grade})"]
    marks = "ring or open cross" if symbol == "x-open" else "ring"
    assert figure["layout"]["meta"]["subtitle"].endswith(f"; {marks}: report")
