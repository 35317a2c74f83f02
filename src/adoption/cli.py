"""The command `adoption`: start, status, forecast, export, report, refresh, add and others.

Each command imports what it needs when it runs, so that `adoption --help` is instant.
"""

from __future__ import annotations

import argparse
import ast
import os
import shlex
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NoReturn

from adoption import (
    __version__,
    add_options,
    diff_options,
    read_options,
    refresh_options,
    report_options,
)
from adoption.errors import AdoptionError, did_you_mean

EXIT_FAILED = 1
EXIT_BAD_INPUT = 2
EXIT_BROKEN = 70  # what nobody foresaw, such as a full disk for the log
EXIT_INTERRUPTED = 130
PUBLISHING = ("build", "refresh", "report")  # for others to read, whatever this user's mask


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        if message.startswith("argument command: invalid choice: "):
            written = message.split("invalid choice: ", 1)[1].split(" (choose from", 1)[0]
            word = ast.literal_eval(written)
            message = f"no command {word!r}; {did_you_mean(word, COMMANDS, 1)}"
        self.exit(EXIT_BAD_INPUT, f"{self.prog}: {AdoptionError(message)}\n")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day of the calendar (as 2025-10-25)"
        ) from None


def _build(arguments: argparse.Namespace) -> int:
    from adoption.data import run
    from adoption.paths import own_root, processed_folder, raw_folder, reference_folder
    from adoption.progress import waiting
    from adoption.refresh.publish import build

    folders = (raw_folder(), reference_folder(), processed_folder())
    if arguments.check:
        with waiting("build", len(run.STEPS)) as done:
            found = run.check(*folders, done)
        for line in found:
            print(f"data/processed: {line}")
        print("data/processed is out of date: run `adoption build`" if found else
              "data/processed is current")  # fmt: skip
        return EXIT_FAILED if found else 0
    count = build(own_root(), print)
    print(f"{count} tables built in {folders[2]}")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    import json

    from adoption import tables
    from adoption.law.status import load_status, named_acts
    from adoption.terminal import list_in_csv, list_in_text, plain, status_in_text

    if arguments.csv and not arguments.list:
        raise AdoptionError("--csv: is a form of the list; add --list")
    status = load_status(arguments.convention, arguments.as_of or tables.data_day())
    acts = named_acts(status, tables.read("acts"))
    if arguments.json:
        print(json.dumps(plain(status), ensure_ascii=False, indent=2))
    elif arguments.csv:
        print(list_in_csv(status, acts), end="")
    elif arguments.list:
        print(f"{status_in_text(status)}\n\n{list_in_text(status, acts)}")
    else:
        print(status_in_text(status))
    return 0


def _forecast(arguments: argparse.Namespace) -> int:
    import json

    from adoption.forecasting.convention import forecast_convention
    from adoption.law.conventions import find_convention
    from adoption.tables import data_day
    from adoption.terminal import forecast_in_text

    convention = find_convention(arguments.convention)
    found = forecast_convention(
        convention, arguments.as_of or data_day(), threshold=arguments.threshold
    )
    if arguments.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(forecast_in_text(found))
    return 0


def _backtest(arguments: argparse.Namespace) -> int:
    from tqdm import tqdm

    from adoption import tables
    from adoption.forecasting import backtest
    from adoption.forecasting.treaties import base_treaties
    from adoption.paths import own_root, reference_folder
    from adoption.refresh.project import Project, exclusive
    from adoption.refresh.publish import build
    from adoption.show.entry_into_force import skill_sentence

    if not arguments.force and backtest.is_current(reference_folder()):
        print(f"the saved scores are current\n{skill_sentence(tables.read('backtest'))}")
        return 0
    if arguments.check:
        print("the saved scores are out of date: run `adoption backtest`")
        return EXIT_FAILED
    root = own_root()  # or refuse before anything is scored
    scores = backtest.back_test(
        base_treaties(),
        lambda parts, number: tqdm(parts, "back-test", number, unit="part", disable=None),
    )
    with exclusive(Project(root), print):
        backtest.save(scores, reference_folder())
    build(root, print)
    cases = scores["backtest"]
    print(f"{len(cases)} forecasts of {cases['treaty'].nunique()} treaties scored")
    print(skill_sentence(cases))
    return 0


def _report(arguments: argparse.Namespace) -> int:
    from adoption.data.write import check_files
    from adoption.paths import processed_folder
    from adoption.reports.run import run_report, why

    check_files(processed_folder())
    options = report_options.options(arguments)
    if arguments.why:
        found = why(arguments.why, options)
        print("\n".join(found) if found else f"{arguments.why} is current")
        return 0
    return run_report(options)


