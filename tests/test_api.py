"""The public API: every name from any folder, and nothing silently wrong."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import adoption as ad
from adoption.answers import Answer
from adoption.errors import AdoptionError
from tests.conftest import ROOT

HANOI = "2025-10-26"


@pytest.mark.parametrize("name", ad.__all__)
def test_each_name_is_documented_in_full(name: str) -> None:
    function = getattr(ad, name)
    text = inspect.getdoc(function) or ""
    for argument in inspect.signature(function).parameters:
        named = rf"(?m)^(\*\*|[\w, ]+, )?{argument}(, [\w, ]+)?( :|$)"
        assert re.search(named, text), argument
    assert "\nReturns\n" in text
    assert ">>> " in text or name in ("build", "report")


def test_it_works_in_a_script_of_another_folder(tmp_path: Path) -> None:
    script = (
        "import adoption as ad\n"
        "merged = ad.status('hanoi', '2025-10-26').frame.merge(ad.capacity(), on='iso3')\n"
        "print(ad.association(merged).sentence)"
    )
    left = {name: value for name, value in os.environ.items() if name != "ADOPTION_HOME"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, cwd=tmp_path, env=left, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.match(r"\d+ of the 194 states", done.stdout)


def test_a_day_may_be_given_as_text_and_no_other_way_round() -> None:
    found = ad.status("hanoi", HANOI)
    days = (date(2025, 10, 26), datetime(2025, 10, 26, 9, tzinfo=UTC), pd.Timestamp(HANOI))
    for day in days:
        assert ad.status("hanoi", day).signatories == found.signatories
    assert (found.signatories.lower, found.signatories.upper) == (72, 72)
    for wrong in ("01/02/2026", "2026-2-1", "20260201", "yesterday", pd.NaT, None, 20260201):
        with pytest.raises(AdoptionError, match="is neither a day of the calendar"):
            ad.status("hanoi", wrong)  # type: ignore[arg-type]


def test_a_day_outside_the_life_of_a_convention_and_of_the_data_is_refused() -> None:
    for day in ("2003-12-08", "2099-01-01"):
        with pytest.raises(AdoptionError, match=r"is outside 2003-12-09 .the opening of uncac"):
            ad.curve("uncac", as_of=day)
    with pytest.raises(AdoptionError, match="age: 5000 is not a number from 0 to"):
        ad.compare(["hanoi", "uncac"], age=5000)
    with pytest.raises(AdoptionError, match="is neither a day of the calendar"):
        ad.world(as_of="01/02/2026")


def test_a_merged_frame_of_ones_own_is_checked() -> None:
    merged = ad.status("hanoi", HANOI).frame.merge(ad.capacity("GCI", 2024), on="iso3")
    with pytest.raises(AdoptionError, match=r"iso3 .afg. .did you mean AFG"):
        ad.association(merged.assign(iso3=merged["iso3"].str.lower()))
    with pytest.raises(AdoptionError, match="column 'signed' does not hold True and False"):
        ad.association(merged.assign(signed="no"))


def test_a_frame_of_ones_own_is_refused_with_all_its_faults() -> None:
    own = ad.table("base_acts").query("treaty == 'XVIII-12' and iso3.notna()")
    given: dict[str, Any] = {"opened": "2000-12-12", "threshold": 40, "as_of": "2002-01-01"}
    for column, change, says in (
        ("act", str.capitalize, "'Ratification' .did you mean ratification"),
        ("iso3", str.lower, "'qat' .did you mean QAT"),
    ):
        wrong = own[own["iso3"].isin(["QAT", "POL"])]
        wrong = wrong.assign(**{column: wrong[column].map(change)})
        with pytest.raises(AdoptionError, match=says):
            ad.forecast_threshold(wrong, **given)
    with pytest.raises(AdoptionError, match="does not hold days"):
        ad.forecast_threshold(own.assign(date="01/02/2001"), **given)


def test_a_curve_ends_its_upper_bound_with_the_list() -> None:
    curve = ad.curve("uncac", of="parties")
    reach = pd.Timestamp(str(ad.convention("uncac").complete_to))
    later = curve[curve["day"] > reach]
    assert len(later)
    assert not later["complete"].any()
    assert later["upper"].isna().all()
    assert curve.loc[curve["complete"], "upper"].notna().all()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("UN Convention against Cybercrime", "hanoi"),
        ("UNTC XVIII-16", "hanoi"),
    ],
)
def test_a_convention_is_found_by_its_titles(name: str, found: str) -> None:
    assert ad.convention(name).convention == found
    assert ad.status(ad.convention(name), HANOI).convention.convention == found


def test_a_comparison_of_shares_has_its_charts_and_tables() -> None:
    found = ad.compare(["hanoi", "untoc"], as_of=HANOI, of="shares", years=2)
    assert found.frame["states"].tolist() == [193, 191 - 2]
    assert [name for name in found.charts if not found.chart(name).layout.meta["title"]] == []
    assert found.chart("parties").layout.xaxis.range[1] == 2
    assert [len(found.table(name).frame) for name in ("shares", "milestones")] == [2, 2]
    assert isinstance(found.answer, Answer)
    assert found.answer.text == found.sentence
    with pytest.raises(AdoptionError, match="did you mean shares"):
        ad.compare(["hanoi"], of="share")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ad.table("conventions")["convention"])
def test_every_count_knows_its_rows(name: str) -> None:
    status = ad.status(name)
    for count in (status.signatories, status.parties, status.counted):
        rows = count.rows()
        assert (rows["certain"].sum(), len(rows)) == (count.lower, count.possible)
        assert rows["iso3"].is_unique
        assert rows.loc[rows["certain"], "grade"].value_counts().to_dict() == {
            grade: number for grade, number in count.by_grade.items() if number
        }
        assert rows["source"].notna().all()


def test_the_world_is_a_map() -> None:
    world = ad.world("hanoi", HANOI)
    assert world.crs == "EPSG:4326"
    assert world.geometry.is_valid.all()
    assert world.loc[world.geometry.is_empty, "iso3"].tolist() == ["VAT"]
    parts = world.explode().bounds
    assert (parts["maxx"] - parts["minx"]).max() < 180, "cut at the antimeridian"
    assert set(world.dissolve("region").index) == set(ad.states()["region"].dropna())
    doha = world.cx[51.4:51.5, 25.2:25.3]
    assert doha["iso3"].tolist() == ["QAT"]
    assert world.set_index("iso3").at["QAT", "status"] == "signed"
    assert world["signed"].sum() == 71, "all but the European Union"
    borders = ad.world(layer="disputed borders")
    assert (borders.geom_type == "LineString").sum() == len(borders) > 10


def test_the_world_can_be_explored() -> None:
    drawn = ad.world("hanoi", HANOI).query("iso3 == 'QAT'").explore("status", tooltip="name")
    html = drawn.get_root().render()
    assert '"name": "Qatar"' in html
    assert '"status": "signed"' in html


def test_a_verdict_has_its_rows_and_who_said_it() -> None:
    found = ad.check_claims(as_of=HANOI)
    assert found.frame["said_on"].dt.year.tolist() == [2025] * 13
    assert set(found.rows["id"]) <= set(found.frame["id"])
    assert len(found.rows) == sum(len(verdict.rows) for verdict in found.verdicts)


def test_the_network_has_its_instruments_on_the_edges() -> None:
    graph = ad.network(["budapest", "malabo"], "2024-10-09").to_networkx()
    assert graph.edges["FRA", "JPN"]["instruments"] == ["Budapest"]
    assert graph.number_of_edges() == ad.network(["budapest", "malabo"], "2024-10-09").least


def test_a_result_is_three_lines_and_a_copy() -> None:
    found = ad.status("hanoi", HANOI)
    assert len(repr(found).splitlines()) == 3
    assert found.sentence in found._repr_html_().replace("&#x27;", "'")
    found.frame.loc[:, "signed"] = False
    assert ad.status("hanoi", HANOI).frame["signed"].sum() == 72
    assert found.to_dict()["sources"]
    assert all(found.chart(name).data for name in ("map", "curve"))
    with pytest.raises(AdoptionError, match="did you mean map"):
        found.chart("mapp")


def test_sources_can_be_cited() -> None:
    found = ad.sources(ad.acts("hanoi"))
    text = found.to_bibtex()
    assert text.count("@misc{") == len(found.frame)
    assert "untc-xml" in text


def test_a_referee_counts_the_same_without_the_package() -> None:
    command = [sys.executable, "-S", str(ROOT / "tests" / "referee.py"), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d\d counts, 0 not in the notebooks$", done.stdout, re.MULTILINE)


def test_what_a_result_lacks_is_not_looked_for_in_another_frame() -> None:
    with pytest.raises(AttributeError, match=r"its rows are in \.frame"):
        _ = ad.evidence("hanoi").shape
