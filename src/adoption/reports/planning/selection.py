"""The choice of pages: by slug, by what they are about, and on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from adoption.countries.groups import find_country, find_group, load_groups
from adoption.errors import AdoptionError
from adoption.law.conventions import find_convention
from adoption.reports.planning.plan import Page, check_pages, choose, read_plan
from adoption.reports.planning.subjects import as_the_data_spell_it, effective_values

Values = Mapping[str, Mapping[str, Any]]  # of each page, by its slug
MOST_NAMED = 12  # of what there is, in an error


@dataclass(frozen=True)
class Choice:
    """Which pages of a plan are wanted; each field narrows what the others leave.

    Attributes
    ----------
    only : sequence of str
        Slugs.
    countries, groups : sequence of str
        Pages about one of these states or one of these groups.
    conventions : sequence of str
        Pages about one of these conventions.
    as_of : date, optional
        The day that every page is to be of.
    """

    only: Sequence[str] = ()
    countries: Sequence[str] = ()
    groups: Sequence[str] = ()
    conventions: Sequence[str] = ()
    as_of: date | None = None


def chosen_pages(
    root: Path, choice: Choice = Choice()
) -> tuple[list[Page], dict[str, dict[str, Any]]]:
    """Return the pages of a project's plan that are wanted, checked."""
    notebooks = root / "notebooks"
    pages = read_plan(root / "reports.toml")
    values = {
        page.slug: found
        for page, found in zip(pages, effective_values(pages, notebooks), strict=True)
    }
    pages = select(
        pages, values, only=choice.only, countries=choice.countries, groups=choice.groups,
        conventions=choice.conventions,
    )  # fmt: skip
    if choice.as_of is not None:
        pages = with_as_of(pages, values, choice.as_of)
    return pages, check_pages(pages, notebooks)


def select(
    pages: Sequence[Page],
    values: Values,
    *,
    only: Sequence[str] = (),
    countries: Sequence[str] = (),
    groups: Sequence[str] = (),
    conventions: Sequence[str] = (),
) -> list[Page]:
    """Return the pages that are wanted, in the order of the plan."""
    left = choose(pages, only)
    if countries or groups:
        codes = {find_country(text): text for text in countries}
        ids = {find_group(text, load_groups()).group: text for text in groups}
        slugs = _about(left, values, "country", codes) | _about(left, values, "group", ids)
        left = [page for page in left if page.slug in slugs]
    if conventions:
        named = {find_convention(text).convention: text for text in conventions}
        slugs = _about(left, values, "convention", named)
        left = [page for page in left if page.slug in slugs]
    return left


def _about(pages: Sequence[Page], values: Values, name: str, wanted: Mapping[str, str]) -> set[str]:
    """Return the slugs of the pages of which a parameter has one of some values.

    The values are given with what was written for them; each must have a page.
    """
    has = {
        page.slug: as_the_data_spell_it(name, values[page.slug][name])
        for page in pages
        if name in values[page.slug]
    }
    there = list(dict.fromkeys(has.values()))
    for value, text in wanted.items():
        if value not in there:
            some = f"{', '.join(there[:MOST_NAMED])}{', ...' if there[MOST_NAMED:] else ''}"
            what = f"these are about {some}" if there else f"none of these has a {name}"
            raise AdoptionError(f"no page of {len(pages)} is about {text}: {what}")
    return {slug for slug, value in has.items() if value in wanted}


def with_as_of(pages: Sequence[Page], values: Values, day: date) -> list[Page]:
    """Return the pages on another day: those whose notebook has the parameter `as_of`."""
    return [
        page.model_copy(update={"parameters": page.parameters | {"as_of": day.isoformat()}})
        if "as_of" in values[page.slug]
        else page
        for page in pages
    ]
