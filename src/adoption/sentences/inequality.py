"""Sentences on how unequal a group of states is."""

from __future__ import annotations

import pandas as pd

from adoption.answers import Answer
from adoption.countries.groups import Group
from adoption.law.status import Status
from adoption.sentences.withdrawals import left, told
from adoption.words import capitalised, is_are, long_day, numeral, some


def dispersion_title(measured: pd.DataFrame, group: Group) -> str:
    """Return the finding: the pillar in which a group is most unequal.

    Parameters
    ----------
    measured : DataFrame
        From `adoption.countries.inequality.dispersion`.
    group : Group
        The group.
    """
    known = measured.dropna(subset=["gini"])
    if known.empty or known["states"].max() < 2:
        return f"Too few states of {group.in_sentence} have a value to compare"
    widest = known.sort_values("gini").iloc[-1]
    return (
        f"{group.name}: {widest['label'].lower()} scores run from {widest['lowest']:.1f} to "
        f"{widest['highest']:.1f} of 20"
    )


def dispersion_sentence(measured: pd.DataFrame, group: Group) -> str:
    """Say how unequal a group is, beside the other states."""
    known = measured.dropna(subset=["gini", "others_gini"])
    if known.empty or known["states"].max() < 2:
        return f"{dispersion_title(measured, group)}."
    more = int((known["gini"] > known["others_gini"]).sum())
    widest = known.sort_values("gini").iloc[-1]
    than = numeral(more) if more else "none"
    name, pillar = capitalised(group.in_sentence), widest["label"].lower()
    span = f"from {widest['lowest']:.1f} to {widest['highest']:.1f} of 20"
    return (
        f"{name} is most unequal in the {pillar} pillar: Gini {widest['gini']:.2f}, scores {span}. "
        f"It is more unequal than the other states in {than} of {numeral(len(known))} pillars."
    )


def acted_sentence(status: Status, group: Group) -> str:
    """Say how many members of a group are known to have acted on a convention."""
    members = status.participants[status.participants["iso3"].isin(group.members)]
    acted = int((members["act"].notna()).sum())
    them = "{} of them" if acted > 1 else "it"
    return (
        f"{capitalised(some(acted))} of its {numeral(len(members))} members {is_are(acted or 2)} "
        f"known to have acted on the {status.convention.short_title}"
        f"{told(left(members), them, them)}."
    )


def inequality_answer(status: Status, group: Group, edition: int, text: str, key: float) -> Answer:
    """Answer how unequal cyber-capacity is inside a group.

    Parameters
    ----------
    status : Status
        The convention on a day, for its reach.
    group : Group
        The group.
    edition : int
        Edition of the GCI.
    text : str
        The sentences.
    key : float
        The highest Gini coefficient of the five pillars.
    """
    return Answer(
        title=f"{group.name}: how unequal is cyber-capacity",
        text=text,
        key_figure=f"{key:.2f}",
        key_label=f"highest Gini coefficient of the five pillars, GCI {edition}",
        as_of=long_day(status.as_of),
        reach=f"GCI {edition}, as published. Acts: {status.convention.reach}",
    )
