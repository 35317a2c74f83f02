"""The steps of one participant: signed, consented, in force for it by the law, and what is left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption.countries.profiles import statuses_of
from adoption.countries.steps import CONSENT, FORCE, SIGN, steps_of
from adoption.law.status import Status, load_status
from adoption.show.standing import standing_view
from tests.conftest import Act, bound, made

NEWEST = date(2026, 11, 24)
NONE = pd.DataFrame()


def steps(iso3: str, status: Status, acts: pd.DataFrame = NONE) -> dict[str, dict[Any, Any]]:
    rows = steps_of(iso3, [status], acts).to_dict("records")
    return {row["step"]: row for row in rows}


def window(step: dict[Any, Any]) -> tuple[str, str]:
    return f"{step['earliest']:%Y-%m-%d}", f"{step['latest']:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("iso3", "convention", "deposit", "in_force"),
    [
        ("KEN", "uncac", "2003-12-09", "2005-12-14"),  # the treaty's own day, for its first 30
        ("KEN", "untoc", "2004-06-16", "2004-07-16"),  # 30 days after: art. 38(2)
        ("KEN", "rotterdam", "2005-02-03", "2005-05-04"),  # 90 days after: art. 26(2)
        ("FJI", "budapest", "2024-06-20", "2024-10-01"),  # month after three: art. 36(4)
    ],
)
def test_a_treaty_is_in_force_for_a_state_by_its_deposit_rule_and_day(
    iso3: str, convention: str, deposit: str, in_force: str
) -> None:
    found = steps(iso3, load_status(convention, NEWEST))
    assert window(found[CONSENT]) == (deposit, deposit)
    assert window(found[FORCE]) == (in_force, in_force)
    assert (found[FORCE]["known"], found[FORCE]["grade"]) == ("done", "confirmed")


def test_a_day_within_a_window_is_inferred_and_so_is_the_day_in_force() -> None:
    force = steps("QAT", load_status("arab-2010", NEWEST))[FORCE]
    assert window(force) == ("2011-01-20", "2014-02-28")
    assert (force["known"], force["grade"]) == ("done", "inferred")


def test_a_day_by_the_general_rule_is_inferred() -> None:
    first = [bound(iso3, "2001-01-03") for iso3 in ("BBB", "CCC", "DDD")]
    later = bound("AAA", "2002-01-03", act="accession")
    status = made("2003-01-01", *first, later, later=None, later_article=None)
    assert steps("AAA", status)[FORCE]["grade"] == "inferred"
    assert steps("BBB", status)[FORCE]["grade"] == "confirmed"


def known(*rows: Act, iso3: str = "AAA", day: str = "2003-01-01") -> list[str]:
    found = steps(iso3, made(day, *rows))
    return [found[step]["known"] for step in (SIGN, CONSENT, FORCE)]


SIGNED: Act = ("AAA", "signature", "2001-01-02", "", "confirmed")
RATIFIED: Act = ("AAA", "ratification", "2001-01-03", "", "confirmed")
CONFIRMED: Act = ("AAA", "formal confirmation", "2001-01-03", "", "confirmed")
ACCEPTED: Act = ("AAA", "acceptance", "2001-01-03", "", "confirmed")
ANOTHER: Act = ("BBB", "signature", "2001-01-02", "", "confirmed")  # so it is open for signature
JOINED: Act = ("AAA", "accession", "2001-01-03", "", "confirmed")
LEFT: Act = ("AAA", "withdrawal", "2002-02-03", "", "confirmed")
MAY_HAVE: Act = ("AAA", "accession", "2002-12-01", "2009-01-01", "confirmed")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], ["no act known", "no act known"]),
        ([SIGNED], ["done", "no consent known"]),
        ([SIGNED, RATIFIED], ["done", "done"]),
        ([RATIFIED, ANOTHER], ["not listed", "done"]),
        ([CONFIRMED, ANOTHER], ["not listed", "done"]),
        ([RATIFIED], ["without signature", "done"]),
        ([ACCEPTED, ANOTHER], ["without signature", "done"]),
        ([JOINED], ["without signature", "done"]),
        ([RATIFIED, LEFT, ANOTHER], ["not listed", "withdrawn"]),
        ([MAY_HAVE], ["without signature", "possible"]),
    ],
)
def test_what_is_known_of_each_step(rows: list[Act], says: list[str]) -> None:
    assert known(*rows)[:2] == says


def test_an_acceptance_shows_no_signature_and_an_amendment_is_ratified_unsigned() -> None:
    """Of the Convention on the IMO the depositary lists Kenya's acceptance and no signature."""
    for number in ("XII-1", "XXVII-2-e"):
        status = load_status(number, "2018-01-15")
        assert steps("KEN", status)[SIGN]["known"] == "without signature", number


