"""From the bytes of a publisher to text that is certainly what was meant, or an error."""

from __future__ import annotations

import re
from collections.abc import Iterable

from adoption.errors import AdoptionError, did_you_mean

LARGEST = 20_000_000  # bytes of a file
SHOWN = 60  # letters of what is quoted in an error
NAMES = 100  # names that are compared with a wrong one
DECLARATION = 1024  # bytes in which a declaration of the encoding must stand
MAINTENANCE = "urgent maintenance"  # what the UN Treaty Collection says in place of a list

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
    "iso885915": "iso-8859-15",
}
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Accented letters and typographic marks as UTF-8 writes them: no text in one byte a letter
# has these pairs.
UTF8_PAIRS = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]")
NULL = re.compile("\x00")


class UnreadableError(AdoptionError):
    """What a publisher gave cannot be read: the file, the place, what is wrong, what is meant.

    Letters of the file that a terminal obeys or hides are written as Python escapes them.
    """

    def __init__(self, message: str) -> None:
        if not message.isprintable():
            letters = (
                letter if letter.isprintable() or letter.isspace() else ascii(letter)[1:-1]
                for letter in message
            )
            message = "".join(letters)
        super().__init__(message)


def shown(text: str) -> str:
    r"""Return some text as an error quotes it: short, on one line, no letter hidden.

    Examples
    --------
    >>> shown("31 Feb\t2030")
    "'31 Feb\\t2030'"
    """
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


def nearest_to(word: str, names: Iterable[str]) -> str:
    """Return the end of an error line that names what is nearest to a wrong word.

    Examples
    --------
    >>> nearest_to("Signatures", ["Participant", "Signature"])
    'did you mean Signature?'
    """
    return did_you_mean(word[:SHOWN], [name[:SHOWN] for name in names][:NAMES], 1)


def decode(content: bytes, name: str, declared: str | None = None, plain: bool = True) -> str:
    """Return the text of a file.

    A byte-order mark says more than a declaration, and a file without either is UTF-8.
    """
    if len(content) > LARGEST:
        raise UnreadableError(f"{name}: {len(content):,} bytes; at most {LARGEST:,} bytes are read")
    mark = next((mark for mark in MARKS if content.startswith(mark)), None)
    encoding = MARKS[mark] if mark else _encoding(declared or "utf-8", name)
    if encoding == "windows-1252" or encoding == "iso-8859-15":
        _refuse_utf8(content, name, declared)
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name}: line {content.count(bytes([10]), 0, error.start) + 1}: byte "
            f"0x{content[error.start]:02x} is not {encoding.upper()}, which is "
            f"{'its byte-order mark' if mark else 'declared' if declared else 'expected'}"
        ) from None
    if not text.strip():
        raise UnreadableError(f"{name}: the file is empty")
    found = (CONTROLS if plain else NULL).search(text)
    if found:
        raise UnreadableError(
            f"{name}: line {text.count(chr(10), 0, found.start()) + 1}: the character "
            f"U+{ord(found[0]):04X}, which no text has: damaged, or not {encoding.upper()}"
        )
    return text


def _encoding(declared: str, name: str) -> str:
    """Return the encoding to read with."""
    try:
        return ENCODINGS[re.sub(r"[-_.: ]", "", declared).lower()]
    except KeyError:
        raise UnreadableError(
            f"{name}: declares the encoding {shown(declared)}; UTF-8, ISO-8859-1, ISO-8859-15, "
            "Windows-1252 and ASCII are read"
        ) from None


def _refuse_utf8(content: bytes, name: str, declared: str | None) -> None:
    """Refuse a file that says that it is in one byte a letter and is in UTF-8."""
    if content.isascii():
        return
    found = UTF8_PAIRS.search(content)
    if not found:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return
    place = found.start() if found else 0
    raise UnreadableError(
        f"{name}: line {content.count(bytes([10]), 0, place) + 1}: declares {declared}, but its "
        "bytes are UTF-8: the declaration is wrong"
    )


def refuse_page(text: str, name: str, expected: str) -> None:
    """Refuse a web page that stands in place of a file."""
    if re.match(r"\s*<(!doctype\s+html|html|head|body)\b", text[:DECLARATION], re.IGNORECASE):
        says = f", which says {MAINTENANCE!r}" if MAINTENANCE in text.casefold() else ""
        raise UnreadableError(f"{name}: an HTML page{says}, in place of {expected}")
