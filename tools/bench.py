"""Run the benchmarks, and keep what each prints with the commit and the machine it holds for.

    .venv/bin/python -m tools.bench [name ...]

Only what is committed is measured, so that the commit says what that was. A table also names, for
each file or folder that it depends on, the object of git: `older` compares it with that of
today, in a clone without history as well.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
LAW = ("src/adoption/law", "src/adoption/tables")
BRIEF = "notebooks/03_country_brief.ipynb"
# What each depends on, beside its own script.
BENCHMARKS = {
    "explore": (*LAW, "src/adoption/explore"),
    "panel": LAW,
    "report_engine": (*LAW, "src/adoption/press", "src/adoption/site", "src/adoption/show", BRIEF),
    "scale": (*LAW, "src/adoption/ingest"),
    "site": ("src/adoption/site", "src/adoption/show"),
    "year": ("src/adoption/ingest", "src/adoption/refresh"),
}
SCRIPTS = {"year": "tests/refresh/year.py"}  # the others are in benchmarks/
LIBRARIES = (
    "papermill",
    "nbclient",
    "nbconvert",
    "ipykernel",
    "jupyter-client",
    "pandas",
    "plotly",
)
TERMINAL_CODE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]\n?")
OBJECT = re.compile(r"^  (\S+) ([0-9a-f]{40})$", re.MULTILINE)


def older() -> list[str]:
    """Return a line for each table of which something has changed since it was made."""
    return [line for name in BENCHMARKS for line in _changed(name)]


def _changed(name: str) -> list[str]:
    path = RESULTS / f"{name}.txt"
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    commit = re.match(r"commit ([0-9a-f]{40})", kept)
    if commit is None:
        return [f"{path.name}: names no commit"]
    now, then = objects(name), dict(OBJECT.findall(kept))
    paths = [path for path in now if now[path] != then.get(path)]
    text = f"{path.name}: of commit {commit[1][:8]}; since then changed: {', '.join(paths)}"
    return [text] if paths else []


def objects(name: str) -> dict[str, str]:
    """Return the object of git, as committed, of each path that a benchmark depends on."""
    paths = (SCRIPTS.get(name, f"benchmarks/{name}.py"), *BENCHMARKS[name])
    return {path: git("rev-parse", f"HEAD:{path}").strip() for path in paths}


def git(*words: str) -> str:
    """Return what git answers about this checkout."""
    command = ["git", "-C", str(ROOT), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def keep(name: str) -> bool:
    """Run a benchmark; keep what it prints, unless it fails."""
    script = SCRIPTS.get(name, f"benchmarks/{name}.py")
    module = ["-m", script.removesuffix(".py").replace("/", ".")]
    words = [sys.executable, *(module if name in SCRIPTS else [script])]
    print(f"{name}:", flush=True)
    ended = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    print(ended.stdout, flush=True)
    if ended.returncode:
        return False
    of = [f"  {path} {value}" for path, value in objects(name).items()]
    head = [f"commit {git('rev-parse', 'HEAD').strip()}, of which it depends on", *of, *machine()]
    path = RESULTS / f"{name}.txt"
    printed = TERMINAL_CODE.sub("", ended.stdout)
    path.write_text("\n".join([*head, "", printed]), encoding="utf-8")
    return True


def machine() -> list[str]:
    """Return lines that say when, on what and with what was measured."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        f"{datetime.now().astimezone():%d %B %Y}, {_processor()}, {cores} cores, {memory:.0f} GB,",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()},",
        versions,
    ]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def main() -> int:
    """Run all benchmarks, or some; return how many failed."""
    names = sys.argv[1:] or [*BENCHMARKS]
    if unknown := {*names} - {*BENCHMARKS}:
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; allowed: {', '.join(BENCHMARKS)}")
    if changed := git("status", "--porcelain", "--", "src", "notebooks", "benchmarks/*.py"):
        sys.exit(f"commit first what is to be measured:{os.linesep}{changed.rstrip()}")
    failed = [name for name in names if not keep(name)]
    if failed:
        print(f"not kept, as it failed: {', '.join(failed)}", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
