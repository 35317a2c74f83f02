"""How fast a whole report is made, beside stock papermill and nbconvert, in one run.

    .venv/bin/python benchmarks/report_engine.py [--rounds 3] [--sample 12] [--part briefs]

All is measured from outside, by the commands that a user would give, each in a fresh
process. benchmarks/README.md says what the lines of the table are.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median

from measuring.cluster import two_workers
from measuring.commands import ADOPTION, ROOT, CommandFailedError, seconds_in_cells, timed
from measuring.processes import Watch
from measuring.project import copy_project
from measuring.reports import latest, report
from measuring.stock import by_api, by_command_line
from measuring.table import Figure, table

from adoption.press.plan import Page, read_plan
from adoption.site.project import PROJECT

JOBS, SHELL = 2, 6  # pages at once; states for which the two commands are timed
FEW = 5  # briefs, as somebody makes for a meeting
BRIEF = "03_country_brief"
NOTEBOOK = ROOT / "notebooks" / f"{BRIEF}.ipynb"


def side_by_side(rounds: int, number: int, folder: Path) -> list[list[Figure]]:
    """Make all briefs our way, and a sample of them both ways."""
    briefs = [page for page in read_plan(ROOT / "reports.toml", PROJECT) if page.notebook == BRIEF]
    sample = briefs[:: len(briefs) // number][:number]
    slugs = [page.slug for page in sample]
    ours, alone, warm = [], [], list[float]()
    api = by_api(NOTEBOOK, fresh(folder / "api"), codes(sample))
    with two_workers(fresh(folder / "dask")) as file:
        new = report(fresh(folder / "sample"), only=slugs, scheduler=file)
        for _ in range(rounds):  # in turns, so that a slow minute of the machine is shared
            ours.append(report(fresh(folder / "sample"), only=slugs))
            alone.append(report(fresh(folder / "sample"), only=slugs, jobs=1))
            warm.append(report(fresh(folder / "sample"), only=slugs, scheduler=file))
    whole = report(fresh(folder / "briefs"), only=[page.slug for page in briefs])
    two = by_api(NOTEBOOK, fresh(folder / "two"), codes(sample), processes=JOBS)
    shell = by_command_line(
        NOTEBOOK, fresh(folder / "shell"), codes(sample[:: number // SHELL or 1])
    )
    with Watch(0.1) as watch:
        report(fresh(folder / "watched"), only=[page.slug for page in briefs])
    run = latest(folder / "briefs")
    beside, cells = run.beside_cells(), run.cells()
    theirs = sum(seconds_in_cells((folder / "api").glob("*.ipynb")))
    rival = min(api / number, mean(shell))
    return [
        [
            Figure(f"{len(briefs)} briefs: adoption report", f"{whole:.1f} s"),
            extrapolated("papermill and nbconvert, in one process", api / number, briefs),
            extrapolated("papermill and nbconvert, two commands each", mean(shell), briefs),
            at_least("times the faster of these two", rival * len(briefs) / whole, 40),
            extrapolated("the faster, in two processes at once", two / number, briefs),
            at_least("times that", two / number * len(briefs) / whole, 15),
            under("peak memory of all briefs, two jobs", watch.peak / 1e6, 1000, "MB"),
        ],
        [
            Figure(f"{number} briefs: adoption report", f"{median(ours):.1f} s"),
            Figure("adoption report, one job", f"{median(alone):.1f} s"),
            Figure("adoption report, by two new Dask workers", f"{new:.1f} s"),
            Figure("the same once more", f"{median(warm):.1f} s"),
            at_most("times our own two processes", median(warm) / median(ours), 1.3),
            Figure("papermill and nbconvert, in one process", f"{api:.1f} s"),
            Figure("the same in two processes at once", f"{two:.1f} s"),
        ],
        [
            under("a page beside its cells, mean", 1000 * mean(beside), 60, "ms"),
            Figure("the same, median", f"{1000 * median(beside):.0f} ms"),
            under(
                "a page beside its cells, start and publishing shared out",
                1000 * (JOBS * whole - cells) / len(briefs),
                60,
                "ms",
            ),
            Figure(
                "papermill and nbconvert in one process",
                f"{1000 * (api - theirs) / number:.0f} ms",
            ),
            Figure("cells of a brief", f"{1000 * cells / len(briefs):.0f} ms"),
        ],
    ]


def few(rounds: int, folder: Path) -> list[list[Figure]]:
    """Make a few briefs both ways, each in a process that has just begun."""
    briefs = [page for page in read_plan(ROOT / "reports.toml", PROJECT) if page.notebook == BRIEF]
    sample = briefs[:: len(briefs) // FEW][:FEW]
    slugs = [page.slug for page in sample]
    ours, theirs = [], []
    for _ in range(rounds):  # in turns, so that a slow minute of the machine is shared
        ours.append(report(fresh(folder / "few"), only=slugs))
        theirs.append(by_api(NOTEBOOK, fresh(folder / "stock"), codes(sample)))
    return [
        [
            Figure(f"{FEW} briefs: adoption report", f"{median(ours):.1f} s"),
            Figure("papermill and nbconvert, in one process", f"{median(theirs):.1f} s"),
            at_least("times that", median(theirs) / median(ours), 6),
        ],
    ]


def over_time(rounds: int, folder: Path) -> list[list[Figure]]:
    """Make the whole plan in a copy of the project, then again after nothing and an act."""
    project, output = copy_project(folder / "project"), folder / "plan"
    whole = report(output, home=project.root)
    first = latest(output)
    nothing = [report(output, force=False, home=project.root) for _ in range(rounds + 2)]
    with Watch(0.005, memory=False) as kernels:
        report(output, force=False, home=project.root)
    if latest(output).folder != first.folder:
        raise CommandFailedError("pages were made anew: did somebody edit the package meanwhile?")
    reading = len(first.reading("data/processed/acts.parquet"))
    slug = next(slug for slug, page in first.pages.items() if page["notebook"] == BRIEF)
    single = [report(output, only=[slug], home=project.root) for _ in range(rounds)]
    before = latest(output)
    project.change_an_act()
    seconds = report(output, force=False, home=project.root)
    after = latest(output)
    made = after.made_after(before)
    with Watch(0.1) as watch:
        report(output, home=project.root)
    return [
        [
            under(f"the whole plan, {len(first.pages)} pages", whole, 48, "s", 1),
            under("peak memory of it, two jobs", watch.peak / 1e6, 1000, "MB"),
        ],
        [
            under("nothing changed", median(nothing), 0.3, "s", 2),
            under("processes beside the command itself", len(kernels.seen) - 1, 1, "", 0),
        ],
        [
            under("one page of a report that is current", median(single), 4.5, "s", 1),
            under("one act changed", seconds, 28, "s", 1),
            Figure("pages whose cells ran for it", str(len(after.manifest["work"]))),
            under("pages made for it", len(made), 46, "", 0),
            Figure("pages that read the acts", str(reading)),
        ],
    ]


def help_text(rounds: int, _: Path) -> list[list[Figure]]:
    """Ask for help."""
    seconds = [timed(ADOPTION, "--help") for _ in range(3 * rounds)]
    return [[under("adoption --help", median(seconds), 0.3, "s", 2)]]


def under(what: str, value: float, limit: float, unit: str, digits: int = 0) -> Figure:
    """Return a figure that should be under a limit."""
    shown = f"{value:.{digits}f} {unit}".strip()
    return Figure(what, shown, f"under {limit:g} {unit}".strip(), value < limit)


def at_least(what: str, value: float, limit: float) -> Figure:
    """Return a figure that should reach a limit."""
    return Figure(what, f"{value:.1f}", f"at least {limit:g}", value >= limit)


def at_most(what: str, value: float, limit: float) -> Figure:
    """Return a figure that should not be above a limit."""
    return Figure(what, f"{value:.2f}", f"at most {limit:g}", value <= limit)


def extrapolated(what: str, each: float, briefs: Sequence[Page]) -> Figure:
    """Return what all briefs would take at the mean of the sample."""
    return Figure(what, f"{each:.2f} s each: {each * len(briefs):.0f} s")


def codes(pages: Sequence[Page]) -> list[str]:
    """Return the states that briefs are about."""
    return [str(page.parameters["country"]) for page in pages]


def fresh(folder: Path) -> Path:
    """Return a folder, made empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def main() -> int:
    """Measure, print the table and keep it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--sample", type=int, default=12, help="briefs that both sides make")
    parser.add_argument("--part", action="append", help="briefs, few, changes, help; default: all")
    given = parser.parse_args()
    parts: dict[str, Callable[[int, Path], list[list[Figure]]]] = {
        "briefs": lambda rounds, folder: side_by_side(rounds, given.sample, folder),
        "few": few,
        "changes": over_time,
        "help": help_text,
    }
    groups, whole = [], True
    for name, part in parts.items():
        if given.part and name not in given.part:
            whole = False
            continue
        with tempfile.TemporaryDirectory(prefix="adoption-bench-") as folder:
            try:
                groups += part(given.rounds, Path(folder))
            except CommandFailedError as error:
                whole = False
                groups.append([Figure(f"{name}: not measured", str(error))])
    text = table("adoption report beside stock papermill and nbconvert", groups)
    print(text, end="")
    if not whole:
        print("not everything was measured", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
