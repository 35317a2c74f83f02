"""Declarations and other texts on the page of evidence."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from adoption.views.statements import (
    LONGEST_NAME,
    MOST_BYTES,
    no_statements,
    statements_view,
)
from tests.conftest import made_up

ATLANTIS = made_up(source="untc-atlantis")
LONG = "Subject to article 3.\n" + "Word " * 200
FRAME = pd.DataFrame(
    {
        "convention": ["atlantis", "atlantis", "mu"],
        "participant": ["Aland", None, "Aland"],
        "kind": ["declaration", "end note", "objection"],
        "text": [LONG, "See volume 2.", "Never."],
        "sha256": ["2c7a13651234567890", "11ff13651234567890", "0"],
    }
)


def said(*texts: str, who: str = "Aland") -> pd.DataFrame:
    """Return the table `statements` with some declarations on one convention."""
    checksums = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    return pd.DataFrame(
        {"convention": "atlantis", "participant": who, "kind": "declaration", "text": list(texts),
         "sha256": checksums}
    )  # fmt: skip


def html(*texts: str, **given: str) -> str:
    return statements_view(said(*texts, **given), ATLANTIS)._repr_html_()


def test_of_a_long_text_it_is_said_how_much_is_shown_and_where_the_rest_is() -> None:
    beginning = 'Subject to article 3.</p><p dir="auto">Word Word'
    note = "the first 396 of 1,022 letters; all of it in the table statements"
    shown = html(LONG)
    assert f'<p dir="auto">{beginning}' in shown
    assert f"Word …</p><p><small>{note}</small></p></td>" in shown
    assert f"Word … ({note})" in str(statements_view(said(LONG), ATLANTIS).frame["Text"][0])
    assert "the first 400 of 1,200 letters" in html("x" * 1200)


@pytest.mark.parametrize("number", [1, 30, 100, 1000])
@pytest.mark.parametrize("piece", ['Word & "so" <on>\n', "\u0645", "\n<", "x"])
def test_it_is_never_large_and_shows_what_it_can(number: int, piece: str) -> None:
    texts = [f"{row} " + piece * (5000 // len(piece)) for row in range(number)]
    shown = statements_view(said(*texts, who="N" * 500), ATLANTIS)
    assert len(shown._repr_html_().encode()) <= MOST_BYTES
    assert len(repr(shown)) <= MOST_BYTES
    left = f"the first {len(shown.frame)} of {number:,}; all of them in the table statements"
    assert shown.frame["Participant"][0] == f"{'N' * LONGEST_NAME}…"
    assert (left in shown.caption) == (len(shown.frame) < number)
    assert len(shown.frame) >= min(number, 5)


def test_why_there_is_none() -> None:
    fetched = pd.DataFrame({"file": ["data/raw/untc-atlantis/2026-12-01T060000Z/x.xml"]})
    others = pd.DataFrame({"file": ["data/raw/untc-atlantis-2/2026-12-01T060000Z/x.xml"]})
    assert "holds no declaration" in no_statements(fetched, ATLANTIS)
    assert "has not been fetched" in no_statements(others, ATLANTIS)
    assert statements_view(FRAME[2:], ATLANTIS).frame.empty
