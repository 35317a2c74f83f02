"""The branch on which GitHub's workflow keeps its data: its steps, run on repositories here."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

SCRIPT = "schedule/data_branch.sh"
BRANCH = "fetched-data"
LISTS = "data/raw/untc-hanoi"
NAMED = {
    "GIT_AUTHOR_NAME": "A. Person",
    "GIT_AUTHOR_EMAIL": "person@example.org",
    "GIT_COMMITTER_NAME": "A. Person",
    "GIT_COMMITTER_EMAIL": "person@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def run(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | NAMED
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def git(folder: Path, *words: str | Path) -> str:
    done = run(folder, "git", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(folder: Path, **files: str) -> None:
    """Commit files by name, and push them to main."""
    for name, text in files.items():
        write(folder / name, text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "change")
    git(folder, "push", "--quiet", "origin", "HEAD:main")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Handed(NamedTuple):
    """What the first job hands over to the second."""

    tip: str
    data: Path


@dataclass
class GitHub:
    """A repository, and what the two jobs of a run do with it."""

    place: Path
    runs: int = 0

    def checkout(self) -> Path:
        self.runs += 1
        folder = self.place / f"run-{self.runs}"
        git(self.place, "clone", "--quiet", "--branch", "main", self.place / "hub", folder)
        return folder

    def fetches(self, day: str) -> tuple[Handed, str]:
        """Do the first job: restore, fetch a list, hand `data` over; return it and what is said."""
        folder = self.checkout()
        tip = run(folder, SCRIPT, "tip").stdout.strip()
        restored = run(folder, SCRIPT, "restore", tip)
        assert restored.returncode == 0, restored.stderr
        write(folder / LISTS / day / "list.xml", day)
        write(folder / "data/processed/acts.csv", f"built of {self.lists(folder)}")
        with (folder / "data/events.csv").open("a") as file:
            file.write(f"{day},fetched\n")
        artifact = self.place / f"artifact-{self.runs}"
        shutil.copytree(folder / "data", artifact)
        return Handed(tip, artifact), restored.stdout

    def keeps(self, handed: Handed, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Do the second job, in a checkout of its own."""
        words = ("keep", handed.tip, handed.data, f"Refresh of {handed.data.name}")
        return run(folder or self.checkout(), SCRIPT, *words)

    def restores(self) -> subprocess.CompletedProcess[str]:
        folder = self.checkout()
        return run(folder, SCRIPT, "restore", run(folder, SCRIPT, "tip").stdout.strip())

    def week(self, day: str) -> str:
        handed, said = self.fetches(day)
        kept = self.keeps(handed)
        assert kept.returncode == 0, kept.stderr
        return said

    def lists(self, folder: Path) -> list[str]:
        return sorted(path.name for path in (folder / LISTS).iterdir())

    def on_branch(self) -> list[str]:
        names = git(self.place / "hub", "ls-tree", "-r", "--name-only", BRANCH, "--", LISTS)
        return [name.split("/")[3] for name in names.split()]


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub")
    person = tmp_path / "person"
    git(tmp_path, "clone", "--quiet", "hub", "person")
    (person / "schedule").mkdir()
    shutil.copy(ROOT / SCRIPT, person / SCRIPT)
    shutil.copy(ROOT / ".gitattributes", person)
    commit(
        person,
        **{
            f"{LISTS}/2026-11-24/list.xml": "first",
            "data/events.csv": "day,kind\n",
            "data/reference/acts.csv": "iso3\n",
            "data/processed/acts.csv": "built",
            "data/feed.xml": "feed",
            "data/CHANGES.md": "changes",
        },
    )
    return GitHub(tmp_path)


def test_each_week_goes_on_from_the_last_and_main_stays_as_it_is(github: GitHub) -> None:
    main = git(github.place / "hub", "rev-parse", "main")
    assert "there is no branch fetched-data" in github.week("2026-12-07")
    assert "go on from those of" in github.week("2026-12-14")
    assert github.on_branch() == ["2026-11-24", "2026-12-07", "2026-12-14"]
    assert git(github.place / "hub", "rev-parse", "main") == main
    events = git(github.place / "hub", "show", f"{BRANCH}:data/events.csv")
    assert events == "day,kind\n2026-12-07,fetched\n2026-12-14,fetched\n"
    built = git(github.place / "hub", "show", f"{BRANCH}:data/processed/acts.csv")
    assert built == "built", "what can be built again would only make the branch larger"


