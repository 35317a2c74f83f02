"""The differences as plain values, for JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from adoption.news.act_phrases import act_line
from adoption.news.figure_phrases import consequence_line, total_line
from adoption.news.kinds import Act, Differences, Total
from adoption.news.summary import summary_line

SCHEMA = 1  # raised when a key changes its meaning or goes


def as_plain(differences: Differences) -> dict[str, Any]:
    """Return the differences for a machine.

    Days are ISO text, windows two days with `..` between them, what is not known is None;
    `change` is added, changed or removed, and of what was added `old` is None, of what was
    removed `new`; `told` is the change in English. There is no number that JSON does not know.
    All lists are sorted, and every key is always there.
    """
    return {
        "schema": SCHEMA,
        "empty": differences.empty,
        "summary": summary_line(differences),
        "old_day": _day(differences.old_day),
        "new_day": _day(differences.new_day),
        "acts": [
            {"convention": c.act.convention, "iso3": c.act.iso3, "state": differences.state(c.act),
             "act": c.act.act, "copy": c.act.copy, "change": c.change, "is_news": c.is_news,
             "fields": list(c.fields), "told": act_line(c, differences), "old": _act(c.old),
             "new": _act(c.new)}
            for c in differences.acts
        ],
        "consequences": [
            {"convention": c.convention, "measure": c.measure, "iso3": c.iso3, "old": c.old,
             "new": c.new, "told": consequence_line(c, differences)}
            for c in differences.consequences
        ],
        "totals": [
            {"convention": t.convention, "as_of": _day(t.as_of), "source": t.source,
             "change": t.change, "told": total_line(t), "old": _total(t.old),
             "new": _total(t.new)}
            for t in differences.totals
        ],
        "indicators": [
            {"iso3": v.iso3, "state": differences.states.get(v.iso3, v.iso3), "index": v.index,
             "edition": v.edition, "component": v.component, "column": v.column, "old": v.old,
             "new": v.new}
            for v in differences.indicators
        ],
        "tables": [
            {"table": t.table, "added": t.added, "changed": t.changed, "removed": t.removed,
             "rows": [
                 {"key": list(r.key), "change": r.change, "column": r.column, "old": r.old,
                  "new": r.new}
                 for r in t.rows
             ]}
            for t in differences.tables
        ],
        "structure": [
            {"table": s.table, "column": s.column, "only_in": s.only_in}
            for s in differences.schema
        ],
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _act(act: Act | None) -> dict[str, Any] | None:
    if act is None:
        return None
    return {
        "participant": act.participant, "date": _day(act.date), "earliest": _day(act.earliest),
        "latest": _day(act.latest), "open_ended": act.open_ended, "grade": act.grade,
        "source": act.source, "note": act.note, "superseded": act.superseded,
    }  # fmt: skip


def _total(total: Total | None) -> dict[str, Any] | None:
    if total is None:
        return None
    return {
        "signatories": total.signatories,
        "parties": total.parties,
        "wording": total.wording,
    }
