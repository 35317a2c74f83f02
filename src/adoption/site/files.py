"""The files of the project that pages show beside what notebooks read, by their names in it."""

from __future__ import annotations

INPUTS = ("data/processed", "data/reference")  # what most pages read
NEWS = ("data/events.csv", "data/CHANGES.md")  # what has changed in the data
GLOSSARY = "docs/glossary.md"
REFERENCE = "docs/html"  # where `make docs` puts it
