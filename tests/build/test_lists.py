"""Lists of acts as their publishers print them, from snapshots to tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adoption.core.errors import AdoptionError
from adoption.ingest.lists import all_lists, read_list
from adoption.ingest.readers.publishers import Registry, Source
from adoption.ingest.snapshots import SnapshotStore
from tests.build.listing import participants, put_snapshot
from tests.conftest import made_up
from tests.sources.mtdsg import mtdsg, row

TITLE = "Convention on the Sea Bed of Atlantis"
SIGNED = [row("AAA", "2 Feb 2001"), row("Mu 1", "3 Feb 2001", "[1 May 2001 AA]")]
SOURCE = Source(
    source="untc-atlantis",
    publisher="untc",
    reader="untc",
    convention="atlantis",
    title="Status list",
    files={"x.xml": "/x.xml"},
)


def put(store: SnapshotStore, stamp: str, content: bytes, **sidecar: str) -> Path:
    """Make a snapshot of the list."""
    folder = store.folder / SOURCE.source
    return put_snapshot(folder, stamp, SOURCE.file, content, **sidecar)


KNOWN = {"atlantis": made_up(), "mu": made_up(convention="mu", title="Treaty of Peace with Mu")}


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path)


def test_a_list_is_read(store: SnapshotStore) -> None:
    path = put(store, "2002-01-01T093000Z", mtdsg(TITLE, SIGNED), complete_to="2001-12-15")
    one = read_list(SOURCE, path, store, participants(), KNOWN)
    assert (one.source, one.convention) == ("untc-atlantis", "atlantis")
    assert one.day == one.complete_to == date(2001, 12, 15), "by its sidecar"
    assert one.place == "data/raw/untc-atlantis/2002-01-01T093000Z/x.xml"
    acts = one.acts[["iso3", "participant", "act", "kind", "date", "superseded"]]
    assert acts.astype("str").to_numpy().tolist() == [
        ["AAA", "AAA", "signature", "signature", "2001-02-02", "False"],
        ["BBB", "Mu", "signature", "signature", "2001-02-03", "False"],
        ["BBB", "Mu", "approval", "consent", "2001-05-01", "True"],
    ]
    assert one.acts["date"].dtype == "datetime64[us]"
    assert set(one.acts["at"]) == {one.place}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            mtdsg(TITLE, [*SIGNED, row("Moo", "2 Feb 2001")]),
            "row 3, column participant: unknown participant 'Moo'; nearest: ",
        ),
        (
            mtdsg(TITLE, [*SIGNED, row("Bank", "", "2 Feb 2001 c")]),
            "row 3, column participant: 'Bank' is not in data/reference/countries.csv",
        ),
        (
            mtdsg(TITLE, [*SIGNED, row("BBB", "2 Feb 2001")]),
            "row 3, column participant: 'BBB' is a second name of a participant that is "
            "listed already",
        ),
        (b"<html>urgent maintenance</html>", ""),
    ],
)
def test_what_cannot_be_used_is_named(store: SnapshotStore, content: bytes, problem: str) -> None:
    path = put(store, "2002-01-01", content)
    with pytest.raises(AdoptionError) as caught:
        read_list(SOURCE, path, store, participants(), KNOWN)
    place = "data/raw/untc-atlantis/2002-01-01/x.xml: "
    assert str(caught.value).startswith(f"{place}{problem}"), caught.value
    assert "\n" not in str(caught.value)


def registry_of(*sources: Source) -> Registry:
    return Registry(publishers={}, sources={source.source: source for source in sources})


def test_all_snapshots_are_read_the_oldest_first(store: SnapshotStore) -> None:
    other = SOURCE.model_copy(update={"source": "untc-mu", "convention": "mu"})
    values = Source(
        source="values", publisher="x", reader="indicators", title="V", files={"v": "/v"}
    )
    (store.folder / "values" / "2002-01-01").mkdir(parents=True)
    stamps = ["2002-01-01T093000Z", "2001-12-31", "2002-01-01T183000Z", "2002-01-01"]
    for stamp in stamps:
        put(store, stamp, mtdsg(TITLE, SIGNED))
    found = all_lists(registry_of(other, values, SOURCE), store, participants(), KNOWN)
    assert [[one.place.split("/")[3] for one in lists] for lists in found] == [sorted(stamps)]
    assert [one.day.day for one in found[0]] == [31, 1, 1, 1]
    assert all_lists(registry_of(other, values), store, participants(), KNOWN) == []
