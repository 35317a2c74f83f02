"""How well acts are supported, where sources disagree, what the tables cover and how old they are.

The day of the data is that of the newest raw file of any source. A list that could not be
reached for months is not younger because another source answered: it has a day of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

from adoption.core.days import date_in, on_or_before
from adoption.core.paths import reference_folder
from adoption.core.vocabulary import DEPOSITARY
from adoption.law.conventions import REACH_DAYS, Convention
from adoption.law.curves import MEASURES, spells_of
from adoption.law.spells import History, days_by_rule, history_in, standing_on
from adoption.law.status import Status, load_status
from adoption.law.treaties import Treaty
from adoption.tables import known_by, of_convention, read, sources_named
from adoption.tables.csvfile import AT, read_csv
from adoption.tables.dictionary import TABLES, table_description
from adoption.tables.exceptions import EXCEPTION_COLUMNS

BASE = "untc-base"  # the raw files that hold the lists of all base treaties


def list_folders(convention: Convention) -> tuple[str, str]:
    """Return the folders of `data/raw` with the list of acts of a convention.

    The first is the list that people compiled, the second the depositary's own.
    """
    return convention.acts or convention.acts_list or BASE, convention.source


def list_day(convention: Convention, snapshots: pd.DataFrame) -> date | None:
    """Return the day on which the list of acts of a convention was taken or found unchanged.

    The list is the one that people compiled, or the depositary's own once that is the source.
    """
    folders = tuple(f"data/raw/{name}/" for name in list_folders(convention))
    seen = snapshots.loc[snapshots["file"].str.startswith(folders), "unchanged_until"].max()
    day: date | None = date_in(seen)
    return day


def known_day(convention: Treaty, snapshots: pd.DataFrame) -> date | None:
    """Return the day up to which the list of acts of a convention is known.

    A fetched list states it: one that was saved by hand may be older than the day of saving. A
    compiled list is known to the day on which it was compiled.
    """
    if not isinstance(convention, Convention):
        return convention.complete_to
    fetched = snapshots["file"].str.startswith(f"data/raw/{convention.source}/").any()
    if fetched and convention.complete_to:
        return convention.complete_to
    return list_day(convention, snapshots)


def acts_by_day(
    convention: Treaty, acts: pd.DataFrame, states: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """Return every act on a treaty that can have happened by a day.

    Parameters
    ----------
    convention : Treaty
        Which one.
    acts, states : DataFrame
        The tables.
    as_of : date
        The day.

    Returns
    -------
    DataFrame
        The columns of the table `acts`, and name (official, or as the list prints it, str), region
        (M49; missing for an organization) and certain (bool: whether it certainly happened by
        then); in the order of names and days.
    """
    frame = known_by(of_convention(acts, convention.convention), as_of)
    frame = frame.merge(states[["iso3", "name", "region"]], on="iso3", how="left")
    frame["name"] = frame["name"].fillna(frame["participant"])
    frame = frame.assign(certain=on_or_before(frame["latest"], as_of))
    return frame.sort_values(["name", "latest", "act"], ignore_index=True)


def also_named(acts: pd.DataFrame, keys: Iterable[str]) -> pd.Series[str]:
    """Return the further sources that the note of each act names.

    Parameters
    ----------
    known : DataFrame
        From `acts_by_day`.
    keys : iterable of str
        The keys of all sources.

    Returns
    -------
    Series of str
        Keys with `;` between them, in the order of the note; empty where there is none. It
        is not said whether they agree: the note says that.
    """
    longest_first = sorted(keys, key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")

    def further(note: object, source: str) -> str:
        named = pattern.findall(note) if isinstance(note, str) else []
        keys = (key for key in dict.fromkeys(named) if key not in source.split(";"))
        return ";".join(keys)

    keys_beside = [further(*row) for row in zip(acts["note"], acts["source"], strict=True)]
    return pd.Series(keys_beside, index=acts.index, dtype="str")


AGREES, DIFFERS = "agrees", "differs"
NO_DAY = "the source gives no day"
NO_SIGNATORY_LIST = "no source names the signatories"
NO_RULE = "cannot be computed"
CORRECTION_COLUMNS = ("convention", "iso3", "act", "field", "expect", "value", "why")


def totals_compared(history: History, totals: pd.DataFrame) -> pd.DataFrame:
    """Compare published totals with the count of the acts on their day.

    Parameters
    ----------
    history : History
        The convention with its spells.
    totals : DataFrame
        Its rows of the table `totals`, which may have `AT`: where each was read.

    Returns
    -------
    DataFrame
        One row a figure, undated ones last: as_of (NaT where the source gives no day),
        measure, published, lower, upper (Int64: our bounds; missing where nothing can be
        compared), difference (Int64: by how much it lies above or below the bounds),
        result (`AGREES`, `DIFFERS`, `NO_DAY` or `NO_SIGNATORY_LIST`), wording, grade, source, `AT`.
    """
    rows = []
    for row in totals.sort_values(["as_of", "source"]).to_dict("records"):
        for measure in MEASURES:
            if pd.isna(row[measure]):
                continue
            lower = upper = difference = None
            result = NO_DAY
            if measure == "signatories" and not history.convention.signatories_listed:
                result = NO_SIGNATORY_LIST
            elif pd.notna(row["as_of"]):
                standing = standing_on(spells_of(history, measure), row["as_of"].date())
                lower, upper = (int(flags.sum()) for flags in standing)
                difference = row[measure] - min(max(row[measure], lower), upper)
                result = DIFFERS if difference else AGREES
            numbers = row[measure], lower, upper, difference
            words = result, row["wording"], row["grade"], row["source"], row.get(AT)
            rows.append((row["as_of"], measure, *numbers, *words))
    integers = ["published", "lower", "upper", "difference"]
    columns = ["as_of", "measure", *integers, "result", "wording", "grade", "source", AT]
    dtypes = {"as_of": "datetime64[us]"} | dict.fromkeys(integers, "Int64")
    return pd.DataFrame(rows, columns=columns).astype(dtypes)


def entries_compared(history: History, entries: pd.DataFrame) -> pd.DataFrame:
    """Compare each state's published day of entry into force with the one by the rule.

    For a state that was bound more than once, use the spell of the published day.

    Parameters
    ----------
    history : History
        The convention with its spells, of `histories_in`.
    entries : DataFrame
        Rows of the table `entries_into_force` on the convention.

    Returns
    -------
    DataFrame
        The entries, their date as published, with computed (days; NaT where the day of deposit
        or the rule is not known) and result (`AGREES`, `DIFFERS` or `NO_RULE`).
    """
    computed = days_by_rule(history, entries)
    both = entries.rename(columns={"date": "published"}).assign(computed=computed)
    agrees = both["computed"] == both["published"]
    result = agrees.map({True: AGREES, False: DIFFERS})
    result = result.mask(both["computed"].isna(), NO_RULE)
    return both.assign(result=result)


def force_compared(status: Status) -> pd.DataFrame:
    """Compare the published entry into force of a convention with the one by the rule and the acts.

    Returns
    -------
    DataFrame
        One row: published (NaT where none is by the day), earliest, latest (NaT where it cannot
        be computed) and result (`AGREES` within the window, `DIFFERS` or `NO_RULE`; missing
        where none is published).
    """
    published, window = status.convention.entered_into_force, status.entry_into_force
    if published is not None and published > status.as_of:
        published = None
    earliest, latest = (window.earliest, window.latest) if window else (None, None)
    result = None if published is None else NO_RULE
    if published and earliest and latest:
        result = AGREES if earliest <= published <= latest else DIFFERS
    days = {"published": published, "earliest": earliest, "latest": latest}
    frame = pd.DataFrame([days | {"result": result}])
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


def places_to_read(treaty: Treaty) -> pd.DataFrame:
    """Return where a treaty can be read: its page at the depositary, then its texts.

    Returns
    -------
    DataFrame
        what (page, text), title, publisher, url; without rows where no source has an address.
    """
    kinds = dict.fromkeys(treaty.texts, "text") | ({treaty.page: "page"} if treaty.page else {})
    keys = [*([treaty.page] if treaty.page else []), *treaty.texts]
    rows = sources_named(keys).set_index("source").reindex(keys)
    return rows.assign(what=[kinds[key] for key in keys])[["what", "title", "publisher", "url"]]


class NotInForce(NamedTuple):
    """The last day for which a source has a convention not in force, and what kind of source."""

    day: date
    by_report: bool


def last_not_in_force(status: Status) -> NotInForce | None:
    """Return the last day for which a source has fewer consents than entry into force needs.

    That is the last day of a complete list or of a total of the depositary, or by report: that of
    another total, or one that a source names. None where no source says so, for a convention that
    is in force or will be, and for a treaty that the registry does not have.
    """
    convention = status.convention
    if not isinstance(convention, Convention):
        return None
    if status.entry_into_force is not None or status.history.force_may_follow(status.as_of):
        return None
    few = (total for total in status.parties.totals if total.number < convention.threshold)
    days = [NotInForce(total.day, total.grade != DEPOSITARY) for total in few if total.day]
    if convention.complete_to is not None:
        days.append(NotInForce(min(convention.complete_to, status.as_of), by_report=False))
    if convention.not_in_force_seen is not None:
        days.append(NotInForce(min(convention.not_in_force_seen, status.as_of), by_report=True))
    return max(days, key=lambda seen: (seen.day, not seen.by_report), default=None)


def disagreements(
    convention: Convention, tables: Mapping[str, pd.DataFrame], as_of: date
) -> dict[str, pd.DataFrame]:
    """Compare what had been published on a convention by a day with its acts.

    Returns
    -------
    dict of str to DataFrame
        totals, entries and force, from the functions of these subjects; exceptions and corrections,
        from `load_reviewed`; conflicts: the rows of the table of that name.
    """
    totals, entries, conflicts = (
        of_convention(tables[name], convention.convention)
        for name in ("totals", "entries_into_force", "conflicts")
    )
    totals = totals[~(totals["as_of"] > pd.Timestamp(as_of))]
    entries = entries[on_or_before(entries["date"], as_of)]
    history = history_in(convention, tables)
    status = load_status(convention.convention, as_of)
    return {
        "totals": totals_compared(history, totals),
        "entries": entries_compared(history, entries),
        "force": force_compared(status),
        **load_reviewed(convention),
        "conflicts": conflicts.reset_index(drop=True),
    }


def load_reviewed(convention: Convention) -> dict[str, pd.DataFrame]:
    """Return the reviewed exceptions and the corrections of a convention from `data/reference`.

    The build stops unless the exceptions are exactly what its checks report.

    Returns
    -------
    dict of str to DataFrame
        exceptions: rule (of the check), subject, found, why; corrections: the columns of the file.
    """
    folder = reference_folder()
    names = {convention.convention, convention.reference.removeprefix("UNTC ")}
    listed = read_csv(folder / "exceptions.csv", "data/reference/exceptions.csv", EXCEPTION_COLUMNS)
    exceptions = listed.frame.drop(columns=AT)
    exceptions = exceptions[exceptions["subject"].str.split(" ").str[0].isin(names)]
    path = folder / "corrections.csv"
    corrections = read_csv(path, "data/reference/corrections.csv", CORRECTION_COLUMNS).frame
    corrections = of_convention(corrections, convention.convention)
    return {"exceptions": exceptions, "corrections": corrections}


COPY = "https://github.com/"  # begins the address of what people keep in a repository


def support(acts: pd.DataFrame, sources: pd.DataFrame) -> dict[str, int]:
    """Count what confirmed acts rest on.

    Returns
    -------
    dict of str to int
        confirmed: acts that are; copied: those whose source is a copy in a public repository;
        sources: on how many the tables rest.
    """
    address = sources.set_index("source")["url"].fillna("")
    confirmed = acts[acts["grade"] == "confirmed"]
    copied = confirmed["source"].map(address).str.startswith(COPY)
    used = int((sources["rows"] > 0).sum())
    return {"confirmed": len(confirmed), "copied": int(copied.sum()), "sources": used}


def weak_sources(sources: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of the tables that lack an address, a day or a licence.

    Returns
    -------
    DataFrame
        source, publisher, title, lacks (all str), in order of publisher.
    """
    used = sources[sources["rows"] > 0]
    has_day = used["accessed"].fillna("").str.match(r"\d{4}-\d{2}-\d{2}")
    no_licence = used["licence"].fillna("none").str.match("not stated|none")
    lacking = pd.DataFrame({"address": used["url"].isna(), "day": ~has_day, "licence": no_licence})
    lacks = [", ".join(lacking.columns[row]) for row in lacking.to_numpy()]
    weak = used.assign(lacks=lacks)[["source", "publisher", "title", "lacks"]]
    return weak[weak["lacks"] != ""].sort_values(["publisher", "source"], ignore_index=True)


