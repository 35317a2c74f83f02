"""The same before many pages, with what they share; importing it does the work."""

from __future__ import annotations

from contextlib import suppress

from adoption.press.engine.warm import settle
from adoption.site.warm import share, warm

warm()  # by name: an import for the sake of what it does looks unused
with suppress(Exception):  # then each page finds out for itself
    share()
settle()
