"""A publisher's file that a person has saved."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from adoption.errors import AdoptionError
from adoption.fetching.limits import Limits
from adoption.fetching.ondisk import read_saved

DATA = b"<?xml version='1.0'?><a/>"
SMALL = replace(Limits(), wire=1000, content=2000)


@pytest.mark.parametrize("data", [DATA, gzip.compress(DATA, mtime=0)], ids=["plain", "gzip"])
def test_it_is_as_if_fetched_but_for_an_answer(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "XVIII-16.en.xml"
    path.write_bytes(data)
    got = read_saved(path, SMALL)
    assert got.content == DATA
    assert (got.asked, got.url, got.status, got.headers) == (
        *["file XVIII-16.en.xml"] * 2,
        None,
        {},
    )
    assert not got.unchanged
    assert str(tmp_path) not in repr(got)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty; allowed: a file that a publisher gave"),
        (b"x" * 1001, "has 1,001 bytes; allowed: 1,000 bytes"),
        (
            gzip.compress(bytes(500_000), mtime=0),
            "is too large when unpacked; allowed: 2,000 bytes",
        ),
        (
            gzip.compress(DATA, mtime=0)[:-1],
            "its gzip data end too early; allowed: whole gzip data",
        ),
    ],
    ids=["empty", "large", "bomb", "cut"],
)
def test_what_cannot_be_used_is_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    with pytest.raises(AdoptionError) as caught:
        read_saved(path, SMALL)
    assert str(caught.value) == f"{path}: {problem}"


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(AdoptionError, match=r"a\.xml: cannot be read: No such file or directory$"):
        read_saved(tmp_path / "a.xml", SMALL)
    with pytest.raises(AdoptionError, match=r"cannot be read: Is a directory$"):
        read_saved(tmp_path, Limits())
