"""Held treaties: every treaty of the base set that is not in the registry, with what is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pandas as pd
from pydantic import ValidationError

from adoption import tables
from adoption.core.acts import CONSENTS, SIGNATURES, WITHDRAWAL
from adoption.core.errors import NO_MATCH, AdoptionError, did_you_mean, first_fault, likeness
from adoption.core.paths import reference_folder
from adoption.core.reading import read_toml, remembered
from adoption.core.text import listed, long_day
from adoption.law.conventions import (
    TREATY_RULES,
    Convention,
    base_treaty,
    find_convention,
    load_conventions,
    named_in_registry,
)
from adoption.law.rules import Window
from adoption.law.treaties import Treaty
from adoption.tables.csvfile import allowed_words, read_csv, unique
from adoption.tables.dictionary import table_description

TreatyKind: TypeAlias = Literal["amendment", "constitution", "regional", "other treaty"]
TREATY_KINDS: tuple[TreatyKind, ...] = ("amendment", "constitution", "regional", "other treaty")
KINDS_FILE = "treaty-kinds.csv"
DEPOSITARY = "Secretary-General of the United Nations"
MAX_TITLE = 90  # letters of a title in a sentence
MAX_NAMES = 3  # that a refusal lists
NEAR_LIKENESS = 0.95  # of the likeness of the most like: what is less like is not meant
COUNTED = {"signatories": SIGNATURES, "parties": CONSENTS}
CHAPTER = re.compile(r"([ivxlc]+)[-. ]?\d")  # of a number, in lower case
SHORT, SURE = 4, 0.75  # letters of a short name, and the likeness below which it is another's


class HeldTreaty(Treaty):
    """A treaty of the base set: its list of acts, and of its rules those whose text was seen.

    What the list cannot decide is None, or says that it is not known.

    Attributes
    ----------
    kind : str
        As its title shows it: amendment, constitution (of an organisation), regional, or other
        treaty.
    first_act : date
        The earliest signature or consent of the list.
    partial_to : date
        The day of the copy of the list.
    partial : tuple of str
        The measures (signatories, parties) in which the list does not name everybody: it is
        complete on no day. `reach` says why.
    withdrawals_listed : bool
        Whether no withdrawal in effect on the day of the list is missing.
    learnt_from : bool
        Whether the forecast has learnt from it.
    printed_signatories, printed_parties : int, optional
        The totals that the list itself prints.
    other_names : tuple of str
        Short names by which it is asked for as well.
    condition : str, optional
        What its entry into force needs beside a number of instruments, or in its place.
    """

    kind: TreatyKind = "other treaty"
    first_act: date
    partial_to: date
    partial: tuple[str, ...] = ()
    withdrawals_listed: bool
    learnt_from: bool = True
    printed_signatories: int | None = None
    printed_parties: int | None = None
    other_names: tuple[str, ...] = ()
    condition: str | None = None

    @property
    def opening(self) -> Window:
        """From its conclusion, or an act before it, to its first act or entry into force."""
        first = min(day for day in (self.adopted, self.first_act) if day)
        by_force = self.entered_into_force or self.first_act
        return Window(first, max(first, min(self.first_act, by_force)))

    def complete_until(self, measure: str) -> date | None:
        """Return the last day on which the list is complete in a measure; None if it is partial."""
        return None if measure in self.partial else self.partial_to

    @property
    def withdrawals_known(self) -> bool:
        """Whether no withdrawal by a day to which the list is complete is missing from it."""
        return self.withdrawals_listed

    @property
    def joiners_known(self) -> bool:
        """Whether it is known which states can join it: of no held treaty it is."""
        return False


@remembered
def load_held() -> dict[str, HeldTreaty]:
    """Return the treaties of the base set that are not in the registry, by number.

    Examples
    --------
    >>> load_held()["IV-9"].label, load_held()["IV-9"].first_act
    ('CAT', datetime.date(1985, 2, 4))
    """
    reference = reference_folder()
    rules, kinds = read_held_rules(reference), read_treaty_kinds(reference)
    treaties = held_treaties(tables.read("base_treaties"), tables.read("base_acts"), rules, kinds)
    registered = {base_treaty(convention) for convention in load_conventions().values()}
    return {number: treaty for number, treaty in treaties.items() if number not in registered}


def held_treaties(
    base_treaties: pd.DataFrame,
    base_acts: pd.DataFrame,
    rules: Mapping[str, Mapping[str, Any]],
    kinds: Mapping[str, TreatyKind],
) -> dict[str, HeldTreaty]:
    """Return the treaties of the base set that have an act, by number.

    Parameters
    ----------
    base_treaties, base_acts : DataFrame
        The tables of these names.
    rules : mapping of str to mapping
        What was seen in their texts, from `read_held_rules`.
    kinds : mapping of str to str
        From `read_treaty_kinds`; a number that is not there is of another treaty.
    """
    first = base_acts[base_acts["act"] != WITHDRAWAL].groupby("treaty")["date"].min()
    named = {name: counted_in_header(base_acts, acts) for name, acts in COUNTED.items()}
    treaties = {}
    for row in base_treaties.to_dict("records"):
        number = row["treaty"]
        if number in first:
            counts = {name: int(of_treaty.get(number, 0)) for name, of_treaty in named.items()}
            rule = rules.get(number, {})
            partial = partial_measures(row, first[number], counts, rule)
            of_list = {
                "first_act": first[number].date(),
                "kind": kinds.get(number, TREATY_KINDS[-1]),
                "partial": tuple(partial),
                "signatories_listed": counts["signatories"] > 0 or "signatories" not in partial,
                "reach": _reach(row, partial),
            }
            treaties[number] = _treaty(row, rule, of_list)
    return treaties


def counted_in_header(base_acts: pd.DataFrame, kinds: Collection[str]) -> pd.Series[int]:
    """Count by treaty who did an act of some kinds and has not withdrawn, as the lists count."""
    of_one = [base_acts[name] for name in ("treaty", "participant")]
    left = base_acts["act"].eq(WITHDRAWAL).groupby(of_one).transform("any")
    acted = base_acts[base_acts["act"].isin(kinds) & ~left]
    return acted.groupby("treaty")["participant"].nunique()


def partial_measures(
    row: Mapping[Any, Any],
    first_act: pd.Timestamp,
    named: Mapping[str, int],
    rule: Mapping[str, Any],
) -> dict[str, str]:
    """Return why a list does not name everybody, by measure; no entry for a complete measure.

    A list is partial if its first act is later than entry into force, which takes earlier acts; if
    it shows fewer participants than it counts; or if the depositary says so of it. A party that
    is not shown may have signed, so signatories are never complete without the parties.

    Parameters
    ----------
    row : mapping
        Of the table `base_treaties`.
    first_act : Timestamp
        The day of the earliest signature or consent of the list.
    named : mapping of str to int
        How many participants the list names that have not withdrawn, by measure.
    rule : mapping
        From `read_held_rules`.
    """
    short = {}
    for measure, number in named.items():
        printed = row[f"{measure}_official"]
        if pd.notna(printed) and number < printed:
            short[measure] = f"it shows {number} of {printed} {measure}"
    force = row["entry_into_force"]
    why = rule.get("partial") or short.get("parties")
    if first_act > force and not why:
        begins, since = long_day(first_act), long_day(force)
        why = f"it begins on {begins}, after entry into force on {since}"
    return (dict.fromkeys(named, why) if why else {}) | short


def partial_lists(
    reference: Path, base_treaties: pd.DataFrame, base_acts: pd.DataFrame
) -> list[str]:
    """Return the numbers of the treaties of the base set whose lists are partial."""
    rules, kinds = read_held_rules(reference), read_treaty_kinds(reference)
    treaties = held_treaties(base_treaties, base_acts, rules, kinds)
    return [number for number, treaty in treaties.items() if treaty.partial]


def read_held_rules(reference: Path) -> dict[str, dict[str, Any]]:
    """Read what was seen in the texts of held treaties, by number."""
    rules: dict[str, dict[str, Any]] = read_toml(reference / TREATY_RULES)
    for number, rule in rules.items():
        _check_rule(number, rule)
    return rules


def check_held_rules(
    reference: Path,
    base_treaties: pd.DataFrame,
    base_acts: pd.DataFrame,
    sources: Collection[str],
) -> None:
    """Refuse rules and kinds that no treaty can have, and rules of a text without a source."""
    rules = read_held_rules(reference)
    treaties = set(base_treaties["treaty"])
    for number, rule in rules.items():
        if number not in treaties:
            near = did_you_mean(number, treaties, 1)
            place = f"data/reference/{TREATY_RULES}: [{number}]"
            raise AdoptionError(f"{place}: no such treaty; {near}")
        key = rule.get("law_source", "")
        if key and key not in sources:
            near = did_you_mean(key, sources, 1)
            raise AdoptionError(
                f"data/reference/{TREATY_RULES}: [{number}] law_source: {key!r} is not in "
                f"data/reference/law-sources.csv, nor another source; {near}"
            )
    with_rules = base_treaties[base_treaties["treaty"].isin(rules)]
    held_treaties(with_rules, base_acts, rules, read_treaty_kinds(reference))


def read_treaty_kinds(reference: Path) -> dict[str, TreatyKind]:
    """Read of which kind treaties are, by number."""
    raw = read_csv(
        reference / KINDS_FILE,
        f"data/reference/{KINDS_FILE}",
        ("treaty", "kind", "shown_by"),
    )
    allowed_words(raw, "kind", TREATY_KINDS)
    unique(raw, "treaty")
    return dict(zip(raw.frame["treaty"], raw.frame["kind"].astype(object), strict=True))


def _treaty(
    row: Mapping[Any, Any], rule: Mapping[str, Any], of_list: Mapping[str, Any]
) -> HeldTreaty:
    """Return a held treaty from its row of `base_treaties`, the rules of its text and its list."""
    number, copied = row["treaty"], row["as_of"].date()
    values = {name: value for name, value in row.items() if not pd.isna(value)}
    of_copy = {
        "partial_to": copied,
        "complete_to": None if "parties" in of_list["partial"] else copied,
        "source": row["source"],
        "withdrawals_listed": row["withdrawals_known"],
        "learnt_from": values.get("learnt_from", True),
        "printed_signatories": values.get("signatories_official"),
        "printed_parties": values.get("parties_official"),
    }
    force = values.get("entry_into_force")
    delay = {"days": values["delay_days"]} if "delay_days" in values else None
    fields = {"title": row["title"], "reference": f"UNTC {number}", "depositary": DEPOSITARY}
    entry: dict[str, Any] = {
        "threshold": values.get("threshold"),
        "delay": delay,
        **rule,
        **fields,
        "convention": number,
        "label": rule.get("label", number),
        "adopted": row["concluded"].date(),
        "entered_into_force": force.date() if force else None,
        **of_list,
        **of_copy,
        "other_names": tuple(rule.get("names", ())),
    }
    entry.pop("names", None)
    entry.setdefault("short_title", short_title(entry["title"], entry["label"]))
    try:
        return HeldTreaty(**entry)
    except ValidationError as error:
        raise AdoptionError(
            f"data/reference/{TREATY_RULES}: [{number}] {first_fault(error, HeldTreaty)}"
        ) from error


def _check_rule(number: str, rule: Mapping[str, Any]) -> None:
    """Refuse a rule without the article that states it, or the text in which it was seen."""
    needs = {"threshold": "threshold_article", "later": "later_article"}
    needs |= dict.fromkeys(("delay", "partial"), "law_source")
    for name, needed in needs.items():
        missing = [field for field in (needed, "law_source") if field not in rule]
        if name in rule and missing:
            raise AdoptionError(
                f"data/reference/{TREATY_RULES}: [{number}] {name}: needs {missing[0]} beside it"
            )


def short_title(title: str, label: str) -> str:
    """Return a title for sentences: cut at a word where it is long, with its short name.

    Examples
    --------
    >>> short_title("Convention on the Rights of the Child", "CRC")
    'Convention on the Rights of the Child (CRC)'
    """
    if len(title) > MAX_TITLE:
        start = title[:MAX_TITLE].rsplit(maxsplit=1)[0]
        title = f"{start.rstrip(',')}…"
    return f"{title} ({label})"


def _reach(row: Mapping[Any, Any], partial: Mapping[str, str]) -> str:
    """Return to which day a list is complete or partial, and why it is partial."""
    reasons = " and ".join(dict.fromkeys(partial.values()))
    extent, why = ("Partial", f": {reasons}") if partial else ("Complete", "")
    text = (
        f"{extent} to {long_day(row['as_of'])}, the day of the copy of the depositary's list{why}."
    )
    return text if row["withdrawals_known"] else f"{text} Withdrawals may be missing from it."


def find_treaty(name: str | Treaty, parameter: str = "convention") -> Treaty:
    """Return a treaty of the registry or a held one, by its number or any usual name.

    Of a treaty that is in both, the registry's is returned.

    Examples
    --------
    >>> find_treaty("CAT").convention, find_treaty("IV-9").label
    ('IV-9', 'CAT')
    >>> find_treaty("XVIII-12").convention
    'untoc'
    """
    if not isinstance(name, str):
        return name if isinstance(name, Treaty) else find_convention(name, parameter)
    registered = named_in_registry(name)
    if registered is not None:
        return registered
    numbers = _held_by_name().get(_key(name), ())
    if len(numbers) == 1:
        return load_held()[numbers[0]]
    if numbers:
        several = listed(numbers[:MAX_NAMES])
        raise AdoptionError(f"{parameter}: {len(numbers)} treaties are called {name!r}: {several}")
    ids = ", ".join(load_conventions())
    raise AdoptionError(
        f"{parameter}: there is no {name!r} in the registry; {_nearest(name)} "
        f"(all: {ids}; and the treaties of "
        "adoption.conventions(held=True), by number, title or short name)"
    )


def limits_in_words(convention: Treaty) -> str:
    """Return for whom a convention is, as the end of a sentence; no text where any state can join.

    Examples
    --------
    >>> limits_in_words(load_conventions()["malabo"])
    'made for the African Union'
    >>> limits_in_words(load_conventions()["nagoya-kuala-lumpur"])
    'open to the parties to the Cartagena Protocol alone'
    """
    if convention.parties_of:
        parent = find_treaty(convention.parties_of)
        return f"open to the parties to the {parent.short_title} alone"
    return f"made for the {convention.made_for}" if convention.made_for else ""


def find_registered(name: str | Treaty, what: str, parameter: str = "convention") -> Convention:
    """Return a convention of the registry; of a held treaty say what it lacks, in one line.

    Parameters
    ----------
    name : str or Treaty
        The convention.
    what : str
        What is asked for and lacks, as a clause.
    """
    treaty = find_treaty(name, parameter)
    if isinstance(treaty, Convention):
        return treaty
    raise AdoptionError(
        f"{parameter}: {treaty.label}: {what}; allowed: a convention of the registry"
    )


def _key(name: str) -> str:
    return name.strip().casefold().removeprefix("untc ")


@remembered
def _held_by_name() -> dict[str, tuple[str, ...]]:
    """Return by name, in lower case, the numbers of the held treaties that are called so."""
    named: dict[str, tuple[str, ...]] = {}
    for number, treaty in load_held().items():
        names = (number, treaty.title, treaty.label, f"{treaty.label} Convention")
        for key in {_key(name) for name in (*names, *treaty.other_names)}:
            named[key] = (*named.get(key, ()), number)
    return named


def _nearest(name: str) -> str:
    """Return at most three of all treaties, the most like a name."""
    named = dict(_held_by_name())
    for convention in load_conventions().values():
        names = (convention.convention, convention.title, convention.label, convention.reference)
        for spelling in names:
            named.setdefault(_key(spelling), (convention.convention,))
    if chapter := CHAPTER.match(_key(name)):  # a number: only one of its chapter is meant
        start = f"{chapter[1]}-"
        named = {key: meant for key, meant in named.items() if key.startswith(start)}
    elif not re.search(r"\w{3}", name):  # a letter or two are in every title
        return NO_MATCH
    scores = likeness(_key(name), named)
    best = max((share for share, _ in scores.values()), default=0.0)
    if len(name) <= SHORT and best < SURE:
        return NO_MATCH
    near = [key for key, (share, _) in scores.items() if share >= NEAR_LIKENESS * best]
    meant = [number for key in near for number in named[key]]
    nearest = list(dict.fromkeys(meant))[:MAX_NAMES]
    if not nearest:
        return NO_MATCH
    held = load_held()
    labels = (_with_label(held.get(number), number) for number in nearest)
    return f"did you mean {' or '.join(labels)}?"


def _with_label(treaty: HeldTreaty | None, name: str) -> str:
    if treaty is None or treaty.label == name:
        return name
    return f"{name} ({treaty.label})"


def as_acts(base_acts: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return acts of the base set with the columns of the table `acts`.

    The depositary's own table dates every act, so each is confirmed.

    Parameters
    ----------
    base_acts : DataFrame
        Rows of that table.
    names : mapping of str to str, optional
        The id of each treaty, by number; by default the number itself.
    """
    treaty = base_acts["treaty"]
    return base_acts.assign(
        convention=treaty if names is None else treaty.map(names),
        grade="confirmed",
        note="",
        open_ended=False,
        earliest=base_acts["date"],
        latest=base_acts["date"],
    )


def held_acts(treaties: Iterable[Treaty]) -> pd.DataFrame:
    """Return the acts on held treaties, by whoever did them, with the columns of table `acts`."""
    numbers = [treaty.convention for treaty in treaties]
    rows = tables.read("base_acts")
    rows = as_acts(rows[rows["treaty"].isin(numbers)]).assign(note=None)
    description = table_description("acts")
    return rows[description.names].astype(description.dtypes()).reset_index(drop=True)
