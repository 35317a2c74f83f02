"""The Treaty Office's chart: read as a page shows it, refused where it shows anything else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.data.readers.coe import read_coe
from adoption.data.readers.listed import ListedAct
from adoption.data.readers.text import UnreadableError
from tests.sources.charts import HEADINGS, Row, chart

TITLE = "Convention on Invented Crime"
MEMBERS: list[Row] = [
    ("Atlantis", "23/11/2001", "20/06/2002", "01/07/2004"),
    ("Lemuria", "9/2/2005", "", ""),
    ("Mu 55", "", "", ""),
    ("Türkland", "", "24/06/2013 s", "01/10/2013"),
]
OTHERS: list[Row] = [("Ruritania", "", "30/11/2012 a", "01/03/2013")]


def test_a_chart_is_read_as_it_is_shown() -> None:
    found = read_coe(chart(TITLE, MEMBERS, OTHERS), "185.html")
    assert found.title == TITLE
    assert found.acts == (
        ListedAct("Atlantis", "signature", date(2001, 11, 23)),
        ListedAct("Atlantis", "ratification", date(2002, 6, 20)),
        ListedAct("Lemuria", "signature", date(2005, 2, 9)),
        ListedAct("Türkland", "definitive signature", date(2013, 6, 24)),
        ListedAct("Ruritania", "accession", date(2012, 11, 30)),
    )
    assert found.entry_into_force == {
        "Atlantis": date(2004, 7, 1),
        "Türkland": date(2013, 10, 1),
        "Ruritania": date(2013, 3, 1),
    }
    assert (found.signatories, found.parties, found.statements) == (2, 3, ())
    assert (found.number, found.as_of) == ("185", date(2026, 11, 24))
    assert (found.in_force_on, found.not_in_force) == (None, False)


def test_the_total_is_the_printed_one_and_what_the_rows_add() -> None:
    found = read_coe(chart(TITLE, MEMBERS, OTHERS, signed_only=7, bound=46), "x")
    assert (found.signatories, found.parties) == (8, 46)
    found = read_coe(chart(TITLE, MEMBERS, OTHERS, signed_only=None, bound=None), "x")
    assert (found.signatories, found.parties) == (None, None)


def test_columns_are_found_by_their_headings_and_blank_ones_passed_over() -> None:
    there = read_coe(chart(TITLE, MEMBERS), "x")
    turned = ("States", "", "Entry into Force", "", "Ratification", "Notes", "Signature", "R.")
    page = chart(TITLE, [], MEMBERS, headings=("", *turned[1:]))
    assert read_coe(page, "x") == there
    assert read_coe(page.replace(b"<th> \n</th>", b"<th>State</th>", 1), "x") == there


def test_a_heading_may_be_missing_above_the_states() -> None:
    page = chart(TITLE, MEMBERS)
    without = page.replace(b"<tr class='state'><th> \n</th>", b"<tr class='state'>")
    assert without != page
    assert read_coe(without, "x") == read_coe(page, "x")


def turned(old: str, new: str) -> bytes:
    page = chart(TITLE, MEMBERS, OTHERS).decode()
    assert old in page
    return page.replace(old, new).encode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (turned("23/11/2001\n", "2001-11-23\n"), "(Atlantis), column signature: '2001-11-23' is n"),
        (turned("9/2/2005", "9/2/2005 a"), "column signature: unknown mark 'a'"),
        (turned("> Notes", "> Footnotes"), "unknown heading 'Footnotes'; did you mean notes?"),
        (turned("Lemuria", ""), "no state in the first column"),
        (turned("Lemuria", "Lem\x1furia"), "has a character that no text has"),
        (turned("of 24/11/2026", "of 31/11/2026"), "Status as of '31/11/2026' is not a day of the"),
        (b"[[]]", "which is not HTML"),
        (turned("<h1>", "<h1>" + "<div>" * 300), "Excessive depth in document"),
        (turned("<h1>", "<h1>The site is under urgent maintenance"), "the page says 'urgent maint"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_not_as_expected_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_coe(content, "185.html")
    assert str(caught.value).startswith("185.html: ")
    assert problem in str(caught.value)


DAYS = st.dates(date(1949, 1, 1), date(2099, 12, 31))
NAMES = st.sampled_from(["Atlantis", "Lemuria", "Mu", "Türkland", "Île Perdue", "Mu & Co"])
WRITTEN = st.sampled_from(["%d/%m/%Y", "{0.day}/{0.month}/{0.year}"])


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(NAMES, st.tuples(st.none() | DAYS, st.none() | DAYS, st.booleans())),
    WRITTEN,
    st.permutations(HEADINGS[1:]),
    st.sampled_from(["utf-8", "ISO-8859-1"]),
    st.integers(0, 6),
)
def test_any_chart_is_read_back_whatever_its_form(
    states: dict[str, tuple[date | None, date | None, bool]],
    form: str,
    order: list[str],
    encoding: str,
    split: int,
) -> None:
    def shown(day: date | None) -> str:
        return "" if day is None else form.format(day) if "{" in form else day.strftime(form)

    rows: list[Row] = []
    acts = []
    for name, (signed, bound, joined) in states.items():
        mark = " a" if joined and bound else ""
        rows.append((name, shown(signed), shown(bound) + mark, shown(bound)))
        acts += [ListedAct(name, "signature", signed)] if signed else []
        consent = "accession" if mark else "ratification"
        acts += [ListedAct(name, consent, bound)] if bound else []
    page = chart(TITLE, rows[:split], rows[split:], headings=("", *order), encoding=encoding)
    if not acts:
        with pytest.raises(UnreadableError, match="no state with a day"):
            read_coe(page, "x")
        return
    found = read_coe(page, "x")
    assert found.acts == tuple(acts)
    assert found.entry_into_force == {name: day for name, (_, day, _) in states.items() if day}
    assert found.signatories == sum(act.act == "signature" for act in acts)
    assert found.parties == sum(act.act != "signature" for act in acts)
