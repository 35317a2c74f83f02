"""A convention's life as its depositary's server shows it, and a project beside it.

Every act after the record of the data is made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import pandas as pd

from adoption.ingest.readers.untc import ListedAct
from adoption.refresh.fetch import Limits
from adoption.refresh.outcome import Outcome, RefreshOptions
from adoption.refresh.run import refresh
from tests.refresh.answers import page
from tests.refresh.publisher_server import Publisher
from tests.sources.mtdsg import mtdsg, printed

SOURCE = "untc-hanoi"
TARGET = "/doc/Publication/MTDSG/Volume%20II/Chapter%20XVIII/XVIII-16.en.xml"
FILE = "XVIII-16.en.xml"
TITLE = "United Nations Convention against Cybercrime"
MAINTENANCE = (
    b"<!DOCTYPE html><html><body>The site undergoes urgent maintenance and is currently "
    b"unavailable.</body></html>"
)
UNDATED = {
    "ARE": "2026-02-01",
    "CAN": "2026-07-15",
    "FJI": "2025-11-20",
}  # made up, like all that is new here
AGENT = "adoption/test"
# Short times for a fast machine's loopback, yet long ones for a busy machine to keep.
QUICK = Limits(
    connect=5, read=5, whole=20, attempts=3, first_wait=0.01, longest_wait=2, patience=20, pause=0
)


@dataclass
class Project:
    """A small copy of the project's data, in which a refresh can do what it likes."""

    root: Path
    base: str = ""
    said: list[str] = field(default_factory=list)

    def refresh(self, day: str, **wanted: Any) -> Outcome:
        """Refresh the Convention's list at noon of a day."""
        self.said.clear()
        now = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)
        usual: dict[str, Any] = {
            "now": now,
            "sources": (SOURCE,),
            "bases": {"untc": self.base},
            "limits": QUICK,
        }
        return refresh(RefreshOptions(self.root, **(usual | wanted)), self.said.append)

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.root / "data" / "processed" / f"{name}.parquet")

    def acts(self, iso3: str) -> list[str]:
        """Return the acts of a state on the Convention: name, day and grade."""
        own = self.table("acts").query(f"convention == 'hanoi' and iso3 == '{iso3}'")
        return [f"{row.act} {row.earliest:%Y-%m-%d} {row.grade}" for row in own.itertuples()]

    def text(self, name: str) -> str:
        return (self.root / "data" / name).read_text(encoding="utf-8")

    def files(self, *names: str) -> dict[str, bytes]:
        """Return everything in some folders; in all that are used where none is named."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for name in names or ("raw", "reference", "processed", "events.csv", "feed.xml")
            for path in sorted([self.root / "data" / name, *(self.root / "data" / name).rglob("*")])
            if path.is_file()
        }


@dataclass
class Depositary:
    """What the depositary's list says, and the server that serves it this week."""

    acts: list[ListedAct]
    server: Publisher

    @classmethod
    def of_record(cls, project: Project, server: Publisher) -> Depositary:
        """Begin with the signatures that the record knows; those without a day get one."""
        known = project.table("acts").query("convention == 'hanoi' and act == 'signature'")
        days = known["date"].fillna(known["iso3"].map(UNDATED).astype("datetime64[us]"))
        names = known["iso3"].map(project.table("states").set_index("iso3")["name"])
        pairs = zip(names, days, strict=True)
        return cls([ListedAct(name, "signature", day.date()) for name, day in pairs], server)

    def signs(self, day: date, *participants: str) -> None:
        self.acts += [ListedAct(name, "signature", day) for name in participants]

    def ratifies(self, day: date, *participants: str) -> None:
        self.acts += [ListedAct(name, "ratification", day) for name in participants]

    def change(self, participant: str, day: date | None, *, superseded: bool = False) -> None:
        """Change the day of a participant's last act; without one it vanishes."""
        at = max(n for n, act in enumerate(self.acts) if act.participant == participant)
        old = self.acts.pop(at)
        if day:
            self.acts.insert(at, ListedAct(participant, old.act, day, superseded))

    def content(self, **changes: Any) -> bytes:
        """Return the list as the depositary gives it, but for what `mtdsg` is told."""
        return mtdsg(TITLE, printed(self.acts), **changes)

    def publish(self, content: bytes | None = None) -> None:
        self.server.gives(TARGET, page(content or self.content()))


def entries(feed: bytes) -> list[Any]:
    """Return the entries of a sound feed: each with an id of its own, the newest first.

    Those of the Convention come before all others.
    """
    found = feedparser.parse(feed)
    assert not found.bozo, found.get("bozo_exception")
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    is_of_another = [entry.tags[0].term != "hanoi" for entry in found.entries]
    times = [entry.updated for entry in found.entries]
    order = [*zip(is_of_another, times, strict=True)]
    newest_first = sorted(order, key=lambda item: item[1], reverse=True)
    assert order == sorted(newest_first, key=lambda item: item[0])
    assert found.feed.updated >= max(times, default="")
    assert all(entry.published <= entry.updated for entry in found.entries)
    return list(found.entries)
