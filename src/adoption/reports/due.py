"""Which pages are to be made, and why."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from adoption.reports.pages.changes import NEWS
from adoption.reports.published.digests import Digests
from adoption.reports.published.inputs import differences, inputs_of
from adoption.reports.published.runs import LastRun

if TYPE_CHECKING:
    from adoption.reports.planning.plan import Page

ASKED_FOR = "asked for with --force"
DAMAGED = "a file of it is missing or damaged"


def reasons(
    page: Page, values: Mapping[str, Any], last: LastRun | None, digests: Digests
) -> list[str]:
    """Return why a page is to be made; nothing if it is current."""
    record = last.pages.get(page.slug) if last else None
    before = record.inputs if record else None
    reads = before.files if before else ()
    now = inputs_of(page.notebook, values, reads, digests)
    found = differences(before, now, failed=bool(record and record.error))
    return [DAMAGED] if not found and is_damaged(page.slug, last) else found


def is_damaged(slug: str, last: LastRun | None) -> bool:
    """Return whether the last run had a page, and a file of it is missing or damaged."""
    if last is None or slug not in last.pages:
        return False
    names = last.files_of(slug)
    return not names or not all(map(last.holds, names))


def longest_first(pages: Sequence[Page], last: LastRun | None) -> list[Page]:
    """Return pages in the order in which they are best begun, so that all ends together."""
    known = last.pages if last else {}
    return sorted(
        pages, key=lambda page: -known[page.slug].seconds if page.slug in known else -math.inf
    )


def site_digest(pages: Sequence[Page], digests: Digests, stale_after: int) -> str:
    """Return the SHA-256 of what decides what all pages share: index, assets, tables, feed."""
    shared = {
        "pages": [page.model_dump(mode="json") for page in pages],
        "package": digests.package,
        "lock": digests.lock,
        "python": digests.python,
        "files": digests.files(None) | digests.files(NEWS),
        "stale_after": stale_after,
    }
    return hashlib.sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()
