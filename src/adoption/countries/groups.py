"""States and groups of states by the names that people use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from adoption import tables
from adoption.core.errors import AdoptionError, did_you_mean, nearest
from adoption.core.paths import reference_folder
from adoption.core.reading import remembered
from adoption.core.text import in_sentence, listed, region_in_sentence, slug
from adoption.countries.codes import state_of_code
from adoption.tables.csvfile import read_csv, unique
from adoption.tables.names import ABOUT_STATES, NOT_HELD, fold, load_participants

# Words of a name that do not say which group is meant.
ANY_GROUP = {"the", "group", "country", "countries", "state", "states", "member", "members"}
# What people call a group whose own name is another. Compared as slugs.
# One table, an entry a name: also said, and the group.
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
    "nam": "non-aligned-movement",
    "southern-common-market": "mercosur",
    "south-asian-association-for-regional-cooperation": "saarc",
    "bay-of-bengal-initiative": "bimstec",
    "sids": "small-island-developing-states",
    "small-island": "small-island-developing-states",
    "small-islands": "small-island-developing-states",
    "small-island-states": "small-island-developing-states",
    "ldc": "least-developed-countries",
    "ldcs": "least-developed-countries",
    "least-developed": "least-developed-countries",
    "lldc": "landlocked-developing-countries",
    "lldcs": "landlocked-developing-countries",
    "landlocked": "landlocked-developing-countries",
    "landlocked-countries": "landlocked-developing-countries",
    "land-locked-developing-countries": "landlocked-developing-countries",
    "aosis": "alliance-of-small-island-states",
    "nordic": "nordic-countries",
    "nordics": "nordic-countries",
    "nordic-states": "nordic-countries",
    "baltic": "baltic-states",
    "baltics": "baltic-states",
    "baltic-countries": "baltic-states",
    "balkan": "balkans",
    "balkan-states": "balkans",
    "balkan-countries": "balkans",
    "mena": "middle-east-and-north-africa",
    "maghreb": "amu",
    "group-of-seven": "g7",
    "asia-pacific-economic-cooperation": "apec",
    "european-free-trade-association": "efta",
    "eea": "european-economic-area",
    "schengen": "schengen-area",
    "organization-of-the-petroleum-exporting-countries": "opec",
    "community-of-portuguese-language-countries": "cplp",
    "lusophone-countries": "cplp",
    "organisation-of-eastern-caribbean-states": "oecs",
    "community-of-latin-american-and-caribbean-states": "celac",
    "central-american-integration-system": "sica",
    "economic-and-monetary-community-of-central-africa": "cemac",
    "uemoa": "waemu",
    "west-african-economic-and-monetary-union": "waemu",
    "eaeu": "eurasian-economic-union",
    "visegrad": "visegrad-group",
    "v4": "visegrad-group",
    "sahel-states": "alliance-of-sahel-states",
}
# Groups of the table `memberships` that no organisation makes: lists of the United Nations, and
# regions that have no members of their own.
UN_LISTS = {
    "Small Island Developing States",
    "Least Developed Countries",
    "Landlocked Developing Countries",
}
REGIONS = {"Balkans", "Baltic states", "Middle East and North Africa", "Nordic countries"}
NO_ARTICLE = {
    "APEC",
    "ASEAN",
    "BIMSTEC",
    "BRICS",
    "CARICOM",
    "CELAC",
    "CEMAC",
    "COMESA",
    "ECCAS",
    "ECOWAS",
    "EFTA",
    "IGAD",
    "Mercosur",
    "NATO",
    "OPEC",
    "SAARC",
    "SICA",
    "WAEMU",
}
# Other codes: of the European Union; of the United Arab Emirates in French and Spanish.
CODES = {"EUU": "EUE", "EU": "EUE", "EAU": "ARE"}
# Names that two states bear, by the six languages of the United Nations and others. The first state
# is the one whose own name it is, if it is one. Compared as `fold` gives them.
OF_TWO_STATES = {
    **dict.fromkeys(("congo", "kongo", "конго", "刚果", "الكونغو"), ("COG", "COD")),
    **dict.fromkeys(("korea", "corea", "coree", "coreia", "корея", "كوريا"), ("KOR", "PRK")),
}
OF_THE_TABLE_OF_STATES = ("M49 region", "M49 sub-region", "UN regional group")
USER_GROUP = "list of states"  # the kind of a group that somebody makes
NAMES_FILE = "groups.csv"  # of data/reference: what is known of a group beside its members
NAMES_COLUMNS = ("organisation", "full_name", "source", "left_out", "left_out_source")


@dataclass(frozen=True)
class GroupNotes:
    """What is known of a group of the table `memberships` beside its members.

    Attributes
    ----------
    full_name : str
        What its letters stand for; no text where its name is whole, or no source is known.
    source : str
        Keys of the sources of that.
    left_out : str
        Members of it that are no participant here, as the end of a sentence; no text without any.
    left_out_source : str
        Keys of the sources that they are members.
    """

    full_name: str = ""
    source: str = ""
    left_out: str = ""
    left_out_source: str = ""


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
        M49 region, M49 sub-region, UN regional group, list of the United Nations, organisation,
        other region or `USER_GROUP`.
    members : frozenset of str
        ISO3 codes.
    """

    group: str
    name: str
    kind: str
    members: frozenset[str]

    @property
    def sources(self) -> list[str]:
        """The keys of the sources that say who belongs to it; none of a group that you make."""
        return [*_sources_of(self)]

    @property
    def notes(self) -> GroupNotes:
        """What its letters stand for, and which of its members are no participant here.

        Examples
        --------
        >>> load_groups()["gcc"].notes.full_name
        'Cooperation Council for the Arab States of the Gulf'
        """
        return load_group_notes().get(self.name, GroupNotes())

    @property
    def in_sentence(self) -> str:
        """The name as it stands in a sentence: the League of Arab States, ASEAN, Africa."""
        if self.kind.startswith("M49"):
            return region_in_sentence(self.name)
        if self.kind == USER_GROUP:
            rows = sorted(names_of_states()[iso3] for iso3 in self.members)
            names = [in_sentence(*row) for row in rows]
            return names[0] if len(names) == 1 else f"the group of {listed(names)}"
        return self.name if self.name in NO_ARTICLE else f"the {self.name}"

    @property
    def names_members(self) -> bool:
        """Whether its name is what its members are: Nordic countries, and no organisation."""
        return self.kind != "organisation" and self.name.lower().endswith((" states", " countries"))

    @property
    def members_in_sentence(self) -> str:
        """Its members after their number: states of Africa, members of ASEAN, Nordic countries."""
        if self.names_members:
            return self.name
        is_region = self.kind.startswith("M49") or self.kind == "other region"
        return f"{'states' if is_region else 'members'} of {self.in_sentence}"

    @property
    def noun(self) -> str:
        """What each member in the table of states is; the African Union has one that is not."""
        return _noun_of(self.members)


