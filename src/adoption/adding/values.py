"""A user's own index or group: values or members as one CSV file."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pandas as pd

from adoption.adding.save import ProjectInputs, changing, save_addition, sidecar
from adoption.adding.user_files import (
    MAX_LETTERS_OF_NAME,
    Problems,
    Rules,
    check_key,
    checked_by,
    read_rules,
    read_user_csv,
    states_of,
    why_not_text,
)
from adoption.core.decode import quoted
from adoption.core.errors import AdoptionError
from adoption.core.files import Say
from adoption.core.text import slug
from adoption.countries.groups import NICKNAMES, load_groups, recognised
from adoption.ingest.additions import MEMBERS, VALUE_COLUMNS, VALUES, Addition, IndexRules
from adoption.ingest.states import MEMBER_COLUMNS, check_since
from adoption.refresh.project import DataFolders
from adoption.tables.csvfile import RawTable, allowed_words, numbers, unique, years
from adoption.tables.write import to_csv

INDEX_ID = re.compile(r"[A-Z][A-Za-z0-9-]{1,19}")
COMPONENT = re.compile(r"[a-z][a-z0-9_]{0,39}")
OVERALL, TAKEN = "overall", ("GCI", "EGDI")


def add_index(
    project: DataFolders, values: Path, rules: Path, say: Say, *, replace: bool = False
) -> tuple[str, str]:
    """Check an index, save it and build the tables with it.

    Return a line for the user, and the folder of the index in `data/raw`.
    """
    problems = Problems()
    parsed = read_rules(rules, problems, "NCSI", INDEX_ID)
    with changing(project, say) as inputs:
        folder = f"index-{parsed.id.lower()}"
        if parsed.id.upper() in TAKEN:
            problem = "is an index of the project; allowed: another id"
            raise AdoptionError(f"{parsed.place()}: {problem}")
        inputs.check_free(folder, parsed.id, replace=replace)
        index = checked_by(IndexRules, parsed.entry, problems, parsed.place)
        if index is not None:
            _check_words(index, parsed, problems)
            sources = {*inputs.sources["source"], *parsed.sources}
            check_key(index.source, sources, problems, parsed.place("source"))
        needed = ("edition", "component", "value")
        table = read_user_csv(values, problems, needed, ("iso3", "participant"))
        table.frame["iso3"] = states_of(table, problems, inputs.participants)
        problems.each(table, lambda part: years(part, "edition"))
        if index is not None:
            _check_values(table, index, problems)
        problems.stop()
        assert index is not None
        frame = table.frame.assign(source=index.source)[list(VALUE_COLUMNS)]
        addition = parsed.addition("index", index.model_dump(mode="json"))
        day = _day(inputs, parsed, index.source)
        of = inputs.source(index.source, parsed.sources)
        sidecar_record = sidecar(
            (*of[:3], index.licence), index.title, day, day, "Column source is added."
        )
        save_addition(inputs, folder, addition, {VALUES: to_csv(frame)}, sidecar_record, say)
    return _message(parsed.id, frame), folder


def _day(inputs: ProjectInputs, rules: Rules | None = None, source: str = "") -> date:
    """Return the day on which a source was accessed.

    For a source of the project, this is the date of the project's newest data.
    """
    if rules and source in rules.sources:
        return rules.sources[source].accessed
    days = [inputs.store.reach(name) for name in inputs.store.sources()]
    return min(max(day for day in days if day), datetime.now(UTC).date())


def _check_words(index: IndexRules, rules: Rules, problems: Problems) -> None:
    words = {"title": index.title, "licence": index.licence}
    words |= {f"parts.{name}": label for name, label in index.parts.items()}
    problems.texts(rules.place, words, MAX_LETTERS_OF_NAME)
    for name in index.parts:
        if not COMPONENT.fullmatch(name) or name in (OVERALL, "rank"):
            allowed = f"allowed: {COMPONENT.pattern}, not {OVERALL} or rank"
            problems.add(rules.place("parts"), f"{quoted(name)}; {allowed}")


def _check_values(table: RawTable, index: IndexRules, problems: Problems) -> None:
    components = (OVERALL, *index.parts)
    problems.each(table, lambda part: allowed_words(part, "component", components))
    is_overall = table.frame["component"] == OVERALL
    why = "is empty; leave the row out where no value is known"

    def refuse_empty(part: RawTable) -> None:
        part.refuse("value", part.frame["value"] == "", why)

    problems.each(table, refuse_empty)
    for which, scale in ((is_overall, index.scale), (~is_overall, index.part_scale or index.scale)):
        part = RawTable(table.name, table.frame[which])
        least, most = scale
        problems.each(part, partial(numbers, column="value", least=least, most=most))
    of_states = RawTable(table.name, table.frame[table.frame["iso3"].notna()])
    problems.each(of_states, lambda part: unique(part, "iso3", "edition", "component"))
    for edition, present in table.frame.groupby("edition")["component"].unique().items():
        for component in sorted({*components} - {*present}):
            where = f"edition {quoted(str(edition))}"
            problems.add(table.name, f"{where} has no value of {component!r}")


def add_group(
    project: DataFolders, members: Path, name: str, say: Say, *, replace: bool = False
) -> tuple[str, str]:
    """Check a group, save it and build the tables with it.

    Return a line for the user, and the folder of the group in `data/raw`.
    """
    problems = Problems()
    name = name.strip()
    identifier = slug(name)
    if why := why_not_text(name, 80):
        raise AdoptionError(f"--name: {quoted(name)} {why}")
    if not identifier:
        raise AdoptionError(f"--name: {quoted(name)} has no Latin letter; its id is made of these")
    with changing(project, say) as inputs:
        folder = source = f"group-{identifier}"[:100]
        inputs.check_free(folder, name, replace=replace)
        taken = load_groups().get(NICKNAMES.get(identifier, identifier))
        if recognised(name):
            raise AdoptionError(f"--name: {name!r} is a state; allowed: a name that no state has")
        if taken is not None and folder not in inputs.added:
            already = f"is the group {taken.name!r} already; another name"
            raise AdoptionError(f"--name: {name!r} {already}")
        columns = ("participant", "iso3", "since", "source", "note")
        table = read_user_csv(members, problems, (), columns)
        frame = table.frame
        frame["iso3"] = states_of(table, problems, inputs.participants)
        problems.each(table, lambda part: unique(part, "iso3"))
        keys = {*inputs.sources["source"], source}
        frame["source"] = frame["source"].where(frame["source"] != "", source)
        for row, key in frame["source"].items():
            location = f"{table.name}: row {row}, column source"
            check_key(key, keys, problems, location, "known source")
        problems.each(table, check_since)
        problems.stop()
        described = {
            "title": f"Members of the group {name}",
            "publisher": "a user of this project",
            "url": f"file:{quoted(members.name)[1:-1]}",
            "licence": "as its author says",
            "accessed": f"{datetime.now(UTC).date()}",
            "gives": "who belongs to the group",
        }
        of = tuple(described.values())[:4]
        addition = Addition(
            kind="group", id=identifier, entry={"name": name}, sources={source: described}
        )
        sidecar_record = sidecar(of, of[0], _day(inputs), None, "Column organisation is added.")
        rows = frame.assign(organisation=name)[MEMBER_COLUMNS]
        save_addition(inputs, folder, addition, {MEMBERS: to_csv(rows)}, sidecar_record, say)
    return _message(name, rows), folder


def _message(name: str, rows: pd.DataFrame) -> str:
    states = rows["iso3"].nunique()
    return f"{name} is added: {len(rows):,} rows of {states} states"
