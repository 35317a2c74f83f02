"""Made-up builds: tables of a convention that three instruments bring into force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
from hypothesis import strategies as st

from adoption.news.differences import differences
from adoption.news.kinds import (
    ADDED,
    CHANGED,
    REMOVED,
    Act,
    ActChange,
    Differences,
    Named,
    RowChange,
)
from adoption.news.others import table_change
from tests.conftest import made_up

ATLANTIS = Named("Atlantis Convention", "Atlantis", 3, "untc-atlantis")
NAMES = {"AAA": "Aland", "BBB": "Borduria", "CCC": "Costaguana", "DDD": "Drusselstein",
         "EUE": "European Union"}  # fmt: skip
FEBRUARY = (date(2020, 2, 1), date(2020, 2, 29))
OPPOSITE = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}

Tables = dict[str, pd.DataFrame]
Line = tuple[str, ...]


def act(iso3: str, kind: str = "signature", day: str = "2020-02-10", **fields: object) -> Act:
    """Return a confirmed act of a day on the made-up convention."""
    on = date.fromisoformat(day) if day else None
    made = Act("atlantis", iso3, kind, NAMES.get(iso3, iso3), on, on, on, grade="confirmed",
               source="us")  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def undated(iso3: str, kind: str = "ratification", **fields: object) -> Act:
    """Return a reported act of some day in February 2020."""
    earliest, latest = FEBRUARY
    window: dict[str, object] = {"earliest": earliest, "latest": latest, "grade": "reported"}
    return act(iso3, kind, "", **(window | fields))


def frame(columns: str, lines: Iterable[Sequence[str]] = ()) -> pd.DataFrame:
    return pd.DataFrame([list(line) for line in lines], columns=columns.split(), dtype="str")


def acts_table(acts: Iterable[Act]) -> pd.DataFrame:
    def day(found: date | None) -> str:
        return found.isoformat() if found else ""

    return frame(
        "convention iso3 participant act date earliest latest open_ended grade source note",
        [
            (a.convention, a.iso3, a.participant, a.act, day(a.date), day(a.earliest),
             day(a.latest), "true" if a.open_ended else "false", a.grade, a.source, a.note)
            for a in acts
        ],
    )  # fmt: skip


def build(
    *acts: Act,
    day: str = "2020-06-01",
    values: Iterable[Line] = (),
    totals: Iterable[Line] = (),
    population: str = "10",
    **others: pd.DataFrame,
) -> Tables:
    """Return the tables of a build as text; values as iso3, index, edition, component, value."""
    states = [(iso3, name, "", "organization" if iso3 == "EUE" else "member", "", "", population,
               "2019") for iso3, name in NAMES.items()]  # fmt: skip
    return {
        "conventions": frame("convention short_title label threshold source",
                             [("atlantis", *ATLANTIS_ROW, "untc-atlantis")]),
        "acts": acts_table(acts),
        "totals": frame("convention as_of signatories parties wording source", totals),
        "entries_into_force": frame("convention iso3 date source"),
        "states": frame("iso3 name article kind region un_group population population_year",
                        states),
        "memberships": frame("iso3 organisation"),
        "capacity": frame("iso3 index edition component value tier grade",
                          [(*value, "", "high") for value in values]),
        "snapshots": frame("file accessed", [("acts.csv", day)]),
        **others,
    }  # fmt: skip


ATLANTIS_ROW = (ATLANTIS.short_title, ATLANTIS.label, "3")


def between(old: Tables, new: Tables) -> Differences:
    """Compare two made-up builds by the rules of the made-up convention."""
    return differences(old, new, {"atlantis": made_up()})


def changed(*changes: ActChange) -> Differences:
    """Return differences of acts alone, with the names of the made-up states."""
    return Differences(acts=changes, states=NAMES, conventions={"atlantis": ATLANTIS})


def mirrored(found: Differences) -> Differences:
    """Return differences with the sides exchanged, by the plain meaning of each part."""

    def row(of: RowChange) -> RowChange:
        return replace(of, change=OPPOSITE[of.change], old=of.new, new=of.old)

    sides = {"old": "new", "new": "old"}
    return replace(
        found,
        acts=tuple(ActChange(c.new, c.old) for c in found.acts),
        indicators=tuple(replace(v, old=v.new, new=v.old) for v in found.indicators),
        totals=tuple(replace(t, old=t.new, new=t.old) for t in found.totals),
        consequences=tuple(replace(c, old=c.new, new=c.old) for c in found.consequences),
        tables=tuple(table_change(t.table, map(row, t.rows)) for t in found.tables),
        schema=tuple(replace(s, only_in=sides[s.only_in]) for s in found.schema),
        old_day=found.new_day,
        new_day=found.old_day,
    )


def applied(found: Differences, old: Iterable[Act]) -> set[Act]:
    """Apply changes to acts by the plain meaning of each."""
    acts: Mapping[object, Act] = {a.key: a for a in old}
    acts = dict(acts)
    for change in found.acts:
        if change.old:
            assert acts.pop(change.old.key) == change.old
    for change in found.acts:
        if change.new:
            assert change.new.key not in acts
            acts[change.new.key] = change.new
    return set(acts.values())


days = st.dates(date(2019, 1, 1), date(2020, 5, 31))


@st.composite
def one_act(draw: st.DrawFn) -> Act:
    iso3 = draw(st.sampled_from(list(NAMES)))
    kind = draw(st.sampled_from(["signature", "ratification", "accession", "withdrawal"]))
    grade = draw(st.sampled_from(["confirmed", "reported", "inferred"]))
    source, note = draw(st.sampled_from(["us", "them"])), draw(st.sampled_from(["", "seen"]))
    earliest = draw(days)
    if draw(st.booleans()):
        return act(iso3, kind, earliest.isoformat(), grade=grade, source=source, note=note)
    latest = max(earliest, draw(days))
    return act(iso3, kind, "", earliest=earliest, latest=latest, grade=grade, source=source,
               note=note, open_ended=draw(st.booleans()))  # fmt: skip


lists_of_acts = st.lists(one_act(), max_size=8, unique_by=lambda a: a.key)
