"""One refresh from end to end: many sources, each for itself, and what stops all of them."""

from __future__ import annotations

import re
import threading
from datetime import date
from pathlib import Path

import pytest

from adoption.data.run import check
from adoption.errors import AdoptionError
from adoption.refresh.place import Place, nobody_else
from adoption.refresh.run import chosen
from adoption.refresh.wishes import Wishes
from tests.fetching.answers import page, silent
from tests.fetching.publisher_server import Publisher, closed_port
from tests.refresh.life import MAINTENANCE, SOURCE, TARGET, Depositary, Project
from tests.refresh.spies import count_tables
from tests.refresh.test_wishes import HERE, registry

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


def test_a_file_is_of_one_source(project: Project) -> None:
    for wanted in ({"sources": ("untc",)}, {"sources": ()}):
        with pytest.raises(AdoptionError, match=r"^--file: whose file is it\? name its --source"):
            project.refresh("2026-12-01", file=project.root / "a.xml", **wanted)
    with pytest.raises(AdoptionError, match=r"^--file and --accept: one or the other$"):
        project.refresh("2026-12-01", file=project.root / "a.xml", accept="why")


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        ({"sources": ("untc-hanoy",)}, "--source: no 'untc-hanoy'; did you mean untc-hanoi?"),
        ({"convention": "uncac"}, "--convention uncac: none of these sources has a list of its"),
        ({"bases": {"nobody": "http://127.0.0.1:1"}}, "--base: no publisher 'nobody'; did you m"),
        ({"bases": {"untc": "ftp://127.0.0.1"}}, "base address 'ftp://127.0.0.1': is not one of "),
        ({"bases": {"untc": f"me:{SECRET}@127.0.0.1"}}, "base address '127.0.0.1': is not one"),
        ({"bases": {"untc": f"http://me:{SECRET}@[::1"}}, "base address 'http://[::1': is not on"),
    ],
)
def test_what_is_not_possible_is_one_line_and_changes_nothing(
    project: Project, wanted: dict[str, object], line: str
) -> None:
    before = project.files()
    with pytest.raises(AdoptionError) as caught:
        project.refresh("2026-12-01", **wanted)
    assert str(caught.value).startswith(line)
    assert SECRET not in str(caught.value)
    assert project.files() == before


