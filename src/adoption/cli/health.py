"""reports/status.json: how the last run ended, for a monitor. Nothing slow is imported for it."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from adoption import __version__
from adoption.core.errors import EXIT_BAD_INPUT, EXIT_BROKEN, EXIT_INTERRUPTED, AdoptionError
from adoption.core.files import write_whole
from adoption.core.paths import project_root
from adoption.reports.current import LATEST

STATUS = "status.json"


@contextmanager
def noting(command: str, output: Path) -> Iterator[Callable[[int], int]]:
    """Write how a command ended beside the reports, where there are any, however it ended."""
    statuses = [EXIT_BROKEN]

    def end(status: int) -> int:
        statuses.append(status)
        return status

    try:
        yield end
    except (AdoptionError, ModuleNotFoundError) as error:
        end(getattr(error, "exit_status", EXIT_BAD_INPUT))
        raise
    except KeyboardInterrupt:
        end(EXIT_INTERRUPTED)
        raise
    finally:
        with suppress(AdoptionError, OSError, ValueError, KeyError):  # the work is done or told
            if output.is_dir():
                facts = {"command": command, "exit": statuses[-1], **health(project_root(), output)}
                write_whole(output / STATUS, f"{json.dumps(facts, indent=2)}\n".encode())


def health(root: Path, output: Path) -> dict[str, Any]:
    """Return the time, how old each source is, what awaits a person and which pages failed."""
    now, days, newest = datetime.now(UTC), dict[str, str](), dict[str, str]()
    with (root / "data/processed/snapshots.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _, _, source, snapshot, _ = row["file"].split("/")
            days[source] = min(row["unchanged_until"], days.get(source, "9"))
            newest[source] = max(snapshot, days[source])
    publishers = tomllib.loads((root / "data/reference/publishers.toml").read_text("utf-8"))
    asked = [name for name, about in publishers["source"].items() if not about.get("by_hand")]
    ages = {name: (now.date() - date.fromisoformat(days[name])).days if name in days else None
            for name in asked}  # fmt: skip
    refused = sorted((root / "data/quarantine").glob("*/[12]*"))
    manifest = output / LATEST / "manifest.json"
    failed = json.loads(manifest.read_bytes())["failures"] if manifest.exists() else {}
    return {
        "finished": now.isoformat(timespec="seconds"), "version": __version__,
        "age_in_days": ages, "pages_failed": sorted(failed),
        "waiting": [f"{folder.parent.name}/{folder.name}" for folder in refused
                    if folder.name > newest.get(folder.parent.name, "")],
    }  # fmt: skip
