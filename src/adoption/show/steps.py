"""The matrix of treaties by step: who reads it sees what one participant did, on all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.core.acts import SUCCESSION_TO_SIGNATURE
from adoption.core.text import (
    capitalised,
    in_sentence,
    long_day,
    lower_bound,
    messages,
    numeral,
    short_day,
    when_short,
)
from adoption.core.vocabulary import REPORTED
from adoption.countries.steps import (
    APPROVED,
    DONE,
    NO_CONSENT,
    NOT_IN_FORCE,
    NOT_LISTED,
    POSSIBLE,
    SIGN,
    TO_COME,
    WITHOUT_SIGNATURE,
)
from adoption.law.panel import NO_ACT, NOT_KNOWN, POSSIBLY_WITHDRAWN, WITHDRAWN
from adoption.show.answers import rows_of
from adoption.show.drawings import Drawing
from adoption.tables.rows import in_file, records

if TYPE_CHECKING:
    from adoption.law.status import Row

SIGNED_LOOK, BOUND_LOOK, WITHDRAWN_LOOK = "signed", "bound", "withdrawn"
NONE_LOOK, PLAIN_LOOK, WAITING_LOOK = "none", "plain", "waiting"
SHADED = {SIGNED_LOOK: "signed", BOUND_LOOK: "bound", WITHDRAWN_LOOK: "withdrawn"}
GRADES_IN_LEGEND = {
    "inferred": "inferred: within a window, or by a rule",
    "reported": "reported, not confirmed",
}
PLAIN_IN_LEGEND = {
    NONE_LOOK: "no act known",
    WAITING_LOOK: "not in force for it on the day named, or day not known",
}


def steps_matrix(
    statuses: pd.DataFrame,
    steps: pd.DataFrame,
    state: pd.Series[Any],
    as_of: date,
    statements: pd.DataFrame,
) -> Drawing:
    """Show what a participant did on each treaty, since when it binds it, and what is open.

    Parameters
    ----------
    statuses : DataFrame
        From `adoption.countries.profiles.statuses_of`, the subject first.
    steps : DataFrame
        From `adoption.countries.steps.steps_of`.
    state : Series
        Its row of the table `states`.
    as_of : date
        The day.
    statements : DataFrame
        Its rows of the table `statements` on the first treaty: text.
    """
    of_treaty: dict[str, list[dict[Any, Any]]] = {}
    for step in records(steps):
        of_treaty.setdefault(step["convention"], []).append(step)
    lines = [
        {"part": part, **_line(row, of_treaty[row["convention"]], is_subject=number == 0)}
        for number, (row, part) in enumerate(zip(records(statuses), _parts(statuses), strict=True))
    ]
    lines.sort(key=lambda line: not line["part"].startswith("On "))
    parts = [
        {"head": head, "lines": [*part]} for head, part in groupby(lines, lambda line: line["part"])
    ]
    looks = {(cell["look"], cell["grade"]) for line in lines for cell in line["cells"]}
    heads = ["Treaty", "Signed", "Ratified or acceded", "In force for it", "Still open to it"]
    subtitle = (
        f"Day of each step on {numeral(len(statuses))} treaties, "
        f"to {long_day(as_of)}. Filled: confirmed; outlined: inferred; striped: reported"
    )
    data = {
        "title": matrix_title(statuses, state),
        "subtitle": subtitle,
        "heads": [*heads, "List complete to"],
        "parts": parts,
        "keys": _keys(looks),
        "source": "In force: computed from the instrument and the rule of the treaty. A list may "
        "lack later acts. Each act's own source is in the file and in the table below.",
        "remarks": statements["text"].tolist(),
        "file": _file(steps, str(state.name)),
    }
    words = "; ".join(
        f"{line['label']}: {', '.join(cell['words'] for cell in line['cells'])}" for line in lines
    )
    return Drawing("matrix", data, f"{data['title']}. {words}", is_figure=True)


def _keys(looks: set[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the legend of the marks that a matrix has: by look and grade, and their words.

    A grade has the marks of all looks in which it stands in the matrix, each as it is there.
    """
    marks = [([(look, "confirmed")], words) for look, words in SHADED.items()]
    for grade, words in GRADES_IN_LEGEND.items():
        marks.append(([(look, grade) for look in SHADED], words))
    marks += [([(look, "")], words) for look, words in PLAIN_IN_LEGEND.items()]
    keys = []
    for candidates, words in marks:
        seen = [mark for mark in candidates if mark in looks]
        if seen:
            keys.append(
                {"marks": [{"look": look, "grade": grade} for look, grade in seen], "words": words}
            )
    return keys


def _parts(statuses: pd.DataFrame) -> list[str]:
    """Return for each treaty the head below which it stands: those of the subject's topic first."""
    topic = statuses["topic"].iloc[0]
    if not isinstance(topic, str):
        return [""] * len(statuses)
    alike = statuses["topic"] == topic
    of_un = statuses.loc[~alike, "reference"].str.startswith("UNTC ").all()
    others = f"{'UN treaties' if of_un else 'Treaties'} it is compared with"
    return [f"On {topic}" if is_alike else others for is_alike in alike]


