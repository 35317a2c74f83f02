"""Asking a template for children: how they end is told, and what fails is one line."""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
from pathlib import Path

import pytest

from adoption.engine import spawner as module
from adoption.engine.spawner import Spawner, TemplateError
from tests.engine.conftest import template_of


def test_a_child_that_is_killed_is_told_by_its_signal(spawner: Spawner, tmp_path: Path) -> None:
    child = spawner.fork("kernel", folder=str(tmp_path))
    spawner.kill(child)
    assert spawner.end(child, 10).code == -signal.SIGKILL


def test_children_end_in_any_order(spawner: Spawner, tmp_path: Path) -> None:
    first, second = (spawner.fork("kernel", folder=str(tmp_path)) for _ in range(2))
    os.kill(second.pid, signal.SIGKILL)
    assert spawner.end(first, 10).code == 0
    assert spawner.end(second, 10).code == -signal.SIGKILL


def test_a_template_that_ends_is_an_error_and_no_wait(tmp_path: Path) -> None:
    own = Spawner.start()
    assert not own.is_gone()
    os.kill(template_of(own), signal.SIGKILL)
    with pytest.raises(TemplateError, match="has ended"):
        own.fork("kernel", folder=str(tmp_path))
    assert own.is_gone(5)
    own.close()


def test_a_template_that_does_not_answer_is_an_error_and_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Spawner.start()
    pid = template_of(own)
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    monkeypatch.setattr(module, "LEAVE", 0.2)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(TemplateError, match="has not answered"):
        own.fork("kernel", folder=str(tmp_path))
    with pytest.raises(TemplateError, match="has not answered"):
        own.share([])
    own.close()
    assert own.is_gone()


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of another process is set")
def test_a_template_that_cannot_fork_now_says_so_and_lives(tmp_path: Path) -> None:
    own = Spawner.start()
    pid = template_of(own)
    limit = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    used = {int(path.name) for path in Path(f"/proc/{pid}/fd").iterdir()}
    free = [number for number in range(100) if number not in used]
    try:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (free[1], limit[1]))
        with pytest.raises(TemplateError, match="cannot fork: Too many open files"):
            own.fork("kernel", folder=str(tmp_path))
        resource.prlimit(pid, resource.RLIMIT_NOFILE, limit)
        assert own.end(own.fork("kernel", folder=str(tmp_path)), 10).code == 0
    finally:
        own.close()


def test_a_template_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "executable", "/bin/false")  # type: ignore[attr-defined]
    with pytest.raises(TemplateError, match="has ended"):
        Spawner.start()


def test_a_template_of_somebody_else_is_not_known_to_be_gone() -> None:
    ours, theirs = socket.socketpair()
    assert not Spawner(ours).is_gone()
    theirs.close()
    ours.close()
