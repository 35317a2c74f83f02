"""From the bytes of a publisher to text, JSON, names and days that are certainly what was meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.files import MAX_BYTES
from adoption.core.text import MONTHS

MAX_LETTERS_OF_CELL = 400  # letters of a cell; the longest name of a participant has 60
MAX_QUOTED_LETTERS = 60  # letters of what is quoted in an error
MAX_COMPARED_NAMES = 100  # names that are compared with a wrong one
DECLARATION = 1024  # bytes in which a declaration of the encoding must stand
MAINTENANCE = "urgent maintenance"  # what the UN Treaty Collection says in place of a list
COMMENTS = r"(?:<!--(?:(?!-->).)*-->\s*)*"
HTML_PAGE = re.compile(
    rf"\s*(?:(?:<\?xml[^>]*>\s*)?{COMMENTS}<!doctype\s+html|{COMMENTS}<(?:html|head|body))\b",
    re.IGNORECASE | re.DOTALL,
)

# Encodings that a file may declare, by what they are called without marks. A file that says
# ISO-8859-1 and has curly apostrophes is in Windows-1252, which is the same but for those;
# browsers read both as Windows-1252 (the Encoding Standard of the WHATWG says so).
ENCODINGS = {
    "utf8": "utf-8",
    "usascii": "ascii",
    "ascii": "ascii",
    "iso88591": "windows-1252",
    "latin1": "windows-1252",
    "windows1252": "windows-1252",
    "cp1252": "windows-1252",
}
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]")

# Tags that stand in the text itself, escaped, in the depositary's files. What a superscript of
# digits holds is the number of a footnote.
FOOTNOTE = re.compile(r"<superscript>[\d,* ]*</superscript>", re.IGNORECASE)
INLINE_TAG = re.compile(
    r"</?(?:superscript|i|b|a|right|left|center)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # only tell where a line may break
MONTH_NUMBERS = {month.casefold(): number for number, month in enumerate(MONTHS, 1)}
MONTH_NUMBERS |= {month[:3].casefold(): number for number, month in enumerate(MONTHS, 1)}
MONTH_NUMBERS["sept"] = 9


class UnreadableError(AdoptionError):
    """What a publisher gave cannot be read: the file, the place, what is wrong, what is meant."""

    row: object = None  # of the file, where the error is of one


def quoted(text: str) -> str:
    r"""Return some text as an error quotes it: short, on one line, no letter hidden.

    Examples
    --------
    >>> quoted("31 Feb\t2030")
    "'31 Feb\\t2030'"
    """
    return repr(text if len(text) <= MAX_QUOTED_LETTERS else f"{text[:MAX_QUOTED_LETTERS]}...")


def nearest_to(word: str, names: Iterable[str]) -> str:
    """Return the end of an error line that names what is nearest to a wrong word.

    Examples
    --------
    >>> nearest_to("Signatures", ["Participant", "Signature"])
    'did you mean Signature?'
    """
    starts = [name[:MAX_QUOTED_LETTERS] for name in names]
    return did_you_mean(word[:MAX_QUOTED_LETTERS], starts[:MAX_COMPARED_NAMES], 1)


def decode(content: bytes, name: str, declared: str | None = None) -> str:
    """Return the text of a file.

    A byte-order mark says more than a declaration, and a file without either is UTF-8.
    """
    if len(content) > MAX_BYTES:
        size = f"{len(content):,} bytes; at most {MAX_BYTES:,} bytes are read"
        raise UnreadableError(f"{name}: {size}")
    mark = next((mark for mark in MARKS if content.startswith(mark)), None)
    usual_name = re.sub(r"[-_.: ]", "", declared or "utf-8").lower()
    encoding = MARKS[mark] if mark else ENCODINGS.get(usual_name)
    if encoding is None:
        raise UnreadableError(
            f"{name}: declares the encoding {quoted(declared or '')}; UTF-8, ISO-8859-1, "
            "Windows-1252 and ASCII are read"
        )
    with suppress(UnicodeDecodeError):
        if encoding == "windows-1252" and not content.isascii() and content.decode("utf-8"):
            problem = f"declares {declared}, but its bytes are UTF-8: the declaration is wrong"
            raise UnreadableError(f"{name}: {problem}")
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02x}"
        origin = "its byte-order mark" if mark else "declared" if declared else "expected"
        raise UnreadableError(
            f"{name}: line {line}: byte {byte} is not {encoding.upper()}, which is {origin}"
        ) from None
    if not text.strip():
        raise UnreadableError(f"{name}: the file is empty")
    control = CONTROL_CHARACTERS.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableError(
            f"{name}: line {line}: the character U+{ord(control[0]):04X}, which no text has: "
            f"damaged, or not {encoding.upper()}"
        )
    return text


def page_instead(text: str) -> str:
    """Return what stands in place of a file if it is a web page, in words; else nothing."""
    if not HTML_PAGE.match(text[:DECLARATION]):
        return ""
    says = f", which says {MAINTENANCE!r}" if MAINTENANCE in text.casefold() else ""
    return f"an HTML page{says}, in place of"


def refuse_page(text: str, name: str, expected: str) -> None:
    """Refuse a web page that stands in place of a file."""
    if page := page_instead(text):
        raise UnreadableError(f"{name}: {page} {expected}")


def read_json(content: bytes, name: str) -> Any:
    """Return what a JSON file holds."""
    text = decode(content, name)
    refuse_page(text, name, "the JSON")
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name}: not valid JSON: {error}") from None


def _refuse_constant(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")


def plain(text: str) -> str:
    r"""Return text with single blanks, without footnote marks and escaped tags.

    Examples
    --------
    >>> plain("\t14 Feb\t 2031\N{NO-BREAK SPACE}AA ")
    '14 Feb 2031 AA'
    >>> plain("See <i>Note </i> N<superscript>o</superscript> 3<superscript>1, 2</superscript>")
    'See Note No 3'
    """
    if "<" in text:
        text = INLINE_TAG.sub("", FOOTNOTE.sub(" ", text))
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
    try:
        return date(int(year), MONTH_NUMBERS[month.casefold()], int(day))
    except (KeyError, ValueError):
        return None
