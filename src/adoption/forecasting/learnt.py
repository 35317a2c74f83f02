"""What the forecasts learn from: the base set, and the models made of it, each made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd
from joblib import parallel_config

from adoption import tables
from adoption.errors import AdoptionError
from adoption.forecasting.model import fit
from adoption.forecasting.pool import pool_of, pool_of_tables
from adoption.reading import remembered

if TYPE_CHECKING:
    from adoption.forecasting.model import Model
    from adoption.forecasting.pool import Treaty

COLUMNS = ("treaty", "iso3", "act", "date")
KEPT = 3  # models and pools that are remembered; a model takes some 15 MB
THREADS = 2


@remembered
def states() -> tuple[str, ...]:
    """Return the ISO3 of those whose consents count: not organisations."""
    frame = tables.read("states")
    return tuple(frame.loc[frame["kind"] != "organization", "iso3"])


@remembered
def groups() -> Mapping[str, str]:
    """Return the United Nations regional group of each state by its ISO3; no text for none."""
    frame = tables.read("states")
    return MappingProxyType(dict(zip(frame["iso3"], frame["un_group"].fillna(""), strict=True)))


@remembered(maxsize=1)
def base_pool() -> tuple[Treaty, ...]:
    """Return the treaties of the base set."""
    return pool_of_tables(*(tables.read(name) for name in ("base_acts", "base_treaties", "states")))


def pool_from(base_acts: pd.DataFrame) -> tuple[Treaty, ...]:
    """Return the treaties of acts that are given."""
    for column in COLUMNS:
        if column not in base_acts:
            raise AdoptionError(f"base_acts: there is no column {column!r}")
    return _pool_from(_Frame(base_acts[list(COLUMNS)]))


def model_of(pool: Sequence[Treaty], seed: int = 0) -> Model:
    """Return what a pool teaches."""
    return _model_of(tuple(pool), tuple(groups().items()), seed)


def forget_models() -> None:
    """Forget the models, of which what was asked is remembered elsewhere."""
    _model_of.cache_clear()


class _Frame:
    """A frame that is equal to another of the same content, so that it can be remembered by."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.content = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()

    def __hash__(self) -> int:
        return hash(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frame) and self.content == other.content


@remembered(maxsize=KEPT)
def _pool_from(acts: _Frame) -> tuple[Treaty, ...]:
    newest = acts.frame["date"].max()
    seen_to = {treaty: min(day, newest) for treaty, day in _seen_to().items()}
    return pool_of(acts.frame, states(), seen_to)


@lru_cache(maxsize=KEPT)
def _model_of(pool: tuple[Treaty, ...], by_state: tuple[tuple[str, str], ...], seed: int) -> Model:
    with parallel_config(backend="threading", n_jobs=THREADS):
        return fit(pool, dict(by_state), seed)


def _seen_to() -> Mapping[str, pd.Timestamp]:
    treaties = tables.read("base_treaties")
    return dict(zip(treaties["treaty"], treaties["as_of"], strict=True))
