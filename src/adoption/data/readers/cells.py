"""The cells of a publisher's list: blanks and footnote marks, names, days.

A cell is compared, as a name with those that are known, so whatever only adorns it goes. A text
that is kept for its own sake is not for this module: see `statements`.
"""

from __future__ import annotations

import re
from datetime import date

from adoption.words import MONTHS

LONGEST = 400  # letters of a cell; the longest name of a participant has 60

# Tags that stand in the text itself, escaped: `<superscript>7</superscript>` is a footnote
# mark and goes with what it holds; of the others only the tag goes.
OTHER_TAG = re.compile(r"</?(?!superscript\b)[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]{0,200})?/?>")
FOOTNOTE = re.compile(r"<superscript>[^<]{0,60}</superscript>", re.IGNORECASE)
LOOSE_TAG = re.compile(r"</?superscript\s?/?>", re.IGNORECASE)
# The joiners (200c, 200d) are part of the spelling in some scripts, but of none in which a list
# that is read here prints its names; there one is a slip that would make a name unknown.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

MONTH_NUMBERS = {
    **{month.casefold(): number for number, month in enumerate(MONTHS, 1)},
    **{month[:3].casefold(): number for number, month in enumerate(MONTHS, 1)},
    "sept": 9,
}


def plain(text: str) -> str:
    r"""Return text with single blanks, without footnote marks and escaped tags.

    Examples
    --------
    >>> plain("\t14 Feb\t 2031\N{NO-BREAK SPACE}AA ")
    '14 Feb 2031 AA'
    >>> plain("Atlantis <superscript>1, 2</superscript> ")
    'Atlantis'
    """
    if "<" in text:
        for pattern, instead in ((OTHER_TAG, ""), (FOOTNOTE, " "), (LOOSE_TAG, " ")):
            text = pattern.sub(instead, text)
    return " ".join(text.translate(UNSEEN).split())


def participant(text: str) -> str:
    """Return the name in a cell, without the digits of footnotes that end it.

    Examples
    --------
    >>> participant("Netherlands (Kingdom of the) 5,6")
    'Netherlands (Kingdom of the)'
    """
    return plain(text).rstrip("0123456789, ")


def named_day(day: str, month: str, year: str) -> date | None:
    """Return a day whose month is a name; None if there is no such day.

    Examples
    --------
    >>> named_day("3", "Mar", "2031"), named_day("31", "Feb", "2031")
    (datetime.date(2031, 3, 3), None)
    """
    number = MONTH_NUMBERS.get(month.casefold())
    return calendar_day(year, str(number), day) if number else None


def calendar_day(year: str, month: str, day: str) -> date | None:
    """Return a day by its numbers; None if there is no such day.

    Examples
    --------
    >>> calendar_day("2001", "11", "23"), calendar_day("2001", "23", "11")
    (datetime.date(2001, 11, 23), None)
    """
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
