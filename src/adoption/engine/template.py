"""The template process: imports once, then forks whatever it is asked for.

    python -m adoption.engine.template SOCKET

It has one thread and never runs a loop, a kernel or a notebook itself, so what it forks
starts clean. Requests and answers are lines of JSON over a Unix socket; with a request comes
the socket on which the new process is to talk to whoever asked for it.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import resource
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adoption.engine import isolation

MOST_FILES = 1
MESSAGE = 2**20


@dataclass
class Connection:
    """Somebody who asks for processes, and the processes made for it."""

    sock: socket.socket
    pids: set[int] = field(default_factory=set)
    unread: bytes = b""
    files: list[int] = field(default_factory=list)  # come with the first byte of a request

    def tell(self, **facts: Any) -> None:
        """Answer; whoever asked may be gone, which the next read will show."""
        with suppress(OSError):
            self.sock.sendall(json.dumps(facts).encode() + b"\n")


class Template:
    """Forks processes on request, tells how they ended, and leaves none behind."""

    def __init__(
        self,
        root: socket.socket,
        targets: dict[str, Callable[..., None]],
        share: Callable[[Any], None],
    ) -> None:
        self._targets, self._share = targets, share
        self._root = Connection(root)
        self._connections = {root.fileno(): self._root}
        self._selector = selectors.DefaultSelector()
        self._wake, woken = socket.socketpair()
        for sock in (self._wake, woken):
            sock.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        self._woken = woken
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._selector.register(root, selectors.EVENT_READ)

    def serve(self) -> None:
        """Serve until the first connection is closed; then end everything."""
        self._root.tell(ready=os.getpid())
        while self._root.sock.fileno() in self._connections:
            for key, _ in self._selector.select():
                if key.fileobj is self._wake:
                    with suppress(BlockingIOError):
                        self._wake.recv(MESSAGE)
                    self._reap()
                else:
                    self._hear(self._connections[key.fd])
        self._end_everything()

    def _hear(self, connection: Connection) -> None:
        try:
            data, files, _, _ = socket.recv_fds(connection.sock, MESSAGE, MOST_FILES)
        except OSError:
            data, files = b"", []
        if not data:
            self._forget(connection)
            return
        connection.files += files
        *lines, connection.unread = (connection.unread + data).split(b"\n")
        for line in lines:
            request = json.loads(line)
            if "end" in request:
                _kill(int(request["end"]))
            elif "share" in request:
                self._prepare(connection, request["share"])
            else:
                self._fork(connection, request)

    def _prepare(self, connection: Connection, questions: Any) -> None:
        """Work out what many children will ask; if that fails, each finds out for itself."""
        with suppress(Exception):
            self._share(questions)
        gc.collect()
        gc.freeze()  # what is shared stays shared: collections in children do not touch it
        connection.tell(shared=True)

    def _forget(self, connection: Connection) -> None:
        self._end_all(connection)
        self._selector.unregister(connection.sock)
        del self._connections[connection.sock.fileno()]
        connection.sock.close()

    def _end_all(self, connection: Connection) -> None:
        for pid in connection.pids:
            _kill(pid)

    def _reap(self) -> None:
        for connection in list(self._connections.values()):
            for pid in list(connection.pids):
                if how := _reaped(pid):
                    connection.pids.discard(pid)
                    code, used = os.waitstatus_to_exitcode(how[0]), how[1]
                    connection.tell(ended=pid, code=code, memory=used.ru_maxrss * 1024)
        if not any(connection.pids for connection in self._connections.values()):
            self._end_orphans()

    def _end_everything(self) -> None:
        """End every child, and what comes to us as its parents end, until there is none."""
        for connection in list(self._connections.values()):
            self._end_all(connection)
        with suppress(ChildProcessError):
            while True:
                for pid in _children():
                    _kill(pid)
                os.waitpid(-1, 0)

    def _end_orphans(self) -> None:
        """End what notebooks that are over started and moved out of their group (Linux)."""
        for pid in _children():
            os.kill(pid, signal.SIGKILL)  # ours until we wait for it
            os.waitpid(pid, 0)

    def _fork(self, connection: Connection, request: dict[str, Any]) -> None:
        """Fork a process, or tell why there is none: the next one may well be possible."""
        if not connection.files:  # one came with the request, but could not be taken
            connection.tell(refused=os.strerror(errno.EMFILE))
            return
        given, parent, pair = connection.files.pop(0), os.getpid(), list[socket.socket]()
        try:
            pair += socket.socketpair()
            pid = os.fork()
        except OSError as error:
            os.close(given)
            for sock in pair:
                sock.close()
            connection.tell(refused=error.strerror)
            return
        ours, theirs = pair
        if pid == 0:
            _become(parent, request, given, theirs, self._targets)
        os.close(given)
        theirs.close()
        connection.pids.add(pid)
        if request.get("asks"):
            self._connections[ours.fileno()] = Connection(ours)
            self._selector.register(ours, selectors.EVENT_READ)
        else:
            ours.close()
        connection.tell(pid=pid)


def _become(
    parent: int,
    request: dict[str, Any],
    given: int,
    asking: socket.socket,
    targets: dict[str, Callable[..., None]],
) -> None:
    """Be the process that was asked for, and end with it."""
    code, complaints = 1, os.dup(2)
    try:
        isolation.end_with_parent(parent)
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the kernel takes it up for each cell
        isolation.close_others({given, asking.fileno(), complaints})
        isolation.take_environment(request["environment"], request["folder"])
        isolation.draw_new_seeds()
        sockets = [socket.socket(fileno=given)]
        if request.get("asks"):
            sockets.append(asking)
        else:
            asking.close()
            isolation.be_expendable()
            isolation.be_silent()
        if request.get("memory"):
            isolation.limit_memory(request["memory"])
        targets[request["fork"]](*sockets)
        code = 0
    except BaseException:
        os.write(complaints, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _children() -> list[int]:
    """Return this process's children, adopted ones too (Linux)."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def _reaped(pid: int) -> tuple[int, resource.struct_rusage] | None:
    """End what a child that has ended left in its group; return its status and what it used."""
    if hasattr(os, "waitid"):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return None
        _kill(pid)  # before it is reaped: until then nobody else can have its number
    ended, status, used = os.wait4(pid, os.WNOHANG)
    return (status, used) if ended else None


def _kill(pid: int) -> None:
    """End a process with its group."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def main() -> None:
    """Import and warm what notebooks need, and serve."""
    from adoption.engine.warm import share, targets, warm

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides when it ends
    root = socket.socket(fileno=int(sys.argv[1]))
    isolation.adopt_orphans()
    warm()
    gc.collect()
    gc.freeze()
    Template(root, targets(), share).serve()


if __name__ == "__main__":
    main()
