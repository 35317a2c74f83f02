"""Killed while it changes the data, or without room on the disk: the next refresh ends it well.

Every file is compared with what it was before and what an undisturbed refresh makes of it.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import random
import shutil
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from adoption.data import run
from adoption.errors import AdoptionError
from adoption.refresh.decision import begun
from adoption.refresh.judging import JUDGING
from adoption.refresh.place import Place
from adoption.refresh.telling import remembered
from tests.conftest import FROZEN
from tests.fetching.publisher_server import closed_port
from tests.fetching.snapshots import assert_whole_snapshot
from tests.refresh.life import MISPRINTED, SOURCE, Depositary, Project

pytestmark = pytest.mark.slow

if not hasattr(os, "fork"):
    pytest.skip("processes are not killed so on this system", allow_module_level=True)
PROCESSES = multiprocessing.get_context("forkserver")
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod")
KILLS = 10  # of each of two refreshes
Files = dict[str, bytes]


@dataclass(frozen=True)
class Order:
    """A refresh to be done in a process of its own, which may be killed or have little room.

    Attributes
    ----------
    root : Path
        The project.
    day : str
        When.
    wanted : dict
        What.
    dies_before : int
        The change of the file system before which it is killed; 0 for none.
    largest : int
        Bytes of a file that can be written; 0 for any.
    at_home : bool
        Whether it is done by the process that has the children, so that they know its data.
    """

    root: Path
    day: str
    wanted: dict[str, Any]
    dies_before: int = 0
    largest: int = 0
    at_home: bool = False


def changes(event: str, given: tuple[Any, ...]) -> bool:
    """Return whether a step changes files of the project."""
    if any(JUDGING in str(each) for each in given):
        return False  # what is done there changes nothing that is used
    if event == "open":
        _, mode, flags = given
        return bool(set(mode or "") & set("wxa+")) or bool(flags & (os.O_WRONLY | os.O_RDWR))
    return event in CHANGES


def do(order: Order, ends: Connection) -> None:
    """Refresh, and send how many changes were made, or the error."""
    made = 0

    def count(event: str, given: tuple[Any, ...]) -> None:
        nonlocal made
        if changes(event, given):
            made += 1
            if made == order.dies_before:
                os.kill(os.getpid(), signal.SIGKILL)

    os.environ["ADOPTION_HOME"] = str(order.root)
    if order.largest:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.largest, order.largest))
    sys.addaudithook(count)
    try:
        Project(order.root, "http://127.0.0.1:1").refresh(order.day, **order.wanted)
    except AdoptionError as error:
        ends.send(str(error))
    else:
        ends.send(made)


def serve(orders: Connection) -> None:
    """Do what is ordered, each in a child of this process, which knows the data already."""
    children = multiprocessing.get_context("fork")
    while True:
        try:
            order = orders.recv()
        except EOFError:
            return
        if order.at_home:
            do(order, orders)
            continue
        ours, theirs = children.Pipe(duplex=False)
        child = children.Process(target=do, args=(order, theirs))
        child.start()
        theirs.close()
        try:
            orders.send(ours.recv())
        except EOFError:  # killed
            orders.send(None)
        child.join()


@pytest.fixture(scope="module")
def server() -> Iterator[Connection]:
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=serve, args=(theirs,))
    process.start()
    theirs.close()
    yield ours
    ours.close()
    process.join(60)
    assert process.exitcode == 0


@dataclass(frozen=True)
class Scene:
    """A project in which a refresh is about to accept a list.

    Attributes
    ----------
    template : Path
        The project, to be copied.
    wanted : dict
        What the refresh is told.
    before, after : dict
        Every file as it is, and as an undisturbed refresh leaves it.
    steps : int
        How many changes it makes.
    """

    template: Path
    wanted: dict[str, Any]
    before: Files
    after: Files
    steps: int


def seen(root: Path) -> Files:
    """Return every file of the data that somebody sees."""
    data = root / "data"
    files = [path.relative_to(data) for path in sorted(data.rglob("*")) if path.is_file()]
    shown = [file for file in files if not any(part.startswith(".") for part in file.parts)]
    return {file.as_posix(): (data / file).read_bytes() for file in shown}


def different(some: Files, others: Files) -> list[str]:
    """Return the names of the files that are not the same."""
    return [n for n in sorted(some.keys() | others.keys()) if some.get(n) != others.get(n)]


def ask(server: Connection, order: Order) -> Any:
    server.send(order)
    assert server.poll(300)
    return server.recv()


def later(server: Connection, root: Path) -> None:
    """Let a refresh on a later day ask for another list, which it does not get."""
    bases = {"untc": f"http://127.0.0.1:{closed_port()}"}
    done = ask(server, Order(root, "2026-12-20", {"sources": ("untc-uncac",), "bases": bases}))
    assert isinstance(done, int), done


def scene(server: Connection, folder: Path, wanted: dict[str, Any]) -> Scene:
    """Refresh undisturbed in a copy of a project; check what comes of it."""
    template = folder / "template"
    home = copied(template, folder / "home")
    assert isinstance(ask(server, Order(home, "2026-12-01", wanted, at_home=True)), int)
    whole = copied(template, folder / "undisturbed")
    steps = ask(server, Order(whole, "2026-12-01", wanted))
    assert isinstance(steps, int), steps
    place = Place(whole)
    assert run.check(place.raw, place.reference, place.processed) == []
    found = Scene(template, wanted, seen(template), seen(whole), steps)
    assert found.before != found.after
    assert {"feed.xml", "CHANGES.md"} <= found.after.keys()
    return found


def copied(template: Path, root: Path) -> Path:
    shutil.copytree(template, root)
    return root


@pytest.fixture(scope="module")
def by_a_person(server: Connection, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A list that was refused waits for a person, who accepts it now."""
    folder = tmp_path_factory.mktemp("by-a-person")
    project = Project.copy(FROZEN, folder / "template")
    file = folder / "list.xml"
    file.write_bytes(Depositary.agreed(project).content(**MISPRINTED))
    given = {"file": file, "saved": date(2026, 12, 1)}
    assert isinstance(ask(server, Order(project.root, "2026-12-01", given)), int)
    assert len(project.aside()) == 1
    return scene(server, folder, {"accept": "It says so", "by": "A. Person"})


