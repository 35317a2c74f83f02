"""The waits for one convention, of all states and by group, and how far they are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from adoption.forecasting.survival.estimate import Estimate, Median, by_reading
from adoption.forecasting.survival.risk_sets import DAYS_A_YEAR
from adoption.forecasting.survival.spells import Reading, to_consent, to_signature
from adoption.forecasting.survival.waits import Step, followed_to, never_signed
from adoption.law.conventions import Convention

MAIN: Mapping[Step, Reading] = {"signature": "with_reports", "consent": "least"}


@dataclass(frozen=True, eq=False)
class Waiting:
    """How long states took for one step of one convention.

    Attributes
    ----------
    convention : Convention
        Which convention.
    step : {"signature", "consent"}
        From opening to signature, or from each state's own signature to its consent.
    as_of : date
        The day.
    complete_to : date or None
        The day to which states without a known act are followed; None where no list is
        complete, or no source names the signatories.
    complete : dict of reading to Estimate
        Estimates to that day.
    known : dict of reading to Estimate
        The same to `as_of`, as if silence meant no act: what they say is a least value, and
        no median.
    never_signed : int
        How many states certainly consented by the day without being known to have signed.
    spells, known_spells : DataFrame
        What both rest on, from `adoption.forecasting.survival.spells`.
    """

    convention: Convention
    step: Step
    as_of: date
    complete_to: date | None
    complete: dict[Reading, Estimate]
    known: dict[Reading, Estimate]
    never_signed: int
    spells: pd.DataFrame
    known_spells: pd.DataFrame

    @property
    def main(self) -> Estimate:
        """The estimate that is drawn: of signatures with reports, of consents without them."""
        return self.complete[MAIN[self.step]]

    @property
    def least_known(self) -> Estimate:
        """The same of all that is known to the day."""
        return self.known[MAIN[self.step]]

    @property
    def half(self) -> Median:
        """The latest median of a reading drawn, with the 95 % interval under every one."""
        late, early = self.main.median(), self.complete["most"].median()
        return Median(late.value, min(late.low, early.low), max(late.high, early.high))

    def groups(self) -> dict[str, Waiting]:
        """Return the same for each United Nations regional group, by its name.

        A state that belongs to none is in none of them.
        """
        names = sorted(self.known_spells["un_group"].dropna().unique())
        return {str(name): self._of(str(name)) for name in names}

    def _of(self, group: str) -> Waiting:
        spells, known = (
            frame[frame["un_group"] == group] for frame in (self.spells, self.known_spells)
        )
        return replace(
            self,
            complete=by_reading(spells),
            known=by_reading(known),
            spells=spells,
            known_spells=known,
        )

    @property
    def beyond(self) -> bool:
        """Whether acts may be missing from the list on the day.

        Not where the step was over, closed for signature, while the list was complete.
        """
        last = followed_to(self.convention, self.step, self.as_of, "known")
        return last is not None and (self.complete_to is None or self.complete_to < last)

    @property
    def years_observed(self) -> float:
        """Years after the first day to which some state was observed."""
        return self.main.observed / DAYS_A_YEAR


def waiting(
    convention: Convention, data: Mapping[str, pd.DataFrame], as_of: date, step: Step
) -> Waiting:
    """Estimate how long states took for one step of one convention."""
    acts, states, memberships = data["acts"], data["states"], data["memberships"]
    if step == "signature":
        complete = to_signature(convention, acts, states, memberships, as_of)
        known = to_signature(convention, acts, states, memberships, as_of, "known")
    else:
        complete = to_consent(convention, acts, states, as_of)
        known = to_consent(convention, acts, states, as_of, "known")
    return Waiting(
        convention=convention,
        step=step,
        as_of=as_of,
        complete_to=followed_to(convention, step, as_of, "complete"),
        complete=by_reading(complete),
        known=by_reading(known),
        never_signed=never_signed(convention, acts, states, as_of),
        spells=complete,
        known_spells=known,
    )


def waitings(
    conventions: Sequence[Convention], data: Mapping[str, pd.DataFrame], as_of: date, step: Step
) -> list[Waiting]:
    """Return `waiting` of each convention that had opened by the day, in the order given."""
    return [waiting(c, data, as_of, step) for c in conventions if c.opens <= as_of]
