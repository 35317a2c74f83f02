"""Lists of acts as their publishers print them, from snapshots to tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from adoption.data.dictionary import ACTS, CONSENTS, SIGNATURES, WITHDRAWAL
from adoption.data.lists import ALSO_MEANT, READ, all_lists, kind_of, listed_acts, read_list
from adoption.data.readers.publishers import LISTS, Reader, Registry, Source, read_publishers
from adoption.data.snapshots import SnapshotStore
from adoption.errors import AdoptionError
from adoption.law.conventions import load_conventions
from adoption.paths import reference_folder
from tests.build.listing import PLACE, participants, published, put_snapshot, treaty
from tests.conftest import made_up
from tests.sources.charts import chart, service
from tests.sources.mtdsg import mtdsg, row

TITLE = "Convention on the Sea Bed of Atlantis"
SIGNED = [row("AAA", "2 Feb 2001"), row("Mu 1", "3 Feb 2001", "[1 May 2001 AA] 2 May 2001 a")]
SOURCE = Source(
    source="untc-atlantis", publisher="untc", reader="untc", convention="atlantis",
    title="Status list", files={"x.xml": "/x.xml"},
)  # fmt: skip


def put(store: SnapshotStore, stamp: str, content: bytes, **sidecar: str) -> Path:
    """Make a snapshot of the list."""
    folder = store.folder / SOURCE.source
    return put_snapshot(folder, stamp, SOURCE.file, content, **sidecar)


CHART = Source(
    source="coe-atlantis", publisher="coe", reader="coe", convention="atlantis",
    title="Chart", files={"x.html": "/x"},
)  # fmt: skip
KNOWN = {"atlantis": made_up(), "mu": made_up(convention="mu", title="Treaty of Peace with Mu")}


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path)


def test_a_list_is_read(store: SnapshotStore) -> None:
    path = put(store, "2002-01-01T093000Z", mtdsg(TITLE, SIGNED))
    one = read_list(SOURCE, path, store, participants(), KNOWN)
    assert (one.source, one.convention, one.reader) == ("untc-atlantis", "atlantis", "untc")
    assert one.day == date(2002, 1, 1)
    assert one.place == "data/raw/untc-atlantis/2002-01-01T093000Z/x.xml"
    assert one.treaty.signatories == 2
    told = one.acts[["iso3", "participant", "act", "kind", "date", "superseded"]]
    assert told.astype("str").to_numpy().tolist() == [
        ["AAA", "AAA", "signature", "signature", "2001-02-02", "False"],
        ["BBB", "Mu", "signature", "signature", "2001-02-03", "False"],
        ["BBB", "Mu", "approval", "consent", "2001-05-01", "True"],
        ["BBB", "Mu", "accession", "consent", "2001-05-02", "False"],
    ]
    assert one.acts["date"].dtype == "datetime64[us]"
    assert set(one.acts["at"]) == {one.place}


def test_a_list_is_complete_to_the_day_of_its_sidecar(store: SnapshotStore) -> None:
    path = put(store, "2002-01-01", mtdsg(TITLE, SIGNED), complete_to="2001-12-15")
    one = read_list(SOURCE, path, store, participants(), KNOWN)
    assert one.day == one.complete_to == date(2001, 12, 15)


@pytest.mark.parametrize(
    ("printed", "day", "complete"),
    [
        ("15/12/2001", date(2001, 12, 15), date(2001, 12, 15)),
        ("01/01/2002", date(2002, 1, 1), date(2002, 1, 1)),
    ],
)
def test_a_list_is_complete_at_most_to_the_day_that_it_prints(
    store: SnapshotStore, printed: str, day: date, complete: date
) -> None:
    content = chart(TITLE, [("AAA", "02/02/2001", "", "")], as_of=printed)
    path = put_snapshot(store.folder / CHART.source, "2002-01-01", CHART.file, content)
    later = SnapshotStore(store.folder, {"coe-atlantis/2002-01-01": date(2002, 2, 1)})
    for kept in (store, later):
        one = read_list(CHART, path, kept, participants(), KNOWN)
        assert (one.day, one.complete_to) == (day, complete)


def test_a_list_of_a_day_to_come_is_refused(store: SnapshotStore) -> None:
    content = chart(TITLE, [("AAA", "02/02/2001", "", "")], as_of="03/01/2002")
    path = put_snapshot(store.folder / CHART.source, "2002-01-01", CHART.file, content)
    with pytest.raises(AdoptionError) as caught:
        read_list(CHART, path, store, participants(), KNOWN)
    assert str(caught.value) == (
        "data/raw/coe-atlantis/2002-01-01/x.html: status as of 2002-01-03; allowed: up to "
        "2002-01-01, the day of the file"
    )


def test_where_the_publisher_is_it_may_be_the_next_day(store: SnapshotStore) -> None:
    content = chart(TITLE, [("AAA", "02/02/2001", "", "")], as_of="02/01/2002")
    path = put_snapshot(store.folder / CHART.source, "2002-01-01", CHART.file, content)
    found = read_list(CHART, path, store, participants(), KNOWN)
    assert found.day == found.complete_to == date(2002, 1, 1), "but it is not known further"


@pytest.mark.parametrize(
    ("reader", "content", "problem"),
    [
        ("untc", mtdsg("Treaty of Peace with Mu", SIGNED),
         "its title is 'Treaty of Peace with Mu', that of mu; allowed: the list of atlantis"),
        ("coe", chart(TITLE, [("AAA", "02/02/2001", "", "")], as_of="01/01/2002"),
         "is of treaty 185; allowed: the list of atlantis, treaty 224"),
        ("coe-service", service([("AAA", "2001-02-02", "", "")]),
         "is of treaty 185; allowed: the list of atlantis, treaty 224"),
    ],
)  # fmt: skip
def test_the_list_of_another_treaty_is_refused(
    store: SnapshotStore, reader: Reader, content: bytes, problem: str
) -> None:
    source = SOURCE.model_copy(update={"reader": reader})
    path = put(store, "2002-01-01", content)
    known = KNOWN | {"atlantis": made_up(reference="CETS 224")}
    with pytest.raises(AdoptionError) as caught:
        read_list(source, path, store, participants(), known)
    assert str(caught.value) == f"data/raw/untc-atlantis/2002-01-01/x.xml: {problem}"


def test_a_list_that_is_missing_beside_its_sidecar_is_named(store: SnapshotStore) -> None:
    path = put(store, "2002-01-01", mtdsg(TITLE, SIGNED))
    path.unlink()
    with pytest.raises(AdoptionError, match=r"^data/raw/untc-atlantis/2002-01-01/x\.xml: missing$"):
        read_list(SOURCE, path, store, participants(), KNOWN)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (mtdsg(TITLE, [row("Moo", "2 Feb 2001")]), "row 1, column participant: unknown participan"),
        (
            mtdsg(TITLE, [*SIGNED, row("Moo", "2 Feb 2001")]),
            "row 3, column participant: unknown participant 'Moo'; nearest: ",
        ),
        (
            mtdsg(TITLE, [*SIGNED, row("Bank", "", "2 Feb 2001 c")]),
            "row 3, column participant: 'Bank' (no code) is not in data/reference/countries.csv",
        ),
        (
            mtdsg(TITLE, [*SIGNED, row("Reef", "2 Feb 2001")]),
            "row 3, column participant: 'Reef' (XRF) is not in data/reference/countries.csv",
        ),
        (
            mtdsg(TITLE, [*SIGNED, row("BBB", "2 Feb 2001")]),
            "row 3, column participant: 'BBB' (BBB) is a second name of a participant that is "
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


def test_a_damaged_snapshot_is_named(store: SnapshotStore) -> None:
    path = put(store, "2002-01-01", mtdsg(TITLE, SIGNED), sha256="0" * 64)
    with pytest.raises(AdoptionError, match=r"2002-01-01/x\.xml: .*wrong checksum"):
        read_list(SOURCE, path, store, participants(), KNOWN)


def test_the_same_said_twice_is_one_act_and_another_day_is_refused() -> None:
    said = treaty(
        "AAA accession 2001-02-01", "BBB accession 2001-02-01", "AAA accession 2001-02-01"
    )
    assert list(listed_acts(said, PLACE, participants())["iso3"]) == ["AAA", "BBB"]
    said = treaty(
        "BBB accession 2001-02-01", "AAA accession 2001-02-01", "AAA accession 2001-02-02"
    )
    line = f"{PLACE}: row 2, column act: accession of AAA stands twice"
    with pytest.raises(AdoptionError, match=f"^{line}$"):
        listed_acts(said, PLACE, participants())
    twice = treaty("[AAA accession 2001-02-01]", "[AAA accession 2001-02-02]")
    assert len(listed_acts(twice, PLACE, participants())) == 2


def test_an_act_without_a_day_is_refused() -> None:
    said = treaty("BBB accession 2001-02-01", "AAA accession 2001-02-01")
    undated = replace(said, acts=(said.acts[0], replace(said.acts[1], day=None)))
    line = f"{PLACE}: row 2, column act: accession of AAA has no day"
    with pytest.raises(AdoptionError, match=f"^{line}$"):
        listed_acts(undated, PLACE, participants())


@pytest.mark.parametrize("day", [date.min, date(1648, 10, 24), date.max])
def test_every_day_of_the_calendar_can_be_read(day: date) -> None:
    (act,) = treaty("AAA accession 2001-02-01").acts
    found = listed_acts(replace(treaty(), acts=(replace(act, day=day),)), PLACE, participants())
    assert found["date"].dt.date.tolist() == [day]


def test_a_list_without_acts_has_the_columns() -> None:
    empty = listed_acts(treaty(), PLACE, participants())
    full = listed_acts(treaty("AAA accession 2001-02-01"), PLACE, participants())
    assert empty.empty
    assert list(empty.columns) == list(full.columns)
    assert empty["date"].dtype == full["date"].dtype == "datetime64[us]"
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_of_one_kind(act: str) -> None:
    kinds = {
        "signature": act in SIGNATURES,
        "consent": act in CONSENTS,
        WITHDRAWAL: act == WITHDRAWAL,
    }
    assert [kind for kind, belongs in kinds.items() if belongs] == [kind_of(act)]


def test_what_a_reader_cannot_tell_apart_is_of_one_kind() -> None:
    assert READ.keys() == ALSO_MEANT.keys() == set(LISTS)
    for meant in ALSO_MEANT.values():
        for listed, others in meant.items():
            assert {kind_of(act) for act in others} == {kind_of(listed)}
            assert listed not in others
    chart = published("2002-01-01", reader="coe")
    assert chart.may_be("ratification", "acceptance")
    assert not chart.may_be("acceptance", "ratification")
    assert chart.may_be("accession", "accession")


def registry_of(*sources: Source) -> Registry:
    return Registry(publishers={}, sources={source.source: source for source in sources})


def test_all_snapshots_are_read_the_oldest_first(store: SnapshotStore) -> None:
    other = SOURCE.model_copy(update={"source": "untc-mu", "convention": "mu"})
    values = Source(source="values", publisher="x", reader="votes", title="V", files={"v": "/v"})
    (store.folder / "values" / "2002-01-01").mkdir(parents=True)
    stamps = ["2002-01-01T093000Z", "2001-12-31", "2002-01-01T183000Z", "2002-01-01"]
    for stamp in stamps:
        put(store, stamp, mtdsg(TITLE, SIGNED))
    found = all_lists(registry_of(other, values, SOURCE), store, participants(), KNOWN)
    assert [[one.place.split("/")[3] for one in lists] for lists in found] == [sorted(stamps)]
    assert [one.day.day for one in found[0]] == [31, 1, 1, 1]
    assert all_lists(registry_of(other, values), store, participants(), KNOWN) == []


def test_every_list_of_the_registry_can_be_read_as_one() -> None:
    conventions = load_conventions()
    registry = read_publishers(reference_folder() / "publishers.toml", conventions)
    lists = [source for source in registry.sources.values() if source.is_list]
    assert {source.convention for source in lists} == {
        name for name, one in conventions.items() if one.reference.startswith(("UNTC", "CETS"))
    }
    assert {source.reader for source in lists} <= READ.keys()
