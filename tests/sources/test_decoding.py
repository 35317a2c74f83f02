"""From bytes to text: what is declared holds, and nothing is read as what it is not."""

from __future__ import annotations

import pytest

from adoption.data.readers.decoding import LARGEST, UnreadableError, decode, refuse_page

IVOIRE = "Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire; Türkiye\n"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (IVOIRE.encode(), None),
        (IVOIRE.encode(), "UTF-8"),
        (IVOIRE.encode("utf-8-sig"), None),
        (IVOIRE.encode("utf-8-sig"), "ISO-8859-1"),
        (IVOIRE.encode("utf-16"), None),
        (IVOIRE.encode("windows-1252"), "windows-1252"),
        (IVOIRE.encode("windows-1252"), "ISO-8859-1"),
    ],
)
def test_the_text_is_what_was_meant(content: bytes, declared: str | None) -> None:
    assert decode(content, "x", declared) == IVOIRE


@pytest.mark.parametrize(
    ("content", "declared", "problem"),
    [
        (b"\xef\xbb\xbf", None, "x: the file is empty"),
        (b"a\nb\xe9c", None, "x: line 2: byte 0xe9 is not UTF-8, which is expected"),
        (b"\xff\xfea", None, "is not UTF-16, which is its byte-order mark"),
        (b"\x81", "ISO-8859-1", "byte 0x81 is not WINDOWS-1252"),
        (IVOIRE.encode(), "ISO-8859-1", "declares ISO-8859-1, but its bytes are UTF-8"),
        ("İzmir".encode(), "windows-1252", "declares windows-1252, but its bytes are UTF-8"),
        ("lost \ufffd".encode(), None, "the character U+FFFD"),
        (b" " * (LARGEST + 1), None, "20,000,001 bytes; at most 20,000,000 bytes are read"),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_not_certain_is_refused(content: bytes, declared: str | None, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(content, "x", declared)
    assert problem in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "\n <html lang='en'>", "<HEAD>", "<body "])
def test_a_page_in_place_of_a_file_is_told(start: str) -> None:
    with pytest.raises(UnreadableError, match=r"^x: an HTML page, in place of the XML$"):
        refuse_page(f"{start}<p>Sorry", "x", "the XML")


def test_a_file_that_is_no_page_passes() -> None:
    for text in ("<?xml version='1.0'?><html/>", "<Treaties/>", "a,b\n<html>\n", "<htmlish>"):
        refuse_page(text, "x", "the XML")


def test_an_error_has_no_letters_that_a_terminal_obeys_or_hides() -> None:
    error = UnreadableError("x: Mu\x1b[2J\u202e\U000e0041 is\n\xa0no name")
    assert str(error) == r"x: Mu\x1b[2J\u202e\U000e0041 is no name"
