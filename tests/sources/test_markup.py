"""XML and HTML: safely read, and only what is whole."""

from __future__ import annotations

import pytest

from adoption.data.readers.markup import (
    UnreadableError,
    children,
    descendants,
    local,
    read_html,
    read_xml,
    words,
)

GOOD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<R><A>caf\N{LATIN SMALL LETTER E WITH ACUTE}'


def test_an_encoding_that_is_declared_holds() -> None:
    root = read_xml(f"{GOOD}</A></R>".encode("latin-1"), "x.xml")
    assert words(root) == "café"
    assert words(read_xml("<R>café</R>".encode(), "x.xml")) == "café"
    assert words(read_xml("<R>caf&#233;</R>".encode("ascii"), "x.xml")) == "café"


def test_names_are_found_whatever_their_case_and_namespace() -> None:
    root = read_xml(b'<R xmlns="u:n"><B><!-- <a/> --><A>1</A><a>2</a></B><?pi a?></R>', "x.xml")
    assert [words(found) for found in descendants(root, "a")] == ["1", "2"]
    assert [local(child) for child in root] == ["b"]
    assert [words(found) for found in children(next(descendants(root, "b")), "a")] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<R/><R/>", "not well-formed XML"),
        (b'<!DOCTYPE R [<!ENTITY e "x">]><R>&e;</R>', "line 1: <!DOCTYPE: document types and"),
        (b'<R>\n\n<!ENTITY e SYSTEM "file:///etc/passwd"></R>', "line 3: <!ENTITY"),
        (b"<R>" + b"<a/>" * 200_000 + b"</R>", "200,002 tags; at most 200,000 are read"),
        (b"<R>" + b"=" * 400_001 + b"</R>", "400,001 attributes; at most 400,000 are read"),
        (b"<R a='" + b"x" * 11_000_000 + b"'/>", "Buffer size limit exceeded"),
    ],
    ids=range(6),
)  # fmt: skip
def test_other_xml_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_xml(content, "x.xml")
    assert str(caught.value).startswith("x.xml: ")
    assert problem in str(caught.value)


def page(body: str, charset: str = '<meta charset="utf-8">') -> str:
    return f"<!DOCTYPE html>\n<html><head>{charset}</head><body>{body}</body></html>\n"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("<meta charset=utf-8>", "utf-8"),
        ("", "utf-8"),
        ('<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "latin-1"),
    ],
)
def test_a_page_is_in_the_encoding_that_it_declares(charset: str, encoding: str) -> None:
    root = read_html(page("<p>T&uuml;rkiye é&nbsp;x</p>", charset).encode(encoding), "x")
    assert words(root).strip() == "Türkiye é\xa0x"


def test_scripts_comments_and_attributes_are_left_out_of_a_page() -> None:
    body = (
        "<script type='x'>if (a<b) document.write('<td>1</td>')</script><style>td>a{}</style>"
        "<!-- <td>2</td> --><?php 3 ?><td class='a' COLSPAN = \"12\" onclick='b'>4</td>"
    )
    root = read_html(page(body).encode(), "x")
    cells = list(descendants(root, "td"))
    assert [words(cell) for cell in cells] == ["4"]
    assert dict(cells[0].attrib) == {"colspan": "12"}
    assert "2" not in words(root)


def test_what_looks_like_a_tag_and_is_none_is_text() -> None:
    assert "a < b and <3" in words(read_html(page("<p>a < b and <3</p>").encode(), "x"))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (page("The site is under urgent maintenance").encode(), "the page says 'urgent maint"),
        (page("<div>" * 300).encode(), "Excessive depth in document"),
        (page("<p>" + "x" * 11_000_000).encode(), "Buffer size limit exceeded"),
        (page("<b>" * 200_001).encode(), "tags; at most 200,000 are read"),
    ],
    ids=range(4),
)  # fmt: skip
def test_another_page_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_html(content, "x.html")
    assert str(caught.value).startswith("x.html: ")
    assert problem in str(caught.value)
