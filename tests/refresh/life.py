"""A convention's life as its depositary's server shows it, week by week, and a project beside it.

Every act after the record of the data is made up.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from adoption.data.readers.listed import ListedAct
from adoption.data.readers.publishers import Registry, read_publishers
from adoption.fetching.download import Download
from adoption.law.conventions import read_conventions
from adoption.refresh.outcome import Outcome
from adoption.refresh.place import Place
from adoption.refresh.run import refresh
from adoption.refresh.taking import described
from adoption.refresh.wishes import Wishes
from tests.conftest import FROZEN
from tests.fetching.answers import page
from tests.fetching.conftest import QUICK
from tests.fetching.publisher_server import Publisher
from tests.sources.mtdsg import mtdsg, printed

SOURCE = "untc-hanoi"
TARGET = "/doc/Publication/MTDSG/Volume%20II/Chapter%20XVIII/XVIII-16.en.xml"
TITLE = "United Nations Convention against Cybercrime"
MAINTENANCE = (
    b"<!DOCTYPE html><html><body>The site undergoes urgent maintenance and is currently "
    b"unavailable.</body></html>"
)


UNDATED = {"ARE": "2026-02-01", "CAN": "2026-07-15"}  # made up, like all that is new here
DEPOSITS = {"Qatar": date(2026, 3, 3), "Viet Nam": date(2026, 4, 8)}  # two of three reported
MISPRINTED = {"signatories": 99}  # for `content`: a total that its rows do not give


def registry() -> Registry:
    """Return the project's own publishers and sources."""
    reference = FROZEN / "data" / "reference"
    conventions = read_conventions(reference / "conventions.toml")
    return read_publishers(reference / "publishers.toml", conventions)


@dataclass
class Depositary:
    """What the depositary's list says, and the server that serves it this week."""

    acts: list[ListedAct] = field(default_factory=list)
    server: Publisher | None = None

    @classmethod
    def of_record(cls, project: Project) -> Depositary:
        """Begin with the signatures that the record knows; those without a day get one."""
        known = project.table("acts").query("convention == 'hanoi' and act == 'signature'")
        days = known["date"].fillna(known["iso3"].map(UNDATED).astype("datetime64[us]"))
        names = known["iso3"].map(project.table("states").set_index("iso3")["name"])
        found = cls()
        for name, day in zip(names, days, strict=True):
            found.signs(day.date(), name)
        return found

    @classmethod
    def agreed(cls, project: Project) -> Depositary:
        """Begin with a list, of the signatures and two deposits, in which no guard finds fault."""
        found = cls.of_record(project)
        for name, day in DEPOSITS.items():
            found.ratifies(day, name)
        return found

    def signs(self, day: date, *participants: str) -> None:
        self.acts += [ListedAct(name, "signature", day) for name in participants]

    def ratifies(self, day: date, *participants: str) -> None:
        self.acts += [ListedAct(name, "ratification", day) for name in participants]

    def change(self, old: ListedAct, new: ListedAct) -> None:
        self.acts[self.acts.index(old)] = new

    def content(self, **changes: Any) -> bytes:
        """Return the list as the depositary gives it, but for what `mtdsg` is told."""
        return mtdsg(TITLE, printed(self.acts), **changes)

    def publish(self) -> None:
        assert self.server
        self.server.gives(TARGET, page(self.content()))

    def is_down(self) -> None:
        assert self.server
        self.server.gives(TARGET, page(MAINTENANCE, content_type="text/html"))


@dataclass
class Project:
    """A copy of the project's data, in which a refresh can do what it likes."""

    root: Path
    base: str = ""
    said: list[str] = field(default_factory=list)

    @classmethod
    def copy(cls, source: Path, root: Path) -> Project:
        for name in ("raw", "reference", "processed"):
            shutil.copytree(source / "data" / name, root / "data" / name)
        return cls(root)

    def refresh(self, day: str, **wanted: Any) -> Outcome:
        """Refresh the Convention's list at noon of a day."""
        self.said.clear()
        now = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)
        usual: dict[str, Any] = {
            "sources": (SOURCE,),
            "bases": {"untc": self.base},
            "limits": QUICK,
        }
        return refresh(Wishes(self.root, now=now, **(usual | wanted)), self.said.append)

    def table(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.root / "data" / "processed" / f"{name}.parquet")

    def files(self, *names: str) -> dict[str, bytes]:
        """Return everything in some folders; in those that are used where none is named."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for name in names or ("raw", "reference", "processed")
            for path in sorted((self.root / "data" / name).rglob("*"))
            if path.is_file()
        }

    def put_aside(self, content: bytes, when: datetime, source: str = SOURCE) -> str:
        """Put a file aside as a refresh does that refuses it; return the name of its folder."""
        known = registry()
        got = Download("address", "address", 200, {}, content, 0.1, when)
        files, about = {known.sources[source].file: got}, described(known.sources[source], known)
        return Place(self.root).store.put_aside(source, about, files, "refused", when).name

    def aside(self) -> list[str]:
        """Return the names of the lists that were put aside."""
        return [path.name for path in Place(self.root).store.refused(SOURCE)]
