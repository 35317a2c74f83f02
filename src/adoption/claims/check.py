"""Claims about conventions, as a file states them, and the verdict of the data on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from adoption.choices import one_of
from adoption.claims.facts import ActClaim, BodyClaim, EventClaim, FirstClaim, RuleClaim
from adoption.claims.measures import CountClaim, IndexClaim, PairsClaim, ShareClaim, SpreadClaim
from adoption.claims.model import Claim, ClaimData
from adoption.claims.verdict import FACT_COLUMNS, Verdict
from adoption.errors import AdoptionError, did_you_mean
from adoption.tomlfile import read_toml

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
    found: dict[str, Claim] = {}
    for number, entry in enumerate(_entries(path), start=1):
        name = entry.get("id")
        name = _in_one_line(name) if isinstance(name, str) and name else number
        try:
            claim = _claim(entry)
            if claim.id in found:
                raise AdoptionError("id: another claim of the file has the same")
        except AdoptionError as error:
            raise AdoptionError(f"{path.name}: claim {name}: {error}") from None
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
    name, given = _in_one_line(str(error["loc"][0])) if error["loc"] else "", error["input"]
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "missing":
        return f"{name}: missing"
    if error["type"] == "literal_error":
        allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        one_of(name, given, allowed)
    if error["type"] == "extra_forbidden":
        near = did_you_mean(name, fields, 1)
        return f"{name}: no such field; {near} (all: {', '.join(fields)})"
    if error["type"] != "value_error":
        message = f"{message}, not {given!r}"
    return f"{name}: {message}" if name else message


def check_claim(claim: Claim, data: ClaimData) -> Verdict:
    """Hold a claim against the data, and once more without the acts that are only reported."""
    verdict = claim.decide(data)
    if not claim.hangs_on_reports:
        return verdict
    firm = claim.decide(data.without_reports).verdict
    return verdict if firm == verdict.verdict else replace(verdict, without_reports=firm)


def check_claims(claims: Iterable[Claim], data: ClaimData) -> list[Verdict]:
    """Hold claims against the data, in their order."""
    return [check_claim(claim, data) for claim in claims]


@dataclass(frozen=True)
class Checked:
    """Claims with what the data say of them, in the same order.

    Attributes
    ----------
    claims, verdicts : tuples of Claim and Verdict
        One verdict a claim.
    rows : DataFrame
        id (of the claim), what, value, grade, source: the facts that decide each verdict.
    """

    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    rows: pd.DataFrame

    @classmethod
    def of(cls, claims: Iterable[Claim], data: ClaimData) -> Checked:
        """Hold claims against the data."""
        known = tuple(claims)
        found = tuple(check_claims(known, data))
        rows = [v.rows.assign(id=c.id) for c, v in zip(known, found, strict=True)]
        return cls(known, found, pd.concat(rows, ignore_index=True)[["id", *FACT_COLUMNS]])

    def frame(self) -> pd.DataFrame:
        """Return one row a claim, as `adoption.api.check_claims` describes it."""
        columns = ["id", "statement", "said_by", "said_on"]
        rows = [[getattr(claim, name) for name in columns] for claim in self.claims]
        frame = pd.DataFrame(rows, columns=columns).astype({"said_on": "datetime64[us]"})
        for name in ("verdict", "without_reports", "why"):
            frame[name] = pd.array([getattr(one, name) for one in self.verdicts], dtype="str")
        return frame
