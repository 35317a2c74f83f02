"""What decides a page, as SHA-256 digests, and why a page is to be made anew."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from importlib.metadata import requires, version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from adoption.core.files import sha256
from adoption.press.current import files_below
from adoption.press.parameters import Value
from adoption.press.project import Project

if TYPE_CHECKING:
    from adoption.press.plan import Page, Settings

MISSING = ""
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class Digests:
    """The SHA-256 of each file of a project, worked out once a run.

    What most pages read is read at once, so that a file which changes while notebooks run
    has the digest of what it was before: the pages that may have seen either are made anew
    by the next run.

    Attributes
    ----------
    package, rendering : str
        Of the source on which documents depend, and of all: the HTML that is made of them.
    libraries : dict of str to str
        Versions of Python and of the libraries.
    inputs, shared : dict of str to str
        Of the files that most pages read, and that are shown beside them.
    """

    def __init__(self, root: Path, project: Project) -> None:
        self.package = package_digest(project.package, project.rendering)
        self.rendering = package_digest(project.package)
        self.libraries = libraries(project.distribution)
        self.notebook = cache(lambda name: notebook_digest(root / "notebooks" / f"{name}.ipynb"))
        self._root = root
        self._file = cache(lambda name: file_digest(root / name))
        self._content = cache(self._content_of)
        self._contents = project.contents(root)
        self.inputs = self.below(*project.inputs)
        self.project = project

    @cached_property
    def shared(self) -> dict[str, str]:
        """The digest of each file that the pages of every report's own show beside them."""
        folders = self.project.shared_folders
        return self.files(self.project.shared_files) | self.below(*folders)

    def below(self, *folders: str) -> dict[str, str]:
        """Return the digest of each file in some folders of the project and below them."""
        return self.files(
            f"{folder}/{name}" for folder in folders for name, _ in files_below(self._root / folder)
        )

    def files(self, names: Iterable[str]) -> dict[str, str]:
        """Return the digest of each file by its name in the project."""
        return {name: self._file(name) for name in sorted(names)}

    def reads(self, names: Iterable[str]) -> dict[str, str]:
        """Return the digest of what a page read: of what it can show, see `Project.contents`."""
        return {name: self._content(name) for name in sorted(names)}

    def _content_of(self, name: str) -> str:
        digest = self._contents(name)
        if digest is None:
            return self._file(name)
        file = name.partition("#")[0]
        # One that changed since this run began has none: the next run makes the page.
        return digest if file_digest(self._root / file) == self._file(file) else MISSING


