"""The files around the code: environments that agree, and nothing of this machine."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from packaging.requirements import Requirement
from tools.release import check_version, data_release, materials

from adoption import __version__
from tests.conftest import ROOT
from tests.faults import every, misplaced

LOCKS = ("requirements.lock", "requirements-report.lock")  # of all, and of what a report needs
# Written in parts, so that this file does not name them.
PARTS = (
    "pypi org, files pythonhosted org, registry npmjs org, registry yarnpkg com, "
    "conda anaconda org, deb debian org, proxy golang org"
)
BY_CONDA = ("build", "geo", "lab", "report", "statistics")  # the others by pip
HOSTS = [parts.replace(" ", ".") for parts in PARTS.split(", ")]
FOLDERS = {str(ROOT), str(ROOT.parent / "shared"), str(Path.home()), sys.prefix}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = described["project"]
    return found | {"build": described["build-system"]["requires"]}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_conda_environment_is_that_of_the_project(project: dict[str, Any]) -> None:
    found = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert found.keys() == {"name", "channels", "dependencies"}
    assert found["channels"] == ["conda-forge"]
    *needed, by_pip = found["dependencies"]
    assert by_pip == {"pip": ["-e .[all,test]"]}
    extras = project["optional-dependencies"]
    by_conda = [*project["dependencies"], *chain(*(extras[name] for name in BY_CONDA))]
    by_conda = [text for text in by_conda if not text.startswith("adoption[")]
    assert sorted(needed) == sorted([f"python{project['requires-python']}", "pip", *by_conda])


def locked(lock: str = LOCKS[0]) -> dict[str, str]:
    """Return the block of each pinned package by its name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return {canonical(block.split("==")[0].split("[")[0]): block for block in blocks if block}


def pins(lock: str) -> dict[str, str]:
    return {name: block.split("==")[1].split()[0] for name, block in locked(lock).items()}


@pytest.mark.parametrize(
    ("lock", "extras"), [(LOCKS[0], None), (LOCKS[1], ("build", "geo", "report", "statistics"))]
)
def test_a_lock_file_pins_everything_that_the_project_names(
    project: dict[str, Any], lock: str, extras: tuple[str, ...] | None
) -> None:
    named = [*project["dependencies"], *project["build"]]
    for extra, requirements in project["optional-dependencies"].items():
        named += requirements if extras is None or extra in extras else []
    pinned = pins(lock)
    for requirement in map(Requirement, named):
        name = canonical(requirement.name)
        if name == "adoption":  # its own extras
            continue
        assert name in pinned, requirement
        assert requirement.specifier.contains(pinned[name], prereleases=True), requirement


def test_a_report_needs_a_part_of_what_is_pinned_for_all() -> None:
    everything, of_a_report = map(pins, LOCKS)
    assert of_a_report.items() < everything.items()
    assert not {"mypy", "nbval", "playwright", "pytest"} & of_a_report.keys()


def texts() -> dict[str, str]:
    """Return every text file that is committed or about to be, by its name."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    found = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        data = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in data:
            # A publisher's file has whatever encoding it came in.
            given = "data/raw/" in name or name.startswith(("data/quarantine/", "tests/sources/"))
            found[name] = data.decode("utf-8", "replace" if given else "strict")
    return found


def test_no_file_names_a_folder_of_this_machine_or_a_package_registry() -> None:
    files = texts()
    assert {"pyproject.toml", "requirements.lock", "src/adoption/law/rules.py"} <= files.keys()
    folders = "|".join(re.escape(folder.rstrip("/")) for folder in FOLDERS)
    machine = re.compile(rf"(?<![\w./-])(?:{folders})(?![\w.-])")
    registry = re.compile("|".join(rf"\b{re.escape(host)}\b" for host in HOSTS))
    for name, text in files.items():
        for pattern in (machine, registry):
            found = pattern.search(text)
            line = text.count("\n", 0, found.start()) + 1 if found else 0
            assert found is None, f"{name}: line {line}: {found and found[0]}"


def test_nothing_that_a_run_leaves_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [Path(name) for name in listed.stdout.decode().split("\0")]
    left = re.compile(r"\.lock|\.coming.*|.*\.log(\.\d)?|\.current|\.ipynb_checkpoints")
    assert not [name for name in names if left.fullmatch(name.name)]
    assert not [name for name in names if {"runs", "quarantine", "__pycache__"} & {*name.parts}]


def test_the_version_is_the_same_everywhere(project: dict[str, Any]) -> None:
    """`src/adoption/__init__.py` has it, and the release refuses another one."""
    assert project["dynamic"] == ["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    check_version(str(citation["version"]))
    with pytest.raises(SystemExit, match=r"VERSION: '0\.0' is asked for, src/adoption/__init__.py"):
        check_version("0.0")


def test_a_data_release_can_be_checked_and_cited(tmp_path: Path) -> None:
    release = data_release(tmp_path, __version__)
    assert data_release(tmp_path / "", __version__).read_bytes() == release.read_bytes()
    with zipfile.ZipFile(release) as packed:
        files = {Path(name).name: packed.read(name) for name in packed.namelist()}
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert {"acts.csv", "acts.parquet", "datapackage.json", "CITATION.cff"} <= files.keys()
    assert files["VERSION"].decode().startswith(f"adoption {__version__}, data of 20")


def test_a_bill_of_materials_names_what_is_pinned(tmp_path: Path) -> None:
    bill = json.loads(materials(tmp_path, __version__).read_bytes())
    purls = (re.split("[/@]", part["purl"]) for part in bill["components"])
    assert {canonical(name): pin for _, name, pin in purls} == pins(LOCKS[1])


def test_every_fault_of_the_list_can_still_be_made() -> None:
    assert [why for fault in every() if (why := misplaced(fault))] == []


def test_a_newer_lock_that_cannot_be_installed_leaves_the_environment_as_it_is(
    tmp_path: Path,
) -> None:
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    venv = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    stamps = [venv / name for name in ("by-hand", ".runs", ".ready")]
    for stamp in stamps:
        stamp.touch()
        os.utime(stamp, (1, 1))  # older than the locks

    # Without what a `make` that runs these tests was told, which would name another environment.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}

    def setup() -> subprocess.CompletedProcess[str]:
        command = ["make", "setup", "VENV=.venv", f"PYTHON={sys.executable}"]
        return subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )

    again = setup()
    assert (again.returncode, stamps[0].exists()) == (0, True), again.stderr
    assert again.stdout.count("it is unchanged; run make setup") == 2
    for stamp in stamps[1:]:
        stamp.unlink()
    assert setup().returncode == 2, "what was never complete is not used"
