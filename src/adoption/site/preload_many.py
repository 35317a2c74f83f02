"""The same before many pages, with what they share; importing it does the work."""

from __future__ import annotations

from contextlib import suppress

from adoption.press.engine.warm import settle
from adoption.site.warm import share, warm

with suppress(Exception):
    warm()
    share()
settle()
