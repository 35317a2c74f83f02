"""What papermill's entry point names: the engine, imported when it is first used.

Papermill loads every registered engine while it is itself being imported; the engine
imports papermill. This stands between the two, and costs those who do not use it nothing.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Return what papermill asks of an engine."""
    if name.startswith("_"):
        raise AttributeError(name)
    from adoption.press.engine.papermill import AdoptionEngine

    return getattr(AdoptionEngine, name)
