"""What a notebook needs to begin with."""

from __future__ import annotations

import ast
import os
from typing import Any

import plotly.io as pio
from IPython import get_ipython

from adoption.errors import AdoptionError, did_you_mean
from adoption.notebook_parameters import Parameters, check_parameters

INJECTED = "# Parameters\n"  # begins the cell in which papermill sets the values of a run
GEOMETRY = "files/data/reference/geometry/"


def start(**given: Any) -> Parameters:
    """Check a notebook's parameters and make its figures drawable without a network.

    Figures are shown by their data alone (the same output on every run), and maps take
    their geometry from this project: JupyterLab serves it from `data/reference`.

    Takes the values of the notebook's parameters cell by name, and returns them checked.

    Raises
    ------
    AdoptionError
        For a value that is not allowed, or if papermill was given a name that is no parameter.
    """
    _refuse_unknown(given)
    pio.renderers.default = "plotly_mimetype"
    base = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
    pio.renderers["plotly_mimetype"].config["topojsonURL"] = f"{base}{GEOMETRY}"
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
