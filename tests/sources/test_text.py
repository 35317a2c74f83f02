"""From bytes to text, JSON, names and days: what is declared holds, and nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from adoption.core.decode import (
    UnreadableError,
    decode,
    named_day,
    plain,
    read_json,
    refuse_page,
)
from adoption.core.files import MAX_BYTES

IVOIRE = "Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire; Türkiye\n"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (IVOIRE.encode(), None),
        (IVOIRE.encode("utf-8-sig"), "ISO-8859-1"),
        (IVOIRE.encode("utf-16"), None),
        (IVOIRE.encode("windows-1252"), "ISO-8859-1"),
    ],
)
def test_the_text_is_what_was_meant(content: bytes, declared: str | None) -> None:
    assert decode(content, "x", declared) == IVOIRE


@pytest.mark.parametrize(
    ("content", "declared", "problem"),
    [
        (b"\xef\xbb\xbf", None, "x: the file is empty"),
        (b"\xff\xfea", None, "is not UTF-16, which is its byte-order mark"),
        (b"\x81", "ISO-8859-1", "byte 0x81 is not WINDOWS-1252"),
        ("lost \ufffd".encode(), None, "the character U+FFFD"),
        (b" " * (MAX_BYTES + 1), None, "20,000,001 bytes; at most 20,000,000 bytes are read"),
    ],
    ids=range(5),
)
def test_what_is_not_certain_is_refused(content: bytes, declared: str | None, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(content, "x", declared)
    assert problem in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>",
        "\n <html lang='en'>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>",
        "<!-- of a proxy --><!-- > -->\n<HTML>",
    ],
)
def test_a_page_in_place_of_a_file_is_named(start: str) -> None:
    with pytest.raises(UnreadableError, match=r"^x: an HTML page, in place of the XML$"):
        refuse_page(f"{start}<p>Sorry", "x", "the XML")
    refuse_page("<?xml version='1.0'?><html/>", "x", "the XML")


def test_an_error_has_no_letters_that_a_terminal_obeys_or_hides() -> None:
    error = UnreadableError("x: Mu\x1b[2J\u202e\U000e0041 is\n\xa0no name")
    assert str(error) == r"x: Mu\x1b[2J\u202e\U000e0041 is no name"


def test_json_is_read_with_its_escapes() -> None:
    assert read_json(b'["C\\u00f4te", "\\ud83d\\ude00", 1.5, null]', "x") == [
        "Côte",
        "😀",
        1.5,
        None,
    ]
    assert read_json(b"\xef\xbb\xbf{}", "x") == {}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[1] x", "not valid JSON: Extra data"),
        (b"[-Infinity]", "-Infinity is not a number"),
        (b"[" * 300_001, "not valid JSON: "),
    ],
    ids=range(3),
)
def test_other_json_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(content, "x.json")
    assert str(caught.value).startswith("x.json: ")
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" 2 Jan\t\t 2030 ", "2 Jan 2030"),
        ("Atlantis<superscript>1, 12</superscript> (East)", "Atlantis (East)"),
        ("Atl\N{SOFT HYPHEN}antis\N{ZERO WIDTH SPACE}", "Atlantis"),
        ("<right>1 May 2030</right>", "1 May 2030"),
        ('<a href="/doc/A_RES.pdf" target="_blank">N<superscript>o</superscript> 3</a>', "No 3"),
        ("3 < 4, and <article> 64", "3 < 4, and <article> 64"),
    ],
)
def test_text_is_plain(text: str, meant: str) -> None:
    assert plain(text) == meant


def test_a_day_is_one_of_the_calendar() -> None:
    assert named_day("31", "Feb", "2030") is None
    found = {named_day("3", month, "2031") for month in ("Sep", "Sept", "September", "SEP")}
    assert found == {date(2031, 9, 3)}
