"""A copy of the project in which an act may change."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from measuring.commands import ADOPTION, ROOT, timed

# Viet Nam approved at home within a window; the build is content with another end.
APPROVAL = r"^(hanoi,VNM,Viet Nam,domestic approval,,2026-01-28,)2026-04-(\d\d)"
ACT = re.compile(APPROVAL, re.MULTILINE)


@dataclass(frozen=True)
class Copy:
    """A project folder of its own, with its own data and reports."""

    root: Path

    def change_an_act(self) -> None:
        """Move the last possible day of one act by a day, and build."""
        path = max((self.root / "data" / "raw" / "acts-cybercrime").glob("*/acts.csv"))
        text, number = ACT.subn(
            lambda found: f"{found[1]}2026-04-{int(found[2]) + 1:02}", path.read_text("utf-8")
        )
        if number != 1:
            raise LookupError(f"{path.name}: the act that the benchmark changes is not there")
        path.write_text(text, encoding="utf-8")
        sidecar = path.with_name(f"{path.name}.meta.json")
        described = json.loads(sidecar.read_text("utf-8"))
        data = path.read_bytes()
        described |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        sidecar.write_text(json.dumps(described), encoding="utf-8")
        timed(ADOPTION, "build", home=self.root)


def copy_project(root: Path) -> Copy:
    """Copy what a report is made of into a new folder, and build."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("reports.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, root / name)
    timed(ADOPTION, "build", home=root)
    return Copy(root)
