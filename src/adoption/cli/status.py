"""`adoption status`: signatories and parties as text, as a list in CSV, or as JSON."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

import pandas as pd

from adoption import tables
from adoption.cli.arguments import add_convention_and_day, print_json
from adoption.core.acts import act_in_words
from adoption.core.errors import AdoptionError
from adoption.core.observation import Observation
from adoption.core.text import capitalised, counted, listed, long_day, lower_bound, slug, when_short
from adoption.law.conventions import day_of
from adoption.law.evidence import acts_by_day
from adoption.law.held import HeldTreaty, find_treaty, held_acts
from adoption.law.rules import ordinal, window_in_words
from adoption.law.status import Status, load_status
from adoption.law.treaties import Treaty
from adoption.show.status import count_note, not_counting, remaining_in_words, remark
from adoption.show.status_json import status_json
from adoption.tables.choices import LATEST
from adoption.tables.write import without_formulas

LIST_COLUMNS = (
    "iso3",
    "name",
    "act",
    "date",
    "earliest",
    "latest",
    "grade",
    "region",
    "source",
)


def status_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    add_convention_and_day(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument(
        "--list", action="store_true", help="name every signatory and party, with its day"
    )
    parser.add_argument("--csv", action="store_true", help="print the list as CSV")


def status_command(arguments: argparse.Namespace) -> int:
    """Print the status."""
    if arguments.csv and not arguments.list:
        raise AdoptionError("--csv: is a form of the list; add --list")
    convention = find_treaty(arguments.convention)
    status = load_status(convention, day_of(arguments.as_of or LATEST, convention))
    held = isinstance(convention, HeldTreaty)
    rows = held_acts([convention]) if held else tables.read("acts")
    acts = acts_by_day(convention, rows, tables.read("states"), status.as_of)
    acts = acts.assign(order=acts["name"].map(slug))
    acts = acts.sort_values(["order", "earliest", "latest"])
    today = datetime.now(UTC).date()
    if arguments.json:
        print_json(status_json(status))
    elif arguments.csv:
        print(list_in_csv(acts), end="")
    elif arguments.list:
        print(f"{status_in_text(status, today)}\n\n{list_in_text(acts)}")
    else:
        print(status_in_text(status, today))
    return 0


def status_in_text(status: Status, today: date | None = None) -> str:
    """Return the figures of a status, one per line, including unknown ones.

    If signature has closed since the data date, a line tells a reader of `today` about it.
    """
    convention = status.convention
    signature = convention.signature_in_words(status.as_of).removeprefix("is ")
    force = status.entry_into_force
    unknown = "not named in any source seen"
    signatories = _count(status.signatories) if status.signatories_known else unknown
    counts = {
        "signatories": signatories,
        _parties(status): _count(status.parties),
        "others acted": _outside(status),
        **_threshold(status),
        "entry into force": window_in_words(force) if force else "not known",
        "withdrawn before": ", ".join(status.left_before_force["iso3"]),
    }
    closed = closed_since(convention, tables.data_day(), today) if today else ""
    complete_to = long_day(convention.complete_to) if convention.complete_to else "no day"
    terms = {
        "rule": capitalised(convention.rule_in_words()),
        "signature": capitalised(signature),
        "today": closed,
        "complete to": complete_to,
        "others": remark(status),
        "reach": convention.reach,
    }
    figures = counts | terms
    if status.beyond_reach:
        figures["warning"] = "the day lies beyond the reach of the list: acts may be missing"
    head = f"{convention.title} ({convention.reference}) as of {long_day(status.as_of)}"
    lines = [f"  {name:<17} {text}" for name, text in figures.items() if text]
    return "\n".join([head, *lines])


def closed_since(convention: Treaty, data_day: date, today: date) -> str:
    """Return a line if signature has closed after the data date; empty otherwise."""
    closes = convention.closes
    if closes is None or convention.is_closed(data_day) or not convention.is_closed(today):
        return ""
    age = counted((today - data_day).days, "day")
    closed = convention.signature_in_words(today)
    return f"{long_day(today)}: {closed}; the data are of {long_day(data_day)}, {age} old"


def list_in_text(acts: pd.DataFrame) -> str:
    """Return the acts, one per line, followed by acts that are only possible by the day."""
    lines = [("participant", "act", "day", "grade", "region")]
    for row in acts[acts["certain"]].to_dict("records"):
        day = when_short(row["earliest"], row["latest"], row["open_ended"])
        region = row["region"] if pd.notna(row["region"]) else "organisation"
        act = act_in_words(row["act"])
        lines.append((row["name"], act, day, row["grade"], region))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ([c.ljust(w) for c, w in zip(line, widths, strict=True)] for line in lines)
    text = "\n".join("  ".join(cells).rstrip() for cells in padded)
    possible = acts.loc[~acts["certain"], ["name", "act"]].itertuples(index=False)
    may = [f"{name} ({act_in_words(act)})" for name, act in possible]
    return f"{text}\npossible by then: {listed(may)}" if may else text


def list_in_csv(acts: pd.DataFrame) -> str:
    """Return the acts that were certainly done by the day as CSV.

    The columns are iso3, name, act, date (empty if only a window is known), earliest, latest,
    grade, region (empty for an organisation) and source. No cell is a formula in a spreadsheet.
    """
    done = without_formulas(acts.loc[acts["certain"], list(LIST_COLUMNS)])
    return done.to_csv(index=False, lineterminator="\n")


def _parties(status: Status) -> str:
    if status.parties.measure == "had consented":
        return "had consented"
    return "parties" if status.in_force else "consents"


def _outside(status: Status) -> str:
    """Return the organisations and territories that have acted and are counted nowhere else."""
    return listed(sorted(set(status.outside["participant"]))) if len(status.outside) else ""


def _threshold(status: Status) -> dict[str, str]:
    """Return the lines on the entry-into-force threshold; empty if it is unknown."""
    threshold, remaining = status.convention.threshold, remaining_in_words(status)
    if threshold is None:
        return {}
    if status.remaining != status.remaining_with_reports:
        remaining += f" ({status.remaining_with_reports} if the reports are right)"
    return {
        "counted": f"{_count(status.counted)} of {threshold}",
        "not counted": not_counting(status),
        "remaining": remaining,
        f"{ordinal(threshold)} instrument": _nth(status),
    }


def _count(count: Observation) -> str:
    note = count_note(count)
    count_text = lower_bound(count.lead, count.complete or not count.lead)
    return f"{count_text} ({note})" if note else count_text


def _nth(status: Status) -> str:
    if status.nth_instrument is None:
        return "not known to be deposited"
    depositors = f" by {', '.join(status.nth_participants)}" if status.nth_participants else ""
    return f"{window_in_words(status.nth_instrument)}{depositors} ({status.nth_grade})"
