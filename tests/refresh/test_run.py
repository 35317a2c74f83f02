"""One refresh from end to end: many sources, each for itself, and what stops all of them.

The tests have one project in turn, and each leaves it in order.
"""

from __future__ import annotations

import re
import threading
from datetime import date

import pytest

from adoption.data.run import check
from adoption.errors import AdoptionError
from adoption.refresh.place import Place, nobody_else
from adoption.refresh.run import chosen
from adoption.refresh.wishes import Wishes
from tests.fetching.answers import page
from tests.fetching.publisher_server import Publisher, closed_port
from tests.refresh.life import MAINTENANCE, SOURCE, TARGET, Depositary, Project, registry
from tests.refresh.spies import count_tables
from tests.refresh.test_wishes import HERE

OTHER = "untc-uncac"
SECRET = "pa55w0rd"


def test_sources_by_hand_are_wanted_where_a_person_decides() -> None:
    known = registry()
    by_hand = {name for name, source in known.sources.items() if source.by_hand}
    assert {s.source for s in chosen(known, Wishes(HERE))} == known.sources.keys() - by_hand
    accepting = chosen(known, Wishes(HERE, accept="why"))
    assert {s.source for s in accepting} == known.sources.keys()
    (one,) = chosen(known, Wishes(HERE, convention="budapest", file=HERE))
    assert one.source == "coe-budapest"


def test_what_is_not_possible_is_one_line_and_changes_nothing(project: Project) -> None:
    before, file = project.files(), project.root / "a.xml"
    for wanted, line in (
        ({"file": file, "sources": ("untc",)}, "--file: whose file is it? name its --source"),
        ({"file": file, "sources": ()}, "--file: whose file is it? name its --source"),
        ({"file": file, "accept": "why"}, "--file and --accept: one or the other"),
        ({"sources": ("untc-hanoy",)}, "--source: no 'untc-hanoy'; did you mean untc-hanoi?"),
        ({"convention": "uncac"}, "--convention uncac: none of these sources has a list of its"),
        ({"bases": {"nobody": "http://127.0.0.1:1"}}, "--base: no publisher 'nobody'"),
        ({"bases": {"untc": f"me:{SECRET}@127.0.0.1"}}, "base address '127.0.0.1': is not one"),
        ({"bases": {"untc": f"http://me:{SECRET}@[::1"}}, "base address 'http://[::1': is not on"),
    ):
        with pytest.raises(AdoptionError) as caught:
            project.refresh("2026-12-01", **wanted)
        assert str(caught.value).startswith(line)
        assert SECRET not in str(caught.value)
    assert project.files() == before


