"""JSON from publishers, read strictly and within bounds."""

from __future__ import annotations

import json
import re
from typing import Any

from adoption.data.readers.decoding import (
    CONTROLS,
    SHOWN,
    UnreadableError,
    decode,
    refuse_page,
    shown,
)

# The answer of the World Bank for one indicator has 17,000 rows of 13 values; a file of 20 MB
# made of nothing but brackets or commas would fill the memory.
MOST_BRACKETS = 300_000
MOST_COMMAS = 1_500_000
HALVES = re.compile("[\ud800-\udfff]")


def read_json(content: bytes, name: str) -> Any:
    """Return what a JSON file holds."""
    text = decode(content, name)
    refuse_page(text, name, "the JSON")
    brackets = text.count("[") + text.count("{")
    if brackets > MOST_BRACKETS or text.count(",") > MOST_COMMAS:
        raise UnreadableError(
            f"{name}: {brackets:,} brackets and {text.count(','):,} commas; at most "
            f"{MOST_BRACKETS:,} and {MOST_COMMAS:,} are read"
        )
    try:
        found = json.loads(text, parse_constant=_refuse)
        # Escapes may hide what `decode` refuses, and halves of letters.
        written = json.dumps(found, ensure_ascii=False) if "\\u" in text else ""
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name}: not valid JSON: {error}") from None
    if "\\u" in written or CONTROLS.search(written) or HALVES.search(written):
        raise UnreadableError(f"{name}: an escape stands for a character that no text has")
    return found


def told(value: object) -> str:
    """Return a value as an error tells it, a list or an object by its kind.

    Examples
    --------
    >>> told("31/02/2001"), told([[1]]), told(None)
    ("'31/02/2001'", 'a list', 'null')
    """
    if isinstance(value, str):
        return shown(value)
    kinds = {list: "a list", dict: "an object", type(None): "null", bool: str(value).lower()}
    return kinds[type(value)] if type(value) in kinds else str(value)[:SHOWN]


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")
