"""Claims as a file states them, and the decision on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from adoption.claims.facts import ActClaim, BodyClaim, EventClaim, FirstClaim, RuleClaim
from adoption.claims.measures import CountClaim, IndexClaim, PairsClaim, ShareClaim, SpreadClaim
from adoption.claims.model import Claim
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.reading import read_toml
from adoption.tables.choices import one_of

TABLE = "claim"
# A closed set of general questions; a file puts them to a convention, a state, a group or an index.
KINDS: Mapping[str, type[Claim]] = {
    "event": EventClaim, "first": FirstClaim, "body": BodyClaim, "rule": RuleClaim,
    "count": CountClaim, "act": ActClaim, "share": ShareClaim, "spread": SpreadClaim,
    "index": IndexClaim, "pairs": PairsClaim,
}  # fmt: skip


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read a file of claims.

    Parameters
    ----------
    path : Path
        A TOML file with one `[[claim]]` for each statement; `data/reference/claims.toml`
        describes the fields.

    Returns
    -------
    tuple of Claim
        In the order of the file, each of the model of its kind.

    Raises
    ------
    AdoptionError
        If the file is missing, not UTF-8, not TOML or without a claim, or if a claim has an
        unknown kind, field, name or value: one line with the file, the claim, the field, what
        is allowed and the nearest to what was written.
    """
    claims: dict[str, Claim] = {}
    content = read_toml(path)
    entries = content.get(TABLE)
    tables = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if not entries or not tables or len(content) > 1:
        raise AdoptionError(f"{path.name}: it holds one [[{TABLE}]] or more, and nothing else")
    for number, entry in enumerate(entries, start=1):
        name = entry.get("id") or number
        try:
            claim = _claim(entry)
            if claim.id in claims:
                raise AdoptionError("id: another claim of the file has the same")
        except AdoptionError as error:
            raise AdoptionError(f"{path.name}: claim {name}: {error}") from None
        claims[claim.id] = claim
    return tuple(claims.values())


def first_day(claims: Iterable[Claim]) -> date | None:
    """Return the first day on which claims can be held against the data.

    It is the first on which a convention that one of them is about was opened for signature;
    those that it is only compared with do not count.
    """
    subjects = (getattr(claim, "convention", None) for claim in claims)
    return min((subject.opens for subject in subjects if subject is not None), default=None)


def _claim(entry: Mapping[str, Any]) -> Claim:
    model = KINDS[one_of("kind", entry.get("kind", ""), KINDS)]
    try:
        return model(**entry)
    except ValidationError as error:
        # A misspelt field is missing as well: what was written tells a person more.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    name, message = ".".join(map(str, first["loc"][:1])), first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        fields = list(model.model_fields)
        near = did_you_mean(name, fields, 1)
        message = f"no such field; {near} (all: {', '.join(fields)})"
    elif first["type"] not in ("missing", "value_error"):
        message = f"{message}, not {first['input']!r}"
    raise AdoptionError(f"{name}: {message}" if name else message)
