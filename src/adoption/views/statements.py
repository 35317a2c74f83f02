"""The declarations and other texts that stand beside the acts in a depositary's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from adoption.figures.tables import Table

if TYPE_CHECKING:
    from adoption.conventions import Convention

SHOWN = 400  # letters of a text; the table `statements` has all of it
CHECKSUM = 12  # characters


def statements_view(statements: pd.DataFrame, convention: Convention) -> Table:
    """Show the texts on a convention, with the beginning of long ones.

    Parameters
    ----------
    statements : DataFrame
        The table `statements`.
    convention : Convention
        Which convention.
    """
    own = statements[statements["convention"] == convention.convention]
    frame = pd.DataFrame(
        {
            "Participant": own["participant"].fillna("none named"),
            "Kind": own["kind"],
            "Text": own["text"].map(_beginning),
            "SHA-256 begins": own["sha256"].str[:CHECKSUM],
        }
    )
    return Table(frame, "Texts that stand beside the acts in the depositary's list, undated")


def no_statements(snapshots: pd.DataFrame, convention: Convention) -> str:
    """Say why there is none: nothing was fetched, or nothing stands in what was.

    Parameters
    ----------
    snapshots : DataFrame
        The table `snapshots`.
    convention : Convention
        Which convention.
    """
    if snapshots["file"].str.startswith(f"data/raw/{convention.source}/").any():
        return "What was fetched of the depositary's list holds no declaration or other text."
    return (
        "Declarations and objections are not known: the depositary's list, which has them, has "
        "not been fetched."
    )


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rsplit(' ', 1)[0]} …"
