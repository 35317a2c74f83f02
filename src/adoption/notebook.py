"""What a notebook needs to begin with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import plotly.io as pio

from adoption.parameters import check_parameters

if TYPE_CHECKING:
    from adoption.parameters import Parameters

GEOMETRY = "files/data/reference/geometry/"


def start(**given: Any) -> Parameters:
    """Check a notebook's parameters and make its figures drawable without a network.

    Figures are shown by their data alone (the same output on every run), and maps take
    their geometry from this project: JupyterLab serves it from `data/reference`.

    Takes the values of the notebook's parameters cell by name, and returns them checked.

    Raises
    ------
    AdoptionError
        For a value that is not allowed.
    """
    pio.renderers.default = "plotly_mimetype"
    base = os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "/")
    pio.renderers["plotly_mimetype"].config["topojsonURL"] = f"{base}{GEOMETRY}"
    return check_parameters(**given)
