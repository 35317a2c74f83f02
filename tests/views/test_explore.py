"""The table of Explore: every member, what is known of it, and how sure that is."""

from __future__ import annotations

from datetime import date

from adoption.countries.capacity import Indicator
from adoption.explore import Selection, look_up, read_library
from adoption.law.conventions import load_conventions
from adoption.views.explore import members_view

LIBRARY = read_library()
GROUPS = {group.group: group for group in LIBRARY.groups()}
GCI = Indicator("GCI", 2024, "overall")


def rows(group: str, indicator: Indicator, day: date | None = None) -> dict[str, dict[str, str]]:
    hanoi = load_conventions()["hanoi"]
    shown = look_up(Selection(hanoi, day or LIBRARY.newest, GROUPS[group], indicator), LIBRARY)
    view = members_view(shown)
    return {str(row["State"]): {str(k): str(v) for k, v in row.items()}
            for row in view.frame.to_dict("records")}  # fmt: skip


def test_a_row_has_the_status_the_value_and_the_grade_of_each() -> None:
    assert rows("gcc", GCI)["Qatar"] == {
        "State": "Qatar",
        "Status": "reported bound",
        "GCI (of 100)": "100.0",
        "Grade of the value": "high",
        "Act": "ratification Feb 2026, reported",
    }
    assert rows("gcc", GCI)["Oman"]["Act"] == ""
