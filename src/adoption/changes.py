"""What changed between two builds: rows added, removed and changed, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from adoption.builds import as_text, in_order, key_columns, read_build
from adoption.paths import processed_folder
from adoption.words import counted

BEFORE, AFTER = "the earlier build", "the later build"
COPY = "copy"  # rows that share a key are numbered, from 1, in the order of their values
CHANGED_COLUMNS = ["table", "key", COPY, "column", "old", "new"]
SCHEMA_COLUMNS = ["table", "column", "only_in"]
NOUNS = {
    "base_treaties": ("base treaty", "base treaties"),
    "capacity": ("capacity value", "capacity values"),
    "entries_into_force": ("entry into force", "entries into force"),
}


@dataclass(frozen=True)
class Changes:
    """How one build differs from an earlier one; every value is text, empty where missing.

    Attributes
    ----------
    added, removed : dict of str to DataFrame
        Whole rows by table, with the columns that both builds have; only tables that have
        any, in the order of the data dictionary.
    changed : DataFrame
        One row a changed value: table, key (tuple of str), copy (int, 1 unless rows share a
        key), column, old, new.
    schema : DataFrame
        One row a table or column of only one build: table, column (empty for a whole
        table), only_in (`BEFORE` or `AFTER`).
    """

    added: Mapping[str, pd.DataFrame]
    removed: Mapping[str, pd.DataFrame]
    changed: pd.DataFrame
    schema: pd.DataFrame

    def counts(self) -> pd.DataFrame:
        """Return the number of rows added, changed and removed of each table with any."""
        rows_changed = self.changed.drop_duplicates(["table", "key", COPY])["table"].value_counts()
        names = [*self.added, *self.removed, *rows_changed.index]
        return pd.DataFrame(
            [
                {
                    "table": name,
                    "added": len(self.added.get(name, ())),
                    "changed": int(rows_changed.get(name, 0)),
                    "removed": len(self.removed.get(name, ())),
                }
                for name in in_order(names)
            ],
            columns=["table", "added", "changed", "removed"],
        )

    def summary(self) -> str:
        """Return the changes in one line, without a full stop.

        Examples
        --------
        >>> acts = pd.DataFrame({"convention": ["untoc"], "iso3": ["QAT"], "act": ["accession"]})
        >>> compare({"acts": acts.iloc[:0]}, {"acts": acts}).summary()
        '1 act added, none changed, none removed'
        """
        said = [_counts_in_words(row) for row in self.counts().to_dict("records")]
        for row in self.schema.to_dict("records"):
            column = f"column {row['column']} of " if row["column"] else "table "
            said.append(f"{column}{row['table']} only in {row['only_in']}")
        return "; ".join(said) or "nothing has changed"


def changes_since(before: Path | None) -> Changes | None:
    """Return how the project's own build differs from an earlier one, if one is named."""
    return changes_between(before, processed_folder()) if before else None


def changes_between(before: Path, after: Path) -> Changes:
    """Compare two folders of processed tables."""
    return compare(*(
        {name: as_text(name, frame) for name, frame in read_build(folder).items()}
        for folder in (before, after)
    ))  # fmt: skip


def compare(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]) -> Changes:
    """Compare tables row by row, by the keys of the data dictionary.

    The order of rows and columns does not matter. A table without a known key is compared
    by whole rows; rows that share a key are paired in the order of their values, after
    those that are the same in both builds are set aside.
    """
    added: dict[str, pd.DataFrame] = {}
    removed: dict[str, pd.DataFrame] = {}
    cells: list[dict[str, Any]] = []
    schema: list[dict[str, str]] = []
    for name in in_order([*before, *after]):
        if name not in before or name not in after:
            where = AFTER if name in after else BEFORE
            schema.append({"table": name, "column": "", "only_in": where})
            continue
        old, new = before[name], after[name]
        for column in [*old.columns, *new.columns]:
            if (column in old.columns) != (column in new.columns):
                where = AFTER if column in new.columns else BEFORE
                schema.append({"table": name, "column": column, "only_in": where})
        shared = [column for column in new.columns if column in old.columns]
        if not shared:
            continue
        gone, come = _differing(old[shared], new[shared], key_columns(name, new[shared]))
        for frame, others, rows in ((come, gone, added), (gone, come, removed)):
            own = frame.loc[~frame.index.isin(others.index), shared]
            if len(own):
                rows[name] = own.reset_index(drop=True)
        cells += _changed_cells(name, gone, come, shared)
    return Changes(
        added,
        removed,
        pd.DataFrame(cells, columns=CHANGED_COLUMNS).astype({COPY: "int64"}),
        pd.DataFrame(schema, columns=SCHEMA_COLUMNS, dtype="str"),
    )


def _differing(
    old: pd.DataFrame, new: pd.DataFrame, key: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that only one side has, indexed by key and copy, in order."""
    columns = list(old.columns)
    sides = [frame.assign(**{COPY: frame.groupby(columns).cumcount()}) for frame in (old, new)]
    merged = sides[0].merge(sides[1], how="outer", on=[*columns, COPY], indicator="side")
    found = []
    for side in ("left_only", "right_only"):
        rows = merged.loc[merged["side"] == side, columns].sort_values([*key, *columns])
        copies = rows.groupby(key).cumcount() + 1
        index = pd.MultiIndex.from_arrays([*(rows[c] for c in key), copies], names=[*key, COPY])
        found.append(rows.set_index(index))
    return found[0], found[1]


def _changed_cells(
    name: str, old: pd.DataFrame, new: pd.DataFrame, columns: list[str]
) -> list[dict[str, Any]]:
    both = old.index[old.index.isin(new.index)]
    one, other = old.loc[both, columns], new.loc[both, columns]
    return [
        {"table": name, "key": index[:-1], COPY: index[-1], "column": column,
         "old": value, "new": again}
        for index, values, agains in zip(
            both, one.itertuples(index=False), other.itertuples(index=False), strict=True
        )
        for column, value, again in zip(columns, values, agains, strict=True)
        if value != again
    ]  # fmt: skip


def _counts_in_words(row: Mapping[Any, Any]) -> str:
    """Return one table's counts, what there is first: 12 acts added, 1 changed, none removed."""
    table = row["table"]
    plural = table.replace("_", " ")
    singular, plural = NOUNS.get(table, (plural.removesuffix("s"), plural))
    parts = sorted(((row[c], c) for c in ("added", "changed", "removed")), key=lambda p: p[0] == 0)
    (number, done), *others = parts
    first = f"{counted(number, singular, plural)} {done}"
    return ", ".join([first, *(f"{n:,} {d}" if n else f"none {d}" for n, d in others)])