def _line(row: Row, steps: Sequence[Row], *, is_subject: bool) -> dict[str, Any]:
    convention = row["convention"]
    deadline = messages()["deadlines"].get(row["left"], "")
    complete = row["complete_to"]
    acts = rows_of(f"convention:{convention}", participant=[row["name"]])
    label = row["short_title"] if is_subject else row["label"]
    cells = _joined([_cell(step) for step in steps])
    left = _filled(messages()["steps"][_left(row)], row)
    until: str = "partial" if pd.isna(complete) else short_day(complete)
    return {
        "rows": f"rows:{acts}",
        "label": label,
        "is_subject": is_subject,
        "cells": cells,
        "deadline": _filled(deadline, row),
        "left": left,
        "complete": until,
    }


def _left(row: Row) -> str:
    """Return what is left to do, as the matrix has words for it."""
    if row["left"] == "ratify" and row["grade"] == "reported":
        return "ratify, if reported"
    return str(row["left"])


def _filled(words: str, row: Row) -> str:
    closes = row["closes"]
    closing_day: str = "" if pd.isna(closes) else short_day(closes)
    return words.format(closes=closing_day, parent=row["parent"])


def _joined(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells of which those that say the same, side by side, are one."""
    joined: list[dict[str, Any]] = []
    for cell in cells:
        if joined and cell["look"] in (NONE_LOOK, PLAIN_LOOK) and joined[-1] | {"span": 1} == cell:
            joined[-1]["span"] += 1
        else:
            joined.append(cell)
    return joined


def _cell(step: Row) -> dict[str, Any]:
    """Return a step as the matrix shows it: its look, its grade and its words."""
    certainty = step["known"]
    grade = step["grade"] if certainty in (DONE, POSSIBLE, APPROVED, WITHDRAWN) else ""
    words = (
        certainty
        if certainty not in CERTAINTY_WORDS
        else CERTAINTY_WORDS[certainty].format(act=step["act"])
    )
    note = short_day(step["latest"]) if certainty == NOT_IN_FORCE else ""
    if note and step["grade"] == REPORTED:
        note = f"{note}, by report"
    if certainty == TO_COME:
        words = when_short(step["earliest"], step["latest"], step["open_ended"])
        words = f"from {words}" if step["earliest"] == step["latest"] else words
        note = step["grade"] if step["grade"] != "confirmed" else ""
    if grade:
        day = when_short(step["earliest"], step["latest"], step["open_ended"])
        words = f"{words} {day}".strip() if certainty != DONE else day
        note = grade if grade != "confirmed" else ""
    if certainty == DONE and step["act"] == SUCCESSION_TO_SIGNATURE:
        words = f"by succession, {words}"
    look = LOOK.get(certainty, PLAIN_LOOK)
    if certainty in (DONE, POSSIBLE):
        look = SIGNED_LOOK if step["step"] == SIGN else BOUND_LOOK
    return {"look": look, "grade": grade, "words": words, "note": note, "span": 1}


CERTAINTY_WORDS = {
    WITHOUT_SIGNATURE: "by {act}",
    NOT_LISTED: "day not listed",
    NO_CONSENT: "no ratification known",
    NOT_IN_FORCE: "not in force",
    NOT_KNOWN: "day not known",
    POSSIBLE: "possibly",
    POSSIBLY_WITHDRAWN: "may have withdrawn",
    WITHDRAWN: "withdrew",
}
LOOK = {
    APPROVED: SIGNED_LOOK,
    WITHDRAWN: WITHDRAWN_LOOK,
    NO_ACT: NONE_LOOK,
    NO_CONSENT: NONE_LOOK,
    NOT_IN_FORCE: WAITING_LOOK,
    TO_COME: WAITING_LOOK,
    NOT_KNOWN: WAITING_LOOK,
    POSSIBLY_WITHDRAWN: WAITING_LOOK,
}


def matrix_title(statuses: pd.DataFrame, state: pd.Series[Any]) -> str:
    """Return the finding: by how many treaties it is bound for certain, and of its topic."""
    name = in_sentence(state["name"], state["article"])
    of, number = len(statuses), int(statuses["bound"].sum())
    if not number:
        return f"None of {numeral(of)} treaties is known to bind {name}"
    verb = "binds" if number == 1 else "bind"
    if number == of:
        return f"All {numeral(of)} treaties {verb} {name}"
    title = f"{capitalised(lower_bound(numeral(number)))} of {numeral(of)} treaties {verb} {name}"
    topic = statuses["topic"].iloc[0]
    if not isinstance(topic, str):
        return title
    number_bound = int(statuses.loc[statuses["topic"] == topic, "bound"].sum())
    return (
        f"{title}, {numeral(number_bound)} on {topic}"
        if number_bound
        else f"{title}; {topic}: none known"
    )


def _file(steps: pd.DataFrame, iso3: str) -> dict[str, Any]:
    """Return the rows of the matrix for its file: a row a treaty and step."""
    frame = steps.drop(columns="convention")
    heads = {"label": "treaty", "why": "rule"}
    columns = [heads.get(column, column) for column in frame.columns]
    return {"name": f"{iso3.lower()}-treaties", "columns": columns, "rows": in_file(frame)}


def steps_of_subject(steps: pd.DataFrame) -> dict[str, Mapping[str, Any]]:
    """Return the cells of the first treaty by step, as the matrix shows them."""
    first = steps[steps["convention"] == steps["convention"].iloc[0]]
    facts = ("known", "source")
    return {row["step"]: _cell(row) | {name: row[name] for name in facts} for row in records(first)}
