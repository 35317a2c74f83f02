"""Sentences on the next movers of a convention: a model's chances, and what they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.answers import Answer
from adoption.countries.groups import Group
from adoption.forecasting.propensity.cases import Question
from adoption.law.status import SIGNED, WITHDRAWN
from adoption.sentences.forecast_words import chance_in_words
from adoption.words import (  # fmt: skip
    capitalised,
    counted,
    in_sentence,
    is_are,
    listed,
    long_day,
    percent,
)

if TYPE_CHECKING:
    from adoption.forecasting.propensity.chances import Movers, Outlook
    from adoption.law.status import Row

NAMED = 3
DONE = {"consent": "consented", "sign": "signed"}
TO_DO = {"consent": "consent to be bound", "sign": "sign"}
OTHERS = {"consent": "not known to be bound", "sign": "not known to have signed"}
NEVER = "not known to have consented to be bound"  # who is asked: one that withdrew is not


def likeliest(movers: Movers, question: Question, count: int) -> pd.DataFrame:
    """Return the states with the highest chance, the highest first, names deciding ties."""
    asked = movers.frame.dropna(subset=[question])
    return asked.sort_values([question, "name"], ascending=[False, True]).head(count)


def others(movers: Movers, question: Question) -> str:
    """Return what is not known of the states asked about."""
    gone = movers.status.participants["status"] == WITHDRAWN
    return NEVER if question == "consent" and gone.any() else OTHERS[question]


def outlook_of(movers: Movers, question: Question) -> Outlook | None:
    """Return what is expected of all states together; None where it is not asked."""
    return movers.consent if question == "consent" else movers.signing


def consent_sentence(movers: Movers) -> str:
    """Say how many states are expected to consent within a year, and which are the likeliest."""
    outlook, reported = movers.consent, movers.consent_if_reports
    title = movers.status.convention.short_title
    if not outlook.states:
        return (
            f"Every state that could join the {title} has consented to be bound: nobody is left "
            "who could."
        )
    if outlook.states == 1:
        return _only(movers, "consent", outlook)
    number = f"{_about(movers, 'consent', outlook)} (80% interval {_interval(outlook)}"
    if movers.frame["by_report"].any():
        number += (
            "; reported consents are not counted: where they are, "
            f"{_number(reported)} of {reported.states}, {_interval(reported)}"
        )
    return f"{number}). {_named(movers, 'consent')}{_by_signature(movers)}"


def total_note(movers: Movers) -> str:
    """Say which page forecasts the total; no text where that has none or nothing is summed."""
    if movers.status.entry_into_force or movers.consent.states < 2:
        return ""
    return (
        " The sum of single chances is narrower than the forecast of the total. For the total, "
        "see Entry into force."
    )


def group_sentence(frame: pd.DataFrame, group: Group) -> str:
    """Say how many states of a group are expected to consent, and which is the likeliest."""
    if frame.empty:
        return f"No state of {group.in_sentence} is asked: each is bound, or cannot join."
    first = frame.iloc[0]
    return (
        f"Of {counted(len(frame), 'state')} of {group.in_sentence} that may consent, the model "
        f"expects {frame['consent'].sum():.1f} to do so within a year; the likeliest is "
        f"{in_sentence(first['name'], first['article'])} ({first['consent']:.0%})."
    )


def signing_sentence(movers: Movers) -> str:
    """Say how many states are expected to sign before the closing day, or why that is not said."""
    convention, outlook = movers.status.convention, movers.signing
    name = f"the {convention.short_title}"
    if movers.no_signing == "closed":
        return f"{capitalised(name)} {convention.signature_in_words(movers.status.as_of)}."
    if movers.no_signing == "no closing day":
        return f"No closing day for signature of {name} is known, so no chance to sign is given."
    if movers.no_signing == "signatories not named" or outlook is None:
        return (
            f"Who has signed {name} is not named in any source seen, so no chance to sign is given."
        )
    if not outlook.states:
        return f"Every state that could sign {name} has signed or consented: nobody is left."
    if outlook.states == 1:
        return _only(movers, "sign", outlook)
    return (
        f"{_about(movers, 'sign', outlook)}, the closing day (80% interval {_interval(outlook)}). "
        f"{_named(movers, 'sign')}"
    )


def movers_answer(movers: Movers) -> Answer:
    """Answer which states may consent and sign next."""
    status, outlook = movers.status, movers.consent
    known = movers.signing is not None or movers.no_signing == "closed"
    signing = f" {signing_sentence(movers)}" if known else ""
    apart = ", reported ones not counted" if movers.frame["by_report"].any() else ""
    return Answer(
        title=f"{status.convention.short_title}: next movers",
        text=f"{consent_sentence(movers)}{total_note(movers)}{signing}",
        key_figure=f"{outlook.low} to {outlook.high}",
        key_label=f"new consents by {long_day(outlook.until)}, by a model (80% interval{apart})",
        as_of=long_day(status.as_of),
        reach=status.convention.reach,
    )


def _about(movers: Movers, question: Question, outlook: Outlook) -> str:
    """Say how many of the states left are expected to act."""
    number = _number(outlook)
    states = counted(outlook.states, "state")
    return (
        f"By the model, {number} of the {states} {others(movers, question)} will "
        f"{TO_DO[question]} by {long_day(outlook.until)}"
    )


def _number(outlook: Outlook) -> str:
    return "fewer than one" if outlook.expected < 1 else f"about {outlook.expected:.0f}"


def _interval(outlook: Outlook) -> str:
    return f"{outlook.low} to {outlook.high}"


def _named(movers: Movers, question: Question) -> str:
    found = likeliest(movers, question, NAMED)
    names = [
        f"{name} ({chance_in_words(chance)})"
        for name, chance in zip(_names(found), found[question], strict=True)
    ]
    return f"The likeliest {is_are(len(names))} {listed(names)}."


def _by_signature(movers: Movers) -> str:
    """Compare states that have signed with the others; no text where there are not both."""
    asked = movers.frame.dropna(subset=["consent"])
    means = asked.groupby("signed")["consent"].mean()
    if len(means) < 2 or not movers.status.convention.signatories_listed:
        return ""
    return (
        f" A state that has signed has a chance of {chance_in_words(float(means[True]))} on "
        f"average, another of {chance_in_words(float(means[False]))}."
    )


def _names(found: pd.DataFrame) -> list[str]:
    return [in_sentence(row["name"], row["article"]) for row in found.to_dict("records")]


def _only(movers: Movers, question: Question, outlook: Outlook) -> str:
    """Say it of the one state that is left."""
    found = likeliest(movers, question, 1)
    chance = chance_in_words(float(found[question].iloc[0]))
    return (
        f"One state is {others(movers, question)}: {_names(found)[0]}. By the model its chance to "
        f"{TO_DO[question]} by {long_day(outlook.until)} is {chance}."
    )


def reasons_in_words(
    row: Row, question: Question, count: int = 2, leave_out: tuple[str, ...] = ()
) -> str:
    """Return what sets a state apart from the others asked, the weightiest first."""
    reasons = str(row[f"{question}_reasons"]).split()
    told = [
        f"{'' if reason[0] == '+' else 'against it: '}{_reason(row, question, reason[1:])}"
        for reason in reasons
        if reason[1:] not in leave_out
    ]
    return "; ".join(told[:count])


def _reason(row: Row, question: Question, reason: str) -> str:
    done = DONE[question]
    if reason == "signed":
        if row["status"] == SIGNED and row["grade"] == "reported":
            return "is reported to have signed"
        return "has signed" if row["signed"] else "is not known to have signed"
    if reason == "neighbours":
        share = percent(row[f"{question}_neighbours"], 1)
        return f"{share} of the others of its regional group have {done}"
    if reason == "record":
        share = chance_in_words(row[f"{question}_record"])
        if question == "sign":
            return f"had signed {share} of earlier treaties this long before they closed"
        return f"had consented to {share} of earlier treaties by this age"
    share = chance_in_words(row[f"{question}_next"])
    if question == "sign":
        return f"signed {share} of those still unsigned this long before they closed"
    others = "only signed" if row["signed"] else "not signed"
    return f"consented in the year after to {share} of those it had {others} by this age"
