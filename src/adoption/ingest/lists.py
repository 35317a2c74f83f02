"""The publishers' own lists of acts in the fetched snapshots."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from adoption.core.acts import WITHDRAWAL, kind_of_act
from adoption.core.decode import MAX_LETTERS_OF_CELL
from adoption.core.errors import AdoptionError
from adoption.core.vocabulary import CONSENT
from adoption.ingest.readers.publishers import Registry, Source
from adoption.ingest.readers.untc import ListedTreaty, read_untc
from adoption.ingest.snapshots import SnapshotStore
from adoption.tables.csvfile import AT, RawTable
from adoption.tables.names import Participants, tidy

if TYPE_CHECKING:
    from adoption.law.conventions import Convention
    from adoption.law.status import Row

ActKey = tuple[str, str]  # iso3 and kind of act
Conventions: TypeAlias = "Mapping[str, Convention]"  # keys: ids of conventions

ENTRY_INTO_FORCE = "entry into force"
ALIKE = 0.9  # minimum likeness of a printed title to the registry's title
UNTC = re.compile(r"UNTC (.+)")  # number in the depositary's series


@dataclass(frozen=True, eq=False)
class PublishedList:
    """A depositary's list of the acts on a convention, on one day.

    Attributes
    ----------
    source : str
        Name of the source, such as untc-hanoi.
    convention : str
        Id of the convention.
    day : date
        The date of the list, which is the day of the fetch in its sidecar.
    complete_to : date
        The last day on which the publisher still had this list; the list is complete to it.
    place : str
        The file, as shown to users.
    treaty : ListedTreaty
        The content. Each participant has at most one act of a name and one consent, in brackets
        or not.
    codes : dict of str to str
        The ISO3 code of each participant named.
    """

    source: str
    convention: str
    day: date
    complete_to: date
    place: str
    treaty: ListedTreaty
    codes: Mapping[str, str]

    @cached_property
    def acts(self) -> pd.DataFrame:
        """One row per act: iso3, participant, act, kind, at (all str), date, superseded (bool)."""
        acts = self.treaty.acts
        texts = {
            "iso3": [self.codes[act.participant] for act in acts],
            "participant": [act.participant for act in acts],
            "act": [act.act for act in acts],
            "kind": [kind_of_act(act.act) for act in acts],
            AT: self.place,
        }
        days = np.array([act.day for act in acts], "datetime64[us]")
        superseded = [act.superseded for act in acts]
        return pd.DataFrame(texts, dtype="str").assign(date=days, superseded=superseded)


def by_key(acts: pd.DataFrame) -> dict[ActKey, list[Row]]:
    """Return the acts by participant and kind, each in order of date."""
    acts_by_key: dict[ActKey, list[Row]] = {}
    for row in acts.sort_values(["iso3", "date", "act"]).to_dict("records"):
        act = {str(name): value for name, value in row.items()}
        acts_by_key.setdefault((act["iso3"], kind_of_act(act["act"])), []).append(act)
    return acts_by_key


def withdrawals_of(iso3: str, record: Mapping[ActKey, Sequence[Row]]) -> list[pd.Timestamp]:
    """Return the last possible day on which each withdrawal of a participant took effect."""
    return [row["latest"] for row in record.get((iso3, WITHDRAWAL), ())]


def is_done(listed: Row, withdrawals: Sequence[pd.Timestamp]) -> bool:
    """Return whether a listed act was done, even if the list prints it in brackets.

    A consent in brackets was done if a withdrawal ended it. Other brackets mean that a date does
    not count, because it was corrected or the act was revoked.
    """
    is_ended = any(listed["date"] <= latest for latest in withdrawals)
    return not listed["superseded"] or (kind_of_act(listed["act"]) == CONSENT and is_ended)


def read_list(
    source: Source,
    path: Path,
    store: SnapshotStore,
    participants: Participants,
    conventions: Conventions,
) -> PublishedList:
    """Return one snapshot of a list."""
    name = store.name(path)
    convention = conventions[str(source.convention)]
    treaty = read_untc(store.content(path), name)
    check_belonging(treaty, convention, name)
    return PublishedList(
        source=source.source,
        convention=convention.convention,
        place=name,
        treaty=treaty,
        day=store.sidecar(path).complete_to,
        complete_to=store.complete_to(path),
        codes=codes_of(treaty, name, participants),
    )


def codes_of(treaty: ListedTreaty, name: str, participants: Participants) -> dict[str, str]:
    """Return the code of each participant of a list; raise an error if two names have one code."""
    printed_names = dict.fromkeys(act.participant for act in treaty.acts)
    codes = {printed: participants.codes.get(tidy(printed), "") for printed in printed_names}
    # A build checks every list ever fetched, and making a table takes longer than reading one.
    if len(set(codes.values()) & participants.names.keys()) < len(printed_names):
        frame = pd.DataFrame({"participant": [*printed_names]}, range(1, len(printed_names) + 1))
        table = RawTable(name, frame)
        resolved = participants.resolve(table)
        unlisted = ~resolved.isin(participants.names)
        table.refuse("participant", unlisted, "is not in data/reference/countries.csv")
        second = "is a second name of a participant that is listed already"
        table.refuse("participant", resolved.duplicated(), second)
    return codes


def all_lists(
    registry: Registry, store: SnapshotStore, participants: Participants, conventions: Conventions
) -> list[list[PublishedList]]:
    """Return every snapshot of every list, oldest first."""
    by_source = []
    for source in registry.sources.values():
        if source.is_list:
            files = [folder / source.file for folder in store.folders(source.source)]
            by_source.append(
                [read_list(source, file, store, participants, conventions) for file in files]
            )
    return [lists for lists in by_source if lists]


def check_belonging(treaty: ListedTreaty, convention: Convention, name: str) -> None:
    """Raise an error if a list prints the number of another treaty.

    The module `list_guards` compares the titles.
    """
    series = UNTC.fullmatch(convention.reference)
    number = treaty.number.lstrip("0")
    if number and series and number != series[1]:
        allowed = f"the list of {convention.convention}, treaty {series[1]}"
        raise AdoptionError(f"{name}: is of treaty {number}; allowed: {allowed}")


def title_likeness(title: str, convention: Convention) -> float:
    """Return the likeness of a printed title to a convention's title, from 0 to 1.

    A depositary may print more after the title than the registry has, as it does after
    `United Nations Convention against Cybercrime; `. The printed title is therefore also compared
    after cutting it to the registry's length. Letter case does not count.
    """
    printed = title[:MAX_LETTERS_OF_CELL].casefold()
    titles = (convention.title.casefold(), convention.short_title.casefold())
    starts = [(text, title) for title in titles for text in (printed, printed[: len(title)])]
    return max(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in starts)
