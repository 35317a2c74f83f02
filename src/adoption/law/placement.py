"""The place of a convention among the treaties of the base set at the same age."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.core.acts import CONSENTS, SIGNING_ACTS
from adoption.core.days import on_or_before
from adoption.core.observation import Observation
from adoption.law.conventions import base_treaty
from adoption.law.curves import MEASURED, Measure
from adoption.law.spells import History
from adoption.tables import only_states, without_reports

if TYPE_CHECKING:
    from adoption.law.treaties import Treaty

COMPARED_SINCE = pd.Timestamp("1946-01-01")
ACTS_OF: dict[Measure, tuple[str, ...]] = {"signatories": SIGNING_ACTS, "parties": CONSENTS}


@dataclass(frozen=True)
class Place:
    """How many treaties have fewer, as many and more than a count."""

    fewer: int
    equal: int
    more: int

    @property
    def treaties(self) -> int:
        """How many treaties there are."""
        return self.fewer + self.equal + self.more

    @property
    def percentile(self) -> float | None:
        """The percentile rank, 0 to 100: those with fewer and half of the ties.

        None where there is no treaty to compare with.
        """
        if not self.treaties:
            return None
        return 100 * (self.fewer + self.equal / 2) / self.treaties


def place(count: float, numbers: Iterable[float]) -> Place:
    """Return the place of a count among others.

    Examples
    --------
    >>> place(4, [0, 4, 4, 9]).percentile
    50.0
    """
    values = list(numbers)
    fewer = sum(v < count for v in values)
    equal = sum(v == count for v in values)
    return Place(fewer, equal, len(values) - fewer - equal)


def known_counts(history: History, states: pd.DataFrame, as_of: date) -> dict[Measure, Observation]:
    """Count the states that signed a convention, and that consented to be bound, by a day.

    A state counts once, even if it withdrew later, as in the base set: of some of its treaties
    no withdrawal is known, and who joined is compared, not who stayed.
    """
    convention, codes = history.convention, only_states(states)["iso3"]
    counts: dict[Measure, Observation] = {}
    for measure in ACTS_OF:
        first = history.first(measure)
        first = first[first["iso3"].isin(codes)]
        certain = first[on_or_before(first["begins_latest"], as_of)]
        possible = on_or_before(first["begins_earliest"], as_of)
        is_listed = measure == "parties" or convention.signatories_listed
        counts[measure] = Observation(
            MEASURED[measure],
            lower=len(without_reports(certain)),
            with_reports=len(certain),
            possible=int(possible.sum()),
            complete=convention.is_complete(measure, as_of),
            known=is_listed,
            subject=f"the {convention.short_title}",
        )
    return counts


def treaties_at_age(
    treaties: pd.DataFrame, base_acts: pd.DataFrame, states: pd.DataFrame, days: int, subject: str
) -> pd.DataFrame:
    """Count the acts on each treaty of the base set by an age.

    A treaty's clock starts with its first signature, in 1946 or later. Treaties that had not been
    open for so long on the day of their list are left out, and so is the subject.

    Parameters
    ----------
    treaties, base_acts, states : DataFrame
        The tables base_treaties, base_acts and states.
    days : int
        Age in days.
    subject : str
        Number of the treaty that is compared with the others.

    Returns
    -------
    DataFrame
        One row a treaty, in the order of the table: treaty, title, first_signature;
        signatories and parties (int), the states that had signed and consented by then,
        whether or not they withdrew;
        everywhere (bool), whether states of every United Nations regional group have acted
        on it by the day its list shows, which is as near as the data come to saying that
        it was open to all; un_members (int), from `un_members_on`, at that age.
    """
    age = pd.Timedelta(days=days)
    old = treaties["first_signature"] + age <= treaties["as_of"]
    treaties_then = treaties[old & (treaties["first_signature"] >= COMPARED_SINCE)]
    treaties_then = treaties_then[treaties_then["treaty"] != subject]
    frame = treaties_then[["treaty", "title", "first_signature"]].reset_index(drop=True)
    codes = only_states(states)["iso3"]
    state_acts = base_acts[base_acts["iso3"].isin(codes)]
    state_acts = state_acts.merge(frame[["treaty", "first_signature"]], on="treaty")
    by_then = state_acts[state_acts["date"] <= state_acts["first_signature"] + age]
    for measure, kinds in ACTS_OF.items():
        acted = by_then[by_then["act"].isin(kinds)].drop_duplicates(["treaty", "iso3"])
        numbers = acted.groupby("treaty").size()
        frame[measure] = frame["treaty"].map(numbers).fillna(0).astype(int)
    group_of = states.set_index("iso3")["un_group"]
    groups = state_acts["iso3"].map(group_of).groupby(state_acts["treaty"]).nunique()
    frame["everywhere"] = frame["treaty"].map(groups).fillna(0) == group_of.nunique()
    return frame.assign(un_members=un_members_on(frame["first_signature"] + age, states))


def un_members_on(days: pd.Series[pd.Timestamp], states: pd.DataFrame) -> pd.Series[int]:
    """Count the UN members of today that had been admitted by the end of the year of each day."""
    admitted = states["un_member_since"].dropna().sort_values()
    counts = admitted.searchsorted(days.dt.year, side="right")
    return pd.Series(counts, days.index, dtype="int64")


def labelled(frame: pd.DataFrame, conventions: Sequence[Treaty]) -> pd.Series[str]:
    """Return the label of each treaty that is a convention of the registry, else no text."""
    labels = {base_treaty(convention): convention.label for convention in conventions}
    return frame["treaty"].map(labels).fillna("")
