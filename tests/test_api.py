"""The public API: every name from any folder, and nothing silently wrong."""

from __future__ import annotations

import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

import adoption as ad
from adoption.core.errors import AdoptionError
from tests.conftest import ROOT, starts

HANOI = "2025-10-26"
FLAGS = ("signed", "consented", "in_force")


@pytest.mark.parametrize("name", [name for name in ad.__all__ if name != "AdoptionError"])
def test_each_name_is_documented_in_full(name: str) -> None:
    function = getattr(ad, name)
    text = inspect.getdoc(function) or ""
    for argument in inspect.signature(function).parameters:
        named = rf"(?m)^(\*\*|[\w, ]+, )?{argument}(, [\w, ]+)?( :|$)"
        assert re.search(named, text), argument
    assert "\nReturns\n" in text
    assert ">>> " in text or name in ("build", "report")


def test_no_package_takes_the_name_of_a_public_function() -> None:
    packages = {module.name for module in pkgutil.iter_modules(ad.__path__)}
    assert packages.isdisjoint(ad.__all__)


def test_a_day_may_be_given_as_text_and_no_other_way_round() -> None:
    found = ad.status("hanoi", HANOI)
    days: tuple[Any, ...] = (
        date(2025, 10, 26),
        datetime(2025, 10, 26, 9, tzinfo=UTC),
        pd.Timestamp(HANOI),
        np.datetime64(HANOI, "ns"),
        pd.Timestamp(f"{HANOI} 23:00", tz="America/New_York"),
    )
    for day in days:
        assert ad.status("hanoi", day).signatories == found.signatories
    assert (found.signatories.lower, found.signatories.upper) == (68, 72)
    wrong_days: tuple[Any, ...] = (
        "01/02/2026",
        "2026-2-1",
        "2026",
        pd.NaT,
        np.datetime64("NaT", "D"),
    )
    for wrong in (*wrong_days, "yesterday", None, 2026):
        with pytest.raises(AdoptionError, match="is neither a day of the calendar"):
            ad.status("hanoi", wrong)


def test_a_day_of_a_panel_with_a_time_zone_is_its_own_day() -> None:
    late = pd.Timestamp(f"{HANOI} 23:00", tz="America/New_York")  # the next day in Greenwich
    for days in ([late], pd.DatetimeIndex([late])):
        pd.testing.assert_frame_equal(ad.panel("hanoi", days), ad.panel("hanoi", HANOI))


@pytest.mark.parametrize("name", ad.table("conventions")["convention"])
def test_every_count_knows_its_rows(name: str) -> None:
    status = ad.status(name)
    for count in (status.signatories, status.parties, status.counted):
        rows = count.rows()
        assert (rows["certain"].sum(), len(rows)) == (count.with_reports, count.possible)
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


def test_a_referee_counts_the_same_without_the_package() -> None:
    command = [sys.executable, "-S", str(ROOT / "tests" / "referee.py"), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+ counts, 0 not in the notebooks$", done.stdout, re.MULTILINE)
    assert re.search(r"^1,\d{3} days in force, 0 not in spells$", done.stdout, re.MULTILINE)


def test_what_a_result_lacks_is_not_looked_for_in_another_frame() -> None:
    with pytest.raises(AttributeError, match=r"its rows are in \.frame"):
        _ = ad.evidence("hanoi").shape  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def merged() -> pd.DataFrame:
    status = ad.status("hanoi", "2026-02-10").frame
    return status.merge(ad.capacity("GCI", 2024), on="iso3", how="left")


def test_beyond_a_complete_list_no_upper_bound_is_known() -> None:
    compared = ad.compare(["hanoi", "untoc"], age=365, as_of="2026-11-24").frame
    assert compared["signatories_upper"].isna().tolist() == [True, False]
    closed = ad.compare(["uncac"], as_of="2026-11-24").frame.iloc[0]  # nobody can sign any more
    assert closed[["signatories_upper", "parties_upper"]].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("of", "day", "numbers"),
    [
        ("parties", "2010-01-01", ("int64", "int64")),
        ("parties", "2026-11-24", ("int64", "float64")),  # beyond its list: drawn to where it ends
        ("signatories", "2026-11-24", ("int64", "int64")),  # nobody can sign any more
    ],
)
def test_a_curve_has_plain_numbers_with_a_gap_where_one_is_not_known(
    of: Literal["parties", "signatories"], day: str, numbers: tuple[str, str]
) -> None:
    for by, first in (("day", "datetime64[us]"), ("age", "int64")):
        found = ad.curve("uncac", of=of, by=by, as_of=day)  # type: ignore[arg-type]
        assert list(found.dtypes.astype(str).items()) == [
            (by, first),
            ("lower", numbers[0]),
            ("with_reports", numbers[0]),
            ("upper", numbers[1]),
            ("complete", "bool"),
        ]
        assert found["upper"].isna().equals(~found["complete"])
    unnamed = ad.curve("malabo", of="signatories")
    assert unnamed[["lower", "upper"]].isna().all(axis=None)
    assert unnamed["lower"].to_numpy().dtype == "float64"


