"""What the press must be told of the project whose notebooks it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from adoption.press.style import Style

RENDERING = (  # the press's own part of what makes HTML
    "press/axis.py",
    "press/elements.py",
    "press/html.py",
    "press/picture.py",
    "press/plain.py",
    "press/printing.py",
    "press/svg.py",
    "press/templates",
    "press/worldmap.py",
)
MIN_PAGES_TO_SHARE = 2  # of one notebook: it pays to work out beforehand what they share
MIN_PAGES_OF_WHOLE = 20  # a report of so many is of most notebooks
if TYPE_CHECKING:
    from adoption.press.printing import Report
    from adoption.press.store import Sheet

Values: TypeAlias = Mapping[str, Any]  # of parameters, by name


def no_contents(root: Path) -> Callable[[str], str | None]:  # noqa: ARG001
    """Return what leaves the digest of every file to its bytes."""
    return lambda name: None  # noqa: ARG005


def unchecked(values: Values) -> dict[str, Any]:
    """Return values as they are."""
    return {**values}


def about_nothing(values: Values) -> str:  # noqa: ARG001
    """Return that a page is about none of its parameters."""
    return ""


def today(values: Values) -> date:  # noqa: ARG001
    """Return the day on which a page is made."""
    return datetime.now(UTC).date()


def nothing(_: object) -> None:
    """Do nothing."""


def no_facts(values: Values) -> dict[str, Any]:  # noqa: ARG001
    """Return that nothing is shown beside what a notebook shows."""
    return {}


@dataclass(frozen=True)
class Project:
    """What the press must be told of a project; its pages can do without any of it.

    What is called is a function of a module, since a project goes with each page to the process
    that makes it, and to other machines.

    Attributes
    ----------
    root : callable
        Returns the folder in which the plan, the notebooks and the data are.
    home : callable, optional
        Returns it to write in it, or refuses that; without it anybody may.
    package : Path
        The source on which every page depends.
    rendering : sequence of str
        Files and folders of it, by their names there, that only make HTML of documents. Where one
        changes no notebook runs.
    distribution : str
        The package whose requirements are libraries on which every page depends.
    extras : sequence of str
        Those of its extras whose libraries make a page.
    inputs : sequence of str
        Folders of the project, from its root, with the files that most pages read.
    shared_files, shared_folders : sequence of str
        What the pages of every report's own show beside them.
    contents : callable
        Gets the root; returns a function that gets the name of a file that was read, or of a part
        of one, and returns the digest of what a page can show of it. None: its bytes decide.
    check : callable
        Gets the values of parameters by name; returns those that the project knows, checked, and
        spelt as its data spell them. A parameter of a notebook's own is checked by its type.
    known : callable
        Returns the names of the parameters that `check` knows.
    sets : mapping
        By the name of a set that a plan may name after `each`: what returns its values.
    find : mapping
        By the name of a parameter: what finds the value that a person's text means.
    about : callable
        Gets the values of a page; returns the name of the parameter that it is about.
    first : sequence of str
        Names of parameters: pages about one of them, and those in front, are published before
        the others of a first report are made.
    reserved : sequence of str
        Slugs of the pages of every report's own.
    preload, preload_many, preload_whole : str
        Modules that a server of processes imports once, so that no page has to: the second
        where several pages of one notebook follow, with what each would do for itself; the third
        where those of most notebooks follow, with what any of them imports. Without a third the
        second is taken.
    style : callable
        Returns how drawings look.
    data_day : callable
        Gets the values of a page; returns the day of its data.
    facts : callable
        Gets the values of a page; returns what its site shows of its subject, as plain data. It is
        asked when the notebook has run, and what it reads counts as read by the page.
    get_ready : callable
        Gets whether the site's own pages will most likely be made anew; does beforehand what
        `write` needs, in a thread beside the one that waits for the pages. Its error ends the
        report, and an interrupt waits for it.
    write : callable, optional
        Gets a `press.printing.Report`; makes its pages, and all else that is in a report. Without
        it they have a plain frame, and there is a list of them.
    """

    root: Callable[[], Path]
    home: Callable[[], Path] | None = None
    package: Path = Path(__file__).parents[1]
    rendering: Sequence[str] = RENDERING
    distribution: str = "adoption"
    extras: Sequence[str] = ("report",)
    inputs: Sequence[str] = ()
    shared_files: Sequence[str] = ()
    shared_folders: Sequence[str] = ()
    contents: Callable[[Path], Callable[[str], str | None]] = no_contents
    check: Callable[[Values], dict[str, Any]] = unchecked
    known: Callable[[], Sequence[str]] = tuple
    sets: Mapping[str, Callable[[], Sequence[Any]]] = field(default_factory=dict)
    find: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)
    about: Callable[[Values], str] = about_nothing
    first: Sequence[str] = ()
    reserved: Sequence[str] = ("index",)
    preload: str = "adoption.press.engine.preload"
    preload_many: str = "adoption.press.engine.preload"
    preload_whole: str = ""
    style: Callable[[], Style] = Style
    data_day: Callable[[Values], date] = today
    facts: Callable[[Values], dict[str, Any]] = no_facts
    get_ready: Callable[[bool], object] = nothing
    write: Callable[[Report], Mapping[str, Sheet]] | None = None

    def reports(self) -> Path:
        """Return the folder in which reports go, unless another is asked for."""
        return (self.home or self.root)() / "reports"

    def server(self, pages: int) -> str:
        """Return the module that a server imports before it makes so many pages."""
        if pages >= MIN_PAGES_OF_WHOLE:
            return self.preload_whole or self.preload_many
        return self.preload_many if pages >= MIN_PAGES_TO_SHARE else self.preload
