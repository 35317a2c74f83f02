"""The answer at the head of each notebook, for its reader and for the index of a report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from adoption.pace_sentences import pace_sentence
from adoption.sentences import status_sentence
from adoption.state_sentences import brief_sentence
from adoption.status import IN_FORCE, PARTY
from adoption.words import long_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from adoption.groups import Group
    from adoption.status import Status

ANSWER_TYPE = "application/vnd.adoption.answer+json"


@dataclass(frozen=True)
class Answer:
    """The answer of a notebook.

    Attributes
    ----------
    title : str
        What the page is called.
    text : str
        The answer in a few sentences.
    key_figure, key_label : str
        One number, and what it counts.
    as_of : str
        The day of the answer, in words.
    reach : str
        How far the data go.
    """

    title: str
    text: str
    key_figure: str
    key_label: str
    as_of: str
    reach: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, object]:
        reach = f"*As of {self.as_of}. Reach of the data: {self.reach}*"
        return {
            "text/plain": self.text,
            "text/markdown": f"**{self.text}**\n\n{reach}",
            ANSWER_TYPE: asdict(self),
        }


def status_answer(status: Status) -> Answer:
    """Answer who has signed and who is bound."""
    convention = status.convention
    by_parties = status.in_force or not convention.signatories_listed
    return Answer(
        title=f"{convention.short_title}: who has signed, who is bound",
        text=status_sentence(status),
        key_figure=str(status.parties.lower if by_parties else status.signatories.lower),
        key_label="parties known" if by_parties else "signatories known",
        as_of=long_day(status.as_of),
        reach=convention.reach,
    )


def pace_answer(status: Status, compared: pd.DataFrame, days: int) -> Answer:
    """Answer how fast adoption is, next to comparable conventions."""
    convention = status.convention
    reported = status.counted.by_grade["reported"]
    only_reports = ", by report only," if status.counted.lower == reported > 0 else ""
    return Answer(
        title=f"{convention.short_title}: how fast is adoption",
        text=pace_sentence(compared, days),
        key_figure=f"{status.counted.lower} of {convention.threshold}",
        key_label=f"instruments known{only_reports} that count towards entry into force",
        as_of=long_day(status.as_of),
        reach=convention.reach,
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
    for other in others:
        found = other.participants.set_index("iso3").loc[iso3]
        if found["status"] in (PARTY, IN_FORCE):
            titles = reported if found["grade"] == "reported" else bound
            titles.append(other.convention.short_title)
    title = status.convention.short_title
    return Answer(
        title=row["name"],
        text=brief_sentence(row, title, bound, reported, len(others)),
        key_figure=f"{len(bound)} of {len(others)}",
        key_label="other conventions bind it",
        as_of=long_day(status.as_of),
        reach=f"{status.convention.reach} For the other lists see What is missing.",
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
