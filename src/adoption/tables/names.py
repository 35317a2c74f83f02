"""Participants and areas: from any known spelling or code to one code, never by a guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from adoption.core.errors import AdoptionError, did_you_mean, nearest
from adoption.core.paths import reference_folder
from adoption.core.reading import remembered
from adoption.tables.csvfile import RawTable, first_row, read_csv, unique

COUNTRY_COLUMNS = (
    "iso3",
    "m49",
    "name",
    "article",
    "kind",
    "un_member_since",
    "state_since",
    "state_until",
    "state_source",
    "state_grade",
    "region",
    "subregion",
    "un_group",
)
ABOUT_STATES = "docs/research/treaties.md"  # says which states are in the data, and which not
NOT_HELD = (
    "is a state that ended, and none such is held; allowed: the states of today, by name "
    f"({ABOUT_STATES})"
)
AREA_FILE = "area-codes.csv"
AREA_COLUMNS = ("code", "iso3", "name", "seen_in")
NO_STATE = ""
ENDED = "ended state"  # a kind of other-participants.csv


@dataclass(frozen=True)
class Participants:
    """Every spelling of a participant that the project knows.

    Attributes
    ----------
    codes : dict of str to str
        From spelling to ISO3; empty for an international organisation, which has none.
    names : dict of str to str
        From ISO3 to the official UN name.
    others : frozenset of str
        Codes of other areas that appear in the sources and are not in `names`.
    countries : RawTable
        `data/reference/countries.csv`, one row a state, observer or the EU.
    areas : dict of str to str
        From every code that publishers print to the ISO3 code of its state, else `NO_STATE`.
    ended : frozenset of str
        Names of states that ended, as `fold` gives them: none of them is held.
    """

    codes: dict[str, str]
    names: dict[str, str]
    others: frozenset[str]
    countries: RawTable
    areas: dict[str, str]
    ended: frozenset[str] = field(default=frozenset())

    def has_ended(self, name: str) -> bool:
        """Return whether a name is that of a state that ended, whose successors are others."""
        return fold(name) in self.ended

    def resolve_areas(self, frame: pd.DataFrame, location: str) -> pd.Series[str]:
        """Return the ISO3 code that each row is about, `NO_STATE` where that is no state."""
        named = {
            tidy(name).casefold(): iso3 for name, iso3 in self.codes.items() if iso3 in self.names
        }
        for code, name in frame[["iso3", "participant"]].drop_duplicates().itertuples(index=False):
            if code not in self.areas and self.has_ended(name):
                raise AdoptionError(f"{location}: {code!r} ({name}) {NOT_HELD}")
            if code not in self.areas:
                hint = did_you_mean(code, self.areas, 1)
                raise AdoptionError(
                    f"{location}: unknown area {code!r} ({name}); {hint} "
                    f"(an area that is no state goes into data/reference/{AREA_FILE})"
                )
            meant = self.areas[code]
            other = named.get(tidy(name).casefold(), meant)
            if other != meant:
                means = self.names.get(meant, "no state")
                raise AdoptionError(
                    f"{location}: the code {code!r} is {means}, "
                    f"but is given for the name {name!r}, which is {other!r}"
                )
        return frame["iso3"].map(self.areas)

    def resolve(self, table: RawTable, column: str = "participant") -> pd.Series[str]:
        """Return the ISO3 codes of a column of names."""
        spelled = table.frame[column].map(tidy)
        unknown = ~spelled.isin(self.codes.keys())
        if unknown.any():
            row = first_row(unknown)
            if self.has_ended(spelled[row]):
                raise table.error(row, column, f"{spelled[row]!r} {NOT_HELD}")
            spellings = [name for name, code in self.codes.items() if code not in self.others]
            near = ", ".join(nearest(spelled[row], spellings)) or "none"
            problem = f"unknown participant {spelled[row]!r}; nearest: {near}"
            mend = "(a new spelling goes into data/reference/aliases.csv)"
            raise table.error(row, column, f"{problem} {mend}")
        return spelled.map(self.codes)


def tidy(name: str) -> str:
    r"""Return a name with single blanks and straight apostrophes.

    Examples
    --------
    >>> tidy(" Côte  d\N{RIGHT SINGLE QUOTATION MARK}Ivoire ")
    "Côte d'Ivoire"
    """
    return " ".join(name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def fold(name: str) -> str:
    """Return a name as it is searched for: without case, accents, signs and the article.

    Examples
    --------
    >>> fold("The Côte d'Ivoire"), fold("TÜRKİYE"), fold("مصر")
    ('cote d ivoire', 'turkiye', 'مصر')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", plain).strip().removeprefix("the ")


def read_participants(reference: Path) -> Participants:
    """Read the reviewed tables of countries, aliases and other participants."""

    def table(file: str, *columns: str) -> RawTable:
        return read_csv(reference / file, f"data/reference/{file}", columns)

    countries = table("countries.csv", *COUNTRY_COLUMNS)
    unique(countries, "iso3")
    names = dict(zip(countries.frame["iso3"], countries.frame["name"], strict=True))
    codes = {name: iso3 for iso3, name in names.items()}
    listed = table("other-participants.csv", "name", "kind", "iso3")
    is_ended = listed.frame["kind"] == ENDED
    ended = frozenset(map(fold, listed.frame.loc[is_ended, "name"]))
    not_states = RawTable(listed.name, listed.frame[~is_ended])
    aliases = table("aliases.csv", "spelling", "iso3", "seen_in")
    for listed, column in ((not_states, "name"), (aliases, "spelling")):
        spellings = listed.frame[column].map(tidy)
        rows = zip(listed.frame.index, spellings, listed.frame["iso3"], strict=True)
        for row, spelling, iso3 in rows:
            if codes.setdefault(spelling, iso3) != iso3:
                raise listed.error(row, column, f"{spelling!r} already means {codes[spelling]}")
            if listed is aliases and iso3 not in names:
                raise listed.error(row, "iso3", f"{iso3!r} is not in countries.csv")
    listed = table(AREA_FILE, *AREA_COLUMNS)
    outside = frozenset(not_states.frame["iso3"]) - {""}
    unique(listed, "code")
    areas = dict.fromkeys(sorted(outside), NO_STATE) | {iso3: iso3 for iso3 in names}
    for row, code, iso3 in listed.frame[["code", "iso3"]].itertuples():
        if code in areas:
            raise listed.error(row, "code", f"{code!r} is known already")
        if iso3 not in (NO_STATE, *names):
            raise listed.error(row, "iso3", f"{iso3!r} is not in countries.csv")
        areas[code] = iso3
    return Participants(codes, names, outside, countries, areas, ended)


@remembered
def load_participants() -> Participants:
    """Return the participants by the project's own reviewed tables."""
    return read_participants(reference_folder())
