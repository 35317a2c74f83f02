"""The same before many pages, with what they share; importing it does the work."""

from __future__ import annotations

from contextlib import suppress

from adoption.press.engine.warm import settle
from adoption.site.warm import share_work, warm_site

with suppress(Exception):
    warm_site()
    share_work()
settle()
