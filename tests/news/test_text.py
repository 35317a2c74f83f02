"""The differences as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from adoption.news.kinds import ActChange
from adoption.news.text import as_text
from tests.news.made_up import act, changed

CHANGES = (
    ActChange(None, act("AAA")),
    ActChange(act("BBB", grade="reported"), act("BBB")),
    ActChange(act("CCC"), None),
)
SUMMARY = "1 signature of Atlantis, 1 signature confirmed, 1 signature removed"


def test_each_line_has_its_sign() -> None:
    found = replace(changed(*CHANGES), old_day=date(2020, 1, 1), new_day=date(2020, 6, 1))
    assert as_text(found) == (
        f"{SUMMARY}\n"
        "data of 1 June 2020, beside those of 1 January 2020\n"
        "\n"
        "Atlantis Convention\n"
        "  + Aland: signature of 10 February 2020 (confirmed, source us)\n"
        "  ~ Borduria: signature of 10 February 2020 now confirmed (was reported)\n"
        "  - Costaguana: signature of 10 February 2020 no longer in the record; why is not known"
    )


def test_a_terminal_is_given_no_orders() -> None:
    evil = act("", participant="\x1b[2JRuritania\r\n\x9b31m", source="\x07us")
    (line,) = as_text(changed(ActChange(None, evil))).splitlines()[3:]
    assert line == "  + [2JRuritania 31m: signature of 10 February 2020 (confirmed, source us)"
