"""Sentences on one state; no figure in them is typed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.answers import Answer
from adoption.law.status import IN_FORCE, NO_ACT, PARTY, SIGNED, WITHDRAWN
from adoption.words import (
    capitalised,
    in_sentence,
    listed,
    long_day,
    numeral,
    region_in_sentence,
    when_long,
)

if TYPE_CHECKING:
    from adoption.law.status import Row, Status


def act_sentence(row: Row, title: str) -> str:
    """Return what one participant has done on a convention."""
    status, name = row["status"], in_sentence(row["name"], row["article"])
    if status == NO_ACT:
        return f"No act of {name} on the {title} is known."
    when = when_long(row["earliest"], row["latest"], row["open_ended"])
    signed = ""
    if row["signed"]:
        dated = isinstance(row["signed_on"], pd.Timestamp)
        day = f" on {long_day(row['signed_on'])}" if dated else ""
        signed = f"{name} {'signed' if dated else 'has signed'} the {title}{day}"
    if status == SIGNED:
        sure = ", by one report," if row["grade"] == "reported" else ""
        return f"{signed}{sure} and is not known to be bound."
    if status == WITHDRAWN:
        again = "; it may have consented again since" if row["possible"] == PARTY else ""
        if row["grade"] == "reported":
            what = f"The withdrawal of {name} from the {title} {when}"
            return f"{what} is reported, not confirmed{again}."
        return f"{name} withdrew from the {title} {when}{again}."
    since = "; it may have withdrawn since" if row["possible"] == WITHDRAWN else ""
    if row["grade"] == "reported":
        if signed:
            return f"{signed}; its {row['act']} {when} is reported, not confirmed{since}."
        of = "to" if row["act"] == "accession" else "of"
        what = f"The {row['act']} {of} the {title} by {name} {when}"
        return f"{what} is reported, not confirmed{since}."
    if not signed:
        return f"{name} is bound by the {title}, by its {row['act']} {when}{since}."
    return f"{signed} and is bound by its {row['act']} {when}{since}."


def brief_sentence(
    row: Row, title: str, bound: Sequence[str], reported: Sequence[str], others: int
) -> str:
    """Say what is known of a state."""
    compared = f"the {numeral(others)} other convention{'' if others == 1 else 's'} compared"
    if not others:
        rest = "No other convention is compared."
    elif bound:
        some = "all of " if len(bound) == others else f"{numeral(len(bound))} of "
        some = "" if others == 1 else some
        rest = f"It is bound by {some}{compared}: {listed(bound)}."
    else:
        rest = f"It is not known to be bound by {'' if others == 1 else 'any of '}{compared}."
    if reported:
        rest += f" {_reported(reported)}."
    return f"{capitalised(act_sentence(row, title))} {rest}"


def _reported(titles: Sequence[str]) -> str:
    return f"Its consent to the {listed(titles)} is reported, not confirmed"


def _perhaps_left(consent: str, titles: Sequence[str]) -> str:
    """Return a consent to some conventions of which it may have withdrawn from each."""
    them = "" if len(titles) == 1 else " from any of them"
    return f" {consent}; whether it has withdrawn{them} since is not known."


def acts_title(acts: pd.DataFrame, state: pd.Series[Any], as_of: date) -> str:
    """Return the finding of a state's acts: on how many conventions it has acted.

    Parameters
    ----------
    acts : DataFrame
        From `adoption.countries.profiles.acts_of`.
    state : Series
        Its row of the table `states`.
    as_of : date
        The day: an act that may have come after it is not counted.
    """
    name = capitalised(in_sentence(state["name"], state["article"]))
    done = acts[acts["latest"] <= pd.Timestamp(as_of)]
    acted = done.dropna(subset=["act"])["convention"].nunique()
    of = acts["convention"].nunique()
    if not acted:
        return f"{name} is not known to have acted on any of {_conventions(of)}"
    some = "all" if acted == of > 1 else f"{numeral(acted)} of"
    return f"{name} has acted on {some} {_conventions(of)}"


def _conventions(number: int) -> str:
    """Return a number of conventions in words."""
    return f"{numeral(number)} convention{'' if number == 1 else 's'}"


def pillar_title(profile: pd.DataFrame, state: pd.Series[Any]) -> str:
    """Return the finding of a state's pillars beside its region.

    Parameters
    ----------
    profile : DataFrame
        From `adoption.countries.profiles.pillar_profile`.
    state : Series
        Its row of the table `states`.
    """
    name = capitalised(in_sentence(state["name"], state["article"]))
    known = profile.dropna(subset=["value", "median"])
    if known.empty:
        return f"{name} has no pillar values in this edition of the index"
    above = int((known["value"] > known["median"]).sum())
    return (
        f"{name} is above the median of {region_in_sentence(state['region'])} in "
        f"{numeral(above) if above else 'none'} of {numeral(len(known))} pillars"
    )


def brief_answer(iso3: str, status: Status, others: Sequence[Status]) -> Answer:
    """Answer what is known of a state.

    Parameters
    ----------
    iso3 : str
        The state.
    status : Status
        The convention that the brief is about.
    others : sequence of Status
        The other conventions compared: those of the registry not made for others.
    """
    row = status.participants.set_index("iso3").loc[iso3].to_dict()
    bound: list[str] = []
    reported: list[str] = []
    perhaps_left: list[str] = []
    reported_perhaps_left: list[str] = []
    for other in others:
        found = other.participants.set_index("iso3").loc[iso3]
        if found["status"] in (PARTY, IN_FORCE):
            sure, by_report = bound, reported
            if found["possible"] == WITHDRAWN:
                sure, by_report = perhaps_left, reported_perhaps_left
            titles = by_report if found["grade"] == "reported" else sure
            titles.append(other.convention.short_title)
    convention = status.convention
    title = convention.short_title
    text = brief_sentence(row, title, bound, reported, len(others))
    if perhaps_left:
        consent = f"It consented to be bound by the {listed(perhaps_left)}"
        text += _perhaps_left(consent, perhaps_left)
    if reported_perhaps_left:
        text += _perhaps_left(_reported(reported_perhaps_left), reported_perhaps_left)
    if row["status"] == NO_ACT and convention.is_closed(status.as_of):
        text += f" The {title} {convention.signature_in_words(status.as_of)}."
    if row["kind"] == "organization" and convention.excludes_reio:
        name = in_sentence(row["name"], row["article"])
        text += f" The instrument of {name} does not add to the {convention.threshold}."
    if convention.made_for and row["status"] == NO_ACT:
        text = f"The {title} is made for the members of the {convention.made_for}. {text}"
    return Answer(
        title=row["name"],
        text=text,
        key_figure=f"{len(bound)} of {len(others)}",
        key_label="other conventions bind it",
        as_of=long_day(status.as_of),
        reach=convention.reach + _pointer(iso3, others),
    )


def _pointer(iso3: str, others: Sequence[Status]) -> str:
    """Lead to what other lists do not say of a state, where there is such a thing."""
    for other in others:
        done = other.participants.set_index("iso3").at[iso3, "status"]
        if other.beyond_reach and done in (NO_ACT, SIGNED):
            return " For the other lists see What is missing."
    return ""
