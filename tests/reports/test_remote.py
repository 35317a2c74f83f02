"""A report at an address: whole or not led to, and told in one line if it cannot be there."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from adoption.cli import main
from adoption.errors import AdoptionError
from adoption.report_options import destination
from adoption.reports.publish import copy_run, opened
from tests.reports.conftest import Page, Project, code, parameters, text
from tests.reports.publishing import files, publish

WORDS = {"a": "first", "b": "second"}


class Store:
    """A folder in memory, with a count of what is put there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.address = f"memory://{uuid4().hex}/reports"
        self.system = MemoryFileSystem()
        self.base = self.address.removeprefix("memory:/")
        self.put: list[str] = []
        self.room: int | None = None  # files that may still be put
        stock = MemoryFileSystem.put_file

        def put_file(system: Any, source: str, target: str, **more: Any) -> Any:
            if self.room is not None and len(self.put) >= self.room:
                raise PermissionError("Access Denied")
            self.put.append(target.removeprefix(f"{self.base}/"))
            return stock(system, source, target, **more)

        monkeypatch.setattr(MemoryFileSystem, "put_file", put_file)

    def names(self) -> set[str]:
        return {str(path).removeprefix(f"{self.base}/") for path in self.system.find(self.base)}

    def read(self, name: str) -> bytes:
        data: bytes = self.system.cat_file(f"{self.base}/{name}")
        return data

    def runs(self) -> set[str]:
        return {name.split("/")[1] for name in self.names() if name.startswith("runs/")}

    def assert_is(self, run: Path) -> None:
        """Check that a run is there, whole, and that both ways lead to it."""
        for name, data in files(run):
            assert self.read(f"runs/{run.name}/{name}") == data
        assert json.loads(self.read("latest.json"))["run"] == run.name
        page = Page(self.read("index.html").decode())
        assert page.all("a") == [{"href": f"runs/{run.name}/index.html"}]
        assert page.all("meta", content=f"0; url=runs/{run.name}/index.html")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    return Store(monkeypatch)


def test_a_run_is_copied_whole_and_led_to_last(tmp_path: Path, store: Store) -> None:
    run = publish(tmp_path, WORDS)
    assert copy_run(run, store.address, keep=3) == f"{store.address}/index.html"
    store.assert_is(run)
    assert store.put[-2:] == ["latest.json", "index.html"]
    assert len(store.put) == len(list(files(run))) + 2


def test_half_a_copy_is_led_to_by_nobody_and_then_made_whole(tmp_path: Path, store: Store) -> None:
    first = publish(tmp_path, WORDS)
    copy_run(first, store.address, keep=3)
    second = publish(tmp_path, {"a": "third", "b": "second", "c": "fourth"})
    store.room = len(store.put) + 3
    with pytest.raises(AdoptionError) as caught:
        copy_run(second, store.address, keep=0)
    assert str(caught.value) == (
        f"{store.address}: cannot be written, the report stays in {second}: Access Denied"
    )
    store.assert_is(first)
    part = next(iter(files(second)))[0]
    store.system.pipe_file(f"{store.base}/runs/{second.name}/{part}", b"ha")  # cut off
    store.room, before = None, len(store.put)
    copy_run(second, store.address, keep=3)
    store.assert_is(second)
    assert len(store.put) - before == len(list(files(second))) - 3 + 1 + 2


def test_so_many_earlier_runs_stay_there(tmp_path: Path, store: Store) -> None:
    store.system.pipe_file(f"{store.base}/runs/notes/mine.txt", b"not a run")
    made = []
    for number in range(5):
        made.append(publish(tmp_path, {"a": str(number)}, keep=9))
        copy_run(made[-1], store.address, keep=2)
    assert store.runs() == {"notes", *(run.name for run in made[-3:])}
    copy_run(made[-1], store.address, keep=0)
    assert store.runs() == {"notes", made[-1].name}
    store.assert_is(made[-1])


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nothing://there", "cannot be opened: Protocol not known: nothing"),
        ("gs://bucket/reports", "cannot be opened: "),
    ],
)
def test_an_address_without_a_driver_is_told_before_anything_is_made(
    project: Project, capsys: pytest.CaptureFixture[str], address: str, says: str
) -> None:
    project.write("a", text("# A"), parameters(), code("1"))
    project.plan('[[page]]\nslug = "a"\nnotebook = "a"\n')
    assert main(["report", "--output", address]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"adoption: {address}: {says}")
    assert error.count("\n") == 1
    assert not (project.root / "reports").exists()


def test_without_fsspec_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(AdoptionError, match=re.escape("pip install 'adoption[dask]'")):
        opened("memory://reports")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (None, {}),
        ("/srv/reports", {"output": Path("/srv/reports")}),
        ("s3://b/r", {"remote": "s3://b/r"}),
        ("file:///srv/r", {"output": Path("/srv/r")}),
    ],
)
def test_a_folder_or_an_address(written: str | None, meant: dict[str, Any]) -> None:
    assert destination(written) == meant