def test_what_is_not_known_is_never_said_not_to_be() -> None:
    """Nothing shows that a treaty is not in force after the last day that anything is known of."""
    hanoi = steps("KEN", load_status("hanoi", NEWEST))
    assert [hanoi[step]["known"] for step in (SIGN, CONSENT)] == ["no act known"] * 2
    assert hanoi[FORCE]["known"] == "treaty not in force"
    assert window(hanoi[FORCE])[0] < f"{NEWEST}", "of the day for which a source says it"


def test_an_approval_at_home_is_no_consent() -> None:
    status = made("2003-01-01", SIGNED)
    day = pd.Timestamp("2002-01-28")
    approval = {"act": "domestic approval", "earliest": day, "latest": day, "open_ended": False}
    approval |= {"convention": status.convention.convention, "grade": "reported", "source": "s"}
    found = steps("AAA", status, pd.DataFrame([approval]))
    assert (found[CONSENT]["known"], found[CONSENT]["grade"]) == ("approved at home", "reported")
    assert window(found[CONSENT]) == ("2002-01-28", "2002-01-28")
    assert found[FORCE]["known"] not in ("done", "possible")


def cells(iso3: str) -> dict[str, list[dict[str, Any]]]:
    data = ad.profile(iso3, as_of=NEWEST).table("treaties").data
    return {line["label"]: line["cells"] for part in data["parts"] for line in part["lines"]}


def test_the_matrix_tells_the_grade_by_its_look_and_in_words() -> None:
    qatar = cells("QAT")
    signed, ratified, force = qatar["UN Convention against Cybercrime"]
    assert (signed["look"], signed["grade"], signed["words"]) == (
        "signed",
        "confirmed",
        "25 Oct 2025",
    )
    assert (ratified["look"], ratified["grade"], ratified["note"]) == (
        "bound",
        "reported",
        "reported",
    )
    assert force["look"] == "waiting"
    assert {cell["grade"] for cell in qatar["Arab, 2010"]} == {"inferred"}
    assert qatar["UNTOC"][0]["words"] == "by accession"
    assert qatar["Budapest"] == [
        {"look": "none", "grade": "", "words": "no act known", "note": "", "span": 3}
    ]


@pytest.mark.parametrize(
    ("iso3", "title"),
    [
        ("KEN", "At least five of ten treaties bind Kenya; cybercrime: none known"),
        ("QAT", "At least six of ten treaties bind Qatar, one on cybercrime"),
    ],
)
def test_its_title_counts_what_is_certainly_in_force(iso3: str, title: str) -> None:
    assert ad.profile(iso3, as_of=NEWEST).table("treaties").data["title"] == title


def test_the_legend_has_the_marks_of_the_cells() -> None:
    canada = ad.profile("CAN", as_of=NEWEST).table("treaties").data["keys"]
    reported = next(key for key in canada if key["words"].startswith("reported"))
    assert reported["marks"] == [{"look": "signed", "grade": "reported"}], "none is of a party"


def test_the_matrix_is_a_table_with_heads_for_rows_columns_and_parts() -> None:
    html = ad.profile("KEN", as_of=NEWEST).table("treaties")._repr_html_()
    assert html.count('<th scope="col"') == 6
    assert html.count('<th scope="rowgroup"') == 2
    assert html.count('<th scope="row"') == 10
    assert "data:text/csv" in html


