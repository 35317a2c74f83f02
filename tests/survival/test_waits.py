"""Waits: whose clock runs, from when, to when, and what a window makes of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from adoption.forecasting.survival import (
    consent_waits,
    followed_to,
    never_signed,
    signing_waits,
)
from adoption.law.conventions import load_conventions
from adoption.law.spells import History
from tests.conftest import acts_of, bound, history_of, made_up, states_of
from tests.survival.made import no_members, signed

CODES = ["AAA", "BBB", "CCC", "EUE"]
LAST = date(2001, 12, 31)  # day 364


def always(*rows: tuple[str, str, str, str, str]) -> History:
    return history_of(made_up(closes=None), acts_of(rows), states_of(CODES))


def signing(*rows: tuple[str, str, str, str, str], reports: bool = True, closes: date | None = None,
            states: pd.DataFrame | None = None) -> pd.DataFrame:  # fmt: skip
    states = states_of(CODES) if states is None else states
    history = history_of(made_up(closes=closes), acts_of(rows), states)
    return signing_waits(history, states, no_members(), LAST, reports=reports)


def consents(*rows: tuple[str, str, str, str, str], reports: bool = True) -> pd.DataFrame:
    return consent_waits(always(*rows), states_of(CODES), LAST, LAST, reports=reports)


def of(frame: pd.DataFrame, iso3: str) -> tuple[float, float]:
    (row,) = frame.loc[[iso3]].to_dict("records")
    return row["shortest"], row["longest"]


def test_every_state_waits_from_the_opening_and_organisations_do_not() -> None:
    found = signing(signed("AAA", "2001-01-01"), signed("BBB", "2001-01-11"),
                    signed("EUE", "2001-01-01"))  # fmt: skip
    assert list(found.index) == ["AAA", "BBB", "CCC"]
    assert [of(found, code) for code in found.index] == [(0, 0), (10, 10), (np.inf, np.inf)]
    assert set(found["seen_least"]) == {364}
    assert set(found["entry"]) == {0}


def test_a_window_stays_a_window_but_ends_with_the_close() -> None:
    found = signing(signed("AAA", "2001-02-01", "2003-01-01"))
    assert of(found, "AAA") == (31, 730)
    closed = signing(signed("AAA", "2001-02-01", "2003-01-01"), closes=date(2001, 3, 1))
    assert of(closed, "AAA") == (31, 59)


def test_a_later_state_waits_from_its_first_day() -> None:
    states = states_of(CODES)
    states["state_since"] = pd.to_datetime(["1945-01-01", "2001-01-01", "2002-01-01", ""])
    found = signing(signed("AAA", "2001-02-01"), states=states)
    assert found["entry"].tolist() == [0, 0, 365]
    early = signing(signed("CCC", "2001-02-01"), states=states)
    assert of(early, "CCC") == (365, 365)  # signed for it: its own from its first day


def test_the_clock_of_a_consent_is_the_states_own_signature() -> None:
    found = consents(
        signed("AAA", "2001-01-11"), bound("AAA", "2001-01-31"),
        signed("BBB", "2001-02-01", "2001-03-01"), bound("BBB", "2001-03-11", "2001-03-21"),
        bound("CCC", "2001-05-01", act="accession"),
    )  # fmt: skip
    assert list(found.index) == ["AAA", "BBB"]
    assert of(found, "AAA") == (20, 20)
    assert of(found, "BBB") == (10, 48)
    assert found[["seen_least", "seen_most"]].to_numpy()[1].tolist() == [305, 333]


@pytest.mark.parametrize(
    "rows",
    [
        [bound("AAA", "2001-02-01", act="definitive signature")],
        [bound("AAA", "2001-01-15"), signed("AAA", "2001-02-01")],
        [signed("AAA", "2001-02-01"), bound("AAA", "2001-02-01"),
         ("AAA", "withdrawal", "2001-03-01", "", "confirmed")],
    ],
)  # fmt: skip
def test_a_wait_of_no_days(rows: list[tuple[str, str, str, str, str]]) -> None:
    assert of(consents(*rows), "AAA") == (0, 0)


def test_who_is_not_certain_to_have_signed_is_no_signatory() -> None:
    assert consents(signed("AAA", "2001-02-01", "2002-05-01")).empty


def test_who_never_signed_is_counted_apart() -> None:
    rows = [signed("AAA", "2001-01-11"), bound("AAA", "2001-01-31"),
            bound("BBB", "2001-05-01", act="accession"), bound("EUE", "2001-05-01"),
            bound("CCC", "2002-05-01", act="accession")]  # fmt: skip
    assert never_signed(always(*rows), states_of(CODES), LAST) == 1


@pytest.mark.parametrize(
    ("name", "step", "day", "complete", "known"),
    [
        ("hanoi", "signature", "2026-11-24", "2025-10-26", "2026-11-24"),
        ("untoc", "signature", "2026-11-24", "2002-12-12", "2002-12-12"),
        ("untoc", "consent", "2026-11-24", "2014-01-27", "2026-11-24"),
        ("arab-2010", "consent", "2026-11-24", None, "2026-11-24"),
        ("malabo", "signature", "2026-11-24", None, None),
        ("hanoi", "consent", "2025-10-24", None, None),  # before it opened
    ],
)
def test_how_far_states_are_followed(
    name: str, step: str, day: str, complete: str | None, known: str | None
) -> None:
    convention, as_of = load_conventions()[name], date.fromisoformat(day)
    for reach, expected in (("complete", complete), ("known", known)):
        found = followed_to(convention, step, as_of, reach)  # type: ignore[arg-type]
        assert (found.isoformat() if found else None) == expected
