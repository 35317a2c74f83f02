"""What is known of one state: its acts over time, its pillars beside its region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.core.acts import SUCCESSION
from adoption.core.text import (
    NOT_KNOWN,
    capitalised,
    counted,
    fixed,
    has_have,
    in_sentence,
    is_are,
    long_day,
    lower_bound,
    numeral,
    region_in_sentence,
    when_long,
)
from adoption.core.vocabulary import GENERAL_RULE
from adoption.countries.capacity import PILLAR_MAXIMUM
from adoption.countries.profiles import row_of
from adoption.law.held import limits_in_words
from adoption.law.panel import (
    CANNOT_JOIN,
    CONSENTED,
    IN_FORCE,
    NO_ACT,
    NOT_YET,
    POSSIBLY_WITHDRAWN,
    SIGNED,
    WITHDRAWN,
)
from adoption.law.panel import NOT_KNOWN as STATEHOOD_NOT_KNOWN
from adoption.show.answers import Answer
from adoption.show.capacity import source_of
from adoption.show.classes import BOUND, status_class, status_classes
from adoption.show.drawings import Drawing
from adoption.show.table import days, source_links
from adoption.tables import of_convention
from adoption.tables.rows import in_file, records

if TYPE_CHECKING:
    from adoption.law.status import Row, Status
    from adoption.law.treaties import Treaty


REPORTED = "reported, not confirmed"
LEFT_OUT = "not counted"


def act_sentence(row: Row, title: str, *, is_whole: bool = True) -> str:
    """Return what one participant has done on a convention.

    Where it is not whole, what stands beside it says that no ratification is known.
    """
    status = row["status"]
    name = capitalised(in_sentence(row["name"], row["article"]))
    if status == NOT_YET:
        return f"{name} was not yet a state."
    if status == STATEHOOD_NOT_KNOWN:
        state_name = in_sentence(row["name"], row["article"])
        return f"Whether {state_name} could join the {title} by then is not known."
    possible = f"; possibly {row['possible']} by then" if isinstance(row["possible"], str) else ""
    if not isinstance(row["act"], str):
        adverb = "known for certain" if possible else "known"
        return f"{name} is not {adverb} to have signed or joined the {title}{possible}."
    when = when_long(row["earliest"], row["latest"], row["open_ended"])
    reported = row["grade"] == "reported"
    signed = f"{name} {_has_signed(row, title)}"
    if status == SIGNED:
        if isinstance(row.get("domestic_approval_on"), pd.Timestamp):
            reportedly = "reportedly " if row["domestic_approval_grade"] == "reported" else ""
            return f"{signed}. It has {reportedly}approved it at home, and no deposit is seen."
        none = ". No ratification is known" if is_whole else ""
        return f"{signed}{possible or none}."
    if status == WITHDRAWN:
        again = "; it may have consented again since" if row["possible"] == CONSENTED else ""
        by_report = ", by report only" if reported else ""
        return f"{name} withdrew from the {title} {when}{by_report}{again}."
    since = "; it may have withdrawn since" if status == POSSIBLY_WITHDRAWN else ""
    notified = ", notified" if row["act"] == SUCCESSION else ""  # the succession was before
    did = f"its {row['act']}{notified} {when}"
    if reported:
        first = f"{signed}. {capitalised(did)}" if row["signed"] else f"{name}, {title}: {did}"
        return f"{first} is {REPORTED}{since}."
    party = status == IN_FORCE
    if party and row["in_force_why"] == GENERAL_RULE:
        since = f", by the general rule{since}"
    if row["signed"]:
        return f"{signed} and {'is a party' if party else 'consented to be bound'} by {did}{since}."
    became = f"is a party to the {title}" if party else f"consented to be bound by the {title}"
    return f"{name} {became}, by {did}{since}."


def _has_signed(row: Row, title: str) -> str:
    """Return that one signed, on which day, and whether the signature is only reported."""
    is_dated = isinstance(row["signed_on"], pd.Timestamp)
    verb = "signed" if is_dated else "has signed"
    if row["status"] == SIGNED and row["grade"] == "reported":
        verb = f"is {REPORTED}, to have signed"
    day = f" on {long_day(row['signed_on'])}" if is_dated else ""
    return f"{verb} the {title}{day}"


def reported_words(row: Row) -> str:
    """Return the words of `act_sentence` that tell a report; none of what is known better."""
    if row["status"] == SIGNED and isinstance(row.get("domestic_approval_on"), pd.Timestamp):
        return (
            "reportedly approved it at home" if row["domestic_approval_grade"] == "reported" else ""
        )
    if row["grade"] != "reported" or not isinstance(row["act"], str):
        return ""
    if row["status"] == SIGNED:
        return REPORTED
    if row["status"] == WITHDRAWN:
        return "by report only"
    notified = ", notified" if row["act"] == SUCCESSION else ""
    when = when_long(row["earliest"], row["latest"], row["open_ended"])
    return f"{row['act']}{notified} {when}"


def act_day(row: Row) -> date | None:
    """Return the day that `act_sentence` begins with; None where it has none, or a window."""
    signed = row["signed_on"]
    if not isinstance(row["act"], str):
        return None
    if row["status"] != WITHDRAWN and row["signed"] and isinstance(signed, pd.Timestamp):
        return signed.date()
    exact = row["status"] != SIGNED and row["earliest"] == row["latest"]
    return row["earliest"].date() if exact and not row["open_ended"] else None


def brief_answer(
    iso3: str,
    status: Status,
    other_statuses: Sequence[Status],
    not_counted: pd.DataFrame,
    acts: pd.DataFrame,
) -> Answer:
    """Answer what is known of a state; how far the lists reach is said beside each of its facts.

    Parameters
    ----------
    iso3 : str
        The state.
    status : Status
        The convention that the brief is about.
    other_statuses : sequence of Status
        The other conventions compared: those of the registry not made for others.
    not_counted : DataFrame
        From `adoption.countries.profiles.reports_not_counted`, of the convention.
    acts : DataFrame
        From `adoption.countries.profiles.acts_of_state`: a report leads to its source.
    """
    row, *rows = (row_of(iso3, item) for item in (status, *other_statuses))
    convention, title = status.convention, status.convention.short_title
    bound = sum(status_class(other["status"], other["grade"]) == BOUND for other in rows)
    text, day = act_sentence(row, title), act_day(row)
    if row["status"] == CANNOT_JOIN:
        name = capitalised(in_sentence(row["name"], row["article"]))
        text = f"{name} cannot join the {title}: it is {limits_in_words(convention)}."
    elif row["status"] == NO_ACT and convention.closes and convention.is_closed(status.as_of):
        text += f" Signature closed on {long_day(convention.closes)}; it can accede."
    elif row["status"] == NO_ACT and convention.closes and iso3 not in not_counted.index:
        closes = long_day(convention.closes)
        text += f" It can sign until {closes}; after that it can only accede."
    counts: tuple[tuple[str, str], ...] = ()
    if day:
        counts = ((long_day(day), f"convention:{convention.convention}#d={day}"),)
    if words := reported_words(row):
        reports = of_convention(acts[acts["grade"] == "reported"], convention.convention)
        to_report = _to_source(words, reports["source"])
        counts = to_report + counts if words == REPORTED else counts + to_report
    if len(reports := not_counted[not_counted.index == iso3]):
        number = "one report" if len(reports) == 1 else f"{numeral(len(reports))} reports"
        verb = is_are(len(reports))
        text = f"{text.removesuffix('.')}; {number} of it {verb} {LEFT_OUT}."
        counts += _to_source(number, reports["other_source"])
        counts += _to_source(LEFT_OUT, reports["kept_source"])
    key = f"{bound or 'none known'} of {len(other_statuses)}"
    label = "other conventions by which it consented to be bound; reports left out"
    return Answer(row["name"], text, key, label, long_day(status.as_of), "", counts)


def _to_source(words: str, keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return words with the address of the last of some sources, if it has one."""
    parts = [part for key in keys for part in source_links(key).parts()]
    addresses = [str(part["to"]) for part in parts if "to" in part]
    return tuple((words, address) for address in addresses[-1:])


