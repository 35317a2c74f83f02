"""A figure of plotly as plain JSON."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from adoption.core.text import significant

PLOTLY, PNG = "application/vnd.plotly.v1+json", "image/png"
# The names of words and shapes that only such a drawing has; plotly.js shows those of a wide one.
WIDE, NARROW = "wide", "narrow"
GLYPH = 0.58  # width of a letter in parts of its size
TEXT_TAGS = re.compile(r"<br>|</?b>")
ON_MAPS = {"choropleth", "scattergeo"}  # kinds of plotly's traces


def has_map(figure: Mapping[str, Any]) -> bool:
    return bool({trace.get("type") for trace in figure["data"]} & ON_MAPS)


def rounded(node: Any) -> Any:
    """Return a part of a figure as JSON: arrays as lists, numbers with their first six digits."""
    if isinstance(node, float):
        return None if math.isnan(node) else significant(node)
    if isinstance(node, list):
        return [*map(rounded, node)]
    if not isinstance(node, dict):
        return node
    if "bdata" in node:  # how plotly packs an array
        values = np.frombuffer(base64.b64decode(node["bdata"]), node["dtype"])
        shape = [int(size) for size in str(node.get("shape", values.size)).split(",")]
        return rounded(values.reshape(shape).tolist())
    return {name: rounded(part) for name, part in node.items()}


def text_width(text: str, size: float) -> float:
    """Return about how wide the widest line of a text is, in a font that is rather wide."""
    lines = (
        (1.12 if "<b>" in line else 1) * sum(map(_letter, TEXT_TAGS.sub("", line)))
        for line in text.split("<br>")
    )
    return max(lines) * size


def _letter(letter: str) -> float:
    return 0.95 if letter == "%" else 0.66 if letter.isdigit() or letter.isupper() else GLYPH
