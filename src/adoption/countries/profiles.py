"""What is known of one state, and of one group of states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from adoption import tables
from adoption.core.acts import CONSENTS
from adoption.countries.capacity import PILLARS
from adoption.countries.network import is_bound
from adoption.law.conventions import find_convention
from adoption.law.panel import (
    CONSENTED_STATUSES,
    NO_ACT,
    NOT_KNOWN,
    POSSIBLY_WITHDRAWN,
    SIGNED,
    UNABLE,
    WITHDRAWN,
)
from adoption.law.spells import days_of_joining
from adoption.law.status import status_to_read
from adoption.tables import known_by
from adoption.tables.rows import with_dtypes

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.law.conventions import Convention
    from adoption.law.status import Row, Status
    from adoption.law.treaties import Treaty


@dataclass(frozen=True)
class Profile:
    """What is known of one state: status and steps on conventions open to it, acts, pillars."""

    statuses: pd.DataFrame
    acts: pd.DataFrame
    steps: pd.DataFrame
    pillars: pd.DataFrame

    @property
    def conventions(self) -> list[str]:
        """The ids of the conventions open to it."""
        return self.statuses["convention"].tolist()


def reports_not_counted(status: Status) -> pd.DataFrame:
    """Return the reports of an act of participants on whom no act is known.

    A report is not counted where a list that names all who had acted lacks it.

    Returns
    -------
    DataFrame
        Rows of the table `conflicts`, by iso3: kind (of the act), other (what is reported) and
        other_source; kept (what the list has, and to which day) and kept_source.
    """
    conflicts = tables.read_of("conflicts", status.convention.convention)
    people = status.participants
    none = people.loc[people["status"] == NO_ACT, "iso3"]
    is_report = (conflicts["about"] == "listed") & conflicts["iso3"].isin(none)
    return conflicts[is_report].set_index("iso3")


def row_of(iso3: str, status: Status) -> Row:
    """Return the row of one participant."""
    return status.row_of(iso3)


def statuses_of(iso3: str, statuses: Sequence[Status]) -> pd.DataFrame:
    """Return the status of a state on some conventions, one row each.

    Returns
    -------
    DataFrame
        convention, short_title, label, name (of the state), status, act, grade; bound (whether it
        is certainly in force for the state, reports left out: `is_bound`); left (what is left
        to do to be a party, of `step_to_party`), parent (the label of the one that it has to join
        first), closes, complete_to (days), made_for, topic, reference.
    """
    rows = [{**status.convention.names, **_standing(iso3, status)} for status in statuses]
    return with_dtypes(
        pd.DataFrame(rows), dict.fromkeys(("closes", "complete_to"), "datetime64[us]")
    )


def _standing(iso3: str, status: Status) -> dict[str, object]:
    row, convention = row_of(iso3, status), find_convention(status.convention)
    parent = convention.parties_of and status_to_read(convention.parties_of, status.as_of)
    above = row_of(iso3, parent) if parent else None
    left, is_able = "nothing", row["status"] not in UNABLE
    if is_able or (above is not None and above["status"] not in (*CONSENTED_STATUSES, *UNABLE)):
        left = step_to_party(row, convention, status.as_of, above)
    done = {name: row[name] for name in ("name", "status", "act", "grade")}
    return done | {
        "bound": is_bound(row, status),
        "left": left,
        "parent": parent.convention.label if parent else None,
        "closes": convention.closes,
        "complete_to": convention.complete_to,
        "made_for": convention.made_for,
        "topic": convention.topic,
        "reference": convention.reference,
    }


def acts_of_state(
    iso3: str, conventions: Sequence[Convention], acts: pd.DataFrame, as_of: date
) -> pd.DataFrame:
    """Return every act of a state up to a day, and the conventions without one.

    Parameters
    ----------
    iso3 : str
        The state.
    conventions : sequence of Convention
        The registry, in the order of the rows.
    acts : DataFrame
        The table `acts`.
    as_of : date
        Acts that cannot have happened by this day are left out.

    Returns
    -------
    DataFrame
        convention, short_title, label, act, date, earliest, latest, open_ended, grade, source,
        note; a
        convention on which no act is known has one row with a missing act.
    """
    rows = known_by(acts[acts["iso3"] == iso3], as_of)
    registry = pd.DataFrame([c.names for c in conventions]).reset_index(names="order")
    frame = registry.merge(rows, on="convention", how="left")
    frame["is_consent"] = frame["act"].isin(CONSENTS)
    frame = frame.sort_values(["order", "earliest", "is_consent"], ignore_index=True)
    kept = ["act", "date", "earliest", "latest", "open_ended", "grade", "source", "note"]
    return frame[["convention", "short_title", "label", *kept]]


def open_to(
    iso3: str,
    conventions: Sequence[Convention],
    memberships: pd.DataFrame,
    acts: pd.DataFrame,
    as_of: date,
    *,
    is_state: bool = True,
) -> list[Convention]:
    """Return the conventions to show for a state on a day, always including the first.

    Left out are one that had not been opened by the day; one made for the members of an
    organisation, for a state that is none and has not acted on it; and for an organization, one
    whose rule does not provide for its instruments. Other conditions, such as an invitation,
    are not weighed.
    """
    organisations = {None, *memberships.loc[memberships["iso3"] == iso3, "organisation"]}
    acted = set(acts.loc[acts["iso3"] == iso3, "convention"])

    def is_open(convention: Convention) -> bool:
        joinable = convention.made_for in organisations and provides_for(convention, is_state)
        return convention.opens <= as_of and (joinable or convention.convention in acted)

    return [*conventions[:1], *filter(is_open, conventions[1:])]


def provides_for(treaty: Treaty, is_state: bool) -> bool:
    """Return whether a treaty is open to a participant of its kind; so where that is not known.

    A treaty without a rule on the instruments of organisations is open to states alone.
    """
    return is_state or treaty.excludes_reio is not False


def pillar_profile(iso3: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Set a state's GCI pillars beside the states of its M49 region, of which it is one.

    Parameters
    ----------
    iso3 : str
        The state.
    frame : DataFrame
        One row a state: iso3, region and the pillars.

    Returns
    -------
    DataFrame
        One row a pillar: component, label, value (missing where not known), rank (from the
        highest of the region), equal (how many others have the same value), lower, median, upper
        and states (how many of the region have a value).
    """
    place = frame["iso3"].tolist().index(iso3)
    regions = frame["region"]
    is_beside = (regions == regions.array[place]).to_numpy(dtype=bool, na_value=False)
    rows = []
    for component, label in PILLARS.items():
        points = frame[component].to_numpy(dtype="float64", na_value=np.nan)
        value, peers = points[place], points[is_beside]  # of an organisation none is
        peers = np.sort(peers[~np.isnan(peers)])
        higher, equal = int((peers > value).sum()), int((peers == value).sum())
        rows.append(
            {
                "component": component,
                "label": label,
                "value": value,
                "rank": higher + 1 if equal else None,
                "equal": equal - 1,
                **_quartiles(peers),
                "states": len(peers),
            }
        )
    return with_dtypes(pd.DataFrame(rows), {"rank": "Int64"})


