"""Sentences of a simulated entry into force: the 40th deposit on 13 January 2027, and after it.

    .venv/bin/python -m tests.refresh.in_force > sentences.md

A copy of the project's own data gets made-up lists of the depositary. Every act after the record
of the data is made up. The file has each sentence of the pages and of `adoption status`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from adoption.ingest.readers.untc import ListedAct
from tests.conftest import ROOT
from tests.refresh.life import Depositary, Project
from tests.refresh.publisher_server import Publisher

DEPOSIT = date(2027, 1, 13)  # of the fortieth instrument that counts
FORCE = "13 April 2027"
ASKED = (date(2027, 1, 14), date(2027, 4, 12), date(2027, 4, 13), date(2027, 6, 1))
# Kenya and Egypt deposit last, Brazil leaves in May, Canada has only signed, Peru ratifies late.
LAST, LEAVES, LATE = ("Egypt", "Kenya"), "Brazil", "Peru"
LEFT = date(2027, 5, 20)
WITHDRAWAL = f"hanoi,BRA,{LEAVES},withdrawal,{LEFT},,,confirmed,untc-xml,\n"  # of acts.csv
BRIEFS = ("EGY", "KEN", "BRA", "PER", "CAN", "IND", "EUE", "FJI")
GROUPS = ("asean", "arab-league")
NAMES = (*LAST, LEAVES, LATE, "Canada", "India", "UN Convention against Cybercrime")
MAX_ROWS, MIN_SPACES = 12, 3  # of a table that is printed in full, and of a text that is a sentence


def acts_by(day: date, depositary: Depositary) -> list[ListedAct]:
    """Return the list of a day: signatures, 40 instruments of states and the European Union's."""
    signed = [a for a in depositary.acts if a.act == "signature" and a.participant != "Kenya"]
    apart = ("European Union", "Canada", *LAST, LEAVES, LATE)
    early = [act.participant for act in signed if act.participant not in apart][:37]
    acts = [*signed, ListedAct("Kenya", "signature", date(2026, 12, 2))]
    acts += [ListedAct(name, "ratification", date(2026, 12, 18)) for name in early]
    acts.append(ListedAct(LEAVES, "ratification", date(2026, 12, 18), superseded=day >= LEFT))
    acts.append(ListedAct("European Union", "approval", date(2026, 12, 20)))
    acts += [ListedAct(name, "ratification", DEPOSIT) for name in LAST]
    if day >= date(2027, 4, 1):
        acts.append(ListedAct(LATE, "ratification", date(2027, 3, 31)))
    return acts


def live(project: Project, depositary: Depositary, day: date) -> None:
    """Publish the list of a day, and refresh the project with it."""
    in_force = f"Entry into force {FORCE}, in accordance with article 65(1)."
    depositary.acts = acts_by(day, depositary)
    depositary.publish(depositary.content(in_force=in_force))
    if day >= LEFT:
        with (project.root / "data/reference/acts.csv").open("a", encoding="utf-8") as file:
            file.write(WITHDRAWAL)
    accepted: dict[str, str] = {}
    while project.refresh(f"{day}", **accepted).status:
        if accepted:
            raise RuntimeError("; ".join(project.said))
        accepted = {"accept": "made up", "by": "A. Person"}


def texts_of(shown: object) -> Iterator[str]:
    """Yield the sentences of something that a cell shows."""
    for name in ("text", "words", "caption"):
        if isinstance(value := getattr(shown, name, None), str) and value:
            yield value
    if isinstance(data := getattr(shown, "data", None), dict):
        yield from _texts_in(data)
    meta = getattr(getattr(shown, "layout", None), "meta", None) or {}
    yield from (str(meta[name]) for name in ("title", "alternative") if name in meta)
    frame = getattr(shown, "frame", None)
    if isinstance(frame, pd.DataFrame) and "url" not in frame:
        of_asked = frame[frame.isin(NAMES).any(axis=1)]
        rows = frame if len(frame) <= MAX_ROWS else of_asked
        yield from (" | ".join(map(str, row)) for row in rows.itertuples(index=False))


def _texts_in(data: object) -> Iterator[str]:
    if isinstance(data, str) and data.count(" ") >= MIN_SPACES:
        yield data
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for part in parts:
        yield from _texts_in(part)


def sentences(notebook: str, **given: Any) -> list[str]:
    """Return the sentences of a page, each once."""
    from tests.cells import run_cells

    scope = run_cells(notebook, **given)
    found = [text for shown in scope.shown.values() for text in texts_of(shown)]
    return list(dict.fromkeys(found))


def pages() -> Iterator[tuple[str, list[str]]]:
    """Yield the pages that speak of the Convention, with their sentences."""
    from adoption.cli.status import status_in_text
    from adoption.law.status import load_status
    from adoption.tables import data_day

    day = data_day()
    yield "adoption status hanoi", status_in_text(load_status("hanoi", day), day).splitlines()
    for notebook in ("17_front", "01_status_map", "02_timeline", "12_entry_into_force"):
        yield notebook, sentences(notebook)
    for notebook in ("19_next_states", "07_cooperation_network"):
        yield notebook, sentences(notebook)
    for country in BRIEFS:
        yield f"brief {country}", sentences("03_country_brief", country=country)
    for group in GROUPS:
        yield f"brief {group}", sentences("09_region_brief", group=group)


def make_copy(root: Path) -> None:
    """Copy the project's data and notebooks."""
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "reports.toml", root)


def main() -> None:
    """Print the sentences of each day."""
    with tempfile.TemporaryDirectory() as folder, Publisher() as server:
        root = Path(folder) / "project"
        make_copy(root)
        os.environ["ADOPTION_HOME"] = str(root)
        project = Project(root, server.base)
        depositary = Depositary.of_record(project, server)
        for day in ASKED:
            live(project, depositary, day)
            print(f"# {day:%-d %B %Y}")
            for page, lines in pages():
                print(f"\n## {page}\n")
                print("\n".join(f"- {line}" for line in lines))


if __name__ == "__main__":
    main()
