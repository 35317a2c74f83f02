"""Sentences on which states adopt a convention, and how ready they are."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from adoption.answers import Answer
from adoption.countries.adopters import Adopters
from adoption.countries.association import LEAST_STATES, widest
from adoption.law.deciding import WITHDRAWN
from adoption.words import capitalised, counted, in_sentence, listed, long_day, numeral

PROPER = (
    "GCI",
    "GDP",
    "UN ",
    "Budapest",
)  # how a label begins that keeps its capital in a sentence
MOST_NAMES = 12
VALUES = {"overall": "GCI score", "gdp_per_capita": "GDP per capita", "vote": "vote"}


def did_it(adopters: Adopters) -> str:
    """Return what the states counted have done with the convention."""
    verb = "signed" if adopters.by_signature else "acted on"
    return f"{verb} the {adopters.status.convention.short_title}"


def label_in_sentence(label: str) -> str:
    """Return a label as it stands in a sentence.

    Examples
    --------
    >>> label_in_sentence("Income group"), label_in_sentence("GCI tier")
    ('income group', 'GCI tier')
    """
    return label if label.startswith(PROPER) else f"{label[:1].lower()}{label[1:]}"


def count_sentence(adopters: Adopters) -> str:
    """Say how many states are known to have acted."""
    acted, states = adopters.acted, len(adopters.frame)
    by = f"known to have {did_it(adopters)} by {long_day(adopters.status.as_of)}"
    if acted == 0:
        return f"None of the {states} {adopters.who} is {by}."
    verb = "is" if acted == 1 else "are"
    return f"{acted} of the {states} {adopters.who} ({acted / states:.0%}) {verb} {by}."


def gap_sentence(measured: pd.DataFrame) -> str:
    """Say by what the share differs most."""
    found = widest(measured)
    if found is None:
        return (
            "By none of the characteristics compared does the share differ between categories "
            f"of at least {numeral(LEAST_STATES)} states."
        )
    most, least = found
    return (
        "Of the characteristics compared, the share differs most by "
        f"{label_in_sentence(most['label'])}: {most['share']:.0%} ({most['category']}, "
        f"{most['acted']} of {most['states']} states) against {least['share']:.0%} "
        f"({least['category']}, {least['acted']} of {least['states']})."
    )


def shares_title(measured: pd.DataFrame, adopters: Adopters) -> str:
    """Return the finding of a chart of shares: where they lie furthest apart.

    Parameters
    ----------
    measured : DataFrame
        The rows of `adoption.countries.association.shares` that are drawn.
    adopters : Adopters
        What they are made from.
    """
    found = widest(measured)
    if adopters.acted == 0:
        return f"No state is known to have {adopters.did}"
    if found is None:
        return f"No gap between categories of at least {numeral(LEAST_STATES)} states"
    most, least = found
    return (
        f"Known to have {adopters.did}, by {label_in_sentence(most['label'])}: "
        f"{most['category']} {most['share']:.0%}, {least['category']} {least['share']:.0%}"
    )


def measure_note(adopters: Adopters) -> str:
    """Say what is counted, what of it is only reported or possible, and who is not counted."""
    status, frame, word = adopters.status, adopters.frame, adopters.did
    day = long_day(status.as_of)
    if adopters.by_signature:
        what = f"A state has signed if its signature had certainly been made by {day}"
    else:
        why = (
            "states have consented without having signed"
            if status.convention.signatories_listed
            else "the signatories are not named in any source seen"
        )
        what = (
            "A state has acted if it had certainly signed or consented to be bound by "
            f"{day}; both count, because {why}"
        )
    by_report, possible = int(frame["by_report"].sum()), int(frame["possible"].sum())
    who = adopters.who
    lines = [f"The shares are of the {len(frame)} {who}. {what}."]
    if by_report:
        are = "is" if by_report == 1 else "are"
        of = f"Of the {adopters.acted} that have {word}, " if adopters.acted > 1 else ""
        lines.append(capitalised(f"{of}{numeral(by_report)} {are} known by report only."))
    withdrawn = int((frame["status"] == WITHDRAWN).sum())
    if withdrawn:
        of = "Of them, " if adopters.acted > 1 else ""
        has, counts = ("has", "it counts") if withdrawn == 1 else ("have", "they count")
        lines.append(
            capitalised(f"{of}{numeral(withdrawn)} {has} withdrawn since; {counts} all the same.")
        )
    if possible:
        more = " more" if adopters.acted else ""
        lines.append(f"{capitalised(numeral(possible))}{more} may have {word} by then.")
    if status.beyond_reach:
        lines.append(
            "The list is not known to be complete to that day, and a state that is not known to "
            f"have {word} may have {word} all the same."
        )
    others = status.participants[
        status.participants["act"].notna() & ~status.participants["iso3"].isin(frame["iso3"])
    ]
    if len(others):
        articles = zip(others["name"], others["article"], strict=True)
        names = named([in_sentence(name, article) for name, article in articles], "participant")
        have, are = ("has", "is") if len(others) == 1 else ("have", "are")
        lines.append(f"{capitalised(names)} {have} {word} too and {are} not among the {who}.")
    return " ".join(lines)


def named(names: Sequence[str], noun: str) -> str:
    """Return a list of names, or their number where they are many.

    Examples
    --------
    >>> named(["Palau", "Yemen"], "state"), named(["Palau"] * 20, "state")
    ('Palau and Yemen', '20 states')
    """
    return listed(names) if len(names) <= MOST_NAMES else counted(len(names), noun)


def scatter_title(adopters: Adopters) -> str:
    """Return the finding of the scatter: the median score of those that have acted."""
    frame, word = adopters.frame, adopters.did
    own = frame.loc[frame["acted"], "overall"].dropna()
    others = frame.loc[~frame["acted"], "overall"].dropna()
    if own.empty:
        return f"No state with a GCI score is known to have {word}"
    beside = f"; of the others, {others.median():.0f}" if len(others) else ""
    return f"Median GCI score of the states known to have {word}: {own.median():.0f}{beside}"


def lacking(adopters: Adopters, columns: Sequence[str]) -> str:
    """Return the states without a value in some columns, and which value it is."""
    frame = adopters.frame
    return "; ".join(
        f"{named(frame.loc[frame[column].isna(), 'name'].tolist(), 'state')} (no {VALUES[column]})"
        for column in columns
        if frame[column].isna().any()
    )


def scatter_note(adopters: Adopters) -> str:
    """Say which states the scatter does not show, and which have a published score of zero."""
    frame = adopters.frame
    without = lacking(adopters, ("overall", "gdp_per_capita"))
    lines = [f"Not shown: {without}." if without else "Every state is shown."]
    zero = frame.loc[frame["overall"] == 0, "name"].tolist()
    if zero:
        lines.append(f"A score of 0 is as published: {named(zero, 'state')}.")
    return " ".join(lines)


def limits_note(adopters: Adopters, measured: pd.DataFrame) -> str:
    """Say what the shares do not tell.

    Parameters
    ----------
    adopters : Adopters
        The states.
    measured : DataFrame
        From `adoption.countries.association.shares`.
    """
    convention, edition = adopters.status.convention, adopters.edition
    lines = [
        "Every state is counted, so the intervals are not about a sample: they show how far the "
        "share of so few states could lie by chance if each decided by itself, which they do not.",
        f"The widest gap is the widest of {measured['variable'].nunique()} characteristics: one "
        "chosen beforehand would be narrower.",
        f"The characteristics are those of the GCI {edition}, of the vote of "
        f"{long_day(adopters.vote_day)}, of the regimes of {adopters.regime_year} and of the "
        "newest groups and income, whatever the day.",
    ]
    if convention.opens.year < edition:
        lines.append(
            f"The {convention.short_title} was opened in {convention.opens.year}: a later "
            "characteristic may be what followed an act, not what led to it."
        )
    return " ".join(lines)


def association_answer(adopters: Adopters, measured: pd.DataFrame, ready: str) -> Answer:
    """Answer which states act, and how ready they are.

    Parameters
    ----------
    adopters : Adopters
        The states.
    measured : DataFrame
        From `adoption.countries.association.shares`.
    ready : str
        From `adoption.sentences.readiness.readiness_sentence`.
    """
    convention = adopters.status.convention
    sentences = [count_sentence(adopters)]
    if adopters.acted:
        sentences += [gap_sentence(measured), ready]
    share = adopters.acted / len(adopters.frame)
    return Answer(
        title=f"{convention.short_title}: which states adopt it, and how ready they are",
        text=" ".join(sentences),
        key_figure=f"{share:.0%}",
        key_label=f"of the {adopters.who} known to have {adopters.did}",
        as_of=long_day(adopters.status.as_of),
        reach=f"GCI {adopters.edition}, as published. Acts: {convention.reach}",
    )
