"""A list that has only the newest of two terms: the first is neither lost nor corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adoption.data.readers.listed import ListedAct
from tests.refresh.life import Depositary, Project
from tests.refresh.test_bound_again import (
    AGAIN,
    BOTH,
    FIRST,
    WITHDRAWAL,
    acts_of_kenya,
    given,
    write_down,
)

pytestmark = pytest.mark.slow


def test_a_list_that_leaves_out_the_first_term_is_looked_at_and_nothing_is_lost(
    project: Project, depositary: Depositary, tmp_path: Path
) -> None:
    file = tmp_path / "saved.xml"
    given(project, depositary, file, "2026-12-01", 2)
    depositary.acts.append(FIRST)
    given(project, depositary, file, "2026-12-08", 3)
    depositary.change(FIRST, AGAIN)
    write_down(project, WITHDRAWAL)
    refused = given(project, depositary, file, "2029-03-08", 3)
    assert (refused.status, acts_of_kenya(project)[:1]) == (3, BOTH[:1])
    assert "2026-12-02, of an earlier term, not in the list of" in refused.results[0].told
    accepted = project.refresh("2029-03-08", accept="the list has the newest only", by="A. Person")
    assert (accepted.status, accepted.summary) == (0, "1 accession and 1 withdrawal of Hanoi")
    assert acts_of_kenya(project) == BOTH
    later = given(project, depositary, file, "2029-03-16", 3)
    assert (later.status, later.summary, acts_of_kenya(project)) == (0, "", BOTH)
    depositary.acts.append(ListedAct("Peru", "accession", date(2029, 3, 18)))
    newer = given(project, depositary, file, "2029-03-22", 4)
    assert (newer.status, newer.summary) == (0, "1 accession of Hanoi")
    assert acts_of_kenya(project) == BOTH
