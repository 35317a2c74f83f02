"""A figure of plotly as plain JSON."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from adoption.core.text import significant

PLOTLY, PNG = "application/vnd.plotly.v1+json", "image/png"
# The names of words and shapes that only such a drawing has; plotly.js shows those of a wide one.
WIDE, NARROW = "wide", "narrow"
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
