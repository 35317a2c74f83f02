"""What the cell of Explore shows: controls in JupyterLab, elsewhere a static view."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from IPython.display import display

from adoption.core.errors import AdoptionError
from adoption.countries.capacity import Indicator
from adoption.explore.controls import Exploration, Selection
from adoption.explore.view import (
    IN_LAB,
    as_command,
    explore_answer,
    explore_figures,
    members_table,
    shown_sources,
)
from adoption.figures.notebook import in_cell
from adoption.law.conventions import find_convention
from adoption.show.table import Table

if TYPE_CHECKING:
    from adoption.show.parameters import Parameters

WIDGETS = ("ipywidgets", "anywidget")


@dataclass(frozen=True, eq=False)
class Explore:
    """A selection, to be shown as the last value of a notebook's cell.

    Attributes
    ----------
    exploration : Exploration
        From `adoption.explore.controls.look_up`.
    """

    exploration: Exploration

    @property
    def sources(self) -> Table:
        """The sources of what is shown."""
        return shown_sources(self.exploration)

    def _ipython_display_(self) -> None:
        if live := is_live():
            from adoption.explore.live import Explorer  # where there are widgets
        for part in [Explorer(self.exploration.selection).box] if live else self.still():
            display(part, raw=isinstance(part, dict))  # type: ignore[no-untyped-call]

    def still(self) -> list[Any]:
        """Return the static view, without controls."""
        again = as_command(self.exploration.selection.parameters())
        words = f"{IN_LAB} This selection again: `{again}`"
        return [
            explore_answer(self.exploration),
            *explore_figures(self.exploration),
            members_table(self.exploration),
            {"text/markdown": words, "text/plain": words},
        ]


def selection_of(parameters: Parameters) -> Selection:
    """Return the selection that checked parameters make.

    Raises
    ------
    AdoptionError
        If they name no group.
    """
    if not (group := getattr(parameters, "group", None)):
        raise AdoptionError("group: none is named; allowed: a group, such as arab-league")
    indicator = Indicator(parameters.index, parameters.edition, parameters.component)
    convention, *compared = map(find_convention, (parameters.convention, *parameters.others()))
    return Selection(convention, parameters.as_of, group, indicator, tuple(compared))


def is_live() -> bool:
    """Return whether there are controls: a person sees the cell, and there are widgets.

    Elsewhere their outputs would be different ones every time.
    """
    return in_cell() and all(map(find_spec, WIDGETS))
