"""Talking to a kernel: replies and outputs apart, and no more than there is room for."""

from __future__ import annotations

import asyncio
import socket

from jupyter_client.session import Session

from adoption.engine.client import KernelClient
from adoption.engine.frames import KEY, FrameSocket, as_zmq


def test_replies_and_outputs_are_kept_apart() -> None:
    async def go() -> None:
        ours, theirs = socket.socketpair()
        client, kernel = KernelClient(ours), as_zmq(FrameSocket(theirs))
        client.start_channels()
        session = Session(key=KEY)
        session.send(kernel, "stream", {"name": "stdout", "text": "x"}, ident=b"topic")
        session.send(kernel, "execute_reply", {"status": "ok"})
        assert (await client.shell_channel.get_msg(1))["content"] == {"status": "ok"}
        assert (await client.iopub_channel.get_msg(1))["content"]["text"] == "x"
        assert await client.is_alive()
        theirs.close()
        while await client.is_alive():
            await asyncio.sleep(0.01)
        ours.close()

    asyncio.run(go())


def test_more_than_there_is_room_for_is_given_up() -> None:
    async def go() -> None:
        ours, theirs = socket.socketpair()
        client = KernelClient(ours, most=1000)
        client.start_channels()
        theirs.sendall(b"x" * 1001)
        while await client.is_alive():
            await asyncio.sleep(0.01)
        assert client.too_much
        theirs.close()
        ours.close()

    asyncio.run(go())
