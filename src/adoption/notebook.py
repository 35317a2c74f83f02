"""What a notebook needs to begin with."""

from __future__ import annotations

import ast
from typing import Any

import plotly.io as pio
from IPython import get_ipython

from adoption.errors import AdoptionError, did_you_mean
from adoption.notebook_parameters import Parameters, check_parameters
from adoption.show.maps import OfflineRenderer

INJECTED = "# Parameters\n"  # begins the cell in which papermill sets the values of a run


def start(**given: Any) -> Parameters:
    """Check a notebook's parameters and make its figures drawable without a network.

    Figures are shown by their data alone (the same output on every run). A map brings its
    geometry with it, so that it is drawn wherever JupyterLab was started.

    Takes the values of the notebook's parameters cell by name, and returns them checked.

    Raises
    ------
    AdoptionError
        For a value that is not allowed, or if papermill was given a name that is no parameter.
    """
    _refuse_unknown(given)
    pio.renderers["adoption"] = OfflineRenderer()
    pio.renderers.default = "adoption"
    return check_parameters(**given)


def _refuse_unknown(given: dict[str, Any]) -> None:
    """Compare the names that papermill set with the notebook's own: it only warns of others."""
    shell: Any = get_ipython()
    # Papermill's cell, the imports and the one that calls: none of an earlier run in a session.
    latest = shell.user_ns["In"][-3:] if shell else []
    injected = "".join(cell for cell in latest if cell.startswith(INJECTED))
    for node in ast.walk(ast.parse(injected)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id not in given:
            raise AdoptionError(
                f"no parameter {node.id!r} in this notebook; "
                f"{did_you_mean(node.id, given, 1)} (all: {', '.join(given)})"
            )
