"""The plan: which pages it gives, which are chosen, and what is wrong with it in one line."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import papermill
import pytest

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.core.paths import project_root
from adoption.countries.groups import all_groups
from adoption.law.conventions import load_conventions
from adoption.press.parameters import (
    Parameter,
    cell_parameters,
    given_parameters,
    notebook_parameters,
)
from adoption.press.plan import Page, Plan, Settings, read_plan, read_settings
from adoption.site.project import PROJECT, choice_of, members, participants
from tests.conftest import starts
from tests.reports.conftest import PARAMETERS, Project, code, parameters, text
from tests.test_notebooks import NOTEBOOKS

CELL = 'country: str = "QAT"\nedition: int = 2024\nas_of: str = "latest"\nreports_true: float = 0.8'
ONE = '[[page]]\nslug = "one"\nnotebook = "n"\n'
OWN = 'country: str = "QAT"\nscale_points: int = 10\nweight: float = 0\ntitle = "x"'
EACH = '[[page]]\nslug = "brief-{country}"\nnotebook = "n"\neach = { country = "members" }\n'


def read(project: Project, text: str) -> list[Page]:
    project.write("n", parameters(CELL))
    project.plan(text)
    return read_plan(project.root / "reports.toml", PROJECT)


def test_a_page_has_the_values_of_the_plan_and_its_notebook(project: Project) -> None:
    given = 'parameters = { country = "Oman", as_of = 2025-10-25 }\n'
    own: dict[str, Any] = {
        "country": "QAT",
        "edition": 2024,
        "as_of": "latest",
        "reports_true": 0.8,
    }
    planned: dict[str, Any] = {"country": "OMN", "as_of": "2025-10-25"}
    assert read(project, ONE + given + ONE.replace("one", "two-2")) == [
        Page(slug="one", notebook="n", parameters=planned, values=own | planned),
        Page(slug="two-2", notebook="n", values=own),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[page]\n", ["not valid TOML", "line 1"]),
        ("", ["[[page]]"]),
        ('[[page]]\nnotebook = "n"\n', ["page 1, slug", "missing"]),
        (f'{ONE}[[page]]\nslug = "A page"\nnotebook = "n"\n', ["page 2, slug", "match"]),
        (ONE + ONE, ["page 2, slug", "'one' appears twice"]),
        (f"{ONE}sectoin = 1\n", ["page 1, sectoin", "unknown; did you mean section?"]),
        (ONE.replace("one", "index"), ["page 1, slug", "index"]),
        (ONE.replace("one", "a-failed"), ["page 1, slug", "shows a failure"]),
        (f'{ONE}each = {{ country = "members" }}\n', ["page 1, slug", "lacks {country}"]),
        (f"{ONE}each = {{ }}\n", ["page 1, each", "names a parameter and its values"]),
        (
            EACH.replace("members", "membres"),
            ["page 1, each.country: there is no set 'membres'; did you mean members?", "(all: mem"],
        ),
        (EACH.replace('"members"', "3"), ["each.country: 3 is neither the name of a set nor some"]),
        (EACH.replace('"members"', '["a", "--"]'), ["each.country: '--' gives no slug"]),
        (EACH.replace("{country}", "{contry}-{country}"), ["page 1, slug", "match"]),
        (f'{EACH}parameters = {{ country = "QAT" }}\n', ["stands under parameters as well"]),
    ],
)
def test_what_is_wrong_with_a_plan(project: Project, text: str, says: list[str]) -> None:
    with pytest.raises(AdoptionError) as caught:
        read(project, text)
    line = str(caught.value)
    assert line.startswith("reports.toml: ")
    assert [part for part in says if part not in line] == []


def test_values_of_a_set_are_made_fit_for_an_address(project: Project) -> None:
    pages = read(project, EACH.replace('"members"', """["Côte d'Ivoire", "Oman"]"""))
    days = EACH.replace("country", "as_of").replace('"members"', "[2026-01-01, 2025-10-25]")
    pages += read(project, days)
    assert [page.slug.removeprefix("brief-") for page in pages] == [
        "cote-d-ivoire",
        "oman",
        "2026-01-01",
        "2025-10-25",
    ]
    assert [page.values["country"] for page in pages] == ["CIV", "OMN", "QAT", "QAT"]


STATES = """
[[page]]
slug = "brief-{country}"
notebook = "brief"
section = "States"
parameters = { edition = 2024 }
each = { country = ["QAT", "Oman"] }

