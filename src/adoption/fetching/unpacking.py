"""Unpacking what came, never to more than a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from adoption.errors import AdoptionError

PIECE = 65_536  # bytes that are unpacked in one step at most
GZIP = ("gzip", "x-gzip")
AS_IT_IS = ("", "identity")
ACCEPTED = "gzip"  # what publishers are asked to use, if anything


class UnpackingError(AdoptionError):
    """What came cannot be unpacked, or would be too large.

    Attributes
    ----------
    problem, allowed : str
        The parts of the line.
    passing : bool
        Whether it may have been cut off on its way.
    """

    def __init__(self, problem: str, allowed: str, *, passing: bool = False) -> None:
        super().__init__(f"{problem}; allowed: {allowed}")
        self.problem, self.allowed, self.passing = problem, allowed, passing


def unpack(chunks: Iterable[bytes], packed: str, most: int) -> Iterator[bytes]:
    """Give what was packed, piece by piece; no more than one piece is held.

    Examples
    --------
    >>> import gzip
    >>> b"".join(unpack([gzip.compress(b"abc")], "gzip", 3))
    b'abc'
    """
    packed = packed.strip().lower()
    if packed not in GZIP + AS_IT_IS:
        raise UnpackingError(f"is packed as {packed[:40]!r}", "gzip, or not packed")
    given = 0
    for piece in _unzip(chunks) if packed in GZIP else chunks:
        given += len(piece)
        if given > most:
            unpacked = " when unpacked" if packed in GZIP else ""
            raise UnpackingError(f"is too large{unpacked}", f"{most:,} bytes")
        if piece:
            yield piece


def _unzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if member.eof:  # a file of gzip may have several members, one after the other
                member, begun = zlib.decompressobj(zlib.MAX_WBITS | 16), False
            begun = True
            try:
                yield member.decompress(rest, PIECE)
            except zlib.error:
                raise UnpackingError("its gzip data are damaged", "whole gzip data") from None
            rest = member.unused_data if member.eof else member.unconsumed_tail
    while begun and not member.eof:  # a full piece may leave some within
        piece = member.decompress(b"", PIECE)
        if not piece:
            raise UnpackingError("its gzip data end too early", "whole gzip data", passing=True)
        yield piece
