"""How far apart two colours look, also to eyes that lack a kind of cone.

CAM02-UCS (Luo, Cui and Li 2006) on CIECAM02, under the viewing conditions of sRGB; the
deficiencies as in Machado, Oliveira and Fernandes 2009, at their full severity.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, cos, exp, hypot, log, pi, sin, sqrt

import numpy as np

WHITE = (95.0456, 100.0, 108.9058)  # D65
ADAPTING = 64 / pi / 5  # cd/m², of a screen under 64 lux
SIGHTS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
CAT02 = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
HPE = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0.0, 0.0, 1.0]])


def cam02_ucs(
    xyz: Sequence[float], white: Sequence[float] = WHITE, adapting: float = ADAPTING
) -> np.ndarray:
    """Return J', a', b' of a colour (XYZ of 0 to 100) on a background of 20 in average surround."""
    k = 1 / (5 * adapting + 1)
    level = 0.2 * k**4 * 5 * adapting + 0.1 * (1 - k**4) ** 2 * (5 * adapting) ** (1 / 3)
    n = 20 / white[1]
    induction, z = 0.725 * n**-0.2, 1.48 + sqrt(n)
    degree = 1 - exp(-(adapting + 42) / 92) / 3.6
    gain = degree * white[1] / (CAT02 @ np.array(white)) + 1 - degree

    def response(colour: Sequence[float]) -> np.ndarray:
        cones = HPE @ np.linalg.inv(CAT02) @ (gain * (CAT02 @ np.array(colour)))
        power = (level * np.abs(cones) / 100) ** 0.42
        answer: np.ndarray = np.sign(cones) * 400 * power / (power + 27.13) + 0.1
        return answer

    def achromatic(cones: np.ndarray) -> float:
        return float((2 * cones[0] + cones[1] + cones[2] / 20 - 0.305) * induction)

    red, green, blue = cones = response(xyz)
    a, b = red - 12 * green / 11 + blue / 11, (red + green - 2 * blue) / 9
    hue = atan2(b, a)
    ratio = achromatic(cones) / achromatic(response(white))
    lightness = 100 * max(ratio, 0.0) ** (0.69 * z)
    eccentricity = (cos(hue + 2) + 3.8) / 4
    t = 50000 / 13 * induction * eccentricity * hypot(a, b) / (red + green + 21 * blue / 20)
    chroma = t**0.9 * sqrt(lightness / 100) * (1.64 - 0.29**n) ** 0.73
    colourful = log(1 + 0.0228 * chroma * level**0.25) / 0.0228
    return np.array(
        [1.7 * lightness / (1 + 0.007 * lightness), colourful * cos(hue), colourful * sin(hue)]
    )


def seen(colour: str, sight: str = "normal") -> np.ndarray:
    """Return a colour such as #0B4A82 in CAM02-UCS, as an eye sees it."""
    coded = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return cam02_ucs((100 * TO_XYZ @ np.clip(SIGHTS[sight] @ linear, 0, 1)).tolist())


def distance(one: str, other: str, sight: str = "normal") -> float:
    return float(np.linalg.norm(seen(one, sight) - seen(other, sight)))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        coded = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in coded]
        return float(TO_XYZ[1] @ np.array(linear))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
