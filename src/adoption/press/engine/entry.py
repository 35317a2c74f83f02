"""What papermill's entry point names: the engine, imported when it is first used.

Papermill loads every registered engine while it is itself being imported; the engine
imports papermill. This stands between the two, and costs those who do not use it nothing.
"""

from __future__ import annotations

from importlib.metadata import distribution
from typing import Any

from adoption.core.errors import AdoptionError


def check_entry_point() -> None:
    """Refuse an install that is older than the source: papermill would look elsewhere."""
    named = distribution("adoption").entry_points.select(group="papermill.engine", name="adoption")
    if [entry.value for entry in named] != [__name__]:
        raise AdoptionError(
            "the installed package is older than its source, and papermill does not find its "
            "engine: install it again, as with `pip install --no-deps -e .`"
        )


def __getattr__(name: str) -> Any:
    """Return what papermill asks of an engine."""
    if name.startswith("_"):
        raise AttributeError(name)
    from adoption.press.engine.papermill import AdoptionEngine

    return getattr(AdoptionEngine, name)