def libraries(distribution: str, *extras: str) -> dict[str, str]:
    """Return the versions of Python and of what a package asks for, and some of its extras."""
    conditions = [line.partition("extra == ") for line in requires(distribution) or ()]
    asked = [line for line, _, extra in conditions if extra.strip("'\"") in ("", *extras)]
    names = [re.split(r"[^\w.-]", line)[0] for line in asked]
    return {"Python": platform.python_version()} | {name: version(name) for name in names}


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file; no text if there is none that can be read."""
    try:
        return sha256(path.read_bytes())
    except (OSError, ValueError):  # a damaged manifest may name what can be no file
        return MISSING


def notebook_digest(path: Path) -> str:
    """Return the SHA-256 of a notebook's cells: kinds, sources, tags and pictures; no outputs.

    It is no text where that is no notebook: a plan has said so.
    """
    try:
        cells = json.loads(path.read_bytes())["cells"]
        parts = []
        for cell in cells:
            tags = cell["metadata"].get("tags", [])
            text = "".join(cell["source"])
            parts.append((cell["cell_type"], text, tags, cell.get("attachments", {})))
        return _digest_of(parts)
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        return MISSING


def package_digest(package: Path, without: Sequence[str] = ()) -> str:
    """Return the SHA-256 of a package's files, of their names and bytes; caches do not count.

    Nor do some files, and what is in some folders, by their names from the package.
    """
    outside = {*without}
    return _digest_of(
        [name, file_digest(path)]
        for name, path in sorted(files_below(package))
        if outside.isdisjoint({name, *map(str, PurePosixPath(name).parents)})
    )


def _digest_of(values: Iterable[object]) -> str:
    return sha256(json.dumps(list(values)).encode())


# What decides a page


@dataclass(frozen=True, config=ConfigDict(extra="forbid", strict=True))
class PageInputs:
    """Everything that decides a page; the same inputs give the same page.

    Attributes
    ----------
    notebook : str
        SHA-256 of the notebook's source; see `notebook_digest`.
    parameters : dict
        Every parameter with the value it has.
    package : str
        SHA-256 of the package's source.
    libraries : dict of str to str
        Versions of Python and of the libraries that the package asks for.
    files : dict of str to str
        SHA-256 of each file that is read, no text for a missing one, by its path in the
        project; of what a page can show of it where that is less, see `Project.contents`.
    """

    notebook: Digest
    parameters: dict[str, Value]
    package: Digest
    libraries: dict[str, str]
    files: dict[str, Digest]


def inputs_of(page: Page, reads: Iterable[str], digests: Digests) -> PageInputs:
    """Return what decides a page."""
    return PageInputs(
        notebook=digests.notebook(page.notebook),
        parameters=page.values,
        package=digests.package,
        libraries=digests.libraries,
        files=digests.reads(reads),
    )


def only_files_differ(before: PageInputs, current: PageInputs) -> bool:
    """Return whether a page is made by the same source, of files that may have changed."""
    return replace(before, files=current.files) == current


def input_differences(
    before: PageInputs | None, current: PageInputs, *, failed: bool = False
) -> list[str]:
    """Say why a page is to be made anew; nothing if it is current.

    Examples
    --------
    >>> before = PageInputs("", {"country": "QAT"}, "", {"pandas": "3.1.1"}, {})
    >>> input_differences(before, PageInputs("", {"country": "OMN"}, "", {"pandas": "3.2.0"}, {}))
    ["parameter country: 'QAT' became 'OMN'", 'pandas 3.1.1 became 3.2.0']
    """
    if before is None:
        return ["never made before"]
    lines = ["its last run failed"] if failed else []
    if before.notebook != current.notebook:
        lines.append("the notebook's source changed")
    sides = (before.parameters, current.parameters)
    for name in dict.fromkeys([*before.parameters, *current.parameters]):
        # As text: 1 is neither 1.0 nor True to a notebook.
        was, is_now = [repr(side[name]) if name in side else "none" for side in sides]
        if was != is_now:
            lines.append(f"parameter {name}: {was} became {is_now}")
    if before.package != current.package:
        lines.append("the package's source changed")
    for name, number in current.libraries.items():
        if (was := before.libraries.get(name, "none")) != number:
            lines.append(f"{name} {was} became {number}")
    return lines + _file_differences(before.files, current.files)


def _file_differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    lines = []
    for name in sorted({*before, *now}):
        was, is_now = before.get(name), now.get(name)
        if was == is_now:
            continue
        file, _, part = name.partition("#")
        where = f"{file} ({part})" if part else file
        if is_now is None:
            lines.append(f"{where} is no longer read")
        elif is_now == MISSING:
            lines.append(f"{where} is missing")
        else:
            lines.append(f"{where} {'changed' if was else 'is new'}")
    return lines


def site_digest(pages: Sequence[Page], digests: Digests, settings: Settings) -> str:
    """Return the SHA-256 of what decides what all pages share: index, assets, tables, feed."""
    pages_data = [page.model_dump(mode="json", exclude={"values"}) for page in pages]
    shared = {
        "pages": pages_data,
        "package": digests.rendering,
        "libraries": digests.libraries,
        "files": digests.inputs | digests.shared,
        "settings": settings.model_dump(),
    }
    return sha256(json.dumps(shared, sort_keys=True).encode())
