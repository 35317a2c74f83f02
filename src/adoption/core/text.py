"""Days, numbers and lists as people read them, in British English."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import Any

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMERALS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
DAYS_A_YEAR = 365.25
NOT_KNOWN = "not known"
TAGS = re.compile(r"<[^>]*>")
MIN_CHANCE = 1e-6  # a model that has seen no case yet has not seen all


@cache
def messages() -> dict[str, Any]:
    """Return the words of messages.toml by id; those of a measure are a table."""
    return tomllib.loads(Path(__file__).with_name("messages.toml").read_text(encoding="utf-8"))


def long_day(day: date) -> str:
    """Return a day in full.

    Examples
    --------
    >>> from datetime import date
    >>> long_day(date(2025, 10, 25))
    '25 October 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Return a day for tables and charts.

    Examples
    --------
    >>> from datetime import date
    >>> short_day(date(2025, 10, 25))
    '25 Oct 2025'
    """
    month = MONTHS[day.month - 1][:3]
    return f"{day.day} {month} {day.year}"


def is_whole_month(earliest: date, latest: date) -> bool:
    """Return whether two days are the first and the last of one month."""
    same = (earliest.year, earliest.month) == (latest.year, latest.month)
    return same and earliest.day == 1 and (latest + timedelta(days=1)).day == 1


def when_long(earliest: date, latest: date, open_ended: bool = False) -> str:
    """Return a day or a window for a sentence.

    Examples
    --------
    >>> from datetime import date
    >>> when_long(date(2026, 2, 1), date(2026, 2, 28))
    'in February 2026'
    >>> when_long(date(2010, 12, 21), date(2026, 11, 24), open_ended=True)
    'on 21 December 2010 or later'
    >>> when_long(date(2014, 10, 1), date(2014, 10, 16))
    'between 1 and 16 October 2014'
    """
    text = _window(earliest, latest, open_ended, long_day, " and ")
    if earliest == latest or open_ended:
        return f"on {text}"
    return f"{'in' if is_whole_month(earliest, latest) else 'between'} {text}"


def when_short(earliest: date, latest: date, open_ended: bool = False) -> str:
    """Return a day, or between which days it was, for a table or a chart.

    Examples
    --------
    >>> from datetime import date
    >>> when_short(date(2025, 10, 27), date(2026, 2, 10))
    'between 27 Oct 2025 and 10 Feb 2026'
    >>> when_short(date(2026, 2, 1), date(2026, 2, 28))
    'Feb 2026'
    """
    text = _window(earliest, latest, open_ended, short_day, " and ")
    is_one = earliest == latest or open_ended or is_whole_month(earliest, latest)
    return text if is_one else f"between {text}"


def when_by(earliest: date, latest: date) -> str:
    """Return a day, or the last one on which it can have been, where there is little room.

    Examples
    --------
    >>> from datetime import date
    >>> when_by(date(2011, 1, 20), date(2014, 2, 28)), when_by(date(2026, 2, 1), date(2026, 2, 28))
    ('by 28 Feb 2014', 'Feb 2026')
    """
    if earliest == latest or is_whole_month(earliest, latest):
        return when_short(earliest, latest)
    return f"by {short_day(latest)}"


def period_short(first: date, last: date) -> str:
    """Return all days from one to another.

    Examples
    --------
    >>> from datetime import date
    >>> period_short(date(2025, 10, 25), date(2025, 10, 26))
    '25 to 26 Oct 2025'
    """
    return _window(first, last, False, short_day, " to ")


def _window(
    earliest: date, latest: date, open_ended: bool, written: Callable[[date], str], between: str
) -> str:
    """Return a window; its first day is without the month and year that the last one says."""
    first, last = written(earliest), written(latest)
    if earliest == latest or open_ended:
        return first if earliest == latest else f"{first} or later"
    if is_whole_month(earliest, latest):
        return last.split(" ", 1)[1]
    if earliest.year == latest.year:
        first = first.rsplit(" ", 1 if earliest.month != latest.month else 2)[0]
    return f"{first}{between}{last}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence.

    Examples
    --------
    >>> listed(["Mali", "Rwanda", "Saudi Arabia"])
    'Mali, Rwanda and Saudi Arabia'
    """
    if len(words) < 2:
        return "".join(words)
    first = ", ".join(words[:-1])
    return f"{first} {last} {words[-1]}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "party", "parties"), counted(72, "signatory", "signatories")
    ('1 party', '72 signatories')
    """
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number:,} {noun}"


def as_shown(value: Any, decimals: int = 2) -> str:
    """Return a value as a table shows it.

    Examples
    --------
    >>> as_shown(None), as_shown(1234.5, 1), as_shown(1234), as_shown(date(2026, 1, 2))
    ('not known', '1,234.5', '1,234', '2 Jan 2026')
    """
    if isinstance(value, str):
        return value
    if value is None or str(value) in ("<NA>", "NaT") or value != value:
        return NOT_KNOWN
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, float):
        return fixed(value, decimals)
    return f"{value:,}" if isinstance(value, int) else str(value)


def plain_title(text: str) -> str:
    """Return a title without the markup that plotly, or a frame's caption, may have in it.

    Examples
    --------
    >>> plain_title("<b>Six</b> of R&amp;D")
    'Six of R&D'
    """
    return unescape(TAGS.sub("", text))


def fixed(number: float, decimals: int = 0) -> str:
    """Return a number with so many decimals; a half is rounded away from zero.

    First to nine decimals: a half is a half whatever a machine's last digit is.

    Examples
    --------
    >>> fixed(17.925, 2), fixed(0.5), fixed(1234.5), fixed(-0.125, 2)
    ('17.93', '1', '1,235', '-0.13')
    """
    exact = Decimal(f"{number:.9f}")
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def percent(part: float, total: float) -> str:
    """Return a share in per cent; one of a few in many is never 0%, all but a few never 100%.

    Examples
    --------
    >>> percent(73, 193), percent(1, 193), percent(192, 193), percent(0, 193), percent(0, 0)
    ('38%', 'under 1%', 'over 99%', '0%', 'none')
    """
    if total == 0:
        return "none"
    share = 100 * part / total
    if 0 < share < 1:
        return "under 1%"
    return "over 99%" if 99 < share < 100 else f"{fixed(share)}%"


def share(lower: int, upper: int | None, total: int) -> str:
    """Return a share with its bounds in per cent: the lower is rounded down, the upper up.

    Without an upper bound it is at least so much.

    Examples
    --------
    >>> share(67, None, 193), share(26, 44, 193), share(9, 9, 193), share(0, None, 193)
    ('at least 34%', '13% to 23%', '5%', 'none known')
    >>> share(1, None, 231), share(0, 0, 193), share(44, None, 44)
    ('at least 0.4%', '0%', '100%')
    """
    if lower in (upper, total):  # of all no more can be missing
        return percent(lower, total) if lower else "0%"
    if upper is None:
        return lower_bound(share_figure(lower, total, False)) if lower else "none known"
    low = _rounded_share(lower, total, ROUND_FLOOR)
    return f"{low} to {_rounded_share(upper, total, ROUND_CEILING)}"


def share_figure(part: int, total: int, is_exact: bool) -> str:
    """Return a share in per cent as a figure, where its words say that it is a lower bound.

    One of which more may be missing is rounded down: 22 of 54 are at least 40%, never 41%.

    Examples
    --------
    >>> share_figure(22, 54, is_exact=False), share_figure(22, 54, is_exact=True)
    ('40%', '41%')
    """
    return percent(part, total) if is_exact else _rounded_share(part, total, ROUND_FLOOR)


def _rounded_share(part: int, total: int, rounding: str) -> str:
    exact = Decimal(int(100 * part)) / int(total)
    digits = 0 if exact >= 1 else -exact.adjusted()  # below 1% its first digit
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding) if part else 0
    return f"{rounded}%"


def chance_in_words(chance: float) -> str:
    """Return a chance of a model in whole per cent; it is never 0% and never 100%.

    Examples
    --------
    >>> chance_in_words(0.174), chance_in_words(0.0), chance_in_words(1.0)
    ('17%', 'under 1%', 'over 99%')
    """
    return percent(min(max(chance, MIN_CHANCE), 1 - MIN_CHANCE), 1)


def significant(number: float, digits: int = 6) -> float:
    """Return a number to some significant digits, whatever its last digit is on a machine.

    First to twelve, so that a half is rounded the same way everywhere; below 1e-12 it is noise.

    Examples
    --------
    >>> significant(0.5954004376113909), significant(1234567.8), significant(-1e-17)
    (0.5954, 1234570.0, 0.0)
    """
    return float(f"{float(f'{number:.12g}'):.{digits}g}") if abs(number) >= 1e-12 else 0.0


def length_in_words(days: int) -> str:
    """Return a length of time, from two years on in years.

    Examples
    --------
    >>> length_in_words(395), length_in_words(9478)
    ('395 days', '25.9 years')
    """
    if days >= 2 * DAYS_A_YEAR:
        return f"{days / DAYS_A_YEAR:.1f} years".replace(".0 ", " ")
    return counted(days, "day")


def age_in_words(days: int) -> str:
    """Return an age as it follows a verb, from two years on in years.

    Examples
    --------
    >>> age_in_words(395), age_in_words(0), age_in_words(1826), age_in_words(9478)
    ('after 395 days', 'on the first day', 'after 5 years', 'after 25.9 years')
    """
    return f"after {length_in_words(days)}" if days else "on the first day"


def is_are(number: int) -> str:
    """Return the verb of a number of things.

    Examples
    --------
    >>> is_are(1), is_are(0)
    ('is', 'are')
    """
    return "is" if number == 1 else "are"


def has_have(number: int) -> str:
    """Return the auxiliary verb of a number of things: 1 has, 2 have."""
    return "has" if number == 1 else "have"


def numeral(number: int) -> str:
    """Return a number for running text: in words up to twelve.

    Examples
    --------
    >>> numeral(3), numeral(40)
    ('three', '40')
    """
    return NUMERALS[number] if 0 <= number < len(NUMERALS) else f"{number:,}"


def format_grades(grades: Mapping[str, int]) -> str:
    """Return counts by grade, those of zero left out.

    Examples
    --------
    >>> format_grades({"confirmed": 62, "reported": 4, "inferred": 0})
    '62 confirmed, 4 reported'
    """
    counts = (f"{number} {grade}" for grade, number in grades.items() if number)
    return ", ".join(counts)


def in_sentence(name: str, article: object) -> str:
    """Return a state's name as it stands in a sentence.

    Examples
    --------
    >>> in_sentence("Philippines", "the"), in_sentence("Qatar", None)
    ('the Philippines', 'Qatar')
    """
    return f"{article} {name}" if isinstance(article, str) else name


def region_in_sentence(region: str) -> str:
    """Return an M49 region as it stands in a sentence.

    Examples
    --------
    >>> region_in_sentence("Americas"), region_in_sentence("Asia")
    ('the Americas', 'Asia')
    """
    return f"the {region}" if region == "Americas" else region


def capitalised(text: str) -> str:
    """Return a sentence with a capital first letter, the rest as it is.

    Examples
    --------
    >>> capitalised("no act of the EU")
    'No act of the EU'
    """
    return text[:1].upper() + text[1:]


def lower_bound(number: int | str, is_exact: bool = False, *, is_short: bool = False) -> str:
    """Return a number that more may be missing from: in words, or as a figure.

    Examples
    --------
    >>> lower_bound(1075), lower_bound("34%"), lower_bound(68, is_short=True)
    ('at least 1,075', 'at least 34%', '68+')
    >>> lower_bound(68, is_exact=True)
    '68'
    """
    text = number if isinstance(number, str) else f"{number:,}"
    if is_exact:
        return text
    return f"{text}+" if is_short else f"at least {text}"


def span(lower: int, upper: int, complete: bool = True) -> str:
    """Return a count with its bounds; where more may be missing from a list, the lower one.

    Examples
    --------
    >>> span(3, 3), span(3, 5), span(75, 75, complete=False)
    ('3', '3 to 5', 'at least 75')
    """
    if lower and not complete:
        return lower_bound(lower)
    if lower == upper:
        return f"{lower:,}"
    return f"{lower:,} to {upper:,}"


BIBTEX = {sign: f"\\{sign}" for sign in "&%$#_"} | {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(value: str) -> str:
    r"""Return a text as it stands in a field of BibTeX, where even escaped braces count.

    Examples
    --------
    >>> bibtex("Rajah & Tann {Asia}")
    'Rajah \\& Tann \\textbraceleft{}Asia\\textbraceright{}'
    """
    return "".join(BIBTEX.get(sign, sign) for sign in value)


@lru_cache(maxsize=4096)  # a page asks for those of all groups
def slug(name: str) -> str:
    """Return a name as an id.

    Examples
    --------
    >>> slug("Latin America and the Caribbean"), slug("CIS (associate)")
    ('latin-america-and-the-caribbean', 'cis-associate')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
