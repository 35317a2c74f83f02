"""The answers, for conventions, states and groups: short, whole, without a stray value."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import adoption
from adoption import tables
from adoption.countries.capacity import Indicator, classes, values_by_state
from adoption.law.conventions import load_conventions
from adoption.law.status import load_status
from adoption.show import status as show
from adoption.show import timeline
from adoption.show.answers import ANSWER_TYPE, Answer
from adoption.show.capacity import capacity_answer, ends_of_scale
from tests.show.reading import check

ad: Any = adoption
NEWEST = tables.data_day()
REGISTRY = load_conventions()
TELLING = ("hanoi", "untoc", "budapest", "malabo", "arab-2010")  # the others are like one of them
each = pytest.mark.parametrize(
    "name",
    [name if name in TELLING else pytest.param(name, marks=pytest.mark.slow) for name in REGISTRY],
)


def days_that_matter(name: str) -> list[date]:
    last, opens, one = load_status(name, NEWEST), REGISTRY[name].opens, timedelta(days=1)
    days = {opens, opens + 400 * one, NEWEST}
    for window in (last.nth_instrument, last.entry_into_force):
        if window:
            days |= {
                window.earliest - one,
                window.earliest,
                window.latest,
                window.latest + 90 * one,
            }
    return sorted(day for day in days if opens <= day <= NEWEST)


@each
def test_the_status_on_the_days_that_matter(name: str) -> None:
    for day in days_that_matter(name):
        found = load_status(name, day)
        text = show.status_sentence(found)
        titles = [show.status_title(found), show.curve_title(found)]
        check(text, *titles, names=[REGISTRY[name].short_title])
        assert REGISTRY[name].short_title in text
        assert ("In force since" in text) == found.in_force
        if found.beyond_reach and found.parties.lower:
            assert "depositary counted" in text or "known to" in text


@each
def test_the_timeline_and_the_evidence(name: str) -> None:
    others = [other for other in ("uncac", "budapest", "malabo", "arab-2010") if other != name]
    opens = REGISTRY[name].opens
    for day in (opens, opens + timedelta(days=1), NEWEST):
        for beside in ([], others[:1], others):
            found = ad.compare([name, *beside], as_of=day)
            titles = [timeline.pace_title(found.analysis, (day - opens).days, measure)
                      for measure in ("signatories", "parties")]  # fmt: skip
            check(found.answer.text, *titles, names=[REGISTRY[name].short_title])
            had, _, _ = found.answer.text.partition(" Others report ")
            assert ("signator" in had) == REGISTRY[name].signatories_listed
        answer = ad.evidence(name, day).answer
        check(answer.text)
        assert ("may" in answer.text) == load_status(name, day).beyond_reach


@pytest.mark.parametrize(
    ("name", "age"), [("hanoi", 0), ("hanoi", 395), ("malabo", None), ("arab-2010", 1000)]
)
def test_the_comparison(name: str, age: int | None) -> None:
    others = [other for other in ("uncac", "budapest", "rotterdam", "hanoi") if other != name]
    found = ad.compare([name, *others], age=age, of="shares")
    titles = [found.chart(chart).layout.meta["title"] for chart in found.charts]
    check(found.answer.text, *titles)
    assert REGISTRY[name].short_title in found.answer.text


@pytest.mark.parametrize(("name", "apart"), [
    ("hanoi", 8), *(pytest.param(n, 1, marks=pytest.mark.slow) for n in REGISTRY),
])  # fmt: skip
def test_states_and_groups(name: str, apart: int) -> None:
    capacity, frame = ad.capacity("GCI", 2024), ad.status(name).frame
    merged = frame.merge(capacity, on="iso3", how="left", validate="one_to_one")
    for code in merged["iso3"][::apart]:
        answer = ad.profile(code, name, frame=merged).answer
        check(answer.text, names=[answer.title, REGISTRY[name].short_title])
    for group in ad.groups()["group"][::apart]:
        called = ad.group(group).in_sentence
        found = ad.profile(ad.group(group), name, frame=merged)
        check(found.answer.text, found.chart().layout.meta["title"], names=[called])
        if name == "hanoi":
            unequal = ad.inequality(group, convention=name, frame=merged)
            check(unequal.answer.text, names=[called])
            among = ad.network(["budapest", "malabo"], adding=name, among=ad.group(group).members)
            check(
                among.answer.text, *(c.layout.meta["title"] for c in map(among.chart, among.charts))
            )


@pytest.mark.parametrize(("index", "edition", "component"), [
    ("GCI", 2024, "overall"), ("GCI", 2020, "legal"), ("EGDI", 2022, "human_capital"),
])  # fmt: skip
def test_capacity(index: str, edition: int, component: str) -> None:
    asked = Indicator(index, edition, component)
    values = values_by_state(tables.read("capacity"), tables.read("states"), asked)
    scale = classes(asked, values)
    check(capacity_answer(values, scale, asked).text, ends_of_scale(values, scale, asked))


def test_before_entry_into_force_the_figure_is_of_signatories_and_later_of_parties() -> None:
    for name, day, figure in (("untoc", "2003-09-28", "147"), ("untoc", "2003-09-29", "52"),
                              ("hanoi", "2025-10-25", "65 to 69"), ("hanoi", "2026-11-24", "68+"),
                              ("untoc", "2026-11-24", "190+")):  # fmt: skip
        assert ad.status(name, day).answer.key_figure == figure
    before, after = (ad.compare(["untoc"], age=395, as_of=day).answer
                     for day in ("2003-06-30", "2003-07-01"))  # fmt: skip
    assert (before.key_figure, after.key_figure) == ("39", "40")
    assert before.key_label == "consents to be bound; 40 are needed for entry into force"
    assert after.key_label == "parties; 40 were needed for entry into force"


def test_the_answers_of_the_day() -> None:
    status, league = ad.status("hanoi"), ad.group("arab-league")
    assert status.answer.text == (
        "67 states and the European Union are known to have signed the UN Convention against "
        "Cybercrime, seven more by report. No ratification is confirmed, three are reported. It "
        "needs 40 instruments. Others report 76 signatories (by 24 November 2026, relayed by a "
        "machine)."
    )
    assert ad.compare(["hanoi", "untoc", "uncac"]).answer.text == (
        "After 395 days the UN Convention against Cybercrime had at least 68 signatories "
        "(seven more by report) and three reported consents. Other treaties had 6 to 15. Others "
        "report 76 signatories (by 24 November 2026, relayed by a machine)."
    )
    assert "had 147 signatories and at least 190 con" in ad.compare(["untoc"]).answer.text
    assert ad.compare(["hanoi", "untoc"], of="shares").answer.text == (
        "At least 35% of UN members had signed the UN Convention against Cybercrime after 395 "
        "days. At least 80% of 123 UN treaties open to all had fewer signatures."
    )
    assert ad.evidence("hanoi").answer.text == (
        "65 of 78 acts are confirmed; three are inferred, ten reported. The list is complete to "
        "26 October 2025; 394 days since may lack acts."
    )
    assert ad.profile("QAT").answer.text == (
        "Qatar signed the UN Convention against Cybercrime on 25 October 2025; its ratification "
        "in February 2026 is reported, not confirmed."
    )
    assert ad.profile(league).answer.text == (
        "At least 9 of 22 members of the League of Arab States have acted on the UN Convention "
        "against Cybercrime: 1 reported ratification."
    )
    assert ad.inequality(league, convention="hanoi").answer.text == (
        "Within the League of Arab States, scores are about as unequal in the technical as in the "
        "capacity development pillar (Gini 0.32 and 0.34). At least 9 of 22 have acted on Hanoi."
    )
    members = ad.states().query("un_member")["iso3"]
    regional = ["budapest", "budapest-2ap", "malabo", "arab-2010"]
    assert ad.network(regional, adding="hanoi", among=members).answer.text == (
        "At least 14% of pairs of states share an instrument in force. If all 67 that signed "
        "or ratified Hanoi became parties, at least 24%."
    )


def test_a_notebook_shows_it_as_text_markdown_and_data() -> None:
    answer = ad.status("hanoi").answer
    bundle = answer._repr_mimebundle_(include=None)
    assert bundle["text/plain"] == answer.text
    assert str(bundle["text/markdown"]).startswith(f"**{answer.text}**")
    assert answer.reach in str(bundle["text/markdown"])
    data = bundle[ANSWER_TYPE]
    assert isinstance(data, dict)
    assert Answer(**data) == answer
