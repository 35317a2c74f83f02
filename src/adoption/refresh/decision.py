"""What is to be done for one snapshot in several files: begun, and finished after any stop.

A snapshot, the exceptions that it needs or no longer needs, and the record of who accepted it
belong together. What is to be done is written down before the first of them changes, so that
the next refresh can finish what was begun: each step can be done twice.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from adoption.data.exceptions import Key
from adoption.errors import AdoptionError
from adoption.files import read_if_there, write_whole
from adoption.refresh.acceptance import (
    ACCEPTED,
    EXCEPTIONS,
    Row,
    drop_exceptions,
    list_exceptions,
    record,
)

if TYPE_CHECKING:
    from adoption.refresh.place import Place

FILE = "decision.json"


@dataclass(frozen=True)
class Decision:
    """What is to be done for a snapshot.

    Attributes
    ----------
    source, snapshot : str
        Whose, and the name of its folder.
    listed : tuple of tuple of str
        Exceptions that it needs, as rows of `exceptions.csv`.
    outdated : tuple of tuple of str
        The keys of exceptions that it makes needless.
    accepted : tuple of str
        A row of `acceptances.csv`; empty if it is used without a person.
    """

    source: str
    snapshot: str
    listed: tuple[Row, ...] = ()
    outdated: tuple[Key, ...] = ()
    accepted: tuple[str, ...] = ()


def begin(place: Place, decision: Decision) -> None:
    """Write down what is to be done; `finish` does it."""
    place.begun.mkdir(exist_ok=True)
    write_whole(place.begun / FILE, json.dumps(asdict(decision)).encode())


def begun(place: Place) -> Decision | None:
    """Return what was begun and is not finished; None if there is nothing."""
    written = read_if_there(place.begun / FILE)
    if written is None:
        return None
    try:
        known = json.loads(written)
        return Decision(
            source=known["source"],
            snapshot=known["snapshot"],
            listed=tuple((a, b, c, why) for a, b, c, why in known["listed"]),
            outdated=tuple((a, b, c) for a, b, c in known["outdated"]),
            accepted=tuple(known["accepted"]),
        )
    except (KeyError, TypeError, ValueError):
        raise AdoptionError(
            f"data/.refresh/{FILE}: is not what a refresh has written; remove it if `adoption "
            "build --check` finds the data in order"
        ) from None


def finish(place: Place) -> None:
    """Do what was begun, or what is left of it.

    A snapshot that a person accepted comes from those that were put aside. If it is neither
    there nor in use any more, nothing was accepted, and what was listed for it is taken out.
    """
    decision = begun(place)
    if decision is None:
        return
    aside = place.aside / decision.source / decision.snapshot
    used = place.raw / decision.source / decision.snapshot
    exceptions = place.reference / EXCEPTIONS
    if decision.accepted and aside.is_dir():
        list_exceptions(exceptions, decision.listed)
        place.store.accept(aside)
    if used.is_dir():
        drop_exceptions(exceptions, decision.outdated)
        if decision.accepted:
            record(place.reference / ACCEPTED, decision.accepted)
    else:
        drop_exceptions(
            exceptions, [(rule, subject, found) for rule, subject, found, _ in decision.listed]
        )
    (place.begun / FILE).unlink()
