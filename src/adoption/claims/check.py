"""Claims as a file states them, and the decision on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from adoption.claims.facts import ActClaim, BodyClaim, EventClaim, FirstClaim, RuleClaim
from adoption.claims.measures import CountClaim, IndexClaim, PairsClaim, ShareClaim, SpreadClaim
from adoption.claims.model import Claim, ClaimData, Decision
from adoption.core.errors import AdoptionError, did_you_mean
from adoption.core.tomlfile import read_toml
from adoption.tables.choices import one_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

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
    for number, entry in enumerate(_entries(path), start=1):
        name = entry.get("id")
        name = _in_one_line(name) if isinstance(name, str) and name else number
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


def _in_one_line(name: str) -> str:
    """Return a name as it is written, or quoted where it would break a line."""
    return name if name.isprintable() else repr(name)


def _entries(path: Path) -> list[Mapping[str, Any]]:
    content = read_toml(path)
    for name in content:
        if name != TABLE:
            name = _in_one_line(name)
            raise AdoptionError(f"{path.name}: {name}: the file holds [[{TABLE}]] and nothing else")
    entries = content.get(TABLE, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise AdoptionError(f"{path.name}: each claim begins with [[{TABLE}]]")
    if not entries:
        raise AdoptionError(f"{path.name}: there is no [[{TABLE}]] in it")
    return entries


def _claim(entry: Mapping[str, Any]) -> Claim:
    if entry.get("kind") is None:
        raise AdoptionError(f"kind: missing (all: {', '.join(KINDS)})")
    model = KINDS[one_of("kind", entry["kind"], KINDS)]
    try:
        return model(**entry)
    except ValidationError as error:
        # A misspelt field is missing as well: what was written tells a person more.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise AdoptionError(_fault(first, list(model.model_fields))) from None


def _fault(error: ErrorDetails, fields: list[str]) -> str:
    """Return what is wrong with a field, in one line."""
    name, value = _in_one_line(str(error["loc"][0])) if error["loc"] else "", error["input"]
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "missing":
        return f"{name}: missing"
    if error["type"] == "literal_error":
        allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        one_of(name, value, allowed)
    if error["type"] == "extra_forbidden":
        near = did_you_mean(name, fields, 1)
        return f"{name}: no such field; {near} (all: {', '.join(fields)})"
    if error["type"] != "value_error":
        message = f"{message}, not {value!r}"
    return f"{name}: {message}" if name else message


def decide_claim(claim: Claim, data: ClaimData) -> Decision:
    """Hold a claim against the data, and once more without the acts that are only reported."""
    decision = claim.decide(data)
    if not claim.depends_on_reports:
        return decision
    firm = claim.decide(data.without_reports).verdict
    return decision if firm == decision.verdict else replace(decision, without_reports=firm)