@remembered
def _sources_of(group: Group) -> Sequence[str]:
    if group.kind == USER_GROUP:
        return []
    rows = tables.read("states")
    if group.kind not in OF_THE_TABLE_OF_STATES:
        rows = tables.read("memberships")
        rows = rows[(rows["organisation"] == group.name) & rows["until"].isna()]
    notes = group.notes
    keys = rows.loc[rows["iso3"].isin(group.members), "source"].str.split(";").explode()
    named = filter(None, f"{notes.source};{notes.left_out_source}".split(";"))
    return [*dict.fromkeys([*map(str, keys.unique()), *named])]


@remembered
def _noun_of(members: frozenset[str]) -> str:
    states = tables.read("states")[["iso3", "kind", "un_member"]]
    states = states[states["iso3"].isin(members)]
    if (states["kind"] == "organization").any():
        return "participant"
    return "UN member" if states["un_member"].all() else "state"


@remembered
def load_group_notes() -> Mapping[str, GroupNotes]:
    """Return what is known of groups beside their members, by their name in `memberships`."""
    return read_group_notes(reference_folder())


def read_group_notes(reference: Path) -> dict[str, GroupNotes]:
    """Read what is known of groups beside their members, by their name in `memberships`."""
    raw = read_csv(reference / NAMES_FILE, f"data/reference/{NAMES_FILE}", NAMES_COLUMNS)
    unique(raw, "organisation")
    rows = raw.frame[[*NAMES_COLUMNS]].to_numpy().tolist()
    return {organisation: GroupNotes(*values) for organisation, *values in rows}


