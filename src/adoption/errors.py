"""The project's own error: one clear line for a person, and the nearest names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 500  # letters of an error


class AdoptionError(Exception):
    r"""Something a person can mend; its text is one line: what, where, what is allowed.

    Examples
    --------
    >>> str(AdoptionError("a name\nof two lines"))
    'a name of two lines'
    """

    def __init__(self, message: str) -> None:
        line = " ".join(message.split())
        line = line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}..."
        # A terminal obeys or hides some letters: they are written as Python escapes them.
        super().__init__("".join(c if c.isprintable() else ascii(c)[1:-1] for c in line))


def nearest(word: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Return the names most like a word, best first, whatever their letter case.

    Examples
    --------
    >>> nearest("QTR", ["QAT", "OMN", "QUX"], 1)
    ['QAT']
    """
    by_folded = {name.casefold(): name for name in names}
    return [by_folded[match] for match in get_close_matches(word.casefold(), by_folded, count, 0)]


def did_you_mean(word: str, names: Iterable[str], count: int = 3) -> str:
    """Return the names nearest to a word as the end of an error line.

    Examples
    --------
    >>> did_you_mean("hanoy", ["hanoi", "budapest"], 1)
    'did you mean hanoi?'
    """
    matches = nearest(word, names, count)
    return f"did you mean {' or '.join(matches)}?" if matches else "there is nothing like it"
