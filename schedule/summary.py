"""A report's manifest in a few lines of Markdown, for the page of a scheduled run.

.venv/bin/python schedule/summary.py reports/latest/manifest.json

A second file, the output of `adoption refresh --json`, is summarised first if it exists. With
`--line` before it, only this file is summarised, in one line for a commit message.
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

NOT_USED = {"refused": "refused", "unreachable": "not received"}
MARKDOWN = r"|[]()!*_`~\<>@"  # start of a link, a picture or a style in Markdown


def summary(manifest: dict[str, Any]) -> str:
    """Return the number of pages in a report and a table of its failed pages.

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
    """Return the result of a refresh, source by source.

    Parameters
    ----------
    outcome : dict
        The output of `adoption refresh --json`.

    Returns
    -------
    str
        Markdown; its first line is a heading with the changes, fit for a commit message.
    """
    lines = [f"### Refresh: {_text(headline(outcome))}", "", "| source | result | more |"]
    lines.append("| --- | --- | --- |")
    for one in outcome["sources"]:
        more = " ".join(filter(None, (one["message"], one["snapshot"])))
        lines.append(f"| {_row([one['source'], one['result'], more])} |")
    return "\n".join(
        [*lines, "", f"The oldest file of those asked for is of {outcome['data_day']}.", ""]
    )


def headline(outcome: dict[str, Any]) -> str:
    """Return the changes and the numbers of rejected and missing files in one line."""
    results = [source["result"] for source in outcome["sources"]]
    same = "files are new, what they say is not" if outcome["changed"] else ""
    numbers = {word: results.count(kind) for kind, word in NOT_USED.items()}
    not_used = [f"{number} {word}" for word, number in numbers.items() if number]
    return "; ".join(filter(None, (outcome["summary"] or same, *not_used))) or "nothing new"


def _row(texts: list[str]) -> str:
    return " | ".join(map(_text, texts))


def _text(text: str) -> str:
    """Return a text of publishers or people with HTML and Markdown escaped."""
    plain = escape(" ".join(text.split()))
    return "".join(f"&#{ord(letter)};" if letter in MARKDOWN else letter for letter in plain)


if __name__ == "__main__":
    if sys.argv[1] == "--line":
        sys.exit(print(" ".join(headline(json.loads(Path(sys.argv[2]).read_text())).split())))
    report, *refresh = (Path(name) for name in sys.argv[1:])
    for path in refresh:
        if path.is_file():
            print(refreshed(json.loads(path.read_text(encoding="utf-8"))))
    print(summary(json.loads(report.read_text(encoding="utf-8"))))
