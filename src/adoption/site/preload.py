"""What `multiprocessing`'s server imports before it forks a page; importing it does the work."""

from __future__ import annotations

from adoption.press.engine.warm import settled

with settled():
    from adoption.site.warm import warm_site

    warm_site()  # by name: an import for the sake of what it does looks unused
