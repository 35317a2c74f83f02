"""Claims about conventions, as a file states them, and the verdict of the data on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from adoption.claims.base import Claim
from adoption.claims.data import ClaimData
from adoption.claims.kinds import KINDS
from adoption.claims.verdicts import Verdict
from adoption.errors import AdoptionError, did_you_mean
from adoption.tomlfile import read_toml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

TABLE = "claim"


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
    found: dict[str, Claim] = {}
    for number, entry in enumerate(_entries(path), start=1):
        named = entry.get("id")
        name = _in_one_line(named) if isinstance(named, str) and named else number
        where = f"{path.name}: claim {name}"
        claim = _claim(where, entry)
        if claim.id in found:
            raise AdoptionError(f"{where}: id: another claim of the file has the same")
        found[claim.id] = claim
    return tuple(found.values())


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


def _claim(where: str, entry: Mapping[str, Any]) -> Claim:
    kind = entry.get("kind")
    if kind is None:
        raise AdoptionError(f"{where}: kind: missing (all: {', '.join(KINDS)})")
    if not isinstance(kind, str) or kind not in KINDS:
        raise AdoptionError(
            f"{where}: kind: there is no {kind!r}; {did_you_mean(str(kind), KINDS, 1)} "
            f"(all: {', '.join(KINDS)})"
        )
    model = KINDS[kind].model
    try:
        return model(**entry)
    except AdoptionError as error:
        raise AdoptionError(f"{where}: {error}") from None
    except ValidationError as error:
        # A misspelt field is missing as well: what was written tells a person more.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise AdoptionError(f"{where}: {_fault(first, list(model.model_fields))}") from None


def _fault(error: ErrorDetails, fields: list[str]) -> str:
    """Return what is wrong with a field, in one line."""
    name = _in_one_line(str(error["loc"][0])) if error["loc"] else ""
    if error["type"] == "extra_forbidden":
        return f"{name}: no such field; {did_you_mean(name, fields, 1)} (all: {', '.join(fields)})"
    if error["type"] == "missing":
        return f"{name}: missing"
    if error["type"] == "literal_error":
        allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        nearest = did_you_mean(str(error["input"]), allowed, 1)
        return f"{name}: there is no {error['input']!r}; {nearest} (all: {', '.join(allowed)})"
    message = error["msg"].removeprefix("Value error, ")
    if not name:
        return message
    return f"{name}: {message}, not {error['input']!r}" if error["type"] != "value_error" else (
        f"{name}: {message}"
    )  # fmt: skip


def check_claim(claim: Claim, data: ClaimData) -> Verdict:
    """Hold a claim against the data, and once more without the acts that are only reported."""
    kind = KINDS[claim.kind]
    verdict = kind.decide(claim, data)
    if not kind.hangs_on_reports:
        return verdict
    firm = kind.decide(claim, data.without_reports).verdict
    return verdict if firm == verdict.verdict else replace(verdict, without_reports=firm)


def check_claims(claims: Iterable[Claim], data: ClaimData) -> list[Verdict]:
    """Hold claims against the data, in their order."""
    return [check_claim(claim, data) for claim in claims]
