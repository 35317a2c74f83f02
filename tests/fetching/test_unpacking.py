"""Unpacking: what was packed comes out, and damage or a bomb ends it early."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as some

from adoption.fetching.unpacking import PIECE, UnpackingError, unpack

MOST = 300_000


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(some.lists(some.binary(max_size=400)), some.integers(1, 500), some.sampled_from([1, 300]))
def test_members_in_any_parts_come_out(members: list[bytes], size: int, times: int) -> None:
    members = [member * times for member in members]
    whole = b"".join(members)
    packed = b"".join(gzip.compress(member, mtime=0) for member in members)
    if len(whole) <= MOST:
        assert b"".join(unpack(cut(packed, size), "gzip", MOST)) == whole
    else:
        with pytest.raises(UnpackingError, match="is too large when unpacked"):
            list(unpack(cut(packed, size), "gzip", MOST))


@given(some.binary(), some.integers(1, 100))
def test_damaged_data_are_an_error_of_ones_own(data: bytes, size: int) -> None:
    came: list[bytes] = []
    if data:
        with pytest.raises(UnpackingError, match="gzip data"):
            came += unpack(cut(data, size), "gzip", MOST)
    else:
        came += unpack([], "gzip", MOST)
    assert came == []


@given(some.binary(min_size=1), some.data())
def test_data_that_end_too_early_are_never_taken_for_whole(
    data: bytes, draw: some.DataObject
) -> None:
    packed = gzip.compress(data, mtime=0)
    end = draw.draw(some.integers(1, len(packed) - 1))
    with pytest.raises(UnpackingError, match="end too early") as caught:
        list(unpack([packed[:end]], "gzip", MOST))
    assert caught.value.passing


def test_pieces_are_small_and_a_bomb_is_left_early() -> None:
    given_out = []
    bomb = gzip.compress(bytes(100_000_000), mtime=0)
    with pytest.raises(UnpackingError) as caught:
        given_out += [len(piece) for piece in unpack([bomb], "gzip", MOST)]
    assert str(caught.value) == "is too large when unpacked; allowed: 300,000 bytes"
    assert not caught.value.passing
    for piece in unpack([bomb], "gzip", 200_000_000):
        given_out.append(len(piece))
    assert max(given_out) == PIECE
    assert sum(given_out) == 100_000_000
