"""Three facts of one participant: its status, what it can do, its chance or its members."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.core.text import capitalised, has_have, listed, long_day, messages, short_day
from adoption.countries.groups import find_group
from adoption.countries.profiles import acts_by_convention
from adoption.countries.steps import APPROVED, CONSENT, DONE, FORCE, POSSIBLE, SIGN, TO_COME
from adoption.forecasting.convention import REPORTS_TRUE
from adoption.law.conventions import find_convention
from adoption.law.panel import CANNOT_JOIN, NO_ACT, UNABLE, WITHDRAWN
from adoption.show.classes import BOUND, status_class
from adoption.show.drawings import Drawing
from adoption.show.groups import findings_of
from adoption.show.next_states import band_cell, chance_window
from adoption.show.steps import steps_of_subject
from adoption.show.table import source_links

if TYPE_CHECKING:
    from adoption.law.status import Status
    from adoption.law.treaties import Treaty
    from adoption.show.results import NextStatesResult, ProfileResult

VOTES = {
    "yes": "voted yes on",
    "no": "voted no on",
    "abstain": "abstained on",
    "absent": "was absent from the vote on",
}
REACH_COLUMNS = {
    "complete_to": "complete to",
    "nearly_complete_to": "nearly complete to",
    "partial_to": "partial to",
}


def standing_view(
    profile: ProfileResult,
    status: Status,
    coming: NextStatesResult | None,
    votes: pd.DataFrame,
) -> Drawing:
    """Show what a participant has done on a treaty, what it can do, and its chance to consent.

    Of an organisation it has no chance, and what its members have done in its place.

    Parameters
    ----------
    profile : Result
        From `adoption.profile`, of a participant.
    status : Status
        The treaty that it is about, on a day.
    coming : Result or None
        From `adoption.next_states`, of the participant alone; None of one that is no state.
    votes : DataFrame
        Its rows of the table `votes`.
    """
    row = profile.statuses.iloc[0]
    can_do = _can_do(row, status)
    is_pending = status.entry_into_force is None
    if coming is None and is_pending and status.convention.excludes_reio:
        can_do["notes"].append(_note("Its own instrument does not count among those needed."))
    last = _chance(row, coming) if coming is not None else _members(status, str(row["name"]))
    items = [{"to": "", **item} for item in (_status(profile, status, votes), can_do, last)]
    texts = (" ".join([i["label"], i["value"], *map(_plain, i["notes"])]) for i in items)
    words = " ".join(texts)
    return Drawing("standing", {"items": items}, words)


def _plain(note: dict[str, Any]) -> str:
    return str(note["words"])


def _note(words: str, look: str = "", grade: str = "") -> dict[str, str]:
    return {"words": words, "look": look, "grade": grade}


def _status(profile: ProfileResult, status: Status, votes: pd.DataFrame) -> dict[str, Any]:
    """Return what it has done, with its grade; where nothing is known, what that means."""
    row = profile.statuses.iloc[0]
    done = (DONE, POSSIBLE, APPROVED, WITHDRAWN)
    steps = steps_of_subject(profile.steps)
    notes = []
    for act, step in (("signed", steps[SIGN]), ("ratified", steps[CONSENT])):
        if step["known"] in done:
            text = f"{_did(act, step)}, {_graded(step)}"
            notes.append(_note(text, step["look"], step["grade"]))
    since = {DONE: "Bound since", TO_COME: "Bound"}.get(steps[FORCE]["known"])
    if since:
        notes.append(_note(f"{since} {steps[FORCE]['words']}."))
    if row["status"] not in UNABLE:
        reach = _reach(status.convention, status.as_of)
        if row["status"] == NO_ACT:
            notes.append(_note(f"Not the same as “no”: {reach}."))
        elif steps[CONSENT]["known"] not in done:
            notes.append(_note(f"{capitalised(reach)}."))
    if len(votes):
        notes.append(_note(_votes(votes)))
    return {
        "label": f"Status, {long_day(status.as_of)}",
        "value": _standing(row, steps[CONSENT]),
        "mark": status_class(row["status"], row["grade"]),
        "until": "",
        "notes": notes,
        "units": None,
    }


def _did(act: str, step: Mapping[str, Any]) -> str:
    """Return an act with its day; an approval at home and a withdrawal name themselves."""
    words = str(step["words"])
    is_named = step["known"] in (APPROVED, WITHDRAWN)
    return capitalised(words if is_named else f"{act} {words}")


def _graded(step: Mapping[str, Any]) -> str:
    """Return the grade of a step; of a report, who told it."""
    if step["grade"] != "reported":
        return str(step["grade"])
    cells = source_links(step["source"], is_linked=False).parts()
    return f"reported: {''.join(part['text'] for part in cells)}"


def _standing(row: pd.Series[Any], consent: Mapping[str, Any]) -> str:
    if consent["known"] == APPROVED:
        is_report = consent["grade"] == "reported"
        return "Approval at home reported" if is_report else "Approved at home"
    name = status_class(row["status"], row["grade"])
    if name == BOUND:
        return f"{capitalised(row['act'])} deposited"
    return capitalised(name)


def _reach(treaty: Treaty, as_of: date) -> str:
    """Return how far a list of acts reaches, in words."""
    days = {words: getattr(treaty, name) for name, words in REACH_COLUMNS.items()}
    days_in_words = [f"{words} {short_day(min(day, as_of))}" for words, day in days.items() if day]
    return (
        f"the list is {', '.join(days_in_words)}" if days_in_words else "the list is never complete"
    )


def _votes(votes: pd.DataFrame) -> str:
    """Return how a state voted, by what it did."""
    lines = []
    for vote, rows in votes.groupby("vote", sort=False):
        names = [
            f"{row['resolution']} ({row['date'].year}"
            + ("" if row["grade"] == "confirmed" else f", {row['grade']}")
            + ")"
            for row in rows.to_dict("records")
        ]
        verb = VOTES.get(str(vote), f"{vote} on")
        lines.append(f"{verb} {listed(names)}")
    return f"It {listed(lines)}."


def _can_do(row: pd.Series[Any], status: Status) -> dict[str, Any]:
    """Return what is left to do to be a party, until when, and since when it would be bound."""
    convention, is_able = status.convention, row["status"] not in UNABLE
    left = "ratify, if reported" if _is_report(row) else str(row["left"])
    closes = convention.closes
    closing_day = short_day(closes) if closes else ""
    organisation = convention.special.organisation if convention.special else ""
    values = {"closes": closing_day, "parent": row["parent"], "organisation": organisation}
    values["withdrawal"] = convention.withdrawal_article or "its rule was not seen"
    value = messages()["can_do"][left].format(**values)
    notes = [messages()["can_do_why"][left].format(**values)]
    if not is_able and left == "nothing":
        value, notes = capitalised(row["status"]), []
    if row["status"] == CANNOT_JOIN and convention.made_for:
        notes = [f"The treaty is made for the members of the {convention.made_for}."]
    if left == "ratify" and closes and not convention.is_closed(status.as_of):
        notes = [messages()["can_do_why"]["ratify, before the close"]]
    is_bound = left == "nothing" and status.entry_into_force is not None
    if is_able and not is_bound:
        notes.append(f"{_rule(status)}.")
    return {
        "label": "What it can do",
        "value": value,
        "mark": "",
        "until": str(closes) if left == "sign" else "",
        "day": closing_day,
        "notes": [_note(words) for words in notes if words],
        "units": None,
    }


def _is_report(row: pd.Series[Any]) -> bool:
    """Return whether a participant can ratify only if a report of its signature is right."""
    return bool(row["left"] == "ratify" and row["grade"] == "reported")


def _rule(status: Status) -> str:
    """Return when a treaty binds those who consent."""
    convention = find_convention(status.convention)
    if status.entry_into_force is None:
        return f"The treaty {convention.rule_in_words()}"
    if convention.later:
        return f"A new party is bound from the {convention.later} ({convention.later_article})"
    return "When a new party is bound follows from the general rule: the treaty's own was not seen"


def _members(status: Status, organisation: str) -> dict[str, Any]:
    """Return how many member states of an organisation have acted, of which there is no chance."""
    group = find_group(organisation)
    counts = acts_by_convention(group, [status]).to_dict("records")[0]
    bound = int(counts["bound"])
    known = f"At least {bound} of them {has_have(bound)}" if bound else "None of them has"
    texts = [
        f"{known} consented to be bound for certain.",
        "No chance to consent is stated: the forecast covers states alone.",
    ]
    return {
        "label": "Its member states",
        "to": f"group:{group.group}",
        "value": capitalised(findings_of(counts)[0]),
        "mark": "",
        "until": "",
        "notes": [*map(_note, texts)],
        "units": None,
    }


def _chance(row: pd.Series[Any], coming: NextStatesResult) -> dict[str, Any]:
    """Return the band of its chance with as many units, or why none is stated."""
    label, value, why, units = "Chance to consent", "Not stated", "", None
    if coming.frame.empty:
        why = coming.sentence
        if row["left"] == "nothing":
            value, why = "It has consented", "A forecast is made of those that have not."
    else:
        row_of_state, begins = coming.frame.iloc[0], coming.forecast.made_on
        why = f"{capitalised(row_of_state['reasons'])}."
        label = f"Chance to consent, {chance_window(coming)}"
        if pd.notna(row_of_state["reported_on"]):
            label, value = "Chance that it has consented", f"Assumed {REPORTS_TRUE:.0%}"
            why = "The same for every such report, a judgement that no model gives."
        elif pd.isna(row_of_state["one_in"]):
            why += " No list of past approvals is known from which a chance could be learnt."
        else:
            units = int(row_of_state["one_in"])
            value = capitalised(band_cell(units))
            if begins < coming.forecast.as_of:
                why += f" {long_day(begins)} is the last day with a known number of ratifications."
    notes = [_note(why)]
    return {
        "label": label,
        "value": value,
        "mark": "",
        "until": "",
        "notes": notes,
        "units": units,
    }