def test_spells_are_the_periods_of_the_conventions_asked_for() -> None:
    everything, two, one = ad.spells(), ad.spells(["hanoi", "uncac"]), ad.spells("uncac")
    assert everything["convention"].nunique() == len(ad.conventions())
    assert set(two["convention"]) == {"hanoi", "uncac"}
    pd.testing.assert_frame_equal(one, two.query("convention == 'uncac'").reset_index(drop=True))
    stands = one[(one["begins_latest"] <= "2010-06-30") & one["ends_earliest"].isna()]
    counts = ad.status("uncac", "2010-06-30")
    assert stands["kind"].value_counts().to_dict() == {
        "signature": counts.signatories.with_reports,
        "consent": counts.parties.with_reports,
    }


def test_a_panel_has_a_row_for_each_convention_state_and_day() -> None:
    rows, codes = ad.panel(["uncac", "hanoi"], "2001/2004"), ad.states()["iso3"]
    ends = pd.to_datetime([f"{year}-12-31" for year in range(2001, 2005)])
    index = pd.MultiIndex.from_product([["uncac", "hanoi"], codes, ends])
    assert list(rows[["convention", "iso3", "day"]].itertuples(index=False, name=None)) == [*index]
    assert rows.dtypes.astype(str).iloc[3:].to_dict() == {
        "year": "int64",
        "status": "category",
        "signed": "boolean",
        "consented": "boolean",
        "in_force": "boolean",
        "can_join": "boolean",
        "grade": "category",
        "signed_complete": "bool",
        "consented_complete": "bool",
        "in_force_complete": "bool",
    }
    early = rows[(rows["convention"] == "hanoi") | (rows["day"] < "2003-12-09")]
    states = ~early["status"].isin(["not yet a state", "not known"])
    assert set(early.loc[~states, "iso3"]) == {"MNE", "SSD", "TLS", "PSE"}
    assert set(early.loc[states, "status"]) == {"not open"}
    flags = early[["signed", "consented", "in_force"]]
    assert flags[states].eq(False).all(axis=None)
    assert flags[~states].isna().all(axis=None)
    assert early["grade"].isna().all()


def test_the_days_of_a_panel_are_a_list_a_day_or_a_range() -> None:
    quarters = ad.panel("uncac", "2005-01-01/2005-06-30", freq="QE")
    listed = ad.panel("uncac", [date(2005, 3, 31), "2005-06-30"])
    pd.testing.assert_frame_equal(quarters, listed)
    last = listed[listed["day"] == "2005-06-30"].reset_index(drop=True)
    pd.testing.assert_frame_equal(ad.panel("uncac", "2005-06-30"), last)


def test_beyond_the_reach_of_a_list_no_flag_chooses_by_the_outcome() -> None:
    names = ad.conventions()["convention"].tolist()
    rows, known = (ad.panel(names, "2001/2025", beyond=b) for b in ("missing", "known"))
    for flag in FLAGS:
        reached = rows[f"{flag}_complete"]
        pd.testing.assert_series_equal(rows.loc[reached, flag], known.loc[reached, flag])
        assert rows.loc[~reached, flag].isna().all()
        days = rows.groupby(["convention", "day"], observed=True)[f"{flag}_complete"]
        assert days.min().equals(days.max()), "all states of a day alike"
    # Hanoi could bind nobody by the end of 2025, whatever its list has.
    hanoi = rows.query("convention == 'hanoi' and day == '2025-12-31'")
    assert hanoi["in_force"].eq(False).all()
    assert hanoi["consented"].isna().all()
    beyond = known[~known["consented_complete"] & known["convention"].isin(["uncac", "untoc"])]
    assert beyond["consented"].dropna().all(), "True or missing, never False"
    pd.testing.assert_frame_equal(rows.drop(columns=[*FLAGS]), known.drop(columns=[*FLAGS]))


