"""Sentences on the readiness gap: what the states that have acted lack."""

from __future__ import annotations

from adoption.countries.adopters import Adopters
from adoption.countries.association import wilson
from adoption.countries.readiness import MARK, NEEDED, Readiness
from adoption.sentences.association import named
from adoption.words import capitalised, counted, listed


def readiness_sentence(ready: Readiness, adopters: Adopters) -> str:
    """Say how many of the states that have acted lie below the mark, beside the others."""
    gci, word = f"GCI {adopters.edition}", adopters.did
    if ready.assessed == 0:
        return f"No state with pillar values in the {gci} is known to have {word}."
    short = len(ready.short)
    share = f" ({short / ready.assessed:.0%})" if short else ""
    return (
        f"Of the {counted(ready.assessed, 'state')} known to have {word} and with pillar values in "
        f"the {gci}, {short or 'none'}{share} {'has' if short == 1 else 'have'} less than half of "
        f"the points in the {listed(NEEDED, 'or')} pillar{_others(ready)}."
    )


def readiness_note(ready: Readiness, adopters: Adopters) -> str:
    """Say where the gap lies, how sure the shares are, and of whom nothing is known."""
    lines = []
    if len(ready.short):
        low = [f"{ready.low_in(pillar) or 'none'} in the {pillar}" for pillar in NEEDED]
        low_end, high_end = wilson(len(ready.short), ready.assessed)
        lines.append(
            f"Of them, {listed(low)} pillar lie below the mark. The 95% Wilson interval of the "
            f"share is {low_end:.0%} to {high_end:.0%}{_others_interval(ready)}."
        )
    if ready.unknown:
        have, are = ("has", "it is") if len(ready.unknown) == 1 else ("have", "they are")
        lines.append(
            f"{capitalised(named(ready.unknown, 'state'))} {have} {adopters.did} without a value "
            f"in each of the three pillars; how ready {are} is not known."
        )
    lines.append(
        f"The mark is half of a pillar's points, {MARK:.0f}. It is the same for every pillar and "
        "day; the lower quartile would put a quarter of all states below it, whatever they score."
    )
    return " ".join(lines)


def _others(ready: Readiness) -> str:
    """Set the states that are not known to have acted beside the others, after a semicolon."""
    states, short = ready.others_assessed, ready.others_short
    if states == 0:
        return ""
    if states == 1:
        return f"; the one other state with values {'does' if short else 'does not'}"
    share = f" ({short / states:.0%})" if short else ""
    return f"; of the {states} others with values, {short or 'none'}{share} do"


def _others_interval(ready: Readiness) -> str:
    if not ready.others_assessed:
        return ""
    low, high = wilson(ready.others_short, ready.others_assessed)
    return f"; of the others, {low:.0%} to {high:.0%}"
