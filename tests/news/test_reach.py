"""What a depositary's list brings is told with the convention, and gives the reason it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adoption.news.act_phrases import act_line
from adoption.news.feed import told
from adoption.news.kinds import ADDED, CHANGED, REMOVED, ActChange, Differences, RowChange
from adoption.news.others import table_change
from adoption.news.reach import GONE, REFUTED, UNLISTED, list_lines, listed_conventions, why_removed
from adoption.news.sections import sections
from adoption.news.summary import summary_line
from tests.news.made_up import ATLANTIS, NAMES, act, undated

LATER = RowChange(("atlantis",), CHANGED, "complete_to", "2020-03-01", "2020-03-08")
REACH = RowChange(("atlantis",), CHANGED, "reach", "Complete to 1 March.", "Complete to 8 March.")
TITLE = RowChange(("atlantis",), CHANGED, "title", "Old", "New")
REFUTES = ("atlantis", "BBB", "consent", "listed", "ratification, 2020-02-01", "press")
DIFFERS = ("atlantis", "AAA", "signature", "day", "2020-02-11", "press")


LIST = RowChange(("data/raw/untc-atlantis/2020-03-08/x.xml",), ADDED)
AGAIN = RowChange(LIST.key, CHANGED, "unchanged_until", "2020-03-01", "2020-03-08")
SHOWS = RowChange(LIST.key, CHANGED, "complete_to", "2020-03-01", "2020-03-08")
SAID = ("atlantis", "declaration", "Aland", "2c7a136512345678")
NOTED = ("atlantis", "end note", "", "11ff136512345678")


def with_rows(
    *rows: RowChange,
    conflicts: tuple[RowChange, ...] = (),
    statements: tuple[RowChange, ...] = (),
    snapshots: tuple[RowChange, ...] = (LIST,),
    **given: object,
) -> Differences:
    tables = [("conventions", rows), ("conflicts", conflicts), ("statements", statements),
              ("snapshots", snapshots)]  # fmt: skip
    return Differences(
        tables=tuple(table_change(name, found) for name, found in tables if found),
        states=NAMES, conventions={"atlantis": ATLANTIS}, **given,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("about", "change", "why"),
    [
        (REFUTES, ADDED, REFUTED),
        (("atlantis", "AAA", *REFUTES[2:]), ADDED, GONE),
        ((*REFUTES[:3], "day", *REFUTES[4:]), ADDED, GONE),
    ],
)
def test_why_an_act_was_removed(about: tuple[str, ...], change: str, why: str) -> None:
    removed = ActChange(undated("BBB"), None)
    found = with_rows(conflicts=(RowChange(about, change),))
    assert why_removed(removed, found) == why
    assert act_line(removed, found) == f"Borduria: ratification in February 2020 {why}"
    assert told(removed, found)[1] == f"Ratification in February 2020 {why}."


@pytest.mark.parametrize(("source", "why"), [("untc-atlantis", UNLISTED), ("us", GONE), ("", GONE)])
def test_an_act_that_only_the_depositary_had(source: str, why: str) -> None:
    removed = ActChange(act("BBB", source=source), None)
    assert why_removed(removed, with_rows()) == why
    assert told(removed, with_rows())[1] == f"Signature of 10 February 2020 {why}."
    nobody = replace(with_rows(), conventions={})
    assert why_removed(removed, nobody) == GONE


def test_how_far_the_list_reaches_and_what_it_contradicts_in_words() -> None:
    found = with_rows(
        LATER, REACH, conflicts=(RowChange(REFUTES, ADDED), RowChange(DIFFERS, REMOVED))
    )
    assert listed_conventions(found) == {"atlantis"}
    assert list(list_lines("mu", found)) == []
    assert [(line.sign, line.words) for line in sections(found)[0].lines] == [
        (CHANGED, "the list of acts is complete to 8 March 2020 (was 1 March 2020)"),
        (REMOVED, "sources differ on Aland, no longer: day of the signature; "
                  "press says 2020-02-11"),
        (ADDED, "sources differ on Borduria: consent not in the depositary's list; "
                "press says ratification, 2020-02-01"),
    ]  # fmt: skip
    assert [section.title for section in sections(found)[1:]] == ["Other tables"]
    assert [line.words for line in sections(found)[1].lines] == ["snapshots: 1 row added"]


def test_a_list_is_no_news_but_for_what_it_contradicts() -> None:
    acts = (ActChange(None, act("AAA")),)
    total = ("atlantis", "", "signatories", "total", "73 on 2020-02-11", "press")
    found = with_rows(LATER, TITLE, conflicts=(RowChange(total, ADDED),), acts=acts)
    assert summary_line(found) == "1 signature of Atlantis; 1 row of conventions; 1 new conflict"
    lines = [line.words for section in sections(found) for line in section.lines]
    assert "sources differ on signatories: published total; press says 73 on 2020-02-11" in lines
    assert "conventions: atlantis: title New (was Old)" in lines


def test_a_list_that_was_found_unchanged_is_no_news() -> None:
    found = with_rows(LATER, REACH, snapshots=(AGAIN, SHOWS))
    assert sections(found) == ()
    assert listed_conventions(found) == set()
    acted = with_rows(LATER, snapshots=(AGAIN,), acts=(ActChange(None, act("AAA")),))
    assert [line.words for section in sections(acted) for line in section.lines] == [
        "Aland: signature of 10 February 2020 (confirmed, source us)"
    ]
