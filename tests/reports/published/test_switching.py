"""Where `latest` leads, before and after a step that fails."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from adoption.reports.published.runs import latest_run
from adoption.reports.published.switching import lead_to, switch_in
from tests.reports.publishing import publish, runs


def silent(line: str) -> None:
    pytest.fail(f"nothing is to be said: {line}")


@pytest.mark.parametrize("step", ["symlink_to", "replace"])
def test_a_step_that_fails_leaves_latest_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first, second = (publish(tmp_path, {"a": words}) for words in ("first", "second"))
    building = tmp_path / "runs" / ".building-1"
    building.mkdir()

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, refuse)
        with pytest.raises(OSError, match="No space left"):
            lead_to(first, tmp_path, silent)
        with pytest.raises(OSError, match="No space left"):
            switch_in(building, tmp_path, "20991231T235959Z-00000000", silent)
    assert latest_run(tmp_path) == second
    assert set(runs(tmp_path)) <= {first.name, second.name, building.name}
    assert not list(tmp_path.glob(".latest-*"))
