"""The title of a figure states what the figure draws, and its alternative text says the same."""

from __future__ import annotations

import re

import pytest

from adoption.core.text import plain_title
from adoption.forecasting.convention import forecast_convention
from adoption.law.conventions import find_convention, load_conventions
from adoption.law.status import load_status
from adoption.show.entry_into_force import fan_chart
from adoption.show.maps import status_map
from adoption.show.status import status_title
from adoption.tables import data_day

COUNTED = re.compile(r"(\d[\d,]*) (parties|signatories|ratifications)")


def counts_in(text: str) -> dict[str, int]:
    return {noun: int(number.replace(",", "")) for number, noun in COUNTED.findall(text)}


@pytest.mark.parametrize("name", load_conventions())
def test_the_map_of_a_convention_counts_the_states_that_it_colours(name: str) -> None:
    status = load_status(name, data_day())
    figure = status_map(status, status_title(status))
    stated = counts_in(plain_title(figure.layout.title.text))
    people = status.participants
    by_report = people["grade"] == "reported"
    bound = people["status"].isin(["consented", "in force"]) & ~by_report
    signed = people["signed"].fillna(False)
    is_whole = status.signatories.listed.lower == int(signed.sum())
    if "signatories" in stated and is_whole:
        assert stated["signatories"] == int(signed.sum())
    if {"parties", "ratifications"} & stated.keys():
        assert max(stated.get("parties", 0), stated.get("ratifications", 0)) == int(bound.sum())


def test_the_curve_of_consents_ends_at_the_count_of_its_title() -> None:
    day, checked = data_day(), 0
    for name in load_conventions():
        status = load_status(name, day)
        figure = fan_chart(forecast_convention(find_convention(name), day), status)
        stated = counts_in(plain_title(figure.layout.title.text))
        if "parties" in stated:
            organizations = status.participants.query("kind == 'organization' and consented")
            meta = dict(figure.layout.meta)
            drawn = stated["parties"] - len(organizations)
            assert f"At the end: {drawn} known" in meta["alternative"]
            assert all(name in meta["subtitle"] for name in organizations["name"])
            checked += 1
    assert checked >= 9
