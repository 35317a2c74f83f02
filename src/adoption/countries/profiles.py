"""What is known of one state: its acts, its capacity beside its region, its peers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from adoption.data.dictionary import SIGNATURES
from adoption.law.deciding import NO_ACT, SIGNED
from adoption.words import long_day

if TYPE_CHECKING:
    from adoption.law.conventions import Convention
    from adoption.law.status import Row, Status

PILLARS = {
    "legal": "Legal",
    "technical": "Technical",
    "organizational": "Organizational",
    "capacity_development": "Capacity development",
    "cooperation": "Cooperation",
}
PILLAR_MAXIMUM = 20


def acts_of(
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
    own = acts[(acts["iso3"] == iso3) & (acts["earliest"] <= pd.Timestamp(as_of))]
    registry = pd.DataFrame(
        {
            "convention": [c.convention for c in conventions],
            "short_title": [c.short_title for c in conventions],
            "label": [c.label for c in conventions],
        }
    )
    frame = registry.merge(own, on="convention", how="left")
    order = {convention: number for number, convention in enumerate(registry["convention"])}
    frame["order"] = frame["convention"].map(order)
    frame["is_consent"] = ~frame["act"].isin(SIGNATURES)
    frame = frame.sort_values(["order", "earliest", "is_consent"], ignore_index=True)
    kept = [
        "convention", "short_title", "label", "act", "date", "earliest", "latest", "open_ended",
        "grade", "source", "note",
    ]  # fmt: skip
    return frame[kept]


def open_to(
    iso3: str,
    conventions: Sequence[Convention],
    memberships: pd.DataFrame,
    acts: pd.DataFrame,
    *,
    is_state: bool = True,
) -> list[Convention]:
    """Return the conventions to look at for a state, the first of those given always.

    Another made for the members of an organisation is left out for a state that is
    none and has not acted on it; and for an organization, one whose rule does not provide for
    its instruments. Other conditions, such as an invitation, are not weighed.
    """
    own = set(memberships.loc[memberships["iso3"] == iso3, "organisation"])
    acted = set(acts.loc[acts["iso3"] == iso3, "convention"])
    return [
        c
        for place, c in enumerate(conventions)
        if place == 0
        or c.convention in acted
        or ((c.made_for is None or c.made_for in own) and (is_state or c.excludes_reio))
    ]


def pillar_profile(
    iso3: str, capacity: pd.DataFrame, states: pd.DataFrame, edition: int
) -> pd.DataFrame:
    """Set a state's GCI pillars beside the other states of its M49 region.

    Returns
    -------
    DataFrame
        One row a pillar: component, label, value (missing where not known), low, median,
        high and states (how many others of the region have a value).
    """
    region = states.loc[states["iso3"] == iso3, "region"].iloc[0]
    others = states.loc[(states["region"] == region) & (states["iso3"] != iso3), "iso3"]
    gci = capacity[(capacity["index"] == "GCI") & (capacity["edition"] == edition)]
    rows = []
    for component, label in PILLARS.items():
        values = gci[gci["component"] == component].set_index("iso3")["value"]
        beside = values[values.index.isin(others)]
        rows.append(
            {
                "component": component,
                "label": label,
                "value": values.get(iso3, float("nan")),
                "low": beside.min(),
                "median": beside.median(),
                "high": beside.max(),
                "states": len(beside),
            }
        )
    return pd.DataFrame(rows)


def index_history(iso3: str, capacity: pd.DataFrame) -> pd.DataFrame:
    """Return a state's overall values by index and edition, with tier, grade and source."""
    own = capacity[(capacity["iso3"] == iso3) & (capacity["component"] == "overall")]
    kept = ["index", "edition", "value", "tier", "grade", "source"]
    own = own.sort_values(["index", "edition"], ascending=[False, True], ignore_index=True)
    return own[kept]


def peers(
    iso3: str, status: Status, states: pd.DataFrame, capacity: pd.DataFrame, edition: int
) -> pd.DataFrame:
    """Set a state beside the others of its M49 sub-region.

    Returns
    -------
    DataFrame
        One row a state, itself included: iso3, name, status, grade, possible, act,
        earliest, latest, overall (GCI) and tier; the highest GCI first, those without one
        last.
    """
    subregion = states.loc[states["iso3"] == iso3, "subregion"].iloc[0]
    members = states.loc[states["subregion"] == subregion, "iso3"]
    gci = capacity[
        (capacity["index"] == "GCI")
        & (capacity["edition"] == edition)
        & (capacity["component"] == "overall")
    ].set_index("iso3")
    frame = status.participants
    frame = frame[frame["iso3"].isin(members)].assign(
        overall=frame["iso3"].map(gci["value"]), tier=frame["iso3"].map(gci["tier"])
    )
    kept = [
        "iso3", "name", "status", "grade", "possible", "act", "earliest", "latest", "open_ended",
        "overall", "tier",
    ]  # fmt: skip
    return frame.sort_values(["overall", "name"], ascending=[False, True], ignore_index=True)[kept]


def _undated(row: Row, title: str) -> str:
    """Say what is not known of an act without a day; of a reported one, whether it is true."""
    act = f"{row['act']} {'to' if row['act'] == 'accession' else 'of'} the {title}"
    if row["grade"] == "reported":
        return f"Whether the reported {act} took place, and on which day."
    return f"The day of the {act}."


def what_is_missing(
    iso3: str, statuses: Sequence[Status], tables: dict[str, pd.DataFrame], edition: int
) -> list[str]:
    """Return, one sentence each, what the data do not say of a state.

    Parameters
    ----------
    iso3 : str
        The state.
    statuses : sequence of Status
        The conventions that the brief looks at, on its day.
    tables : dict of str to DataFrame
        The tables acts, states and capacity.
    edition : int
        The edition of the GCI that the brief shows.
    """
    state = tables["states"].set_index("iso3").loc[iso3]
    acts, as_of = tables["acts"], statuses[0].as_of
    own = acts[(acts["iso3"] == iso3) & (acts["earliest"] <= pd.Timestamp(as_of))]
    titles = {s.convention.convention: s.convention.short_title for s in statuses}
    found = [
        _undated(row, titles[str(row["convention"])])
        for row in own[own["date"].isna()].to_dict("records")
        if row["convention"] in titles
    ]
    for status in statuses:
        if not status.beyond_reach:
            continue
        title, complete_to = status.convention.short_title, status.convention.complete_to
        end = f"after {long_day(complete_to)}" if complete_to else "at any time"
        participants = status.participants
        (done,) = participants.loc[participants["iso3"] == iso3, "status"]
        if done == NO_ACT:
            found.append(f"Whether it has acted on the {title} {end}.")
        elif done == SIGNED:
            found.append(f"Whether it has become bound by the {title} {end}.")
    if state["kind"] == "organization":  # the measures below are of states
        return found
    own_gci = tables["capacity"][
        (tables["capacity"]["iso3"] == iso3) & (tables["capacity"]["edition"] == edition)
    ]
    have = set(own_gci.loc[own_gci["index"] == "GCI", "component"])
    lacking = [label.lower() for component, label in PILLARS.items() if component not in have]
    if len(lacking) == len(PILLARS):
        found.append(f"Its pillar values in the GCI {edition}.")
    else:
        found += [f"Its {label} pillar in the GCI {edition}." for label in lacking]
    measures = {
        "population": "population",
        "gdp_per_capita": "GDP per capita",
        "internet_users_pct": "share of Internet users",
        "income_group": "income group",
    }
    found += [f"Its {label}." for column, label in measures.items() if pd.isna(state[column])]
    return found
