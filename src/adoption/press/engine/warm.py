"""What the server of `press.engine.process` imports and does once, so that no page has to.

No notebook's own code runs here, so that no notebook can change what another one finds.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress

LIBRARIES = ("adoption.press.engine.page", "adoption.press.engine.pool")


def warm_engine(*modules: str) -> None:
    """Import what notebooks and pages use, some modules more, and make the shell."""
    # Else a kernel's debugger warns when imported. A page has the environment of whoever asks.
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    for library in (*modules, *LIBRARIES):
        importlib.import_module(library)
    from adoption.press.engine.papermill import kernel

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):  # there may be none
        kernel().shell.run_cell("None", silent=True)
        kernel().shell.logger  # noqa: B018  made when it is first asked for


@contextmanager
def settled() -> Iterator[None]:
    """Let what is imported and made here stay: no collection looks at it, now or in pages."""
    gc.disable()
    try:
        with suppress(Exception):  # the server would end; each page finds out for itself
            yield
    finally:
        gc.freeze()
        gc.enable()
