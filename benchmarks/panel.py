"""A panel of states, conventions and days beside a loop over statuses; and that of the base set.

    .venv/bin/python benchmarks/panel.py

Processor time in one process, the tables read: medians of three. The loop is what a researcher
writes without a panel: one status a convention and day, its frame kept. Of the base set the
panel has signatures and consents; thresholds of few of its treaties are known, so nothing is
asked about entry into force.
"""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

import adoption as ad
from adoption import tables
from adoption.law.conventions import Convention
from adoption.law.panel import members_for, panel
from adoption.law.spells import History, histories_in, load_history
from adoption.law.status import status_on
from adoption.law.treaties import MAX_INSTRUMENTS

YEARS = "2001/2025"
BASE_DAYS = pd.date_range("1955-12-31", "2024-12-31", freq="YE")  # seventy


def seconds(act: Callable[[], object], times: int = 3) -> float:
    """Return the median processor time of something done several times."""
    measured = []
    for _ in range(times):
        before = time.process_time()
        act()
        measured.append(time.process_time() - before)
    return statistics.median(measured)


def loop(names: list[str]) -> pd.DataFrame:
    """Return a panel made of one status a convention and day."""
    states, memberships = tables.read("states"), tables.read("memberships")
    frames = []
    for name in names:
        history = load_history(name)
        members = members_for(history.convention, memberships)
        days = pd.date_range("2001-12-31", "2025-12-31", freq="YE")
        frames += [status_on(history, day.date(), states, members).participants for day in days]
    return pd.concat(frames)


def base_histories() -> list[History]:
    """Return the treaties of the base set as conventions with their spells."""
    acts = tables.read("base_acts").rename(columns={"treaty": "convention"})
    acts = acts[acts["iso3"].isin(tables.read("states")["iso3"])].assign(
        earliest=acts["date"], latest=acts["date"], open_ended=False, grade="confirmed", note=None
    )
    treaties = tables.read("base_treaties")
    treaties = treaties[treaties["treaty"].isin(acts["convention"])]
    frames = {name: tables.read(name) for name in ("states", "memberships", "entries_into_force")}
    conventions = map(_convention, treaties.to_dict("records"))
    return list(histories_in(conventions, {**frames, "acts": acts}).values())


def _convention(row: Mapping[Hashable, Any]) -> Convention:
    opens = next(day for day in (row["first_signature"], row["concluded"]) if pd.notna(day))
    return Convention.model_validate(
        {
            "convention": row["treaty"],
            "title": row["title"],
            "short_title": row["treaty"],
            "label": row["treaty"],
            "depositary": "Secretary-General of the United Nations",
            "reference": f"UNTC {row['treaty']}",
            "opens": pd.Timestamp(str(opens)).date(),
            "opens_at": "not known",
            "threshold": MAX_INSTRUMENTS,
            "threshold_article": "not known",
            "delay": {"days": 0},
            "excludes_reio": False,
            "base_treaty": row["treaty"],
            "complete_to": pd.Timestamp(str(row["as_of"])).date(),
            "reach": "",
            "source": "untc",
        }
    )


def main() -> None:
    """Print the table."""
    names = ad.conventions()["convention"].tolist()
    participants = tables.read("states").set_index("iso3")
    memberships = tables.read("memberships")
    ad.panel(names, YEARS)  # imports, and reads the tables
    by_panel, by_loop = seconds(lambda: ad.panel(names, YEARS)), seconds(lambda: loop(names), 1)
    print(f"{len(names)} conventions x 25 years x {len(participants)} participants")
    ratio = by_loop / by_panel
    print(f"  panel {by_panel:.3f} s, loop over statuses {by_loop:.2f} s: {ratio:.0f} times")
    history, states = load_history("uncac"), tables.read("states")
    status = seconds(lambda: status_on(history, date(2020, 1, 1), states), 9)
    print(f"status of one convention on a day {status:.4f} s")
    made: list[History] = []
    spells = seconds(lambda: made.extend(base_histories()), 1)
    whole: list[pd.DataFrame] = []
    took = seconds(lambda: whole.append(panel(made, participants, BASE_DAYS, memberships)), 1)
    rows, peak = len(whole[0]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"base set: {len(made)} treaties, {sum(len(h.spells) for h in made):,} spells")
    print(f"  spells {spells:.1f} s, panel of {rows:,} rows {took:.1f} s, peak {peak:,.0f} MB")


if __name__ == "__main__":
    main()
