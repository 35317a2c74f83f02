"""The states of which a claim says what share has acted."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from adoption.claims.base import text_of
from adoption.countries.groups import Group, find_group, load_groups
from adoption.errors import AdoptionError, did_you_mean

SIGNATORIES, UN_MEMBERS = "signatories", "un-members"


def _whom(value: object) -> Group | str:
    if isinstance(value, Group):
        return value
    text = text_of(value)
    if text in (SIGNATORIES, UN_MEMBERS):
        return text
    groups = load_groups()
    try:
        return find_group(text, groups, "of")
    except AdoptionError:
        nearest = did_you_mean(text, [SIGNATORIES, UN_MEMBERS, *groups], 1)
        raise AdoptionError(
            f"of: there is no {text!r}; it is {SIGNATORIES}, {UN_MEMBERS} or a group; {nearest}"
        ) from None


Whom = Annotated[Group | str, BeforeValidator(_whom)]
