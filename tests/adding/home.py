"""A small project to which tests add, by the real command and with a real treaty."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from adoption.cli import main
from tests.adopting import rows

# A treaty of the base set, with the rules that its table has.
TREATY, ID = "XVIII-12-a", "trafficking"
RULES = {
    "title": '"Protocol to Prevent, Suppress and Punish Trafficking in Persons"',
    "short_title": '"Trafficking in Persons Protocol"',
    "label": '"Trafficking"',
    "depositary": '"Secretary-General of the United Nations"',
    "reference": '"UNTC XVIII-12-a"',
    "adopted": "2000-11-15",
    "opens": "2000-12-12",
    "opens_at": '"place not seen"',
    "threshold": "40",
    "threshold_article": '"article not seen"',
    "delay": "{ days = 90 }",
    "excludes_reio": "true",
    "entered_into_force": "2003-12-25",
    "complete_to": "2018-01-15",
    "reach": '"The depositary\'s list of 15 January 2018."',
    "source": '"untc-mtdsg-2018"',
}
HEAD = "participant,act,date,source"


def rules(changes: Mapping[str, str | None] | None = None, name: str = ID) -> str:
    """Return the rules as TOML, with some fields changed, or left out where they are None."""
    fields = {
        key: value for key, value in {**RULES, **(changes or {})}.items() if value is not None
    }
    return f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in fields.items())


def base_acts() -> list[dict[str, str]]:
    """Return the treaty's acts, read without the package."""
    return [row for row in rows("base_acts") if row["treaty"] == TREATY]


def acts_csv() -> str:
    """Return the treaty's acts as a user would write them."""
    return pd.DataFrame(base_acts())[HEAD.split(",")].to_csv(index=False)


@dataclass(frozen=True)
class Home:
    """A project's folder and a folder beside it in which a user works."""

    root: Path
    work: Path

    def file(self, name: str, text: str | bytes) -> Path:
        path = self.work / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
        """Run the command; return its status and what it printed."""
        before = os.environ["ADOPTION_HOME"]
        os.environ["ADOPTION_HOME"] = str(self.root)
        try:
            status = main([str(word) for word in words])
        except SystemExit as error:  # of argparse
            status = int(str(error.code))
        finally:
            os.environ["ADOPTION_HOME"] = before
        return status, *capsys.readouterr()

    def files(self) -> dict[str, tuple[int, int]]:
        """Return the size and the time of every file below both folders but the lock."""
        return {
            str(path.relative_to(self.root.parent)): (path.stat().st_size, path.stat().st_mtime_ns)
            for path in sorted(self.root.parent.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }


def new_home(project: Path, folder: Path) -> Home:
    """Return a copy of a project as it is built, and an empty folder to work in."""
    home = Home(folder / "project", folder / "work")
    shutil.copytree(project, home.root)
    home.work.mkdir()
    return home
