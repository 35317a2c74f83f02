"""Show that each fault of faults.toml is caught by the test that it names.

    python -m tests.faults [-n PROCESSES] [WORDS OF A FAULT ...]

Each fault is made in a throwaway copy of the tree, never in the checkout. Its test runs in a
process that is forked from this one, which has imported the libraries and nothing of the project.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_suffix(".toml")
CACHES = {f".{name}" for name in ("mypy_cache", "pytest_cache", "ruff_cache", "hypothesis")}
LEFT_OUT = CACHES | {".git", ".venv", "dist", "reports"}  # in the checkout itself
LIBRARIES = ("hypothesis", "numpy", "pandas", "pyarrow.parquet", "pydantic")  # of most tests
OF_PROJECT = ("adoption", "tests")
FAILED = 1  # pytest's exit status where a test ran and failed; any other is no catch
TIME = 900  # seconds for one call of pytest
Fault = dict[str, str]


def misplaced(fault: Fault) -> str:
    """Return why a fault cannot be made, or its test not run, or nothing."""
    module, _, test = fault["test"].partition("::")
    if test and f"def {test.partition('[')[0]}(" not in (ROOT / module).read_text("utf-8"):
        return f"{fault['test']}: there is no such test"
    path = ROOT / fault["file"]
    times = path.read_text(encoding="utf-8").count(fault["find"]) if path.is_file() else 0
    return "" if times == 1 else f"{fault['find']!r} stands {times} times in {fault['file']}"


def every() -> list[Fault]:
    """Return the faults of the list."""
    faults: list[Fault] = tomllib.loads(LIST.read_text(encoding="utf-8"))["faults"]
    return faults


def environment(tree: Path) -> dict[str, str]:
    """Return the environment in which the tests of a copy of the tree run."""
    left = ("ADOPTION_HOME", "PYTHONDONTWRITEBYTECODE")  # its modules are compiled once
    own = {"PYTHONPATH": str(tree / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # far quicker
    return {k: v for k, v in os.environ.items() if k not in left} | own


def options(tests: list[str]) -> list[str]:
    """Return the arguments of pytest for some tests."""
    nbval = ["-p", "nbval.plugin", "--nbval"] if ".ipynb" in "".join(tests) else []
    return ["-q", "-p", "no:cacheprovider", *nbval, *tests]


def run(tree: Path, tests: list[str]) -> tuple[int, str]:
    """Run tests in a copy of the tree; return pytest's exit status and what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options(tests)],
        cwd=tree,
        env=environment(tree),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIME,
        check=False,
    )
    return done.returncode, done.stdout


def fork(tree: Path, test: str) -> int:
    """Run a test in a copy of the tree and in a process of its own; return its number."""
    if number := os.fork():
        return number
    status = 70
    try:
        signal.alarm(TIME)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.chdir(tree)
        os.environ.clear()
        os.environ.update(environment(tree))
        sys.path[:] = [str(tree), str(tree / "src"), *sys.path[1:]]
        for name in [name for name in sys.modules if name.partition(".")[0] in OF_PROJECT]:
            del sys.modules[name]
        sys.modules["__main__"] = ModuleType("__main__")  # nobody is to import this one again
        status = pytest.main(options([test]))
    finally:
        os._exit(status)


@dataclass
class Attempt:
    fault: Fault
    folder: tempfile.TemporaryDirectory[str]
    began: float


def attempts(faults: list[Fault], sound: Path, at_once: int) -> Iterator[bool]:
    """Make each fault in a copy of a sound tree, run its test, and print a line of the table."""
    waiting, running = faults[::-1], dict[int, Attempt]()
    while waiting or running:
        while waiting and len(running) < at_once:
            fault, folder = waiting.pop(), tempfile.TemporaryDirectory(dir=sound.parent)
            tree = shutil.copytree(sound, Path(folder.name, "adoption"), symlinks=True)
            path = tree / fault["file"]
            text = path.read_text(encoding="utf-8").replace(fault["find"], fault["replace"])
            path.write_text(text, encoding="utf-8")
            number = fork(tree, fault["test"])
            running[number] = Attempt(fault, folder, time.monotonic())
        number, how = os.wait()
        status, ended = os.waitstatus_to_exitcode(how), running.pop(number)
        ended.folder.cleanup()
        outcome = {FAILED: "caught", 0: "NOT CAUGHT"}.get(status, f"pytest ended with {status}")
        seconds = time.monotonic() - ended.began
        print(f"{outcome:10} {seconds:6.1f} s  {ended.fault['fault']}", flush=True)
        yield status == FAILED


def main() -> int:
    """Try the faults; return 0 if each was caught."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-n", type=int, default=1, metavar="PROCESSES")
    parser.add_argument("words", nargs="*", help="only the faults whose line holds one of these")
    given = parser.parse_args()
    faults = [f for f in every() if not given.words or any(w in f["fault"] for w in given.words)]
    if wrong := [why for fault in faults if (why := misplaced(fault))]:
        print(*wrong, sep="\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        sound = Path(folder, "sound")
        own = lambda at, _: LEFT_OUT if Path(at) == ROOT else set()  # noqa: E731
        shutil.copytree(ROOT, sound, symlinks=True, ignore=own)
        status, output = run(sound, sorted({fault["test"] for fault in faults}))
        if status:
            print(output, "without any fault, each test must pass", sep="\n")
            return 1
        for library in LIBRARIES:
            import_module(library)
        caught = list(attempts(faults, sound, given.n))
    print(f"{sum(caught)} of {len(caught)} faults were caught")
    return 0 if all(caught) else 1


if __name__ == "__main__":
    sys.exit(main())
