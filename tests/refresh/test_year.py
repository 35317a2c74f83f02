"""A year of operation, beyond entry into force, with a fault in each fourth week."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.refresh.publisher_server import Publisher
from tests.refresh.year import make_project, weeks


@pytest.mark.slow
def test_a_year_of_operation(tmp_path: Path, publisher: Publisher) -> None:
    make_project(tmp_path)
    lived = list(weeks(tmp_path, publisher))
    status = {week.number: week.status for week in lived if week.status}
    unreachable = [week.fault in ("status 503", "maintenance") for week in lived if week.fault]
    assert list(status.values()) == [4 if alike else 3 for alike in unreachable]
    assert [week.number for week in lived if week.fault] == list(status) == list(range(3, 52, 4))
    quiet = [week for week in lived if week.pages and not week.summary]
    due_to = [(week.number, line) for week in quiet for line in week.due_to]
    others = [number for number, line in due_to if "month of the data" not in line]
    assert others == [32, 46], "in which Japan and Panama are bound"
    told = " ".join(week.summary for week in lived)
    for event in ("entry into force: on 27 March 2027", "closed for signature", "now in force"):
        assert event in told
    assert all("accession" in lived[number].summary for number in (18, 33))
    assert max(week.age for week in lived) == 7