# Tables that cover nobody: of what is not followed, and of what some have said.
BESIDE = ("conflicts", "statements")
# What tells the parts of a table apart, where one state has a row in each.
PART_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "capacity": ("index", "edition"),
    "votes": ("resolution",),
}
# One entry a table: columns without which a result of the suite is not known.
# An empty note or article is no gap.
GAPS: Mapping[str, tuple[str, ...]] = {
    "conventions": ("entered_into_force", "complete_to", "later_rule", "law_source"),
    "acts": ("date",),
    "states": (
        "un_group",
        "income_group",
        "population",
        "gdp_per_capita",
        "gdp_per_capita_ppp",
        "internet_users_pct",
    ),
    "memberships": ("since",),
    "capacity": ("grade",),
    "totals": ("as_of", "signatories", "parties"),
    "base_treaties": ("entry_into_force", "threshold", "signatories_official", "parties_official"),
    "base_acts": ("iso3",),
    "sources": ("url", "licence", "accessed"),
}


def load_tables() -> dict[str, pd.DataFrame]:
    """Return every processed table by name, in the order of the data dictionary."""
    return {entry.name: read(entry.name) for entry in TABLES}


def list_days(convention: Convention) -> pd.DataFrame:
    """Return the days to which a list is complete, nearly so and partial, as evidence.

    Returns
    -------
    DataFrame
        kind ("list"), about (a name of `REACH_DAYS`), found (the day as text; missing where
        there is none), note (the reach in words), source.
    """
    days = [getattr(convention, name) for name in REACH_DAYS]
    words = [None if day is None else str(day) for day in days]
    texts = pd.array(words, dtype="str")
    return pd.DataFrame(
        {
            "kind": "list",
            "about": list(REACH_DAYS),
            "found": texts,
            "note": convention.reach,
            "source": convention.source,
        }
    )


