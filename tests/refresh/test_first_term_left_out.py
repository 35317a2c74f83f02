"""A list that has only the newest of two terms: the first is neither lost nor corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.refresh.test_bound_again import (
    AGAIN,
    BOTH,
    FIRST,
    WITHDRAWAL,
    acts_of_kenya,
    given,
    write_down,
)  # fmt: skip

if TYPE_CHECKING:
    from pathlib import Path

    from tests.refresh.life import Depositary, Project

TERM = "hanoi,KEN,Kenya,accession,2026-12-02,,,confirmed,untc-xml,made up for this test\n"


def test_a_list_that_leaves_out_the_first_term_waits_until_it_is_written_down(
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
    assert "2026-12-02, but only 2029-03-01 in the list of 2029-03-08" in refused.results[0].told
    accepted = project.refresh("2029-03-08", accept="the newest will do", by="A. Person")
    assert (accepted.status, accepted.results[0].kind) == (3, "refused")
    write_down(project, TERM)
    taken = given(project, depositary, file, "2029-03-09", 3)
    assert (taken.status, taken.summary) == (0, "1 accession and 1 withdrawal of Hanoi")
    assert acts_of_kenya(project) == BOTH
    later = given(project, depositary, file, "2029-03-16", 3)
    assert (later.status, acts_of_kenya(project)) == (0, BOTH)
