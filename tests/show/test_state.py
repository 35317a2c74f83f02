"""One state: what is said of it, its pillars beside the median of its region."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption.api import capacity
from adoption.core.text import numeral
from adoption.countries import profiles
from adoption.law.held import find_treaty
from adoption.law.status import load_status
from adoption.show.standing import standing_view
from adoption.show.state import act_sentence, brief_answer, peers_view, pillars_view
from tests.conftest import Act, bound, made
from tests.show.drawing import read

NEWEST = date(2026, 11, 24)
NAMED = read("states").set_index("iso3")
BESIDE = read("states").merge(capacity("GCI", 2024), on="iso3", how="left")
NONE = read("conflicts")[:0]
NO_PEERS: dict[str, list[float]] = {"overall": [], "distance": []}


# Pillars


def test_a_pillar_that_is_not_known_is_said_not_drawn() -> None:
    frame = BESIDE.copy()
    frame.loc[frame["iso3"] == "QAT", "legal"] = None
    drawing = pillars_view(profiles.pillar_profile("QAT", frame), NAMED.T["QAT"], 2024)
    legal, *others = drawing.data["rows"]
    assert (legal["value"], legal["shown"]) == (None, "not known")
    assert [row["value"] for row in others] == [20.0] * 4
    html = drawing._repr_html_()
    assert html.count('aria-hidden="true"') == 4, "no bar, and not one of no length"


def test_five_full_bars_are_drawn_beside_their_medians() -> None:
    drawing = ad.profile("QAT").table("pillars")
    assert drawing.data["title"].startswith("Qatar has full points")
    assert [row["shown"] for row in drawing.data["rows"]] == ["20.00"] * 5
    assert all(0 < row["median"] < 20 for row in drawing.data["rows"])


@pytest.mark.parametrize(
    ("iso3", "said"), [("NIU", "has no value of Niue"), ("EUE", "The GCI 2024 assesses states.")]
)
def test_a_state_without_values_says_so(iso3: str, said: str) -> None:
    drawing = ad.profile(iso3).table("pillars")
    assert said in drawing.data["text"]
    assert not drawing.is_figure
    assert "<svg" not in drawing._repr_html_()


# Treaty partners


def partners_of(iso3: str, day: date, names: list[str]) -> tuple[Any, dict[str, str]]:
    """Return the partners of a state by some instruments, and what its brief says of them."""
    counts = ad.network(names, day).partners()
    partners = counts.assign(by="; ".join(names), others=len(counts) - 1, more=0).T[iso3]
    state, instruments = NAMED.assign(act=None).T[iso3], [find_treaty(name) for name in names]
    nobody = ad.status("hanoi").frame[:0].assign(**NO_PEERS)
    drawing = peers_view(nobody, partners, state, "GCI", instruments)
    assert drawing is not None
    (note,) = drawing.data["notes"]
    return partners, note


@pytest.mark.parametrize(
    ("iso3", "day", "lead", "says"),
    [
        ("KEN", NEWEST, "none known.", "The lists end earlier, so there may be some."),
        ("FRA", NEWEST, "at least ", "The lists end earlier, so there may be more."),
        ("FRA", date(2010, 1, 1), "", "have more."),
    ],
)
def test_an_upper_bound_of_every_state_is_not_told_as_one(
    iso3: str, day: date, lead: str, says: str
) -> None:
    partners, note = partners_of(iso3, day, ["budapest"])
    assert note["lead"].startswith(f"Cybercrime treaty partners: {lead}")
    assert f" to {partners['others']}" not in note["lead"]
    assert says in note["words"]


@pytest.mark.parametrize(
    ("names", "lead", "says"),
    [
        (["budapest"], "Cybercrime treaty", "The cybercrime treaty is not known to be in force"),
        (["budapest", "malabo"], "Cybercrime treaty", "Of two cybercrime treaties none is known"),
        (
            ["budapest", "budapest-2ap", "nagoya-kuala-lumpur"],
            "Treaty",
            "Of three treaties none is known to be in force",
        ),
    ],
)
def test_no_partner_is_told_of_the_instruments_asked_about_alone(
    names: list[str], lead: str, says: str
) -> None:
    _, note = partners_of("KEN", NEWEST, names)
    assert note["lead"] == f"{lead} partners: none known."
    assert note["words"].startswith(says)


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
    answer = brief_answer("AAA", made("2003-01-01", closes=None), statuses, NONE, read("acts"))
    assert answer.key_figure == f"{bound_by or 'none known'} of {len(others)}"


def answer_of(iso3: str) -> Any:
    return ad.profile(iso3, "hanoi", NEWEST).answer


def test_the_words_of_a_report_lead_to_its_source() -> None:
    qatar, uae = (answer_of(iso3).counts for iso3 in ("QAT", "ARE"))
    assert [words for words, _ in qatar] == ["25 October 2025", "ratification in February 2026"]
    assert [words for words, _ in uae] == ["reported, not confirmed"]
    assert all(to.startswith("https://") for _, to in (qatar[1], uae[0]))


def chance_of(iso3: str) -> dict[str, Any]:
    coming = ad.next_states("hanoi", [iso3], as_of=NEWEST)
    profile, status = ad.profile(iso3, "hanoi", NEWEST), ad.status("hanoi", NEWEST)
    votes = read("votes").query("iso3 == @iso3")
    fact: dict[str, Any] = standing_view(profile, status, coming, votes).data["items"][-1]
    return fact


def test_an_assumed_chance_is_called_so_and_has_no_cells() -> None:
    qatar, egypt = map(chance_of, ("QAT", "EGY"))
    assert (qatar["value"], qatar["units"]) == ("Assumed 80%", None)
    assert egypt["value"] == f"About one in {numeral(egypt['units'])}"


def test_a_signature_by_one_report_is_not_told_as_done() -> None:
    told = "Canada is reported, not confirmed, to have signed the UN Convention"
    assert answer_of("CAN").text.startswith(told)


def test_an_approval_by_report_is_told_after_the_day_of_signature() -> None:
    status = made("2003-01-01", *signed("AAA"), closes=None)
    of_state = status.participants["iso3"] == "AAA"
    status.participants.loc[of_state, "domestic_approval_on"] = pd.Timestamp("2002-03-01")
    status.participants.loc[of_state, "domestic_approval_grade"] = "reported"
    acts = pd.DataFrame([{"convention": status.convention.convention, "grade": "reported"}])
    answer = brief_answer("AAA", status, [], NONE, acts.assign(source="trend-0210"))
    words = [part for part, _ in answer.counts]
    assert words[1:] == ["reportedly approved it at home"]
    assert answer.text.index(words[0]) < answer.text.index(words[1])


def test_a_report_that_is_not_counted_is_said_with_what_speaks_against_it() -> None:
    report = {"kind": "signature", "other_source": "trend-0210", "kept_source": "newshour"}
    reports = pd.DataFrame([report], index=pd.Index(["KEN"], name="iso3"))
    kenya = brief_answer("KEN", load_status("hanoi", NEWEST), [], reports, read("acts")[:0])
    assert kenya.text.endswith("Cybercrime; one report of it is not counted.")
    assert [words for words, _ in kenya.counts] == ["one report", "not counted"]


def test_an_act_that_is_known_better_leads_to_no_source_of_a_report() -> None:
    for iso3, of_state in read("acts").query("convention == 'hanoi'").groupby("iso3"):
        answer = answer_of(str(iso3))
        has_source = any(to.startswith("https://") for _, to in answer.counts)
        assert has_source <= of_state["grade"].eq("reported").any()
        assert has_source == ("report" in answer.text)


@pytest.mark.parametrize(
    ("grade", "says"),
    [
        ("reported", ". It has reportedly approved it at home, and no deposit is seen."),
        ("confirmed", ". It has approved it at home, and no deposit is seen."),
    ],
)
def test_an_approval_at_home_by_report_is_said_to_be_one(grade: str, says: str) -> None:
    row = profiles.row_of("FRA", load_status("hanoi", NEWEST))
    approved = {
        "domestic_approval_on": pd.Timestamp("2026-03-01"),
        "domestic_approval_grade": grade,
    }
    assert act_sentence({**row, **approved}, "Pact").endswith(says)
