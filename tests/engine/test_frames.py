"""Messages of several parts arrive whole, in whatever pieces the stream brings them."""

from __future__ import annotations

import socket

from hypothesis import given
from hypothesis import strategies as st

from adoption.engine.frames import FrameSocket, Unpacker, packed

MESSAGES = st.lists(st.lists(st.binary(max_size=40), max_size=4), max_size=5)


@given(MESSAGES, st.integers(1, 30))
def test_any_messages_in_any_pieces(messages: list[list[bytes]], size: int) -> None:
    data = b"".join(map(packed, messages))
    unpacker = Unpacker()
    pieces = [data[place : place + size] for place in range(0, len(data), size)]
    assert [message for piece in pieces for message in unpacker.feed(piece)] == messages


def test_writing_to_somebody_who_is_gone_is_no_fault() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    FrameSocket(ours).send_multipart([b"x" * 2**20])