def check_group_notes(reference: Path, memberships: pd.DataFrame, sources: Collection[str]) -> None:
    """Refuse notes on a group that there is not, and what has no source."""
    organisations, where = set(memberships["organisation"]), f"data/reference/{NAMES_FILE}"
    for organisation, notes in read_group_notes(reference).items():
        if organisation not in organisations:
            near = did_you_mean(organisation, organisations, 1)
            raise AdoptionError(f"{where}: no group {organisation!r} in memberships; {near}")
        pairs = (notes.full_name, notes.source), (notes.left_out, notes.left_out_source)
        for text, keys in pairs:
            if bool(text) != bool(keys):
                raise AdoptionError(
                    f"{where}: {organisation}: a name needs a source, and a source a name"
                )
            for key in filter(None, keys.split(";")):
                if key not in sources:
                    near = did_you_mean(key, sources, 1)
                    raise AdoptionError(f"{where}: {organisation}: no source {key!r}; {near}")


def all_groups(states: pd.DataFrame, memberships: pd.DataFrame) -> dict[str, Group]:
    """Return every group by id.

    A name that stands for two kinds of group, such as a region that is a sub-region too,
    is the larger kind's.
    """
    states = tables.only_states(states)
    current = memberships[memberships["until"].isna()]
    of_un, regional = (current["organisation"].isin(names) for names in (UN_LISTS, REGIONS))
    listed = (
        (states, "region", "M49 region"),
        (states, "subregion", "M49 sub-region"),
        (states, "un_group", "UN regional group"),
        (current[of_un], "organisation", "list of the United Nations"),
        (current[~of_un & ~regional], "organisation", "organisation"),
        (current[regional], "organisation", "other region"),
    )
    groups: dict[str, Group] = {}
    for frame, column, kind in listed:
        for name, members in frame.groupby(column)["iso3"]:
            group = Group(slug(str(name)), str(name), kind, frozenset(members))
            groups.setdefault(group.group, group)
    return groups


class Groups(dict[str, Group]):
    """Groups by id, found by name and nickname as well."""

    def __missing__(self, name: str) -> Group:
        return find_group(name)


@remembered
def load_groups() -> Groups:
    """Return every group by id, from the processed tables.

    Examples
    --------
    >>> load_groups()["asean"].name, load_groups()["Arab League"].group
    ('ASEAN', 'league-of-arab-states')
    """
    return Groups(all_groups(tables.read("states"), tables.read("memberships")))


def find_group(name: str, parameter: str = "group") -> Group:
    """Return a group by its name, id or nickname, whatever the letter case.

    Examples
    --------
    >>> find_group("Arab League").name
    'League of Arab States'
    """
    if not isinstance(name, str):
        raise AdoptionError(f"{parameter}: {name!r} is not the name of one group")
    if group := _named(name):
        return group
    if recognised(name) or state_of_code(name):
        raise AdoptionError(f"{parameter}: {name!r} is a state, not a group")
    if load_participants().has_ended(name):
        raise AdoptionError(f"{parameter}: {name!r} {NOT_HELD}")
    groups = load_groups()
    names = [*groups, *(nick for nick, id_ in NICKNAMES.items() if id_ in groups)]
    near = did_you_mean(_telling(name), names, 1)
    raise AdoptionError(f"{parameter}: there is no {name!r}; {near}")


def _telling(name: str) -> str:
    """Return the words of a name that say which group it is, as an id has them.

    Examples
    --------
    >>> _telling("SIDS countries"), _telling("the Member States")
    ('sids', 'the-member-states')
    """
    words = slug(name).split("-")
    return "-".join(word for word in words if word not in ANY_GROUP) or slug(name)


def _named(text: str) -> Group | None:
    name = slug(text)
    return load_groups().get(NICKNAMES.get(name, name))


def group_or_states(text: str, parameter: str = "group") -> Group:
    """Return a group by its name, or one of the states that a text names with commas between them.

    Examples
    --------
    >>> group_or_states("Arab League").name, group_or_states("fji, Samoa").name
    ('League of Arab States', 'Fiji, Samoa')
    """
    if group := _named(text):
        return group
    names = [text] if recognised(text) else [*filter(None, map(str.strip, text.split(",")))]
    if len(names) == 1 and not _is_a_state(names[0]):
        allowed = [g.name for g in load_groups().values()] + tables.read("states")["name"].tolist()
        near = did_you_mean(names[0], [*NICKNAMES, *allowed], 1)
        raise AdoptionError(f"{parameter}: there is no group or state {names[0]!r}; {near}")
    return ad_hoc_group(names, parameter)


def _is_a_state(name: str) -> bool:
    return bool(recognised(name) or two_states(name) or state_of_code(name))