def pillar_title(profile: pd.DataFrame, state: pd.Series[Any]) -> str:
    """Return the finding of a state's pillars beside its region."""
    name = capitalised(in_sentence(state["name"], state["article"]))
    scored = profile.dropna(subset=["value"])
    above = int((scored["value"] > scored["median"]).sum())
    of = len(scored)
    region = region_in_sentence(state["region"])
    median = f"{region}'{'' if region.endswith('s') else 's'} median in"
    if (profile["value"] == PILLAR_MAXIMUM).all():
        return f"{name} has full points in all {numeral(of)} cybersecurity pillars"
    if (scored["value"] < scored["median"]).all():
        return f"{name} is below {median} {'each' if of > 1 else 'the one'} cybersecurity pillar"
    if not above:
        return f"{name} is not above {median} any cybersecurity pillar"
    pillars = f"all {numeral(of)}" if above == of else f"{numeral(above)} of {numeral(of)}"
    return f"{name} is above {median} {pillars} cybersecurity pillars"


def pillars_view(profile: pd.DataFrame, state: pd.Series[Any], edition: int) -> Drawing:
    """Show a state's GCI pillars as bars beside the median of its region.

    In words alone where the index has no value of it.

    Parameters
    ----------
    profile : DataFrame
        From `adoption.countries.profiles.pillar_profile`.
    state : Series
        Its row of the table `states`.
    edition : int
        Edition of the GCI.
    """
    source = f"Source: {source_of('GCI')}"
    if profile["value"].isna().all():
        return _no_pillars(state, edition)
    region, states = region_in_sentence(state["region"]), int(profile["states"].max())
    subtitle = (
        f"GCI {edition}, points of {PILLAR_MAXIMUM}; rank among {states} states of "
        f"{region}. Line: their median"
    )
    rows = [_pillar(row) for row in records(profile)]
    data: dict[str, Any] = {
        "title": pillar_title(profile, state),
        "subtitle": subtitle,
        "heads": ["Pillar", "", "Points", "Median"],
        "most": PILLAR_MAXIMUM,
        "rows": rows,
        "text": "",
        "source": source,
        "file": _pillar_file(profile, str(state.name)),
    }
    lines = [f"{row['label']} {row['shown']}, median {row['median_shown']}" for row in data["rows"]]
    words = f"{data['title']}. {'; '.join(lines)}"
    return Drawing("pillars", data, words, is_figure=True)


