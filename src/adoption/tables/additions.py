"""What `adoption add` had added when the tables were built: conventions, indices and groups."""

from __future__ import annotations

import json
from typing import Any, Literal, TypeAlias

from adoption.core.errors import AdoptionError
from adoption.core.paths import processed_folder
from adoption.core.reading import record_read, remembered

FILE = "added.json"  # of a snapshot what it adds, of data/processed what has been added in all
Kind: TypeAlias = Literal["convention", "index", "group"]


@remembered
def built_additions(kind: Kind) -> dict[str, dict[str, Any]]:
    """Return the rules of what was added when the tables were built, by id."""
    path = processed_folder() / FILE
    record_read(path)
    try:
        entries: dict[str, dict[str, Any]] = json.loads(path.read_bytes()).get(kind, {})
    except FileNotFoundError:
        return {}
    except ValueError:
        raise AdoptionError(f"data/processed/{FILE}: damaged; run `adoption build`") from None
    return entries