def _quartiles(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> dict[str, float]:
    """Return the lowest, the median and the highest of sorted values; missing of none."""
    if not len(values):
        return dict.fromkeys(("lower", "median", "upper"), np.nan)
    of = {"lower": values[0], "median": np.median(values), "upper": values[-1]}
    return {name: float(np.round(value, 9)) for name, value in of.items()}


def step_to_party(row: Row, convention: Convention, as_of: date, parent: Row | None = None) -> str:
    """Return what a participant still has to do to be bound; "nothing" where it has consented.

    `parent` is its row on the convention to whose parties alone this one is open. Whether it has
    been invited, or took part in the drafting, is not known.
    """
    if row["status"] in CONSENTED_STATUSES:
        return "confirm" if row["grade"] == "reported" else "nothing"
    if row["status"] in (WITHDRAWN, POSSIBLY_WITHDRAWN):
        return "join again" if row["status"] == WITHDRAWN else "join again, if it has withdrawn"
    if row["status"] == SIGNED:
        return "deposit" if pd.notna(row["domestic_approval_on"]) else "ratify"
    if parent is not None and parent["status"] not in CONSENTED_STATUSES:
        return "join first, if it has not" if row["status"] == NOT_KNOWN else "join first"
    if convention.closes is not None:
        return "accede" if convention.is_closed(as_of) else "sign"
    if parent is not None:
        return "join as a party"
    needs_invitation = _needs_invitation(row["iso3"], convention, as_of)
    return "accede if invited" if needs_invitation else "sign or accede"


def _needs_invitation(iso3: str, convention: Convention, as_of: date) -> bool:
    """Return whether a participant was certainly outside an organisation that invites others."""
    rule = convention.special
    if rule is None or rule.invites_others is None:
        return False
    memberships, day = tables.read("memberships"), pd.Timestamp(as_of)
    members = memberships[memberships["organisation"] == rule.organisation]
    joined, _ = days_of_joining(members["since"])  # without a day it may have been one by then
    may_be_member = ~joined.gt(day) & ~members["until"].le(day)
    return iso3 not in set(members.loc[may_be_member, "iso3"])


@dataclass(frozen=True)
class GroupProfile:
    """What is known of a group: conventions open to it (ids), its members by status on each."""

    conventions: list[str]
    counts: pd.DataFrame


def conventions_of(
    group: Group, conventions: Sequence[Convention], memberships: pd.DataFrame, as_of: date
) -> list[Convention]:
    """Return the conventions to show for a group on a day, always including the first.

    One that had not been opened by the day is left out, and one made for the members of an
    organisation for a group without one. Other conditions, such as an invitation, are not
    weighed.
    """
    rows = memberships[memberships["iso3"].isin(group.members)]
    organisations = {None, *rows["organisation"]}
    joinable = [c for c in conventions[1:] if c.opens <= as_of and c.made_for in organisations]
    return [*conventions[:1], *joinable]


def acts_by_convention(group: Group, statuses: Sequence[Status]) -> pd.DataFrame:
    """Count a group's members by status on several conventions.

    On a convention made for one organisation only its members are counted, and those who
    have acted on it. An organisation is counted where it can act, or has.

    Returns
    -------
    DataFrame
        One row a convention: convention, label, short_title, members, and the counts
        no_act, signed, signed_reported, bound_reported, bound (confirmed or inferred),
        withdrawn (int64; they add up to members); by_report (int64: of these, who has done
        nothing that is not only reported); partial (bool: acts may be missing, since the list
        ends before the day or does not name the signatories).
    """
    rows = []
    for status in statuses:
        able = [row for row in status.rows_of(group.members) if row["status"] not in UNABLE]
        members = [row for row in able if row["status"] != NO_ACT or _is_open_to(row, status)]
        signed = [row for row in members if row["status"] == SIGNED]
        bound = [row for row in members if row["status"] in CONSENTED_STATUSES]
        signed_reported = [row for row in signed if row["grade"] == "reported"]
        bound_reported = [row for row in bound if row["grade"] == "reported"]
        no_act = sum(row["status"] == NO_ACT for row in members)
        withdrawn = sum(row["status"] == WITHDRAWN for row in members)
        counts = {
            "no_act": no_act,
            "signed": len(signed) - len(signed_reported),
            "signed_reported": len(signed_reported),
            "bound_reported": len(bound_reported),
            "bound": len(bound) - len(bound_reported),
            "withdrawn": withdrawn,
        }
        by_report = [row["iso3"] for row in (*signed_reported, *bound_reported)]
        about_list = {
            "by_report": _by_report(by_report, status),
            "partial": status.beyond_reach or not status.convention.signatories_listed,
        }
        names = {**status.convention.names, "members": len(members)}
        rows.append(names | counts | about_list)
    return pd.DataFrame(rows)


def _is_open_to(row: Row, status: Status) -> bool:
    return provides_for(status.convention, is_state=row["kind"] != "organization")


def _by_report(reported: Sequence[str], status: Status) -> int:
    """Return of how many of those whose last act is reported no earlier one is better known."""
    if not reported:
        return 0
    acts = pd.concat([status.signatories.rows(), status.parties.rows()])
    sure = acts.loc[acts["certain"] & acts["grade"].ne("reported"), "iso3"]
    return len({*reported} - {*sure})
