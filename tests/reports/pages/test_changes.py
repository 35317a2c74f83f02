"""The page of changes: who signed, ratified or was corrected, learnt when and from whom."""

from __future__ import annotations

import pandas as pd

from adoption.refresh.diff import ACT, Event
from adoption.refresh.events import event_rows
from adoption.site.changes import changed_days, changes_lead

RECORD = Event(ACT, "hanoi", "QAT", "signature", after="2025-10-25 confirmed", source="untc-xml")
SIGNED = Event(
    ACT, "hanoi", "FJI", "signature", after="2025-11-19..2025-12-29 inferred", source="untc-xml"
)
RATIFIED = Event(
    ACT, "uncac", "KNA", "accession", after="2024-08-06 reported", source="wikipedia-hanoi"
)
TAKEN_OUT = Event(ACT, "hanoi", "ARE", "signature", before="2025-10-27..2026-02-10 reported")
CONFIRMED = [
    Event(ACT, "budapest", iso3, "signature", "", "2001-11-23 reported", "2001-11-23 confirmed")
    for iso3 in ("CHE", "ESP", "GBR", "MDA", "NLD", "SWE", "UKR")
]


def recorded(*days: tuple[str, list[Event]]) -> pd.DataFrame:
    return pd.concat([event_rows(events, day) for day, events in days], ignore_index=True)


EVENTS = recorded(
    ("2026-11-24", [RECORD]),
    ("2026-11-27", [RATIFIED, SIGNED]),
    ("2026-11-28", [*CONFIRMED, TAKEN_OUT]),
)


def test_a_reader_learns_who_did_what_when_and_from_whom_newest_first() -> None:
    newest, before = changed_days(EVENTS, {"state:FJI": "brief-fji.html"})
    assert [newest.heading, before.heading] == ["28 November 2026", "27 November 2026"]
    hanoi, uncac = before.treaties
    assert hanoi.title == "UN Convention against Cybercrime", "first, as in the registry"
    (row,) = hanoi.rows
    assert (row.head, row.what) == ("Fiji", "signed (inferred)")
    assert row.when == "between 19 Nov and 29 Dec 2025"
    assert row.states[0]["page"] == "brief-fji.html"
    assert row.sources[0]["name"]
    assert uncac.rows[0].what == "acceded (by report)"


def test_a_correction_is_said_as_one_and_many_of_a_kind_are_one_row() -> None:
    hanoi, budapest = changed_days(EVENTS, {})[0].treaties
    (taken_out,) = hanoi.rows
    assert taken_out.what == "signature no longer counted"
    assert taken_out.when == "(was between 27 Oct 2025 and 10 Feb 2026)"
    (confirmed,) = budapest.rows
    assert (
        confirmed.head == "7 states: Netherlands (Kingdom of the), Republic of Moldova, Spain "
        "and 4 more"
    )
    assert confirmed.days_of_states[0] == "Netherlands (Kingdom of the): 23 Nov 2001"


def test_the_lead_counts_what_is_new_and_what_was_known_before() -> None:
    lead = "Since 27 November 2026, 2 acts became known; 8 known before were"
    assert changes_lead(EVENTS).startswith(lead)
    assert changes_lead(EVENTS.head(1)) == "Nothing has changed since the first record."
    assert changed_days(EVENTS.head(1), {}) == []
