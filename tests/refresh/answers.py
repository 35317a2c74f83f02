"""What a publisher may answer: the bytes of HTTP, because no library would send what is wrong."""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping
from email.utils import formatdate

from tests.refresh.publisher_server import LIVES, Answer, Exchange

PHRASES = {200: "OK", 304: "Not Modified", 404: "Not Found", 429: "Too Many Requests"}


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Return the head of an answer."""
    lines = [f"HTTP/1.1 {status} {PHRASES.get(status, 'Said So')}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def page(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    """Answer as one should; `last_modified` becomes the header last-modified."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named = {"date": formatdate(usegmt=True)} | named
    return raw(head(status, {"Content-Length": str(len(body)), **named}) + body)


def raw(data: bytes, rest: float = 0) -> Answer:
    """Answer with just these bytes, and close after some time."""

    def answer(exchange: Exchange) -> None:
        exchange.send(data)
        exchange.rest(rest)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return page(b"moved", status, Location=to)


def silent(seconds: float = LIVES) -> Answer:
    """Answer nothing for some time, then break off."""
    return lambda exchange: exchange.rest(seconds)


def stalled(body: bytes, sent: int, seconds: float = LIVES) -> Answer:
    """Send a part of a body, then nothing."""

    def answer(exchange: Exchange) -> None:
        exchange.send(head(200, {"Content-Length": str(len(body))}) + body[:sent])
        exchange.rest(seconds)

    return answer


def dripping(gap: float, before: bytes = b"", announced: int = 10_000) -> Answer:
    """Send one byte now and then: of the body after a head, or of the head `before`."""

    def answer(exchange: Exchange) -> None:
        exchange.send(before or head(200, {"Content-Length": str(announced)}))
        while True:
            exchange.send(b"x")
            exchange.rest(gap)

    return answer


def announcing(length: int | str, body: bytes, **headers: str) -> Answer:
    """Announce one length and send a body of another."""
    return raw(head(200, {"Content-Length": str(length), **headers}) + body)


def chunked(body: bytes, *, ends: bool = True) -> Answer:
    """Send a body in parts, without announcing its length."""
    parts = (body[at : at + 1000] for at in range(0, len(body), 1000))
    data = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)
    return raw(head(200, {"Transfer-Encoding": "chunked"}) + data + b"0\r\n\r\n" * ends)


def endless() -> Answer:
    """Send a body without end, as fast as it is read."""

    def answer(exchange: Exchange) -> None:
        exchange.send(head(200, {"Transfer-Encoding": "chunked"}))
        while not exchange.publisher.stopped.is_set():
            exchange.send(b"10000\r\n" + bytes(65_536) + b"\r\n")

    return answer


def reset(exchange: Exchange) -> None:
    """Break the connection so that the other side is told."""
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.connection.close()
