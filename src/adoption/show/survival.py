"""How long states wait to sign and to consent: the answer, in a sentence."""

from __future__ import annotations

from math import isfinite

from adoption.core.text import counted, is_are, long_day, messages, numeral
from adoption.forecasting.survival import NO_SIGNATORY, UNNAMED, Waiting
from adoption.forecasting.treaties import YEAR
from adoption.show.answers import Answer

FEW_DAYS = 90  # below which a time is given in days


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
    words = messages()["waits"][waiting.step]
    if waiting.why_none in (UNNAMED, NO_SIGNATORY):
        key, label = "not known", f"how long states took from {words['of']}"
    elif "half" in words and isfinite(half):
        key, label = duration(half), words["half"]
    else:
        key = f"{acted + reported} of {states}"
        label = f"known{' or reported' if reported else ''} to have {words['done']}"
    what, text = f"from {words['of']}", f"{survival_sentence(waiting)}."
    return Answer.of(waiting.convention, what, waiting.as_of, text, key, label)


def survival_sentence(waiting: Waiting) -> str:
    """Say by when half had consented, or how many are known to have acted."""
    name, (states, acted, reported) = waiting.convention.short_title, waiting.known
    if waiting.why_none == UNNAMED:
        return f"No source names who signed the {name}"
    if waiting.why_none == NO_SIGNATORY:
        return f"No signatory of the {name} is certain by then"
    waits, words = waiting.waits(), messages()["waits"][waiting.step]
    if "reached" in words and isfinite(waiting.median[0]):
        early, late = map(duration, waiting.median_bounds)
        half = late if early == late else f"{early.removesuffix(' years')} to {late}"
        return str(words["reached"].format(number=len(waits), name=name, half=half))
    if did := words.get("did"):
        if (to := waiting.complete_to) is None:
            return f"At least {acted + reported} of {states} states have {did} the {name}"
        return f"{waits['acted'].sum()} of {len(waits)} states {did} the {name} by {long_day(to)}"
    number = f"{numeral(acted)} {is_are(acted)} known" if acted else "none is confirmed"
    by_report = f" and {numeral(reported)} {is_are(reported)} reported" if reported else ""
    return f"Of {states} known signatories of the {name}, {number}{by_report} to have ratified it"
