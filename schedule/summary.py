"""A report's manifest in a few lines of Markdown, for the page of a scheduled run.

.venv/bin/python schedule/summary.py reports/latest/manifest.json
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any


def summary(manifest: dict[str, Any]) -> str:
    """Return how many pages a report has and which of them failed.

    Parameters
    ----------
    manifest : dict
        The `manifest.json` of a report.

    Returns
    -------
    str
        Markdown; its first line is a heading.
    """
    failures = manifest["failures"]
    number = len(manifest["pages"])
    lines = [f"### {number} page{'' if number == 1 else 's'}, {len(failures)} failed", ""]
    if failures:
        lines += ["| page | notebook | parameters | error |", "| --- | --- | --- | --- |"]
        for slug, error in failures.items():
            page = manifest["pages"][slug]
            values = ", ".join(f"{name} = {value}" for name, value in page["parameters"].items())
            lines.append(f"| {_row([slug, page['notebook'], values, error])} |")
        lines.append("")
    made, versions = len(manifest["work"]), manifest["versions"]
    lines.append(
        f"Run {manifest['run']} of adoption {versions['adoption']}; "
        f"{made} page{'' if made == 1 else 's'} made in it."
    )
    return "\n".join(lines)


def _row(texts: list[str]) -> str:
    return " | ".join(escape(" ".join(text.split())).replace("|", "&#124;") for text in texts)


if __name__ == "__main__":
    print(summary(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
