"""Declarations and other texts on the page of evidence."""

from __future__ import annotations

import pandas as pd

from adoption.views.statements import SHOWN, no_statements, statements_view
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


def test_the_texts_of_a_convention_with_the_beginning_of_long_ones() -> None:
    shown = statements_view(FRAME, ATLANTIS).frame.to_dict("list")
    assert shown["Participant"] == ["Aland", "none named"]
    assert shown["SHA-256 begins"] == ["2c7a13651234", "11ff13651234"]
    beginning, short = shown["Text"]
    assert beginning.startswith("Subject to article 3. Word")
    assert beginning.endswith("Word …")
    assert len(beginning) <= SHOWN + 2
    assert short == "See volume 2."


def test_why_there_is_none() -> None:
    fetched = pd.DataFrame({"file": ["data/raw/untc-atlantis/2026-12-01T060000Z/x.xml"]})
    others = pd.DataFrame({"file": ["data/raw/untc-atlantis-2/2026-12-01T060000Z/x.xml"]})
    assert "holds no declaration" in no_statements(fetched, ATLANTIS)
    assert "has not been fetched" in no_statements(others, ATLANTIS)
    assert statements_view(FRAME[2:], ATLANTIS).frame.empty
