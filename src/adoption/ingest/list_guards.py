"""Checks of a depositary's list, by itself and against the preceding list.

A depositary revokes nothing. An act that vanishes, changes its day or moves into brackets is
therefore an error in the file or needs review. Contradictions by weaker sources never count
against a list, with one exception: if the first list of a source lacks more than a twentieth of
the known acts, a person must decide. A consent in brackets needs the day of the withdrawal in
`data/reference/acts.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pandas as pd

from adoption.core.acts import UNLISTED, kind_of_act
from adoption.core.decode import quoted
from adoption.core.vocabulary import CONSENT
from adoption.ingest.lists import (
    ALIKE,
    ENTRY_INTO_FORCE,
    Conventions,
    PublishedList,
    by_key,
    is_done,
    title_likeness,
    withdrawals_of,
)
from adoption.law.entry_into_force import has_enough_consents
from adoption.law.spells import history_in
from adoption.tables import of_convention
from adoption.tables.exceptions import BOUND_AGAIN, NO_WITHDRAWAL, Violation, accepted_on
from adoption.tables.write import Tables

Fact = tuple[str, str, str, str]  # iso3, kind of act, act, and its day as text
VANISHED, CHANGED = "act-vanished", "act-changed"
OLDER, FUTURE, ABSENT = "list-older", "act-after-list", "acts-not-in-list"
MOST_ABSENT = 0.05  # maximum share of the known acts that are not merely reported
RECOUNT, BY_RULE_ONLY = "list-total-differs", "in-force-by-rule-only"
TITLE_DIFFERS = "list-title-differs"


def list_violations(
    every: Iterable[Sequence[PublishedList]], acts: pd.DataFrame
) -> Iterator[Violation]:
    """Yield the violations in each source's lists, given the acts of other sources."""
    for lists in every:
        of_convention = acts[acts["convention"] == lists[0].convention]
        by_key_of_rule = {
            violation[:3]: violation for violation in _of_source(lists, of_convention)
        }
        # Two lists of one day can contradict a third list in the same way.
        yield from by_key_of_rule.values()


def _of_source(lists: Sequence[PublishedList], acts: pd.DataFrame) -> Iterator[Violation]:
    for published in lists:
        yield from recount_differs(published)
        yield from after_list(published)
    yield from too_many_absent(lists[0], acts)
    for before, after in pairwise(lists):
        yield from between(before, after)
        yield from totals_gone(before, after)
        if after.day < before.day:
            yield _violation(OLDER, after, "list", f"of {after.day}, after one of {before.day}")
    yield from accepted_alone(lists, acts)
    yield from withdrawals_missing(acts, lists[-1])


def _violation(rule: str, published: PublishedList, subject: str, difference: str) -> Violation:
    return Violation(rule, f"{published.convention} {subject}", difference, f"{published.place}: ")


def after_list(published: PublishedList) -> Iterator[Violation]:
    """Yield acts dated after the day of the list."""
    for act in published.treaty.acts:
        if act.day > published.day:
            subject = f"{published.codes[act.participant]} {act.act}"
            yield _violation(FUTURE, published, subject, f"{act.day}")


def too_many_absent(published: PublishedList, acts: pd.DataFrame) -> Iterator[Violation]:
    """Yield a violation if a first list lacks too many known acts.

    A few may be errors of their sources, so up to `MOST_ABSENT` may be absent.
    """
    sure = acts[acts["grade"] != "reported"]
    sure = sure[~sure["act"].isin(UNLISTED)]
    sure = sure[sure["latest"] < pd.Timestamp(published.day)]
    listed = pd.MultiIndex.from_frame(published.acts[["iso3", "kind"]])
    expected = pd.MultiIndex.from_arrays([sure["iso3"], sure["act"].map(kind_of_act)])
    absent = int((~expected.isin(listed)).sum())
    if absent > MOST_ABSENT * len(expected):
        number = f"{absent:,} of {len(expected):,} known acts"
        subject = f"{number} are not in the list of {published.day}"
        yield _violation(ABSENT, published, "list", f"{subject}; allowed: {MOST_ABSENT:.0%}")


def between(before: PublishedList, after: PublishedList) -> Iterator[Violation]:
    """Yield acts and days of one list that the following list lacks or changes.

    A consent that moved into brackets is left to `withdrawals_missing`.
    """
    yield from _lost(_facts(before), after)


def accepted_alone(lists: Sequence[PublishedList], acts: pd.DataFrame) -> Iterator[Violation]:
    """Yield acts that a person accepted from a rejected list and that the next list lacks."""
    for row in acts[acts["source"] == lists[0].source].to_dict("records"):
        accepted = accepted_on(str(row["note"]))
        if accepted is None:
            continue
        since = max(accepted, row["date"].date())
        following = next((published for published in lists if published.day > since), None)
        if following:
            day = f"{row['date']:%Y-%m-%d}"
            fact = (row["iso3"], kind_of_act(row["act"]), row["act"], day)
            yield from _lost({fact}, following)


