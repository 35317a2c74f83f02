"""What is refused is kept aside for a person, who may accept it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.fetching.reasons import first_reason
from adoption.fetching.sidecars import day_of
from adoption.fetching.store import FetchedStore
from tests.fetching.snapshots import (
    DESCRIBED,
    REFUSED,
    SOURCE,
    assert_tidy,
    assert_whole,
    came,
    keep,
    later,
    names,
)


def refuse(store: FetchedStore, content: bytes, seconds: float = 0, reason: str = REFUSED) -> Path:
    downloads = {"a.xml": came(content)}
    return store.put_aside(SOURCE, DESCRIBED, downloads, reason, later(seconds))


def test_what_is_refused_is_kept_aside_with_the_reason(store: FetchedStore) -> None:
    kept = keep(store, b"<a/>")
    aside = refuse(store, b"<damaged", 60, "row 3:\n\n  no  such day")
    assert aside == store.aside / SOURCE / "2026-11-25T120100Z"
    assert (aside / "reason.txt").read_text(encoding="utf-8") == "row 3:\nno such day\n"
    assert (aside / "a.xml").read_bytes() == b"<damaged"
    assert store.newest(SOURCE) == kept
    assert names(store.raw) == [kept.name]
    assert store.refused(SOURCE) == [aside]
    assert_whole(store)


def test_what_is_said_now_of_the_same_bytes_takes_the_place_of_what_was(
    store: FetchedStore,
) -> None:
    """A person decides by the reason that is there, and a list reaches to the day it says."""
    refuse(store, b"<a")
    other = refuse(store, b"<a", 60, "another reason")
    assert store.refused(SOURCE) == [other]
    assert (other / "reason.txt").read_text("utf-8") == "another reason\n"
    described = replace(DESCRIBED, complete_to=date(2026, 11, 20))
    given = (SOURCE, described, {"a.xml": came(b"<a")}, "another reason")
    earlier = store.put_aside(*given, later(120))
    assert store.refused(SOURCE) == [earlier]
    assert day_of(earlier) == date(2026, 11, 20)
    assert store.put_aside(*given, later(2 * 86400)) == earlier
    (earlier / "reason.txt").unlink()
    again = store.put_aside(*given, later(180))
    assert store.refused(SOURCE) == [again]
    assert_whole(store)


def test_a_person_accepts_it(store: FetchedStore) -> None:
    keep(store, b"<a/>")
    aside = refuse(store, b"<b/>", 60)
    sidecar = (aside / "a.xml.meta.json").read_bytes()
    kept = store.accept(aside)
    assert kept == store.raw / SOURCE / aside.name
    assert store.newest(SOURCE) == kept
    assert (kept / "a.xml").read_bytes() == b"<b/>"
    assert (kept / "a.xml.meta.json").read_bytes() == sidecar
    assert store.refused(SOURCE) == []
    assert not (store.aside / SOURCE).exists()
    assert_whole(store)
    assert_tidy(store)
    with pytest.raises(AdoptionError, match="no snapshot was put aside there; there is nothing"):
        store.accept(aside)


def test_one_older_than_what_is_used_is_not_accepted(store: FetchedStore) -> None:
    aside = refuse(store, b"<a/>")
    kept = keep(store, b"<b/>", 60)
    with pytest.raises(AdoptionError) as caught:
        store.accept(aside)
    assert str(caught.value) == (
        f"data/aside/{SOURCE}/{aside.name}: cannot be used any more; allowed: one later than "
        f"data/raw/{SOURCE}/{kept.name}, which is in use"
    )
    assert store.refused(SOURCE) == [aside]


def test_one_that_somebody_has_edited_is_not_accepted(store: FetchedStore) -> None:
    aside = refuse(store, b"<a/>")
    (aside / "a.xml").chmod(0o644)
    (aside / "a.xml").write_bytes(b"<b/>")
    with pytest.raises(AdoptionError, match=r"Z/a\.xml: is not what was fetched; allowed: the "):
        store.accept(aside)
    assert names(store.raw) == []
    assert store.refused(SOURCE) == [aside]


def test_only_what_was_put_aside_is_accepted(store: FetchedStore, tmp_path: Path) -> None:
    aside = refuse(store, b"<a/>")
    near = rf"did you mean data/aside/{SOURCE}/{aside.name}\?$"
    for other in (
        aside.with_name("2026-11-25T120009Z"),
        tmp_path / SOURCE / aside.name,
        store.raw / SOURCE / aside.name,
    ):
        with pytest.raises(AdoptionError, match=near):
            store.accept(other)
    with pytest.raises(AdoptionError, match="cannot be the name of a source"):
        store.accept(aside.parent / ".." / "..")
    assert store.accept(store.aside.parent / "aside" / SOURCE / aside.name).is_dir()


def test_a_reason_is_read_back_in_short(tmp_path: Path) -> None:
    assert first_reason(tmp_path) == "no reason is there"
    for content, first in (
        (b"vanished\nand more\n", "vanished"),
        (b"word " * 20, " ".join(["word"] * 15) + " ..."),
        (b"caf\xe9", "caf\N{REPLACEMENT CHARACTER}"),
    ):
        (tmp_path / "reason.txt").write_bytes(content)
        assert first_reason(tmp_path) == first
