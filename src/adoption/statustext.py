"""A status as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adoption.law import ordinal
from adoption.words import by_grade, capitalised, long_day, window_in_words

if TYPE_CHECKING:
    from adoption.counts import Count
    from adoption.status import Status


def in_text(status: Status) -> str:
    """Return the figures of a status, one a line, with what is not known.

    Parameters
    ----------
    status : Status
        From `adoption.status.status_on` or `load_status`.
    """
    convention = status.convention
    signature = convention.signature_in_words(status.as_of).removeprefix("is ")
    lines = [
        f"{convention.title} ({convention.reference}) as of {long_day(status.as_of)}",
        _line("signatories", _count(status.signatories) if convention.signatories_listed
              else "not named in any source seen"),
        _line("parties", _count(status.parties)),
        _line("counted", f"{_count(status.counted)} of {convention.threshold}"),
        _line("remaining", _remaining(status)),
        _line(f"{ordinal(convention.threshold)} instrument", _nth(status)),
        _line("entry into force", _force(status)),
        _line("rule", capitalised(convention.rule_in_words())),
        *([_line("signature", capitalised(signature))] if signature else []),
        _line("complete to", long_day(convention.complete_to) if convention.complete_to
              else "no day"),
        _line("reach", convention.reach),
    ]  # fmt: skip
    if status.beyond_reach:
        lines.append(
            _line("warning", "the day lies beyond the reach of the list: acts may be missing")
        )
    return "\n".join(lines)


def _line(name: str, text: str) -> str:
    return f"  {name:<17} {text}"


def _count(count: Count) -> str:
    possible = count.upper - count.lower
    told = [by_grade(count.by_grade), f"{possible} more possible" if possible else ""]
    told = [part for part in told if part]
    return f"{count.lower} ({', '.join(told)})" if told else f"{count.lower}"


def _remaining(status: Status) -> str:
    if status.remaining == status.remaining_if_confirmed_only:
        return str(status.remaining)
    return f"{status.remaining} ({status.remaining_if_confirmed_only} if only confirmed count)"


def _nth(status: Status) -> str:
    if status.nth_instrument is None:
        return "not known to be deposited"
    who = f" by {', '.join(status.nth_participants)}" if status.nth_participants else ""
    return f"{window_in_words(status.nth_instrument)}{who} ({status.nth_grade})"


def _force(status: Status) -> str:
    if status.entry_into_force is None:
        return "not known"
    return window_in_words(status.entry_into_force)
