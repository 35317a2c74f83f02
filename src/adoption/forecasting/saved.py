"""The saved scores: worked out anew only when the data or the method have changed."""

from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
from pathlib import Path

import pandas as pd

from adoption import tables
from adoption.data.schemas import conform
from adoption.data.write import to_csv
from adoption.errors import AdoptionError
from adoption.tomlfile import read_toml

SCORES, MADE_FROM = "backtest.csv", "backtest.toml"
MODULES = (
    "pool", "cases", "location", "likeness", "forest", "waiting", "model", "baselines", "scoring",
    "backtest",
)  # fmt: skip
INPUTS = {
    "base_acts": ["treaty", "iso3", "act", "date"],
    "base_treaties": ["treaty", "as_of"],
    "states": ["iso3", "kind", "un_group"],
}


def fingerprint() -> str:
    """Return a hash of the data and of the code that the scores depend on.

    Comments, docstrings and layout of the code do not change it.
    """
    digest = hashlib.sha256()
    for name, columns in INPUTS.items():
        digest.update(to_csv(tables.read(name)[columns]))
    for name in MODULES:
        source = inspect.getsource(importlib.import_module(f"adoption.forecasting.{name}"))
        digest.update(without_words(source).encode())
    return digest.hexdigest()


def without_words(source: str) -> str:
    r"""Return Python code without its comments, docstrings and layout.

    Examples
    --------
    >>> without_words("'Say.'\nx = 1  # one") == without_words("x=1")
    True
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                del body[0]
    return ast.dump(tree)


def is_current(reference: Path) -> bool:
    """Return whether the saved scores are those of the data and the code as they are."""
    if not (reference / SCORES).exists() or not (reference / MADE_FROM).exists():
        return False
    return read_toml(reference / MADE_FROM).get("made_from") == fingerprint()


def save(scores: pd.DataFrame, reference: Path) -> None:
    """Write the scores and what they were made from; each file as a whole or not at all."""
    said = (
        "# Written by `adoption backtest`: a hash of the data and the code that made\n"
        f'# {SCORES}.\nmade_from = "{fingerprint()}"\n'
    )
    files = {SCORES: to_csv(conform("backtest", scores)), MADE_FROM: said.encode()}
    try:
        for name, data in files.items():
            new = reference / f".{name}.new"
            new.write_bytes(data)
            new.replace(reference / name)
    except OSError as error:
        raise AdoptionError(f"{reference}: cannot be written: {error.strerror}") from error
