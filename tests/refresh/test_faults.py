"""Every fault of a publisher, by a real server, through a refresh: a clear line, nothing changed.

What the parsers and guards do with each is tested beside them; here it is that a refresh ends
as it should, that the status says so, and that not a byte that is used is another one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from adoption.data.readers.listed import ListedAct
from adoption.refresh.outcome import Result
from tests.fetching.answers import (
    Answer,
    announcing,
    bomb,
    dripping,
    page,
    redirect,
    silent,
    stalled,
    unless_known,
)
from tests.fetching.conftest import QUICK
from tests.fetching.publisher_server import Publisher, closed_port
from tests.refresh.life import MAINTENANCE, SOURCE, TARGET, TITLE, Depositary, Project
from tests.sources.mtdsg import CONSENT, HEADINGS, SIGNATURE, mtdsg, printed

pytestmark = pytest.mark.slow

IN_USE = "2026-12-01"
TAG = '"in use"'
HASTY = replace(QUICK, read=0.3, attempts=1)
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
    "429": (page(b"", 429, Retry_After="0"), "429 Too Many Requests (asked 3 times)"),
    "429, later": (page(b"", 429, Retry_After="900"), "asks to wait 900 s; allowed: 2 s at most"),
    "500": (page(b"", 500), "500 Internal Server Error (asked 3 times); allowed: 200"),
    "404": (page(b"", 404), "answered 404 Not Found; allowed: 200"),
    "a loop": (redirect(TARGET), "in a circle; allowed: each address once"),
    "another host": (redirect("http://example.org/"), "redirects to http://example.org/, another"),
    "cut": (announcing(5000, b"<?xml"), "broken off after 5 of 5,000 bytes"),
    "too long": (announcing(3, b"<?xml version"), "more came than Content-Length announces"),
    "a bomb": (bomb(30), "is too large when unpacked; allowed: 20,000,000 bytes"),
    "nothing": (page(b""), "answered 200 with nothing in it; allowed: a file"),
}
SLOW: dict[str, tuple[Answer, str]] = {
    "before it began": (silent(), "no answer; allowed: its beginning within 0.3 s"),
    "in mid-body": (stalled(b"x" * 900, 100), "nothing more came after 100 of 900 bytes"),
    "drip by drip": (dripping(0.05), "time was up after "),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("fault", UNREACHABLE)
def test_what_does_not_come_whole(project: Project, server: Publisher, fault: str) -> None:
    answer, line = UNREACHABLE[fault]
    server.gives(TARGET, answer)
    assert_not_reached(project, line)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("fault", SLOW)
def test_what_does_not_come_in_time(project: Project, server: Publisher, fault: str) -> None:
    answer, line = SLOW[fault]
    server.gives(TARGET, answer)
    assert_not_reached(project, line, limits=replace(HASTY, whole=1))


@pytest.mark.usefixtures("unchanged")
def test_nobody_listens(project: Project, server: Publisher) -> None:
    project.base = f"http://127.0.0.1:{closed_port()}"
    assert_not_reached(project, "Connection refused) (asked 3 times)")
    assert server.asked == []


@pytest.mark.usefixtures("unchanged", "server")
def test_nobody_knows_the_host(project: Project) -> None:
    project.base = "http://publisher.invalid"
    assert_not_reached(project, "no address is known for publisher.invalid")


def assert_not_reached(project: Project, line: str, **wanted: Any) -> None:
    aside = project.files("aside")
    outcome = project.refresh("2026-12-08", **wanted)
    (found,) = outcome.results
    assert (outcome.status, found.kind, outcome.changed) == (4, "unreachable", False)
    assert line in found.told
    assert found.told.startswith(project.base + TARGET)
    assert project.said[-1] == str(found)
    assert all(len(said.splitlines()) == 1 for said in project.said)
    assert project.files("aside") == aside


def test_what_fails_for_a_moment_is_asked_again(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    before = project.files("raw", "aside")
    server.gives(TARGET, page(b"", 500), unless_known(depositary.content(), TAG, ""))
    outcome = project.refresh("2026-12-08")
    assert (outcome.status, [result.kind for result in outcome.results]) == (0, ["unchanged"])
    assert len(server.asked) == 2
    assert "answered 500 Internal Server Error; allowed: 200" in project.said[0]
    assert project.said[0].endswith("; asking again (2 of 3)")
    assert project.files("raw", "aside") == before


# What comes and is no list


def _as_it_is(change: Callable[[bytes], bytes]) -> Callable[[Depositary], bytes]:
    return lambda depositary: change(depositary.content())


def _with(old: bytes, new: bytes) -> Callable[[Depositary], bytes]:
    def change(content: bytes) -> bytes:
        assert content.count(old) >= 1
        return content.replace(old, new, 1)

    return _as_it_is(change)


HEAD = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n'
OF_ENTITIES = b'<!DOCTYPE a [<!ENTITY a "Qatar"><!ENTITY b "&a;&a;">]>'
OF_A_FILE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
OUTSIDE = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">'
UNREADABLE: dict[str, tuple[Callable[[Depositary], bytes], str]] = {
    "a maintenance page": (lambda _: MAINTENANCE, "an HTML page, which says 'urgent maintenance'"),
    "another encoding than declared": (
        lambda d: d.content(encoding="ISO-8859-1", declared="UTF-8"), "UTF-8"),
    "entities": (_with(HEAD, HEAD + OF_ENTITIES), "DOCTYPE"),
    "an entity that is a file": (_with(HEAD, HEAD + OF_A_FILE), "DOCTYPE"),
    "an external DTD": (_with(HEAD, HEAD + OUTSIDE), "DOCTYPE"),
    "a renamed heading": (_with(b"<Entry>Signature<", b"<Entry>Autograph<"), "'Autograph'"),
    "an unknown participant": (_with(b"<Entry>Angola<", b"<Entry>Angolia<"),
                               "unknown participant 'Angolia'; nearest: Angola"),
    "a day that does not exist": (_with(b"25 Oct\t 2025", b"31 Sep\t 2025"),
                                  "'31 Sep 2025' is not a day of the calendar"),
    "an empty table": (lambda _: mtdsg(TITLE, []), "the table of participants has no rows"),
    "half a file": (_as_it_is(lambda content: content[: len(content) // 2]), "not well-formed"),
    "another kind of file": (lambda _: json.dumps({"a": 1}).encode(), "which is not XML"),
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


def _without(act: ListedAct) -> Callable[[Depositary], bytes]:
    return lambda d: mtdsg(TITLE, printed([each for each in d.acts if each != act]))


def _as_another(act: ListedAct, **changes: Any) -> Callable[[Depositary], bytes]:
    new = replace(act, **changes)
    return lambda d: mtdsg(TITLE, printed([new if each == act else each for each in d.acts]))


GUARDED: dict[str, tuple[Callable[[Depositary], bytes], str]] = {
    "a total that differs": (
        lambda d: d.content(signatories=99),
        "list-total-differs: hanoi signatories: header 99, counted 75",
    ),
    "a vanished act": (
        _without(QATAR), "act-vanished: hanoi QAT ratification: 2026-03-03, "
                         "not in the list of 2026-12-08"
    ),
    "a changed day": (
        _as_another(ANGOLA, day=date(2025, 10, 26)),
        "act-day-changed: hanoi AGO signature: 2025-10-25, "
        "but 2025-10-26 in the list of 2026-12-08",
    ),
    "a day in brackets": (
        _as_another(QATAR, superseded=True),
        "act-superseded: hanoi QAT ratification: 2026-03-03, in brackets in the list of 2026-12-08",
    ),
    "an act in the future": (
        lambda d: mtdsg(TITLE, printed([*d.acts, replace(QATAR, participant="Angola",
                                                         day=date(2026, 12, 9))])),
        "act-in-the-future: hanoi AGO ratification: 2026-12-09",
    ),
}  # fmt: skip


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("fault", GUARDED)
def test_what_a_guard_stops_is_put_aside(
    project: Project, depositary: Depositary, server: Publisher, fault: str
) -> None:
    damage, line = GUARDED[fault]
    assert refused(project, server, damage(depositary)).told.startswith(line)


# What is only printed otherwise


def test_another_order_footnotes_and_corrected_days_are_no_faults(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    """A signature in brackets beside the one that stands was never counted."""
    rows = [(consent, name, signature) for name, signature, consent in printed(depositary.acts)]
    rows = [
        (consent, f"{name} <superscript>1,2</superscript>", f"[24 Oct 2025 ] {signature}")
        if name == "Angola" else (consent, name, signature)
        for consent, name, signature in rows
    ]  # fmt: skip
    headings = (CONSENT, HEADINGS[0], SIGNATURE)
    total = len({act.participant for act in depositary.acts if act.act == "signature"})
    content = mtdsg(TITLE, rows, signatories=total, headings=headings)
    server.gives(TARGET, page(content))
    before = project.table("acts")
    outcome = project.refresh("2026-12-15")
    assert outcome.status == 0, project.said
    (found,) = outcome.results
    assert found.kind == "accepted"
    after = project.table("acts").query("convention == 'hanoi'")
    kept = ["iso3", "act", "date", "grade"]
    same = before.query("convention == 'hanoi'")
    assert after[kept].reset_index(drop=True).equals(same[kept].reset_index(drop=True))
