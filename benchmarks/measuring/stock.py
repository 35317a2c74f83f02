"""The other side: papermill and nbconvert, from the command line and in one process.

Run as a script it makes briefs in this process, as a user's own script would:

    python benchmarks/measuring/stock.py NOTEBOOK FOLDER CODE...
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path


def in_this_process(notebook: Path, folder: Path, codes: Sequence[str]) -> None:
    """Make a brief for each state: papermill executes it, nbconvert renders it.

    Parameters
    ----------
    notebook : Path
        The notebook of the briefs.
    folder : Path
        Where the executed notebooks and their pages go.
    codes : sequence of str
        ISO3 codes of the states.
    """
    import papermill
    from nbconvert import HTMLExporter

    exporter = HTMLExporter()  # type: ignore[no-untyped-call]
    for code in codes:
        executed = folder / f"{code}.ipynb"
        papermill.execute_notebook(
            str(notebook), str(executed), parameters={"country": code}, progress_bar=False
        )
        html, _ = exporter.from_filename(str(executed))
        executed.with_suffix(".html").write_text(html, encoding="utf-8")


def by_api(notebook: Path, folder: Path, codes: Sequence[str], processes: int = 1) -> float:
    """Have fresh Python processes make briefs, each its share; return the seconds."""
    from measuring.commands import check, started

    began = time.perf_counter()
    running = [
        started(sys.executable, "-P", __file__, notebook, folder, *codes[number::processes])[0]
        for number in range(processes)
    ]
    for process in running:
        check(process, process.communicate()[1])
    return time.perf_counter() - began


def by_command_line(notebook: Path, folder: Path, codes: Sequence[str]) -> list[float]:
    """Make briefs with the two commands, one after the other; return the seconds of each."""
    from measuring.commands import BIN, timed

    seconds = []
    for code in codes:
        executed = folder / f"{code}.ipynb"
        execute = (BIN / "papermill", notebook, executed, "-p", "country", code)
        render = (BIN / "jupyter", "nbconvert", "--to", "html", executed)
        seconds.append(timed(*execute, "--no-progress-bar") + timed(*render))
    return seconds


if __name__ == "__main__":
    in_this_process(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
