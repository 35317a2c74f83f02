"""Where the sources on a convention disagree, with each other and with its acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from adoption.data.csvfile import AT, read_csv
from adoption.data.exceptions import KEY
from adoption.law.conventions import Convention
from adoption.law.counts import totals_on
from adoption.law.entries import in_force_by_rule
from adoption.law.instruments import special_members
from adoption.law.status import Row, Status, load_status, status_on
from adoption.paths import reference_folder
from adoption.tables import read as read_table

MEASURES = ("signatories", "parties")
AGREES, DIFFERS = "agrees", "differs"
NO_DAY = "the source gives no day"
NOT_LISTED = "no source names the signatories"
NO_RULE = "cannot be computed"
CORRECTION, CONFLICT = "correction", "conflict"
# Why what the depositary says is kept, by what a conflict is about.
WHY_KEPT = {
    "day": "The depositary's day is kept",
    "act": "The depositary's name of the act is kept",
    "listed": "The depositary's list is complete and lacks it, so it is a report only",
    "total": "Our count of the acts on that day is kept",
}
CORRECTION_COLUMNS = ("convention", "iso3", "act", "field", "expect", "value", "why")


def totals_compared(
    convention: Convention, tables: Mapping[str, pd.DataFrame], as_of: date
) -> pd.DataFrame:
    """Set published totals beside the count of the acts on their day.

    Parameters
    ----------
    convention : Convention
        Which convention.
    tables : mapping of str to DataFrame
        The processed tables `totals` and `acts`, by name.
    as_of : date
        Totals of a later day are left out.

    Returns
    -------
    DataFrame
        One row a figure, undated ones last: as_of (NaT where the source gives no day),
        measure, published, lower, upper (Int64: our bounds; missing where nothing can be
        compared), difference (Int64: by how much it lies above or below the bounds),
        result (`AGREES`, `DIFFERS`, `NO_DAY` or `NOT_LISTED`), wording, source.
    """
    totals, acts = tables["totals"], tables["acts"]
    acts = acts[acts["convention"] == convention.convention]
    own = totals[totals["convention"] == convention.convention].sort_values(["as_of", "source"])
    rows = []
    for row in own[~(own["as_of"] > pd.Timestamp(as_of))].to_dict("records"):
        counts = totals_on(acts, row["as_of"]) if pd.notna(row["as_of"]) else None
        for measure in MEASURES:
            if pd.isna(row[measure]):
                continue
            lower = upper = difference = None
            result = NO_DAY
            if measure == "signatories" and not convention.signatories_listed:
                result = NOT_LISTED
            elif counts is not None:
                lower, upper = counts[measure].lower, counts[measure].upper
                difference = row[measure] - min(max(row[measure], lower), upper)
                result = DIFFERS if difference else AGREES
            rows.append(
                {"as_of": row["as_of"], "measure": measure, "published": row[measure],
                 "lower": lower, "upper": upper, "difference": difference, "result": result,
                 "wording": row["wording"], "source": row["source"]}
            )  # fmt: skip
    whole = ["published", "lower", "upper", "difference"]
    columns = ["as_of", "measure", *whole, "result", "wording", "source"]
    dtypes = {"as_of": "datetime64[us]"} | dict.fromkeys(whole, "Int64")
    return pd.DataFrame(rows, columns=columns).astype(dtypes)


def entries_compared(
    convention: Convention, tables: Mapping[str, pd.DataFrame], as_of: date
) -> pd.DataFrame:
    """Set the published day of entry into force of each state beside the one by the rule.

    Of a state that was bound more than once it is that of the term of the published day.

    Parameters
    ----------
    convention : Convention
        Which convention.
    tables : mapping of str to DataFrame
        The processed tables `entries_into_force`, `acts`, `states` and `memberships`.
    as_of : date
        States with a later published day are left out.

    Returns
    -------
    DataFrame
        One row a state with a published day: iso3, published, computed (days; NaT where the
        day of deposit or the rule is not known), result (`AGREES`, `DIFFERS` or
        `NO_RULE`), source.
    """
    holders = special_members(convention, tables["memberships"])
    status = status_on(convention, as_of, tables["acts"], tables["states"], holders)
    acts, entries = (
        frame[frame["convention"] == convention.convention]
        for frame in (tables["acts"], tables["entries_into_force"])
    )
    acts = acts[acts["earliest"] <= pd.Timestamp(as_of)]
    entries = entries[entries["date"] <= pd.Timestamp(as_of)].reset_index(drop=True)
    computed = in_force_by_rule(
        convention, acts, entries, status.nth_instrument, status.entry_into_force
    )
    both = entries.rename(columns={"date": "published"}).assign(computed=computed)
    agrees = both["computed"] == both["published"]
    result = agrees.map({True: AGREES, False: DIFFERS}).mask(both["computed"].isna(), NO_RULE)
    return both.assign(result=result)[["iso3", "published", "computed", "result", "source"]]


def force_compared(status: Status) -> pd.DataFrame:
    """Set the published entry into force of a convention beside the one by the rule and the acts.

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
    row: dict[str, object] = {
        "published": published,
        "earliest": None,
        "latest": None,
        "result": None,
    }
    if window is not None:
        row |= {"earliest": window.earliest, "latest": window.latest}
    if published is not None:
        row["result"] = NO_RULE if window is None else (
            AGREES if window.earliest <= published <= (window.latest or published) else DIFFERS
        )  # fmt: skip
    days = dict.fromkeys(("published", "earliest", "latest"), "datetime64[us]")
    return pd.DataFrame([row]).astype(days)


