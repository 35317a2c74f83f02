"""What the server of processes does once in each process that tests; importing it does the work.

Pages of the tests are of the frozen data, and nearly all begin with the same tables and statuses.
No page is rehearsed, since the kernels of nbval are forked of this server, too.
"""

from __future__ import annotations

from adoption.press.engine.warm import settled

with settled():
    import adoption as ad
    from adoption import tables
    from adoption.law.conventions import load_conventions
    from adoption.law.status import status_to_read
    from adoption.site.warm import warm_site
    from adoption.tables.dictionary import TABLES

    warm_site()
    for table in TABLES:
        tables.read(table.name)
    for name in load_conventions():
        participants = ad.status(name).participants["iso3"].tolist()
        status_to_read(name, tables.data_day()).rows_of(participants[:1])  # makes those of all
    ad.next_states("hanoi")
