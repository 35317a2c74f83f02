"""Consistency rules of the tables; each rule yields its violations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from adoption.core.acts import (
    CONSENTS,
    SHOWS_SIGNATURE,
    SIGNED_BY_CLOSING,
    SIGNING_ACTS,
    WITHDRAWAL,
)
from adoption.core.text import span
from adoption.countries.capacity import PARTS
from adoption.ingest.lists import Conventions
from adoption.ingest.merge import TOTAL
from adoption.law.conventions import find_convention
from adoption.law.evidence import DIFFERS, entries_compared, totals_compared
from adoption.law.held import COUNTED, counted_in_header
from adoption.law.spells import History
from adoption.tables.csvfile import AT
from adoption.tables.dictionary import table_description
from adoption.tables.exceptions import Violation
from adoption.tables.write import Tables

Histories: TypeAlias = Mapping[str, History]  # keys: conventions
OF_ACT, OF_BASE = ("convention", "iso3", "act"), ("treaty", "participant", "act")
AHEAD = "act-in-the-future"
NOTICE = pd.DateOffset(years=1)  # longest notice of withdrawal in the registry
# Divisor of the sum of the parts, tolerance against the overall value, and the parts. GCI: five
# pillars of two decimals against an overall value of two; EGDI: three parts of four decimals
# against four.
WHOLES = {"GCI": (1, 0.05, PARTS["GCI"]), "EGDI": (3, 0.0002, PARTS["EGDI"])}


def violations(
    tables: Tables,
    histories: Histories,
    raw_codes: pd.DataFrame,
    outside: pd.DataFrame,
    day: date | None = None,
) -> list[Violation]:
    """Return every violation of every rule, sorted."""
    newest = tables["snapshots"]["unchanged_until"].max()
    newest = max(newest, pd.Timestamp(day)) if day else newest
    base = tables["base_acts"]
    conventions = {n: find_convention(history.convention) for n, history in histories.items()}
    base = base.assign(earliest=base["date"], latest=base["date"])
    of_days = (
        *outside_window(tables["acts"], conventions),
        *after_record(tables, newest),
        *before_signature(tables["acts"], "convention", "iso3"),
        *before_signature(base, "treaty", "participant"),
        *without_signature(tables["acts"], conventions),
    )
    of_states = (
        *before_conclusion(tables),
        *before_statehood(tables),
        *code_of_another(raw_codes),
    )
    of_counts = (
        *totals_differ(outside),
        *base_totals_differ(tables),
        *entry_into_force_differs(tables, histories, newest.date()),
        *overall_differs(tables["capacity"]),
    )
    return sorted([*of_days, *of_states, *of_counts])


def _place(row: Any, column: str) -> str:
    """Return the file, row and column of a row that was read from a file."""
    location = getattr(row, AT, "")
    return f"{location}, column {column}: " if location else ""


def _dated(rule: str, acts: pd.DataFrame, key: Sequence[str], day: str) -> Iterator[Violation]:
    """Yield a violation for each act, with the act and its day."""
    for row in acts.itertuples():
        subject = " ".join(str(getattr(row, column)) for column in key)
        yield Violation(rule, subject, f"{getattr(row, day):%Y-%m-%d}", _place(row, "date"))


def outside_window(acts: pd.DataFrame, conventions: Conventions) -> Iterator[Violation]:
    """Yield acts before a convention opened for signature and signatures after it closed.

    A signature is accepted if it may have been given by the closing day. Succession to a signature
    and confirmation of a signature may come later.
    """
    opening = {name: pd.Timestamp(convention.opens) for name, convention in conventions.items()}
    closing = {name: convention.closes for name, convention in conventions.items()}
    opens = acts["convention"].map(opening)
    closes = pd.to_datetime(acts["convention"].map(closing))
    yield from _dated("act-before-opening", acts[acts["earliest"] < opens], OF_ACT, "earliest")
    late = acts["act"].isin(SIGNED_BY_CLOSING) & (acts["earliest"] > closes)
    yield from _dated("signature-after-closing", acts[late], OF_ACT, "earliest")


def after_record(tables: Tables, newest: pd.Timestamp) -> Iterator[Violation]:
    """Yield acts that are dated after the data date.

    A withdrawal that was notified by then may take effect later.
    """
    acts = tables["acts"]
    last = acts["act"].eq(WITHDRAWAL).map({True: newest + NOTICE, False: newest})
    yield from _dated(AHEAD, acts[acts["latest"] > last], OF_ACT, "latest")
    base = tables["base_acts"].merge(tables["base_treaties"][["treaty", "as_of"]], on="treaty")
    yield from _dated(AHEAD, base[base["date"] > base["as_of"]], OF_BASE, "date")


def before_signature(acts: pd.DataFrame, treaty: str, participant: str) -> Iterator[Violation]:
    """Yield consents that certainly precede the same participant's signature."""
    keys = [treaty, participant]
    signatures = acts[acts["act"] == "signature"].groupby(keys)["earliest"].min()
    consents = acts[acts["act"].isin(CONSENTS)].groupby(keys)["latest"].min()
    both = pd.concat({"signed": signatures, "bound": consents}, axis=1).dropna()
    for row in both[both["bound"] < both["signed"]].reset_index().itertuples(index=False):
        subject = f"{row[0]} {row[1]}"
        yield Violation("consent-before-signature", subject, f"{row.bound:%Y-%m-%d}")


