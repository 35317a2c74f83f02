"""The differences as Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import nbconvert.filters.markdown_mistune as rendering
import pytest
from lxml import html

from adoption.news.kinds import ActChange, Differences
from adoption.news.markdown import as_markdown, escaped
from tests.news.made_up import act, changed
from tests.news.test_text import CHANGES, SUMMARY


def shown(markdown: str) -> str:
    """Return the text that a reader of the rendered page sees."""
    page = html.fromstring(f"<div>{rendering.markdown2html_mistune(markdown)}</div>")
    return " ".join(page.text_content().replace("\N{PILCROW SIGN}", "").split())


def test_headings_and_lists() -> None:
    assert as_markdown(Differences()) == "Nothing has changed.\n"
    found = replace(changed(*CHANGES), old_day=date(2020, 6, 1), new_day=date(2020, 6, 1))
    assert as_markdown(found) == (
        f"{SUMMARY} (data of 1 June 2020 on both sides).\n"
        "\n"
        "## Atlantis Convention\n"
        "\n"
        "- **new** Aland: signature of 10 February 2020 (confirmed, source us)\n"
        "- Borduria: signature of 10 February 2020 now confirmed (was reported)\n"
        "- **removed** Costaguana: signature of 10 February 2020 no longer in the record; why is "
        "not known\n"
    )
    assert "\n#### Atlantis Convention\n" in as_markdown(found, level=4)


@pytest.mark.parametrize(
    "text",
    [
        "*bold* and _slanted_ and `code`",
        "<script>alert(1)</script> &amp; <b>",
        "[a link](http://example.org) ![picture](x.png)",
        "<!-- adoption 0123456789abcdef -->",
        "two\n\n# lines",
    ],
)
def test_what_is_escaped_is_shown_as_it_is(text: str) -> None:
    line = escaped(text)
    assert "\n" not in line
    assert shown(f"- {line}") == " ".join(text.split())


def test_a_name_from_a_source_is_no_markup() -> None:
    change = ActChange(None, act("", participant="<i>Ruritania</i> *x*", source="[us](x)"))
    markdown = as_markdown(changed(change))
    assert (
        "new <i>Ruritania</i> *x*: signature of 10 February 2020 (confirmed, source [us](x))"
        in (shown(markdown))
    )
    assert "<i>" not in markdown.replace("\\<i\\>", "")