def test_one_that_cannot_be_used_does_not_hold_up_the_others(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    """The password of the base address goes to its host and is written nowhere."""
    server.gives(TARGET, page(depositary.content()))
    server.gives(next(iter(registry().sources[OTHER].files.values())), page(MAINTENANCE))
    bases = {"untc": server.base.replace("://", f"://me:{SECRET}@")}
    wanted = (OTHER, "untc-rotterdam", SOURCE)
    outcome = project.refresh("2026-12-01", sources=wanted, bases=bases)
    kinds = {result.source: result.kind for result in outcome.results}
    assert kinds == {OTHER: "refused", "untc-rotterdam": "unreachable", SOURCE: "accepted"}
    assert (outcome.status, outcome.changed, outcome.data_day) == (3, True, "2026-12-01")
    assert project.said[:3] == [str(result) for result in outcome.results]
    advice = f"{OTHER}: docs/refresh.md says what to do with what cannot be accepted"
    assert project.said[3:] == [advice, outcome.summary]
    assert (project.root / "data" / "CHANGES.md").is_file()
    assert (project.root / "data" / "feed.xml").is_file()
    assert all(each.headers["authorization"].startswith("Basic ") for each in server.asked)
    everything = project.files("raw", "reference", "processed", "aside")
    assert not any(SECRET.encode() in data for data in everything.values())
    assert SECRET not in "\n".join(project.said) + str(outcome.plain())


def test_what_was_accepted_is_published_also_if_another_ends_the_refresh(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    """The folder of what is put aside is a file, so the second source cannot be put there."""
    depositary.signs(date(2026, 12, 2), "Kenya")
    server.gives(TARGET, page(depositary.content()))
    server.gives(next(iter(registry().sources[OTHER].files.values())), page(MAINTENANCE + b" "))
    aside = project.root / "data" / "aside"
    aside.rename(aside.with_name("elsewhere"))
    aside.write_bytes(b"")
    with pytest.raises(AdoptionError, match=r"/data/aside: cannot be read or written: File exis"):
        project.refresh("2026-12-02", sources=(SOURCE, OTHER))
    aside.unlink()
    aside.with_name("elsewhere").rename(aside)
    acts = project.table("acts").query("convention == 'hanoi' and iso3 == 'KEN'")
    assert list(acts["source"]) == [SOURCE]
    assert "Kenya" in (project.root / "data" / "feed.xml").read_text(encoding="utf-8")


def test_what_cannot_be_written_is_written_and_told_by_the_next_refresh(
    project: Project, depositary: Depositary, server: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the tables of before go for a moment; then the feed is damaged."""
    depositary.signs(date(2026, 12, 3), "Chad")
    server.gives(TARGET, page(depositary.content()))
    in_the_way = project.root / "data" / ".processed.previous"
    in_the_way.write_bytes(b"")
    before = project.files("processed")
    with pytest.raises(AdoptionError, match=r"/data/processed: cannot be written: Not a directory"):
        project.refresh("2026-12-03")
    assert project.files("processed") == before
    in_the_way.unlink()
    feed = project.root / "data" / "feed.xml"
    good = feed.read_bytes()
    feed.write_bytes(b"<feed>")
    with pytest.raises(AdoptionError, match=r"feed\.xml: "):
        project.refresh("2026-12-03")
    assert "TCD" in set(project.table("acts").query("convention == 'hanoi'")["iso3"])
    feed.write_bytes(good)
    made = count_tables(monkeypatch)
    outcome = project.refresh("2026-12-04")
    assert (outcome.status, outcome.changed) == (0, True)
    assert outcome.summary.startswith("1 signature of Hanoi")
    assert [result.kind for result in outcome.results] == ["unchanged"]
    assert project.said[0] == "an earlier refresh was stopped: what it began is finished first"
    assert len(made) == 2, "to finish, and with the later day"
    assert "Chad" in feed.read_text(encoding="utf-8")
    journal = (project.root / "data" / "CHANGES.md").read_text(encoding="utf-8")
    assert "## 3 December 2026" in journal, "the day on which it became known"
    assert "## 4 December 2026" not in journal
    place = Place(project.root)
    assert check(place.raw, place.reference, place.processed) == []
    hidden = {path.name for path in place.data.iterdir() if path.name.startswith(".")}
    assert (hidden, list(place.begun.iterdir())) == ({".lock", ".refresh"}, [])


def test_a_refresh_waits_for_another_and_tells_what_was_not_reached(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row of a day after that of the data does not hide it, and the tables stay as they are."""
    monkeypatch.setenv("http_proxy", f"http://me:{SECRET}@127.0.0.1:{closed_port()}")
    project.base = "http://publisher.invalid"
    with (project.root / "data" / "reference" / "acts.csv").open("a", encoding="utf-8") as file:
        file.write("hanoi,TUV,Tuvalu,signature,2027-01-02,,,reported,untc-xml,made up\n")
    files, ended, waits = project.files("processed"), [], threading.Event()

    class Said(list[str]):
        def append(self, line: str) -> None:
            super().append(line)
            waits.set()

    project.said = Said()
    with nobody_else(Place(project.root), pytest.fail):
        other = threading.Thread(target=lambda: ended.append(project.refresh("2027-01-04")))
        other.start()
        assert waits.wait(60)
        assert ended == []
    other.join()
    (outcome,) = ended
    assert re.match(r"another refresh or build is running \(process \d+ since ", project.said[0])
    assert (outcome.status, outcome.changed) == (4, False)
    assert "no connection to the proxy 127.0.0.1:" in outcome.results[0].told
    assert SECRET not in "\n".join(project.said)
    assert project.said[-1] == (
        "the data are not in order: act-in-the-future: hanoi TUV signature: 2027-01-02; the tables "
        "stay as they are"
    )
    assert project.files("processed") == files
