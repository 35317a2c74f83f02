"""Figures of any subject: finishing, world maps, labels at line ends, dots, steps and bars."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from adoption.figures.theme import CONTEXT as CONTEXT
from adoption.figures.theme import INK as INK
from adoption.figures.theme import PAPER as PAPER
from adoption.figures.theme import SUBJECT as SUBJECT

if TYPE_CHECKING:
    from adoption.figures.finishing import finish as finish
    from adoption.figures.notebook import show_picture as show_picture
    from adoption.figures.shapes import EndLabel as EndLabel
    from adoption.figures.shapes import write_labels as write_labels
    from adoption.figures.timelines import label_ends as label_ends
    from adoption.figures.timelines import last_counts as last_counts
    from adoption.figures.timelines import timeline as timeline
    from adoption.figures.worldmap import quantiles as quantiles
    from adoption.figures.worldmap import world as world
    from adoption.figures.worldmap import zoom as zoom

MODULES = {
    "EndLabel": "shapes",
    "finish": "finishing",
    "label_ends": "timelines",
    "last_counts": "timelines",
    "quantiles": "worldmap",
    "show_picture": "notebook",
    "timeline": "timelines",
    "world": "worldmap",
    "write_labels": "shapes",
    "zoom": "worldmap",
}


def __getattr__(name: str) -> Any:
    """Import a module that needs plotly when one of its names is first used."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"adoption.figures.{MODULES[name]}"), name)
