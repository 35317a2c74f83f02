"""Sentences on which assumptions move a forecast."""

from __future__ import annotations

from collections.abc import Sequence

from adoption.forecasting import assumptions as ways
from adoption.forecasting.assumptions import Alternative
from adoption.sentences.forecast_words import month, years_in_words
from adoption.words import capitalised, listed, numeral, some

LABELS = {
    ways.MAIN: "As forecast",
    ways.COUNTED: "Reported and undated acts counted",
    ways.RECENT: f"Learnt only from treaties opened since {ways.RECENT_SINCE.year}",
    ways.MANY: f"Learnt only from treaties with {ways.MANY_PARTIES} parties or more",
    ways.DEPOSITS: f"{capitalised(numeral(ways.DEPOSITED))} signatories deposit on the day",
    ways.QUIET: "No act for another year",
    ways.SEED: "Another seed of the trees",
    ways.CLIMATOLOGY: "Plain: all treaties of this age alike",
    ways.PACE: "Plain: last year's pace goes on",
}
MEANS = {
    ways.MAIN: "reported and undated acts are not counted; every treaty known is learnt from",
    ways.COUNTED: "the second reading of the answer",
    ways.RECENT: "nearer to today, but fewer to learn from",
    ways.MANY: "flatters: when a treaty opens nobody knows that it will have so many",
    ways.DEPOSITS: "what such news would do",
    ways.QUIET: "the forecast a year after its start, without a signature or consent till then",
    ways.SEED: f"of {numeral(len(ways.SEEDS))} others the one that moves the median more",
    ways.CLIMATOLOGY: "no look at signatures, consents and their pace",
    ways.PACE: "no look at signatures and other treaties",
}
WORTH_SAYING = 1.0  # years


def assumptions_title(made: Sequence[Alternative]) -> str:
    """Return the finding: which assumption moves the median most.

    Parameters
    ----------
    made : sequence of Alternative
        From `adoption.forecasting.assumptions.alternatives`.
    """
    if not made:
        return "There is no forecast to take apart"
    if made[0].forecast.quantile(0.5) is None:
        return f"The median lies later than {month(made[0].forecast.horizon)}"
    moved = _moved(made)
    if not moved:
        return "No assumption moves the median"
    key, shift = moved[0]
    return f"{LABELS[key]}: {_shift(shift)}, the largest move of the median"


def assumptions_sentence(made: Sequence[Alternative]) -> str:
    """Say which assumptions move the median by a year or more, the weightiest first."""
    if not made:
        return "There is no forecast to take apart."
    if made[0].forecast.quantile(0.5) is None:
        return f"{assumptions_title(made)}, so that no move of it can be measured."
    tried = [one for one in made[1:] if one.key not in ways.PLAIN]
    big = [(key, shift) for key, shift in _moved(made) if abs(shift) >= WORTH_SAYING]
    text = (
        f"{capitalised(some(len(big)))} of {numeral(len(tried))} other assumptions "
        f"{'moves' if len(big) == 1 else 'move'} the median by a year or more"
    )
    text += f": {listed([_said(*each) for each in big])}." if big else "."
    beyond = sum(one.shift(made[0]) is None for one in tried)
    if beyond:
        text += f" Under {numeral(beyond)} of them it lies beyond the horizon."
    return text


def _moved(made: Sequence[Alternative]) -> list[tuple[str, float]]:
    """Return the assumptions that move the median with their shifts, the weightiest first."""
    shifts = [(one.key, one.shift(made[0])) for one in made[1:] if one.key not in ways.PLAIN]
    known = [(key, shift) for key, shift in shifts if shift]
    return sorted(known, key=lambda item: -abs(item[1]))


def _said(key: str, shift: float) -> str:
    label = LABELS[key]
    return f"{label[:1].lower()}{label[1:]} ({_shift(shift)})"


def _shift(years: float) -> str:
    return f"{years_in_words(years)} {'later' if years > 0 else 'earlier'}"
