"""What a plain install can do, and the line that names the extra where it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement

from adoption.core.errors import EXTRA_OF
from tests.conftest import ROOT

MODULES = {"pyyaml": "yaml", "pillow": "PIL", "resvg-py": "resvg_py", "scikit-learn": "sklearn"}
# A process in which no module of an extra can be imported. It runs a script a line, and answers
# each with the exit status and what was printed.
PLAIN = """
import io, json, sys, traceback
from contextlib import redirect_stderr, redirect_stdout
from adoption.core.errors import EXTRA_OF

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in EXTRA_OF:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
for line in sys.stdin:
    out, err, status = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            exec(json.loads(line), {})
        except SystemExit as stopped:
            status = stopped.code
        except Exception:
            traceback.print_exc()
            status = 1
    print(json.dumps([status, out.getvalue(), err.getvalue()]), flush=True)
"""


class Ended(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Plain = Callable[[str], Ended]


@pytest.fixture(scope="module")
def run_plain() -> Iterator[Plain]:
    """What runs a script in a plain install, one after another in the same process."""
    words = [sys.executable, "-c", PLAIN]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        to, back = process.stdin, process.stdout
        assert to
        assert back

        def run(script: str) -> Ended:
            print(json.dumps(script), file=to, flush=True)
            return Ended(*json.loads(back.readline()))

        yield run
        to.close()


def test_every_package_of_an_extra_leads_to_it() -> None:
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = described["project"]["optional-dependencies"]
    for extra in set(EXTRA_OF.values()):
        for name in {Requirement(text).name for text in extras[extra]} - {"adoption"}:
            module = MODULES.get(name, name)
            assert EXTRA_OF.get(module) == extra or module == "jsonschema", name
    whole, of_report = (Requirement(extras[extra][0]).extras for extra in ("all", "report"))
    assert whole | of_report == set(EXTRA_OF.values())


def test_a_plain_install_has_law_curves_capacity_and_panels(run_plain: Plain) -> None:
    ended = run_plain(
        """
import adoption as ad
frame = ad.status("hanoi").frame.merge(ad.capacity(), on="iso3")
assert len(frame) and len(ad.panel("uncac", "2001/2005")) and len(ad.curve("uncac"))
assert ad.compare(["hanoi", "uncac"]).sentence and len(ad.spells()) and len(ad.sources(frame).frame)
assert ad.status("hanoi").chart("map")
"""
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    ("call", "extra"),
    [
        ('ad.forecast("hanoi")', "statistics"),
        ('ad.survival("hanoi")', "statistics"),
        ('ad.world("hanoi")', "geo"),
        ('ad.network(["malabo"]).to_networkx()', "statistics"),
        ("ad.parameters()", "report"),
        ('ad.export("Kenya", "kenya.xlsx")', "xlsx"),
    ],
)
def test_where_an_extra_is_missing_one_line_names_it(
    run_plain: Plain, call: str, extra: str
) -> None:
    ended = run_plain(f"import adoption as ad\n{call}")
    line = ended.stderr.strip().splitlines()[-1]
    assert line.startswith("adoption.core.errors.AdoptionError: needs "), ended.stderr
    assert f" (extra {extra}): pip install " in line


@pytest.mark.parametrize(
    ("command", "extra"),
    [("forecast hanoi", "statistics"), ("report", "report"), ("refresh", "build")],
)
def test_a_command_says_so_too(run_plain: Plain, command: str, extra: str) -> None:
    ended = run_plain(
        f"import sys\nfrom adoption.cli import main\nsys.exit(main({command.split()!r}))"
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("adoption: needs ")
    assert f' (extra {extra}): pip install "' in ended.stderr
    assert "adoption[" not in ended.stderr  # on a public index the name may be somebody else's
    assert ended.stderr.count("\n") == 1
    started = run_plain("import sys\nprint('multiprocessing.forkserver' in sys.modules)")
    assert started.stdout == "False\n", "no server of pages is begun for nothing"


def test_a_curve_of_waits_needs_no_threads() -> None:
    script = """
import sys
sys.modules["threadpoolctl"] = None
import adoption as ad
assert ad.survival("uncac").median[0] > 365
"""
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert ended.returncode == 0, ended.stderr
