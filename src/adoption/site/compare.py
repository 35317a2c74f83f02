"""The page that sets two to four states or treaties side by side: what its script knows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from adoption import tables
from adoption.core.acts import CONSENTS, SIGNATURES
from adoption.core.reading import remembered
from adoption.core.text import NOT_KNOWN, short_day, slug, when_by
from adoption.countries.capacity import OVERALL, PILLARS, Indicator
from adoption.countries.groups import load_groups
from adoption.law.conventions import find_convention, load_conventions
from adoption.law.evidence import last_not_in_force
from adoption.law.panel import NO_ACT, UNABLE, WITHDRAWN
from adoption.law.status import Status, load_status
from adoption.press.html import text
from adoption.show.classes import status_classes
from adoption.show.status import count_figure, not_in_force_words
from adoption.show.status_json import status_json
from adoption.show.world import acts_in_line, class_changes
from adoption.site.links import LISTS_ACTS
from adoption.site.lists import Entry, pages_by

COMPARE_PAGE = "compare"
TreatyFacts = tuple[dict[str, str], dict[str, Any]]  # in words by head, and as values by column
# What can be asked of a state on a treaty, by what it is known to have done: s signed, b is bound.
ACTED_CODES = ["s", "b", "sb"]
CODES_OF_CHOICE = {
    "acted": ACTED_CODES,
    "signed": ["s", "sb"],
    "bound": ["b", "sb"],
    "only": ["s"],
    "none": [""],
}
# What the page shows where its address asks nothing, and beside it two more to begin with.
EXAMPLE_TREATIES, EXAMPLE_STATES, EXAMPLE_GROUP = ("hanoi", "budapest"), ("KEN", "QAT"), "brics"
INDEX, EDITION = "GCI", 2024  # of capacity, as on the page of a state


def treaties_and_script(entries: Sequence[Entry]) -> tuple[dict[str, list[Any]], str]:
    """Return the treaties, and a script with them and what each state did on them.

    Of a treaty there are its short title, its page or no text, what is known of it in words by head
    and as plain values by column, and its title.
    """
    pages = pages_by([e for e in entries if e.notebook == LISTS_ACTS], "convention")
    state_pages = pages_by(entries, "country")
    facts = _facts_of_states()
    states: dict[str, Any] = {
        row["iso3"]: [row["name"], state_pages.get(row["iso3"], ""), facts[row["iso3"]], {}]
        for row in tables.read("states").sort_values("name").to_dict("records")
    }
    treaties = {}
    for name, convention in load_conventions().items():
        done, facts_and_values = _done_and_known(name, tables.data_day())
        for iso3, known_of in done.items():
            states[iso3][3][name] = known_of
        about = convention.short_title, pages.get(name, ""), *facts_and_values
        treaties[name] = [*about, convention.title]
    votes = tables.read("votes")["resolution"].unique().tolist()
    steps = [
        [name, str(text(f"compare_did_{name}")), done] for name, done in CODES_OF_CHOICE.items()
    ]
    resolutions = [f"{text('compare_vote')} {resolution}" for resolution in sorted(votes)]
    compared = {
        "treaties": treaties,
        "states": states,
        "day": str(tables.data_day()),
        "did": steps,
        "votes": resolutions,
    }
    written = json.dumps(compared, ensure_ascii=False, separators=(",", ":"), default=str)
    # A script, since a page opened from a disk cannot fetch.
    return treaties, f"window.adoptionCompare={written};\n"


@remembered
def _done_and_known(name: str, day: date) -> tuple[dict[str, list[object]], TreatyFacts]:
    """Return what each state has to do with a treaty, and what is known of the treaty."""
    status = load_status(name, day)
    frame, moves = status.participants, _done_by_day(status)
    done = dict[str, list[object]]()
    for row, kind in zip(frame.to_dict("records"), status_classes(frame), strict=True):
        if kind != NO_ACT:
            known_of: list[object] = [kind]
            if kind not in UNABLE:
                known_of = [acts_in_line(row), *_deciding(row), _done(row), moves[row["iso3"]]]
            done[row["iso3"]] = [slug(kind), *known_of]
    return done, _of_treaty(status)


def examples() -> list[tuple[str, str]]:
    """Return comparisons to begin with: the words of each, and its address behind the `#`.

    There is none where the registry lacks their treaties.

    Examples
    --------
    >>> examples()[1]
    ('Kenya beside Qatar', 'states=KEN,QAT')
    """
    registered = load_conventions()
    if not registered.keys() >= {*EXAMPLE_TREATIES}:
        return []
    first, second = (registered[name].short_title for name in EXAMPLE_TREATIES)
    names = tables.read("states").set_index("iso3")["name"]
    state, other = (names[iso3] for iso3 in EXAMPLE_STATES)
    group = load_groups()[EXAMPLE_GROUP].name
    treaties = str(text("compare_example_treaties", first=first, second=second))
    states = str(text("compare_example_states", first=state, second=other))
    members = str(text("compare_example_group", group=group))
    return [
        (treaties, f"treaties={','.join(EXAMPLE_TREATIES)}&where=signed,bound"),
        (states, f"states={','.join(EXAMPLE_STATES)}"),
        (members, f"treaties={EXAMPLE_TREATIES[0]}&group={EXAMPLE_GROUP}"),
    ]


def _done(row: dict[Any, Any]) -> str:
    """Return what a state is known to have done, in the codes of `CODES_OF_CHOICE`."""
    signed, bound = (row[flag] is True for flag in ("signed", "consented"))
    return "s" * signed + "b" * bound


def _done_by_day(status: Status) -> dict[str, list[tuple[str, str, str]]]:
    """Return each day on which a state's status certainly changed, its class, and what was done."""
    by_state = {}
    for iso3, changed in class_changes(status).items():
        has_signed, done = False, []
        for day, kind, act in changed:
            has_signed |= act in SIGNATURES
            is_bound = act in CONSENTS and kind != WITHDRAWN
            done.append((day, slug(kind), "s" * has_signed + "b" * is_bound))
        by_state[iso3] = done
    return by_state


