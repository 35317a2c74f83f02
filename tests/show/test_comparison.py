"""A convention beside others and among all treaties: shares, days, places, and their charts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from adoption.core.observation import Observation
from adoption.figures.theme import MARGINS, SUBJECT
from adoption.law.conventions import load_conventions
from adoption.law.curves import eligible_states, shares_at_age
from adoption.law.evidence import NotInForce
from adoption.law.spells import load_history
from adoption.law.thresholds import milestones
from adoption.show import comparison as show
from adoption.show.classes import BOUND_REPORTED, STATUS_COLOURS
from adoption.show.comparison import place_chart, places_table
from adoption.show.timeline import TOP, curves_by_age
from tests.conftest import made_up
from tests.show.drawing import notes, read, same_twice
from tests.show.reading import cells, row_of

NEWEST = date(2026, 11, 24)
DAYS_A_YEAR = 365.25
REGISTRY = load_conventions()
TREATIES = pd.DataFrame(
    {
        "treaty": ["I-1", "I-2", "XVIII-12", "I-4"],
        "title": ["One", "Two", "Three", "Four"],
        "signatories": [30, 10, 20, 20],
        "un_members": [193, 40, 193, 193],
        "parties": [0, 4, 4, 900],
        "everywhere": [True, True, True, False],
    }
)
ATLANTIS = made_up(label="Atlantis", reference="ATL 1", short_title="Atlantis Convention")


def reached(names: str) -> pd.DataFrame:
    chosen = [REGISTRY[name] for name in names.split()]
    return milestones([load_history(c.convention) for c in chosen], read("states"), NEWEST)


def drawn(names: str, measure: Any, years: int = 5, day: date = NEWEST) -> dict[str, Any]:
    chosen = [REGISTRY[name] for name in names.split()]
    return same_twice(
        lambda: curves_by_age(
            [load_history(c.convention) for c in chosen],
            day,
            measure,
            "F",
            years,
            lambda one: eligible_states(one, read("states"), read("memberships")),
        ),
        least=1_000,
        most=60_000,
    )


def lines(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["line"]["width"]]


def line(figure: dict[str, Any], name: str, dash: str = "solid") -> dict[str, Any]:
    (found,) = [t for t in lines(figure) if t["name"] == name and t["line"]["dash"] == dash]
    return found


def labels(figure: dict[str, Any]) -> set[str]:
    return {note["text"] for note in notes(figure, "end-label")}


def test_another_ends_where_its_list_is_complete_and_the_subject_goes_on_dotted() -> None:
    figure = drawn("uncac untoc arab-2010", "parties", 30)
    partial = (date(2016, 1, 30) - date(2010, 12, 21)).days / DAYS_A_YEAR  # complete to no day
    assert line(figure, "Arab, 2010", "dot")["x"][-1] == pytest.approx(partial, abs=0.001)
    complete = (date(2014, 1, 27) - date(2000, 12, 12)).days / DAYS_A_YEAR
    assert line(figure, "UNTOC")["x"][-1] == pytest.approx(complete, abs=0.001)
    assert line(figure, "UNCAC", "dot")["x"][0] == line(figure, "UNCAC")["x"][-1]
    acts, states = read("acts"), read("states")
    bound = acts[(acts["convention"] == "uncac") & (acts["act"] != "signature")]
    members = set(bound["iso3"]) & set(states.loc[states["un_member"], "iso3"])
    assert len(members) == 174
    assert "<b>UNCAC at least 90%, one undated</b>" in labels(figure)  # 174 of 193
    highest = max(line(figure, "UNCAC", "dot")["y"])
    assert highest == pytest.approx(100 * 173 / 193, abs=0.06), "the undated one is no step"


def test_reports_are_a_line_of_their_own_and_the_firm_line_stays_below() -> None:
    figure = drawn("hanoi untoc", "parties")
    reports = line(figure, "Hanoi, with reports", "dash")
    assert reports["line"]["color"] == STATUS_COLOURS[BOUND_REPORTED]
    assert reports["y"][-1] == pytest.approx(100 * 3 / 193, abs=0.06)
    assert set(line(figure, "Hanoi", "dot")["y"]) == {0}
    assert labels(figure) >= {"<b>Hanoi none confirmed</b>", "at least 1% with reports"}
    signed = drawn("hanoi untoc", "signatories")
    signed_by_report = line(signed, "Hanoi, with reports", "dash")
    assert signed_by_report["y"][-1] == pytest.approx(37.8, abs=0.06)
    assert signed_by_report["line"]["color"] == SUBJECT, "orange is a ratification alone"


def test_what_cannot_be_drawn_is_said() -> None:
    figure = drawn("malabo", "signatories")
    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"] == "No source names who signed"
    both = drawn("malabo untoc", "signatories")
    assert [trace["name"] for trace in lines(both)] == ["UNTOC"]
    early = drawn("untoc hanoi", "signatories", day=date(2001, 1, 1))
    assert [trace["name"] for trace in lines(early)] == ["UNTOC"]


# Shares, days and places as people read them


def shares(days: int, *names: str) -> pd.DataFrame:
    histories = [load_history(name) for name in names or REGISTRY]
    return shares_at_age(histories, read("states"), read("memberships"), days, NEWEST)


def test_shares_with_their_bounds() -> None:
    table = show.shares_at_age_table(shares(395), 395)
    assert list(row_of(table, "UN Convention against Cybercrime").values()) == [
        "UN Convention against Cybercrime",
        "25 Oct 2025",
        "at least 67 of 193 (34%)",
        "none confirmed of 193",
        "6 signatures, 3 ratifications",
    ]
    # Counted from acts.csv: the 2 undated deposits of Malabo, no dated act of the Arab one.
    malabo = row_of(table, "Malabo Convention")
    assert malabo["Signed"] == "not known"
    assert malabo["Consented to be bound"] == "0 to 2 of 54 (0% to 4%)"
    assert row_of(table, "Arab Convention on IT Offences")["Signed"] == "possibly 21 of 22"
    young = row_of(show.shares_at_age_table(shares(396), 396), "UN Convention against Cybercrime")
    assert (young["Signed"], young["By report only"]) == ("not yet that old", "")
    closed, days = shares(8386, "uncac"), 8386  # nobody can sign any more, but consent
    row = row_of(show.shares_at_age_table(closed, days))
    assert (row["Signed"], row["Consented to be bound"][:8]) == ("139 of 193 (72%)", "at least")
    assert show.share_title(closed, "signatories", days).startswith("72% of UN members signed")


def test_days_to_the_nth_instrument() -> None:
    table = show.milestones_table(reached(" ".join(REGISTRY)), NEWEST)
    assert list(row_of(table, "Organized Crime Convention (UNTOC)").values())[1:] == [
        "498",
        "617",
        "931",
        "1,143",
        "1,021",  # 12 December 2000 to 1 July 2003: 931 days
    ]
    assert set(cells(table, "10th")) >= {"not known (list incomplete)", "1,153 to 1,509"}
    budapest = row_of(table, "Budapest Convention")
    assert budapest["40th"] == "4,290 (by report)"
    table = show.milestones_table(
        reached("hanoi"), NEWEST, {"hanoi": NotInForce(date(2026, 9, 1), by_report=True)}
    )
    assert cells(table, "Entry into force") == ["not in force on 1 Sep 2026, by report"]


UNNAMED = Observation("signatories", 0, 0, 0, known=False)


def test_places_among_treaties_open_to_all() -> None:
    known: Any = {
        "signatories": Observation("signatories", 20, 20, 20),
        "parties": Observation("consents", 0, 2, 9, complete=False),
    }
    table = places_table(known, TREATIES[TREATIES["everywhere"]], "Atlantis", 100)
    assert cells(table, "Count") == [
        "Signatures",
        "Signatures per UN member of the time",  # 20 of 100: below the 10 of 40
        "Ratifications",
        "Ratifications, if the reports are right",
        "Ratifications, if all that are possible count",
    ]
    first = table.frame.to_dict("records")[0]
    assert (first["Treaties"], first["Percentile rank"]) == (3, "50")
    assert [first[head] for head in ("Fewer", "As many", "More")] == ["33%", "33%", "33%"]
    assert cells(table, "Known") == ["20", "20%", "none for certain", "at least 2", "at least 9"]
    ranks = cells(table, "Percentile rank")
    assert ranks[1:3] == ["67", "not known"]
    assert all(rank.startswith("at least ") for rank in ranks[3:])
    assert set(cells(table, "More")[2:]) == {"not known"}
    nothing: Any = {"signatories": UNNAMED, "parties": Observation("consents", 1, 1, 1)}
    empty = places_table(nothing, TREATIES.iloc[:0], "Atlantis", 100)
    assert set(cells(empty, "Count")) == {
        "Ratifications",
        "Ratifications per UN member of the time",
    }
    assert set(cells(empty, "Fewer") + cells(empty, "Percentile rank")) == {"not known"}


def placed(known: Any, measure: Any) -> tuple[dict[str, Any], list[str]]:
    chosen = [ATLANTIS, REGISTRY["untoc"]]
    figure = same_twice(
        lambda: place_chart(TREATIES, known, chosen, measure, 30), least=1_000, most=30_000
    )
    return figure, [note["text"] for note in notes(figure, "end-label")]


def test_names_stand_apart_and_below_their_dots_where_no_other_is() -> None:
    known: Any = {"signatories": Observation("signatories", 19, 21, 21, complete=False)}
    figure, labels = placed(known, "signatories")
    assert len(labels) == 3
    height = (figure["layout"]["height"] - MARGINS) / TOP
    words = sorted((note["y"], note["yshift"]) for note in notes(figure, "end-label"))
    assert all(shift <= -show.HALF_LINE for _, shift in words)
    middles = [y * height + shift for y, shift in words]
    assert all(upper - lower > 15 for lower, upper in pairwise(middles))


def test_treaties_stand_in_order_and_the_marked_in_the_middle_of_their_equals() -> None:
    figure, labels = placed({"signatories": Observation("signatories", 20, 20, 20)}, "signatories")
    dots, compared, _, subject, _ = figure["data"]
    assert dots["x"] == [10, 20, 20, 30]
    assert (dots["y0"], dots["dy"]) == (12.5, 25)
    assert dots["text"] == ["Two: 10", "Four: 20", "Three: 20", "One: 30"]
    # One below and half of two ties, of four: the subject and one compared alike.
    assert (compared["x"], compared["y"]) == ([20], [50])
    assert (subject["x"], subject["y"], subject["marker"]["color"]) == ([20], [50], [SUBJECT])
    assert labels == ["UNTOC 20", "<b>Atlantis 20</b>"]


def test_reports_and_what_is_possible_are_drawn_apart() -> None:
    figure, labels = placed(
        {"parties": Observation("consents", 0, 4, 5, complete=False)}, "parties"
    )
    possible, firm, reported = figure["data"][2:]
    # None for certain, in a list that is not complete, has no place among the treaties.
    assert (firm["y"], reported["y"]) == ([], [50])
    assert possible["y"] == [50, 75]
    assert reported["marker"]["color"] == [STATUS_COLOURS[BOUND_REPORTED]]
    assert labels[1:] == ["Atlantis 4 if reports are right"]
