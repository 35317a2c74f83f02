"""Sentences of Explore: on a selection, and how to say it again to a notebook."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING

from adoption.answers import Answer
from adoption.countries.capacity import PILLARS
from adoption.sentences.status import status_answer, status_sentence
from adoption.sentences.withdrawals import left, told
from adoption.words import capitalised, counted, listed, long_day, numeral

if TYPE_CHECKING:
    from adoption.countries.capacity import Indicator
    from adoption.explore import Selection, Shown

INDEX_SOURCES = {
    "GCI": "ITU, Global Cybersecurity Index; non-commercial use with attribution.",
    "EGDI": "UN DESA, E-Government Development Index.",
}
IN_LAB = (
    "In JupyterLab (`make lab`, then *Run ▸ Run All Cells*) controls stand here, and the "
    "sentence, the map, the curve and the table follow them. This is the selection of the "
    "parameters, without controls."
)


def indicator_name(indicator: Indicator) -> str:
    """Return the name of an indicator.

    Examples
    --------
    >>> from adoption.countries.capacity import Indicator
    >>> indicator_name(Indicator("EGDI", 2022, "online_services"))
    'EGDI 2022, online services'
    """
    label = PILLARS.get(indicator.component, indicator.component.replace("_", " "))
    return f"{indicator.index} {indicator.edition}, {label.lower()}"


def indicator_scale(indicator: Indicator) -> str:
    """Return the unit of an indicator.

    Examples
    --------
    >>> from adoption.countries.capacity import Indicator
    >>> indicator_scale(Indicator("GCI", 2024, "legal"))
    'of 20'
    """
    if indicator.index == "EGDI":
        return "0 to 1"
    return f"of {indicator.maximum}"


def members_sentence(shown: Shown) -> str:
    """Say how many members of the group are known to have acted, and how many by report only.

    One that has withdrawn has acted, and is named as one that has.
    """
    group, day = shown.selection.group, long_day(shown.status.as_of)
    members, acted = len(shown.members), int(shown.members["act"].notna().sum())
    reported = int(shown.members["by_report"].sum())
    gone = left(shown.members)
    acting = f"known to have acted on it by {day}"
    if members == 1:
        only = ", by report only" if reported else ""
        is_acting = f"is {'' if acted else 'not '}{acting}{only}{told(gone, 'it', 'it')}"
        return f"The one member of {group.in_sentence} {is_acting}."
    who = f"the {members} members of {group.in_sentence}"
    by_report = ""
    if reported:
        some = "" if reported == acted else f" {numeral(reported)} of them"
        by_report = f",{some} by report only"
    them = "{} of them" if acted > 1 else "it"
    rest = f"{by_report}{told(gone, them, them)}"
    if acted == members:
        return f"All {who.removeprefix('the ')} are {acting}{rest}."
    number = capitalised(numeral(acted)) if acted else "None"
    return f"{number} of {who} {'is' if acted < 2 else 'are'} {acting}{rest}."


def capacity_sentence(shown: Shown) -> str:
    """Say what is known of the group's cyber-capacity, and for how many it is not known."""
    indicator = shown.selection.indicator
    name, decimals = indicator_name(indicator), indicator.decimals
    scale = indicator_scale(indicator)
    unit = f" {scale}" if scale.startswith("of") else f" on a scale of {scale}"
    known = shown.members["value"].dropna()
    missing = len(shown.members) - len(known)
    whose = "Its" if len(shown.members) == 1 else "Their"
    if known.empty:
        return f"{whose} {name}, is not known."
    low, median, high = (f"{v:.{decimals}f}" for v in (known.min(), known.median(), known.max()))
    if len(known) == 1:
        only = "is" if not missing else "is known for one of them only:"
        return f"{whose} {name}, {only} {low}{unit}."
    left_out = f"; it is not known for {numeral(missing)} of them" if missing else ""
    return f"{whose} {name}, runs from {low} to {high}{unit}, median {median}{left_out}."


def explore_sentence(shown: Shown) -> str:
    """Say what a selection shows: the convention on the day, then the group."""
    told = (status_sentence(shown.status), members_sentence(shown), capacity_sentence(shown))
    return " ".join(told)


def explore_answer(shown: Shown) -> Answer:
    """Answer with what the selection of the parameters shows."""
    usual = status_answer(shown.status)
    return Answer(
        title=f"Explore the {shown.status.convention.short_title}",
        text=explore_sentence(shown),
        key_figure=usual.key_figure,
        key_label=usual.key_label,
        as_of=usual.as_of,
        reach=usual.reach,
    )


def age_words(selection: Selection) -> str:
    """Return the day of a selection with the convention's age."""
    days = (selection.as_of - selection.convention.opens).days
    age = f"{counted(days, 'day')} after the opening" if days else "the day of the opening"
    return f"{long_day(selection.as_of)}, {age}"


def as_assignments(values: Mapping[str, str | int]) -> str:
    """Return parameters as the lines of a notebook's parameters cell.

    Examples
    --------
    >>> print(as_assignments({"convention": "hanoi", "edition": 2024}))
    convention = "hanoi"
    edition = 2024
    """
    return "\n".join(
        f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"
        for name, value in values.items()
    )


def as_command(notebook: str, values: Mapping[str, str | int]) -> str:
    """Return parameters as a command that runs a notebook with them.

    Examples
    --------
    >>> as_command("01_status_map", {"convention": "hanoi", "as_of": "2025-10-26"})
    'papermill notebooks/01_status_map.ipynb out.ipynb -p convention hanoi -p as_of 2025-10-26'
    """
    words = ["papermill", f"notebooks/{notebook}.ipynb", "out.ipynb"]
    for name, value in values.items():
        words += ["-p", name, str(value)]
    return shlex.join(words)


def left_to_the_notebook(values: Mapping[str, object], defaults: Mapping[str, object]) -> str:
    """Say which parameters of a notebook a selection does not give."""
    others = [name for name in defaults if name not in values]
    if not others:
        return "The selection gives every parameter of this notebook."
    verb = "keeps" if len(others) == 1 else "keep"
    return f"{listed(others)} {verb} the value of the notebook."
