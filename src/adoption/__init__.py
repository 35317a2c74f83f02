"""How states adopt the UN Convention against Cybercrime, and any convention like it.

`import adoption as ad` gives the public functions of `adoption.api`, and the error that they raise;
no other name is stable.
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

if TYPE_CHECKING:
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

    data_version: str


if not TYPE_CHECKING:  # to mypy there are the names above, and no others

    def __getattr__(name):
        """Return a public function; the rest is imported when the first is asked for."""
        if name == "data_version":  # of the data that there are now
            return import_module("adoption.tables").data_version()
        if name not in __all__:
            raise AttributeError(f"module 'adoption' has no attribute {name!r}")
        return getattr(import_module("adoption.api"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__", "data_version"])
