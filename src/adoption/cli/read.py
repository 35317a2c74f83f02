"""`adoption read`: the content of a publisher's list of one treaty."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from adoption.cli.arguments import print_json
from adoption.core.errors import AdoptionError
from adoption.core.files import read_named
from adoption.core.text import counted
from adoption.ingest.readers.untc import ListedTreaty, read_untc
from adoption.tables.names import load_participants, tidy


def read_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="status list of the UN Treaty Collection (XML)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def read_command(arguments: argparse.Namespace) -> int:
    """Print the content of a list."""
    name = str(arguments.file)
    treaty = read_untc(read_named(arguments.file), name)
    for total, (printed, number) in treaty.totals().items():
        if printed not in (None, number):
            raise AdoptionError(
                f"{name}: prints {printed} {total}, but its rows have {number}: the two must agree"
            )
    listed = list_as_json(treaty)
    if arguments.json:
        print_json(listed)
    else:
        print(in_text(listed))
        if treaty.left_out:
            print(treaty.left_out)
    return 0


def list_as_json(treaty: ListedTreaty) -> dict[str, Any]:
    """Return the content of a list in the form of its JSON output."""
    codes = load_participants().codes
    acts = [
        {
            "participant": act.participant,
            "iso3": codes.get(tidy(act.participant)) or None,
            "act": act.act,
            "date": act.day.isoformat(),
            "bracketed": act.superseded,
        }
        for act in treaty.acts
    ]
    statements = [
        {
            "kind": statement.kind,
            "participant": statement.participant or None,
            "text": statement.text,
        }
        for statement in treaty.statements
    ]
    in_force_on = treaty.in_force_on.isoformat() if treaty.in_force_on else None
    provisionally_on = treaty.provisionally_on.isoformat() if treaty.provisionally_on else None
    return {
        "treaty": treaty.number or None,
        "title": treaty.title,
        "signatories": treaty.signatories,
        "parties": treaty.parties,
        "in_force_on": in_force_on,
        "provisionally_in_force_on": provisionally_on,
        "not_in_force": treaty.not_in_force,
        "columns_not_read": dict(treaty.not_read),
        "acts": acts,
        "statements": statements,
    }


def in_text(listing: dict[str, Any]) -> str:
    """Return a list of acts as text."""
    totals = [
        f"no total of {total}" if listing[total] is None else f"{listing[total]} {total}"
        for total in ("signatories", "parties")
    ]
    force = f"in force on {listing['in_force_on']}" if listing["in_force_on"] else "no day in force"
    if not listing["in_force_on"] and listing["provisionally_in_force_on"]:
        force = f"in force provisionally on {listing['provisionally_in_force_on']}"
    force = "not yet in force" if listing["not_in_force"] else force
    number = listing["treaty"] or "no number"
    lines = [
        f"{number}: {listing['title']}",
        f"printed: {', '.join(totals)}, {force}",
    ]
    for act in listing["acts"]:
        day = f"[{act['date']}]" if act["bracketed"] else act["date"]
        code = act["iso3"] or "   "
        lines.append(f"{day:12}  {act['act']:22}  {code}  {act['participant']}")
    acts = len(listing["acts"])
    statements = len(listing["statements"])
    lines.append(f"{counted(acts, 'act')}, {counted(statements, 'statement')}")
    return "\n".join(lines)
