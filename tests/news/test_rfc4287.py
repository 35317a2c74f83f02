"""The validator finds what is against the rules: without this its silence would say nothing."""

from __future__ import annotations

import pytest

from tests.news.rfc4287 import problems

GOOD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>tag:example.org,2026:acts</id>
  <title>Acts</title>
  <link rel="self" type="application/atom+xml" href="https://example.org/acts.xml"/>
  <author><name>Somebody</name></author>
  <updated>2026-12-02T00:00:00Z</updated>
  <entry>
    <id>tag:example.org,2026:hanoi/AZE/ratification</id>
    <title>One</title>
    <updated>2026-12-02T00:00:00Z</updated>
    <published>2026-12-01T00:00:00+01:00</published>
    <category term="hanoi" label="Hanoi"/>
    <content type="text">a &lt; b</content>
  </entry>
  <entry>
    <id>https://example.org/two</id>
    <title>Two</title>
    <updated>2026-12-01T00:00:00.5Z</updated>
    <content>c</content>
  </entry>
</feed>
"""


def test_a_valid_feed() -> None:
    assert problems(GOOD.encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("</feed>", "", "not well-formed"),
        ("a &lt; b", "a < b", "not well-formed"),
        ("a &lt; b", "a &#0; b", "not well-formed"),
        ("a &lt; b", "a \x01 b", "not well-formed"),
        ("2005/Atom", "2005/Other", "the root is"),
        ("<feed", '<!DOCTYPE feed [<!ENTITY a "b">]><feed', "a document type"),
        ("  <id>tag:example.org,2026:acts</id>\n", "", "<feed> without <id>"),
        ("  <title>Acts</title>\n", "", "<feed> without <title>"),
        ("<title>Acts</title>", "<title>Acts</title><title>A</title>", "<feed> with 2 <title>"),
        ("<title>Acts</title>", "<title/>", "<title> is empty"),
        ("<title>Acts</title>", "<title><b>Acts</b></title>", "<title> has elements in it"),
        ("<title>One</title>", '<title type="TEXT">One</title>', "3.1.1: <title> of type TEXT"),
        ("<title>One</title>", '<title lang="en">One</title>', "<title> with the attribute lang"),
        ("  <author><name>Somebody</name></author>\n", "", "4.1.1: neither the feed nor every"),
        ("<name>Somebody</name>", "", "<author> without <name>"),
        ("<name>Somebody</name>", "<name>A</name><age>9</age>", "<age> in <author>"),
        ("  <updated>2026-12-02T00:00:00Z</updated>\n  <entry>", "  <entry>",
         "<feed> without <updated>"),
        ("2026-12-02T00:00:00Z", "2026-12-02 00:00:00Z", "3.3: <updated>"),
        ("2026-12-02T00:00:00Z", "2026-12-02t00:00:00z", "3.3: <updated>"),
        ("2026-12-02T00:00:00Z", "2026-12-02T00:00:00", "3.3: <updated>"),
        ("2026-12-02T00:00:00Z", "2026-12-02", "3.3: <updated>"),
        ("2026-12-01T00:00:00+01:00", "2026-02-30T00:00:00Z", "3.3: <published>"),
        ("2026-12-01T00:00:00+01:00", "2026-12-03T00:00:00Z", "updated before it was published"),
        ("<id>https://example.org/two</id>", "<id>two</id>", "<id>: 'two' is no absolute IRI"),
        ("hanoi/AZE/ratification", "hanoi/AZE/Côte", "is no absolute IRI"),
        ("hanoi/AZE/ratification", "hanoi/AZE/a b", "is no absolute IRI"),
        ("tag:example.org,2026:hanoi", "tag:example.org:hanoi", "is no absolute IRI"),
        ("https://example.org/two", "tag:example.org,2026:hanoi/AZE/ratification",
         "4.1.1: two entries with the id"),
        ('<category term="hanoi" label="Hanoi"/>', '<category label="Hanoi"/>', "4.2.2: <cat"),
        ('<content type="text">a &lt; b</content>', "", "4.1.2: an entry without content"),
        ("<content>c</content>", "<content/>", "an entry says nothing"),
        ("<content>c</content>", "<content>c</content><content>d</content>", "with 2 <content>"),
        ("<content>c</content>", "<contents>c</contents>", "<contents> in <entry>"),
        ("<content>c</content>", '<content src="x"/>', "content elsewhere needs a summary"),
        ("https://example.org/acts.xml", "acts.xml", "4.2.7: <link> to 'acts.xml'"),
        ('href="https://example.org/acts.xml"', "", "4.2.7: <link> to None"),
        ("application/atom+xml", "atom", "4.2.7.3: 'atom' is no media type"),
        ('rel="self"', 'rel="self" target="_blank"', "<link> with the attribute target"),
        ("  <entry>", '  <link href="http://a/"/><link href="http://b/"/><entry>',
         "<feed> with two alternate links"),
        ('xml:lang="en"', 'xml:lang="in english"', "is no language"),
        ("  <entry>", "  words <entry>", "text between the elements of <feed>"),
        ("2026-12-01T00:00:00.5Z", "2026-12-02T00:00:00.5Z", "not in the order of their times"),
        ("  <updated>2026-12-02T00:00:00Z</updated>\n  <entry>",
         "  <updated>2026-12-01T00:00:00Z</updated>\n  <entry>", "an entry is newer than its feed"),
    ],
)  # fmt: skip
def test_each_rule_that_is_broken_is_found(old: str, new: str, found: str) -> None:
    assert old in GOOD
    told = problems(GOOD.replace(old, new, 1).encode())
    assert any(found in problem for problem in told), told
