"""What a notebook changes of its process, set back so that another page of it starts as it did.

Folder, environment, names, random numbers, options and filters are. What it changes inside of
modules, and which it has imported, is not.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adoption.press.engine.papermill import kernel
from adoption.press.engine.process import end_children


@dataclass(frozen=True)
class Surroundings:
    """Those of a process between two pages.

    Attributes
    ----------
    folder : str
        Its working folder.
    environment : dict
        Its variables.
    path : list of str
        Where modules are looked for.
    filters : list
        Which warnings are shown.
    options : dict
        Those of pandas.
    threads : set of Thread
        Those that run.
    """

    folder: str
    environment: dict[str, str]
    path: list[str]
    filters: list[Any]
    options: dict[str, Any]
    threads: set[threading.Thread]

    @classmethod
    def now(cls) -> Surroundings:
        """Return those of this process."""
        return cls(
            os.getcwd(),  # noqa: PTH109
            {**os.environ},
            [*sys.path],
            [*warnings.filters],
            _pandas_options(),
            {*threading.enumerate()},
        )

    def has_new_threads(self) -> bool:
        """Return whether something still runs that a notebook has begun: it may write later."""
        return not self.threads.issuperset(threading.enumerate())

    def restore(self) -> None:
        """Set this process back, and end the processes that were started meanwhile."""
        import numpy as np
        import pandas as pd

        end_children()
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        sys.path[:] = self.path
        random.seed()
        np.random.seed()
        for name, value in _pandas_options().items():
            if value is not self.options[name] and value != self.options[name]:
                pd.set_option(name, self.options[name])
        with warnings.catch_warnings():  # once it ends, what was shown once is shown again
            kernel().shell.reset()  # which collects what is left of the notebook
        warnings.filters[:] = self.filters  # type: ignore[index]
        gc.freeze()  # what is remembered need not be looked through after every page


def _pandas_options() -> dict[str, Any]:
    """Return pandas' options by their names."""
    import pandas as pd

    def below(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        for name in dir(group):
            value = getattr(group, name)
            if isinstance(value, type(pd.options)):
                yield from below(value, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", value

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some are deprecated
        return dict(below(pd.options, ""))
