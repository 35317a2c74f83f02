"""The choice of pages: by slug, by what they are about, and on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adoption.errors import AdoptionError
from adoption.paths import project_root
from adoption.reports.planning.plan import Page
from adoption.reports.planning.selection import Choice, chosen_pages, select, with_as_of
from tests.reports.conftest import Project, code, parameters

OF: dict[str, dict[str, Any]] = {
    "map": {"convention": "hanoi", "as_of": "latest"},
    "map-budapest": {"convention": "CETS 185", "as_of": "latest"},
    "brief-arabs": {"group": "Arab League", "convention": "hanoi"},
    "brief-gcc": {"group": "gcc", "convention": "hanoi"},
    "inner-gcc": {"group": "arab-league", "inner": "gcc", "convention": "uncac"},
    "brief-qat": {"country": "QAT", "convention": "hanoi", "as_of": "2026-01-01"},
    "brief-kor": {"country": "KOR", "convention": "uncac"},
    "capacity": {"edition": 2024},
}
PAGES = [Page(slug=slug, notebook="n") for slug in OF]


def slugs(**asked: list[str]) -> list[str]:
    return [page.slug for page in select(PAGES, OF, **asked)]


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
def test_each_choice_narrows_what_the_others_leave(
    asked: dict[str, list[str]], expected: list[str]
) -> None:
    assert slugs(**asked) == expected


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"only": ["mup"]}, "no page 'mup'; did you mean map?"),
        ({"countries": ["Quatar"]},
         "country: 'Quatar' is neither an ISO3 code nor a name of the table states; "
         "did you mean QAT (Qatar)?"),
        ({"groups": ["gccc"]}, "group: there is no 'gccc'; did you mean gcc?"),
        ({"conventions": ["hanoy"]}, "convention: there is no 'hanoy' in the registry; did you"),
        ({"countries": ["QAT", "Oman"]}, "no page of 8 is about Oman: these are about QAT, KOR"),
        ({"countries": ["QAT"], "conventions": ["budapest"]},
         "no page of 1 is about budapest: these are about hanoi"),
        ({"only": ["capacity"], "countries": ["QAT"]},
         "no page of 1 is about QAT: none of these has a country"),
    ],
)  # fmt: skip
def test_a_choice_that_leaves_nothing_says_what_there_is(
    asked: dict[str, list[str]], line: str
) -> None:
    with pytest.raises(AdoptionError) as caught:
        select(PAGES, OF, **asked)
    assert str(caught.value).startswith(line)


def test_many_are_not_all_named() -> None:
    of = {f"e-{year}": {"country": f"X{year}"} for year in range(10, 40)}
    with pytest.raises(AdoptionError, match=r"about X10, X11, .*, X21, \.\.\.$"):
        select([Page(slug=slug, notebook="n") for slug in of], of, countries=["QAT"])


def test_a_day_is_given_to_the_pages_that_take_one() -> None:
    day = date(2026, 8, 1)
    moved = with_as_of(PAGES, OF, day)
    assert [page.slug for page in moved] == list(OF)
    with_day = {page.slug for page in moved if page.parameters == {"as_of": "2026-08-01"}}
    assert with_day == {"map", "map-budapest", "brief-qat"}
    assert [page for page in moved if page.slug not in with_day] == [
        page for page in PAGES if page.slug not in with_day
    ]


# From the plan to checked pages


def test_the_pages_of_a_project(project: Project) -> None:
    project.write("brief", parameters('country: str = "QAT"\nas_of: str = "latest"'), code("1"))
    project.write("other", parameters("edition: int = 2024"))
    project.plan("""
[[page]]
slug = "other"
notebook = "other"
parameters = { edition = 1999 }

[[page]]
slug = "brief-{country}"
notebook = "brief"
each = { country = ["QAT", "OMN"] }
""")
    pages, values = chosen_pages(project.root, Choice(countries=["Oman"], as_of=date(2026, 8, 1)))
    assert [page.slug for page in pages] == ["brief-omn"]
    assert values == {"brief-omn": {"country": "OMN", "as_of": "2026-08-01"}}
    with pytest.raises(AdoptionError, match=r"^page other: edition: 1999 is not an edition"):
        chosen_pages(project.root)


def test_a_day_that_a_pages_convention_does_not_allow_is_refused() -> None:
    choice = Choice(conventions=["malabo"], as_of=date(2014, 1, 1))
    with pytest.raises(AdoptionError, match=r"^page status-map-malabo: as_of: 2014-01-01 is out"):
        chosen_pages(project_root(), choice)