@dataclass(frozen=True)
class Disagreements:
    """What sources publish of a convention beside what follows from its acts.

    Attributes
    ----------
    totals, entries, force, oddities : DataFrame
        From `totals_compared`, `entries_compared`, `force_compared` and `load_oddities`.
    """

    totals: pd.DataFrame
    entries: pd.DataFrame
    force: pd.DataFrame
    oddities: pd.DataFrame

    def rows(self) -> list[pd.DataFrame]:
        """Return them with the columns kind, iso3, about, found, note and source."""
        totals, odd = self.totals, self.oddities
        days = pd.concat([self.force, self.entries], ignore_index=True).dropna(subset=["published"])
        return [
            pd.DataFrame(
                {"kind": "total", "about": totals["measure"], "found": totals["result"],
                 "note": totals["wording"], "source": totals["source"]}
            ),
            pd.DataFrame(
                {"kind": "entry into force", "iso3": days["iso3"],
                 "about": days["published"].dt.strftime("%Y-%m-%d"), "found": days["result"],
                 "source": days["source"]}
            ),
            pd.DataFrame(
                {"kind": "conflict", "about": odd["subject"], "found": odd["found"],
                 "note": odd["why"]}
            ),
        ]  # fmt: skip


def disagreements(
    convention: Convention, tables: Mapping[str, pd.DataFrame], as_of: date
) -> Disagreements:
    """Compare what is published by a day of a convention with its acts."""
    return Disagreements(
        totals_compared(convention, tables, as_of),
        entries_compared(convention, tables, as_of),
        force_compared(load_status(convention.convention, as_of)),
        load_oddities(convention),
    )


def load_oddities(convention: Convention) -> pd.DataFrame:
    """Return the reviewed exceptions and corrections, and the conflicts, of a convention.

    The first two stand in `data/reference`; the build stops unless the exceptions are exactly
    what `adoption.data` finds. The conflicts are those of the table of that name.

    Returns
    -------
    DataFrame
        rule (of the check, `CORRECTION` or `CONFLICT`), subject, found, why (all str).
    """
    folder = reference_folder()
    listed = read_csv(folder / "exceptions.csv", "data/reference/exceptions.csv", (*KEY, "why"))
    names = {convention.convention, convention.reference.removeprefix("UNTC ")}
    exceptions = listed.frame.drop(columns=AT)
    exceptions = exceptions[exceptions["subject"].str.split(" ").str[0].isin(names)]
    read = read_csv(
        folder / "corrections.csv", "data/reference/corrections.csv", CORRECTION_COLUMNS
    ).frame
    read = read[read["convention"] == convention.convention]
    corrections = pd.DataFrame(
        {
            "rule": CORRECTION,
            "subject": read["convention"] + " " + read["iso3"] + " " + read["field"],
            "found": read["expect"] + " in the source, " + read["value"] + " here",
            "why": read["why"],
        }
    )
    told = conflicts_told(read_table("conflicts"), convention)
    return pd.concat([exceptions, corrections, told], ignore_index=True)


def conflicts_told(conflicts: pd.DataFrame, convention: Convention) -> pd.DataFrame:
    """Say in words what other sources say otherwise than the acts that are kept.

    Examples
    --------
    >>> from adoption.law.conventions import find_convention
    >>> row = {"convention": "hanoi", "iso3": "QAT", "kind": "consent", "about": "day",
    ...        "kept": "2026-03-03", "kept_source": "untc-hanoi",
    ...        "other": "2026-02-05", "other_source": "press", "other_grade": "reported"}
    >>> conflicts_told(pd.DataFrame([row]), find_convention("hanoi")).loc[0, "found"]
    '2026-03-03 by untc-hanoi, 2026-02-05 by press (reported)'
    """
    own = conflicts[conflicts["convention"] == convention.convention]
    rows = [
        {
            "rule": CONFLICT,
            "subject": " ".join(
                row[name] for name in ("convention", "iso3", "kind") if pd.notna(row[name])
            ),
            "found": _found(row),
            "why": WHY_KEPT[row["about"]],
        }
        for row in own.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=["rule", "subject", "found", "why"], dtype="str")


def _found(row: Row) -> str:
    other = f"{row['other']} by {row['other_source']}"
    if row["about"] == "total":
        return f"published {other}, counted {row['kept']}"
    kept = f"{row['kept']} by {row['kept_source']}, {other}"
    return f"{kept} ({row['other_grade']})" if pd.notna(row["other_grade"]) else kept
