"""Eighteen weeks of operation, up to entry into force, with faults in five of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.refresh.publisher_server import Publisher
from tests.refresh.year import make_project, weeks


@pytest.mark.slow
def test_weeks_of_operation(tmp_path: Path, publisher: Publisher) -> None:
    make_project(tmp_path)
    lived = list(weeks(tmp_path, publisher))
    status = {week.number: week.status for week in lived if week.status}
    assert status == {3: 4, 6: 4, 9: 3, 12: 3, 15: 3}
    quiet = [week for week in lived if week.number and not week.summary]
    assert not [week for week in quiet if week.pages and week.day.day > 14], "a new month at most"
    summaries = [week.summary for week in lived]
    assert any("enters into force on 27 March 2027" in text for text in summaries)
    assert any("closed for signature" in text for text in summaries)
    assert any("is in force" in text for text in summaries)
    assert max(week.age for week in lived) == 7
