"""Tables of the comparison: shares, days and places as people read them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from adoption import tables
from adoption.law.conventions import load_conventions
from adoption.law.curves import shares_at_age
from adoption.law.placement import Known
from adoption.law.thresholds import milestones
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
    assert cells(view, "Convention") == [convention.short_title for convention in REGISTRY]
    assert list(row_of(view, "UN Convention against Cybercrime").values()) == [
        "UN Convention against Cybercrime", "25 Oct 2025", "at least 73 of 193 (38%)",
        "none confirmed of 193", "3",
    ]  # fmt: skip
    # Counted from acts.csv: the 2 undated deposits of Malabo, no dated act of the Arab one.
    malabo = row_of(view, "Malabo Convention")
    assert malabo["Signed"] == "not known"
    assert malabo["Consented to be bound"] == "0 to 2 of 54 (0% to 4%)"
    assert row_of(view, "Arab Convention on IT Offences")["Signed"] == "possibly 21 of 22 (95%)"
    young = row_of(shares_view(compared(396), 396), "UN Convention against Cybercrime")
    assert (young["Signed"], young["By report only"]) == ("not yet that old", "")


def test_days_to_the_nth_instrument() -> None:
    acts, states, memberships = (tables.read(n) for n in ("acts", "states", "memberships"))
    view = milestones_view(milestones(REGISTRY, acts, states, memberships, NEWEST), NEWEST)
    assert list(row_of(view, "Organized Crime Convention (UNTOC)").values())[1:] == [
        "498", "617", "931", "1,143", "1,021",  # 12 December 2000 to 1 July 2003: 931 days
    ]  # fmt: skip
    assert set(cells(view, "10th")) >= {"not known (list incomplete)", "1,153 to 1,509"}


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
