"""reports/status.json and adoption.prom: the outcome of the last run, for a monitor.

Their imports are fast, because every report writes them.
"""

from __future__ import annotations

import csv
import json
import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from adoption import __version__
from adoption.core.errors import EXIT_BAD_INPUT, EXIT_BROKEN, EXIT_INTERRUPTED, AdoptionError
from adoption.core.files import write_whole
from adoption.core.paths import SUPERSEDED, project_root
from adoption.press.current import LATEST

STATUS, METRICS = "status.json", "adoption.prom"


def with_status_file(
    command: str, output: Path, work: Callable[[], int], warnings: Sequence[str] = ()
) -> int:
    """Return the exit status of a command's work, and write it next to the reports in any case.

    The work may add to the warnings.
    """
    status = EXIT_BROKEN
    try:
        status = work()
        return status
    except (AdoptionError, ModuleNotFoundError) as error:
        status = getattr(error, "exit_status", EXIT_BAD_INPUT)
        raise
    except KeyboardInterrupt:
        status = EXIT_INTERRUPTED
        raise
    finally:
        with suppress(AdoptionError, OSError):  # the outcome of the work itself is already known
            if output.is_dir():
                _write(output, command, status, warnings)


def _write(output: Path, command: str, status: int, warnings: Sequence[str]) -> None:
    facts = {
        "command": command,
        "exit": status,
        "version": __version__,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "age_in_days": {},
        "waiting": [],
        "pages_failed": [],
        "warnings": [*warnings],
    }
    # Damaged data may raise any error, and the exit status already reports it.
    with suppress(Exception):
        facts |= health(project_root(), output)
    write_whole(output / STATUS, f"{json.dumps(facts, indent=2)}\n".encode())
    write_whole(output / METRICS, metrics(facts).encode())


def health(root: Path, output: Path) -> dict[str, Any]:
    """Return the age of each source, the snapshots that await review and the failed pages.

    A source without any file has no age. It is left out if its address is only a guess.
    """
    today = datetime.now(UTC).date()
    days = dict[str, str]()
    newest = dict[str, str]()
    with (root / "data/processed/snapshots.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _, _, source, snapshot, _ = row["file"].split("/")
            days[source] = min(row["unchanged_until"], days.get(source, "9"))
            newest[source] = max(snapshot, days[source])
    asked = tomllib.loads((root / "data/reference/publishers.toml").read_text("utf-8"))["source"]
    for added in (root / "data/raw").glob("*/*/added.json"):
        listed = json.loads(added.read_bytes()).get("listed")
        asked |= {listed["source"]: listed} if listed else {}
    ages: dict[str, int | None] = {}
    for name, about in asked.items():
        is_guess = about.get("guessed") and name not in days
        if not about.get("by_hand") and not is_guess:
            taken = date.fromisoformat(days[name]) if name in days else None
            ages[name] = (today - taken).days if taken else None
    manifest = output / LATEST / "manifest.json"
    failed = json.loads(manifest.read_bytes())["failures"] if manifest.exists() else {}
    waiting = [
        f"{folder.parent.name}/{folder.name}"
        for folder in sorted((root / "data/quarantine").glob("*/[12]*"))
        if folder.name > newest.get(folder.parent.name, "") and not (folder / SUPERSEDED).exists()
    ]
    return {"age_in_days": ages, "pages_failed": sorted(failed), "waiting": waiting}


def metrics(facts: Mapping[str, Any]) -> str:
    """Return the facts in the format of Prometheus; a source without any file has infinite age."""
    finished = datetime.fromisoformat(facts["finished"])
    values = {
        "finished_timestamp_seconds": finished.timestamp(),
        "exit_status": facts["exit"],
        "waiting": len(facts["waiting"]),
        "pages_failed": len(facts["pages_failed"]),
        "warnings": len(facts["warnings"]),
    }
    for name, age in facts["age_in_days"].items():
        values[f'source_age_days{{source="{name}"}}'] = math.inf if age is None else age
    lines = (f"adoption_{name} {value}\n" for name, value in values.items())
    return "".join(lines)
