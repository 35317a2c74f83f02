"""How this project presents itself to publishers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adoption import __version__

if TYPE_CHECKING:
    from pathlib import Path

REPOSITORY = re.compile(r"^repository-code:\s*[\"']?(https?://[!-~]+?)[\"']?\s*$", re.MULTILINE)


def user_agent(root: Path) -> str:
    """Return the name under which publishers are asked, with the way to ask back if it is known.

    Parameters
    ----------
    root : Path
        The project's folder, with its `CITATION.cff`; the field `repository-code` of that
        says where the project is.

    Returns
    -------
    str
        Such as `adoption/0.1.0 (+https://example.org/adoption)`, or `adoption/0.1.0`.
    """
    name = f"adoption/{__version__}"
    try:
        found = REPOSITORY.search((root / "CITATION.cff").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return name
    return f"{name} (+{found[1]})" if found else name
