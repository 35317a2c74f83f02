"""Sentences on what would have been forecast in the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from adoption.forecasting.convention import Reading, why_none
from adoption.forecasting.history import Past, thresholds_in_sources
from adoption.law.rules import ordinal
from adoption.law.status import Status
from adoption.sentences.forecast_words import about, years_in_words
from adoption.words import capitalised, counted, numeral, some, window_in_words


def told_sentence(status: Status, told: Mapping[Reading, Sequence[Past]]) -> str:
    """Say how good the forecasts before the threshold was reached would have been."""
    made = told["not counted"]
    if not made:
        return no_history(status)
    nth = f"the {ordinal(status.convention.threshold)} instrument"
    first, last = made[0], made[-1]
    begins = f"{counted(first.age, 'day')} after opening"
    if len(made) == 1:
        verb = "holds" if first.held else "does not hold"
        return (
            f"The one forecast that is told, {begins}, has the median {_median(first)} for {nth}; "
            f"its 80% interval {verb} what happened."
        )
    held = sum(one.held is True for one in made)
    return (
        f"{capitalised(_of(held, len(made)))} that would have been made on the way {_holds(held)} "
        f"the deposit of {nth} in the 80% interval: the median was "
        f"{_median(first)} {begins}, and {_median(last)} after {counted(last.age, 'day')}."
    )


def told_note(status: Status, told: Mapping[Reading, Sequence[Past]]) -> str:
    """Say what the forecasts at each age knew, or why there is none."""
    if not told["not counted"]:
        return no_history(status)
    return (
        "Each forecast knows only what had been done by its day, and has learnt only from what "
        "was known of other treaties when its year began."
    )


def no_history(status: Status) -> str:
    """Say why no forecast from before the threshold was reached is told."""
    if why := why_none(status.convention):
        return f"No forecast is made for it: {why}."
    nth = f"The {ordinal(status.convention.threshold)} instrument"
    window = status.nth_instrument
    if window is not None and window.day is None:
        return (
            f"{nth} may have been deposited on any day {window_in_words(window)}, so there is no "
            "day with which a forecast could be compared."
        )
    return f"{nth} was deposited before the first age at which a forecast is told."


def _of(part: int, whole: int) -> str:
    """Return how many of some forecasts.

    Examples
    --------
    >>> _of(3, 3), _of(0, 3), _of(1, 1)
    ('all three forecasts', 'none of three forecasts', 'the one forecast')
    """
    if part == whole:
        return "the one forecast" if whole == 1 else f"all {numeral(whole)} forecasts"
    return f"{some(part)} of {numeral(whole)} forecast{'' if whole == 1 else 's'}"


def _holds(number: int) -> str:
    return "holds" if number == 1 else "hold"


def _median(past: Past) -> str:
    median = about(past.forecast.quantile(0.5), past.forecast).removeprefix("about ")
    if past.late is None:
        return median
    if past.late == 0:
        return f"{median} (to the day)"
    return f"{median} ({years_in_words(past.late)} {late_or_early(past.late)})"


def late_or_early(years: float) -> str:
    """Return how a median lies to what happened.

    Examples
    --------
    >>> late_or_early(0.5), late_or_early(-2)
    ('too late', 'too early')
    """
    return "too late" if years > 0 else "too early"


def history_title(status: Status, told: Mapping[Reading, Sequence[Past]]) -> str:
    """Return the finding of the forecasts at each age."""
    made = told["not counted"]
    if not made:
        return "No forecast from before the threshold was reached can be told"
    if status.nth_instrument is not None:
        held = sum(one.held is True for one in made)
        return (
            f"{capitalised(_of(held, len(made)))} {_holds(held)} what happened in the 80% interval"
        )
    first, last = made[0], made[-1]
    middle = last.forecast.quantile(0.5)
    if middle is not None and middle <= status.as_of:
        return "The median of the last forecast has passed"
    medians = [about(one.forecast.quantile(0.5), one.forecast) for one in (first, last)]
    start, end = (text.removeprefix("about ") for text in medians)
    if first.forecast.quantile(0.5) is None and last.forecast.quantile(0.5) is None:
        return f"The median of the forecast lies {end}"
    if start == end:
        return f"The median of the forecast is {end}"
    return f"The median moved from {start} to {end} as {_why(first, last)}"


def _why(first: Past, last: Past) -> str:
    """Say what became known between two forecasts."""
    consents = last.forecast.consents - first.forecast.consents
    signed = last.forecast.signatories - first.forecast.signatories
    days = counted(last.age - first.age, "day")
    if consents > 0:
        return f"{numeral(consents)} consent{'' if consents == 1 else 's'} came in {days}"
    if signed > 0:
        noun = "signature" if signed == 1 else "signatures"
        return f"{numeral(signed)} {noun} and no consent came in {days}"
    return f"{days} went by without an act that counts"


def numbers_note(told: Sequence[Past], treaties: pd.DataFrame) -> str:
    """Say of which treaties the number of parties asked for is not known to be the law's.

    Parameters
    ----------
    told : sequence of Past
        From `adoption.forecasting.history.shown_treaties`.
    treaties : DataFrame
        The table `base_treaties`.
    """
    by_law = thresholds_in_sources(treaties)
    titles = dict(zip(treaties["treaty"], treaties["title"], strict=True))
    asked = {one.treaty: one.forecast.threshold for one in told}
    other = [number for number, parties in asked.items() if by_law.get(number) != parties]
    lines = [
        f"For the {titles[number]} no source of the data has the rule of entry into force: "
        f"{asked[number]} parties are asked for as a number."
        for number in other
    ]
    if len(other) < len(asked):
        begin = "For the others" if other else "For each treaty"
        lines.append(f"{begin} it is the number that the treaty itself requires.")
    return " ".join(lines)


def shown_sentence(told: Sequence[Past]) -> str:
    """Say how good the forecasts for known treaties would have been.

    Parameters
    ----------
    told : sequence of Past
        From `adoption.forecasting.history.shown_treaties`.
    """
    known = [one for one in told if one.held is not None]
    if not known:
        return "On the day asked about no forecast for these treaties could be compared yet."
    held, treaties = sum(one.held is True for one in known), len({one.treaty for one in known})
    number = "one treaty" if treaties == 1 else f"{numeral(treaties)} treaties"
    text = (
        f"{capitalised(_of(held, len(known)))} for {number} {_holds(held)} what happened in the "
        "80% interval."
    )
    late = [one.late for one in known if one.late is not None]
    if late:
        middle = sorted(abs(years) for years in late)[len(late) // 2]
        after = sum(years > 0 for years in late)
        text += (
            f" Half of the medians lie {years_in_words(middle)} or less from it; "
            f"{some(after)} of {numeral(len(late))} {'lies' if after == 1 else 'lie'} after it."
        )
    return text
