"""How long states wait to sign and to consent: the answer, in a sentence."""

from __future__ import annotations

from math import isfinite

from adoption.core.text import counted, is_are, long_day, numeral
from adoption.forecasting.survival import NO_SIGNATORY, UNNAMED, Waiting
from adoption.forecasting.treaties import YEAR
from adoption.show.answers import Answer

FEW_DAYS = 90  # below which a time is given in days
STEPS = {
    "signature": "opening to signature", "consent": "signature to consent",
    "any consent": "opening to consent",
}  # fmt: skip


def duration(days: float) -> str:
    """Return a time in days or years, as exact as it carries.

    Examples
    --------
    >>> duration(1), duration(45), duration(1310)
    ('1 day', '45 days', '3.6 years')
    """
    return counted(round(days), "day") if days < FEW_DAYS else f"{days / YEAR:.1f} years"


def survival_answer(waiting: Waiting) -> Answer:
    """Answer how long states take to sign a convention, or to consent after their signature."""
    half, (states, acted, reported) = waiting.median[0], waiting.known
    if waiting.why_none in (UNNAMED, NO_SIGNATORY):
        key, label = "not known", f"how long states took from {STEPS[waiting.step]}"
    elif waiting.step == "consent" and isfinite(half):
        key, label = duration(half), "from signature until half of the signatories consented"
    elif waiting.step == "any consent" and isfinite(half):
        key, label = duration(half), "from the opening until half of the states consented"
    else:
        done = "signed" if waiting.step == "signature" else "consented"
        key, label = f"{acted + reported} of {states}", f"known to have {done}, reports included"
    what, text = f"from {STEPS[waiting.step]}", f"{survival_sentence(waiting)}."
    return Answer.of(waiting.convention, what, waiting.as_of, text, key, label)


def survival_sentence(waiting: Waiting) -> str:
    """Say by when half had consented, or how many are known to have acted."""
    name, (states, acted, reported) = waiting.convention.short_title, waiting.known
    if waiting.why_none == UNNAMED:
        return f"No source names who signed the {name}"
    if waiting.why_none == NO_SIGNATORY:
        return f"No signatory of the {name} is certain by then"
    waits, reached = waiting.waits(), isfinite(waiting.median[0])
    if waiting.step == "signature" or (waiting.step == "any consent" and not reached):
        done = "signed" if waiting.step == "signature" else "consented to"
        if (to := waiting.complete_to) is None:
            return f"At least {acted + reported} of {states} states have {done} the {name}"
        return f"{waits['acted'].sum()} of {len(waits)} states {done} the {name} by {long_day(to)}"
    if reached:
        early, late = map(duration, waiting.median_bounds)
        half = late if early == late else f"{early.removesuffix(' years')} to {late}"
        who, since = f"{len(waits)} states that signed the {name} ratified it", "signing"
        if waiting.step == "any consent":
            who, since = f"{len(waits)} states followed consented to the {name}", "its opening"
        return f"Half of the {who} within {half} of {since}"
    number = f"{numeral(acted) if acted else 'none'} {is_are(acted or 1)} confirmed"
    by_report = f" and {numeral(reported)} {is_are(reported)} reported" if reported else ""
    signed = f"Of {states} known signatories of the {name}"
    return f"{signed}, {number}{by_report} to have ratified it"
