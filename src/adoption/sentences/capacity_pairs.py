"""Sentences on an index beside its earlier edition, and beside another index."""

from __future__ import annotations

from collections.abc import Sequence

from adoption.countries.capacity_pairs import Pair, rank_correlation
from adoption.countries.indices import OVERALL, PART, Indicator
from adoption.words import capitalised, counted, in_sentence, listed, percent

MOST_NAMES = 6
MINUS = "\N{MINUS SIGN}"


def moves_sentence(moves: Pair | None, indicator: Indicator, zeros: Sequence[str] = ()) -> str:
    """Say what share of states has a higher value than in the edition before.

    Parameters
    ----------
    moves : Pair or None
        From `adoption.countries.capacity_pairs.since_earlier`.
    indicator : Indicator
        What is shown.
    zeros : sequence of str
        States of which either value is a published 0 without known parts.
    """
    if moves is None:
        which = "" if indicator.component == OVERALL else f" with the {indicator.part}"
        return (
            f"The data have no edition of the {indicator.index}{which} before "
            f"{indicator.edition}, so no change can be shown."
        )
    now, before, differences = indicator.edition, moves.beside.edition, moves.frame["difference"]
    total = len(differences)
    rose, fell = int((differences > 0).sum()), int((differences < 0).sum())
    same = f" and {total - rose - fell} the same" if total > rose + fell else ""
    what = "questionnaire and weights" if indicator.index == "GCI" else "what they measure and how"
    text = (
        f"**Editions differ in {what}: a difference between them is not growth or decline.** "
        f"Of {counted(total, 'state')} with a value in both, {rose} ({percent(rose, total)}) have "
        f"a higher {indicator.value} in {now} than in {before}, {fell} a lower one{same}."
    )
    for edition, names in ((now, moves.only_value), (before, moves.only_beside)):
        text += f" Only in {edition}: {_names(names)}." if names else ""
    if zeros and indicator.component == OVERALL:
        text += (
            f" Published as 0 in one of the two, without any {PART[indicator.index]}, so that "
            f"there may be no difference: {listed(zeros)}."
        )
    return text


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
    >>> from adoption.countries.indices import Indicator
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


def other_sentence(other: Pair) -> str:
    """Say how alike two indices order the states, and who has one of them only."""
    rho = rank_correlation(other.frame)
    if rho != rho:
        text = f"{other_title(other)}."
    else:
        text = (
            f"Spearman's rank correlation of the {other.indicator.name} and the "
            f"{other.beside.name} is {_rho(rho)} over {counted(len(other.frame), 'state')} with "
            "both; 1 would be the same order, 0 none in common. It does not say that one causes "
            "the other."
        )
    gap = abs(other.indicator.edition - other.beside.edition)
    if gap:
        text += f" The two editions lie {counted(gap, 'year')} apart."
    for indicator, names in (
        (other.indicator, other.only_value),
        (other.beside, other.only_beside),
    ):
        text += f" Only in the {indicator.name}: {_names(names)}." if names else ""
    return text


def _rho(value: float) -> str:
    return f"{value:.2f}".replace("-", MINUS)


def _names(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMES:
        names = [*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} more"]
    return listed(names)