def _deciding(row: dict[Any, Any]) -> list[str]:
    """Return the grade of the act that decides a status, and between which ISO days it was done."""
    latest = "" if row["open_ended"] else str(row["latest"].date())
    return [row["grade"], str(row["earliest"].date()), latest]


def _of_treaty(status: Status) -> TreatyFacts:
    """Return what is known of a treaty in words by head, and as plain values by column."""
    convention = find_convention(status.convention)
    force = status.entry_into_force
    status_record = status_json(status)
    complete, seen = convention.complete_to, last_not_in_force(status)
    not_yet = not_in_force_words(seen) if seen else NOT_KNOWN
    signed = count_figure(status.signatories, with_reports=True)
    in_force = when_by(force.earliest, force.latest) if force else not_yet
    facts = {
        "opened": short_day(convention.opens),
        "signed": signed if status.signatories_known else NOT_KNOWN,
        "bound": count_figure(status.parties, with_reports=True),
        "needed": str(convention.threshold),
        "force": in_force,
        "complete": short_day(complete) if complete else NOT_KNOWN,
    }
    record: dict[str, Any] = {"opened": convention.opens, "complete to": complete}
    for name in ("signatories", "consents"):
        least, most = status_record["bounds"].get(name, (None, None))
        record |= {f"{name} at least": least, f"{name} at most": most}
        record |= {f"{name} reported": status_record["reported"].get(name)}
    record |= {"needed": convention.threshold, "in force earliest": force and force.earliest}
    record |= {"in force latest": force and force.latest, "not in force on": seen and seen.day}
    return {str(text(f"compare_{name}")): fact for name, fact in facts.items()}, record


@remembered
def _facts_of_states() -> dict[str, dict[str, str]]:
    """Return the region, the votes and the capacity of each state, where they are known."""
    values = tables.of_index(tables.read("capacity"), INDEX, EDITION)
    values = values.pivot(index="iso3", columns="component", values="value")[[OVERALL, *PILLARS]]
    values.columns = [Indicator(INDEX, EDITION, str(part)).name for part in values]
    frame = tables.read("states").set_index("iso3")[["region"]]
    frame = frame.rename(columns={"region": str(text("compare_region"))})
    votes = tables.read("votes").pivot(index="iso3", columns="resolution", values="vote")
    frame = frame.join(votes.add_prefix(f"{text('compare_vote')} "))
    frame = frame.join(values.map("{:.2f}".format, na_action="ignore"))
    has_value = frame.notna().to_dict("index")
    return {
        str(iso3): {str(head): str(fact) for head, fact in row.items() if has_value[iso3][head]}
        for iso3, row in frame.to_dict("index").items()
    }
