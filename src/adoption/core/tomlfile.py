"""TOML files that people write, read with one clear line for what is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from adoption.core.errors import AdoptionError
from adoption.core.reading import record_read


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds."""
    record_read(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise AdoptionError(f"{path.name}: missing") from None
    except UnicodeDecodeError as error:
        raise AdoptionError(f"{path.name}: not UTF-8 at byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        raise AdoptionError(f"{path.name}: not valid TOML: {error}") from None
    except RecursionError:
        raise AdoptionError(f"{path.name}: not valid TOML: brackets in too many brackets") from None
