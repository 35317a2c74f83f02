"""The answer at the head of each notebook, for its reader and for the index of a report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.law.conventions import Convention

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

    @classmethod
    def of(
        cls, convention: Convention, what: str, as_of: date, text: str, key: str, label: str
    ) -> Answer:
        """Return what is answered of a convention on a day, with the reach of its list."""
        title = f"{convention.short_title}: {what}"
        return cls(title, text, key, label, long_day(as_of), convention.reach)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, object]:
        reach = f"*As of {self.as_of}. Reach of the data: {self.reach}*"
        return {
            "text/plain": self.text,
            "text/markdown": f"**{self.text}**\n\n{reach}",
            ANSWER_TYPE: asdict(self),
        }
