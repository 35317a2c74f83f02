"""The data package: every file described as it is, for machines."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from typing import Any

import pandas as pd
import pytest

from adoption.law.evidence import BESIDE
from adoption.tables.dictionary import TABLES, files_of
from adoption.tables.write import encode
from tests.conftest import LATER

TYPES = {
    "string": r"(?s).+",
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?(e-?\d+)?",
    "date": r"\d{4}-\d\d-\d\d",
    "boolean": r"true|false",
}
NAMES = [file for entry in TABLES for file in files_of(entry.name)]


@pytest.fixture(scope="module")
def files(built: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    return encode(built)


@pytest.fixture(scope="module")
def resources(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    package = json.loads(files["datapackage.json"])
    return {resource["path"].removesuffix(".csv"): resource for resource in package["resources"]}


def test_the_package_says_what_it_is(files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    assert package["profile"] == "tabular-data-package"
    assert package["name"] == "adoption"
    assert files["datapackage.json"].endswith(b"}\n")
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert [name.replace("-", "_") for name in names] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_resource_describes_its_file(
    resources: dict[str, dict[str, Any]], files: dict[str, bytes], name: str
) -> None:
    resource, data = resources[name], files[f"{name}.csv"]
    assert resource["bytes"] == len(data)
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    reader = csv.DictReader(io.StringIO(data.decode(resource["encoding"]), newline=""))
    rows = list(reader)
    assert resource["rows"] == len(rows)
    assert rows or name in (*BESIDE, *LATER), "of lists there is none yet"
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == reader.fieldnames
    for field in fields:
        values = {row[field["name"]] for row in rows}
        if field["constraints"]["required"]:
            assert "" not in values, field["name"]
        values -= set(resource["schema"]["missingValues"])
        assert values <= set(field["constraints"].get("enum", values)), field["name"]
        odd = [value for value in values if not re.fullmatch(TYPES[field["type"]], value)]
        assert not odd, (field["name"], odd[:3])
        assert field["description"].endswith(".")
