"""Shared by the tests and the notebooks, which nbval runs beside them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache, partial
from importlib.metadata import EntryPoint
from tempfile import TemporaryDirectory

import pytest

COMPUTED = ("05", "06", "08", "12", "14", "16", "19")  # with a model, a forecast, draws at random


@cache
def other_processor() -> dict[str, str]:
    """Return the settings with which OpenBLAS, numpy and the C library add as an older processor.

    Which instructions add and multiply is chosen by processor. The last digits of a sum differ
    with them and with the number of threads, and nothing that is published may.
    """
    from numpy._core._multiarray_umath import __cpu_dispatch__

    return {
        "OPENBLAS_CORETYPE": "Nehalem",
        "NPY_DISABLE_CPU_FEATURES": " ".join(__cpu_dispatch__),
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL",
        "OPENBLAS_NUM_THREADS": "2",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_THREAD_TIMEOUT": "4",  # a thread without work sleeps at once, and does not spin
    }


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--other-processor",
        choices=("computed", "all"),
        help="run the notebooks with computed figures, or all, as an older processor would",
    )
    parser.addoption("--forked", action="store_true", help="fork the kernels of other notebooks")
    parser.addoption(
        "--arrow", action="store_true", help="let pandas keep text as Arrow's, as in JupyterLab"
    )


@pytest.fixture(scope="session", name="other_processor")
def _other_processor() -> dict[str, str]:
    return other_processor()


def fork_kernels(patch: pytest.MonkeyPatch) -> None:
    """Let nbval take kernels that have imported already what notebooks need."""
    from jupyter_client.provisioning import KernelProvisionerFactory

    factory = KernelProvisionerFactory.instance()
    point = EntryPoint("forked", "tests.forked_kernel:ForkedProvisioner", factory.GROUP_NAME)
    patch.setitem(factory.provisioners, "forked", point)
    patch.setattr(factory, "default_provisioner_name", "forked")


@cache
def socket_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="kernels-")


def connect_by_files(patch: pytest.MonkeyPatch) -> None:
    """Let kernels of nbval listen on files: two processes may choose the same free port."""
    from jupyter_client.manager import KernelManager

    manager = partial(KernelManager, transport="ipc", ip=f"{socket_folder().name}/kernel")
    patch.setattr("nbval.kernel.KernelManager", manager)


MOST_LINES = 20  # of a difference between two figures


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Say which values of a figure differ, as its CSV has them, in place of two dumps of JSON."""
    if not (op == "==" and isinstance(left, dict) and isinstance(right, dict)):
        return None
    if not all({"data", "layout"} <= figure.keys() for figure in (left, right)):
        return None
    from adoption.press.reader import figure_block
    from adoption.press.rows import figure_csv

    rows = [figure_csv(figure_block(figure)).splitlines() for figure in (left, right)]
    lines = [*unified_diff(*rows, lineterm="", n=0)][2:]
    changed = [line for line in lines if not line.startswith("@@")]
    if not changed:
        metas = [figure["layout"].get("meta", {}) for figure in (left, right)]
        words = [[f"{name}: {text}" for name, text in meta.items()] for meta in metas]
        changed = [line for line in unified_diff(*words, lineterm="", n=0) if line[1:2] != "@"][2:]
    more = [f"... and {len(changed) - MOST_LINES} more"] if len(changed) > MOST_LINES else []
    nothing = ["the same values and words, drawn in another way"]
    return ["figure: - committed, + run now", *(changed[:MOST_LINES] or nothing), *more]


def pytest_collection() -> None:
    """Look for no cycles among libraries and tests that are imported: all of them stay."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Look seldom for cycles, and not in what lives as long as the tests: a tenth of their work."""
    if session.items and session.config.getoption("forked"):
        from adoption.press.engine.process import prepare

        prepare("tests.server")  # it gets ready while the first tests run
    gc.enable()
    gc.freeze()
    gc.set_threshold(200_000)  # new objects between two looks; Python by itself: 700 or 2,000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let a notebook read the data of today, and not the frozen copy of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        if item.path.suffix == ".ipynb":
            patch.delenv("ADOPTION_HOME", raising=False)
            connect_by_files(patch)
            which = item.config.getoption("other_processor")
            if which == "all" or (which and item.path.name.startswith(COMPUTED)):
                for name, value in other_processor().items():
                    patch.setenv(name, value)
            elif item.config.getoption("forked"):
                fork_kernels(patch)
        return (yield)
