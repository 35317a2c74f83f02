"""`adoption refresh`: new data from the publishers."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from contextlib import nullcontext, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from adoption.cli.arguments import day, output_folder, print_json
from adoption.cli.health import with_status_file
from adoption.core.errors import AdoptionError
from adoption.core.files import Say
from adoption.core.paths import project_root, writable_root
from adoption.core.progress import above_bars
from adoption.core.text import counted, long_day
from adoption.press import run as reports
from adoption.press.current import LATEST
from adoption.press.plan import read_settings
from adoption.press.store import read_last
from adoption.refresh.outcome import Outcome, RefreshOptions
from adoption.refresh.run import refresh
from adoption.site.project import PROJECT

INTERRUPTED = "sources accepted until then stay in use, and the next refresh finishes the rest"
NEEDS = {
    "by": ("accept", "undo"),
    "snapshot": ("accept",),
    "row": ("accept",),
    "saved": ("file",),
    "output": ("then_report",),
    "undo": ("because",),
    "because": ("undo",),
}
PUBLISHER = re.compile(r"[A-Za-z0-9_-]+")


def refresh_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    # Arguments of argparse for each option.
    options: dict[str, dict[str, Any]] = {
        "source": {
            "action": "append",
            "default": [],
            "metavar": "NAME",
            "help": "only this source or publisher (repeatable); default: all that are not by hand",
        },
        "file": {
            "type": Path,
            "metavar": "FILE",
            "help": "a file that you saved, in place of asking; needs --saved",
        },
        "saved": {
            "type": day,
            "metavar": "DAY",
            "help": "when you saved it; it is known up to then",
        },
        "base": {
            "action": "append",
            "default": [],
            "type": _base,
            "metavar": "PUBLISHER=ADDRESS",
            "help": "ask a mirror in place of a publisher (repeatable)",
        },
        "accept": {
            "type": _line,
            "metavar": "REASON",
            "help": "use what a guard refused, and list its exceptions with this reason",
        },
        "by": {
            "type": _line,
            "metavar": "NAME",
            "help": "who accepts or takes back (default: this system's user)",
        },
        "snapshot": {"metavar": "MOMENT", "help": "which one, if several wait"},
        "row": {
            "action": "append",
            "metavar": "ACT",
            "help": "accept only this act that awaits review, as 'KEN signature' (repeatable)",
        },
        "undo": {
            "type": lambda text: text.removeprefix("data/raw/"),
            "metavar": "SNAPSHOT",
            "help": "take the newest snapshot of a source back, as "
            "untc-hanoi/2026-12-01T120000Z; needs --because",
        },
        "because": {"type": _line, "metavar": "TEXT", "help": "why it is taken back"},
        "then-report": {
            "action": "store_true",
            "help": "then make the pages that are due, and publish",
        },
        "output": {
            "type": output_folder,
            "metavar": "FOLDER",
            "help": "of the report (default: reports)",
        },
        "json": {"action": "store_true", "help": "print JSON at the end"},
    }
    for name, how in options.items():
        parser.add_argument(f"--{name}", **how)


def refresh_command(arguments: argparse.Namespace) -> int:
    """Refresh the data and optionally make the report; return the exit status."""
    warnings: list[str] = []
    if not arguments.then_report:
        return _refresh(arguments, warnings)
    output = arguments.output or project_root() / "reports"
    return with_status_file("refresh", output, lambda: _refresh(arguments, warnings), warnings)


def _refresh(arguments: argparse.Namespace, warnings: list[str]) -> int:

    def say(line: str) -> None:
        above_bars(line, sys.stderr if arguments.json else sys.stdout)

    for option, needs in NEEDS.items():
        is_asked = getattr(arguments, option) is not None
        if is_asked and not any(getattr(arguments, name) for name in needs):
            names = " or ".join(f"--{name.replace('_', '-')}" for name in needs)
            raise AdoptionError(f"--{option}: needs {names}")
    # Each argument fills one field of the options.
    options = RefreshOptions(
        writable_root(),
        tuple(arguments.source),
        arguments.file,
        arguments.saved,
        dict(arguments.base),
        arguments.accept or "",
        arguments.by or "",
        arguments.snapshot,
        rows=tuple(arguments.row or ()),
        undo=arguments.undo or "",
        because=arguments.because or "",
    )
    if arguments.then_report:
        read_settings(project_root() / "reports.toml")  # raises an error before anything is fetched
        say(f"{options.moment:%Y-%m-%d %H:%M} UTC: adoption refresh")  # separates runs in a log
    try:
        outcome = refresh(options, say)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(INTERRUPTED) from None
    warnings += outcome.warnings
    status, plain = outcome.status, outcome.as_json()
    if not outcome.changed and not status and len(outcome.results) > 1:
        say("nothing new")
    if arguments.then_report:
        with redirect_stdout(sys.stderr) if arguments.json else nullcontext():
            plain["report"] = _report(outcome, arguments, say)
        status = status or int(plain["report"]["failed"])
    if arguments.json:
        print_json(plain | {"status": status})
    return status


def _report(outcome: Outcome, arguments: argparse.Namespace, say: Say) -> dict[str, Any]:
    """Make the report and return its outcome.

    If nothing new could be used, the report is still made of the data in use, because a person may
    have accepted some since the last report. There must be an earlier report in this case.
    """
    output = arguments.output or project_root() / "reports"
    nothing_came = outcome.status and not outcome.changed
    if nothing_came and read_last(output) is None:
        say("no report has been made yet, and none is made now; `adoption report` makes one")
        return {"failed": False, "index": None}
    failed = bool(reports.run_report(reports.ReportOptions(output=arguments.output), PROJECT))
    if nothing_came:
        say("the report has what there was before")
    if outcome.data_day:
        oldest = date.fromisoformat(outcome.data_day)
        old = counted((datetime.now(UTC).date() - oldest).days, "day")
        say(f"the oldest file of those asked for is of {long_day(oldest)}, {old} old")
    return {"failed": failed, "index": str(output / LATEST / "index.html")}


def _base(text: str) -> tuple[str, str]:
    publisher, _, address = text.partition("=")
    if not (PUBLISHER.fullmatch(publisher) and address):
        # The argument may contain a password.
        raise argparse.ArgumentTypeError("not PUBLISHER=ADDRESS")
    return publisher, address


def _line(text: str) -> str:
    """Return a reason or name as one line; raise an error if it is empty."""
    line = " ".join(text.split())
    if not line or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in line):
        raise argparse.ArgumentTypeError(f"{text!r} is empty or has control characters")
    return line
