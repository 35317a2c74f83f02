"""How drawings look: the colours, fonts and world of whoever uses the press."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PLAIN, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"


@cache
def dejavu() -> Sequence[str]:
    """Return the files of the fonts that matplotlib brings, without a wait for its import."""
    package = find_spec("matplotlib")
    assert package, "matplotlib is a dependency"
    folder = Path(str(package.origin)).parent / "mpl-data" / "fonts" / "ttf"
    return [str(folder / name) for name in (PLAIN, BOLD)]


@dataclass(frozen=True)
class Style:
    """How drawings look.

    Attributes
    ----------
    ink, muted, grid, paper, context, land : str
        The colours of words, of lesser words, of grid lines, of the ground, of marks that state
        none, and of land without a value.
    colourway : sequence of str
        The colours of series that state none, in turn.
    roles : mapping
        The CSS variable of a colour, so that a style sheet may replace it in the dark.
    fonts : callable
        Returns the files of a plain font and of its bold one, in which pictures have their words.
    family : str
        What these fonts are called.
    world : callable, optional
        Returns the file of the world's areas as TopoJSON; without it no map is drawn.
    """

    ink: str = "#222222"
    muted: str = "#666666"
    grid: str = "#E5E5E5"
    paper: str = "#FFFFFF"
    context: str = "#999999"
    land: str = "#F2F2F2"
    colourway: Sequence[str] = ("#222222", "#999999")
    roles: Mapping[str, str] = field(default_factory=dict)
    fonts: Callable[[], Sequence[str]] = dejavu
    family: str = "DejaVu Sans"
    world: Callable[[], Path] | None = None

    def css(self, colour: str) -> str:
        """Return a colour for SVG under its role, so that a style sheet may replace it in the dark.

        Examples
        --------
        >>> style = Style(roles={"#222222": "ink"})
        >>> style.css("#222222"), style.css("white"), style.css("rgba(0,0,0,0.5)")
        ('var(--ink,#222222)', '#FFFFFF', 'rgba(0,0,0,0.5)')
        """
        colour = self.paper if colour == "white" else colour
        return f"var(--{self.roles[colour]},{colour})" if colour in self.roles else colour