def without_signature(acts: pd.DataFrame, conventions: Conventions) -> Iterator[Violation]:
    """Find confirmed ratifications by participants that have not signed.

    Only a signatory ratifies, so a list with such a row may have a day in the wrong column. A
    user's own file (`acts-` and the id) names the act in each row and has no such columns.
    """
    lists = [
        name
        for name, convention in conventions.items()
        if convention.signatories_listed and convention.acts != f"acts-{name}"
    ]
    listed = acts[acts["convention"].isin(lists)]
    key = ["convention", "iso3"]
    signed = pd.MultiIndex.from_frame(listed.loc[listed["act"].isin(SIGNING_ACTS), key])
    ratified = listed[listed["act"].isin(SHOWS_SIGNATURE) & (listed["grade"] == "confirmed")]
    unsigned = ratified[~pd.MultiIndex.from_frame(ratified[key]).isin(signed)]
    yield from _dated("ratification-without-signature", unsigned, OF_ACT, "earliest")


def before_conclusion(tables: Tables) -> Iterator[Violation]:
    """Yield acts of the base set that precede the conclusion of their treaty."""
    base = tables["base_acts"].merge(tables["base_treaties"][["treaty", "concluded"]], on="treaty")
    early = base[base["date"] < base["concluded"]]
    yield from _dated("act-before-conclusion", early, OF_BASE, "date")


def before_statehood(tables: Tables) -> Iterator[Violation]:
    """Yield acts that certainly precede the participant's statehood."""
    since = tables["states"].set_index("iso3")["state_since"]
    acts, base = tables["acts"], tables["base_acts"]
    early = acts[acts["latest"] < acts["iso3"].map(since)]
    yield from _dated("act-before-statehood", early, OF_ACT, "latest")
    early = base[base["date"] < base["iso3"].map(since)]
    yield from _dated("act-before-statehood", early, OF_BASE, "date")


def code_of_another(raw_codes: pd.DataFrame) -> Iterator[Violation]:
    """Yield acts whose raw code is not the code of the named participant."""
    for row in raw_codes[raw_codes["raw_iso3"] != raw_codes["iso3"]].itertuples():
        subject = f"{row.treaty} {row.participant} {row.act}"
        yield Violation("code-of-another", subject, f"{row.raw_iso3}", _place(row, "iso3"))


def totals_outside(totals: pd.DataFrame, histories: Histories) -> pd.DataFrame:
    """Return the published totals outside the bounds of our count on their day."""
    parts = []
    for name, rows in totals.groupby("convention"):
        part = totals_compared(histories[str(name)], rows)
        parts.append(part.assign(convention=name))
    compared = pd.concat(parts)
    bounds = compared[["lower", "upper"]].itertuples(index=False)
    compared["counted"] = [span(*ends) if pd.notna(ends[0]) else "" for ends in bounds]
    return compared[compared["result"] == DIFFERS]


