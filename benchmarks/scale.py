"""How a build, the status of every convention and their curves grow with the registry.

    .venv/bin/python benchmarks/scale.py [--sizes 25 150 600 1200] [--lists 12 52 156 312]

A generator adds conventions to a copy of the project's data, each with a signature and a
ratification of 200 states, as `adoption add` saves them. Every size is measured in a process of
its own: processor time, which other work on the machine changes little, and peak memory. Growth
is the exponent between two sizes: 1 is as fast as the registry, n log n a little more.

Then a build with as many weekly lists of the Convention, each with one ratification more.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.sources.mtdsg import mtdsg, printed  # noqa: E402

from adoption.ingest.readers.untc import ListedAct  # noqa: E402

SIZES, LISTS = (25, 150, 600, 1200), (12, 52, 156, 312)
FIRST = date(2026, 12, 1)  # of the weekly lists
STEPS = ("build", "status of all", "curves of all")
AIMS = {(600, "build"): 20, (600, "status of all"): 12}
STATES, SEED = 200, 1


def write(folder: Path, name: str, content: bytes, day: date = date(2026, 11, 24)) -> None:
    """Write a raw file with its sidecar."""
    (folder / name).write_bytes(content)
    about = {
        "publisher": "benchmarks/scale.py",
        "title": "Made up",
        "address": "https://example.org",
        "licence": "none",
        "accessed": f"{day}",
        "shows": "made-up acts",
        "complete_to": f"{day}",
        "changes": "None.",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    (folder / f"{name}.meta.json").write_text(json.dumps(about))


def add_made_up(
    data: Path, number: int, states: list[tuple[str, str, str]], draw: random.Random
) -> None:
    """Add one convention in which every state signs and ratifies on days drawn at random.

    Where it was no state yet, on its first day.
    """
    name = f"made-up-{number}"
    opens = date(1950, 1, 1) + timedelta(draw.randrange(25_000))
    lines = ["convention,iso3,participant,act,date,earliest,latest,grade,source,note"]
    for iso3, state, since in states[:STATES]:
        for act in ("signature", "ratification"):
            days = draw.randrange(300) if act == "signature" else draw.randrange(300, 2600)
            day = max(f"{opens + timedelta(days)}", since)
            lines.append(f'{name},{iso3},"{state}",{act},{day},,,confirmed,untc-mtdsg-2018,')
    entry = {
        "title": f"Made-up convention {number}",
        "short_title": f"Made-up {number}",
        "label": f"Made-up {number}",
        "depositary": "nobody",
        "reference": f"made up {number}",
        "opens": f"{opens}",
        "opens_at": "nowhere",
        "threshold": 40,
        "threshold_article": "none",
        "delay": {"days": 90},
        "excludes_reio": True,
        "acts": f"acts-{name}",
        "complete_to": "2026-11-24",
        "reach": "Made up.",
        "source": "untc-mtdsg-2018",
    }
    folder = data / "raw" / f"acts-{name}" / "2026-11-24"
    folder.mkdir(parents=True)
    write(folder, "acts.csv", ("\n".join(lines) + "\n").encode())
    write(folder, "totals.csv", b"convention,as_of,signatories,parties,grade,source\n")
    added = {"kind": "convention", "id": name, "entry": entry}
    write(folder, "added.json", json.dumps(added).encode())


def add_lists(data: Path, number: int, signed: list[ListedAct]) -> None:
    """Add weekly lists: every signature, and one ratification more than the week before."""
    ratified: list[ListedAct] = []
    for week in range(number):
        day = FIRST + timedelta(weeks=week)
        ratified += [replace(act, act="ratification", day=day) for act in signed[week : week + 1]]
        folder = data / "raw" / "untc-hanoi" / f"{day}T060000Z"
        folder.mkdir(parents=True)
        rows = printed([*signed, *ratified])
        content = mtdsg("United Nations Convention against Cybercrime", rows, in_force="")
        write(folder, "XVIII-16.en.xml", content + b"\n" * week, day)


def signatures(processed: Path) -> list[ListedAct]:
    """Return the signatures of the Convention by the tables; one without a day has its last."""
    acts = pd.read_parquet(processed / "acts.parquet")
    acts = acts.query("convention == 'hanoi' and act == 'signature'")
    names = pd.read_parquet(processed / "states.parquet").set_index("iso3")["name"]
    pairs = zip(acts["iso3"].map(names), acts["latest"].dt.date, strict=True)
    return [ListedAct(name, "signature", day) for name, day in pairs]


def cpu(act: Callable[[], object]) -> float:
    """Return the processor seconds that something takes."""
    before = time.process_time()
    act()
    return time.process_time() - before


def measured(home: Path) -> list[float]:
    """Measure the steps in a copy of the data; the last number is the peak memory in MB."""
    os.environ["ADOPTION_HOME"] = str(home)
    import adoption as ad
    from adoption.ingest.additions import as_registry
    from adoption.ingest.run import build_tables
    from adoption.law.conventions import load_conventions
    from adoption.tables.write import encode, replace_folder

    raw, reference = home / "data" / "raw", home / "data" / "reference"

    def build() -> None:
        files = encode(build_tables(raw, reference)) | as_registry(raw)
        replace_folder(home / "data" / "processed", files)

    found = [cpu(build)]
    ids = [name for name in load_conventions() if name.startswith("made-up")]
    found.append(cpu(lambda: [ad.status(name) for name in ids]))
    found.append(cpu(lambda: [ad.curve(name, of="parties") for name in ids]))
    return [*found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]


def at_size(size: int, lists: int = 0) -> list[float]:
    """Return what so many made-up conventions and lists take, measured in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        with (data / "processed" / "states.csv").open(encoding="utf-8") as file:
            states = [
                (row["iso3"], row["name"], row["state_since"]) for row in csv.DictReader(file)
            ]
        draw = random.Random(SEED)
        for number in range(size):
            add_made_up(data, number, states, draw)
        add_lists(data, lists, signatures(data / "processed"))
        words = [sys.executable, __file__, "--measure", folder]
        answer = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    numbers: list[float] = json.loads(answer.splitlines()[-1])
    return numbers


def main() -> None:
    """Print the table of sizes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--lists", type=int, nargs="*", default=list(LISTS))
    parser.add_argument("--measure", type=Path)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measured(given.measure)))
        return
    print(f"a registry of made-up conventions, two acts of each of {STATES} states at most")
    print("processor seconds\n")
    heads = ("conventions", *STEPS, "peak memory, MB")
    print("  ".join(f"{head:>15}" for head in heads))
    rows = {}
    for size in given.sizes:
        rows[size] = at_size(size)
        print("  ".join([f"{size:>15}", *(f"{value:>15.1f}" for value in rows[size])]), flush=True)
    for (size, step), limit in AIMS.items():
        if size in rows:
            verdict = "met" if rows[size][STEPS.index(step)] < limit else "not met"
            print(f"aim at {size}: {step} under {limit} s: {verdict}")
    for small, large in zip(given.sizes, given.sizes[1:], strict=False):
        growth = [
            math.log(b / a) / math.log(large / small)
            for a, b in zip(rows[small], rows[large], strict=True)
        ]
        print("  ".join([f"{small} to {large}:".rjust(15), *(f"{g:>15.2f}" for g in growth)]))
    print("\n          lists            build")
    for number in given.lists:
        print(f"{number:>15}  {at_size(0, number)[0]:>15.1f}", flush=True)


if __name__ == "__main__":
    main()
