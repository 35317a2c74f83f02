"""What the law asks of a treaty: its opening, its rules where they are known, and its reach."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from adoption.core.text import long_day
from adoption.law.rules import Delay, Threshold, Window, ordinal

MAX_INSTRUMENTS = 250  # a threshold: more than there are participants


class SpecialRule(BaseModel):
    """A minimum of instruments that must come from the members of one organisation.

    Where an article says that others accede on invitation, it is `invites_others`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: str
    instruments: int = Field(ge=1)
    invites_others: str | None = None


class Ceremony(BaseModel):
    """Where a treaty was opened for signature, and the last day of that."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str
    last: date


class Treaty(BaseModel):
    """A treaty with a list of acts; what is not known of it is None.

    A `Convention` of the registry has every rule of its entry into force. Of a `HeldTreaty` the
    list alone may be known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    convention: str
    title: str
    short_title: str
    label: str
    topic: str | None = None
    depositary: str
    made_for: str | None = None
    parties_of: str | None = None
    reference: str
    adopted: date | None = None
    opens: date | None = None
    ceremony: Ceremony | None = None
    closes: date | None = None
    threshold: int | None = Field(default=None, ge=1, le=MAX_INSTRUMENTS)
    threshold_article: str | None = None
    special: SpecialRule | None = None
    delay: Delay | None = None
    later: Delay | None = None
    later_article: str | None = None
    later_from_force: bool = False
    withdrawal_article: str | None = None
    excludes_reio: bool | None = None
    entered_into_force: date | None = None
    signatories_listed: bool = True
    complete_to: date | None = None
    nearly_complete_to: date | None = None
    partial_to: date | None = None
    reach: str = ""
    source: str
    law_source: str | None = None
    page: str | None = None
    texts: tuple[str, ...] = ()

    @property
    @abstractmethod
    def opening(self) -> Window:
        """The days between which it opened for signature or to whoever joins it."""

    @property
    def withdrawals_known(self) -> bool:
        """Whether no withdrawal by a day to which the list is complete is missing from it."""
        return True

    @property
    def joiners_known(self) -> bool:
        """Whether it is known which states can join it."""
        return True

    @property
    def names(self) -> dict[str, str]:
        """Its id and names, as the columns of a frame with one row a treaty."""
        return {name: getattr(self, name) for name in ("convention", "short_title", "label")}

    def threshold_rule(self) -> Threshold | None:
        """Return the threshold as law; None where it is not known."""
        if self.threshold is None:
            return None
        return Threshold(self.threshold, self.special.instruments if self.special else 0)

    def rule_in_words(self) -> str:
        """Return the rule of entry into force as a sentence without a full stop.

        Examples
        --------
        >>> from adoption.law.conventions import load_conventions
        >>> load_conventions()["untoc"].rule_in_words()
        'enters into force on the 90th day after the deposit of the 40th instrument (art. 38(1))'
        """
        if self.threshold is None:
            return "enters into force by a rule that was not seen"
        nth = f"the {ordinal(self.threshold)} instrument"
        if self.special:
            number, organisation = self.special.instruments, self.special.organisation
            nth += f", of which at least {number} by members of the {organisation}"
        if self.delay is None:
            return f"needs {nth} to enter into force"
        article = f" ({self.threshold_article})" if self.threshold_article else ""
        return f"enters into force on the {self.delay} of {nth}{article}"

    def is_closed(self, as_of: date) -> bool:
        """Return whether the last day for signature was over: who had not signed can accede."""
        return self.closes is not None and self.closes < as_of

    def __dir__(self) -> list[str]:
        """Return its own names for completion, without those of pydantic."""
        every = {name for kind in type(self).__mro__ for name in vars(kind)}
        names = {name for name in {*type(self).model_fields, *every} if name[0] != "_"}
        return sorted(name for name in names if not hasattr(BaseModel, name))

    def complete_until(self, measure: str) -> date | None:
        """Return the last day on which the list is complete in signatories or parties.

        Signatures of a convention that closed for signature within that time are complete for
        good, which is `date.max`; None where the list never is complete.
        """
        closes, complete_to = self.closes, self.complete_to
        if measure == "signatories" and complete_to and closes and closes <= complete_to:
            return date.max
        return complete_to

    def is_complete(self, measure: str, day: date) -> bool:
        """Return whether the list is complete to a day in signatories or parties."""
        until = self.complete_until(measure)
        return until is not None and day <= until

    def signature_in_words(self, as_of: date) -> str:
        """Return whether a state can sign on a day, as a sentence without a full stop.

        Empty where no closing day is known.

        Examples
        --------
        >>> from adoption.law.conventions import load_conventions
        >>> load_conventions()["hanoi"].signature_in_words(date(2026, 12, 31))
        'is open for signature until 31 December 2026'
        """
        if self.closes is None:
            return ""
        if self.opens is not None and as_of < self.opens:
            return f"opens for signature on {long_day(self.opens)}"
        day = long_day(self.closes)
        if not self.is_closed(as_of):
            return f"is open for signature until {day}"
        only = "only accession is possible for a state that has not signed"
        return f"closed for signature on {day}: {only}"
