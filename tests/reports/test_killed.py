"""Killed or without room at any moment: the latest report is whole, and the next run works."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from tests.killing import preloaded, run
from tests.reports.publishing import assert_tidy, assert_whole, publish_numbered

if not hasattr(os, "fork"):
    pytest.skip("processes are not killed so on this system", allow_module_level=True)
preloaded(__name__)


@pytest.mark.parametrize("earlier", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_killed_before_each_step_of_a_publication(tmp_path: Path, earlier: bool) -> None:
    step, switched, changes = 0, 0, None
    while changes is None:
        step += 1
        output = tmp_path / str(step)
        output.mkdir()
        if earlier:
            publish_numbered(output, 5)
        before = assert_whole(output)
        # It keeps no earlier run.
        changes = run(output, publish_numbered, output, 6, dies_before=step)
        after = assert_whole(output)
        assert after is not None or not earlier
        switched += after != before
        publish_numbered(output, 7)
        assert_whole(output)
        assert_tidy(output)
    assert step - 1 == changes > 20
    assert switched > earlier, "some kills came after the switch"


def publish_in_little_room(output: Path, largest: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    publish_numbered(output, 6)


@pytest.mark.parametrize("largest", [10, 2000], ids=["a page", "the manifest"])
def test_without_room_on_the_disk_the_last_report_stays(tmp_path: Path, largest: int) -> None:
    publish_numbered(tmp_path, 5)
    before = assert_whole(tmp_path)
    message = run(tmp_path, publish_in_little_room, tmp_path, largest)
    assert re.fullmatch(rf"{tmp_path}.*: cannot be written: File too large", message)
    assert assert_whole(tmp_path) == before
    assert_tidy(tmp_path)