def _lost(before: set[Fact], after: PublishedList) -> Iterator[Violation]:
    facts_after = _facts(after)
    added = sorted(facts_after - before)
    for iso3, kind, act, day in sorted(before - facts_after):
        replacements = [
            other_day if other == act else f"{other} of {other_day}"
            for *whose, other, other_day in added
            if whose == [iso3, kind]
        ]
        if kind == CONSENT and replacements == [f"{day} in brackets"]:
            continue
        text = f"but {' and '.join(replacements)}" if replacements else "not"
        difference = f"{day}, {text} in the list of {after.day}"
        subject = f"{iso3} {act}".strip()
        yield _violation(CHANGED if replacements else VANISHED, after, subject, difference)


def _facts(published: PublishedList) -> set[Fact]:
    """Return the acts of a list and its day of entry into force."""
    day = published.treaty.in_force_on
    facts = {("", ENTRY_INTO_FORCE, ENTRY_INTO_FORCE, f"{day}")} if day else set()
    for act in published.treaty.acts:
        state = published.codes[act.participant]
        brackets = " in brackets" if act.superseded else ""
        text = f"{act.day}{brackets}"
        facts.add((state, kind_of_act(act.act), act.act, text))
    return facts


def withdrawals_missing(acts: pd.DataFrame, last: PublishedList) -> Iterator[Violation]:
    """Yield bracketed consents without a withdrawal date, and consents after a withdrawal.

    A revoked consent looks like one that a withdrawal ended, and only a person can tell them apart.
    A participant that consents again has two terms, but a list can have only one.
    """
    record, listed = by_key(acts), by_key(last.acts)
    for (iso3, kind), rows in listed.items():
        withdrawals = withdrawals_of(iso3, record) if kind == CONSENT else []
        for row in rows if kind == CONSENT else ():
            subject = f"{iso3} {row['act']}"
            day = f"{row['date']:%Y-%m-%d}"
            left = [latest for latest in withdrawals if latest < row["date"]]
            if left:
                difference = f"withdrew {max(left):%Y-%m-%d}, bound again {day}"
                yield _violation(BOUND_AGAIN, last, subject, difference)
            if not is_done(row, withdrawals):
                difference = f"{day} in brackets; its day goes into data/reference/acts.csv"
                yield _violation(NO_WITHDRAWAL, last, subject, difference)


def recount_differs(published: PublishedList) -> Iterator[Violation]:
    """Yield totals in the header of a list that differ from a count of its rows."""
    for name, (total, counted) in published.treaty.totals().items():
        if total not in (None, counted):
            yield _violation(RECOUNT, published, name, f"header {total}, counted {counted}")


def totals_gone(before: PublishedList, after: PublishedList) -> Iterator[Violation]:
    """Yield totals that a list's header no longer prints.

    Without a total the rows are not recounted, so a lost row would remain unnoticed.
    """
    for name, (was, _) in before.treaty.totals().items():
        if was is not None and after.treaty.totals()[name][0] is None:
            yield _violation(RECOUNT, after, name, f"no header, before {was}")


def still_not_in_force(
    newest: Iterable[PublishedList], tables: Tables, conventions: Conventions
) -> Iterator[Violation]:
    """Yield headers that say `not yet in force` although the acts and the rule say otherwise.

    In this case an act, the registry's rule or the header is wrong.
    """
    for published in newest:
        if not published.treaty.not_in_force:
            continue
        convention = conventions[published.convention]
        acts = tables["acts"][tables["acts"]["grade"] != "reported"]
        if not has_enough_consents(convention, of_convention(acts, published.convention)):
            continue
        force = history_in(convention, {**tables, "acts": acts}).force.by(published.complete_to).day
        if force and force.latest <= published.complete_to:
            difference = f"header: not yet in force, by the rule {force}"
            yield _violation(BY_RULE_ONLY, published, ENTRY_INTO_FORCE, difference)


def titles_differ(newest: Iterable[PublishedList], conventions: Conventions) -> Iterator[Violation]:
    """Yield lists whose title differs from their convention's title.

    A list of another treaty in the registry is rejected earlier. Here the treaty may be one that
    the registry lacks, or the depositary prints the title differently.
    """
    for published in newest:
        convention = conventions[published.convention]
        if title_likeness(published.treaty.title, convention) < ALIKE:
            difference = f"printed {quoted(published.treaty.title)}, expected {convention.title!r}"
            yield _violation(TITLE_DIFFERS, published, "title", difference)
