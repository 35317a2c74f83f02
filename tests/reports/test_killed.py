"""Killed at any moment: the latest report is whole, and the next run works."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.killing import killed_before, preloaded, run
from tests.reports.publishing import assert_tidy, assert_whole, publish_numbered

if not hasattr(os, "fork"):
    pytest.skip("processes are not killed so on this system", allow_module_level=True)
preloaded(__name__)


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


@pytest.mark.slow
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
