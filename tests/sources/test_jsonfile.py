"""JSON, strictly."""

from __future__ import annotations

import pytest

from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.jsonfile import read_json


def test_json_is_read_with_its_escapes() -> None:
    assert read_json(b'["C\\u00f4te", "\\ud83d\\ude00", 1.5, null]', "x") == [
        "Côte", "😀", 1.5, None,
    ]  # fmt: skip
    assert read_json('["Côte\\n"]'.encode(), "x") == ["Côte\n"]
    assert read_json(b"\xef\xbb\xbf{}", "x") == {}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'["\xe9"]', "0xe9 is not UTF-8"),
        (b"[1] x", "not valid JSON: Extra data"),
        (b"[-Infinity]", "-Infinity is not a number"),
        (b'["\\ud800"]', "an escape stands for a character that no text has"),
        (b"[" * 300_001, "300,001 brackets and 0 commas; at most"),
        (b"[" + b"1," * 1_500_001 + b"1]", "1,500,001 commas"),
    ],
    ids=range(6),
)  # fmt: skip
def test_other_json_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(content, "x.json")
    assert str(caught.value).startswith("x.json: ")
    assert problem in str(caught.value)
