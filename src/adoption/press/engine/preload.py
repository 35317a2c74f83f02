"""What the server imports before it forks a page of any project; importing it does the work."""

from __future__ import annotations

from adoption.press.engine.warm import settle, warm_engine

warm_engine()
settle()