def covered(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return which UN members each table covers, except the tables of `BESIDE`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The processed tables by name, `states` among them.

    Returns
    -------
    DataFrame
        One row a table, or a part of one (`PART_COLUMNS`): table, part (str, empty for a whole
        table), rows (int), members (Int64: UN members with a row; missing for a table that
        is not by state), absent (tuple of str: the other members by name), others (tuple of
        str: participants that are no members). Of `capacity` a state is covered by its
        overall value.
    """
    states = tables["states"]
    members = states[states["un_member"]]
    names = dict(zip(states["iso3"], states["name"], strict=True))
    rows: list[dict[str, object]] = []
    for name, frame in tables.items():
        if name in BESIDE:
            continue
        parts = [("", frame)]
        if name in PART_COLUMNS:
            grouped = frame.groupby(list(PART_COLUMNS[name]))
            parts = [(" ".join(map(str, label)), part) for label, part in grouped]
        for label, part in parts:
            row: dict[str, object] = {"table": name, "part": label, "rows": len(part)}
            row |= {"members": None, "absent": (), "others": ()}
            if "iso3" in part.columns:
                named = part[part["component"] == "overall"] if name == "capacity" else part
                present = set(named["iso3"].dropna().unique())
                absent = members.loc[~members["iso3"].isin(present), "name"]
                column = "participant" if "participant" in named.columns else "iso3"
                others = present - set(members["iso3"])
                of_others = named[named["iso3"].isin(others)]
                printed = dict(zip(of_others["iso3"], of_others[column], strict=True)) | names
                outside = sorted(printed[iso3] for iso3 in others)
                row |= {"absent": tuple(sorted(absent)), "others": tuple(outside)}
                row["members"] = len(members) - len(absent)
            rows.append(row)
    return pd.DataFrame(rows).astype({"members": "Int64"})


def gaps(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count the missing values of the columns of `GAPS`.

    Returns
    -------
    DataFrame
        table, column, means (from the data dictionary), missing, rows (int); columns
        without a missing value are left out.
    """
    rows = []
    for name, columns in GAPS.items():
        means = {column.name: column.means for column in table_description(name).columns}
        missing = tables[name][list(columns)].isna().sum()
        size = len(tables[name])
        rows += [(name, column, means[column], int(missing[column]), size) for column in columns]
    frame = pd.DataFrame(rows, columns=["table", "column", "means", "missing", "rows"])
    return frame[frame["missing"] > 0].reset_index(drop=True)


def reach(
    registry: Iterable[Convention], snapshots: pd.DataFrame, as_of: date, newest: date
) -> pd.DataFrame:
    """Return how far the list of acts of each convention reaches.

    Parameters
    ----------
    registry : iterable of Convention
        Which conventions; those that open after `as_of` are left out.
    snapshots : DataFrame
        The table `snapshots`.
    as_of : date
        The day up to which a list should reach.
    newest : date
        The day of the data, from which the age of a snapshot counts.

    Returns
    -------
    DataFrame
        One row a convention, oldest first: convention, label, short_title, opens,
        complete_to, nearly_complete_to, partial_to (days; NaT where there is none, else none
        before the one in front of it), beyond (Int64: days of `as_of` and before that the list
        does not cover in full; missing where it is never complete), taken (day on which the
        newest snapshot was taken or found unchanged), age (Int64: days since then).
    """
    rows = []
    for convention in sorted(registry, key=lambda c: c.opens):
        if convention.opens > as_of:
            continue
        complete = convention.complete_to
        nearly = convention.nearly_complete_to or complete
        taken = list_day(convention, snapshots)
        days = {
            "opens": convention.opens,
            "complete_to": complete,
            "nearly_complete_to": nearly,
            "partial_to": convention.partial_to or nearly,
        }
        beyond = max((as_of - complete).days, 0) if complete else None
        age = (newest - taken).days if taken else None
        rows.append({**convention.names, **days, "beyond": beyond, "taken": taken, "age": age})
    ends = ["opens", *REACH_DAYS]
    columns = ["convention", "label", "short_title", *ends, "beyond", "taken", "age"]
    integers = dict.fromkeys(("beyond", "age"), "Int64")
    dtypes = dict.fromkeys((*ends, "taken"), "datetime64[us]") | integers
    return pd.DataFrame(rows, columns=columns).astype(dtypes)
