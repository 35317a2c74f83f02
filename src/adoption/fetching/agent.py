"""How this project presents itself to publishers."""

from __future__ import annotations

import re
from pathlib import Path

from adoption import __version__

REPOSITORY = re.compile(r"^repository-code:\s*[\"']?(https?://[!-~]+?)[\"']?\s*$", re.MULTILINE)


def user_agent(root: Path) -> str:
    """Return the name under which publishers are asked, with the way to ask back if it is known."""
    name = f"adoption/{__version__}"
    try:
        found = REPOSITORY.search((root / "CITATION.cff").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return name
    return f"{name} (+{found[1]})" if found else name