def ad_hoc_group(names: Iterable[str], parameter: str = "group") -> Group:
    """Return the group of some states, each by its code or name.

    Examples
    --------
    >>> ad_hoc_group(["fji", "Samoa"]).in_sentence
    'the group of Fiji and Samoa'
    """
    members = frozenset(find_country(name, parameter) for name in names)
    if not members:
        raise AdoptionError(f"{parameter}: no state is named")
    of_state = names_of_states()
    names = sorted(of_state[iso3][0] for iso3 in members)
    return Group("own", ", ".join(names), USER_GROUP, members)


@remembered
def names_of_states() -> Mapping[str, tuple[str, str]]:
    """Return the name and the article of each participant by its code."""
    rows = tables.read("states")[["iso3", "name", "article"]]
    return {iso3: (name, article) for iso3, name, article in rows.to_numpy().tolist()}


def find_country(text: str, parameter: str = "country") -> str:
    """Return the ISO3 code of a state by its code, name or another spelling of it.

    A code is that of ISO 3166-1 (alpha-3, alpha-2), the Correlates of War, Gleditsch and Ward,
    V-Dem or the UN (M49); one that means several states has its system before it. Letter case,
    accents and punctuation do not matter, nor does the language, of the six of the United Nations
    and some others.

    Examples
    --------
    >>> find_country("qat"), find_country("Cote d'Ivoire"), find_country("cow:2")
    ('QAT', 'CIV', 'USA')
    """
    if not isinstance(text, str):
        raise AdoptionError(f"{parameter}: {text!r} is not the code or name of one state")
    if two := two_states(text):
        names = tables.read("states").set_index("iso3")["name"]
        meant = " or ".join(f"{iso3} ({names[iso3]})" for iso3 in two)
        raise AdoptionError(f"{parameter}: {text!r} names two states; allowed: {meant}")
    iso3 = recognised(text)
    if iso3 is None:
        if group := _named(text):
            raise AdoptionError(
                f"{parameter}: {text!r} is a group ({group.name}), not a state; as a group it is "
                f"ad.group({text!r})"
            )
        iso3 = state_of_code(text)
    if iso3 is None:
        raise AdoptionError(
            f"{parameter}: {text!r} is neither an ISO3 code nor a name of the table states; "
            f"{state_meant(text)}"
        )
    return iso3


def recognised(text: str) -> str | None:
    """Return the ISO3 code that a text stands for in any known language; None if it is unknown.

    Examples
    --------
    >>> recognised("SOUTH KOREA"), recognised("Atlantis")
    ('KOR', None)
    """
    return _codes().get(fold(text))


def two_states(text: str) -> tuple[str, ...]:
    """Return the ISO3 codes of the two states that a name can stand for; none if it is clear.

    Examples
    --------
    >>> two_states("Congo"), two_states("Guinea")
    (('COG', 'COD'), ())
    """
    return OF_TWO_STATES.get(fold(text), ())


def state_meant(text: str) -> str:
    """Return the state whose code or name is most like a text, as the end of an error line.

    Examples
    --------
    >>> state_meant("Quatar"), state_meant("Cayman Islands")
    ('did you mean QAT (Qatar)?', 'sources list it, but not as a state (docs/research/treaties.md)')
    """
    codes, participants = _codes(), load_participants()
    if participants.has_ended(text):
        return f"it {NOT_HELD}"
    not_states = {
        name for name, iso3 in participants.codes.items() if iso3 not in participants.names
    }
    if fold(text) in map(fold, not_states | participants.others):
        return f"sources list it, but not as a state ({ABOUT_STATES})"
    iso3 = next((codes[name] for name in nearest(fold(text), codes, 1)), None)
    names = tables.read("states").set_index("iso3")["name"]
    return f"did you mean {iso3} ({names[iso3]})?" if iso3 else did_you_mean(text, ())


@remembered
def _codes() -> dict[str, str]:
    participants = load_participants()
    spelled = {
        name: iso3 for name, iso3 in participants.codes.items() if iso3 in participants.names
    }
    coded = {iso3: iso3 for iso3 in participants.names}
    other = {
        text: iso3
        for table, column in (("aliases", "alias"), ("names", "name"))
        for iso3, text in tables.read(table)[["iso3", column]].itertuples(index=False)
    }
    return {fold(text): iso3 for text, iso3 in (other | spelled | coded | CODES).items()}
