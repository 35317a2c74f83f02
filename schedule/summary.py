"""A report's manifest in a few lines of Markdown, for the page of a scheduled run.

.venv/bin/python schedule/summary.py reports/latest/manifest.json

A second file, what `adoption refresh --json` printed, is told first if it is there.
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


def refreshed(outcome: dict[str, Any]) -> str:
    """Return what has become of a refresh, source by source.

    Parameters
    ----------
    outcome : dict
        What `adoption refresh --json` printed.

    Returns
    -------
    str
        Markdown; its first line is a heading: what changed, fit for a commit message.
    """
    same = "files are new, what they say is not" if outcome["changed"] else "nothing new"
    heading = outcome["summary"] or same
    lines = [f"### Refresh: {_text(heading)}", "", "| source | result | more |"]
    lines.append("| --- | --- | --- |")
    for one in outcome["sources"]:
        more = " ".join(filter(None, (one["message"], one["snapshot"])))
        lines.append(f"| {_row([one['source'], one['result'], more])} |")
    return "\n".join(
        [*lines, "", f"The oldest file of those asked for is of {outcome['data_day']}.", ""]
    )


def _row(texts: list[str]) -> str:
    return " | ".join(map(_text, texts))


def _text(text: str) -> str:
    return escape(" ".join(text.split())).replace("|", "&#124;")


if __name__ == "__main__":
    report, *refresh = (Path(name) for name in sys.argv[1:])
    for path in refresh:
        if path.is_file():
            print(refreshed(json.loads(path.read_text(encoding="utf-8"))))
    print(summary(json.loads(report.read_text(encoding="utf-8"))))
