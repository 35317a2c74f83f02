"""What the server of processes does once in each process that tests; importing it does the work.

Pages of the tests are of the frozen data, and nearly all begin with the same tables and statuses.
No page is rehearsed, since the kernels of nbval are forked of this server, too.
"""

from __future__ import annotations

from adoption.press.engine.warm import settled

with settled():
    from adoption.site.warm import share_results, warm_site

    warm_site()
    share_results()
