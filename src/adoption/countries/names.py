"""States by the names that people use: codes, official names and other spellings."""

from __future__ import annotations

import csv

from adoption import tables
from adoption.data.names import fold
from adoption.errors import AdoptionError, nearest
from adoption.paths import reference_folder
from adoption.reading import note, remembered


def find_country(text: str, parameter: str = "country") -> str:
    """Return the ISO3 code of a state by its code, name or another spelling of it.

    Letter case, accents and punctuation do not matter, nor does the language, of the six of the
    United Nations and some others.

    Examples
    --------
    >>> find_country("qat"), find_country("Cote d'Ivoire"), find_country("South Korea")
    ('QAT', 'CIV', 'KOR')
    """
    found = recognised(text)
    if found is None:
        code = nearest_code(text)
        names = tables.read("states").set_index("iso3")["name"]
        raise AdoptionError(
            f"{parameter}: {text!r} is neither an ISO3 code nor a name of the table states; "
            f"did you mean {code} ({names[code]})?"
        )
    return found


@remembered
def spellings() -> dict[str, str]:
    """Return the ISO3 code of each further spelling of a state's name that a source has.

    Examples
    --------
    >>> spellings()["Turkey"]
    'TUR'
    """
    path = reference_folder() / "aliases.csv"
    note(path)
    with path.open(encoding="utf-8", newline="") as file:
        return {row["spelling"]: row["iso3"] for row in csv.DictReader(file)}


def recognised(text: str) -> str | None:
    """Return the ISO3 code that a text stands for in any known language; None if it is unknown.

    Examples
    --------
    >>> recognised("SOUTH KOREA"), recognised("Atlantis")
    ('KOR', None)
    """
    return _codes().get(fold(text))


def nearest_code(text: str) -> str:
    """Return the code of the state whose code or name is most like a text.

    Examples
    --------
    >>> nearest_code("Quatar")
    'QAT'
    """
    codes = _codes()
    return recognised(text) or codes[nearest(fold(text), codes, 1)[0]]


@remembered
def _codes() -> dict[str, str]:
    states = tables.read("states")
    named = dict(zip(states["name"], states["iso3"], strict=True))
    coded = {iso3: iso3 for iso3 in states["iso3"]}
    other = {
        text: iso3
        for table, column in (("aliases", "alias"), ("names", "name"))
        for iso3, text in tables.read(table)[["iso3", column]].itertuples(index=False)
    }
    return {fold(text): iso3 for text, iso3 in (other | spellings() | named | coded).items()}
