"""The processed tables, as analyses and notebooks read them."""

from __future__ import annotations

from datetime import date

import pandas as pd
from pyarrow import ArrowException

from adoption.data.dictionary import TABLES, table
from adoption.errors import AdoptionError, did_you_mean
from adoption.paths import processed_folder
from adoption.reading import note, remembered


def read(name: str) -> pd.DataFrame:
    """Return a processed table with the dtypes of the data dictionary.

    Parameters
    ----------
    name : str
        Its name, such as acts or capacity; `adoption.data.dictionary` lists them.

    Raises
    ------
    AdoptionError
        If there is no such table, or it has not been built.

    Examples
    --------
    >>> read("conventions").loc[0, "convention"]
    'arab-2010'
    """
    names = [entry.name for entry in TABLES]
    if name not in names:
        raise AdoptionError(f"no table {name!r}; {did_you_mean(name, names, 1)}")
    # Each reader has a frame of its own: `to_numpy` of a shallow copy can be written through.
    return _remembered_table(name).copy()


@remembered
def data_day() -> date:
    """Return the day of the data: the last on which a raw file was taken, or found unchanged.

    It is that of the newest of all sources; a list of acts may be older (`adoption.law.ages`).
    """
    newest: date = read("snapshots")["unchanged_until"].max().date()
    return newest


@remembered
def _remembered_table(name: str) -> pd.DataFrame:
    path = processed_folder() / f"{name}.parquet"
    note(path)
    try:
        return pd.read_parquet(path).astype(table(name).dtypes())
    except FileNotFoundError:
        raise AdoptionError(f"data/processed/{path.name}: missing; run `adoption build`") from None
    except (ArrowException, OSError, KeyError, ValueError):
        raise AdoptionError(f"data/processed/{path.name}: damaged; run `adoption build`") from None
