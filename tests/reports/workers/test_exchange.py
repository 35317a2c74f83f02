"""A folder that two machines see, or do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from adoption.reports.published.runs import TIME
from adoption.reports.workers.exchange import COMING, Exchange, exchange


def test_what_is_left_is_fetched_once_and_nothing_stays(tmp_path: Path) -> None:
    with exchange(f"file://{tmp_path}/new") as place:
        assert place is not None
        other = Exchange(place.address, place.sign)
        assert other.leave({"a.html": b"page", "a.ipynb": b"{}"})
        assert place.fetch("a.html") == b"page"
        assert place.fetch("a.html") is None
    assert not list((tmp_path / "new").iterdir())


def test_who_does_not_see_the_folder_leaves_nothing(tmp_path: Path) -> None:
    with exchange(f"file://{tmp_path}") as place:
        assert place is not None
        assert not Exchange(place.address, "another").leave({"a.html": b"page"})
        assert not Exchange(f"{place.address}-not", place.sign).leave({"a.html": b"page"})
        assert not Exchange("nothing://there", place.sign).leave({"a.html": b"page"})
        assert place.fetch("a.html") is None


def test_no_address_and_one_that_cannot_be_written_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for address in (None, f"file://{tmp_path}/file/below", "nothing://there"):
        with exchange(address) as place:
            assert place is None


def test_what_killed_runs_left_goes_after_a_day(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    names = [f"{COMING}{now - timedelta(hours=hours):{TIME}}-0000" for hours in (1, 23, 25, 900)]
    for name in (*names, "runs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    with exchange(f"file://{tmp_path}"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"runs", *names[:2]}