def _pillar(row: Row) -> dict[str, Any]:
    value, median, equal = row["value"], row["median"], int(row["equal"])
    others = f", with {equal}" if equal else ""
    rank: str = "" if pd.isna(row["rank"]) else f"rank {row['rank']}{others}"
    numbers = {"value": value, "median": median}
    drawn = {name: None if pd.isna(number) else float(number) for name, number in numbers.items()}
    points: str = NOT_KNOWN if pd.isna(value) else fixed(value, 2)
    of_median: str = NOT_KNOWN if pd.isna(median) else fixed(median, 2)
    words = {"label": row["label"], "shown": points, "median_shown": of_median, "rank": rank}
    return drawn | words


def _no_pillars(state: pd.Series[Any], edition: int) -> Drawing:
    """Say that the index has no value of a state, or of an organisation, as it assesses none."""
    of_whom = in_sentence(state["name"], state["article"])
    title = f"No cyber-capacity of {of_whom} is known"
    text = f"The GCI {edition} has no value of {of_whom}."
    if state["kind"] == "organization":
        title = f"The GCI has no value of {of_whom}"
        text = f"The GCI {edition} assesses states."
    data: dict[str, Any] = {"title": title, "subtitle": "", "rows": [], "text": text}
    data |= {"source": "", "file": None}
    return Drawing("pillars", data, f"{title}. {text}")


def _pillar_file(profile: pd.DataFrame, iso3: str) -> dict[str, Any]:
    columns = ["label", "value", "rank", "equal", "lower", "median", "upper", "states"]
    name, heads = f"{iso3.lower()}-capacity", ["pillar", *columns[1:]]
    return {"name": name, "columns": heads, "rows": in_file(profile[columns])}


