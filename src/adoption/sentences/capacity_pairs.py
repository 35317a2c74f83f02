"""Sentences on an index beside its earlier edition, and beside another index."""

from __future__ import annotations

from adoption.countries.capacity import Indicator, Pair, rank_correlation
from adoption.words import capitalised, counted, in_sentence

MOST_NAMES = 6
MINUS = "\N{MINUS SIGN}"


def moves_title(moves: Pair | None, indicator: Indicator) -> str:
    """Return the finding: how many have a higher value, and who differs by most."""
    if moves is None or moves.frame.empty:
        return "No earlier edition to compare with"
    frame = moves.frame
    rose = int((frame["difference"] > 0).sum())
    size = frame["difference"].abs()
    most = frame[size == size.max()].sort_values("name").to_dict("records")
    first = (
        f"{rose} of {counted(len(frame), 'state')} {'has' if rose == 1 else 'have'} a higher "
        f"value in {indicator.edition} than in {moves.beside.edition}"
    )
    if len(most) > 1 or not most[0]["difference"]:
        return first
    name = capitalised(in_sentence(most[0]["name"], most[0]["article"]))
    return f"{first}; {name} differs by most, {signed(most[0]['difference'], indicator)}"


def signed(difference: float, indicator: Indicator) -> str:
    """Return a difference with its sign, a true minus.

    Examples
    --------
    >>> from adoption.countries.capacity import Indicator
    >>> signed(5.94, Indicator("GCI", 2024)), signed(-0.0212, Indicator("EGDI", 2024))[1:]
    ('+5.9', '0.021')
    """
    text = indicator.rounded(abs(difference))
    sign = "+" if difference > 0 else MINUS if difference < 0 else ""
    return f"{sign}{text}"


def other_title(other: Pair) -> str:
    """Return the finding: the rank correlation of two indices."""
    rho = rank_correlation(other.frame)
    named = f"{other.indicator.name} and {other.beside.name}"
    if rho != rho:
        return f"{named}: too few states have both to compare their order"
    return f"{named}: rank correlation {_rho(rho)} over {counted(len(other.frame), 'state')}"


def _rho(value: float) -> str:
    return f"{value:.2f}".replace("-", MINUS)
