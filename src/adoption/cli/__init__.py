"""The command line `adoption`: its parser, and the exit status of every outcome.

Each command is a module with its arguments, its work and its output. Only the requested module
is imported, so that `adoption --help` is instant.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

from adoption import __version__
from adoption.core.errors import (
    EXIT_BAD_INPUT,
    EXIT_BROKEN,
    EXIT_INTERRUPTED,
    AdoptionError,
    did_you_mean,
    extra_needed,
)
from adoption.core.paths import package_root, project_root

EXIT_FAILED = 1
# These commands write world-readable files, whatever the umask.
PUBLISHING = ("add", "build", "press", "refresh", "report")
CACHED_COMMANDS = (["status"],)  # commands with cached output
# Number of new objects before Python looks for garbage. Imported objects stay, and checking them
# repeatedly takes a tenth of a command's time.
MANY_OBJECTS = 100_000
# Names of the commands' modules, which are imported on use.
COMMANDS = {
    "start": "make a working folder: notebooks, plan and data of your own",
    "build": "make data/processed from data/raw and data/reference",
    "status": "who has signed and who has ratified a convention by a day",
    "forecast": "when a convention will have enough parties to enter into force",
    "backtest": "score the forecasts on treaties of the past, and save the scores",
    "export": "everything about a state or a group as an Excel workbook",
    "report": "run the notebooks of reports.toml and publish their pages",
    "press": "run the notebooks of any folder and publish their pages",
    "refresh": "bring the data up to the day from the publishers",
    "add": "add a convention, an index or a group as data",
    "diff": "what changed between two builds, or what a snapshot would change",
    "read": "what a publisher's list of the acts on a treaty contains",
}


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line.

    A command's arguments are added when the command is parsed.
    """

    command = ""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self.command:
            module = import_module(f"adoption.cli.{self.command}")
            getattr(module, f"{self.command}_options")(self)
            self.set_defaults(run=getattr(module, f"{self.command}_command"))
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        if message.startswith("argument command: invalid choice: "):
            written = message.split("invalid choice: ", 1)[1].split(" (choose from", 1)[0]
            word = ast.literal_eval(written)
            message = f"no command {word!r}; {did_you_mean(word, COMMANDS, 1)}"
        self.exit(EXIT_BAD_INPUT, f"{self.prog}: {AdoptionError(message)}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="adoption", description="How states adopt a convention.")
    parser.add_argument("--version", action="version", version=f"adoption {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, text in COMMANDS.items():
        sentence = f"{text[0].upper()}{text[1:]}."
        command = commands.add_parser(name, help=text, description=sentence)
        command.command = name
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    # The shell has closed the output (`>&-`), and no other file may take its number.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if argv is None:
        _interrupt_when_ended()
        gc.set_threshold(MANY_OBJECTS)
    done = 0
    try:
        done = _kept_or_run(sys.argv[1:]) if argv is None else _run(argv)
        sys.stdout.flush()
    except (AdoptionError, ModuleNotFoundError) as error:
        line = error if isinstance(error, AdoptionError) else extra_needed(error)
        if line is None:
            raise
        hint = _new_beside(str(line)) or _other_version(str(line))
        _complain(f"adoption: {line}{hint}")
        return line.exit_status
    except KeyboardInterrupt as interrupt:
        text = str(interrupt) or "what was there before is as it was"
        _complain(f"adoption: interrupted; {text}")
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader, such as head, needs no more lines
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:
        _complain(traceback.format_exc())
        with suppress(OSError):  # pending output would fail again at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN
    return done


def _interrupt_when_ended() -> None:
    """Let SIGTERM (`timeout`, systemd) and SIGHUP (a closed terminal) interrupt the command."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup and signal.getsignal(hangup) is signal.SIG_DFL:  # `nohup` ignores it
        signal.signal(hangup, signal.default_int_handler)


def _kept_or_run(words: Sequence[str]) -> int:
    """Run the command, or repeat its cached output if nothing has changed."""
    if words[:1] not in CACHED_COMMANDS:
        return _run(words)
    from adoption.cli.kept import keeping, kept_answer

    if (text := kept_answer(words)) is not None:
        sys.stdout.write(text)
        return 0
    with keeping(words):
        return _run(words)


def _run(words: Sequence[str]) -> int:
    arguments = _parser().parse_args(words)
    if arguments.command in PUBLISHING:
        os.umask(os.umask(0) & 0o022)
    if "pandas" in sys.modules:  # commands without pandas start faster
        from adoption.tables.strings import keep_strings_in_python

        keep_strings_in_python()
    status: int = arguments.run(arguments)
    return status


def _new_beside(line: str) -> str:
    """Return a hint at the newer file that `adoption start --update` put next to a named one."""
    with suppress(AdoptionError, OSError):
        for folder in (".", "data/reference", "notebooks"):
            for new in sorted((project_root() / folder).glob("*.new")):
                if new.stem in line:
                    return f" (yours was kept; that of this version is {new.name} beside it)"
    return ""


def _other_version(line: str) -> str:
    """Return a hint at the update command if another version may have caused an error."""
    from adoption.core.files import sha256
    from adoption.refresh.project import RECORD, read_record

    with suppress(AdoptionError, OSError):
        root, package = project_root(), package_root()
        tables = "data/processed/datapackage.json"
        made_from = read_record(root).get(tables)
        is_other = root != package and made_from != sha256((package / tables).read_bytes())
        if (root / RECORD).exists() and is_other and "start --update" not in line:
            return (
                "; another version of adoption made this folder: "
                f"`adoption start --update {root}` brings it to this one"
            )
    return ""


def _complain(text: str) -> None:
    """Print an error message if possible; the disk of a log may be full."""
    with suppress(OSError):
        print(text.rstrip(), file=sys.stderr, flush=True)
