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
from adoption.reports.planning import plan
from adoption.reports.planning.parameters_cell import notebook_parameters
from adoption.reports.planning.plan import Page, check_page, check_pages, choose, read_plan
from tests.reports.conftest import PARAMETERS, Project, code, parameters

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
        (ONE.replace("one", "changes"), ["page 1, slug", "of every report's own"]),
        (ONE.replace("one", "one-failed"), ["page 1, slug", "shows a failure"]),
        (f"{ONE}section = 3\n", ["page 1, section", "string"]),
        (f'{ONE}each = {{ country = "members" }}\n', ["page 1, slug", "lacks {country}"]),
        (EACH.replace("members", "membres"), ["page 1, each.country", "mean members?"]),
        (EACH.replace('slug = "brief-{country}"\n', ""), ["page 1, slug", "required"]),
        (EACH.replace('notebook = "n"\n', ""), ["page 1, notebook", "required"]),
        (f"{EACH}parameters = 3\n", ["page 1, parameters", "dictionary"]),
        (f"{EACH}colour = 1\n", ["page 1, colour", "not permitted"]),
        (f"{EACH}[[page]]\n", ["page 2, slug", "required"]),
        (EACH.replace('"members"', '["a b", "a-b"]'), ["page 1, slug", "'brief-a-b' appears tw"]),
        (EACH.replace("brief-{country}", "{country}.html"), ["page 1, slug", "match"]),
        (EACH + ONE.replace("one", "brief-omn"), ["page 1, slug", "'brief-omn' appears twice"]),
    ],
)
def test_what_is_wrong_with_a_plan(tmp_path: Path, text: str, says: list[str]) -> None:
    line = refused(tmp_path / "reports.toml", text)
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


def test_values_are_those_that_the_notebook_would_have(project: Project) -> None:
    project.write("brief", parameters(PARAMETERS.replace("QAT", "OMN")))
    project.plan(STATES.replace('parameters = { country = "OMN" }', ""))
    assert read_plan(project.root / "reports.toml") == [
        FRONT.model_copy(update={"parameters": {}}),
        QAT,
    ]
    project.write("brief", parameters(PARAMETERS.replace("2024", "2020")))
    assert [page.slug for page in read_plan(project.root / "reports.toml")] == [
        "front", "brief-qat", "brief-omn",
    ]  # fmt: skip


def test_a_group_by_a_name_of_it_is_that_group(project: Project) -> None:
    project.write("brief", parameters('group: str = "gcc"  # a group'))
    project.plan("""
[[page]]
slug = "arabs"
notebook = "brief"
parameters = { group = "Arab League" }

[[page]]
slug = "brief-{group}"
notebook = "brief"
section = "Groups"
each = { group = ["gcc", "league-of-arab-states"] }
""")
    found = read_plan(project.root / "reports.toml")
    assert [(page.slug, page.section, page.also) for page in found] == [
        ("arabs", "", "Groups"),
        ("brief-gcc", "Groups", ""),
    ]


def test_a_page_of_a_section_that_its_set_would_make_again_is_listed_once(project: Project) -> None:
    project.write("brief", parameters())
    project.plan(STATES.replace('slug = "front"', 'slug = "front"\nsection = "States"'))
    assert [(page.slug, page.also) for page in read_plan(project.root / "reports.toml")] == [
        ("front", ""),
        ("brief-qat", ""),
    ]


def test_a_set_without_its_notebook_is_expanded_and_refused_when_checked(project: Project) -> None:
    project.plan(STATES)
    pages = read_plan(project.root / "reports.toml")
    assert [page.slug for page in pages] == ["front", "brief-qat", "brief-omn"]
    with pytest.raises(AdoptionError, match=r"^page front: no notebook 'brief'"):
        check_pages(pages, project.root / "notebooks")


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


def test_pages_are_checked_together_and_each_notebook_is_read_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("brief", parameters(), code("country"))
    reads: list[str] = []

    def read(path: Path) -> dict[str, object]:
        reads.append(path.stem)
        return notebook_parameters(path)

    monkeypatch.setattr(plan, "notebook_parameters", read)
    pages = [Page(slug=iso3.lower(), notebook="brief", parameters={"country": iso3})
             for iso3 in ("QAT", "OMN", "QTR")]  # fmt: skip
    folder = project.root / "notebooks"
    assert check_pages(pages[:2], folder) == {
        "qat": {"country": "QAT", "edition": 2024},
        "omn": {"country": "OMN", "edition": 2024},
    }
    assert reads == ["brief"]
    with pytest.raises(AdoptionError, match=r"^page qtr: country: 'QTR' is not"):
        check_pages(pages, folder)


def test_the_projects_own_plan_is_right() -> None:
    root = project_root()
    pages = read_plan(root / "reports.toml")
    named = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    assert {page.notebook for page in pages} == named - {"00_explore"}  # it is for JupyterLab
    checked = check_pages(pages, root / "notebooks")
    assert list(checked) == [page.slug for page in pages]
    assert all(page.parameters.items() <= checked[page.slug].items() for page in pages)


def test_the_projects_own_plan_has_every_convention_group_and_participant() -> None:
    root = project_root()
    pages = read_plan(root / "reports.toml")
    states, memberships = tables.read("states"), tables.read("memberships")
    listed = Counter(page.also or page.section for page in pages)
    conventions, groups = load_conventions(), all_groups(states, memberships)
    of_each = {
        "Conventions": 4 * len(conventions),
        "Groups": len(groups),
        "States and organisations": len(states),
    }
    assert {name: listed[name] for name in listed if name} == of_each
    front = [page.slug for page in pages if not page.section]
    assert front == [page.slug for page in pages[: len(front)]]
    assert [page.slug for page in pages if page.also and page.section] == []
    assert "brief-qat" in front


def test_a_plan_is_read_without_what_runs_and_renders_it() -> None:
    heavy = "papermill", "nbformat", "nbconvert", "plotly", "jinja2", "sklearn", "statsmodels"
    script = (
        f"import sys, adoption.reports.planning.selection; print({{*sys.modules}} & {{*{heavy}}})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")
