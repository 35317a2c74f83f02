"""Talking to a kernel: replies and outputs apart, and no more than there is room for."""

from __future__ import annotations

import asyncio
import queue
import socket

import pytest
from jupyter_client.session import Session

from adoption.engine.client import Channel, KernelClient
from adoption.engine.frames import KEY, FrameSocket, as_zmq


def test_a_channel_gives_messages_in_order_and_does_not_wait_for_ever() -> None:
    async def go() -> None:
        channel = Channel()
        for number in range(2):
            channel.put({"number": number})
        assert [(await channel.get_msg())["number"] for _ in range(2)] == [0, 1]
        with pytest.raises(queue.Empty):
            await channel.get_msg(timeout=0.01)

    asyncio.run(go())


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