[[page]]
slug = "front"
notebook = "brief"
parameters = { country = "OMN" }
"""


@pytest.mark.parametrize(("section", "also"), [("", "States"), ("States", "")])
def test_a_page_that_is_written_out_goes_first(project: Project, section: str, also: str) -> None:
    project.write("brief", parameters())
    pages = read(project, f'{STATES}section = "{section}"\n')
    assert [(page.slug, page.section, page.also) for page in pages] == [
        ("front", section, also),
        ("brief-qat", "States", ""),
    ]


def test_the_sets_are_those_of_the_data_in_order_of_name() -> None:
    states, codes = tables.read("states").set_index("iso3"), members()
    assert {*codes} == {*states.index[states["un_member"]]}
    assert {*participants()} == {*states.index}
    names = states.loc[codes, "name"].tolist()
    assert names[0] == "Afghanistan"
    assert names.index("Costa Rica") < names.index("Côte d'Ivoire") < names.index("Croatia")


# The settings


def settings(project: Project, text: str) -> Settings:
    project.plan(text + ONE)
    return read_settings(project.root / "reports.toml")


def test_settings_are_those_of_the_plan_or_the_usual_ones(project: Project) -> None:
    site = "https://example.org/hanoi/"
    found = settings(project, f'stale_after = 30\nsite = "{site}"\n')
    nobody = {"authors": [], "owner": "", "contact": "", "moved": {}}
    limits = {"max_output_megabytes": 50, "max_memory_megabytes": 0}
    assert found.model_dump() == {"stale_after": 30, "site": site, **nobody, **limits}
    assert Settings(site=site[:-1]).site == site


@pytest.mark.parametrize(
    ("written_as", "line"),
    [
        ("stale_after = 0", "stale_after: 0 is not a number of days (whole, 1 or more)"),
        (
            'site = "example.org"',
            "site: 'example.org' is not the address of a folder on the web "
            "(as https://example.org/hanoi/)",
        ),
        (
            'site = "https://example.org/?a"',
            "site: 'https://example.org/?a' is not the "
            "address of a folder on the web (as https://example.org/hanoi/)",
        ),
        ("stale_afer = 1", "no setting 'stale_afer'; did you mean stale_after? (or else [[page]])"),
        ('moved = ["a"]', "moved: ['a'] is not slugs of pages, old and new"),
        ("pages = 45", "no setting 'pages'; did you mean page? (or else [[page]])"),
    ],
)
def test_what_is_no_setting_is_one_line(project: Project, written_as: str, line: str) -> None:
    with pytest.raises(AdoptionError) as caught:
        settings(project, f"{written_as}\n")
    assert str(caught.value) == f"reports.toml: {line}"


# Pages and their notebooks


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("breif", "", ["no notebook 'breif'", "did you mean brief?"]),
        ("brief", 'contry = "QAT"', ["brief has no parameter 'contry'", "did you mean country?"]),
        ("own", "scale_pints = 3", ["own has no parameter 'scale_pints'", "scale_points?", "all"]),
        ("own", "scale_points = 2.5", ["scale_points: 2.5 is not of type int"]),
        ("own", 'weight = "much"', ["weight: 'much' is not of type float"]),
        ("brief", 'edition = "2024"', ["edition: '2024' is not of type int"]),
        ("brief", "edition = [1]", ["edition: [1] is not of type int"]),
        ("brief", "edition = true", ["edition: True is not of type int"]),
        ("brief", 'country = "QTR"', ["country: 'QTR'", "did you mean QAT (Qatar)?"]),
        ("league", 'group = "fiji, Samoa"', ["group: there is no 'fiji, Samoa'"]),
    ],
)
def test_a_wrong_page(project: Project, name: str, given: str, says: list[str]) -> None:
    project.write("brief", parameters(PARAMETERS), code("country"))
    project.write("league", parameters('group: str = "gcc"'), code("group"))
    project.write("own", parameters(OWN), code("scale_points"))
    wrong = ONE.replace('"n"', f'"{name}"') + f"parameters = {{ {given} }}\n"
    project.plan(f'{wrong}[[page]]\nslug = "two"\nnotebook = "brief"\n')
    one, two = Plan.read(project.root, PROJECT).pages
    assert one.error.startswith("page one: ")
    assert [part for part in says if part not in one.error] == []
    assert (one.values, two.error, two.values) == ({}, "", {"country": "QAT", "edition": 2024})
    with pytest.raises(AdoptionError, match=starts(one.error)):
        Plan.read(project.root, PROJECT, choice_of(only=["one"]))


def test_parameters_are_given_as_to_papermill_in_files_and_on_the_command_line(
    project: Project, tmp_path: Path
) -> None:
    project.write("own", parameters(OWN), code("scale_points"))
    project.plan(ONE.replace('"n"', '"own"'))
    file = tmp_path / "given.yaml"
    file.write_text("scale_points: 7\ncountry: Oman\n", encoding="utf-8")
    given = given_parameters([file], [("scale_points", "9")])
    (page,) = Plan.read(project.root, PROJECT, choice_of(parameters=given)).pages
    assert page.parameters == {"scale_points": 9, "country": "OMN"}
    line = "a report of 1 page has no parameter 'scale_point'; did you mean scale_points"
    with pytest.raises(AdoptionError, match=starts(line)):
        Plan.read(project.root, PROJECT, choice_of(parameters={"scale_point": 1}))
    file.write_text("- scale_points\n", encoding="utf-8")
    with pytest.raises(AdoptionError, match="write name: value"):
        given_parameters([file], [])
    file.write_text("scale_points: [1\n", encoding="utf-8")
    with pytest.raises(AdoptionError, match="this is not YAML"):
        given_parameters([file], [])


def test_a_notebook_has_parameters_of_its_own(project: Project) -> None:
    project.write("own", parameters(OWN), code("scale_points"))
    own = ONE.replace('"n"', '"own"')
    project.plan(f'{own}parameters = {{ scale_points = 20, weight = 1, country = "Oman" }}\n')
    (page,) = Plan.read(project.root, PROJECT).pages
    given = {"country": "OMN", "scale_points": 20, "weight": 1.0}
    assert (page.error, page.values) == ("", given | {"title": "x"})
    assert type(page.values["weight"]) is float


@pytest.mark.parametrize(
    ("moved", "line"),
    [
        ('{ old = "tow" }', "moved: old: no page 'tow'; did you mean two?"),
        ('{ two = "one" }', "moved: 'two' is a page of the plan, or is not a slug"),
        ('{ "../a" = "one" }', "moved: '../a' is a page of the plan, or is not a slug"),
    ],
)
def test_an_old_address_leads_to_a_planned_page(project: Project, moved: str, line: str) -> None:
    project.write("n", parameters(PARAMETERS), code("country"))
    project.plan(f"moved = {moved}\n{ONE}{ONE.replace('one', 'two')}")
    with pytest.raises(AdoptionError, match=starts(line)):
        Plan.read(project.root, PROJECT)


def test_the_projects_own_plan_is_right() -> None:
    """Whatever pages and settings somebody has added to it."""
    pages = Plan.read(project_root(), PROJECT).pages
    moved = read_settings(project_root() / "reports.toml").moved
    assert moved["capacity-statistics"] == "capacity-and-adoption"
    ours = {path.stem for path in NOTEBOOKS} - {"00_explore"}  # it is for JupyterLab
    assert [page.error for page in pages if page.error and page.notebook in ours] == []
    assert ours <= {page.notebook for page in pages}
    states, memberships = tables.read("states"), tables.read("memberships")
    listed = Counter(page.also or page.section for page in pages if page.notebook in ours)
    least = {
        "Conventions": 4 * len(load_conventions()),
        "Groups": len(all_groups(states, memberships)),
        "States and organisations": len(states),
    }
    assert {name for name, count in least.items() if listed[name] < count} == set()


def test_a_plan_is_read_without_what_runs_and_renders_it() -> None:
    heavy = "papermill", "nbformat", "nbconvert", "plotly", "jinja2", "sklearn", "statsmodels"
    script = f"import sys, adoption.press.run; print({{*sys.modules}} & {{*{heavy}}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")


# What is chosen

OF = {
    "map": 'convention = "hanoi"\nas_of = "latest"',
    "map-budapest": 'convention = "CETS 185"\nas_of = "latest"',
    "brief-arabs": 'group = "Arab League"\nconvention = "hanoi"',
    "brief-gcc": 'group = "gcc"\nconvention = "hanoi"',
    "inner-gcc": 'group = "arab-league"\ninner = "gcc"\nconvention = "uncac"',
    "brief-qat": 'country = "QAT"\nconvention = "hanoi"\nas_of = "2026-01-01"',
    "brief-kor": 'country = "KOR"\nconvention = "uncac"',
    "capacity": "edition = 2024",
}


@pytest.fixture
def eight(project: Project) -> Project:
    for name, cell in OF.items():
        project.write(name, parameters(cell))
    project.plan("".join(f'[[page]]\nslug = "{name}"\nnotebook = "{name}"\n' for name in OF))
    return project


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, list(OF)),
        ({"only": ["capacity", "map"]}, ["map", "capacity"]),
        ({"countries": ["South Korea", "qatar"]}, ["brief-qat", "brief-kor"]),
        ({"countries": ["QAT"], "groups": ["GCC"]}, ["brief-gcc", "brief-qat"]),
        ({"conventions": ["XVIII-14", "CETS 185"]}, ["map-budapest", "inner-gcc", "brief-kor"]),
        ({"groups": ["arab-league"], "conventions": ["hanoi"]}, ["brief-arabs"]),
    ],
)
def test_each_choice_narrows(eight: Project, asked: dict[str, Any], expected: list[str]) -> None:
    plan = Plan.read(eight.root, PROJECT, choice_of(**asked))
    assert [page.slug for page in plan.pages if page.slug in plan.wanted] == expected


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            {"only": ["mup"]},
            "no page 'mup'; did you mean map? (allowed: a slug of the plan, --country",
        ),
        (
            {"countries": ["Quatar"]},
            "country: 'Quatar' is neither an ISO3 code nor a name of the table states; "
            "did you mean QAT (Qatar)?",
        ),
        ({"groups": ["gccc"]}, "group: there is no 'gccc'; did you mean gcc?"),
        ({"conventions": ["hanoy"]}, "convention: there is no 'hanoy' in the registry; did you"),
        ({"countries": ["QAT", "Oman"]}, "no page of 8 is about Oman: these are about QAT, KOR"),
        (
            {"countries": ["QAT"], "conventions": ["budapest"]},
            "no page of 1 is about budapest: these are about hanoi",
        ),
        (
            {"only": ["capacity"], "countries": ["QAT"]},
            "no page of 1 is about QAT: none of these has a country",
        ),
        (
            {"only": ["map-budapest"], "as_of": date(1999, 1, 1)},
            "page map-budapest: as_of: 1999-01-01 is out",
        ),
    ],
)
def test_a_wrong_choice_is_one_line(eight: Project, asked: dict[str, Any], line: str) -> None:
    with pytest.raises(AdoptionError, match=starts(line)):
        Plan.read(eight.root, PROJECT, choice_of(**asked))


def test_a_day_is_given_to_the_pages_that_take_one(eight: Project) -> None:
    pages = Plan.read(eight.root, PROJECT, choice_of(as_of=date(2026, 8, 1))).pages
    assert [page.slug for page in pages] == list(OF)
    with_day = [page.slug for page in pages if page.values.get("as_of") == "2026-08-01"]
    assert with_day == ["map", "map-budapest", "brief-qat"]
    assert [page.slug for page in pages if page.parameters] == with_day


# The parameters cell


def test_values_of_every_plain_kind_in_the_order_of_the_cell(project: Project) -> None:
    cell = (
        '"""What may be asked."""\n'
        'name: str = (\n    "a, "\n    "b"  # two lines\n)\n'
        "number: int = -3\nshare: float = 0.5\nyes: bool = True\nplain = 'x'\n"
        "nothing: int\nfor _ in (): pass"
    )
    project.write("n", text("# Title"), parameters(cell), code("later: int = 9"))
    assert list(notebook_parameters(project.root / "notebooks" / "n.ipynb").items()) == [
        ("name", Parameter(str, "a, b")),
        ("number", Parameter(int, -3)),
        ("share", Parameter(float, 0.5)),
        ("yes", Parameter(bool, True)),
        ("plain", Parameter(str, "x")),
    ]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("a: int = 1\nb: str = ", "n.ipynb: the parameters cell is not Python: line 2: invalid"),
    ],
)
def test_what_is_wrong_with_a_cell(project: Project, source: str, says: str) -> None:
    project.write("n", parameters(source))
    with pytest.raises(AdoptionError, match=starts(says)):
        notebook_parameters(project.root / "notebooks" / "n.ipynb")


def test_whatever_papermill_takes_is_a_parameter() -> None:
    read = cell_parameters(
        "a = None\nb: list = [1, [None, 'x']]\nc = {'k': (1, 2.5)}\nd = ()\n"
        "e: str | None = None\nf = 1e400\ng: int = int(2024)"
    )
    values: dict[str, Any] = {"a": None, "b": [1, [None, "x"]], "c": {"k": [1, 2.5]}, "d": []}
    values |= {"e": None, "f": "inf", "g": "int(2024)"}
    assert {name: parameter.default for name, parameter in read.items()} == values
    given: list[Any] = [None, "x", 1.5, [1], {"k": 1}]
    assert [read[name].checked(name, value) for name in "aeg" for value in given] == 3 * given


@pytest.mark.parametrize("written", [b"", b"[]", b'{"cells": 3}', b"\xff"])
def test_a_file_that_is_no_notebook(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "n.ipynb"
    path.write_bytes(written)
    with pytest.raises(AdoptionError, match=r"^n\.ipynb: is not a notebook$"):
        notebook_parameters(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_papermill_finds_the_same_parameters(path: Path) -> None:
    assert list(papermill.inspect_notebook(str(path))) == list(notebook_parameters(path))