def test_one_that_cannot_be_used_does_not_hold_up_the_others(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    server.gives(TARGET, page(depositary.content()))
    server.gives(next(iter(registry().sources[OTHER].files.values())), page(MAINTENANCE))
    outcome = project.refresh("2026-12-01", sources=(OTHER, "untc-rotterdam", SOURCE))
    kinds = {result.source: result.kind for result in outcome.results}
    assert kinds == {OTHER: "refused", "untc-rotterdam": "unreachable", SOURCE: "accepted"}
    assert (outcome.status, outcome.changed, outcome.data_day) == (3, True, "2026-12-01")
    assert project.said[:3] == [str(result) for result in outcome.results]
    advice = f"{OTHER}: docs/refresh.md says what to do with what cannot be accepted"
    assert project.said[3:] == [advice, outcome.summary]
    place = Place(project.root)
    assert check(place.raw, place.reference, place.processed) == []
    assert (project.root / "data" / "CHANGES.md").is_file()
    assert (project.root / "data" / "feed.xml").is_file()


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


def test_tables_that_cannot_be_written_are_written_by_the_next_refresh(
    project: Project,
    depositary: Depositary,
    server: Publisher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file stands where the tables of before have to go for a moment."""
    depositary.signs(date(2026, 12, 3), "Chad")
    server.gives(TARGET, page(depositary.content()))
    in_the_way = project.root / "data" / ".processed.previous"
    in_the_way.write_bytes(b"")
    before = project.files("processed")
    with pytest.raises(AdoptionError, match=r"/data/processed: cannot be written: Not a directory"):
        project.refresh("2026-12-03")
    assert project.files("processed") == before
    in_the_way.unlink()
    made = count_tables(monkeypatch)
    outcome = project.refresh("2026-12-04")
    assert (outcome.status, outcome.changed) == (0, True)
    assert outcome.summary.startswith("1 signature of Hanoi")
    assert [result.kind for result in outcome.results] == ["unchanged"]
    assert project.said[0] == "an earlier refresh was stopped: what it began is finished first"
    assert len(made) == 2, "to finish, and with the later day"
    assert "Chad" in (project.root / "data" / "feed.xml").read_text(encoding="utf-8")
    journal = (project.root / "data" / "CHANGES.md").read_text(encoding="utf-8")
    assert "## 3 December 2026" in journal, "the day on which it became known"
    assert "## 4 December 2026" not in journal


def test_a_second_refresh_waits_for_the_first(project: Project) -> None:
    project.base = f"http://127.0.0.1:{closed_port()}"
    waits, ended = threading.Event(), list[int]()

    def second() -> None:
        ended.append(project.refresh("2026-12-05").status)

    place = Place(project.root)
    said = project.said
    said.clear()
    with nobody_else(place, pytest.fail):
        other = threading.Thread(target=second)
        other.start()
        for _ in range(3000):
            if said or waits.wait(0.01):
                break
        assert not ended
    other.join()
    assert re.match(
        r"another refresh or build is running \(process \d+ since .*; waiting$", said[0]
    )
    assert ended == [4]


def test_a_password_goes_to_its_host_and_is_written_nowhere(
    project: Project, server: Publisher
) -> None:
    server.gives(TARGET, page(MAINTENANCE + b"  "))
    address = server.base.replace("://", f"://me:{SECRET}@")
    assert project.refresh("2026-12-06", bases={"untc": address}).status == 3
    assert server.asked[0].headers["authorization"].startswith("Basic ")
    said = "\n".join(project.said)
    server.gives(TARGET, silent(0))
    outcome = project.refresh("2026-12-06", bases={"untc": address})
    assert outcome.status == 4
    everything = project.files("raw", "reference", "processed", "aside")
    assert not any(SECRET.encode() in data for data in everything.values())
    assert SECRET not in said + "\n".join(project.said) + str(outcome.plain())


def test_a_proxy_of_the_environment_is_the_persons_choice(
    project: Project, server: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is used where it is set, and named if it does not answer; the tests have none."""
    monkeypatch.setenv("http_proxy", f"http://me:{SECRET}@127.0.0.1:{closed_port()}")
    project.base = "http://publisher.invalid"
    outcome = project.refresh("2026-12-07")
    assert outcome.status == 4
    assert "no connection to the proxy 127.0.0.1:" in outcome.results[0].told
    assert SECRET not in outcome.results[0].told
    assert server.asked == []


def test_a_damaged_feed_stops_nothing_but_the_news(
    project: Project, depositary: Depositary, server: Publisher
) -> None:
    feed = project.root / "data" / "feed.xml"
    good = feed.read_bytes()
    feed.write_bytes(b"<feed>")
    depositary.signs(date(2026, 12, 8), "Japan")
    server.gives(TARGET, page(depositary.content()))
    with pytest.raises(AdoptionError, match=r"feed\.xml: "):
        project.refresh("2026-12-08")
    assert "JPN" in set(project.table("acts").query("convention == 'hanoi'")["iso3"])
    feed.write_bytes(good)
    outcome = project.refresh("2026-12-10")
    assert outcome.status == 0
    assert outcome.summary.startswith("1 signature of Hanoi")
    assert "Japan" in feed.read_text(encoding="utf-8")


def test_the_copy_is_in_order_after_all_that(project: Project) -> None:
    place = Place(project.root)
    assert check(place.raw, place.reference, place.processed) == []
    assert _hidden(place.data) == {".lock", ".refresh"}
    assert list(place.begun.iterdir()) == []


def _hidden(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith(".")}


def test_a_row_that_a_person_has_just_written_does_not_hide_what_was_not_reached(
    project: Project,
) -> None:
    """It is of a day after that of the data, so nothing can be built with it yet."""
    path = project.root / "data" / "reference" / "acts.csv"
    before, files = path.read_bytes(), project.files("processed")
    row = "hanoi,TUV,Tuvalu,signature,2027-01-02,,,reported,untc-xml,made up\n"
    path.write_bytes(before + row.encode())
    project.base = f"http://127.0.0.1:{closed_port()}"
    outcome = project.refresh("2027-01-04")
    assert (outcome.status, outcome.changed) == (4, False)
    assert project.said[-1] == (
        "the data are not in order: act-in-the-future: hanoi TUV signature: 2027-01-02; the tables "
        "stay as they are"
    )
    assert project.files("processed") == files
    path.write_bytes(before)