def test_a_branch_that_is_lost_is_said(github: GitHub) -> None:
    github.week("2026-12-07")
    git(github.place / "hub", "branch", "-D", BRANCH)
    assert "there is no branch fetched-data" in github.week("2026-12-14")
    assert github.on_branch() == ["2026-11-24", "2026-12-14"]


def test_what_main_has_since_changed_counts_as_well(github: GitHub) -> None:
    github.week("2026-12-07")
    commit(github.place / "person", **{"data/reference/acts.csv": "iso3\nKEN\n", "code.py": "1\n"})
    handed, _ = github.fetches("2026-12-14")
    assert (handed.data / "reference/acts.csv").read_text() == "iso3\nKEN\n"
    assert (handed.data / "raw/untc-hanoi/2026-12-07").is_dir()
    assert github.keeps(handed).returncode == 0
    git(github.place / "person", "fetch", "--quiet")
    git(github.place / "person", "merge", "--quiet", f"origin/{BRANCH}")
    git(github.place / "person", "push", "--quiet", "origin", "HEAD:main")
    assert "go on from those of" in github.week("2026-12-21")
    assert len(github.on_branch()) == 4


def test_two_runs_at_once_lose_nothing(github: GitHub) -> None:
    github.week("2026-12-07")
    first, _ = github.fetches("2026-12-14")
    second, _ = github.fetches("2026-12-15")
    assert [github.keeps(handed).returncode for handed in (first, second)] == [0, 0]
    assert github.on_branch()[-2:] == ["2026-12-14", "2026-12-15"]


def test_a_branch_that_moved_while_it_was_kept_is_gone_on_from(github: GitHub) -> None:
    github.week("2026-12-07")
    handed, _ = github.fetches("2026-12-14")
    late = github.checkout()  # before the push of somebody else
    person = github.place / "person"
    git(person, "fetch", "--quiet")
    git(person, "checkout", "--quiet", BRANCH)
    write(person / "data/reference/aliases.csv", "name\n")
    git(person, "add", "--all")
    git(person, "commit", "--quiet", "--message", "add a spelling")
    git(person, "push", "--quiet", "origin", BRANCH)
    kept = github.keeps(handed, late)
    assert kept.returncode == 0, kept.stderr
    assert github.on_branch()[-1] == "2026-12-14"
    assert git(github.place / "hub", "show", f"{BRANCH}:data/reference/aliases.csv") == "name\n"


def test_what_both_have_changed_and_what_is_no_data_is_for_a_person(github: GitHub) -> None:
    github.week("2026-12-07")
    person = github.place / "person"
    git(person, "fetch", "--quiet")
    git(person, "checkout", "--quiet", BRANCH)
    write(person / "data/reference/acts.csv", "iso3\nQAT\n")
    git(person, "commit", "--quiet", "--all", "--message", "a row")
    git(person, "push", "--quiet", "origin", BRANCH)
    git(person, "checkout", "--quiet", "main")
    commit(person, **{"data/reference/acts.csv": "iso3\nKEN\n"})
    refused = github.restores()
    assert refused.returncode == 1
    assert "::error::main and fetched-data both changed data/reference/acts.csv" in refused.stderr
    commit(person, **{"data/reference/acts.csv": "iso3\nQAT\n"})
    git(person, "checkout", "--quiet", BRANCH)
    write(person / "schedule/summary.py", "print()\n")
    git(person, "add", "--all")
    git(person, "commit", "--quiet", "--message", "code")
    git(person, "push", "--quiet", "origin", BRANCH)
    refused = github.restores()
    assert refused.returncode == 1
    assert "::error::fetched-data changes more than data: schedule/summary.py" in refused.stderr