@pytest.fixture(scope="module")
def by_itself(server: Connection, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A list in which no guard finds fault makes an exception needless."""
    folder = tmp_path_factory.mktemp("by-itself")
    project = Project.copy(FROZEN, folder / "template")
    reference = project.root / "data" / "reference"
    early = "hanoi,QAT,Qatar,confirmation of signature,2025-10-01,,,reported,untc-xml,\n"
    known = "act-before-opening,hanoi QAT confirmation of signature,2025-10-01,an error\n"
    for name, row in (("acts.csv", early), ("exceptions.csv", known)):
        with (reference / name).open("a", encoding="utf-8") as out:
            out.write(row)
    place = Place(project.root)
    run.build(place.raw, place.reference, place.processed)
    depositary = Depositary.agreed(project)
    depositary.signs(date(2026, 4, 20), "Kenya")
    file = folder / "list.xml"
    file.write_bytes(depositary.content())
    return scene(server, folder, {"file": file, "saved": date(2026, 12, 1)})


def assert_readable(root: Path, before: Files, after: Files) -> None:
    """Check that what a killed refresh left can be read, and holds nothing half written."""
    reference, place = root / "data" / "reference", Place(root)
    for name in ("exceptions.csv", "acceptances.csv"):
        if (reference / name).exists():
            with (reference / name).open(encoding="utf-8", newline="") as file:
                assert len({len(row) for row in csv.reader(file, strict=True)}) == 1
    for folder in [*(place.raw / SOURCE).glob("*"), *(place.aside / SOURCE).glob("*")]:
        assert_whole_snapshot(folder, refused=place.aside in folder.parents)
    found = {n: data for n, data in seen(root).items() if n.startswith("processed/")}
    known = [{n: f[n] for n in f if n.startswith("processed/")} for f in (before, after)]
    if found:
        assert found in known
    else:  # in the moment between the two moves the tables of before are beside
        assert (place.data / ".processed.previous" / "acts.parquet").is_file()


@pytest.mark.parametrize("scene_of", ["by_a_person", "by_itself"])
def test_killed_at_random_moments(
    server: Connection, tmp_path: Path, scene_of: str, request: pytest.FixtureRequest
) -> None:
    known: Scene = request.getfixturevalue(scene_of)
    chance = random.Random(6)
    ends = []
    for number in range(KILLS):
        step = 1 + int(known.steps * (number + chance.random()) / KILLS)  # all of it is tried
        root = copied(known.template, tmp_path / str(number))
        assert ask(server, Order(root, "2026-12-01", known.wanted, dies_before=step)) is None
        assert_readable(root, known.before, known.after)
        later(server, root)
        found = seen(root)
        assert any(not different(found, each) for each in (known.before, known.after)), (
            f"killed before change {step}: {different(found, known.after)}"
        )
        ends.append(found == known.after)
        assert not list((root / "data" / "reference").glob(".*")), "nor anything half written"
        assert (begun(Place(root)), remembered(Place(root))) == (None, None)
        if number == 0:
            ask(server, Order(root, "2026-12-01", known.wanted))
            assert seen(root) == known.after, "as if it had not been killed before"
        shutil.rmtree(root)
    assert ends == sorted(ends), (
        "once it has begun to change what is used, it is brought to its end"
    )
    assert not ends[0]
    assert ends[-1]


@pytest.mark.parametrize(
    ("largest", "line"),
    [
        (5_000, r"cannot be read or written: File too large"),
        (400_000, r"/data/processed: cannot be written: File too large"),
    ],
    ids=["before anything has changed", "when the list is in use already"],
)
def test_a_full_disk_is_one_line_and_the_next_refresh_ends_it(
    server: Connection, tmp_path: Path, by_itself: Scene, largest: int, line: str
) -> None:
    """The tables are the largest files; those of before are kept in a smaller form."""
    root = copied(by_itself.template, tmp_path / "full")
    said = ask(server, Order(root, "2026-12-01", by_itself.wanted, largest=largest))
    assert line in str(said)
    assert len(str(said).splitlines()) == 1
    assert_readable(root, by_itself.before, by_itself.after)
    is_in_use = (root / "data" / "raw" / SOURCE).exists()
    assert is_in_use == (largest > 5_000)
    later(server, root)
    assert different(seen(root), by_itself.after if is_in_use else by_itself.before) == []
