"""Every fault of a publisher, by a real server, through a refresh: a clear line, nothing changed.

What the parsers and guards do with each is tested beside them; here it is that a refresh ends
as it should, that the status says so, and that not a byte that is used is another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from adoption.data.readers.listed import ListedAct
from adoption.refresh.outcome import Result
from tests.fetching.answers import announcing, bomb, dripping, page, redirect, stalled
from tests.fetching.conftest import QUICK
from tests.fetching.publisher_server import Answer, Publisher
from tests.refresh.life import MAINTENANCE, SOURCE, TARGET, TITLE, Depositary, Project
from tests.sources.mtdsg import mtdsg, printed

pytestmark = pytest.mark.slow

IN_USE = "2026-12-01"
TAG = '"in use"'
FILE = "XVIII-16.en.xml"
ANGOLA = ListedAct("Angola", "signature", date(2025, 10, 25))
QATAR = ListedAct("Qatar", "ratification", date(2026, 3, 3))


@pytest.fixture(scope="module")
def depositary(project: Project) -> Depositary:
    """A depositary whose list is in use."""
    found = Depositary.agreed(project)
    with Publisher() as server:
        server.gives(TARGET, page(found.content(), etag=TAG))
        project.base = server.base
        assert project.refresh(IN_USE).status == 0
    return found


@pytest.fixture
def server(depositary: Depositary, server: Publisher) -> Publisher:
    """The publisher, once the depositary's list is in use."""
    assert depositary.acts
    return server


@pytest.fixture
def unchanged(project: Project) -> Iterator[None]:
    """What is used has to stay as it is, to the byte."""
    before = project.files()
    yield
    assert project.files() == before


def refused(project: Project, server: Publisher, content: bytes) -> Result:
    """Refresh while the server gives some content, which has to be put aside as it came."""
    server.gives(TARGET, page(content))
    outcome = project.refresh("2026-12-08")
    (found,) = outcome.results
    assert (outcome.status, found.kind, outcome.changed) == (3, "refused", False), found.told
    assert [line for line in project.said if line.startswith(f"{SOURCE}: refused")] == [str(found)]
    assert len(f"{found}".splitlines()) == 1
    kept = project.root / found.place
    assert kept.parent == project.root / "data" / "aside" / SOURCE
    assert (kept / FILE).read_bytes() == content
    first, *others = (kept / "reason.txt").read_text(encoding="utf-8").splitlines()
    assert first == found.told
    said = found.verdict.lines
    assert others == (list(said) if len(said) > 1 else [])
    return found


# What does not come

UNREACHABLE: dict[str, tuple[Answer, str]] = {
    "429, later": (page(b"", 429, Retry_After="900"), "asks to wait 900 s; allowed: 2 s at most"),
    "500": (page(b"", 500), "500 Internal Server Error (asked 3 times); allowed: 200"),
    "another host": (redirect("http://example.org/"), "redirects to http://example.org/, another"),
    "cut": (announcing(5000, b"<?xml"), "broken off after 5 of 5,000 bytes"),
    "a bomb": (bomb(30), "is too large when unpacked; allowed: 20,000,000 bytes"),
    "in mid-body": (stalled(b"x" * 900, 100), "nothing more came after 100 of 900 bytes"),
    "drip by drip": (dripping(0.05), "time was up after "),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("fault", UNREACHABLE)
def test_what_does_not_come_whole_or_in_time(
    project: Project, server: Publisher, fault: str
) -> None:
    answer, line = UNREACHABLE[fault]
    server.gives(TARGET, answer)
    limits = (
        replace(QUICK, read=0.3, whole=1, attempts=1)
        if fault in ("in mid-body", "drip by drip")
        else QUICK
    )
    aside = project.files("aside")
    outcome = project.refresh("2026-12-08", limits=limits)
    (found,) = outcome.results
    assert (outcome.status, found.kind, outcome.changed) == (4, "unreachable", False)
    assert line in found.told
    assert found.told.startswith(project.base + TARGET)
    assert project.said[-1] == str(found)
    assert all(len(said.splitlines()) == 1 for said in project.said)
    assert project.files("aside") == aside


# What comes and is no list


def _with(old: bytes, new: bytes) -> Callable[[Depositary], bytes]:
    return lambda depositary: depositary.content().replace(old, new, 1)


UNREADABLE: dict[str, tuple[Callable[[Depositary], bytes], str]] = {
    "a maintenance page": (lambda _: MAINTENANCE, "an HTML page, which says 'urgent maintenance'"),
    "an entity that is a file": (
        _with(b"<Document>", b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><Document>'),
        "DOCTYPE"),
    "an unknown participant": (_with(b"<Entry>Angola<", b"<Entry>Angolia<"),
                               "unknown participant 'Angolia'; nearest: Angola"),
    "half a file": (lambda d: d.content()[: len(d.content()) // 2], "not well-formed"),
}  # fmt: skip


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("fault", UNREADABLE)
def test_what_cannot_be_read_is_put_aside(
    project: Project, depositary: Depositary, server: Publisher, fault: str
) -> None:
    damage, line = UNREADABLE[fault]
    found = refused(project, server, damage(depositary))
    assert found.told.startswith(f"{FILE}: ")
    assert line in found.told


# What a guard stops


def _as_another(act: ListedAct, **changes: Any) -> Callable[[Depositary], bytes]:
    new = replace(act, **changes)
    return lambda d: mtdsg(TITLE, printed([new if each == act else each for each in d.acts]))


GUARDED: dict[str, tuple[Callable[[Depositary], bytes], str]] = {
    "a total that differs": (
        lambda d: d.content(signatories=99),
        "list-total-differs: hanoi signatories: header 99, counted 75"),
    "a vanished act": (
        lambda d: mtdsg(TITLE, printed([each for each in d.acts if each != QATAR])),
        "act-vanished: hanoi QAT ratification: 2026-03-03, not in the list of 2026-12-08"),
    "a changed day": (
        _as_another(ANGOLA, day=date(2025, 10, 26)),
        "act-day-changed: hanoi AGO signature: 2025-10-25, but 2025-10-26 in the list of "
        "2026-12-08"),
    "an act in the future": (
        _as_another(QATAR, day=date(2026, 12, 9)), "act-in-the-future: hanoi QAT ratification: "),
}  # fmt: skip


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("fault", GUARDED)
def test_what_a_guard_stops_is_put_aside(
    project: Project, depositary: Depositary, server: Publisher, fault: str
) -> None:
    damage, line = GUARDED[fault]
    found = refused(project, server, damage(depositary))
    assert found.told.startswith(line)
    assert project.said[-1] == (
        f"{SOURCE}: to see what it would change: adoption diff {found.place}; to use it if the "
        f"publisher is right: adoption refresh --source {SOURCE} --snapshot "
        f"{found.place.rpartition('/')[2]} --accept REASON --by NAME"
    )
