"""Analysis of states' adoption of the UN Convention against Cybercrime and similar conventions.

`import adoption as ad` gives the public functions of `adoption.api` and the error that they
raise. No other name is stable.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from adoption.core.errors import AdoptionError

__version__ = "0.1.0"
__all__ = [
    "AdoptionError",
    "acts",
    "association",
    "borders",
    "build",
    "capacity",
    "cite",
    "codebook",
    "compare",
    "convention",
    "conventions",
    "covariates",
    "curve",
    "dyads",
    "episodes",
    "evidence",
    "explorer",
    "export",
    "forecast",
    "forecast_threshold",
    "group",
    "groups",
    "inequality",
    "iso3",
    "network",
    "next_states",
    "panel",
    "parameters",
    "profile",
    "report",
    "sources",
    "spells",
    "states",
    "status",
    "survival",
    "table",
    "world",
]

CONSTANTS = {  # names of kinds of act, and how a map shows the status of a state
    "CONSENTS": "adoption.core.acts",
    "SIGNATURES": "adoption.core.acts",
    "STATUS_COLOURS": "adoption.show.classes",
    "STATUS_MARKS": "adoption.show.maps",
}

if TYPE_CHECKING:
    from adoption import figures as figures
    from adoption.api import (
        acts,
        association,
        borders,
        build,
        capacity,
        cite,
        codebook,
        compare,
        convention,
        conventions,
        covariates,
        curve,
        dyads,
        episodes,
        evidence,
        explorer,
        export,
        forecast,
        forecast_threshold,
        group,
        groups,
        inequality,
        iso3,
        network,
        next_states,
        panel,
        parameters,
        profile,
        report,
        sources,
        spells,
        states,
        status,
        survival,
        table,
        world,
    )
    from adoption.core.acts import CONSENTS as CONSENTS
    from adoption.core.acts import SIGNATURES as SIGNATURES
    from adoption.show.classes import STATUS_COLOURS as STATUS_COLOURS
    from adoption.show.maps import STATUS_MARKS as STATUS_MARKS

    data_version: str


if not TYPE_CHECKING:  # mypy sees the names above and no others

    def __getattr__(name):
        """Return a public function; the first access imports all of them."""
        if name == "data_version":  # the version of the current data
            return import_module("adoption.tables").data_version()
        if name == "figures":
            return import_module("adoption.figures")
        if name in CONSTANTS:
            return getattr(import_module(CONSTANTS[name]), name)
        if name not in __all__:
            raise AttributeError(f"module 'adoption' has no attribute {name!r}")
        return getattr(import_module("adoption.api"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, *CONSTANTS, "__version__", "data_version", "figures"])
