"""How often the tables are made: that is what a refresh takes its time for."""

from __future__ import annotations

from typing import Any

import pytest

from adoption.data import run


def count_tables(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that gets an entry whenever the tables are made."""
    made: list[object] = []
    really = run.make_tables

    def counting(*given: Any) -> Any:
        made.append(given)
        return really(*given)

    monkeypatch.setattr(run, "make_tables", counting)
    return made
