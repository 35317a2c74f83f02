"""Spells: cases for one point each, and a slow reference that goes from act to act, day by day."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption import tables
from adoption.core.acts import CONSENTS, DEFINITIVE_SIGNATURE, SIGNATURES, SUCCESSION, WITHDRAWAL
from adoption.core.vocabulary import GRADES
from adoption.law.conventions import load_conventions
from adoption.law.curves import cumulative
from adoption.law.held import HeldTreaty, held_acts
from adoption.law.panel import members_for, panel
from adoption.law.spells import History, load_history
from adoption.law.status import Status, status_on
from adoption.law.treaties import Treaty
from tests.conftest import (
    MADE_UP_STATES,
    Act,
    acts_of,
    bound,
    history_of,
    made,
    made_up,
    of,
    states_of,
)

FLAGS = ["signed", "consented", "in_force"]
ONE_DAY = timedelta(days=1)


class Known(NamedTuple):
    """What is known of one participant: windows of its acts, in order, and when it is bound."""

    signatures: tuple[tuple[date, date], ...]
    others: tuple[tuple[bool, date, date], ...]  # whether it is a consent
    binds: tuple[tuple[date, date], ...]  # one a period of consent; the last day never comes
    can_join: bool
    since: date  # a state from then on
    known_from: date  # where since is missing, of its first act at the latest
    parent: Known | None = None  # under the convention to whose parties alone this one is open


def by_definition(
    history: History, known: Known, day: date, complete: bool, listed: bool
) -> tuple[Any, ...]:
    """Return status, signed, consented and in_force of a participant on a day.

    Of its consents and withdrawals any number may have been done that the windows allow. The
    status is by those that certainly were; a flag says what holds for every such number.
    """
    done = [0, 0]  # certainly and perhaps
    for place, (_, earliest, _) in enumerate(known.others):
        done[0] += any(latest <= day for *_, latest in known.others[place:])
        done[1] += earliest <= day
    may_be = []  # (how many periods were begun, whether the last one stands)
    for number in range(done[0], done[1] + 1):
        begun, stands = 0, False
        for is_consent, *_ in known.others[:number]:
            begun, stands = begun + (is_consent and not stands), is_consent
        may_be.append((begun, stands))
    (begun, stood), standing_by = may_be[0], [last for _, last in may_be]
    sure, perhaps = all(standing_by), any(standing_by)
    signed, maybe_signed = (any(s[end] <= day for s in known.signatures) for end in (1, 0))
    unopened = day < history.convention.opening.earliest
    of_parent: bool | None = True  # whether a party to the convention of which one has to be
    if history.parent is not None and known.parent is not None:
        reach = history.parent.convention
        listed_there = reach.signatories_listed and reach.is_complete("signatories", day)
        parties_there = reach.is_complete("parties", day)
        *_, of_parent = by_definition(
            history.parent, known.parent, day, parties_there, listed_there
        )
    can_join = known.can_join and of_parent is not False
    never = unopened or not can_join
    consented = True if sure else None if perhaps or not (never or complete) else False
    binds = sure and known.binds[begun - 1][1] <= day
    may_bind = any(s and known.binds[n - 1][0] <= day for n, s in may_be)
    if done[1] == 0 and known.binds:  # a successor that has not notified yet
        may_bind = known.binds[0][0] <= day
    later = sure and day < known.binds[begun - 1][0] < date.max
    cannot_bind = not may_bind and (consented is False or later or day < history.force.earliest)
    was_bound = [soonest < date.max for soonest, _ in known.binds[: begun - stood]]
    status = (
        "in force"
        if binds
        else "consented"
        if sure
        else "possibly withdrawn"
        if stood
        else "withdrawn"
        if any(was_bound) or (was_bound and not signed)
        else "signed"
        if signed
        else "not open"
        if unopened
        else "cannot join"
        if not can_join
        else "not known"
        if of_parent is None
        else "no act known"
    )
    is_signed = True if signed else None if maybe_signed or not (never or listed) else False
    if day < known.since:
        return "not yet a state", None, None, None
    if day < known.known_from:
        return "not known", None, None, None
    return status, is_signed, consented, True if binds else False if cannot_bind else None


def windows_of(rows: pd.DataFrame, prefix: str = "") -> list[tuple[date, date]]:
    """Return the windows of rows; a day that is missing never comes."""
    first, last = (
        rows[f"{prefix}{end}"].fillna(pd.Timestamp(date.max)).dt.date.tolist()
        for end in ("earliest", "latest")
    )
    return list(zip(first, last, strict=True))


def known_of(
    history: History,
    acts: pd.DataFrame,
    participants: pd.DataFrame,
    members: Collection[str] | None,
) -> list[Known]:
    """Return what is known of each participant; what was done before it was a state is later."""
    codes = participants.index
    begun, acted = (
        participants[name].fillna(pd.Timestamp.min.ceil("D")).dt.date
        for name in ("state_since", "first_act")
    )
    done: dict[str, list[tuple[str, date, date]]] = {iso3: [] for iso3 in codes}
    binds: dict[str, list[tuple[date, date]]] = {iso3: [] for iso3 in codes}
    acts = acts.sort_values(["earliest", "latest"])
    for iso3, act, days in zip(acts["iso3"], acts["act"], windows_of(acts), strict=True):
        done[iso3].append((act, *(max(day, begun[iso3]) for day in days)))
    consents = history.consents
    for iso3, days in zip(consents["iso3"], windows_of(consents, "in_force_"), strict=True):
        binds[iso3].append(days)
    others = (*CONSENTS, WITHDRAWAL)
    parents: list[Known] | list[None] = [None] * len(codes)
    if history.parent is not None:
        of_parent = acts_of_parent(history.parent.convention)
        parents = known_of(history.parent, of_parent, participants, None)
    return [
        Known(
            tuple((a, b) for act, a, b in done[iso3] if act in SIGNATURES),
            tuple((act in CONSENTS, a, b) for act, a, b in done[iso3] if act in others),
            tuple(binds[iso3]),
            members is None or iso3 in members,
            begun[iso3],
            min([acted[iso3], *(latest for *_, latest in done[iso3])]),
            parent,
        )
        for iso3, parent in zip(codes, parents, strict=True)
    ]


def acts_of_parent(treaty: Treaty) -> pd.DataFrame:
    if isinstance(treaty, HeldTreaty):
        return held_acts([treaty])
    return tables.read_of("acts", treaty.convention)


def agree(
    history: History, acts: pd.DataFrame, days: list[date], statuses: int | None = None
) -> None:
    """Hold the panel to the definition, and on some of the days the status and its counts."""
    states, memberships = tables.read("states"), tables.read("memberships")
    if not acts["iso3"].isin(states["iso3"]).all():
        states = STATES
    rule = history.convention
    members = members_for(rule, memberships)
    participants = states.set_index("iso3")
    rows = panel([history], participants, pd.DatetimeIndex(days), memberships, "known")
    columns = rows[["status", *FLAGS]].astype(object)
    known = known_of(history, acts, participants, members)
    reach = [
        (
            day,
            rule.is_complete("parties", day),
            rule.signatories_listed and rule.is_complete("signatories", day),
        )
        for day in days
    ]
    every = {one: [by_definition(history, one, *day) for day in reach] for one in set(known)}
    expected = [words for one in known for words in every[one]]
    assert list(columns.where(columns.notna(), None).itertuples(index=False, name=None)) == expected
    for day in days[:statuses]:
        same = rows[rows["day"] == pd.Timestamp(day)].reset_index(drop=True)
        word_and_counts(status_on(history, day, states, members), same)


def word_and_counts(status: Status, rows: pd.DataFrame) -> None:
    people = status.participants
    assert people["status"].tolist() == rows["status"].tolist()
    assert people["grade"].fillna("").tolist() == rows["grade"].astype("str").fillna("").tolist()
    pd.testing.assert_frame_equal(people[FLAGS], rows[FLAGS])
    assert people["complete"].equals(rows["consented_complete"].rename("complete"))
    word, possible = people["status"], people["possible"]
    signed, consented = (people[name].eq(True).sum() for name in FLAGS[:2])
    assert status.signatories.with_reports == signed
    assert status.parties.with_reports == consented == word.isin(["consented", "in force"]).sum()
    assert (word[people["in_force"].eq(True)] == "in force").all()
    for spells, count in (
        (status.history.signatures, status.signatories),
        (status.history.consents, status.parties),
    ):
        curve = cumulative(
            spells, min(status.convention.opening.latest, status.as_of), status.as_of
        )
        ends = curve["lower"].iloc[-1], curve["upper"].iloc[-1]
        assert ends == (count.with_reports, count.possible)
    perhaps = possible.eq("consented") | word.eq("possibly withdrawn")
    assert status.parties.possible == consented + perhaps.sum()


# Acts that happened, each on its day, and what is known of the days

CHAIN = st.tuples(
    st.lists(st.tuples(st.integers(1, 60), st.integers(0, 20), st.integers(0, 40)), max_size=5),
    st.sampled_from(["", *SIGNATURES[:2]]),
    st.tuples(st.integers(0, 90), st.integers(0, 20), st.integers(0, 40)),
    st.sampled_from((*CONSENTS[:2], "succession", DEFINITIVE_SIGNATURE)),
    st.sampled_from(GRADES),
)
HISTORIES = st.lists(CHAIN, max_size=len(MADE_UP_STATES))
OPENS = date(2001, 1, 1)
STATES = states_of(MADE_UP_STATES)
STATES.loc[STATES["iso3"] == MADE_UP_STATES[1], "state_since"] = pd.Timestamp("2001-02-15")
STATES.loc[STATES["iso3"] == MADE_UP_STATES[2], "first_act"] = pd.Timestamp("2001-02-20")


def happened(drawn: list[Any]) -> tuple[list[Act], dict[str, list[tuple[str, date]]]]:
    """Return acts with windows, and the true day of each act by participant."""
    rows: list[Act] = []
    truth: dict[str, list[tuple[str, date]]] = {}
    for iso3, (chain, signature, (when, before, after), consent, grade) in zip(
        MADE_UP_STATES, drawn, strict=False
    ):
        day, earliest = OPENS, OPENS - ONE_DAY
        for number, (gap, sooner, later) in enumerate(chain):
            again = "accession" if number and consent == SUCCESSION else consent
            act = WITHDRAWAL if number % 2 else again  # nobody succeeds twice
            day += timedelta(gap)
            earliest = max(earliest + ONE_DAY, day - timedelta(sooner))  # their order is known
            truth.setdefault(iso3, []).append((act, day))
            last = day + timedelta(later)
            rows.append((iso3, act, earliest.isoformat(), last.isoformat(), grade))
        if signature:
            day = OPENS + timedelta(when)
            truth.setdefault(iso3, []).append((signature, day))
            first, last = day - timedelta(min(when, before)), day + timedelta(after)
            rows.append((iso3, signature, first.isoformat(), last.isoformat(), grade))
    return rows, truth


def standing(acts: list[tuple[str, date]], day: date) -> date | None:
    """Return the day of the consent that stands on a day."""
    consent = None
    for act, when in acts:
        if act not in SIGNATURES and when <= day:
            consent = None if act == WITHDRAWAL else when
    return consent


PROPERTY = settings(max_examples=25, deadline=None)


@PROPERTY
@given(
    HISTORIES, st.lists(st.integers(-3, 400), min_size=1, max_size=3, unique=True), st.booleans()
)
def test_panel_and_status_as_defined(drawn: list[Any], offsets: list[int], short: bool) -> None:
    rows, _ = happened(drawn)
    acts = acts_of(rows)
    rules = {"complete_to": date(2001, 3, 1), "signatories_listed": False} if short else {}
    history = history_of(made_up(threshold=2, **rules), acts, STATES)
    agree(history, acts, [OPENS + timedelta(offset) for offset in offsets])


@PROPERTY
@given(HISTORIES, st.lists(st.integers(-3, 400), min_size=1, max_size=3, unique=True))
def test_what_is_said_holds_of_what_happened(drawn: list[Any], offsets: list[int]) -> None:
    rows, truth = happened(drawn)
    convention = made_up(threshold=2, excludes_reio=False)
    history = history_of(convention, acts_of(rows), states_of(MADE_UP_STATES))
    ends = sorted({day for acts in truth.values() for _, day in acts})
    enough = [d for d in ends if sum(standing(a, d) is not None for a in truth.values()) >= 2]
    nth = enough[0] if enough else date.max - timedelta(400)
    window = history.force.nth_instrument
    assert window is None or window.earliest <= nth <= window.latest
    force, later = convention.delay.after(nth), convention.later
    assert later is not None
    days = [OPENS + timedelta(offset) for offset in offsets]
    participants = states_of(MADE_UP_STATES).set_index("iso3")
    frame = panel(
        [history],
        participants,
        pd.DatetimeIndex(days),
        tables.read("memberships").iloc[:0],
        "known",
    )
    for row in frame.to_dict("records"):
        acts, day = truth.get(row["iso3"], []), row["day"].date()
        since = standing(acts, day)
        own = since if (SUCCESSION, since) in acts else since and later.after(since)
        binds = since and own and (force if since <= nth else max(force, own))
        true = (
            any(act in SIGNATURES and when <= day for act, when in acts),
            since is not None,
            binds is not None and binds <= day,
        )
        for name, value in zip(FLAGS, true, strict=True):
            assert pd.isna(row[name]) or row[name] == value, (row, acts)


def some_days(name: str, number: int) -> list[date]:
    """Return days of a convention, each once: those on which something can change, then others."""
    history, chance = load_history(name), random.Random(name)
    windows = history.spells.filter(regex="(earliest|latest)$")
    changes = sorted({day.date() for name in windows for day in windows[name].dropna()})
    opens = history.convention.opening.latest
    chosen = chance.sample(changes, min(len(changes), number // 2))
    chosen += sorted({opens, opens - ONE_DAY} - {*chosen})
    span = range((tables.data_day() - opens).days)
    others = sorted({opens + timedelta(day) for day in span} - {*chosen})
    return [*chosen, *chance.sample(others, min(len(others), number - len(chosen)))]


@pytest.mark.parametrize(
    ("number", "statuses"), [(200, 3), pytest.param(2000, 200, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("name", load_conventions())
def test_a_real_convention_is_as_defined(name: str, number: int, statuses: int) -> None:
    acts = tables.read_of("acts", name)
    agree(load_history(name), acts, some_days(name, number), statuses)


# One case for each point


def said(day: str, *rows: Act, **rules: Any) -> str:
    """Return the status of AAA, then what is said of its consent and that the treaty binds it."""
    status = made(day, *rows, **rules)
    flags = (of(status, "AAA", name) for name in FLAGS[1:])
    return " ".join([of(status, "AAA"), *flags])


def aaa(act: str, day: str, latest: str = "") -> Act:
    return "AAA", act, day, latest, "confirmed"


SIGNED, RATIFIED = aaa("signature", "2001-01-02"), aaa("ratification", "2001-02-01")
TWO = [bound("BBB", "2001-02-01"), bound("CCC", "2001-02-01")]  # with a third: in force 2001-05-02
LEAVING = aaa("withdrawal", "2003-01-01", "2003-12-31")
BACK = aaa("accession", "2005-01-01")


@pytest.mark.parametrize(
    ("rows", "day", "words", "why"),
    [
        ([RATIFIED], "2000-12-31", "not open False False", "before the opening"),
        ([], "2001-06-01", "no act known False False", "the list is complete"),
        ([], "2021-01-01", "no act known <NA> False", "the list no longer reaches the day"),
        ([], "2021-04-01", "no act known <NA> <NA>", "who may have consented may be bound by now"),
        ([RATIFIED, *TWO], "2001-05-01", "consented True False", "a day before entry into force"),
        ([RATIFIED, *TWO], "2001-05-02", "in force True True", "ninety days after the third"),
        ([RATIFIED, *TWO, LEAVING], "2002-12-31", "in force True True", "before it can have left"),
        ([RATIFIED, *TWO, LEAVING], "2003-01-01", "possibly withdrawn <NA> <NA>", "it may have"),
        ([RATIFIED, *TWO, LEAVING], "2003-12-31", "withdrawn False False", "it has left"),
        ([RATIFIED, *TWO, LEAVING, BACK], "2005-01-01", "consented True False", "it is back"),
        ([RATIFIED, *TWO, LEAVING, BACK], "2005-01-31", "in force True True", "its own 30 days"),
        (
            [SIGNED, RATIFIED, aaa("withdrawal", "2001-03-01")],
            "2001-03-01",
            "signed False False",
            "an instrument taken back before entry into force leaves the signature",
        ),
        (
            [SIGNED, RATIFIED, *TWO, aaa("withdrawal", "2001-03-01")],
            "2002-01-01",
            "signed False False",
            "then it does not count for entry into force either",
        ),
        (
            [RATIFIED, aaa("withdrawal", "2001-03-01")],
            "2001-03-01",
            "withdrawn False False",
            "without a signature nothing is left",
        ),
        (
            [SIGNED, RATIFIED, *TWO, LEAVING],
            "2004-01-01",
            "withdrawn False False",
            "after entry into force the signature does not come back",
        ),
        (
            [aaa("definitive signature", "2001-02-01"), *TWO],
            "2001-05-02",
            "in force True True",
            "a definitive signature binds at once",
        ),
        (
            [aaa("ratification", "2001-01-01", "2009-12-31"), *TWO],
            "2001-06-01",
            "no act known <NA> <NA>",
            "a day that is not known",
        ),
    ],
)
def test_one_participant(rows: list[Act], day: str, words: str, why: str) -> None:
    assert said(day, *rows) == words, why


def test_a_definitive_signature_is_counted_among_the_parties_alone() -> None:
    status = made("2001-06-01", aaa("definitive signature", "2001-02-01"))
    assert (status.signatories.lower, status.parties.lower) == (0, 1)


NOBODY, NOTHING = "not yet a state <NA> <NA> <NA>", "no act known False False False"
UNKNOWN = "not known <NA> <NA> <NA>"


@pytest.mark.parametrize(
    ("convention", "iso3", "day", "words", "why"),
    [
        ("uncac", "SSD", "2011-07-08", NOBODY, "the day before"),
        ("uncac", "SSD", "2011-07-09", NOTHING, "its first day"),
        ("terrorist-financing", "TLS", "2002-05-20", NOTHING, "not from its admission"),
        ("budapest", "MNE", "2005-12-31", NOBODY, "whoever signed for it"),
        ("uncac", "SRB", "2005-12-01", "signed True False False", "the state union goes on"),
        ("untoc", "SRB", "2002-01-01", "consented True True False", "and Yugoslavia"),
        ("untoc", "VNM", "2001-01-01", "signed True False False", "not from its admission"),
        ("untoc", "VAT", "2000-12-13", NOTHING, "in no list, and it had acted on other treaties"),
        ("uncac", "PSE", "2014-01-28", UNKNOWN, "in no list, and it had acted on none"),
        ("untoc", "PSE", "2000-12-01", UNKNOWN, "and so before the opening"),
        ("rotterdam", "NIU", "1999-01-01", NOTHING, "known since 1984"),
    ],
)
def test_a_state_has_no_status_before_it_is_one(
    convention: str, iso3: str, day: str, words: str, why: str
) -> None:
    participants = tables.read("states").set_index("iso3")
    rows = panel(
        [load_history(convention)],
        participants,
        pd.DatetimeIndex([day]),
        tables.read("memberships"),
    )
    (row,) = rows.loc[rows["iso3"] == iso3, ["status", *FLAGS]].itertuples(index=False)
    assert " ".join(map(str, row)) == words, why
