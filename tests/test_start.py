"""A folder of one's own: from a checkout, and from a wheel in an environment of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from adoption import tables
from adoption.core import paths
from adoption.core.errors import AdoptionError
from tests.conftest import ROOT
from tests.test_cli import run

READ_ONLY = (
    "adoption: the data of the installed package are read only: make a folder of your own with "
    "`adoption start DIR`, and work in it\n"
)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a folder and below, but of no compiled one."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.mark.parametrize("exists", [False, True])
def test_a_new_or_empty_folder_becomes_a_project_of_its_own(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    exists: bool,
) -> None:
    folder = tmp_path / "mine"
    if exists:
        folder.mkdir()
    status, out, err = run(capsys, "start", str(folder))
    assert (status, err) == (0, "")
    assert f"cd {folder}" in out
    assert {path.name for path in folder.iterdir()} == {
        ".gitattributes",
        "README.md",
        "data",
        "docs",
        "notebooks",
        "reports.toml",
    }
    monkeypatch.delenv("ADOPTION_HOME")
    monkeypatch.chdir(folder / "notebooks")
    assert paths.writable_root() == folder.resolve()
    ours, theirs = digests(ROOT / "data"), digests(folder / "data")
    assert theirs.pop("started.toml")
    assert theirs.items() <= ours.items()
    left_out = {name.split("/")[0] for name in ours.keys() - theirs.keys()}
    assert left_out <= {".lock", "quarantine"}
    assert len(tables.read("acts")) > 1000


def test_what_is_there_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    for folder, why in ((tmp_path, "is not empty"), (file, "is a file"), (file / "x", "is a file")):
        status, out, err = run(capsys, "start", str(folder))
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(f"adoption: {folder}: {why}")
    assert digests(tmp_path) == {"notes.txt": hashlib.sha256(b"mine").hexdigest()}


def test_a_copy_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from adoption.cli.start import make_working_folder

    monkeypatch.setattr("adoption.cli.start.FILES", ("reports.toml", "no-such-file"))
    with pytest.raises(AdoptionError, match="cannot be written"):
        make_working_folder(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; its dependencies are those of the tests."""
    home = tmp_path_factory.mktemp("wheel")
    called(home, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", home, cwd=ROOT)
    venv.create(home / "env", with_pip=False)
    python = home / "env" / "bin" / "python"
    (wheel,) = home.glob("*.whl")
    pip = ("-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    called(home, sys.executable, *pip)
    (site,) = (home / "env").glob("lib/*/site-packages")
    (site / "tests.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return python


def called(place: Path, *words: str | Path, cwd: Path | None = None, status: int = 0) -> str:
    """Run a command outside the project; return what it printed."""
    environment = {k: v for k, v in os.environ.items() if k not in ("ADOPTION_HOME", "PYTHONPATH")}
    environment["JUPYTER_PATH"] = f"{sys.prefix}/share/jupyter"  # nbconvert's templates
    ended = subprocess.run(
        [*map(str, words)],
        cwd=cwd or place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == status, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@pytest.mark.slow
def test_the_wheel_alone_answers_and_makes_a_report(installed: Path, tmp_path: Path) -> None:
    command = installed.with_name("adoption")
    asked = "import adoption as ad; print(ad.__file__); print(ad.status('hanoi').sentence)"
    where, sentence = called(tmp_path, installed, "-c", asked).splitlines()
    package = Path(where).parent
    assert package.is_relative_to(installed.parents[1])
    assert "signed the UN Convention against Cybercrime" in sentence
    before = digests(package)
    assert "home/data/processed/gci.csv" in before
    assert "signatories" in called(tmp_path, command, "status", "hanoi")
    for words in (["build"], ["refresh"], ["report"], ["backtest", "--force"]):
        assert called(tmp_path, command, *words, status=2) == READ_ONLY
    assert list(tmp_path.iterdir()) == []

    called(tmp_path, command, "start", "here")
    here = tmp_path / "here"
    assert called(here, command, "build", "--check") == "data/processed is current\n"
    assert "1 page made, 0 failed" in called(here, command, "report", "--country", "Kenya")
    assert "Kenya" in (here / "reports" / "latest" / "brief-ken.html").read_text(encoding="utf-8")
    assert digests(package) == before
