"""What the cell of Explore shows: controls in JupyterLab; elsewhere the same, still."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from adoption import tables
from adoption.explore import Selection, Shown, look_up
from adoption.show.explore import (
    IN_LAB,
    as_command,
    explore_answer,
    explore_figures,
    members_table,
    shown_sources,
)
from adoption.show.table import Table

if TYPE_CHECKING:
    from adoption.notebook_parameters import Parameters

WIDGETS = ("ipywidgets", "anywidget")


@dataclass(frozen=True, eq=False)
class Explore:
    """A selection, to be shown as the last value of a notebook's cell.

    Attributes
    ----------
    shown : Shown
        From `adoption.explore.look_up`.
    """

    shown: Shown

    @classmethod
    def of(cls, given: Parameters) -> Explore:
        """Look up what a notebook's parameters select."""
        return cls(look_up(Selection.of(given)))

    @property
    def sources(self) -> Table:
        """The sources of what is shown."""
        return shown_sources(self.shown, tables.read("sources"))

    def _ipython_display_(self) -> None:
        for part in [self._controls()] if is_live() else self.still():
            display(part, raw=isinstance(part, dict))  # type: ignore[no-untyped-call]

    def _controls(self) -> Any:
        from adoption.explore_live import Explorer  # where there are widgets

        return Explorer(self.shown.selection).box

    def still(self) -> list[Any]:
        """Return what stands where there are no controls."""
        command = as_command(self.shown.selection.parameters())
        return [
            explore_answer(self.shown),
            *explore_figures(self.shown),
            members_table(self.shown),
            _markdown(f"{IN_LAB} This selection again: `{command}`"),
        ]


def is_live() -> bool:
    """Return whether a person sees the cell in JupyterLab, Jupyter Notebook or Voila.

    Jupyter's server names the session, and its pages name the cell that they run; Voila names
    itself. papermill, nbconvert and nbval do neither, so what they run has no widgets, whose
    outputs would be different ones every time.
    """
    shell = get_ipython()
    request: dict[str, Any] = shell.get_parent() if shell and hasattr(shell, "get_parent") else {}
    in_cell = "JPY_SESSION_NAME" in os.environ and "cellId" in request.get("metadata", {})
    in_voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
    return (in_cell or in_voila) and all(map(find_spec, WIDGETS))


def _markdown(text: str) -> dict[str, Any]:
    return {"text/markdown": text, "text/plain": text}
