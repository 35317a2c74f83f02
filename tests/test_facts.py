"""The facts of today's tables that were judged one by one: grades, sources, members, names."""

from __future__ import annotations

import pandas as pd
import pytest

from adoption import tables
from adoption.choices import country_code
from adoption.countries.groups import find_country, load_groups
from adoption.data.names import fold
from adoption.errors import AdoptionError
from tests.conftest import ROOT, DataTree


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the data of the project in place of the frozen copy."""
    monkeypatch.setenv("ADOPTION_HOME", str(ROOT))


def test_a_governments_register_counts_the_same_for_every_convention() -> None:
    acts = tables.read("acts")
    register = acts["source"].str.match("nl-verdragen$|verdragen-|verdragenbank-|overheid-")
    stated = acts[register & acts["date"].notna()]
    assert set(stated["grade"]) <= {"confirmed", "inferred"}


def test_a_window_without_a_proven_end_stays_open() -> None:
    acts = tables.read("acts")
    bound = acts[(acts["convention"] == "hanoi") & (acts["act"] == "ratification")]
    reported = bound[bound["grade"] == "reported"].set_index("iso3")["open_ended"].to_dict()
    # What a depositary's list has confirmed since is reported no longer.
    assert reported.items() <= {"AZE": True, "QAT": False, "VNM": False}.items()


def test_every_source_has_an_address_or_says_why_not_and_a_licence() -> None:
    sources = tables.read("sources").set_index("source")
    without = sources[sources["url"].isna()]
    assert without["gives"].str.contains("no address: ").all()
    assert sources["licence"].notna().all()
    assert sources.at["coe-224-news", "accessed"] == "2022-11-30"


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("ECOWAS", 12), ("sadc", 16), ("ECCAS", 11), ("East African Community", 8), ("IGAD", 8),
        ("COMESA", 21), ("Arab Maghreb Union", 5), ("caricom", 14), ("PIF", 16),
        ("Commonwealth", 56), ("G20", 20), ("Group of 77", 134), ("Francophonie", 53),
        ("OSCE", 57), ("Non-Aligned Movement", 121),
        ("Mercosur", 6), ("Andean Community", 4), ("SAARC", 8),
        ("BIMSTEC", 7),
    ],
)  # fmt: skip
def test_an_organisation_has_its_members(name: str, members: int) -> None:
    assert len(load_groups()[name].members) == members


@pytest.mark.parametrize(
    ("text", "iso3"),
    [("مصر", "EGY"), ("ÄGYPTEN", "EGY"), ("turkiye", "TUR"), ("Кения", "KEN"), ("南非", "ZAF"),
     ("UK", "GBR"), ("CÔTE  D'IVOIRE", "CIV"), ("The Gambia", "GMB")],
)  # fmt: skip
def test_a_state_is_recognised_in_any_language(text: str, iso3: str) -> None:
    assert find_country(text) == iso3
    with pytest.raises(AdoptionError, match=f"did you mean {iso3} "):
        country_code(text)


def test_a_state_has_a_name_in_each_language_and_an_alias_is_of_one_state() -> None:
    names, aliases = tables.read("names"), tables.read("aliases")
    states = tables.read("states")
    assert names.groupby("language")["iso3"].nunique().to_dict() == dict.fromkeys(
        ("ar", "en", "es", "fr", "ru", "zh"), len(states)
    )
    said = pd.concat([names.rename(columns={"name": "alias"}), aliases])
    assert said.groupby(said["alias"].map(fold))["iso3"].nunique().max() == 1
    titles = tables.read("treaty_titles")
    assert set(titles["convention"]) == set(tables.read("conventions")["convention"])
    assert len(titles) == 2 * titles["convention"].nunique()


def test_an_alias_of_two_states_stops_the_build(tree: DataTree) -> None:
    folder = ROOT / "data" / "raw" / "names"
    (day,) = (path.name for path in folder.iterdir())
    target = tree.raw / "names" / day
    target.mkdir(parents=True)
    for path in (folder / day).iterdir():
        (target / path.name).write_bytes(path.read_bytes())
    row = tree.append("raw/names/aliases.csv", "OMN,qátar,en,cldr-47")
    assert tree.refusal() == (
        f"{tree.shown('raw/names/aliases.csv')}: row {row}, column alias: 'qátar' stands for QAT, "
        "too"
    )
