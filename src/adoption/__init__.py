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


if not TYPE_CHECKING:  # mypy sees the names above and no others

    def __getattr__(name):
        """Return a public function; the first access imports all of them."""
        if name == "data_version":  # the version of the current data
            return import_module("adoption.tables").data_version()
        if name not in __all__:
            raise AttributeError(f"module 'adoption' has no attribute {name!r}")
        return getattr(import_module("adoption.api"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__", "data_version"])
