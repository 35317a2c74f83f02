"""What every sentence and every title for people must be."""

from __future__ import annotations

import re
from collections.abc import Collection

FAULTS = (
    r"\b(nan|NaT|NA|inf)\b|<NA>|\bNone\b(?! of| is| has| confirmed| certain)|  |\.\.|\(\)"
    r"|\bno of\b|\bof of\b|\bthe the\b|\b1 (are|have|states|days|acts)\b"
)


def reads_well(sentences: Collection[str], titles: Collection[str] = ()) -> None:
    """Check that no value, doubled word or wrong verb shows, and where a full stop stands."""
    for text in (*sentences, *titles):
        assert text
        assert not re.search(FAULTS, text), text
    assert all(text.endswith(".") for text in sentences)
    assert not any(title.endswith(".") for title in titles)
