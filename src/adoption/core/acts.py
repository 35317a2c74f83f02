"""The kinds of acts on a treaty, which `acts.toml` lists with all that the code must know of each.

To add a kind is to add a table to that file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Family = Literal["signature", "consent", "withdrawal", "other"]


@dataclass(frozen=True)
class ActKind:
    """A kind of act; `acts.toml` explains the attributes."""

    name: str
    family: Family
    did: str
    noun: str
    listed: bool = True
    signature: Literal["", "required", "usual", "included"] = ""
    by_closing: bool = False
    column: str = ""
    mark: str = ""
    shown_until: str = ""


def _read_kinds() -> dict[str, ActKind]:
    text = Path(__file__).with_name("acts.toml").read_text(encoding="utf-8")
    kinds = tomllib.loads(text)
    return {name: ActKind(**{"name": name, "noun": name} | kind) for name, kind in kinds.items()}


ACT_KINDS = _read_kinds()
ACTS = tuple(ACT_KINDS)
CONSENTS = tuple(name for name, kind in ACT_KINDS.items() if kind.family == "consent")
SIGNATURES = tuple(name for name, kind in ACT_KINDS.items() if kind.family == "signature")
# Acts after which a state has signed.
SIGNING_ACTS = tuple(
    name
    for name, kind in ACT_KINDS.items()
    if kind.family == "signature" or kind.signature == "included"
)
SIGNED_BY_CLOSING = tuple(name for name, kind in ACT_KINDS.items() if kind.by_closing)
SHOWS_SIGNATURE = tuple(name for name, kind in ACT_KINDS.items() if kind.signature == "required")
FOLLOWS_SIGNATURE = tuple(
    name for name, kind in ACT_KINDS.items() if kind.signature in ("required", "usual")
)
UNLISTED = tuple(name for name, kind in ACT_KINDS.items() if not kind.listed)
# Acts without effect on a status, which its frame shows in columns of their own.
OTHER_ACTS = tuple(kind for kind in ACT_KINDS.values() if kind.family == "other")

# Kinds that the law treats differently from all others of their family.
DEFINITIVE_SIGNATURE = "definitive signature"
DOMESTIC_APPROVAL = "domestic approval"
SUCCESSION = "succession"
SUCCESSION_TO_SIGNATURE = "succession to signature"
WITHDRAWAL = "withdrawal"


def kind_of_act(act: str) -> str:
    """Return the family of an act; an act of the family "other" is a kind of its own.

    Raises
    ------
    KeyError
        If `acts.toml` does not have the act.

    Examples
    --------
    >>> kind_of_act("succession to signature"), kind_of_act("accession")
    ('signature', 'consent')
    >>> kind_of_act("domestic approval")
    'domestic approval'
    """
    family = ACT_KINDS[act].family
    return act if family == "other" else family


def act_in_words(act: str) -> str:
    """Return an act as tables name it.

    Examples
    --------
    >>> act_in_words("domestic approval"), act_in_words("accession")
    ('approved at home, deposit not seen', 'accession')
    """
    return ACT_KINDS[act].noun
