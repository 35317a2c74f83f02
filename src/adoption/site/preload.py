"""What `multiprocessing`'s server imports before it forks a page; importing it does the work.

It must not raise an error: the server would end. Each page then finds out for itself.
"""

from __future__ import annotations

from contextlib import suppress

from adoption.press.engine.warm import settle
from adoption.site.warm import warm_site

with suppress(Exception):
    warm_site()  # by name: an import for the sake of what it does looks unused
settle()
