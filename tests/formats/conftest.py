"""A small project of today, into which the files of an earlier version are put."""

from tests.refresh.conftest import (
    _no_proxies,
    _same_files_are_built_once,
    project,
    publisher,
)

__all__ = [
    "_no_proxies",
    "_same_files_are_built_once",
    "project",
    "publisher",
]
