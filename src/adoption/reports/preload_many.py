"""The same before many pages, with what they share; importing it does the work."""

from __future__ import annotations

from contextlib import suppress

import adoption.reports.preload  # noqa: F401
from adoption.reports.warm import share

with suppress(Exception):  # then each page finds out for itself
    share()
