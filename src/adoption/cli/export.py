"""`adoption export`: everything about a state or a group as one Excel workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from adoption.show.workbook import export


def export_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the command's parser."""
    parser.add_argument("about", metavar="STATE", help="or a group, by any usual name")
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="the workbook")


def export_command(arguments: argparse.Namespace) -> int:
    """Write the workbook."""
    print(f"{arguments.file}: {export(arguments.about, arguments.file)} sheets")
    return 0
