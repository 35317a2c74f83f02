"""The same before a whole plan, with what any notebook imports; importing it does the work."""

from __future__ import annotations

from adoption.press.engine.warm import settled

with settled():
    from adoption.site.warm import import_all, share_work, warm_site

    warm_site()
    import_all()
    share_work()
