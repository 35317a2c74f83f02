"""`make release VERSION=0.1.0`: the wheel, its bill of materials, and a release of the data.

The data release is a zip of data/processed with CITATION.cff, the licences and SHA256SUMS; its name
has the day of the data. The same data give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import yaml  # type: ignore[import-untyped]

import adoption
from adoption import tables

ROOT = Path(__file__).parents[1]
MADE_ON = (1980, 1, 1, 0, 0, 0)  # the day of each file in the zip: the earliest a zip can say


def check_version(version: str) -> None:
    """Refuse a version that is not that of the package and of CITATION.cff."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    for place, stated in (
        ("src/adoption/__init__.py", adoption.__version__),
        ("CITATION.cff", citation["version"]),
    ):
        if str(stated) != version:
            raise SystemExit(f"VERSION: {version!r} is asked for, {place} has {stated!r}")


def data_release(folder: Path, version: str) -> Path:
    """Write the tables as one zip, with what is needed to cite and to check them."""
    processed = sorted(path for path in (ROOT / "data" / "processed").iterdir() if path.is_file())
    files = {path.name: path.read_bytes() for path in processed}
    files |= {
        "CITATION.cff": (ROOT / "CITATION.cff").read_bytes(),
        "LICENSES.md": (ROOT / "data" / "LICENSES.md").read_bytes(),
        "VERSION": f"adoption {version}, data of {tables.data_day()}\n".encode(),
    }
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files["SHA256SUMS"] = "".join(sums).encode()
    release = folder / f"adoption-data-{tables.data_day()}.zip"
    with zipfile.ZipFile(release, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(f"{release.stem}/{name}", MADE_ON), data)
    return release


def materials(folder: Path, version: str) -> Path:
    """Write what a report needs, as the lock file pins it, as a bill of materials of CycloneDX."""
    lock = (ROOT / "requirements-report.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", lock, re.MULTILINE)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "adoption", "version": version}},
        "components": [
            {"type": "library", "name": name, "version": pin, "purl": f"pkg:pypi/{name}@{pin}"}
            for name, pin in pins
        ],
    }
    path = folder / f"adoption-{version}.cdx.json"
    path.write_text(f"{json.dumps(bill, indent=1)}\n", encoding="utf-8")
    return path


def main() -> None:
    """Make all in a folder."""
    version, folder = sys.argv[1], Path(sys.argv[2])
    check_version(version)
    folder.mkdir(parents=True, exist_ok=True)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder.resolve())]
    subprocess.run(build, cwd=ROOT, check=True)
    print(materials(folder, version))
    print(data_release(folder, version))


if __name__ == "__main__":
    main()