def _start(arguments: argparse.Namespace) -> int:
    from adoption.paths import own_root
    from adoption.refresh.project import Project, exclusive
    from adoption.refresh.publish import build
    from adoption.start import start, update

    if arguments.update:
        os.environ["ADOPTION_HOME"] = str(arguments.folder.expanduser())
        root = own_root()
        with exclusive(Project(root), print):
            for line in update(root):
                print(line)
        print(f"{arguments.folder}: up to date, {build(root, print)} tables built")
        return 0
    folder = start(arguments.folder)
    print(f"{folder}: notebooks, plan and data are there; next: cd {shlex.quote(str(folder))}")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from adoption.workbook import export

    count = export(arguments.about, arguments.file)
    print(f"{arguments.file}: {count} sheets")
    return 0


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str]] = {
    "start": (_start, "make a working folder: notebooks, plan and data of your own"),
    "build": (_build, "make data/processed from data/raw and data/reference"),
    "status": (_status, "who has signed and who has ratified a convention by a day"),
    "forecast": (_forecast, "when a convention will have enough parties to enter into force"),
    "backtest": (_backtest, "score the forecasts on treaties of the past, and save the scores"),
    "export": (_export, "everything about a state or a group as an Excel workbook"),
    "report": (_report, "run the notebooks of reports.toml and publish their pages"),
    "refresh": (refresh_options.run, "bring the data up to the day from the publishers"),
    "add": (add_options.run, "add a convention, an index or a group as data"),
    "diff": (diff_options.run, "what changed between two builds, or what a snapshot would change"),
    "read": (read_options.run, "what a publisher's list of the acts on a treaty contains"),
}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="adoption", description="How states adopt a convention.")
    parser.add_argument("--version", action="version", version=f"adoption {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    made = {
        name: commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        for name, (_, text) in COMMANDS.items()
    }
    made["start"].add_argument("folder", type=Path, metavar="DIR", help="new or empty")
    made["start"].add_argument(
        "--update", action="store_true",
        help="bring one that an earlier version made up to date; what you changed stays",
    )  # fmt: skip
    made["build"].add_argument(
        "--check", action="store_true", help="write nothing; say whether the tables are current"
    )
    for name in ("status", "forecast"):
        made[name].add_argument("convention", help="id or reference, such as hanoi or CETS 185")
        made[name].add_argument(
            "--as-of", type=_day, metavar="DAY",
            help="the day asked about (default: the data's day)",
        )  # fmt: skip
        form = made[name].add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="print JSON")
        if name == "status":
            form.add_argument(
                "--list", action="store_true", help="name every signatory and party, with its day"
            )
    made["status"].add_argument("--csv", action="store_true", help="print the list as CSV")
    made["forecast"].add_argument(
        "--threshold", type=report_options.at_least(1, " of parties"), metavar="N",
        help="number of parties (default: the convention's own threshold)",
    )  # fmt: skip
    either = made["backtest"].add_mutually_exclusive_group()
    either.add_argument(
        "--check", action="store_true", help="score nothing; say whether the scores are current"
    )
    either.add_argument(
        "--force", action="store_true", help="score anew, even if nothing has changed"
    )
    made["export"].add_argument("about", metavar="STATE", help="or a group, by any usual name")
    made["export"].add_argument("file", type=Path, metavar="FILE.xlsx", help="the workbook")
    report_options.add(made["report"], _day)
    refresh_options.add(made["refresh"], _day)
    add_options.add(made["add"])
    diff_options.add(made["diff"])
    read_options.add(made["read"])
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    if sys.stdout is None:  # closed from the beginning, as by `>&-`: no file may take its number
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    arguments = _parser().parse_args(argv)
    if arguments.command in PUBLISHING:
        os.umask(os.umask(0) & 0o022)
    done = 0
    try:
        done = COMMANDS[arguments.command][0](arguments)
        sys.stdout.flush()
    except AdoptionError as error:
        print(f"adoption: {error}", file=sys.stderr)
        return EXIT_BAD_INPUT
    except KeyboardInterrupt as interrupt:
        text = str(interrupt) or "what was there before is as it was"
        print(f"adoption: interrupted; {text}", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader, such as head, has seen enough of what only prints
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:
        traceback.print_exc()
        with suppress(OSError):  # what is still to be printed would fail again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN
    return done
