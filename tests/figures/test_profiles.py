"""Figures of one state: pillars on the range of the region, acts as dots, bars and rings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from adoption.countries import profiles
from adoption.figures.profiles import DOT_SHARE, KINDS, acts_chart, pillar_chart
from adoption.figures.theme import BOUND, BOUND_REPORTED, STATUS_COLOURS, SUBJECT
from adoption.law.conventions import load_conventions
from adoption.law.deciding import SIGNED
from tests.conftest import Act, acts_of, bound, made_up
from tests.figures.conftest import read, same_twice

NEWEST = date(2026, 11, 24)
REGISTRY = list(load_conventions().values())
STATES = ("QAT", "PLW", "TUV", "VAT", "GBR", "CMR", "EGY", "VNM")
Trace = dict[str, Any]


def pillars(iso3: str) -> dict[str, Any]:
    profile = profiles.pillar_profile(iso3, read("capacity"), read("states"), 2024)
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
    profile = profiles.pillar_profile("QAT", read("capacity"), read("states"), 2024)
    value, middle = named(figure)["QAT"], named(figure)["median of Asia"]
    assert value["x"] == profile["value"].tolist()
    assert value["y"] == profile["label"].tolist()
    assert value["marker"]["color"] == SUBJECT
    assert middle["x"] == pytest.approx(profile["median"].tolist())
    ranges = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    assert [tuple(trace["x"]) for trace in ranges] == list(
        zip(profile["low"], profile["high"], strict=True)
    )
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0
    assert high > 20
    assert figure["layout"]["yaxis"]["categoryarray"] == profile["label"].tolist()[::-1]
    assert "Legal 20.00 (median 19.21)" in figure["layout"]["meta"]["alternative"]
    assert "47 other states" in figure["layout"]["meta"]["subtitle"]


def test_a_pillar_that_is_not_known_is_said_not_drawn() -> None:
    figure = pillars("PLW")
    assert named(figure)["PLW"]["x"] == []
    said = [note["y"] for note in figure["layout"]["annotations"] if note["text"] == "not known"]
    assert said == list(profiles.PILLARS.values())
    assert figure["layout"]["meta"]["alternative"].count("not known") == len(profiles.PILLARS)
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


@pytest.mark.parametrize("iso3", STATES)
def test_an_act_with_a_long_window_is_never_a_dot(iso3: str) -> None:
    acts = real(iso3).dropna(subset=["act"])
    figure = of_acts(real(iso3))
    axis = pd.Timestamp(NEWEST) - acts["earliest"].min()
    long = acts[acts["latest"] - acts["earliest"] > axis * DOT_SHARE]
    shown = {(t["y"][0], t["x"][0], t["x"][1]) for t in bars(figure)}
    assert shown == {
        (row["label"], f"{row['earliest']:%F}", f"{row['latest']:%F}")
        for row in long.to_dict("records")
    }
    assert all(len(trace["x"]) == 2 for trace in bars(figure))
    dated = acts[acts["date"].notna()]
    dots = {
        (label, day)
        for trace in figure["data"]
        if trace["mode"] == "markers" and trace["marker"].get("opacity") != 0
        for label, day in zip(trace["y"], trace["x"], strict=True)
    }
    assert {(r["label"], f"{r['date']:%F}") for r in dated.to_dict("records")} <= dots


def test_some_state_has_bars_and_some_has_dots() -> None:
    assert len(bars(of_acts(real("QAT")))) == 2
    assert bars(of_acts(real("GBR"))) == []


@pytest.mark.parametrize(
    ("act", "grade", "kind", "colour", "symbol"),
    [
        ("signature", "confirmed", "signature", STATUS_COLOURS[SIGNED], "circle"),
        ("signature", "inferred", "signature", STATUS_COLOURS[SIGNED], "circle"),
        ("signature", "reported", "signature, reported", STATUS_COLOURS[SIGNED], "circle-open"),
        ("accession", "confirmed", "consent to be bound", STATUS_COLOURS[BOUND], "circle"),
        ("approval", "reported", "consent, reported", STATUS_COLOURS[BOUND_REPORTED],
         "circle-open"),
        ("withdrawal", "confirmed", "withdrawal", STATUS_COLOURS["withdrawn"], "x"),
        ("withdrawal", "reported", "withdrawal, reported", STATUS_COLOURS["withdrawn"], "x-open"),
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


@pytest.mark.parametrize(("latest", "as_bar"), [("2001-02-02", False), ("2001-12-31", True)])
def test_a_window_is_a_bar_unless_a_dot_covers_it(latest: str, as_bar: bool) -> None:
    figure = made(bound("AAA", "2001-02-01", latest), day=date(2002, 2, 1))
    assert len(bars(figure)) == as_bar
    assert ("consent to be bound" in named(figure)) != as_bar


def test_a_state_without_acts_has_a_figure_that_says_so() -> None:
    figure = made()
    assert "No act is known" in figure["layout"]["meta"]["alternative"]
    assert [trace["y"] for trace in figure["data"]] == [["Atlantis"]]
