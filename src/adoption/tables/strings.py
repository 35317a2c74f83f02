"""How pandas keeps text in the processes of this package: its commands and its pages."""

from __future__ import annotations

import pandas as pd


def keep_strings_in_python() -> None:
    """Let pandas keep text as Python's strings in this process, as it does where Arrow is missing.

    The tables are small: a call of Arrow takes longer than what it does. So a page takes a quarter
    less time. Rows of equal text can come in another order, unless a sort is stable; all else is
    the same. A session of JupyterLab keeps what its user chose.
    """
    pd.set_option("mode.string_storage", "python")
