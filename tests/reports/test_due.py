"""Which pages are due, in which order, and what decides the parts that all share."""

from __future__ import annotations

from pathlib import Path

import pytest

from adoption.reports.inputs import NEWS, Digests, inputs_of, site_digest
from adoption.reports.plan import Page, Settings
from adoption.reports.publish import building
from adoption.reports.runs import LastRun, is_damaged, longest_first, read_last, reasons
from tests.reports.conftest import Project, code, parameters
from tests.reports.publishing import put, record

PAGE = Page(slug="one", notebook="n")
VALUES: dict[str, str | int | float | bool] = {"country": "QAT", "edition": 2024}


@pytest.fixture
def last(project: Project) -> LastRun:
    """The last run of a project: one page, made of the notebook as it is."""
    project.write("n", parameters(), code("1"))
    inputs = inputs_of("n", VALUES, ["data/reference/conventions.toml"], Digests(project.root))
    with building(project.root / "out") as run:
        put(run, "one.html", "a page")
        put(run, "notebooks/one.zip", "{}")
        run.publish({"one": record(notebook="n", inputs=inputs, seconds=3.0)})
    found = read_last(project.root / "out")
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["one.html", "notebooks/one.zip"])
def test_a_damaged_page_is_due(project: Project, last: LastRun, name: str) -> None:
    path = last.folder / name
    path.unlink()
    path.write_text("damaged", encoding="utf-8")
    found = read_last(project.root / "out")
    assert is_damaged("one", found)
    assert reasons(PAGE, VALUES, found, Digests(project.root)) == [
        "a file of it is missing or damaged"
    ]
    assert not is_damaged("two", found)
    assert not is_damaged("one", None)


def test_what_took_longest_is_begun_first_and_what_is_new_before_it(last: LastRun) -> None:
    pages = [Page(slug=slug, notebook="n") for slug in ("one", "new", "other")]
    assert [page.slug for page in longest_first(pages, last)] == ["new", "other", "one"]
    assert longest_first(pages, None) == pages


def test_the_shared_parts_depend_on_the_settings_and_on_what_tells_of_changes(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    one = site_digest([PAGE], Digests(tmp_path), Settings())
    assert one != site_digest([PAGE], Digests(tmp_path), Settings(stale_after=46))
    for name in NEWS:
        (tmp_path / name).write_text("news", encoding="utf-8")
        another = site_digest([PAGE], Digests(tmp_path), Settings())
        assert another != one
        one = another
