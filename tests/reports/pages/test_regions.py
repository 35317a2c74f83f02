"""The part of the map that a region or group has."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adoption.countries.groups import load_groups
from adoption.press.geometry import WIDTH, extent
from adoption.site.regions import regions_script


@pytest.fixture(scope="module")
def regions() -> dict[str, Any]:
    script = regions_script()
    return dict(json.loads(script[script.index("=") + 1 : -2]))


def test_each_group_has_its_states_and_a_part_of_the_map(regions: dict[str, Any]) -> None:
    top, height = extent()
    assert regions.keys() == load_groups().keys()
    for name, (_, states, (x, y, width, tall), _) in regions.items():
        assert set(states) == set(load_groups()[name].members), name
        assert x >= 0, name
        assert x + width <= WIDTH, name
        assert y >= top, name
        assert y + tall <= top + height + 1, name


def test_a_large_state_or_the_antimeridian_makes_no_region_the_world(
    regions: dict[str, Any],
) -> None:
    _, _, part, beyond = regions["europe"]
    assert part[2] < WIDTH / 4
    assert "Russian Federation" in beyond
    assert "Germany" not in beyond
    _, _, part, beyond = regions["oceania"]
    assert part[2] < WIDTH / 3
    assert {"Samoa", "Tonga"} <= {*beyond}
    assert not {"Australia", "New Zealand", "Palau"} & {*beyond}
    assert regions["gcc"][3] == [], "small states are seen"
