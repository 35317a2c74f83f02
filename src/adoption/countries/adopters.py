"""The states that may adopt a convention: each one's act beside what is known of the state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from adoption import tables
from adoption.countries.dispersion import pillar_values
from adoption.countries.groups import all_groups, slug
from adoption.data.dictionary import CONSENTS, SIGNATURES
from adoption.law.deciding import IN_FORCE, PARTY
from adoption.law.instruments import best_supported
from adoption.law.status import Status, load_status

BUDAPEST = "budapest"  # id of the Budapest Convention in the registry
RESOLUTION = "A/RES/74/247"  # the later of the two in the table votes
UNION = "eu"  # id of the European Union among the groups
INFERRED = " (inferred)"  # after a vote that no record shows
CONSENTED, BY_REPORT, NO_CONSENT = "party", "party by report", "no consent known"
TABLES = ("acts", "states", "memberships", "capacity", "votes", "regimes")


@dataclass(frozen=True)
class Adopters:
    """The states that may adopt a convention, on a day.

    Attributes
    ----------
    status : Status
        The convention on the day.
    edition : int
        Edition of the GCI.
    frame : DataFrame
        One row a state, by name: iso3, name, status, grade, un_group, subregion, income_group
        (str); signed, acted (bool: a signature, or a signature or consent, had certainly
        happened by the day), by_report (bool: acted, and every act of it is only reported),
        possible (bool: not acted, but it may have); gdp_per_capita (float, current US
        dollars), overall and the five pillars (float, GCI points), tier, vote, regime, budapest
        (one of `CONSENTED`, `BY_REPORT`, `NO_CONSENT`), eu (bool). What is not known is
        missing.
    budapest_known : bool
        Whether the column budapest tells states apart: not for the Budapest Convention
        itself, nor before it was opened.
    vote_day : date
        Day of the vote on `RESOLUTION`.
    regime_year : int
        Year that the regimes describe.
    sources : tuple of str
        Keys of the sources of all these values.
    """

    status: Status
    edition: int
    frame: pd.DataFrame
    budapest_known: bool
    vote_day: date
    regime_year: int
    sources: tuple[str, ...]

    @property
    def acted(self) -> int:
        """How many of them have acted."""
        return int(self.frame["acted"].sum())

    @property
    def by_signature(self) -> bool:
        """Whether to have acted is to have signed: signatories are named, and none acceded."""
        listed = self.status.convention.signatories_listed
        return listed and bool((self.frame["signed"] | ~self.frame["acted"]).all())

    @property
    def did(self) -> str:
        """What the states counted have done, in one word."""
        return "signed" if self.by_signature else "acted"

    @property
    def who(self) -> str:
        """Who the states are, in words."""
        made_for = self.status.convention.made_for
        return f"members of the United Nations{f' in the {made_for}' if made_for else ''}"


def join(
    status: Status, budapest: Status, data: Mapping[str, pd.DataFrame], edition: int
) -> Adopters:
    """Set each state's act beside what is known of the state.

    The states are the members of the United Nations; for a convention made for an
    organisation, those of them that belong to it.
    """
    convention = status.convention
    frame = status.participants[status.participants["kind"] == "member"]
    frame = frame[["iso3", "name", "status", "grade", "act", "possible", "signed", "un_group"]]
    frame = frame.assign(acted=frame["act"].notna())
    frame["possible"] = frame["possible"].notna() & ~frame["acted"]
    groups = all_groups(data["states"], data["memberships"])
    if convention.made_for is not None:
        frame = frame[frame["iso3"].isin(list(groups[slug(convention.made_for)].members))]
    frame["by_report"] = frame["acted"] & frame["iso3"].isin(by_report(data["acts"], status))
    frame["eu"] = frame["iso3"].isin(list(groups[UNION].members))
    for column, values in _characteristics(data, budapest, edition).items():
        frame[column] = frame["iso3"].map(values)
    frame = frame.join(pillar_values(data["capacity"], edition), on="iso3")
    parties = budapest.participants[budapest.participants["iso3"].isin(frame["iso3"])]
    return Adopters(
        status=status,
        edition=edition,
        frame=frame.drop(columns="act").sort_values("name", ignore_index=True),
        budapest_known=convention.convention != BUDAPEST
        and budapest.convention.opens <= status.as_of,
        vote_day=_on_resolution(data)["date"].max().date(),
        regime_year=int(data["regimes"]["year_covered"].max()),
        sources=_sources(data, status, parties, edition),
    )


def _sources(
    data: Mapping[str, pd.DataFrame], status: Status, parties: pd.DataFrame, edition: int
) -> tuple[str, ...]:
    """Return the keys of the sources of what is joined, each once."""
    members = data["memberships"]
    members = members[members["organisation"].map(slug) == UNION]
    frames = [
        status.participants, parties, data["states"], _gci(data, edition), _on_resolution(data),
        data["regimes"], members,
    ]  # fmt: skip
    return tuple(dict.fromkeys(str(key) for f in frames for key in f["source"].dropna()))


def _gci(data: Mapping[str, pd.DataFrame], edition: int) -> pd.DataFrame:
    capacity = data["capacity"]
    return capacity[(capacity["index"] == "GCI") & (capacity["edition"] == edition)]


def _on_resolution(data: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return data["votes"][data["votes"]["resolution"] == RESOLUTION]


def by_report(acts: pd.DataFrame, status: Status) -> list[str]:
    """Return who had signed or consented by report alone, by ISO3."""
    own = acts[acts["convention"] == status.convention.convention]
    best = best_supported(own, (*SIGNATURES, *CONSENTS), status.as_of)
    return [str(iso3) for iso3 in best.index[best["grade"] == "reported"]]


def _characteristics(
    data: Mapping[str, pd.DataFrame], budapest: Status, edition: int
) -> dict[str, pd.Series]:
    """Return what is known of states, one series by ISO3 a column."""
    gci = _gci(data, edition)
    gci = gci[gci["component"] == "overall"].set_index("iso3")
    votes = _on_resolution(data).set_index("iso3")
    inferred = votes["grade"].eq("inferred")
    states = data["states"].set_index("iso3")
    parties = budapest.participants.set_index("iso3")
    bound = parties["status"].isin((PARTY, IN_FORCE))
    consent = pd.Series(NO_CONSENT, parties.index).mask(bound, CONSENTED)
    return {
        "subregion": states["subregion"],
        "income_group": states["income_group"],
        "gdp_per_capita": states["gdp_per_capita"],
        "overall": gci["value"],
        "tier": gci["tier"],
        "vote": votes["vote"].mask(inferred, votes["vote"] + INFERRED),
        "regime": data["regimes"].set_index("iso3")["status"],
        "budapest": consent.mask(bound & parties["grade"].eq("reported"), BY_REPORT),
    }


def load_adopters(status: Status, edition: int) -> Adopters:
    """Join the processed tables for a convention on a day.

    Examples
    --------
    >>> from datetime import date
    >>> adopters = load_adopters(load_status("hanoi", date(2025, 10, 26)), 2024)
    >>> len(adopters.frame), adopters.acted, adopters.by_signature
    (193, 70, True)
    """
    data = {name: tables.read(name) for name in TABLES}
    return join(status, load_status(BUDAPEST, status.as_of), data, edition)
