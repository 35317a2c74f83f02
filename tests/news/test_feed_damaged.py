"""A feed that is damaged or cannot be written: one clear line, and nothing is lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adoption.errors import AdoptionError
from adoption.news.feed import extend_feed
from tests.news.made_up import changed
from tests.news.test_feed import ADDRESS, CONFIRMED, FIRST, RATIFIED, SIGNED, WEEK


@given(st.data())
@settings(max_examples=60)
def test_a_feed_cut_or_changed_anywhere_never_loses_anything(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Either the file is still a feed, and keeps its entries, or it stays as it is."""
    path = tmp_path_factory.mktemp("feed") / "acts.xml"
    extend_feed(path, changed(SIGNED, RATIFIED), FIRST, ADDRESS)
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.sampled_from([place, place + 1, len(whole)]))
    put = data.draw(st.sampled_from([b"", b"<", b"&", b"\x00", b"x", b"</entry>"]))
    damaged = whole[:place] + put + whole[end:]
    path.write_bytes(damaged)
    try:
        extend_feed(path, changed(CONFIRMED), FIRST + WEEK)
    except AdoptionError:
        assert path.read_bytes() == damaged
    else:
        assert path.read_bytes().count(b"<entry>") >= 2


def test_a_feed_that_cannot_be_written_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "acts.xml"
    extend_feed(path, changed(SIGNED), FIRST)
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AdoptionError, match="No space left"):
        extend_feed(path, changed(RATIFIED), FIRST + WEEK)
    assert path.read_bytes() == before


def test_an_address_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "acts.xml"
    for address in ("acts.xml", "https://", "https://user:secret@example.org/x", "https://[x/"):
        with pytest.raises(AdoptionError, match=r"^address: .* is not where a feed can be read"):
            extend_feed(path, changed(SIGNED), FIRST, address)
    assert not path.exists()
