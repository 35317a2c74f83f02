"""Shared by all tests: made-up acts and states, and copies of the data to damage."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

from adoption.core.errors import AdoptionError
from adoption.ingest import run
from adoption.law.conventions import Convention, load_conventions
from adoption.law.rules import Window
from adoption.law.spells import History, histories_in
from adoption.law.status import Status, status_on
from adoption.law.treaties import SpecialRule
from adoption.tables.csvfile import AT, RawTable
from adoption.tables.names import Participants
from adoption.tables.strings import keep_strings_in_python
from adoption.tables.write import conform
from tests.made_once import read_compiled_once

# A property holds or does not; how long an example takes on a busy machine is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
FROZEN = ROOT / "tests" / "frozen"  # the data of one day, so that a refresh changes no test
os.environ["ADOPTION_HOME"] = str(FROZEN)
# A shell in this process sets FORCE_COLOR: tracebacks of later processes would have escape codes.
os.environ["PYTHON_COLORS"] = "0"
LATER = ("names", "aliases", "treaty_titles")  # tables that were empty on that day
BEFORE = {"acts.csv": b"as it was before\n", "gone.csv": b"a table of last time\n"}
MADE_UP_STATES = ("AAA", "BBB", "CCC", "DDD", "EUE")
HEADER = ("iso3", "act", "earliest", "latest", "grade")

Act = tuple[str, str, str, str, str]


def pytest_configure(config: pytest.Config) -> None:
    """Let pandas keep text as commands and pages do; notebooks run as in JupyterLab."""
    if not config.getoption("arrow"):
        keep_strings_in_python()


def acts_of(rows: Sequence[Act], convention: str = "atlantis") -> pd.DataFrame:
    """Return rows of (iso3, act, earliest, latest or '' for one day, grade) as table `acts`."""
    frame = pd.DataFrame(rows, columns=HEADER)
    frame["date"] = frame["earliest"].where(frame["latest"] == "")
    frame["latest"] = frame["latest"].where(frame["latest"] != "", frame["earliest"])
    frame = frame.assign(
        convention=convention, participant=frame["iso3"], open_ended=False, source="us", note=""
    )
    days = dict.fromkeys(("date", "earliest", "latest"), "datetime64[us]")
    return conform("acts", frame.astype(days)) if rows else conform("acts", frame)


def states_of(codes: Sequence[str]) -> pd.DataFrame:
    """Return made-up states as table `states`; EUE is an organization."""
    return _states_of(tuple(codes)).copy()


@cache
def _states_of(codes: tuple[str, ...]) -> pd.DataFrame:
    kinds = ["organization" if code == "EUE" else "member" for code in codes]
    frame = pd.DataFrame({"iso3": codes, "name": codes, "kind": kinds})
    return conform("states", frame.assign(un_member=True, small=False, source="us"))


def made_up(**changes: object) -> Convention:
    """Return a made-up convention: three instruments, then ninety days; thirty for later ones."""
    fields = {
        "convention": "atlantis",
        "title": "Convention on the Sea Bed of Atlantis",
        "reference": "ATL 1",
        "opens": date(2001, 1, 1),
        "ceremony": None,
        "threshold": 3,
        "delay": {"days": 90},
        "later": {"days": 30},
        "excludes_reio": True,
        "entered_into_force": None,
        "complete_to": date(2020, 12, 31),
        "reach": "Complete to the end of 2020.",
    }
    return Convention.model_validate(load_conventions()["untoc"].model_dump() | fields | changes)


def bound(iso3: str, day: str, latest: str = "", act: str = "ratification") -> Act:
    return iso3, act, day, latest, "confirmed"


def history_of(
    convention: Convention,
    acts: pd.DataFrame,
    states: pd.DataFrame,
    special: Sequence[str] = (),
    entries: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
) -> History:
    """Return the history of one convention.

    `special` are the members that its threshold asks, or `members` with since and until.
    """
    if special and convention.special is None:
        rule = SpecialRule(organisation="Council of Atlantis", instruments=1)
        convention = convention.model_copy(update={"special": rule})
    organisation = convention.special.organisation if convention.special else ""
    rows = pd.DataFrame({"iso3": list(special)}) if members is None else members
    rows = rows.assign(organisation=organisation, source="us")
    if entries is None:
        entries = pd.DataFrame(columns=["iso3", "date"])
    tables = {
        "acts": acts,
        "states": states,
        "memberships": conform("memberships", rows),
        "entries_into_force": entries.assign(convention=convention.convention),
    }
    return histories_in([convention], tables)[convention.convention]


def history(*rows: Act, members: tuple[str, ...] = (), **rules: object) -> History:
    return history_of(made_up(**rules), acts_of(rows), states_of(MADE_UP_STATES), members)


def made(day: str, *rows: Act, members: tuple[str, ...] = (), **rules: object) -> Status:
    spells = history(*rows, members=members, **rules)
    return status_on(spells, date.fromisoformat(day), states_of(MADE_UP_STATES))


def status_by(
    convention: Convention, as_of: date, acts: pd.DataFrame, states: pd.DataFrame, *rest: Any
) -> Status:
    """Return the status that follows from acts; `rest` as `history_of` takes it."""
    return status_on(history_of(convention, acts, states, *rest), as_of, states)


def window(text: str) -> Window:
    earliest, _, latest = text.partition("..")
    return Window(date.fromisoformat(earliest), date.fromisoformat(latest or earliest))


def bounds(status: Status, name: str = "parties") -> tuple[int, int]:
    count = getattr(status, name)
    return count.lower, count.possible


def of(status: Status, iso3: str, column: str = "status") -> str:
    value = status.participants.set_index("iso3").at[iso3, column]
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


def raw_table(columns: str, *rows: str) -> RawTable:
    """Return a raw table made-up of lines of plain CSV, called data/raw/x.csv."""
    cells = [row.split(",") for row in rows]
    index = pd.Index(range(2, len(rows) + 2), name="row")
    frame = pd.DataFrame(cells, columns=columns.split(","), index=index, dtype="str")
    frame[AT] = [f"data/raw/x.csv: row {row}" for row in index]
    return RawTable("data/raw/x.csv", frame)


def people() -> Participants:
    """Return two states, a nickname, a territory and an organisation without a code."""
    countries = raw_table("iso3,name", "QAT,Qatar", "OMN,Oman")
    codes = {
        "Qatar": "QAT",
        "Oman": "OMN",
        "Sultanate of Oman": "OMN",
        "Hong Kong": "HKG",
        "United Nations": "",
    }
    return Participants(codes, {"QAT": "Qatar", "OMN": "Oman"}, frozenset({"HKG"}), countries, {})


def starts(line: str) -> str:
    """Return the pattern of an error that begins with a line."""
    return f"^{re.escape(line)}"


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rewrite(path: Path, content: bytes, *, signed: bool = True) -> None:
    """Write a raw file, or what was a link to one, anew, and its sidecar if it has one."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)
    sidecar = path.with_name(f"{path.name}.meta.json")
    if signed and sidecar.exists():
        described = json.loads(sidecar.read_bytes())
        described |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        sidecar.unlink()
        sidecar.write_text(json.dumps(described), encoding="utf-8")


