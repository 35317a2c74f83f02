"""One count on every surface: the number that leads, those by report, and what is still needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest

import adoption
from adoption import tables
from adoption.cli.status import status_in_text
from adoption.law.status import Status, load_status, status_on
from adoption.refresh.diff import status_events
from adoption.reports.site.compare import compared
from adoption.reports.site.render import EMBEDDED
from adoption.show.front import front_answer, next_date_view, progress_view
from adoption.show.status import count_figure, curve_title, status_sentence
from adoption.show.status_json import status_json
from adoption.show.theme import status_class
from adoption.show.world import counts_in_words, world_map
from tests.conftest import acts_of, bound, history_of, made_up, states_of
from tests.show.drawing import status

ad: Any = adoption
DAY = tables.data_day()
# Convention: signatories, parties; of each how many by report; what is still needed at most.
LEADS: dict[str, tuple[int | None, int, int, int, int]] = {
    "hanoi": (68, 0, 7, 3, 40),
    "uncac": (140, 190, 0, 0, 0),  # the depositary's total of April 2024; 178 are named
    "untoc": (147, 190, 0, 1, 0),
    "malabo": (None, 14, 0, 1, 0),
    "arab-2010": (21, 10, 0, 0, 0),
}
Found = dict[str, int | None]


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def of_figure(text: str) -> tuple[int | None, int]:
    """Return the lead and the reports of a figure such as `68+, 7 reported`."""
    if text == "not known":
        return None, 0
    return number(r"^(\d+)(?=\+|$|,| to)", text), number(r"(\d+) reported", text)


def pair(signed: str, bound: str) -> Found:
    (signatories, by_report), (parties, bound_by_report) = of_figure(signed), of_figure(bound)
    return {"signatories": signatories, "parties": parties,
            "signed by report": by_report, "bound by report": bound_by_report}  # fmt: skip


def in_cli(found: Status) -> Found:
    lines = {line[2:19].strip(): line[20:] for line in status_in_text(found).splitlines()[1:]}
    signed, bound = lines["signatories"], lines.get("parties") or lines["consents"]
    leads = {
        "signatories": None if signed.startswith("not") else number(r"(\d+)", signed),
        "parties": number(r"(\d+)", bound),
        "remaining": number(r"(\d+)(?: \(|$)", lines["remaining"]),
    }
    reports = [number(r"(\d+) reported", text) for text in (signed, bound)]
    return leads | dict(zip(("signed by report", "bound by report"), reports, strict=True))


def in_json(found: Status) -> Found:
    known = status_json(found)
    for measure in ("signatories", "parties"):
        if known[measure] is not None:
            assert known["bounds"][measure][0] == known[measure]
    assert known["bounds"]["remaining"][1] == known["remaining"]
    return {
        "signatories": known["signatories"],
        "parties": known["parties"],
        "signed by report": known["reported"].get("signatories", 0),
        "bound by report": known["reported"]["parties"],
        "remaining": known["remaining"],
    }


def on_front(found: Status) -> Found:
    shown = pair(count_figure(found.signatories), count_figure(found.parties))
    assert front_answer(found).key_figure in (count_figure(found.signatories), "not known")
    view = progress_view(found)
    needed = {"remaining": number(r"(\d+) to go", view)} if view else {}
    leads: Found = {"parties": shown["parties"]}
    return leads | needed


@cache
def compare_facts() -> dict[str, dict[str, str]]:
    return {treaty.convention: treaty.facts for treaty in compared([])[0]}


def on_compare(found: Status) -> Found:
    facts = compare_facts()[found.convention.convention]
    signed, bound = facts["Signed"], facts["Ratified or acceded"]
    return pair(signed, bound)


@cache
def feed_texts() -> dict[str, str]:
    new = {name: tables.read(name) for name in
           ("acts", "states", "memberships", "entries_into_force", "totals")}  # fmt: skip
    old = new | {"acts": new["acts"].iloc[:0]}
    texts: dict[str, str] = {}
    for event in status_events(old, new, (DAY, DAY)):
        texts[event.convention] = texts.get(event.convention, "") + f"{event.text}\n"
    return texts


def in_feed(found: Status) -> Found:
    text = feed_texts()[found.convention.convention]
    bound = r"(?:parties|consents to be bound)"
    signed = re.search(r"^signatories: (\d+)", text, re.MULTILINE)
    return {
        "signatories": int(signed[1]) if signed else None,
        "parties": number(rf"(?m)^{bound}: (\d+)", text),
        "signed by report": number(r"signatories by report: (\d+)", text),
        "bound by report": number(rf"{bound} by report: (\d+)", text),
    }


def in_embed(found: Status) -> Found:
    """Read the caption of the map, which is what an embedded page shows."""
    figure = EMBEDDED.search(world_map(found, tables.read("states"), days=True))
    assert figure
    said = re.search(r'<span class="today">([^<]*)', figure[0])
    assert said
    lead = number(r"depositary counted (\d+)", said[1]) or number(r"^(\d+)", said[1])
    before = found.entry_into_force is None and found.convention.signatories_listed
    return {"signatories" if before else "parties": lead}


SURFACES: dict[str, Callable[[Status], Found]] = {
    "front": on_front, "CLI": in_cli, "JSON": in_json, "compare": on_compare, "feed": in_feed,
    "map and embed": in_embed,
}  # fmt: skip


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", LEADS)
def test_every_surface_has_the_same_lead_reports_and_remaining(name: str, surface: str) -> None:
    signed, parties, signed_by_report, bound_by_report, remaining = LEADS[name]
    expected = {
        "signatories": signed,
        "parties": parties,
        "signed by report": signed_by_report,
        "bound by report": bound_by_report,
        "remaining": remaining,
    }
    found = SURFACES[surface](status(name))
    assert found
    assert found == {key: expected[key] for key in found}


@pytest.mark.parametrize("name", LEADS)
def test_the_legend_of_the_map_sums_to_the_states_drawn(name: str) -> None:
    found = status(name)
    drawn = world_map(found, tables.read("states"))
    counts = re.findall(r'<span class="count">(\d+)</span>', drawn)
    states = found.participants["kind"] != "organization"
    assert sum(map(int, counts)) == states.sum()


def test_a_ratification_by_report_is_nowhere_a_ratification_alone() -> None:
    row = status("hanoi").participants.set_index("iso3").loc["QAT"]
    assert status_class(str(row["status"]), row["grade"]) == "ratification reported"
    assert "reported, not confirmed" in ad.profile("QAT", "hanoi").answer.text
    last = counts_in_words(status("hanoi"))[-1][1]
    assert last.endswith("none known to have consented to be bound, three by report")


# A closing day makes a count complete only where the list, or a total of the depositary's, is of it

CLOSES = date(2002, 12, 12)


def closed(day: str, **total: Any) -> Status:
    """Return a convention that closed for signature after its list ended, with one total."""
    pact = made_up(complete_to=date(2001, 6, 1), closes=CLOSES)
    rows = [("AAA", "signature", "2001-02-01", "", "confirmed"), bound("BBB", "2001-03-01")]
    states = states_of(["AAA", "BBB", "CCC"])
    totals = pd.DataFrame(
        [{"signatories": 2, "parties": None, "grade": "depositary", "source": "us"} | total]
    )
    totals["latest"] = totals["as_of"] = pd.to_datetime(totals["as_of"])
    spells = history_of(pact, acts_of(rows), states)
    return status_on(spells, date.fromisoformat(day), states, totals=totals)


@pytest.mark.parametrize(
    ("day", "total", "figure"),
    [
        ("2002-12-12", {"as_of": "2001-05-01", "signatories": 1}, "1+"),
        ("2002-12-13", {"as_of": "2001-05-01", "signatories": 1}, "1+"),
        ("2002-12-13", {"as_of": "2002-11-01"}, "2+"),
        ("2002-12-13", {"as_of": "2002-12-12"}, "2"),
        ("2003-06-01", {"as_of": "2003-01-01"}, "2"),
        ("2003-06-01", {"as_of": "2003-01-01", "grade": "relayed"}, "1+"),
    ],
)
def test_a_closing_day_ends_a_count_only_with_a_list_or_total_of_it(
    day: str, total: dict[str, Any], figure: str
) -> None:
    found = closed(day, **total)
    assert count_figure(found.signatories) == figure
    assert ("known to have signed" in status_sentence(found)) == (figure == "1+")


def test_after_the_closing_day_hanoi_is_no_more_certain_than_before() -> None:
    before, after = (load_status("hanoi", day) for day in (date(2026, 12, 31), date(2027, 1, 2)))
    assert status_sentence(after) == status_sentence(before)
    assert curve_title(after) == curve_title(before)
    assert "Since then, a state that has not signed can only accede" in next_date_view(after)
