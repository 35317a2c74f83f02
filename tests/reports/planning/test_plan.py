"""The plan: what is wrong with it is said in one line, before any kernel starts."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from adoption import tables
from adoption.countries.groups import all_groups
from adoption.errors import AdoptionError
from adoption.law.conventions import load_conventions
from adoption.paths import project_root
from adoption.reports.planning.plan import Page, check_page, check_pages, read_plan
from tests.reports.conftest import PARAMETERS, Project, code, parameters
from tests.test_notebooks import NOTEBOOKS

ONE = '[[page]]\nslug = "one"\nnotebook = "n"\n'
EACH = '[[page]]\nslug = "brief-{country}"\nnotebook = "n"\neach = { country = "members" }\n'


def refused(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
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
    ("text", "says"),
    [
        ("[[page]\n", ["reports.toml", "not valid TOML", "line 1"]),
        ("", ["reports.toml", "[[page]]"]),
        ('[[pages]]\nslug = "a"\n', ["reports.toml", "[[page]]"]),
        ('[[page]]\nnotebook = "n"\n', ["page 1, slug", "required"]),
        (f'{ONE}[[page]]\nslug = "A page"\nnotebook = "n"\n', ["page 2, slug", "match"]),
        (ONE + ONE, ["page 2, slug", "'one' appears twice"]),
        (f"{ONE}colour = 1\n", ["page 1, colour", "not permitted"]),
        (f"{ONE}parameters = {{ country = [1] }}\n", ["page 1, parameters.country"]),
        ("page = [1]\n", ["[[page]]"]),
        (ONE.replace("one", "index"), ["page 1, slug", "index"]),
        (ONE.replace("one", "changes"), ["page 1, slug", "of every report's own"]),
        (f"{ONE}section = 3\n", ["page 1, section", "string"]),
        (f'{ONE}each = {{ country = "members" }}\n', ["page 1, slug", "lacks {country}"]),
        (EACH.replace("members", "membres"), ["page 1, each.country", "mean members?"]),
        (f"{EACH}colour = 1\n", ["page 1, colour", "not permitted"]),
        (f"{EACH}[[page]]\n", ["page 2, slug", "required"]),
        (EACH.replace('"members"', '["a b", "a-b"]'), ["page 1, slug", "'brief-a-b' appears tw"]),
    ],
)
def test_what_is_wrong_with_a_plan(tmp_path: Path, text: str, says: list[str]) -> None:
    line = refused(tmp_path / "reports.toml", text)
    assert line.startswith("reports.toml: ")
    assert [part for part in says if part not in line] == []


def test_a_day_of_toml_is_the_text_that_a_notebook_takes(tmp_path: Path) -> None:
    path = tmp_path / "reports.toml"
    path.write_text(f"{ONE}parameters = {{ as_of = 2025-10-25 }}\n", encoding="utf-8")
    assert read_plan(path)[0].parameters == {"as_of": "2025-10-25"}


# Entries that stand for many pages

STATES = """
[[page]]
slug = "brief-{country}"
notebook = "brief"
section = "States"
parameters = { edition = 2024 }
each = { country = ["QAT", "OMN"] }

[[page]]
slug = "front"
notebook = "brief"
parameters = { country = "OMN" }
"""
QAT = Page(
    slug="brief-qat",
    notebook="brief",
    parameters={"edition": 2024, "country": "QAT"},
    section="States",
)
FRONT = Page(slug="front", notebook="brief", parameters={"country": "OMN"}, also="States")


def test_a_page_that_is_written_out_comes_first_and_is_not_made_again(project: Project) -> None:
    project.write("brief", parameters())
    project.plan(STATES)
    assert read_plan(project.root / "reports.toml") == [FRONT, QAT]


def test_a_page_of_a_section_that_its_set_would_make_again_is_listed_once(project: Project) -> None:
    project.write("brief", parameters())
    project.plan(STATES.replace('slug = "front"', 'slug = "front"\nsection = "States"'))
    assert [(page.slug, page.also) for page in read_plan(project.root / "reports.toml")] == [
        ("front", ""),
        ("brief-qat", ""),
    ]


# Choosing pages


# Pages and their notebooks


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("breif", {}, ["no notebook 'breif'", "did you mean brief?"]),
        ("brief", {"contry": "QAT"}, ["no parameter 'contry'", "did you mean country?", "edition"]),
        ("brief", {"edition": "2024"}, ["edition: '2024' is not of type int"]),
        ("brief", {"edition": True}, ["edition: True is not of type int"]),
        ("brief", {"country": "QTR"}, ["country: 'QTR'", "did you mean QAT (Qatar)?"]),
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


def test_the_projects_own_plan_is_right() -> None:
    root = project_root()
    pages = read_plan(root / "reports.toml")
    named = {path.stem for path in NOTEBOOKS}
    assert {page.notebook for page in pages} == named - {"00_explore"}  # it is for JupyterLab
    checked = check_pages(pages, root / "notebooks")
    assert list(checked) == [page.slug for page in pages]
    assert all(page.parameters.items() <= checked[page.slug].items() for page in pages)
    states, memberships = tables.read("states"), tables.read("memberships")
    listed = Counter(page.also or page.section for page in pages)
    assert {name: count for name, count in listed.items() if name} == {
        "Conventions": 4 * len(load_conventions()),
        "Groups": len(all_groups(states, memberships)),
        "States and organisations": len(states),
    }


def test_a_plan_is_read_without_what_runs_and_renders_it() -> None:
    heavy = "papermill", "nbformat", "nbconvert", "plotly", "jinja2", "sklearn", "statsmodels"
    script = (
        f"import sys, adoption.reports.planning.selection; print({{*sys.modules}} & {{*{heavy}}})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")
