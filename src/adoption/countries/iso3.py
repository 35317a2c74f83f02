"""ISO3 codes of a whole column of names or codes of states, with what did not match."""

from __future__ import annotations

from typing import Any

import pandas as pd

from adoption import tables
from adoption.core.errors import AdoptionError
from adoption.countries.codes import state_of_code, states_of_codes
from adoption.countries.groups import find_country, recognised, two_states

MAX_NAMED = 3  # of the values that match no state


def iso3_of(values: pd.Series, days: pd.Series, system: str | None) -> pd.Series[str]:
    """Return the states of names or codes, missing where none matches on the day.

    Parameters
    ----------
    values : Series
        Names or codes; of the codes of one list, text or numbers.
    days : Series of Timestamp
        The day of each, with the same index; missing for any day.
    system : str or None
        The list of the codes; names and codes that only one list has are known without.

    Returns
    -------
    Series of str
        ISO3 codes with the index of the values.
    """
    if system is not None:
        codes = states_of_codes(values, system, days)
    else:
        of_text = {text: _state_of(text) for text in values.dropna().unique()}
        codes = values.map(_of_one_state(of_text)).astype("str")
    since = codes.map(tables.read("states").set_index("iso3")["state_since"])
    return codes.mask(since > days)


def _state_of(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    try:
        return recognised(text) or state_of_code(text)
    except AdoptionError:  # a code of several lists that name different states
        return None


def _of_one_state(of_text: dict[Any, str | None]) -> dict[Any, str | None]:
    """Return the states of texts, without names that two states bear.

    The United Nations calls one state the Congo. In a column that has the other by its own name,
    that is the state meant.
    """
    of_clear = {text: iso3 for text, iso3 in of_text.items() if not _two_states(text)}
    named = {*of_clear.values()}
    of_name = {
        text: iso3
        for text, iso3 in of_text.items()
        if iso3 and {*_two_states(text)} - {iso3} <= named
    }
    return dict.fromkeys(of_text) | of_name | of_clear


def _two_states(text: object) -> tuple[str, ...]:
    return two_states(text) if isinstance(text, str) else ()


def unmatched_line(values: pd.Series, codes: pd.Series[str], system: str | None) -> str:
    """Return the values that match no state, as an error line; no text if there are none."""
    lacking = values[codes.isna() & values.notna()]
    texts = [*lacking.unique()]
    if not texts:
        return ""
    reasons = [_reason(text, system) for text in texts[:MAX_NAMED]]
    left_out = len(texts) - MAX_NAMED
    more = [f"and {left_out} more"] if left_out > 0 else []
    which = ", ".join([*reasons, *more])
    return (
        f"names: {len(lacking)} of {len(values)} match no state: {which}; "
        "unmatched='missing' leaves them missing"
    )


def _reason(text: object, system: str | None) -> str:
    if system is not None:
        return f"{text!r} is no code of {system} on its day"
    if not isinstance(text, str):
        return f"{text!r} is not text (numbers are codes of a system)"
    try:
        return f"{text!r} ({find_country(text, '')} was not yet a state on its day)"
    except AdoptionError as error:
        return str(error).removeprefix(": ")
