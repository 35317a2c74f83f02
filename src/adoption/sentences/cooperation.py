"""What is said of the cooperation network: how much of it is joined, and what would join more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from adoption.answers import Answer
from adoption.law.network import Network, added, components
from adoption.law.status import WITHDRAWN
from adoption.words import capitalised, counted, listed, long_day, numeral, percent

if TYPE_CHECKING:
    from adoption.countries.groups import Group
    from adoption.law.network import Web
    from adoption.law.status import Status


def network_title(joined: Network, webs: Sequence[Web]) -> str:
    """Return the finding: how many pairs are joined, and in how many parts the network falls."""
    parts = [part for part in components(joined.states, joined.certain) if len(part) > 1]
    if not parts:
        return "No two states are known to be joined by an instrument in force"
    alone = len(joined.states) - sum(map(len, parts))
    least = "At least " if any(web.partial for web in webs) else ""
    return (
        f"{least}{percent(joined.least, joined.of)} of pairs are joined; "
        f"{counted(alone, 'state')} of {len(joined.states)} {'has' if alone == 1 else 'have'} "
        "no known partner"
    )


def network_sentence(joined: Network, webs: Sequence[Web], day: str) -> str:
    """Say which share of the pairs of states is joined, with its bounds."""
    number = len(webs)
    by = f"at least one of the {numeral(number)} instruments" if number > 1 else "the instrument"
    if not joined.least:
        may = f"; up to {counted(joined.most, 'pair')} may be" if joined.most else ""
        return f"On {day} no two states are known to be joined by {by} in force between them{may}."
    least = "at least " if any(web.partial for web in webs) else ""
    pairs = f"{counted(joined.least, 'pair')} of {joined.of:,} ({percent(joined.least, joined.of)})"
    room = ""
    if percent(joined.most, joined.of) != percent(joined.least, joined.of):
        open_end = any(web.partial and not web.ceiling for web in webs)
        more = " or more" if open_end else ""
        room = f"; what is not known leaves room for {percent(joined.most, joined.of)}{more}"
        if joined.most == joined.of:
            room = "; what is not known leaves room for every pair"
    be = "is" if joined.least == 1 else "are"
    return (
        f"On {day} {least}{pairs} {be} joined by {by} in force between them{room}. {_parts(joined)}"
    )


def _parts(joined: Network) -> str:
    """Say in how many parts the network falls, and how many states are outside it."""
    parts = [part for part in components(joined.states, joined.certain) if len(part) > 1]
    alone = len(joined.states) - sum(map(len, parts))
    sizes = listed([f"{len(part)}" for part in parts])
    if len(parts) == 1:
        form = f"They form one network of {sizes} states"
    else:
        form = f"They form {numeral(len(parts))} separate networks, of {sizes} states"
    if not alone:
        return f"{form}."
    has = "has" if alone == 1 else "have"
    return f"{form}; {counted(alone, 'state')} {has} no known partner."


def added_sentence(joined: Network, members: Collection[str], status: Status) -> str:
    """Say what a further convention would join if all who signed it were bound."""
    title = status.convention.short_title
    inside = [iso3 for iso3 in joined.states if iso3 in members]
    people = status.participants
    gone = people.loc[people["status"] == WITHDRAWN, "iso3"]
    stayed = " and not withdrawn" if gone.isin(joined.states).any() else ""
    if len(inside) < 2:
        return f"Fewer than two of these states are known to have acted on the {title}{stayed}."
    least, most = added(joined, inside)
    pairs = len(inside) * (len(inside) - 1) // 2
    span = f"{least:,} to {most:,}" if 0 < least < most else f"{'up to ' * (least < most)}{most:,}"
    acted = f"known to have signed or joined the {title}{stayed}"
    signed = f"all {numeral(len(inside))} that are {acted}"
    if most == 0:
        return f"{capitalised(signed)} are joined with each other already by the instruments above."
    then = percent(joined.least + most, joined.of)
    return (
        f"If {signed} were bound by it, it would join {counted(pairs, 'pair')}, {span} of them "
        f"anew: at least {then} of all pairs would then be joined."
    )


def matrix_title(joined: Network, members: Collection[str]) -> str:
    """Return the finding of the matrix: the share of pairs before and after."""
    was = percent(joined.least, joined.of)
    becomes = percent(joined.least + added(joined, members)[1], joined.of)
    if was == becomes:
        return f"If all who signed were bound, {was} of pairs would be joined, as now"
    return f"If all who signed were bound, {becomes} of pairs would be joined, not {was}"


def cooperation_answer(
    joined: Network,
    webs: Sequence[Web],
    members: Collection[str],
    status: Status,
) -> Answer:
    """Answer which states are joined, and what the convention would add."""
    day = long_day(status.as_of)
    least = "at least, " if any(web.partial for web in webs) else ""
    return Answer(
        title="Cooperation network: which states are joined",
        text=f"{network_sentence(joined, webs, day)} {added_sentence(joined, members, status)}",
        key_figure=percent(joined.least, joined.of),
        key_label=f"of pairs of UN members, {least}joined by an instrument in force",
        as_of=day,
        reach=reach_sentence(webs, status),
    )


def reach_sentence(webs: Sequence[Web], status: Status) -> str:
    """Say to which day each list is complete."""
    conventions = dict.fromkeys([*(web.convention for web in webs), status.convention])
    ends = [
        f"{c.label} {long_day(c.complete_to) if c.complete_to else 'no day'}" for c in conventions
    ]
    return f"The lists are complete to: {', '.join(ends)}. Later acts may be missing."


def group_sentence(
    inside: Network, webs: Sequence[Web], members: Collection[str], status: Status, group: Group
) -> str:
    """Say how far a group of states is joined, and what the convention would add in it."""
    if inside.of == 0:
        return f"{capitalised(group.in_sentence)} has no pair of states."
    first = network_sentence(inside, webs, f"{long_day(status.as_of)}, inside {group.in_sentence},")
    return f"{first} {added_sentence(inside, members, status)}"


def reach_note(webs: Sequence[Web], status: Status) -> str:
    """Return what is known of each list, as a Markdown list."""
    conventions = dict.fromkeys([status.convention, *(web.convention for web in webs)])
    return "\n".join(f"- **{c.short_title}:** {c.reach}" for c in conventions)
