"""What a person may choose, and the line that says so where the choice is none of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from adoption import tables
from adoption.errors import AdoptionError, did_you_mean, nearest
from adoption.reading import remembered


def one_of(field: str, text: str, allowed: Collection[str], of: str = "") -> str:
    """Return a word that must be one of some.

    Examples
    --------
    >>> one_of("index", "GCI", ["GCI", "EGDI"])
    'GCI'
    """
    if text not in allowed:
        raise AdoptionError(
            f"{field}: there is no {text!r}{f' {of}' if of else ''}; "
            f"{did_you_mean(text, allowed, 1)} (all: {', '.join(allowed)})"
        )
    return text


def country_code(text: str) -> str:
    """Return an ISO3 code that must be one of the table `states`.

    Examples
    --------
    >>> country_code("QAT")
    'QAT'
    """
    if text in state_kinds():
        return text
    states = tables.read("states")
    named = nearest(text, [*states["iso3"], *states["name"]], 1)[0]
    code = states.set_index("name")["iso3"].get(named, named)
    name = states.set_index("iso3")["name"].get(code)
    raise AdoptionError(
        f"country: {text!r} is not an ISO3 code of the table states; did you mean {code} ({name})?"
    )


@remembered
def state_kinds() -> Mapping[str, str]:
    """Return the kind of each state of the table `states`, such as member, by its ISO3 code.

    Examples
    --------
    >>> state_kinds()["QAT"]
    'member'
    """
    states = tables.read("states")
    return MappingProxyType(dict(zip(states["iso3"], states["kind"], strict=True)))


def first_there(
    text: str, folders: Collection[Path], is_there: Callable[[Path], bool]
) -> Path | None:
    """Return the first of some places at which there is a file or folder, if there is one.

    A path that cannot be, such as one too long, is none.
    """
    for folder in folders:
        try:
            if is_there(folder / text):
                return (folder / text).resolve()
        except (OSError, ValueError):
            continue
    return None
