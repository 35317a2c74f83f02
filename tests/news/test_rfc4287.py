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


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("a &lt; b", "a &#0; b", "not well-formed"),
        ("  <title>Acts</title>\n", "", "<title> is not once"),
        ("<title>Acts</title>", "<title><b>Acts</b></title>", "has elements in it"),
        ("<name>Somebody</name>", "", "4.1.1: the feed has no author with a name"),
        ("2026-12-02T00:00:00Z", "2026-12-02T00:00:00", "3.3: <updated>"),
        ("2026-12-01T00:00:00+01:00", "2026-12-03T00:00:00Z", "updated before it was published"),
        ("tag:example.org,2026:hanoi", "tag:example.org:hanoi", "is no absolute IRI"),
        ("https://example.org/two", "tag:example.org,2026:hanoi/AZE/ratification",
         "4.1.1: two entries with the id"),
        ('<category term="hanoi" label="Hanoi"/>', '<category label="Hanoi"/>', "4.2.2: <cat"),
        ("<content>c</content>", "<content/>", "an entry says nothing"),
        ("<content>c</content>", "<content>c</content><content>d</content>", "<content> is twice"),
        ("https://example.org/acts.xml", "acts.xml", "4.2.7: <link> to 'acts.xml'"),
        ("2026-12-01T00:00:00.5Z", "2026-12-02T00:00:00.5Z", "not in the order of their times"),
    ],
)  # fmt: skip
def test_each_rule_that_is_broken_is_found(old: str, new: str, found: str) -> None:
    assert problems(GOOD.encode()) == []
    assert old in GOOD
    told = problems(GOOD.replace(old, new, 1).encode())
    assert any(found in problem for problem in told), told
