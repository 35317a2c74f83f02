"""The same before some pages of a notebook, with what they share; importing it does the work."""

from __future__ import annotations

from adoption.press.engine.warm import settled

with settled():
    from adoption.site.warm import share_work, warm_site

    warm_site()
    share_work()