@pytest.mark.parametrize(
    ("iso3", "convention", "day", "left"),
    [
        ("KEN", "hanoi", date(2026, 12, 1), "sign"),
        ("FRA", "hanoi", NEWEST, "ratify"),
        ("QAT", "hanoi", NEWEST, "confirm"),
        ("KEN", "budapest", NEWEST, "accede if invited"),
        ("MCO", "budapest", date(2010, 1, 1), "sign or accede"),
        ("KEN", "malabo", NEWEST, "sign or accede"),
        ("QAT", "budapest-2ap", NEWEST, "join first, if it has not"),
        ("QAT", "budapest-2ap", date(2024, 10, 9), "join first"),
        ("DEU", "budapest-2ap", date(2022, 5, 12), "join as a party"),
        ("QAT", "uncac", NEWEST, "nothing"),
    ],
)
def test_what_it_would_take_to_be_a_party(iso3: str, convention: str, day: date, left: str) -> None:
    day = min(day, NEWEST)
    assert statuses_of(iso3, [load_status(convention, day)])["left"].item() == left


def test_after_the_closing_day_only_accession_is_left() -> None:
    assert statuses_of("KEN", [load_status("untoc", NEWEST)])["left"].item() == "nothing"
    niue = statuses_of("NIU", [load_status("uncac", NEWEST)])
    assert niue["left"].item() == "accede"


def facts(iso3: str, convention: str = "hanoi", day: date = NEWEST) -> list[dict[str, Any]]:
    status = ad.status(convention, day)
    profile = ad.profile(iso3, convention, day)
    coming = None if iso3 == "EUE" else ad.next_states(convention, [iso3], as_of=day)
    items: list[dict[str, Any]] = standing_view(
        profile, status, coming, ad.table("votes").head(0)
    ).data["items"]
    return items


@pytest.mark.parametrize(
    ("iso3", "standing", "can_do", "chance"),
    [
        ("KEN", "No act known", "Sign by", "About one in 20"),
        ("QAT", "Ratification reported", "Ratify, if the report is wrong", "Assumed 80%"),
        ("CAN", "Signature reported", "Ratify, if the report is right", "About one in three"),
        ("FRA", "Signed", "Ratify", "About one in five"),
    ],
)
def test_three_facts_of_a_state(iso3: str, standing: str, can_do: str, chance: str) -> None:
    found = facts(iso3)
    assert [item["value"] for item in found] == [standing, can_do, chance]
    assert (found[2]["units"] is None) == (iso3 == "QAT"), "no model gives what is assumed"
    if iso3 == "KEN":
        assert found[2]["units"] == 20
        assert found[0]["notes"][0]["words"].startswith("Not the same as “no”: the list is")
    if iso3 != "QAT":  # whose chance is that of a report, of no time
        assert found[2]["label"].endswith(", 10 Feb 2026 to 24 Nov 2027")
        why = "10 February 2026 is the last day with a known number of ratifications."
        assert found[2]["notes"][0]["words"].endswith(why), "a reader sees why it begins there"


def test_an_organisation_has_its_member_states_in_place_of_a_chance() -> None:
    _, can_do, members = facts("EUE")
    assert members["to"] == "group:eu", "their tiles stand there alone"
    assert can_do["notes"][-1]["words"] == "Its own instrument does not count among those needed."
    assert (members["label"], members["value"]) == (
        "Its member states",
        "At least 13 of 27 have signed",
    )
    untoc = [note["words"] for note in facts("EUE", "untoc")[1]["notes"]]
    assert not any("does not count" in words for words in untoc), "it is in force"


def test_a_party_has_nothing_left_to_do() -> None:
    _, can_do, chance = facts("QAT", "uncac")
    assert can_do["value"] == "No step left to join"
    [withdrawal] = can_do["notes"]
    assert withdrawal["words"].startswith("It has consented. Withdrawal: art.")
    assert (chance["value"], chance["units"]) == ("It has consented", None)


def test_one_that_cannot_join_is_told_why() -> None:
    found = facts("FRA", "malabo")
    assert found[1]["value"] == "Cannot join"
    assert found[1]["notes"][0]["words"].endswith("made for the members of the African Union.")
