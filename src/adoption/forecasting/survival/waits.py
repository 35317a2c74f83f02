"""How long each state waited: from opening to signature, from signature to consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import pandas as pd

from adoption.data.dictionary import CONSENTS, SIGNING_ACTS
from adoption.law.curves import could_join
from adoption.law.instruments import first_acts

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

Step = Literal["signature", "consent"]
Reach = Literal["complete", "known"]


def followed_to(convention: Convention, step: Step, as_of: date, reach: Reach) -> date | None:
    """Return the last day to which a state without a known act is followed.

    "No act known" says that a state did not act only as far as the list is complete.
    Nobody can sign after the close for signature.
    """
    if not convention.signatories_listed:
        return None
    last: date | None = as_of
    if reach == "complete":
        complete = convention.complete_until("signatories" if step == "signature" else "parties")
        last = min(as_of, complete) if complete else None
    if last is None or last < convention.opens:
        return None
    return min(last, convention.closes or last) if step == "signature" else last


def signing_waits(
    convention: Convention,
    acts: pd.DataFrame,
    states: pd.DataFrame,
    memberships: pd.DataFrame,
    last: date,
    *,
    reports: bool = True,
) -> pd.DataFrame:
    """Return how long each state that could sign waited from the opening.

    Every state that could join is there from the first day, one that joined its
    organisation later from then; so is any other that acted. Organisations are not.
    """
    opens = pd.Timestamp(convention.opens)
    own = _own(convention, acts, states)
    who = could_join(convention, states, memberships).set_index("iso3")["since"]
    entry = (who - opens).dt.days.clip(lower=0).astype("float64")
    signed = _windows(own, SIGNING_ACTS, convention.closes, reports=True)
    entry = entry.reindex(entry.index.union(signed.index), fill_value=0.0)
    days = _windows(own, SIGNING_ACTS, convention.closes, reports=reports).reindex(entry.index)
    shortest, longest = (_days(days[end] - opens) for end in ("earliest", "latest"))
    seen = float((last - convention.opens).days)
    # A state that acted before it is known to have joined could act from the first day.
    begin = entry.mask(shortest <= entry, 0.0)
    return pd.DataFrame(
        {"entry": begin, "shortest": shortest, "longest": longest, "seen_least": seen,
         "seen_most": seen}
    )  # fmt: skip


def consent_waits(
    convention: Convention,
    acts: pd.DataFrame,
    states: pd.DataFrame,
    as_of: date,
    last: date,
    *,
    reports: bool = True,
) -> pd.DataFrame:
    """Return how long each signatory waited from its own signature to its consent.

    Signatories are the states that certainly signed by the day. A definitive signature is
    a wait of no days, and so is a consent before the signature. Whether a state withdrew
    does not matter.
    """
    own = _own(convention, acts, states)
    signed = _windows(own, SIGNING_ACTS, convention.closes, reports=True)
    signed = signed[signed["latest"] <= pd.Timestamp(as_of)]
    days = _windows(own, CONSENTS, None, reports=reports).reindex(signed.index)
    end = pd.Timestamp(last)
    return pd.DataFrame(
        {
            "entry": 0.0,
            "shortest": _days(days["earliest"] - signed["latest"]),
            "longest": _days(days["latest"] - signed["earliest"]),
            "seen_least": (end - signed["latest"]).dt.days.astype("float64"),
            "seen_most": (end - signed["earliest"]).dt.days.astype("float64"),
        }
    )


def never_signed(
    convention: Convention, acts: pd.DataFrame, states: pd.DataFrame, as_of: date
) -> int:
    """Return how many states certainly consented by a day, and are not known to have signed."""
    own = _own(convention, acts, states)
    own = own[own["latest"] <= pd.Timestamp(as_of)]
    consented = set(own.loc[own["act"].isin(CONSENTS), "iso3"])
    return len(consented - set(own.loc[own["act"].isin(SIGNING_ACTS), "iso3"]))


def _own(convention: Convention, acts: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Return the acts of states on a convention."""
    organizations = states.loc[states["kind"] == "organization", "iso3"]
    return acts[(acts["convention"] == convention.convention) & ~acts["iso3"].isin(organizations)]


def _windows(
    own: pd.DataFrame, kinds: Sequence[str], closes: date | None, *, reports: bool
) -> pd.DataFrame:
    """Return earliest and latest of each state's first act of some kinds.

    What may have been done before the close was done by then, whatever the end of its window.
    """
    first = first_acts(own if reports else own[own["grade"] != "reported"], kinds)
    first = first[["earliest", "latest"]].copy()
    if closes is not None:
        close = pd.Timestamp(closes)
        late = (first["earliest"] <= close) & (first["latest"] > close)
        first["latest"] = first["latest"].mask(late, close)
    return first


def _days(waits: pd.Series[pd.Timedelta]) -> pd.Series[float]:
    """Return waits in days, not below 0; infinite where there is none."""
    return waits.dt.days.astype("float64").clip(lower=0).fillna(float("inf"))
