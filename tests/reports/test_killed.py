"""Killed at any moment: the latest report is whole, and the next run works."""

from __future__ import annotations

import os
import signal
import time
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from adoption.reports.published.publish import building
from tests.killing import killed_before, preloaded, run
from tests.reports.publishing import assert_tidy, assert_whole, make, publish_numbered, runs

if not hasattr(os, "fork"):
    pytest.skip("processes are not killed so on this system", allow_module_level=True)
PROCESSES = preloaded(__name__)


def test_killed_before_each_step_of_the_first_publication(tmp_path: Path) -> None:
    step, published = 0, 0
    while True:
        step += 1
        output = tmp_path / str(step)
        output.mkdir()
        ended = run(killed_before, step, publish_numbered, output, 1)
        published += assert_whole(output) is not None
        publish_numbered(output, 2)
        assert_whole(output)
        assert_tidy(output)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert step > 40
    assert published > 1, "some kills came after the switch"


def test_killed_before_each_step_of_a_later_publication(tmp_path: Path) -> None:
    step, published = 0, 0
    while True:
        step += 1
        publish_numbered(tmp_path, 6 * step - 1)
        before = assert_whole(tmp_path)
        assert_tidy(tmp_path)
        number = 6 * step  # one that keeps no earlier run
        ended = run(killed_before, step, publish_numbered, tmp_path, number)
        after = assert_whole(tmp_path)
        assert after is not None
        published += after != before
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert step > 60
    assert published > 2, "some kills came after the switch, when the earlier runs were removed"


# Two at once


def publish_some(output: Path, name: str, ends: Connection) -> None:
    """Publish five reports; say when each was at work."""
    spans: list[tuple[float, float]] = []
    said: list[str] = []
    for number in range(5):
        with building(output, keep=20, say=said.append) as report:
            began = time.monotonic()
            pages = {"a": make(report, "a", f"{name} {number}")}
            time.sleep(0.02)
            report.publish(pages)
            spans.append((began, time.monotonic()))
    ends.send((spans, said))


def test_two_processes_publish_one_after_the_other(tmp_path: Path) -> None:
    pairs = [PROCESSES.Pipe() for _ in range(2)]
    processes = [
        PROCESSES.Process(target=publish_some, args=(tmp_path, name, theirs), daemon=True)
        for name, (_, theirs) in zip("xy", pairs, strict=True)
    ]
    for process in processes:
        process.start()
    assert all(ours.poll(30) for ours, _ in pairs)
    told = [ours.recv() for ours, _ in pairs]
    for process in processes:
        process.join()
        assert process.exitcode == 0
    spans = sorted(span for spans, _ in told for span in spans)
    assert len(spans) == 10
    assert all(end < begin for (_, end), (begin, _) in pairwise(spans))
    assert len(runs(tmp_path)) == 10
    assert_whole(tmp_path)
    assert_tidy(tmp_path)
    lines = [line for _, said in told for line in said]
    assert lines, "one of them had to wait"
    assert all(line.endswith("; waiting") for line in lines)
