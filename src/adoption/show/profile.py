"""A profile of a state or a group as a result, with what shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from adoption import tables
from adoption.countries.groups import Group
from adoption.countries.profiles import (
    GroupProfile,
    Profile,
    acts_by_convention,
    acts_of_state,
    conventions_of,
    open_to,
    pillar_profile,
    reports_not_counted,
    statuses_of,
)
from adoption.countries.steps import steps_of
from adoption.law.conventions import Convention
from adoption.law.status import status_to_read
from adoption.show import groups
from adoption.show import state as state_pages
from adoption.show.members import members_view
from adoption.show.results import ProfileResult, Sources
from adoption.show.steps import steps_matrix
from adoption.tables.rows import with_dtypes


def state_profile(
    code: str, registry: list[Convention], day: date, edition: int, frame: pd.DataFrame
) -> ProfileResult:
    """Return what is known of one state, with its charts and tables."""
    state: Any = tables.read_of_state("states", code).set_index("iso3").loc[code]
    named = ("acts", "memberships", "capacity")
    acts, members, values = (tables.read_of_state(name, code) for name in named)
    is_state = bool(state["kind"] != "organization")
    joinable = open_to(code, registry, members, acts, day, is_state=is_state)
    first, *further = [status_to_read(c.convention, day) for c in joinable]
    first = replace(first, participants=frame[frame["iso3"] == code])
    state_acts = acts_of_state(code, joinable, acts, day)
    pillars = pillar_profile(code, frame)
    answer = state_pages.brief_answer(code, first, further, reports_not_counted(first), state_acts)
    overall = values[values["component"] == "overall"]
    statuses = statuses_of(code, [first, *further])
    steps = steps_of(code, [first, *further], state_acts)
    statements = tables.read_of("statements", first.convention.convention)
    statements = statements[statements["iso3"] == code]
    profile = Profile(statuses, state_acts, steps, pillars)
    views: dict[str, Any] = {
        "treaties": lambda: steps_matrix(statuses, steps, state, day, statements),
        "pillars": lambda: state_pages.pillars_view(pillars, state, edition),
    }
    sources = Sources.of([*state_acts["source"], *overall["source"], state["source"]])
    rows = with_dtypes(state_acts, {"open_ended": "boolean"})
    return ProfileResult(profile, rows, answer, sources, {}, views)


def group_profile(
    members: Group, registry: list[Convention], day: date, edition: int, frame: pd.DataFrame
) -> ProfileResult:
    """Return what is known of a group, with its chart."""
    conventions = conventions_of(members, registry, tables.read("memberships"), day)
    values = frame[frame["iso3"].isin(members.members)]
    status, *further = [status_to_read(c.convention, day) for c in conventions]
    every = [replace(status, participants=values), *further]
    counts = acts_by_convention(members, every)
    names = [c.convention for c in conventions]
    columns = ["convention", "label", "iso3", "status", "grade"]
    rows = [
        {**item.convention.names, **row} for item in every for row in item.rows_of(members.members)
    ]
    standing = with_dtypes(pd.DataFrame(rows, columns=columns), dict.fromkeys(columns, "str"))
    answer = groups.group_answer(counts, status, members, edition)
    acts = tables.read_of("acts", *names)
    theirs = acts.loc[acts["iso3"].isin(members.members), "source"]
    sources = Sources.of([*theirs, *values["capacity_source"], *members.sources])
    charts = {"acts": lambda: groups.acts_bars(counts.iloc[1:], members, day)}
    not_counted = reports_not_counted(every[0])
    views = {"members": lambda: members_view(values, status, members, not_counted)}
    return ProfileResult(GroupProfile(names, counts), standing, answer, sources, charts, views)
