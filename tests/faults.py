"""Show that each fault of faults.toml is caught by the test that it names.

    python -m tests.faults [-n PROCESSES] [WORDS OF A FAULT ...]

Each fault is made in a throwaway copy of the tree, never in the checkout.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_suffix(".toml")
CACHES = {f".{name}" for name in ("mypy_cache", "pytest_cache", "ruff_cache", "hypothesis")}
LEFT_OUT = CACHES | {".git", ".venv", "dist", "reports"}  # in the checkout itself
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


def run(tree: Path, tests: list[str]) -> tuple[int, str]:
    """Run tests in a copy of the tree; return pytest's exit status and what it prints."""
    left = ("ADOPTION_HOME", "PYTHONDONTWRITEBYTECODE")  # its modules are compiled once
    own = {"PYTHONPATH": str(tree / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # far quicker
    nbval = ["-p", "nbval.plugin", "--nbval"] if ".ipynb" in "".join(tests) else []
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *nbval, *tests],
        cwd=tree,
        env={k: v for k, v in os.environ.items() if k not in left} | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIME,
        check=False,
    )
    return done.returncode, done.stdout


def is_caught(fault: Fault, sound: Path) -> bool:
    """Make a fault in a copy of a sound tree, run its test, and print a line of the table."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=sound.parent) as folder:
        tree = shutil.copytree(sound, Path(folder, "adoption"), symlinks=True)
        path = tree / fault["file"]
        text = path.read_text(encoding="utf-8").replace(fault["find"], fault["replace"])
        path.write_text(text, encoding="utf-8")
        status, _ = run(tree, [fault["test"]])
    outcome = {FAILED: "caught", 0: "NOT CAUGHT"}.get(status, f"pytest ended with {status}")
    print(f"{outcome:10} {time.monotonic() - began:6.1f} s  {fault['fault']}", flush=True)
    return status == FAILED


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
        with ThreadPoolExecutor(given.n) as pool:
            caught = list(pool.map(partial(is_caught, sound=sound), faults))
    print(f"{sum(caught)} of {len(caught)} faults were caught")
    return 0 if all(caught) else 1


if __name__ == "__main__":
    sys.exit(main())
