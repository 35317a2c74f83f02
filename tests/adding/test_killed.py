"""Killed while it adds: the old state or the new one, and the next build ends it well."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

import adoption as ad
from adoption.cli import main
from adoption.ingest.run import check_processed
from tests import killing
from tests.adding.home import Home, new_home

pytestmark = pytest.mark.slow

if not hasattr(os, "fork"):
    pytest.skip("processes are not killed so on this system", allow_module_level=True)
killing.preloaded("tests.adding.test_killed")
KILLS, SEED, NAME = int(os.environ.get("ADOPTION_KILLS", "4")), 20261127, "Two of the Gulf"


def add(root: str, members: str) -> None:
    os.environ["ADOPTION_HOME"] = root
    main(["add", "group", members, "--name", NAME])


def test_a_kill_leaves_the_old_state_or_the_new_one(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = new_home(tiny, tmp_path / "first")
    members = str(first.file("members.csv", "iso3\nQAT\nOMN\n"))
    changes = killing.run(first.root, add, str(first.root), members)
    for step in random.Random(SEED).sample(range(1, changes + 1), KILLS):
        home = Home(tmp_path / f"{step}" / "project", tmp_path / f"{step}")
        shutil.copytree(new_home(tiny, tmp_path / f"new{step}").root, home.root)
        assert killing.run(home.root, add, str(home.root), members, dies_before=step) is None
        monkeypatch.setenv("ADOPTION_HOME", str(home.root))
        data = home.root / "data"
        saved = (data / "raw" / "group-two-of-the-gulf").is_dir()
        saved = saved and any((data / "raw" / "group-two-of-the-gulf").iterdir())
        groups = {group.name for group in ad.groups().itertuples()}  # whatever was reached
        assert saved or NAME not in groups
        assert main(["build"]) == 0
        assert check_processed(data / "raw", data / "reference", data / "processed") == []
        assert (NAME in set(ad.table("memberships")["organisation"])) == saved
        assert [path.name for path in data.iterdir() if ".coming" in path.name] == []
