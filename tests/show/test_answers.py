"""The answers: their figures, and how a notebook shows them."""

from __future__ import annotations

from typing import Any

import adoption
from adoption.show.answers import ANSWER_TYPE, Answer

ad: Any = adoption


def test_before_entry_into_force_the_figure_is_of_signatories_and_later_of_parties() -> None:
    for name, day, figure in (
        ("untoc", "2003-09-28", "147"),
        ("untoc", "2003-09-29", "52"),
        ("hanoi", "2025-10-25", "65 to 69"),
        ("hanoi", "2026-11-24", "68+"),
        ("untoc", "2026-11-24", "190+"),
    ):
        assert ad.status(name, day).answer.key_figure == figure
    for day, figure, label in (
        ("2003-06-30", "39", "consents to be bound; 40 are needed for entry into force"),
        ("2003-07-01", "40", "consents to be bound; 40 were needed for entry into force"),
        ("2003-09-29", "52", "parties; 40 were needed for entry into force"),
    ):
        answer = ad.compare(["untoc"], age=395, as_of=day).answer
        assert (answer.key_figure, answer.key_label) == (figure, label)


def test_a_notebook_shows_it_as_text_markdown_and_data() -> None:
    answer = ad.status("hanoi").answer
    bundle = answer._repr_mimebundle_(include=None)
    assert bundle["text/plain"] == answer.text
    assert str(bundle["text/markdown"]).startswith(f"**{answer.text}**")
    assert answer.reach in str(bundle["text/markdown"])
    data = bundle[ANSWER_TYPE]
    assert isinstance(data, dict)
    assert Answer(**data) == answer
