"""How far apart two colours look, also to eyes that lack a kind of cone.

Distances are those of Oklab (Ottosson 2020), times 100; the deficiencies as in Machado, Oliveira
and Fernandes 2009, at their full severity.
"""

from __future__ import annotations

import numpy as np

SIGHTS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour: str) -> np.ndarray:
    """Return a colour such as #0B4A82 in linear sRGB."""
    coded = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def seen(colour: str, sight: str = "normal") -> np.ndarray:
    """Return a colour in Oklab, times 100, as an eye sees it: lightness, green-red, blue-yellow."""
    cones = TO_CONES @ np.clip(SIGHTS[sight] @ linear(colour), 0, 1)
    found: np.ndarray = 100 * TO_OKLAB @ np.cbrt(cones)
    return found


def distance(one: str, other: str, sight: str = "normal") -> float:
    return float(np.linalg.norm(seen(one, sight) - seen(other, sight)))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted(float(weights @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def blended(colour: str, ground: str, opacity: float) -> str:
    """Return how a colour looks through which its ground shines."""
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    mixed = [round(above * opacity + below * (1 - opacity)) for above, below in pairs]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)
