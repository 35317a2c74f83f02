"""Notes on waiting times: whose clock it is, and how far states are followed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adoption.words import capitalised, is_are, long_day, numeral, some

if TYPE_CHECKING:
    from adoption.forecasting.survival import Waiting


def clock_note(subject: Waiting) -> str:
    """Say who is counted in the time from signature to consent, and who is kept apart."""
    never = subject.never_signed
    apart = (
        f"{capitalised(some(never))} {'state' if never == 1 else 'states'} consented without being "
        "known to have signed, by accession or succession, and "
        f"{is_are(never)} not part of it."
        if never
        else "No state is known to have consented without having signed."
    )
    first = subject.main.first_day
    same = f" {capitalised(numeral(first))} consented on the day of signing." if first else ""
    return (
        "The clock starts with each state's own signature. A definitive signature is a consent "
        f"too: a wait of no days. A later withdrawal changes nothing.{same} {apart}"
    )


def reach_list(signatures: Sequence[Waiting], consents: Sequence[Waiting]) -> str:
    """Say of each convention how far states are followed, as a Markdown list."""
    pairs = zip(signatures, consents, strict=True)
    return "\n".join(f"- {reach_note(signing, consent)}" for signing, consent in pairs)


def reach_note(signing: Waiting, consent: Waiting) -> str:
    """Say to which day states without a known act are followed, and what the list leaves out."""
    convention = signing.convention
    name = f"**{convention.short_title}:**"
    if not convention.signatories_listed:
        return f"{name} no source names who signed. {convention.reach}"
    if signing.complete_to is None or consent.complete_to is None:
        return f"{name} no list is known to be complete: what is known is least. {convention.reach}"
    ends = [long_day(own.complete_to) for own in (signing, consent) if own.complete_to]
    to = f"to {ends[0]}"
    if ends[0] != ends[1]:
        to = f"to {ends[0]} for signature and to {ends[1]} for consent"
    return f"{name} states without a known act are followed {to}. {convention.reach}"