def peers_view(
    near: pd.DataFrame,
    partners: pd.Series[Any] | None,
    state: pd.Series[Any],
    index: str,
    instruments: Sequence[Treaty],
) -> Drawing | None:
    """Show the states of like capacity that did what a state did not, and its treaty partners.

    Parameters
    ----------
    near : DataFrame
        One row a state, the nearest first: iso3, name, status, act, grade, earliest, latest,
        open_ended, overall and distance.
    partners : Series, optional
        Of the state: by (the instruments), lower, upper, others and more.
    state : Series
        Its row of the merged frame: name, article, act (missing where none is known).
    index : str
        The index with its edition.
    instruments : sequence of Treaty
        Those that can make partners of two states.

    Returns
    -------
    Drawing or None
        None of one that has neither.
    """
    if near.empty and partners is None:
        return None
    of_whom, has_acted = in_sentence(state["name"], state["article"]), isinstance(state["act"], str)
    columns: dict[str, Any] = {
        "Day": days(near),
        index: [fixed(value, 2) for value in near["overall"]],
        "Distance, points": [fixed(value, 2) for value in near["distance"]],
    }
    if has_acted:  # no day is known of any of them
        del columns["Day"]
    is_equal = len(near) > 0 and bool((near["distance"] == 0).all())
    if is_equal:  # the subtitle has the points of all
        del columns["Distance, points"], columns[index]
    alike, near_it = f"with the same points as {of_whom} in all", f"nearest to {of_whom} in the"
    nearest = alike if is_equal else near_it
    cells = [[values[number] for values in columns.values()] for number in range(len(near))]
    classes = status_classes(near)
    pairs = zip(records(near), classes, cells, strict=True)
    rows = [
        {"to": f"state:{row['iso3']}", "name": row["name"], "class": name, "cells": beside}
        for row, name, beside in pairs
    ]
    heading = f"States of like capacity {'without' if has_acted else 'with'} a known act"
    notes = [_partners(partners, instruments)] if partners is not None else []
    data = {
        "title": heading if rows else "Treaty partners",
        "subtitle": f"UN members {nearest} five pillars" if rows else "",
        "heads": ["State", *columns],
        "rows": rows,
        "are_equal": is_equal,
        "notes": notes,
    }
    lines = [" ".join([row["name"], row["class"], *row["cells"]]) for row in rows]
    lines += [f"{note['lead']} {note['words']}" for note in notes]
    return Drawing("peers", data, f"{data['title']}. {'; '.join(lines)}")


def _partners(partners: pd.Series[Any], instruments: Sequence[Treaty]) -> dict[str, str]:
    """Return with how many states one of some instruments is in force, and by which.

    After the end of a list no state is ruled out, so the upper bound alone says nothing.
    """
    lower, upper, others = (int(partners[name]) for name in ("lower", "upper", "others"))
    is_any_possible, maybe = upper == others, upper - lower
    number = f"{lower}" if lower == upper else f"{lower} to {upper}"
    if is_any_possible and maybe:
        number = lower_bound(lower)
    of_others = f"{number} of {others}" if lower or not is_any_possible else "none known"
    more = int(partners["more"])
    number_of_verb = more or 1  # no state is
    have = f"{is_are(number_of_verb)} known to have" if maybe else has_have(number_of_verb)
    words = f"By {partners['by']}; {counted(more, 'state') if more else 'no state'} {have} more."
    topics = {instrument.topic for instrument in instruments}
    topic = f"{topics.pop()} " if len(topics) == 1 and None not in topics else ""
    if not lower:
        none = f"Of {numeral(len(instruments))} {topic}treaties none is"
        if len(instruments) == 1:
            none = f"The {topic}treaty is not"
        words = f"{none} known to be in force between it and another state."
    if is_any_possible and maybe:
        words += f" The lists end earlier, so there may be {'more' if lower else 'some'}."
    elif maybe:
        possible = capitalised(counted(maybe, "other" if lower else "state"))
        words += (
            f" {possible} may be: by report, or by an act that may be later or is not yet listed."
        )
    return {"lead": capitalised(f"{topic}treaty partners: {of_others}."), "words": words}
