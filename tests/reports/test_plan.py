"""The plan: what is wrong with it is said in one line, before any kernel starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports.plan import Page, check_page, choose, notebook_parameters, read_plan
from tests.reports.conftest import PARAMETERS, Project, code, parameters

if TYPE_CHECKING:
    from pathlib import Path

ONE = '[[page]]\nslug = "one"\nnotebook = "n"\n'


def refused(path: Path, plan: str) -> str:
    path.write_text(plan, encoding="utf-8")
    with pytest.raises(AdoptionError) as caught:
        read_plan(path)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "reports.toml"
    path.write_text(f'{ONE}parameters = {{ country = "QAT", edition = 2024 }}\n' + ONE.replace(
        "one", "two-2"), encoding="utf-8")  # fmt: skip
    assert read_plan(path) == [
        Page(slug="one", notebook="n", parameters={"country": "QAT", "edition": 2024}),
        Page(slug="two-2", notebook="n"),
    ]


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("[[page]\n", ["reports.toml", "not valid TOML", "line 1"]),
        ("", ["reports.toml", "[[page]]"]),
        ('[[pages]]\nslug = "a"\n', ["reports.toml", "[[page]]"]),
        ('[[page]]\nnotebook = "n"\n', ["page 1, slug", "required"]),
        ('[[page]]\nslug = "a"\n', ["page 1, notebook", "required"]),
        (f'{ONE}[[page]]\nslug = "A page"\nnotebook = "n"\n', ["page 2, slug", "match"]),
        ('[[page]]\nslug = "../up"\nnotebook = "n"\n', ["page 1, slug", "match"]),
        ('[[page]]\nslug = "a-"\nnotebook = "n"\n', ["page 1, slug", "match"]),
        ('[[page]]\nslug = ""\nnotebook = "n"\n', ["page 1, slug", "match"]),
        (ONE + ONE, ["page 2, slug", "'one' appears twice"]),
        (f"{ONE}colour = 1\n", ["page 1, colour", "not permitted"]),
        (f"{ONE}parameters = 3\n", ["page 1, parameters", "dictionary"]),
        (f"{ONE}parameters = {{ country = [1] }}\n", ["page 1, parameters.country"]),
        ('[page]\nslug = "a"\nnotebook = "n"\n', ["[[page]]"]),
        ("page = 3\n", ["[[page]]"]),
        ('page = "one"\n', ["[[page]]"]),
        ("page = [1]\n", ["[[page]]"]),
        (ONE.replace("one", "index"), ["page 1, slug", "index"]),
    ],
)
def test_what_is_wrong_with_a_plan(tmp_path: Path, plan: str, says: list[str]) -> None:
    line = refused(tmp_path / "reports.toml", plan)
    assert line.startswith("reports.toml: ")
    assert [part for part in says if part not in line] == []


def test_a_plan_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "reports.toml"
    path.write_bytes(b"# \xff\n")
    with pytest.raises(AdoptionError, match=r"^reports\.toml: not UTF-8"):
        read_plan(path)


def test_a_day_of_toml_is_the_text_that_a_notebook_takes(tmp_path: Path) -> None:
    path = tmp_path / "reports.toml"
    path.write_text(f"{ONE}parameters = {{ as_of = 2025-10-25 }}\n", encoding="utf-8")
    assert read_plan(path)[0].parameters == {"as_of": "2025-10-25"}


def test_no_plan(tmp_path: Path) -> None:
    with pytest.raises(AdoptionError, match=r"^reports\.toml: missing$"):
        read_plan(tmp_path / "reports.toml")


# Choosing pages

PAGES = [Page(slug=slug, notebook="n") for slug in ("status-map", "timeline", "brief-qat")]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (None, ["status-map", "timeline", "brief-qat"]),
        ([], ["status-map", "timeline", "brief-qat"]),
        (["timeline"], ["timeline"]),
        (["brief-qat", "status-map"], ["status-map", "brief-qat"]),
        (["timeline", "timeline"], ["timeline"]),
    ],
)
def test_pages_are_chosen_in_the_order_of_the_plan(
    only: list[str] | None, expected: list[str]
) -> None:
    assert [page.slug for page in choose(PAGES, only)] == expected


def test_a_page_that_is_not_in_the_plan() -> None:
    with pytest.raises(AdoptionError, match=r"^no page 'time-line'; did you mean timeline\?$"):
        choose(PAGES, ["status-map", "time-line"])


# Pages and their notebooks


def test_the_values_of_a_page_are_the_notebooks_with_what_differs(project: Project) -> None:
    project.write("brief", parameters(), code("country"))
    folder = project.root / "notebooks"
    page = Page(slug="a", notebook="brief", parameters={"country": "OMN"})
    assert check_page(page, folder) == {"country": "OMN", "edition": 2024}
    assert notebook_parameters(folder / "brief.ipynb") == {"country": "QAT", "edition": 2024}


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("breif", {}, ["no notebook 'breif'", "did you mean brief?"]),
        ("brief", {"contry": "QAT"}, ["no parameter 'contry'", "did you mean country?", "edition"]),
        ("brief", {"country": 1}, ["country: 1 is not of type str"]),
        ("brief", {"edition": "2024"}, ["edition: '2024' is not of type int"]),
        ("brief", {"edition": True}, ["edition: True is not of type int"]),
        ("brief", {"edition": 2024.0}, ["edition: 2024.0 is not of type int"]),
        ("brief", {"country": "QTR"}, ["country: 'QTR'", "did you mean QAT (Qatar)?"]),
        ("brief", {"edition": 2022}, ["edition: 2022", "2020, 2024"]),
    ],
)
def test_what_is_wrong_with_a_page(
    project: Project, name: str, given: dict[str, str | int | float | bool], says: list[str]
) -> None:
    project.write("brief", parameters(PARAMETERS), code("country"))
    project.write("other", parameters())
    page = Page(slug="a-page", notebook=name, parameters=given)
    with pytest.raises(AdoptionError) as caught:
        check_page(page, project.root / "notebooks")
    line = str(caught.value)
    assert line.startswith("page a-page: ")
    assert len(line.splitlines()) == 1
    assert [part for part in says if part not in line] == []


def test_a_parameter_that_is_no_plain_value(project: Project) -> None:
    project.write("brief", parameters("edition: int = int(2024)  # of the index"))
    with pytest.raises(AdoptionError, match=r"^brief\.ipynb: parameter edition: int\(2024\) "):
        notebook_parameters(project.root / "notebooks" / "brief.ipynb")


def test_the_projects_own_plan_is_right() -> None:
    root = project_root()
    pages = read_plan(root / "reports.toml")
    named = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    assert {page.notebook for page in pages} == named - {"00_explore"}  # it is for JupyterLab
    for page in pages:
        values = check_page(page, root / "notebooks")
        assert page.parameters.items() <= values.items()
