"""Pages of documents: which are due, made by as many processes as are asked for.

A page is due when its document has changed, or what its links say, or templates and style. What is
not due is brought over from the last report; no page that is finished is read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from adoption.core.errors import AdoptionError
from adoption.core.files import sha256
from adoption.core.text import long_day
from adoption.press.document import DocumentError
from adoption.press.due import file_digest
from adoption.press.engine.process import NotStartedError, end_with_children, start_process
from adoption.press.plan import Page, Settings
from adoption.press.publish import Run
from adoption.press.store import FAILED, PageRecord, Sheet, document_file

MAX_PAGES_ALONE = 4  # pages that this process makes by itself
SHARE_SECONDS = 600  # that a process may take for its share of the pages


@dataclass(frozen=True)
class Notice:
    """What stands at the head of a page that is not as it should be.

    Attributes
    ----------
    error : str
        The failing cell's error in one line, on the page that shows the failure; or "".
    made_on, link : str
        On a page that is good but not new, its day in words and the page of the failure; or "".
    """

    error: str = ""
    made_on: str = ""
    link: str = ""


@dataclass(frozen=True)
class Order:
    """A page to make of a document.

    Attributes
    ----------
    name : str
        That of its file, without the ending.
    links : dict
        What its links say, as plain data.
    notice : Notice, optional
        What is wrong with it.
    """

    name: str
    links: dict[str, Any] = field(default_factory=dict)
    notice: Notice | None = None


@dataclass(frozen=True)
class Made:
    """What has become of an order: the files, what the page needs beside, what was left out."""

    name: str
    files: list[str]
    needs: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """What a site makes pages of.

    Attributes
    ----------
    run : Run
        The report that is being built; its folder has the documents and executed notebooks.
    pages : sequence of (Page, PageRecord)
        In the order of the plan.
    settings : Settings
        Those of the plan.
    root : Path
        The folder of the project.
    rendering : str
        SHA-256 of templates and style.
    site : str
        SHA-256 of what decides the parts that all pages share.
    jobs : int
        How many processes make pages.
    say : callable
        Gets a line for a person.
    """

    run: Run
    pages: Sequence[tuple[Page, PageRecord]]
    settings: Settings
    root: Path
    rendering: str
    site: str
    jobs: int
    say: Callable[[str], object]


# Makes a page of an order in a folder; gets what all orders share.
Make = Callable[[Path, Order, Any], Made]


def print_pages(
    report: Report, orders: Sequence[Order], make: Make, shared: Any = None
) -> dict[str, Sheet]:
    """Make the pages that are due, and bring the others over; return what was made of each."""
    run = report.run
    sheets = dict[str, Sheet]()
    due = list[Order]()
    of_all = sha256(json.dumps([report.rendering, shared], sort_keys=True, default=str).encode())
    digests = {order.name: _digest(run.folder, order, of_all) for order in orders}
    for order in orders:
        if kept := run.carry_over_sheet(order.name, digests[order.name]):
            sheets[order.name] = kept
        else:
            due.append(order)
    for result in _made(due, make, shared, run.folder, report.jobs):
        for fault in result.faults:
            report.say(f"page {result.name}: {fault}")
        sheets[result.name] = Sheet(
            digest=digests[result.name], files=result.files, needs=sorted(result.needs)
        )
    return sheets


def _digest(folder: Path, order: Order, of_all: str) -> str:
    """Return the SHA-256 of what decides a page once its notebook has run; one part is of all."""
    document = file_digest(folder / document_file(order.name))
    parts = [document, asdict(order), of_all]
    return sha256(json.dumps(parts, sort_keys=True, default=str).encode())


def _made(
    orders: Sequence[Order], make: Make, shared: Any, folder: Path, jobs: int
) -> Iterator[Made]:
    if len(orders) <= MAX_PAGES_ALONE or jobs == 1:
        yield from (_made_of(make, folder, order, shared) for order in orders)
        return
    shares = [orders[number::jobs] for number in range(jobs)]
    processes = []
    try:
        for share in filter(None, shares):
            about = make, folder, share, shared
            processes.append(start_process(_make_share, about, folder, SHARE_SECONDS, folder.name))
        for connection, _ in processes:
            yield from _received(connection)
    except NotStartedError:  # there is no room for another: this process makes them
        yield from (_made_of(make, folder, order, shared) for order in orders)
    finally:
        for connection, process in processes:
            connection.close()
            if process.is_alive():
                end_with_children(process.pid or 0)
            process.join()


def _made_of(make: Make, folder: Path, order: Order, shared: Any) -> Made:
    """Make a page; where its document is of a program that had other blocks, say what to do."""
    try:
        return make(folder, order, shared)
    except DocumentError as error:
        again = f"adoption report --only {order.name} --force makes it anew"
        raise AdoptionError(f"page {order.name}: {error}; {again}") from None


def _received(connection: Connection) -> list[Made]:
    try:
        answer = connection.recv()
    except (EOFError, OSError):
        raise AdoptionError("a process that makes pages ended before it had") from None
    if isinstance(answer, str):
        raise AdoptionError(answer)
    return list(answer)


def _make_share(connection: Connection, about: tuple[Make, Path, Sequence[Order], Any]) -> None:
    """Make some of the pages in this process, which is its own."""
    make, folder, orders, shared = about
    order = orders[0]
    try:
        results = []
        for order in orders:
            results.append(_made_of(make, folder, order, shared))
        connection.send(results)
    except AdoptionError as error:
        connection.send(str(error))
    except Exception as error:
        connection.send(f"page {order.name}: {type(error).__name__}: {error}")


# A report without a site of its own: its pages, and a list of them


def orders_of(report: Report) -> list[Order]:
    """Return the orders for the pages of a report: of one that failed, the good page as well."""
    orders = []
    for page, record in report.pages:
        if record.error is None:
            orders.append(Order(page.slug))
        elif record.good_parameters is None:
            orders.append(Order(page.slug, notice=Notice(record.error)))
        else:
            failed = f"{page.slug}{FAILED}"
            made_on = long_day(record.made_on.date())
            orders.append(Order(page.slug, notice=Notice("", made_on, f"{failed}.html")))
            orders.append(Order(failed, notice=Notice(record.error)))
    return orders
