"""What a participant has done by a list: the acts that stand, and what its brackets mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.build.lists import CONSENT, kind_of
from adoption.dictionary import WITHDRAWAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from adoption.status import Row

Key = tuple[str, str]  # iso3 and kind of act
Span = tuple["pd.Timestamp", "pd.Timestamp"]  # the first and the last day that can be meant


def by_key(acts: pd.DataFrame) -> dict[Key, list[Row]]:
    """Return acts by participant and kind, each in the order of its days.

    Parameters
    ----------
    acts : DataFrame
        Acts on one convention: those of a list, or rows of the table `acts`.
    """
    found: dict[Key, list[Row]] = {}
    for row in acts.sort_values(["iso3", "date", "act"]).to_dict("records"):
        act = {str(name): value for name, value in row.items()}
        found.setdefault((act["iso3"], kind_of(act["act"])), []).append(act)
    return found


def withdrawals_of(iso3: str, *sources: Mapping[Key, Sequence[Row]]) -> list[Span]:
    """Return when the withdrawals of a participant took effect, by any of some sources."""
    rows = [row for source in sources for row in source.get((iso3, WITHDRAWAL), ())]
    return [(row.get("earliest", row["date"]), row.get("latest", row["date"])) for row in rows]


def divided(listed: Sequence[Row], withdrawals: Sequence[Span]) -> tuple[list[Row], list[Row]]:
    """Divide a participant's listed acts of a kind into those that were done, and brackets.

    A consent in brackets was done if a withdrawal ended it. Any other brackets say that a day
    does not count: it was corrected, or the act was taken back.

    Parameters
    ----------
    listed : sequence of dict
        Acts of `PublishedList.acts`.
    withdrawals : sequence of tuple of Timestamp
        From `withdrawals_of`.

    Returns
    -------
    done, brackets : list of dict
        Of those done first what stands. Two of one name are of two days: a withdrawal lies
        between them.
    """
    firm = [row for row in listed if not row["superseded"]]
    given = [row for row in listed if _is_bracketed_consent(row)]
    ended = set()
    for _, latest in _before(firm, withdrawals):
        by_then = [number for number, row in enumerate(given) if row["date"] <= latest]
        ended.update(by_then[-1:])  # any before it in brackets was corrected
    done = [*firm, *(given[number] for number in sorted(ended))]
    return done, [row for row in listed if not any(row is one for one in done)]


def _before(firm: Sequence[Row], withdrawals: Sequence[Span]) -> list[Span]:
    """Return the withdrawals after which the consents that stand can have been given."""
    return [
        (earliest, latest)
        for earliest, latest in withdrawals
        if all(earliest <= row["date"] for row in firm)
    ]


def _is_bracketed_consent(act: Row) -> bool:
    return bool(act["superseded"]) and kind_of(act["act"]) == CONSENT
