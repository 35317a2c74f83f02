"""One state: what is said of it, its pillars on the range of the region, its acts."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption.api import capacity
from adoption.countries import profiles
from adoption.law.conventions import load_conventions
from adoption.law.panel import SIGNED
from adoption.law.status import load_status
from adoption.show.state import (
    KINDS,
    act_sentence,
    acts_chart,
    brief_answer,
    pillar_chart,
    steps_table,
)
from adoption.show.theme import BOUND_REPORTED, STATUS_COLOURS
from tests.conftest import Act, acts_of, bound, made, made_up
from tests.show.drawing import read, same_twice

NEWEST = date(2026, 11, 24)
REGISTRY = list(load_conventions().values())
STATES = ("QAT", "GBR")
NAMED = read("states").set_index("iso3")
BESIDE = read("states").merge(capacity("GCI", 2024), on="iso3", how="left")
NONE = read("conflicts")[:0]
Trace = dict[str, Any]


def of_acts(acts: pd.DataFrame, day: date = NEWEST) -> dict[str, Any]:
    mu = pd.Series({"name": "Mu", "article": None})
    return same_twice(lambda: acts_chart(acts, mu, day), least=1_000, most=15_000)


def real(iso3: str) -> pd.DataFrame:
    return profiles.acts_of(iso3, REGISTRY, read("acts"), NEWEST)


def made_chart(*rows: Act, day: date = NEWEST) -> dict[str, Any]:
    convention = made_up(label="Atlantis")
    return of_acts(profiles.acts_of("AAA", [convention], acts_of(rows), day), day)


def named(figure: dict[str, Any]) -> dict[str, Trace]:
    return {trace["name"]: trace for trace in figure["data"] if trace.get("name")}


def bars(figure: dict[str, Any]) -> list[Trace]:
    return [trace for trace in figure["data"] if trace["mode"] == "lines+markers"]


# Pillars


def test_a_pillar_that_is_not_known_is_said_not_drawn() -> None:
    frame = BESIDE.copy()
    frame.loc[frame["iso3"] == "QAT", "legal"] = None
    chart = pillar_chart(profiles.pillar_profile("QAT", frame), NAMED.T["QAT"], 2024)
    assert chart is not None
    figure = json.loads(chart.to_json())
    assert len(named(figure)["Qatar"]["x"]) == 4
    texts = [note["y"] for note in figure["layout"]["annotations"] if note["text"] == "not known"]
    assert texts == ["Legal"]


def test_a_state_without_values_or_acts_has_no_empty_chart() -> None:
    palau, union = ad.profile("PLW"), ad.profile("European Union")
    assert palau.chart("pillars") is None
    assert union.chart("pillars") is None
    assert union.chart("acts") is not None
    nothing = profiles.acts_of("TUV", REGISTRY[:1], read("acts"), REGISTRY[0].opens)
    assert acts_chart(nothing, NAMED.T["TUV"], NEWEST) is None


# Acts


@pytest.mark.parametrize("iso3", STATES)
def test_every_act_of_a_state_is_one_dot_or_one_bar(iso3: str) -> None:
    acts = real(iso3)
    figure = of_acts(acts)
    dots = [t for t in figure["data"] if t["mode"] == "markers"]
    drawn = sum(len(t["x"]) for t in dots) + sum(len(t["x"]) // 3 for t in bars(figure))
    assert drawn == acts["act"].notna().sum()
    assert {t["name"] for t in figure["data"]} <= set(KINDS)
    assert figure["layout"]["yaxis"]["ticktext"] == [c.label for c in REGISTRY]
    alternative = figure["layout"]["meta"]["alternative"]
    for row in acts.dropna(subset=["act"]).to_dict("records"):
        assert f"{row['short_title']}: {row['act']} " in alternative


@pytest.mark.parametrize(
    ("act", "grade", "kind", "colour", "symbol"),
    [
        ("signature", "confirmed", "signature", STATUS_COLOURS[SIGNED], "circle"),
        ("signature", "reported", "signature, reported", STATUS_COLOURS[SIGNED], "circle-open"),
        (
            "approval",
            "reported",
            "consent to be bound, reported",
            STATUS_COLOURS[BOUND_REPORTED],
            "circle-open",
        ),
    ],
)
def test_the_mark_of_an_act(act: str, grade: str, kind: str, colour: str, symbol: str) -> None:
    trace = named(made_chart((*bound("AAA", "2001-02-03", act=act)[:4], grade)))[kind]
    assert (trace["x"], trace["y"]) == (["2001-02-03"], [0])
    found = trace["marker"]["color"], trace["marker"].get("symbol", "circle")
    assert found == (colour, symbol)
    assert trace["text"] == [f"Atlantis: {act} 3 Feb 2001 ({grade})"]


# What is said


def signed(*codes: str) -> list[Act]:
    return [(code, "signature", "2001-01-02", "", "confirmed") for code in codes]


def ratified(grade: str = "confirmed") -> list[Act]:
    return [("AAA", "ratification", "2001-01-03", "", grade)]


LEFT: Act = ("AAA", "withdrawal", "2002-02-03", "", "confirmed")
MAY_HAVE: Act = (*LEFT[:3], "2009-01-01", "confirmed")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "AAA is not known to have signed or joined the Pact."),
        (
            [("AAA", "accession", "2002-12-01", "2009-01-01", "confirmed")],
            "AAA is not known for certain to have signed or joined the Pact; possibly consented by "
            "then.",
        ),
        (
            [*signed("AAA"), ("AAA", "ratification", "2002-12-01", "2009-01-01", "confirmed")],
            "AAA signed the Pact on 2 January 2001; possibly consented by then.",
        ),
        (
            [*ratified(), (*LEFT[:4], "reported")],
            "AAA withdrew from the Pact on 3 February 2002, by report only.",
        ),
        (
            [*ratified("reported"), MAY_HAVE],
            "AAA, Pact: its ratification on 3 January 2001 is reported, not confirmed; it may have "
            "withdrawn since.",
        ),
        (
            [bound("AAA", "2001-01-03", act="succession")],
            "AAA consented to be bound by the Pact, by its succession, notified on 3 January 2001.",
        ),
    ],
)
def test_what_one_state_did(rows: list[Act], says: str) -> None:
    people = made("2003-01-01", *rows).participants.set_index("iso3")
    assert act_sentence(people.loc["AAA"].to_dict(), "Pact") == says


def test_a_party_by_the_general_rule_is_told_as_such() -> None:
    first = [bound(iso3, "2001-01-03") for iso3 in ("BBB", "CCC", "DDD")]
    later = bound("AAA", "2002-01-03", act="accession")
    people = made("2003-01-01", *first, later, later=None, later_article=None).participants
    row, other = people.iloc[0].to_dict(), people.iloc[1].to_dict()
    assert act_sentence(row, "Pact") == (
        "AAA is a party to the Pact, by its accession on 3 January 2002, by the general rule."
    )
    assert act_sentence(other, "Pact").endswith("by its ratification on 3 January 2001.")


@pytest.mark.parametrize(
    ("others", "bound_by"), [([[MAY_HAVE]], 0), ([[], [MAY_HAVE], [LEFT]], 1), ([[], []], 2)]
)
def test_who_may_have_left_is_not_counted_bound(others: list[list[Act]], bound_by: int) -> None:
    statuses = [made("2003-01-01", *ratified(), *more) for more in others]
    answer = brief_answer("AAA", made("2003-01-01", closes=None), statuses, NONE)
    assert answer.key_figure == f"{bound_by or 'none known'} of {len(others)}"


def test_a_report_that_is_not_counted_is_told_on_the_page_of_its_state() -> None:
    of_state = {"convention": "hanoi", "kind": "signature", "about": "listed", "note": "It is one."}
    reports = pd.DataFrame([of_state | {"other": "a signature of 2026"}])
    told = " One source reports a signature of 2026, which is not counted."
    status = load_status("hanoi", date(2026, 4, 1))
    assert brief_answer("KEN", status, [], reports).text.endswith(f" against Cybercrime.{told}")
    assert told not in brief_answer("KEN", status, [], reports.assign(about="day")).text


def test_a_saved_figure_has_windows_and_no_day_that_nobody_reported() -> None:
    rows = ad.profile("VNM").chart().rows.set_index(["convention", "kind"])
    reported = rows.loc[("Hanoi", "consent to be bound, reported")]
    assert reported["day"] == "2026-01-28/2026-04-10"
    assert reported["act"].startswith("ratification")
    signed = rows.loc[("Hanoi", "signature")]
    assert [*signed] == ["2025-10-25", "signature 25 Oct 2025 (confirmed)"]


@pytest.mark.parametrize(
    ("iso3", "convention", "day", "step"),
    [
        (
            "KEN",
            "hanoi",
            date(2026, 12, 31),
            "sign by 31 December 2026 and ratify, accept or approve; after that day, accede",
        ),
        ("KEN", "hanoi", date(2027, 1, 1), "accede: signature closed on 31 December 2026"),
        ("FRA", "hanoi", NEWEST, "ratify, accept or approve: it has signed"),
        ("QAT", "hanoi", NEWEST, "done, if the report is right"),
        (
            "KEN",
            "budapest",
            NEWEST,
            "sign and ratify, or accede, as its terms allow: an invitation may be needed",
        ),
        (
            "QAT",
            "budapest-2ap",
            NEWEST,
            "join Budapest first: it is open to the parties of that alone",
        ),
        (
            "DEU",
            "budapest-2ap",
            date(2022, 5, 12),
            "sign and ratify, or accede, as its terms allow: an invitation may be needed",
        ),
    ],
)
def test_what_it_would_take_to_be_a_party(iso3: str, convention: str, day: date, step: str) -> None:
    table = steps_table(iso3, [load_status(convention, day)])
    assert table is not None
    assert table.frame["To be a party"].tolist() == [step]


def test_a_state_is_a_party_only_to_a_treaty_in_force_for_it() -> None:
    html = ad.profile("QAT").table("statuses")._repr_html_()
    words = dict(re.findall(r">([^<]+)</a> <small>([^<]+)<", html))
    assert (words["UNCAC"], words["Hanoi"], words["Budapest"]) == (
        "party",
        BOUND_REPORTED,
        "no act known",
    )


def test_a_report_has_the_name_of_its_act() -> None:
    html = ad.profile("KNA").table("statuses")._repr_html_()
    words = dict(re.findall(r">([^<]+)</a> <small>([^<]+)<", html))
    assert words["Nuclear Terrorism"] == "accession reported"


@pytest.mark.parametrize(
    ("grade", "says"),
    [
        ("reported", ". It has reportedly approved it at home, and no deposit is seen."),
        ("confirmed", ". It has approved it at home, and no deposit is seen."),
    ],
)
def test_an_approval_at_home_by_report_is_said_to_be_one(grade: str, says: str) -> None:
    row = profiles.row_of("FRA", load_status("hanoi", NEWEST))
    approved = {"approved_at_home": pd.Timestamp("2026-03-01"), "approval_grade": grade}
    assert act_sentence({**row, **approved}, "Pact").endswith(says)


def test_a_party_has_no_step_left() -> None:
    assert steps_table("QAT", [load_status("uncac", NEWEST)]) is None
