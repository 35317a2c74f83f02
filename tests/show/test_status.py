"""A convention on a day: the grammar of none, one and many; curves that end at the status."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.law.spells import History, load_history
from adoption.law.status import load_status
from adoption.show import status as show
from adoption.show.curve import adoption_curve
from adoption.tables import data_day
from tests.conftest import Act, bound, history, made
from tests.show.drawing import same_twice, status, words
from tests.show.reading import cells, check, row_of

NEWEST = data_day()
PACTS: list[dict[str, Any]] = [{"threshold": 2}, {"signatories_listed": False, "threshold": 5}]
CODES = ("AAA", "BBB", "CCC", "DDD")
THREE = [bound(code, f"2002-01-0{n}") for n, code in enumerate(CODES[:3], start=1)]
SIGNATURE: Act = ("BBB", "signature", "2001-01-03", "", "confirmed")


@pytest.mark.parametrize(("grade", "doubted"), [("reported", True), ("inferred", False)])
def test_an_entry_into_force_that_rests_on_a_report_says_so(grade: str, doubted: bool) -> None:
    fourth = "DDD", "accession", "2003-02-01", "", grade
    status = made("2004-01-01", *THREE, fourth, threshold=4)
    assert status.in_force
    assert ("if the reports are right" in show.status_sentence(status)) == doubted


@pytest.mark.parametrize("grade", ["reported", "confirmed", "inferred"])
@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("rules", PACTS)
def test_none_one_and_many_parties(count: int, grade: str, rules: dict[str, Any]) -> None:
    signed: Act = ("AAA", "signature", "2001-01-02", "", "confirmed")
    rows = [(code, "ratification", "2001-01-03", "", grade) for code in CODES[:count]]
    for day in ("2001-01-10", "2001-12-01"):
        found = made(day, signed, *rows, **rules)
        check(show.status_sentence(found), show.status_title(found), show.curve_title(found))


def test_doubtful_acts_are_all_of_them_and_no_others() -> None:
    found = load_status("hanoi", NEWEST)
    table, people = show.doubtful_table(found), found.participants
    sure = (people["grade"] == "confirmed") | people["grade"].isna()
    assert sorted(cells(table, "Participant")) == sorted(people.loc[~sure, "name"])
    assert list(row_of(table, "Qatar").values())[:5] == [
        "Qatar",
        "ratification reported",
        "ratification",
        "Feb 2026",
        "reported",
    ]
    assert row_of(table, "Canada")["Shown as"] == "signature reported"


# The curve


def drawn(spells: History, day: date = NEWEST) -> dict[str, Any]:
    return same_twice(lambda: adoption_curve(spells, day, "A finding"), least=1_500, most=60_000)


@pytest.mark.parametrize("name", ["hanoi", "untoc", "malabo", "arab-2010"])
def test_each_curve_is_of_steps_and_ends_at_the_status(name: str) -> None:
    history, found = load_history(name), status(name)
    figure = drawn(history)

    def undated(kind: str) -> int:
        return int(getattr(history, kind)["open_ended"].sum())

    curves = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    series = {trace["name"]: trace for trace in curves if trace["line"]["width"]}
    assert {trace["line"]["shape"] for trace in curves} == {"hv"}
    assert ("signatories" in series) == found.convention.signatories_listed
    if "signatories" in series:
        assert series["signatories"]["y"][-1] == found.signatories.lower - undated("signatures")
    assert series["consents"]["y"][-1] == found.parties.lower - undated("listed_consents")
    assert ("consents with reports" in series) == (found.parties.reported > 0)
    if found.parties.reported:
        with_reports = series["consents with reports"]["y"]  # none where it is on the other
        known = found.parties.with_reports - undated("listed_consents")
        assert with_reports[-1:] in ([], [known])
        assert series["consents with reports"]["line"]["dash"] == "dash"
    said = " | ".join(note["text"] for note in figure["layout"]["annotations"])
    needed = f"{found.convention.threshold} instruments needed"
    assert (needed in said) == bool(found.parties.lower), "beside signatures alone it misleads"


@pytest.mark.parametrize(
    ("rules", "day", "expected"),
    [
        ({"complete_to": date(2001, 6, 1)}, "2001-06-01", [("complete", "2001-01-01")]),
        (
            {
                "complete_to": date(2001, 6, 1),
                "nearly_complete_to": date(2001, 7, 1),
                "partial_to": date(2001, 9, 1),
            },
            "2001-12-01",
            [
                ("complete", "2001-01-01"),
                ("nearly complete", "2001-06-01"),
                ("partial", "2001-07-01"),
                ("may lack acts", "2001-09-01"),
            ],
        ),
        (
            {"complete_to": None, "partial_to": date(2001, 9, 1)},
            "2001-08-01",
            [("partial", "2001-01-01")],
        ),
        (
            {"complete_to": date(2001, 1, 2)},
            "2001-08-01",
            [("complete", "2001-01-01"), ("may lack acts", "2001-01-02")],
        ),
    ],
)
def test_how_far_the_list_reaches_is_a_bar_below_the_axis(
    rules: dict[str, Any], day: str, expected: list[tuple[str, str]]
) -> None:
    figure = drawn(history(SIGNATURE, **rules), date.fromisoformat(day))
    bar = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert [(part["name"], part["x0"]) for part in bar] == expected
    assert all(part["y0"] < 0 for part in bar)
    source = figure["layout"]["meta"]["source"]
    assert [how for how, _ in expected if f"{how} to " not in source] == []


def test_days_that_are_not_known_are_said() -> None:
    rows = [bound("AAA", "2001-02-01", "2001-06-30"), SIGNATURE]
    assert show.count_figure(made("2001-04-01", *rows).parties) == "none known", "and not 0"
    figure = drawn(history(*rows), date(2001, 4, 1))
    assert "up to 1 consent" in words(figure)
    assert "up to 1 consent" in figure["layout"]["meta"]["alternative"]
