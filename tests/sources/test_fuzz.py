"""Whatever the bytes, a reader returns what it read or raises the project's own error."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adoption.core.decode import UnreadableError
from tests.sources.damage import READERS, SOUND

pytestmark = pytest.mark.slow

NAMES = sorted(READERS)
examples = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.text(max_size=60).map(lambda text: f"<html>{text}</html>".encode("utf-8-sig"))
# What formats are made of, to put where it does not belong.
PIECES = st.sampled_from(
    [
        b"",
        b"\0",
        b"<",
        b"&",
        b"<!--",
        b"<![CDATA[",
        b"<!DOCTYPE a>",
        b"&lt;",
        b"&#xD800;",
        b'"',
        b"'",
        b",",
        b"\n",
        b"\r",
        b";",
        b"[",
        b"]",
        b"{",
        b"}",
        b"null",
        b"NaN",
        b"1e999",
        b"-1",
        b"9" * 400,
        b"\\u0000",
        b"\\ud800",
        b"\xff\xfe",
        b"\xef\xbb",
        b"\xc3",
        b"\xe9",
        b"\xed\xa0\x80",
        b"\xf0\x9f\x98\x80",
        b"\xe2\x80\xae",
        b"31 Feb 2030",
        b"<td>",
        b"</td>",
        b"<tr>",
        b"<Row>",
        b"</Row>",
        b"<Entry>",
        b"<Participants/>",
        b"\x1b[2J",
        b"<superscript>",
        b"&lt;superscript&gt;",
        b"01/01/0000",
        b"{0}",
        b"%s",
        b"../../x",
        b"\x85",
    ]
)


def check(name: str, data: bytes) -> bool:
    """Read some bytes; return whether they were read, having looked at the error if not."""
    try:
        READERS[name](data, f"{name}.file")
    except UnreadableError as error:
        text = str(error)
        assert text.startswith(f"{name}.file: ")
        assert len(text.splitlines()) == 1
        assert len(text) <= 500
        assert text.isprintable(), text
        return False
    return True


@examples
@given(st.binary(max_size=300) | TEXTS)
def test_any_bytes_and_any_text(data: bytes) -> None:
    for name in NAMES:
        assert not check(name, data)


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_file_with_some_of_it_changed(name: str) -> None:
    sound = SOUND[name]
    places = st.integers(0, len(sound))
    change = st.tuples(places, st.integers(0, 40), PIECES | st.binary(max_size=5))

    @examples
    @given(st.lists(change, min_size=1, max_size=4))
    def read(changes: list[tuple[int, int, bytes]]) -> None:
        data = sound
        for place, removed, put in changes:
            data = data[:place] + put + data[place + removed :]
        check(name, data)

    read()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_cut_is_never_read(name: str) -> None:
    sound = SOUND[name] if name == "gci" else SOUND[name].rstrip()
    for end in range(0, len(sound) - 1, 3):
        assert not check(name, sound[:end]), end


VALUES = st.sampled_from([None, True, 7, 1e999, "x", [], [7], {}, {"id": None}, {"message": 7}])


@pytest.mark.parametrize("name", ["indicators", "countries"])
def test_any_value_in_any_field(name: str) -> None:
    def put(value: object, path: list[int], new: object) -> object:
        """Return a copy of a value with the part at the end of a path replaced."""
        if not path or not isinstance(value, list | dict) or not value:
            return new
        keys = list(range(len(value))) if isinstance(value, list) else list(value)
        key = keys[path[0] % len(keys)]
        copy = value.copy()
        copy[key] = put(value[key], path[1:], new)
        return copy

    sound = json.loads(SOUND[name])

    @examples
    @given(st.lists(st.integers(0, 20), max_size=5), VALUES)
    def read(path: list[int], new: object) -> None:
        check(name, json.dumps(put(sound, path, new)).encode())

    read()
