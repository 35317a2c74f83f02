"""The answer at the head of each notebook, for its reader and for the index of a report."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

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