@dataclass(frozen=True)
class DataTree:
    """A copy of the project's data whose files may be damaged.

    The files are symbolic links until they are changed. Names such as
    `raw/itu-gci/gci.csv` leave out the day's folder.
    """

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "data" / "raw"

    @property
    def reference(self) -> Path:
        return self.root / "data" / "reference"

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed"

    def path(self, name: str) -> Path:
        kind, *folders, file = name.split("/")
        if kind == "raw":
            return max((self.raw / folders[0]).iterdir()) / file
        return self.reference.joinpath(*folders, file)

    def shown(self, name: str) -> str:
        """Return the name by which an error calls a file."""
        return self.path(name).relative_to(self.root).as_posix()

    def data(self, name: str) -> bytes:
        path = self.path(name)
        return gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()

    def put(self, name: str, data: bytes, *, signed: bool = True, packed: bool = True) -> None:
        """Write a file, and the size and checksum of its sidecar unless it is not to be signed."""
        path = self.path(name)
        if name.endswith(".gz") and packed:
            data = gzip.compress(data, mtime=0)
        rewrite(path, data, signed=signed)

    def replace(self, name: str, old: str, new: str, *, signed: bool = True) -> int:
        """Replace the first place where some text stands; return the number of its line."""
        data = self.data(name)
        assert old.encode() in data, f"{name} no longer holds {old!r}"
        self.put(name, data.replace(old.encode(), new.encode(), 1), signed=signed)
        return data.count(b"\n", 0, data.index(old.encode())) + 1

    def append(self, name: str, line: str) -> int:
        """Add a line at the end; return its number."""
        data = self.data(name)
        self.put(name, data + line.encode() + b"\n")
        return data.count(b"\n") + 1

    def refusal(self) -> str:
        """Build; return the one-line error, having checked that nothing was written."""
        with pytest.raises(AdoptionError) as caught:
            run.build_tables(self.raw, self.reference)
        message = str(caught.value)
        assert len(message.splitlines()) == 1, message
        assert contents(self.processed) == BEFORE
        assert {path.name for path in self.processed.parent.iterdir()} == {
            *("raw", "reference", "processed")
        }
        return message


def copy_data(root: Path, before: Mapping[str, bytes]) -> DataTree:
    """Link the project's raw and reference files; put other files where the tables go."""
    for kind in ("raw", "reference"):
        shutil.copytree(
            FROZEN / "data" / kind,
            root / "data" / kind,
            copy_function=lambda source, target: Path(target).symlink_to(source),
        )
    tree = DataTree(root)
    tree.processed.mkdir()
    for name, data in before.items():
        (tree.processed / name).write_bytes(data)
    return tree


def hear_interrupts() -> None:
    """Undo that a shell lets background jobs ignore Ctrl-C, and `nohup` a closed terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataTree:
    read_compiled_once(monkeypatch)
    return copy_data(tmp_path / "copy", BEFORE)


@pytest.fixture(scope="session")
def built() -> dict[str, pd.DataFrame]:
    """The tables made from the committed data; not to be changed."""
    return run.build_tables(FROZEN / "data" / "raw", FROZEN / "data" / "reference")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, built; it is copied before it is changed."""
    from tests.refresh.tiny import make_tiny

    root = tmp_path_factory.mktemp("tiny")
    make_tiny(root)
    return root
