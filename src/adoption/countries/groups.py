"""Groups of states: M49 regions and sub-regions, UN regional groups, organisations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from adoption import tables
from adoption.errors import AdoptionError, did_you_mean
from adoption.reading import remembered
from adoption.words import region_in_sentence

# What people call a group whose own name is another. Compared as slugs.
NICKNAMES = {
    "arab-league": "league-of-arab-states",
    "european-union": "eu",
    "gulf-states": "gcc",
    "gulf-cooperation-council": "gcc",
    "grulac": "latin-american-and-caribbean-group",
    "weog": "western-european-and-other-states-group",
    "coe": "council-of-europe",
    "au": "african-union",
    "economic-community-of-west-african-states": "ecowas",
    "southern-african-development-community": "sadc",
    "economic-community-of-central-african-states": "eccas",
    "east-african-community": "eac",
    "intergovernmental-authority-on-development": "igad",
    "common-market-for-eastern-and-southern-africa": "comesa",
    "arab-maghreb-union": "amu",
    "caribbean-community": "caricom",
    "pacific-islands-forum": "pif",
    "commonwealth-of-nations": "commonwealth",
    "group-of-twenty": "g20",
    "group-of-77": "g77",
    "francophonie": "oif",
    "organisation-internationale-de-la-francophonie": "oif",
    "organization-for-security-and-co-operation-in-europe": "osce",
    "non-aligned-movement": "nam",
    "southern-common-market": "mercosur",
    "south-asian-association-for-regional-cooperation": "saarc",
    "bay-of-bengal-initiative": "bimstec",
}
NO_ARTICLE = {
    "ASEAN",
    "BIMSTEC",
    "BRICS",
    "CARICOM",
    "COMESA",
    "ECCAS",
    "ECOWAS",
    "IGAD",
    "Mercosur",
    "NATO",
    "SAARC",
}
NOT_CURRENT = "not a current member"  # as the notes of the memberships say it


@dataclass(frozen=True)
class Group:
    """A group of states.

    Attributes
    ----------
    group : str
        Its id: the name in lower case with hyphens.
    name : str
        Its own name.
    kind : str
        M49 region, M49 sub-region, UN regional group or organisation.
    members : frozenset of str
        ISO3 codes.
    """

    group: str
    name: str
    kind: str
    members: frozenset[str]

    @property
    def in_sentence(self) -> str:
        """The name as it stands in a sentence: the League of Arab States, ASEAN, Africa."""
        if self.kind.startswith("M49"):
            return region_in_sentence(self.name)
        return self.name if self.name in NO_ARTICLE else f"the {self.name}"


def slug(name: str) -> str:
    """Return a name as an id.

    Examples
    --------
    >>> slug("Latin America and the Caribbean"), slug("CIS (associate)")
    ('latin-america-and-the-caribbean', 'cis-associate')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def all_groups(states: pd.DataFrame, memberships: pd.DataFrame) -> dict[str, Group]:
    """Return every group by id.

    A name that stands for two kinds of group, such as a region that is a sub-region too,
    is the larger kind's.
    """
    states = states[states["kind"] != "organization"]
    current = ~memberships["note"].str.contains(NOT_CURRENT, regex=False).eq(True)
    listed = (
        (states, "region", "M49 region"),
        (states, "subregion", "M49 sub-region"),
        (states, "un_group", "UN regional group"),
        (memberships[current], "organisation", "organisation"),
    )
    groups: dict[str, Group] = {}
    for frame, column, kind in listed:
        for name, members in frame.groupby(column)["iso3"]:
            found = Group(slug(str(name)), str(name), kind, frozenset(members))
            groups.setdefault(found.group, found)
    return groups


class Groups(dict[str, Group]):
    """Groups by id, found by name and nickname as well."""

    def __missing__(self, name: str) -> Group:
        return find_group(name, self)


def load_groups() -> Groups:
    """Return every group by id, from the processed tables.

    Examples
    --------
    >>> load_groups()["asean"].name, load_groups()["Arab League"].group
    ('ASEAN', 'league-of-arab-states')
    """
    return Groups(_remembered_groups())


@remembered
def _remembered_groups() -> dict[str, Group]:
    return all_groups(tables.read("states"), tables.read("memberships"))


def find_group(name: str, groups: Mapping[str, Group], parameter: str = "group") -> Group:
    """Return a group by its name, id or nickname, whatever the letter case.

    Examples
    --------
    >>> arab = Group("league-of-arab-states", "League of Arab States", "organisation", frozenset())
    >>> find_group("Arab League", {arab.group: arab}).name
    'League of Arab States'
    """
    wanted = slug(name)
    found = groups.get(NICKNAMES.get(wanted, wanted))
    if found is None:
        known = [*groups, *(nick for nick, group in NICKNAMES.items() if group in groups)]
        raise AdoptionError(f"{parameter}: there is no {name!r}; {did_you_mean(wanted, known, 1)}")
    return found
