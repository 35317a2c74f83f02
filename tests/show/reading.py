"""How the tests read a text and a table."""

from __future__ import annotations

import re
from collections.abc import Collection

from adoption.show.table import Table

# What no sentence for people may hold: (pattern, why).
FAULTS = (
    (
        r"\b(nan|NaT|NaN|NA|inf)\b|<NA>|Timestamp|\d{4}-\d{2}-\d{2}|\d\.0\b(?! (years|to))",
        "a value, not words",
    ),
    (r"\bNone\b(?! of | is | has )", "a value, not words"),
    (r"  |^ | $|\( | [.,;:)]", "a space too many"),
    (r"[.,;:]\s*[.,;:]|\(\)|\b(no of|of of|the the)\b", "doubled"),
    (r"\b(1|one) (participants|parties|signatories|instruments|days|pillars|conventions)\b", "one"),
    (r"\b(1|[Oo]ne) (are|have)\b|\b(two|three|(?<![-\w] )(?<![-\w])\d{2,3}) (is|has)\b", "verb"),
    (r"\b0 (participants|days)\b", "none"),
    (r"\ban (ratif|formal|succ|def|with|sign)|\ba (acce|appr)|\b[Nn]o of\b", "article"),
)
MOST_WORDS = 25  # of a sentence


def faults(text: str) -> list[str]:
    return [f"{why}: {text}" for pattern, why in FAULTS if re.search(pattern, text)]


def too_long(answer: str, *names: str) -> list[str]:
    """Return the sentences that are too long; a name of several words is one to a reader."""
    for name in names:
        answer = answer.replace(name, name[0])
    sentences = re.split(r"(?<=\.) (?=[A-Z0-9])", answer)
    return [sentence for sentence in sentences if len(sentence.split()) > MOST_WORDS]


def check(answer: str, *titles: str, names: Collection[str] = ()) -> None:
    """Check that an answer's sentences are short and whole, and nothing in it is no word."""
    assert too_long(answer, *names) == [], answer
    assert answer.endswith(".")
    assert (found := [fault for text in (answer, *titles) for fault in faults(text)]) == [], found
    assert not any(title.endswith(".") for title in titles)
    assert all(text[0].isupper() or text[0].isdigit() for text in (answer, *titles))


def cells(table: Table, column: str) -> list[str]:
    return [str(value) for value in table.frame[column]]


def row_of(table: Table, *heads: str) -> dict[str, str]:
    """Return the one row that begins with these cells."""
    frame = table.frame.map(str)
    for column, head in zip(frame.columns, heads, strict=False):
        frame = frame[frame[column] == head]
    (found,) = frame.to_dict("records")
    return {str(key): str(value) for key, value in found.items()}
