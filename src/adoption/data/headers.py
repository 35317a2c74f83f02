"""What the header of a depositary's list says, against its rows and against what its acts give.

A header that prints a day of entry into force is judged by `checks`, with every other source of
one; one that says that there is none yet is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from adoption.data.belonging import ALIKE, likeness
from adoption.data.exceptions import Violation
from adoption.data.lists import CONSENT, SIGNATURE, PublishedList
from adoption.data.readers.text import shown
from adoption.law.conventions import Convention
from adoption.law.instruments import special_members
from adoption.law.status import status_on

RECOUNT, BY_RULE_ONLY = "list-total-differs", "in-force-by-rule-only"
TITLE = "list-title-differs"
IN_FORCE = "entry into force"


def recount_differs(one: PublishedList) -> Iterator[Violation]:
    """Find totals of the list's header that differ from a count of its rows."""
    standing = one.acts[~one.acts["superseded"]]
    for kind, name, total in _totals(one):
        counted = int(standing.loc[standing["kind"] == kind, "iso3"].nunique())
        if total is not None and total != counted:
            yield _violation(RECOUNT, one, name, f"header {total}, counted {counted}")


def totals_gone(before: PublishedList, after: PublishedList) -> Iterator[Violation]:
    """Find totals that the header of a list's follower does not print any more.

    Without one its rows are not counted again, and a row that was lost would not be missed.
    """
    for (_, name, was), (_, _, now) in zip(_totals(before), _totals(after), strict=True):
        if was is not None and now is None:
            yield _violation(RECOUNT, after, name, f"no header, before {was}")


def still_not_in_force(
    newest: Iterable[PublishedList],
    tables: Mapping[str, pd.DataFrame],
    conventions: Mapping[str, Convention],
) -> Iterator[Violation]:
    """Find headers that say `not yet in force` of what is in force by the acts and the rule.

    An act is wrong then, or the rule of the registry, or the header.
    """
    for one in newest:
        if not one.treaty.not_in_force:
            continue
        convention = conventions[one.convention]
        holders = special_members(convention, tables["memberships"])
        acts = tables["acts"][tables["acts"]["grade"] != "reported"]
        status = status_on(convention, one.complete_to, acts, tables["states"], holders)
        if status.in_force:
            found = f"header: not yet in force, by the rule {status.entry_into_force}"
            yield _violation(BY_RULE_ONLY, one, IN_FORCE, found)


def titles_differ(
    newest: Iterable[PublishedList], conventions: Mapping[str, Convention]
) -> Iterator[Violation]:
    """Find lists of the United Nations whose title is not quite that of their convention.

    The title of another one in the registry is refused before; here it is that of a treaty
    which the registry does not know, or the depositary prints it in another way.
    """
    for one in newest:
        if one.reader == "untc":
            convention = conventions[one.convention]
            if likeness(one.treaty.title, convention) < ALIKE:
                found = f"printed {shown(one.treaty.title)}, expected {convention.title!r}"
                yield _violation(TITLE, one, "title", found)


def _totals(one: PublishedList) -> tuple[tuple[str, str, int | None], ...]:
    """Return the kind, the name and the number of each total that a header can print."""
    return (
        (SIGNATURE, "signatories", one.treaty.signatories),
        (CONSENT, "parties", one.treaty.parties),
    )


def _violation(rule: str, one: PublishedList, what: str, found: str) -> Violation:
    return Violation(rule, f"{one.convention} {what}", found, f"{one.place}: ")
