"""Tables of the comparison: shares, days and places as people read them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.milestones import milestones
from adoption.law.placement import Known
from adoption.law.shares import shares_at_age
from adoption.views.comparison import milestones_view, places_view, shares_view
from tests.views.test_views import cells, row_of

REGISTRY = list(load_conventions().values())
NEWEST = date(2026, 11, 24)
FRAME = pd.DataFrame(
    {
        "signatories": [0, 10, 20, 20],
        "parties": [0, 0, 2, 9],
        "everywhere": [True, True, True, False],
    }
)


def compared(days: int) -> pd.DataFrame:
    acts, states, memberships = (tables.read(n) for n in ("acts", "states", "memberships"))
    return shares_at_age(REGISTRY, acts, states, memberships, days, NEWEST)


def test_shares_with_their_bounds() -> None:
    view = shares_view(compared(395), 395)
    assert view.caption == (
        "States that signed and consented after 395 days, of those that could by then"
    )
    assert cells(view, "Convention") == [convention.short_title for convention in REGISTRY]
    assert row_of(view, "UN Convention against Cybercrime") == {
        "Convention": "UN Convention against Cybercrime",
        "Opened": "25 Oct 2025",
        "Signed": "at least 73 of 193 (38%)",
        "Consented to be bound": "none confirmed of 193",
        "By report only": "3",
    }
    # Counted from acts.csv: the 2 undated deposits of Malabo, no dated act of the Arab one.
    malabo = row_of(view, "Malabo Convention")
    assert malabo["Signed"] == "not known"
    assert malabo["Consented to be bound"] == "0 to 2 of 54 (0% to 4%)"
    arab = row_of(view, "Arab Convention on IT Offences")
    assert arab["Signed"] == "possibly 21 of 22 (95%)"
    young = shares_view(compared(396), 396)
    assert row_of(young, "UN Convention against Cybercrime")["Signed"] == "not yet that old"
    assert row_of(young, "UN Convention against Cybercrime")["By report only"] == ""


def test_days_to_the_nth_instrument() -> None:
    acts, states, memberships = (tables.read(n) for n in ("acts", "states", "memberships"))
    reached = milestones(REGISTRY, acts, states, memberships, NEWEST)
    view = milestones_view(reached, NEWEST)
    assert row_of(view, "Organized Crime Convention (UNTOC)") == {
        "Convention": "Organized Crime Convention (UNTOC)",
        "10th": "498",
        "20th": "617",
        "40th": "931",  # 12 December 2000 to 1 July 2003
        "60th": "1,143",
        "Entry into force": "1,021",
    }
    assert set(cells(view, "10th")) >= {"not known (list incomplete)", "1,153 to 1,509"}
    assert len(view.frame) == len(REGISTRY)
    assert "24 November 2026" in view.caption


def test_places_among_the_open_and_among_all() -> None:
    known = {"signatories": Known(10, 20, 20, True), "parties": Known(0, 2, 9, False)}
    view = places_view(known, FRAME, "Atlantis")  # type: ignore[arg-type]
    assert cells(view, "Count") == [
        "Signatures", "Signatures", "Consents", "Consents",
        "Consents, if the reports are right", "Consents, if the reports are right",
        "Consents, if all that are possible count", "Consents, if all that are possible count",
    ]  # fmt: skip
    first, second = view.frame.to_dict("records")[:2]
    assert (first["Treaties"], second["Treaties"]) == (3, 4)
    assert [first[head] for head in ("Fewer", "As many", "More")] == ["67%", "33%", "0%"]
    assert first["Percentile rank"] == "83"  # 2.5 of 3
    assert second["Percentile rank"] == "75"  # 2 and half of 2, of 4
    assert cells(view, "Known")[:4] == ["20", "20", "none for certain", "none for certain"]
    assert cells(view, "Known")[4] == "at least 2"
    assert "nan" not in view._repr_html_()


@pytest.mark.parametrize("frame", [FRAME, FRAME.iloc[:0]])
def test_no_signatories_named_and_no_treaty_as_old(frame: pd.DataFrame) -> None:
    known = {"signatories": None, "parties": Known(1, 1, 1, True)}
    view = places_view(known, frame, "Atlantis")  # type: ignore[arg-type]
    assert set(cells(view, "Count")) == {"Consents"}
    assert ("not known" in cells(view, "Fewer")) == frame.empty
    assert ("not known" in cells(view, "Percentile rank")) == frame.empty