def totals_differ(official: pd.DataFrame) -> Iterator[Violation]:
    """Yield the depositaries' published totals that differ from our count."""
    for row in official.itertuples():
        subject = f"{row.convention} {row.measure} {row.as_of:%Y-%m-%d} {row.source}"
        difference = f"published {row.published}, counted {row.counted}"
        yield Violation("total-differs", subject, difference, _place(row, str(row.measure)))


def conflicts_of_totals(totals: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of `totals_outside` as rows of the table `conflicts`.

    The retained value is our own count, so it has no source.
    """
    total_texts = totals["published"].astype("str") + totals["as_of"].dt.strftime(" on %Y-%m-%d")
    renamed = totals.rename(
        columns={"measure": "kind", "counted": "kept", "source": "other_source"}
    )
    frame = renamed.assign(about=TOTAL, other=total_texts)
    return frame.reindex(columns=table_description("conflicts").names)


def base_totals_differ(tables: Tables) -> Iterator[Violation]:
    """Yield base treaties whose header differs from a recount of their rows."""
    acts = tables["base_acts"]
    counted = {name: counted_in_header(acts, of_kind) for name, of_kind in COUNTED.items()}
    for row in tables["base_treaties"].itertuples():
        for name, counts in counted.items():
            published = getattr(row, f"{name}_official")
            rows_counted = int(counts.get(str(row.treaty), 0))
            if pd.notna(published) and published != rows_counted:
                location = _place(row, f"{name}_official")
                text = f"header {published}, counted {rows_counted}"
                yield Violation("header-differs", f"{row.treaty} {name}", text, location)


def entry_into_force_differs(
    tables: Tables, histories: Histories, newest: date
) -> Iterator[Violation]:
    """Yield published days of entry into force that do not follow from the acts.

    A calculated day need not be published if it is still to come, if a complete list contains the
    decisive deposits, or if these deposits are only reported. In these cases the status says so.
    """
    published_of = dict(list(tables["entries_into_force"].groupby("convention")))
    for name, history in histories.items():
        convention, by_then = history.convention, history.force.by(newest)
        nth, grade, force = by_then.nth_instrument, by_then.nth_grade, by_then.day
        computed = force.day if force else None
        decided = nth and convention.complete_to and nth.latest <= convention.complete_to
        is_uncertain = grade not in (None, "confirmed")
        is_later = computed and computed > newest
        silent = convention.entered_into_force is None and (decided or is_uncertain or is_later)
        if computed != convention.entered_into_force and not silent:
            difference = f"published {convention.entered_into_force}, computed {force or 'none'}"
            yield Violation("entry-into-force-differs", name, difference)
        published = published_of.get(name)
        if published is None:
            continue
        for row in entries_compared(history, published).itertuples():
            if row.result == DIFFERS:
                subject = f"{name} {row.iso3}"
                days = f"published {row.published:%Y-%m-%d}, by the rule {row.computed:%Y-%m-%d}"
                location = _place(row, "date")
                yield Violation("state-entry-into-force-differs", subject, days, location)


def by_parts(capacity: pd.DataFrame, index: str) -> pd.DataFrame:
    """Return each state's overall value and parts per edition, and the value the parts give."""
    unit, _, parts = WHOLES[index]
    of_index = capacity[capacity["index"] == index]
    wide = of_index.pivot_table(index=["edition", "iso3"], columns="component", values="value")
    wide = wide.reindex(columns=["overall", *parts])
    total = wide[list(parts)].sum(axis=1, skipna=False)
    return wide.assign(by_parts=total / unit)


def overall_differs(capacity: pd.DataFrame) -> Iterator[Violation]:
    """Yield overall values that do not follow from their parts.

    The overall value is the sum of the parts for the GCI and their mean for the EGDI.
    """
    for index, (_, rounding, _) in WHOLES.items():
        wide = by_parts(capacity, index).dropna()
        differing = wide[(wide["by_parts"] - wide["overall"]).abs() > rounding].reset_index()
        for row in differing.itertuples():
            difference = f"pillars {row.by_parts:.2f}, overall {row.overall:.2f}"
            subject = f"{index} {row.edition} {row.iso3}"
            yield Violation("pillars-differ-from-overall", subject, difference)
