"""What papermill's entry point names: the engine, imported when it is first used.

Papermill loads every registered engine while it is itself being imported; the engine
imports papermill. This stands between the two, and costs those who do not use it nothing.
"""

from __future__ import annotations

from typing import Any


class Entry:
    """Passes papermill's questions on to `adoption.engine.papermill_engine.AdoptionEngine`."""

    @classmethod
    def execute_notebook(cls, *args: Any, **kwargs: Any) -> Any:
        """Execute a notebook."""
        return _engine().execute_notebook(*args, **kwargs)

    @classmethod
    def nb_kernel_name(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the name of a notebook's kernel."""
        return _engine().nb_kernel_name(*args, **kwargs)

    @classmethod
    def nb_language(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the language of a notebook."""
        return _engine().nb_language(*args, **kwargs)


def _engine() -> Any:
    from adoption.engine.papermill_engine import AdoptionEngine

    return AdoptionEngine
