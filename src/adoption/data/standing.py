"""What a participant has done by a list: the acts that stand, and what its brackets mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.lists import CONSENT, kind_of
from adoption.data.dictionary import WITHDRAWAL

if TYPE_CHECKING:
    from adoption.law.status import Row

Key = tuple[str, str]  # iso3 and kind of act
Span = tuple["pd.Timestamp", "pd.Timestamp"]  # the first and the last day that can be meant


def by_key(acts: pd.DataFrame) -> dict[Key, list[Row]]:
    """Return acts by participant and kind, each in the order of its days."""
    found: dict[Key, list[Row]] = {}
    for row in acts.sort_values(["iso3", "date", "act"]).to_dict("records"):
        act = {str(name): value for name, value in row.items()}
        found.setdefault((act["iso3"], kind_of(act["act"])), []).append(act)
    return found


def withdrawals_of(iso3: str, *sources: Mapping[Key, Sequence[Row]]) -> list[Span]:
    """Return when the withdrawals of a participant took effect, by any of some sources."""
    return spans((iso3, WITHDRAWAL), *sources)


def spans(key: Key, *sources: Mapping[Key, Sequence[Row]]) -> list[Span]:
    """Return when acts of a kind were done, by any of some sources, in brackets or not."""
    return [_span(row) for source in sources for row in source.get(key, ())]


def partings(key: Key, *sources: Mapping[Key, Sequence[Row]]) -> list[Span]:
    """Return when a participant did what lies between two of its acts of a kind.

    Between two consents it has withdrawn, and between two withdrawals it has consented again.
    Nothing lies between two signatures: nobody signs twice.
    """
    iso3, kind = key
    left = withdrawals_of(iso3, *sources)
    if kind == CONSENT:
        return left
    if kind != WITHDRAWAL:
        return []
    consents = (divided(source.get((iso3, CONSENT), ()), left)[0] for source in sources)
    return [_span(row) for rows in consents for row in rows]


def _span(row: Row) -> Span:
    if "earliest" in row:
        return row["earliest"], row["latest"]
    return row["date"], row["date"]  # a list has days only


def parted(one: Row, other: Row, between: Sequence[Span]) -> bool:
    """Return whether an act was certainly done before something that lies before another act.

    Then they are two acts, though they may have one name: the later is no correction of the
    earlier. A consent on the day of a withdrawal comes after it.
    """
    (_, end), (start, _) = _span(one), _span(other)
    if start <= end:
        return False
    is_of_consents = kind_of(one["act"]) == CONSENT
    return any(
        end <= first and last <= start and (end < last if is_of_consents else first < start)
        for first, last in between
    )


def divided(listed: Sequence[Row], withdrawals: Sequence[Span]) -> tuple[list[Row], list[Row]]:
    """Divide a participant's listed acts of a kind into those that were done, and brackets.

    A consent in brackets was done if a withdrawal ended it. Any other brackets say that a day
    does not count: it was corrected, or the act was taken back.
    """
    firm = [row for row in listed if not _is_bracketed(row)]
    ended = _ended(
        [row for row in listed if _is_bracketed(row) and _is_consent(row)], firm, withdrawals
    )
    done = [*firm, *ended]
    return done, [row for row in listed if not any(row is one for one in done)]


def _ended(given: Sequence[Row], firm: Sequence[Row], withdrawals: Sequence[Span]) -> list[Row]:
    """Return the consents in brackets that withdrawals ended, each by one of its own.

    It ended the last consent by then, if the next one can have been given after it: so two days
    of one withdrawal, by two sources, end one consent. One whose day is known goes first.
    """
    ended: list[Row] = []
    before = [row for row in given if all(row["date"] < stands["date"] for stands in firm)]
    exact_first = sorted(withdrawals, key=lambda span: (span[0] == span[1], span[1]), reverse=True)
    for earliest, latest in exact_first:
        for row in reversed(before):
            later = [one["date"] for one in (*firm, *ended) if one["date"] >= row["date"]]
            if (
                row["date"] <= latest
                and row["date"] not in later
                and earliest <= min(later, default=latest)
            ):
                ended.append(row)
                break
    return [row for row in before if any(row is one for one in ended)]


def _is_bracketed(act: Row) -> bool:
    return bool(act.get("superseded", False))  # the table of acts has no brackets


def _is_consent(act: Row) -> bool:
    return kind_of(act["act"]) == CONSENT