FRAME = "frame: it is of hanoi on 2026-02-10; asked is"
OUTSIDE = "is outside 2025-10-25 (the opening of hanoi) to 2026-11-24 (the day of the data)"
UNTOC: dict[str, Any] = {"opened": "2000-12-12", "threshold": 40, "as_of": "2002-06-01"}


def lower(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(iso3=frame["iso3"].replace("QAT", "qat"))


def own_acts() -> pd.DataFrame:
    acts = ad.table("base_acts").query("treaty == 'XVIII-12'")
    return acts.drop(columns="participant").reset_index(drop=True)


def from_acts(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Any:
    return ad.forecast_threshold(change(own_acts()), **UNTOC)


def consents_on(day: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda acts: acts.assign(
        date=acts["date"].where(acts["act"] == "signature", pd.Timestamp(day))
    )


WRONG: list[tuple[Callable[[Any], object], str]] = [
    (lambda m: ad.profile("Qatar", "uncac", "2026-02-10", frame=m), f"{FRAME} uncac on 2026-02-10"),
    (lambda m: ad.inequality("gcc", frame=lower(m)), "frame: iso3 'qat' (did you mean QAT?)"),
    (
        lambda m: ad.inequality("gcc", frame=pd.concat([m, m])),
        "frame: AFG has two rows; one row a state is allowed",
    ),
    (
        lambda m: ad.inequality("gcc", frame=m.drop(columns=["legal", "technical"])),
        "frame: there is no column 'legal', 'technical'; merge with status.frame and ad.capacity()",
    ),
    (lambda m: ad.inequality("gcc", 2020, frame=m), "frame: capacity_edition 2024.0 (did you mean"),
    (
        lambda m: ad.inequality(
            "gcc", convention="hanoi", as_of="2026-02-10", frame=m[m["iso3"] != "QAT"]
        ),
        "frame: there is no row whose iso3 is QAT",
    ),
    (
        lambda m: ad.association(m.assign(tier="Tier 1", income_group="low")),
        "frame: tier 'Tier 1' (no close match) (all: T1, T2, T3, T4, T5); income_g",
    ),
    (
        lambda m: ad.association(m.assign(overall=m["overall"] * 1000)),
        "frame: 194 rows whose overall is not from 0 to 100 (row 0)",
    ),
    (lambda m: ad.association(m.iloc[:0]), "frame: there is no row; one row a state is allowed"),
    (lambda m: ad.association(m.assign(legal="many")), "frame: the column 'legal' does not hold"),
    (lambda _: ad.association(5), "frame: int is not a DataFrame"),  # type: ignore[arg-type]
    (
        lambda m: ad.association(m.assign(capacity_index=["GCI", "EGDI"] * (len(m) // 2))),
        "frame: capacity_index is EGDI and GCI; one is allowed",
    ),
    (
        lambda m: ad.association(m.assign(capacity_index="GCII")),
        "frame: capacity_index 'GCII' (did you mean GCI?)",
    ),
    (
        lambda _: ad.forecast_threshold(
            ad.table("base_acts").query("iso3.notna()"),
            opened="1940-01-01",
            threshold=40,
            as_of="2002-06-01",
        ),
        "acts: they are of 307 different values of 'treaty'; one is allowed",
    ),
    (
        lambda _: ad.forecast("hanoi").cdf(["2027-01-01", "soon"]),
        "day: 'soon' is neither a day of the calendar",
    ),
    (
        lambda _: ad.forecast_threshold(
            own_acts(), **UNTOC, base_acts=lower(ad.table("base_acts"))
        ),
        "base_acts: iso3 'qat' (did you mean QAT?)",
    ),
    (lambda _: from_acts(consents_on("NaT")), "acts: 179 rows without a day, or without both"),
    (
        lambda _: from_acts(consents_on("1960-01-01")),
        "acts: 179 rows more than a year before the opening on 2000-12-12 (row 0)",
    ),
    (
        lambda _: ad.forecast_threshold(own_acts(), **UNTOC | {"opened": "2001-12-12"}),
        "acts: 139 rows of a signature before the opening on 2001-12-12 (row ",
    ),
    (
        lambda _: from_acts(lambda acts: acts.assign(act=acts["act"].where(acts.index > 30))),
        "acts: 31 rows without act (row 0)",
    ),
    (
        lambda _: from_acts(
            lambda acts: acts.assign(
                earliest=pd.Timestamp("2001-05-01"), latest=pd.Timestamp("2001-03-01")
            )
        ),
        "acts: 326 rows whose days are out of order (row 0)",
    ),
    (
        lambda _: from_acts(
            lambda acts: acts.assign(act="Signature", date="1 May", earliest="May")
        ),
        "acts: act 'Signature' (did you mean signature?); the column 'date' does not hold days "
        "(datetime64, no time zone); the column 'earliest' does not hold days",
    ),
    (lambda _: ad.status("hanoi", "2030-01-01"), f"as_of: 2030-01-01 {OUTSIDE}"),
    (lambda _: ad.curve("uncac", as_of="2003-12-08"), "as_of: 2003-12-08 is outside 2003-12-09 ("),
    (lambda _: ad.panel("uncac", "2020/2030"), "days: 2030-12-31 is after 2026-11-24 (the day of"),
    (lambda _: ad.panel("uncac", "2005/2001"), "days: '2005/2001' is an empty range"),
    (
        lambda _: ad.panel("uncac", ["2005-06-30", pd.Timestamp("2005-06-30 12:00")]),
        "days: 2005-06-30 is named twice",
    ),
    (
        lambda _: ad.panel("uncac", "2005", beyond="now"),  # type: ignore[arg-type]
        "beyond: there is no 'now'; did you mean known? (all: missing, known)",
    ),
    (
        lambda _: ad.panel("uncac", "2001/2005", freq="yearly"),
        "freq: 'yearly' is not a frequency of",
    ),
    (lambda _: ad.inequality("arab-league", inner="gccc"), "group: there is no 'gccc'; did you"),
    (
        lambda _: ad.sources(pd.DataFrame({"source": ["untc-xml;untc-xmll"]})),
        "source: there is no 'untc-xmll' in the table sources; did you mean untc-xml",
    ),
    (
        lambda _: ad.network(["budapest"], "2024-01-01", among=["FRA", "QTR"]),
        "among: 'QTR' is neither",
    ),
    (lambda _: ad.network(["budapest"], "2024-01-01", among=["EUE"]), "among: EUE is an"),
    (
        lambda _: ad.compare(["hanoi"], of="share"),  # type: ignore[arg-type]
        "of: there is no 'share'; did you mean shares",
    ),
    (
        lambda m: ad.association(m.assign(signed="no")),
        "frame: the column 'signed' does not hold True and False",
    ),
    (lambda _: ad.survival("uncac", by="regin"), "by: there is no 'regin'; did you mean region?"),
    (lambda _: ad.survival("uncac", by=pd.Series([1, 2])), "by: the index of the Series is not"),
    (
        lambda _: ad.survival("uncac").waits("middle"),  # type: ignore[arg-type]
        "reading: there is no 'middle'; no close match (all: lower, with_reports, upper)",
    ),
    (lambda _: ad.network(["hanoi"], "2030-01-01"), "as_of: 2030-01-01 is after 2026-11-24 (the"),
    (lambda _: ad.compare(["hanoi"], of="shares", years=-1), "years: -1 is not a number from 1 to"),
    (
        lambda _: ad.compare(["hanoi"], age="100"),  # type: ignore[arg-type]
        "age: '100' is not a number from 0 to 395",
    ),
    (
        lambda _: ad.forecast("hanoi", reports_true="a"),  # type: ignore[arg-type]
        "reports_true: 'a' is not a number from 0 to 1",
    ),
    (
        lambda _: ad.forecast("hanoi").quantile("0.5"),  # type: ignore[arg-type]
        "q: '0.5' is not a number from 0 to 1",
    ),
    (lambda _: ad.network(["arab-2010"], among="FRA"), "among: 'FRA' is a state, not a group"),
    (lambda _: ad.profile("gcc"), "country: 'gcc' is a group (GCC), not a state"),
    (
        lambda _: ad.profile(["QAT", "OMN"]),  # type: ignore[arg-type]
        "country: ['QAT', 'OMN'] is not the code or name of one state",
    ),
    (
        lambda _: ad.world(["hanoi"]),  # type: ignore[arg-type]
        "convention: ['hanoi'] is not the name of one convention",
    ),
    (lambda _: ad.table("gci"), "no table 'gci'; it is part of capacity (all: conventions, acts,"),
    (
        lambda _: ad.capacity("GCI", 2018),
        "edition: 2018 is not one of the GCI; there are 2020, 2024, latest",
    ),
    (
        lambda _: ad.profile("Taiwan"),
        "country: 'Taiwan' is neither an ISO3 code nor a name of the table states; sources list it",
    ),
    (lambda _: ad.group(None), "group: None is neither a group nor"),  # type: ignore[arg-type]
    (lambda _: ad.group("cow:694"), "group: 'cow:694' is a state, not a group"),
    (lambda _: ad.states("cow"), "codes: 'cow' is neither True nor"),  # type: ignore[arg-type]
    (
        lambda _: ad.panel("uncac", "2001/2002", codes=True),  # type: ignore[arg-type]
        "codes: True is neither a name nor a list of names",
    ),
    (lambda frame: ad.association(frame, by=5), "by: 5 is neither a name"),  # type: ignore[arg-type]
    (lambda _: ad.explorer(None), "selected: None is not what"),  # type: ignore[arg-type]
    (lambda _: ad.report(5), "output: 5 is not a folder"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("call", "line"), WRONG)
def test_a_wrong_call_ends_in_one_line(
    merged: pd.DataFrame, call: Callable[[Any], object], line: str
) -> None:
    with pytest.raises(AdoptionError, match=starts(line)):
        call(merged)


def test_an_edition_may_be_text_the_latest_or_all() -> None:
    whole = ad.capacity("GCI", "all")
    assert whole.set_index(["iso3", "capacity_edition"]).index.is_unique
    for edition in (2020, "2020", 2024, "latest"):
        own = whole["capacity_edition"] == (2020 if str(edition) == "2020" else 2024)
        rows = whole[own].reset_index(drop=True)
        pd.testing.assert_frame_equal(ad.capacity("GCI", edition), rows)
    assert ad.inequality("gcc", "latest").sentence == ad.inequality("gcc", 2024).sentence


def test_the_words_of_a_status_may_stand_in_the_column_budapest(merged: pd.DataFrame) -> None:
    status = ad.status("budapest", "2026-02-10").frame[["iso3", "status"]]
    frame = merged.drop(columns="budapest", errors="ignore")
    frame = frame.merge(status.rename(columns={"status": "budapest"}), on="iso3")
    rows = ad.association(frame).frame.query("variable == 'budapest'")
    counts = frame.query("kind != 'organization'")["budapest"].value_counts().to_dict()
    assert rows.set_index("category")["states"].to_dict() == counts


def test_the_states_days_and_codes_have_one_unit_and_one_name() -> None:
    days = ad.status("hanoi").frame.select_dtypes("datetime")
    assert set(map(str, days.dtypes)) == {"datetime64[us]"}
    assert ad.group(["EUU"]).members == ad.group(["European Union"]).members


def test_a_group_may_be_named_wherever_states_are() -> None:
    gulf = ad.group("gcc")
    for among in (gulf, "gcc"):
        assert ad.network(["arab-2010"], among=among).states == tuple(sorted(gulf.members))
    assert ad.forecast("hanoi").in_force("2028-01-01") == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("name", "why"), [("malabo", "not named"), ("arab-2010", "list not complete")]
)
def test_a_frame_without_rows_has_a_reason(name: str, why: str) -> None:
    for by in (None, "un_group"):
        found = ad.survival(name, by=by)
        assert found.frame.empty
        assert found.why_none == why
    assert ad.survival("uncac").why_none is None


def test_the_base_set_as_a_table_is_the_default() -> None:
    acts = ad.table("base_acts").query("treaty == 'XVIII-12'")
    given = ad.forecast_threshold(acts, **UNTOC, base_acts=ad.table("base_acts"))
    assert given.summary() == ad.forecast_threshold(acts, **UNTOC).summary()
