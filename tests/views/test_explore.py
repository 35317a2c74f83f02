"""The table of Explore: every member, what is known of it, and how sure that is."""

from __future__ import annotations

from datetime import date

from adoption.countries.indices import Indicator
from adoption.explore import look_up, read_library
from adoption.figures.tables import Badge
from adoption.law.conventions import load_conventions
from adoption.selection import Selection
from adoption.views.explore import members_view, shown_sources

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


def test_what_is_possible_is_said() -> None:
    qatar = rows("gcc", GCI, date(2026, 2, 10))["Qatar"]
    assert qatar["Status"] == "signed"
    assert qatar["Act"] == "signature 25 Oct 2025, confirmed; possibly party by then"


def test_a_value_that_is_not_known_is_called_so_and_has_no_grade() -> None:
    group = GROUPS["polynesia"]
    selection = Selection(
        load_conventions()["hanoi"], LIBRARY.newest, group, Indicator("EGDI", 2024, "overall")
    )
    view = members_view(look_up(selection, LIBRARY))
    assert view._repr_html_().count("not known") == 2  # Cook Islands and Niue
    grades = dict(zip(view.frame["State"], view.frame["Grade of the value"], strict=True))
    assert grades["Niue"] == ""
    assert grades["Tonga"] == "not assessed"
    assert all(isinstance(cell, Badge) for cell in view.frame["Status"])


def test_the_caption_names_who_gives_the_index_and_on_what_terms() -> None:
    selection = Selection(load_conventions()["hanoi"], LIBRARY.newest, GROUPS["gcc"], GCI)
    caption = members_view(look_up(selection, LIBRARY)).caption
    assert caption.startswith("GCC: UN Convention against Cybercrime on 24 November 2026")
    assert "ITU" in caption
    assert "non-commercial use with attribution" in caption


def test_the_sources_are_those_of_the_acts_and_of_the_values() -> None:
    selection = Selection(load_conventions()["malabo"], LIBRARY.newest, GROUPS["gcc"], GCI)
    shown = look_up(selection, LIBRARY)
    titles = {str(title) for title in shown_sources(shown, LIBRARY.sources).frame["Source"]}
    sources = LIBRARY.sources.set_index("source")["title"]
    acts = LIBRARY.acts[LIBRARY.acts["convention"] == "malabo"]["source"].str.split(";")
    assert {sources[key] for keys in acts for key in keys} <= titles
    assert {sources[key] for key in shown.members["value_source"]} <= titles
