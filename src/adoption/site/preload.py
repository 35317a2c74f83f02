"""What `multiprocessing`'s server imports before it forks a page; importing it does the work."""

from __future__ import annotations

from adoption.press.engine.warm import settle
from adoption.site.warm import warm

warm()
settle()
