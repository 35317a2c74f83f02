"""How old the data of a report are when somebody reads it: what its pages need to say so.

A page is made once and read for months, so it holds the day of its data, a script of the
report works out their age, and a line at the head of the page tells it once it is more than a
number of days. A page about conventions has the day of their lists of acts; any other page, the
index and the list of changes have that of all data (`adoption.reports.subjects`). The
number of days stands in `reports.toml` and goes into a script of its own: the pages are the same
whatever it is.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape
from pathlib import Path

from adoption.errors import AdoptionError, did_you_mean
from adoption.tomlfile import read_toml
from adoption.words import MONTHS

STALE_AFTER = 45  # days
SETTING = "stale_after"
SETTINGS = (SETTING, "page")  # what a plan may hold
SETTINGS_SCRIPT = "settings.js"
DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")


def read_stale_after(path: Path) -> int:
    """Return after how many days the pages of a report tell the age of their data."""
    plan = read_toml(path)
    for name in plan:
        if name not in SETTINGS:
            near = did_you_mean(name, SETTINGS, 1)
            raise AdoptionError(f"{path.name}: no setting {name!r}; {near} (or else [[page]])")
    days = plan.get(SETTING, STALE_AFTER)
    if type(days) is not int or days < 1:
        raise AdoptionError(
            f"{path.name}: {SETTING}: {days!r} is not a number of days (whole, 1 or more)"
        )
    return days


def settings_script(stale_after: int) -> str:
    r"""Return the script that tells the pages of a report its settings.

    Examples
    --------
    >>> settings_script(45)
    'document.documentElement.dataset.staleAfter = "45";\n'
    """
    return f'document.documentElement.dataset.staleAfter = "{stale_after}";\n'


def time_html(day: str) -> str:
    """Return a day in words so that a machine can read it too.

    Examples
    --------
    >>> time_html("4 May 2026")
    '<time datetime="2026-05-04">4 May 2026</time>'
    """
    machine = machine_day(day)
    return f'<time datetime="{machine}">{escape(day)}</time>' if machine else escape(day)


def machine_day(day: str) -> str:
    """Return a day in words as a machine reads it; no text if it is none.

    Manifests hold the day of a page's data in words, so it comes from there.

    Examples
    --------
    >>> machine_day("24 November 2026"), machine_day("")
    ('2026-11-24', '')
    """
    found = DAY.fullmatch(day)
    if not found:
        return ""
    try:
        return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])).isoformat()
    except ValueError:  # no day of the calendar
        return ""
