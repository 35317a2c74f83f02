"""`adoption report` when something outside goes wrong: killed, no place, nobody who listens."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adoption import cli
from adoption.reports.run import Options, run_report
from tests.reports.conftest import SHOW, Project, code, make_project, parameters, text
from tests.reports.publishing import assert_tidy, assert_whole, runs

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def module_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of one notebook, with a report of it in `out`."""
    made = make_project(tmp_path_factory.mktemp("faults") / "project")
    made.write("good", text("# Good kind\n\nWhat?"), parameters(), code(SHOW))
    made.plan('[[page]]\nslug = "good"\nnotebook = "good"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADOPTION_HOME", str(made.root))
        yield made


@pytest.fixture
def project(module_project: Project) -> Project:
    assert run_report(Options(output=module_project.root / "out")) == 0
    return module_project


def command(
    *words: str, script: str = "", out: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run `adoption report` in a process of its own."""
    begin = ["-c", script] if script else ["-m", "adoption"]
    return subprocess.run(
        [sys.executable, *begin, "report", *words], stdout=out, stderr=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip


# `latest` leads nowhere


@pytest.mark.parametrize("leads", ["", "runs/none"])
def test_where_latest_does_not_lead_to_the_last_run_it_is_put_in_place(
    project: Project, capsys: pytest.CaptureFixture[str], leads: str
) -> None:
    output = project.root / "out"
    before = runs(output)
    latest = output / "latest"
    latest.unlink()
    if leads:
        latest.symlink_to(leads)
    capsys.readouterr()
    assert run_report(Options(output=output)) == 0
    assert capsys.readouterr().out == f"nothing changed: {latest / 'index.html'}\n"
    assert (latest / "index.html").is_file()
    assert runs(output) == before, "nothing was made"
    assert assert_whole(output) == before[-1]
    assert_tidy(output)


# No place for it


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("n" * 300, "File name too long"),
        ("loop/below", "Too many levels of symbolic links"),
        ("/proc/adoption-test", "No such file or directory"),
    ],
    ids=["a long name", "below a loop", "in proc"],
)
@pytest.mark.usefixtures("project")
def test_a_place_that_cannot_be_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, reason: str
) -> None:
    if place.startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("this system has no /proc")
    (tmp_path / "loop").symlink_to("loop")
    capsys.readouterr()
    assert cli.main(["report", "--output", str(tmp_path / place)]) == cli.EXIT_BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"adoption: {tmp_path / place}"[:200])
    assert err.endswith(f": cannot be written: {reason}\n")
    assert len(err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]


# Nobody who listens


@pytest.mark.usefixtures("project")
def test_the_work_goes_on_when_standard_output_is_closed(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = command("--output", str(tmp_path / "new"), out=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
    assert assert_whole(tmp_path / "new")
    assert_tidy(tmp_path / "new")


@pytest.mark.usefixtures("project")
def test_the_work_is_done_where_there_is_no_standard_output_at_all(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "adoption", "report", "--output", str(tmp_path / "new")]
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *words], stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert assert_whole(tmp_path / "new")
    assert_tidy(tmp_path / "new")
