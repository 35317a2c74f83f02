"""Recount what the notebooks publish from data/processed, with csv and json alone.

    python tests/referee.py [FOLDER OF THE PROJECT]

It imports nothing of the package: a second opinion on the counts of the status map, the
timeline, the capacity page and the cooperation network. It prints each count that the notebook
does not hold, and ends with status 1 if there is any.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from html import unescape
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

HOME = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1])
SIGNATURES = ("signature", "succession to signature", "confirmation of signature")
NO_CONSENT = (*SIGNATURES, "withdrawal", "domestic approval")
INSTRUMENTS = ("budapest", "budapest-2ap", "malabo", "arab-2010")
BESIDE = ("hanoi", "untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest")
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (HOME / f"data/processed/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ACTS, STATES, RULES = (
    rows("acts"),
    rows("states"),
    {r["convention"]: r for r in rows("conventions")},
)
KIND = {state["iso3"]: state["kind"] for state in STATES}
REGION = {state["iso3"]: state["region"] for state in STATES}
LATEST = max(row["unchanged_until"] for row in rows("snapshots"))


def shown(notebook: str) -> tuple[str, list[list[str]]]:
    """Return the text that a notebook shows, and the rows of its tables."""
    cells = json.loads(next(HOME.glob(f"notebooks/{notebook}*.ipynb")).read_text("utf-8"))["cells"]
    outputs = [output["data"] for cell in cells for output in cell.get("outputs", ())]
    text = " ".join("".join(data.get("text/markdown", "")) for data in outputs)
    html = " ".join("".join(data.get("text/html", "")) for data in outputs)
    cut = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in re.findall("<tr[^>]*>(.*?)</tr>", html)
    ]
    return text, [[unescape(re.sub("<[^>]+>", "", cell)) for cell in row] for row in cut]


def acted(convention: str, kinds: Iterable[str] | None, day: str, grades: str = "") -> set[str]:
    """Return who had certainly signed, or consented without a withdrawal, by a day."""
    own = [a for a in ACTS if a["convention"] == convention and a["latest"] <= day]
    own = [a for a in own if a["grade"] not in grades.split()]
    left = {a["iso3"] for a in own if a["act"] == "withdrawal"}
    if kinds is None:
        return {a["iso3"] for a in own if a["act"] not in NO_CONSENT} - left
    return {a["iso3"] for a in own if a["act"] in kinds}


def status() -> Iterable[tuple[str, Any]]:
    signed, bound = acted("hanoi", SIGNATURES, LATEST), acted("hanoi", None, LATEST)
    firm = acted("hanoi", None, LATEST, "reported")
    sure = acted("hanoi", SIGNATURES, LATEST, "reported")
    yield "text", f"{len(sure - {'EUE'})} states and the European Union are known to have signed"
    known = [a for a in ACTS if a["convention"] == "hanoi" and a["latest"] <= LATEST]
    yield "acts", sum(a["act"] != "domestic approval" for a in known)  # which has other words
    for region in sorted({state["region"] for state in STATES if state["region"]}):
        own = {s["iso3"] for s in STATES if s["region"] == region and s["kind"] == "member"}
        done = own & (signed | bound)
        share = f"{int(100 * len(done) / len(own) + 0.5)}%"  # a half is rounded up
        counts = (own, own & (signed - bound), own & firm, own & (bound - firm), own - done)
        yield "row", [region, *(str(len(who)) for who in counts), share]


def timeline() -> Iterable[tuple[str, Any]]:
    age = date.fromisoformat(LATEST) - date.fromisoformat(RULES["hanoi"]["opens"])
    for name in BESIDE:
        day = (date.fromisoformat(RULES[name]["opens"]) + age).isoformat()
        signed, bound = (acted(name, kinds, day, "reported") for kinds in (SIGNATURES, None))
        yield "cell", (RULES[name]["short_title"], 2, str(len(signed)))
        yield "cell", (RULES[name]["short_title"], 4, str(len(bound)))


def capacity() -> Iterable[tuple[str, Any]]:
    own = [r for r in rows("gci") if (r["index"], r["edition"]) == ("GCI", "2024")]
    whole = [r for r in own if r["component"] == "overall"]
    before = [r for r in rows("gci") if (r["index"], r["edition"]) == ("GCI", "2020")]
    earlier = {r["iso3"]: float(r["value"]) for r in before if r["component"] == "overall"}
    regions = sorted({state["region"] for state in STATES if state["region"]})
    for region in (*regions, "All states"):
        own = [r for r in whole if region in (REGION[r["iso3"]], "All states")]
        middle = median(float(r["value"]) for r in own) + 1e-9  # a half is rounded up
        yield "cell", (region, 2, str(len(own)))
        yield "cell", (region, 4, f"{middle:.2f}")
        moved = [round(float(r["value"]) - earlier[r["iso3"]], 9) for r in own]
        counts = (moved, [m for m in moved if m > 0], [m for m in moved if m == 0])
        lower = str(sum(m < 0 for m in moved))
        middle = round(median(moved), 9)
        yield "row", [region, *(str(len(c)) for c in counts), lower, f"{middle:.2f}"]
    highest = sum(r["tier"] == "T1" for r in whole)
    yield "text", f"{highest} of {len(whole)} states are in the highest tier"
    yield "text", f"{sum(r['tier'] == 'T5' for r in whole)} in the lowest"
    for grade in ("high", "medium"):
        yield "start", [grade, str(sum(r["grade"] == grade for r in whole))]


def in_force(convention: str) -> set[str]:
    """Return the states for which a convention is certainly in force on the day, by its rule."""
    rule = RULES[convention]
    published = {
        r["iso3"]: r["date"] for r in rows("entries_into_force") if r["convention"] == convention
    }
    own = [dict(a) for a in ACTS if a["convention"] == convention and a["grade"] != "reported"]
    bound = {a["iso3"]: a["latest"] for a in own if a["act"] not in NO_CONSENT}
    counted = sorted(day for state, day in bound.items() if KIND[state] != "organization")
    needed = int(rule["threshold"])
    whole = rule["entered_into_force"] or (
        after(counted[needed - 1], rule["delay_rule"]) if len(counted) >= needed else "9999"
    )
    # A party is surely among the first where it deposited before the nth can have been reached.
    soonest = sorted(
        a["earliest"] for a in ACTS if a["convention"] == convention
        and a["act"] not in NO_CONSENT and KIND[a["iso3"]] != "organization"
    )  # fmt: skip
    nth = soonest[needed - 1] if len(soonest) >= needed else ""
    begins = {
        state: published.get(state)
        or (whole if day <= nth else max(whole, after(day, rule["later_rule"])))
        for state, day in bound.items()
        if KIND[state] != "organization" and state in acted(convention, None, LATEST)
    }
    return {state for state, day in begins.items() if day <= LATEST}


def after(day: str, rule: str) -> str:
    """Return the day that a rule gives; without a rule no day is certain."""
    start = date.fromisoformat(day)
    if months := re.search(r"after (\d+) months", rule):
        month = start.month + int(months[1])
        return date(start.year + month // 12, month % 12 + 1, 1).isoformat()
    days = re.search(r"(\d+)(?:th|st|nd|rd) day", rule)
    return (start + timedelta(days=int(days[1]))).isoformat() if days else "9999"


def network() -> Iterable[tuple[str, Any]]:
    members = {state["iso3"] for state in STATES if state["un_member"] == "true"}
    everywhere: Counter[tuple[str, str]] = Counter()
    for name in INSTRUMENTS:
        inside = sorted(in_force(name))
        everywhere.update(combinations(inside, 2))
        pairs = len(inside) * (len(inside) - 1) // 2
        yield "cell", (RULES[name]["short_title"], 1, str(len(inside)))
        yield "cell", (RULES[name]["short_title"], 3, f"{pairs:,}")
    joined = Counter({pair: n for pair, n in everywhere.items() if members.issuperset(pair)})
    in_all = len(members) * (len(members) - 1) // 2
    yield "row", ["joined for certain", f"{len(joined):,}"]
    yield "row", ["in all", f"{in_all:,}"]
    acting = sorted((acted("hanoi", SIGNATURES, LATEST) | acted("hanoi", None, LATEST)) & members)
    with_all = len(joined.keys() | set(combinations(acting, 2)))
    yield "text", f"At least {len(joined) * 100 / in_all:.0f}% of pairs"
    yield "text", f"at least {with_all * 100 / in_all:.0f}%"
    for number in set(joined.values()):
        yield "row", [str(number), f"{list(joined.values()).count(number):,}"]
    partners: dict[str, set[str]] = {state: set() for state in members}
    for one, other in joined:
        partners[one].add(other)
        partners[other].add(one)
    for size in Counter(len(part) for part in parts(partners) if len(part) > 1):
        yield "end", ["Network", str(size)]
    yield "row", ["Without a known partner", str(sum(not own for own in partners.values()))]
    for region in sorted({REGION[state] for state in members}):
        counts = [len(partners[state]) for state in members if REGION[state] == region]
        yield "row", [region, str(len(counts)), str(counts.count(0)),
                      f"{median(counts):g}", str(max(counts))]  # fmt: skip
    group = {r["iso3"] for r in rows("memberships") if r["organisation"] == "League of Arab States"}
    inside_group = [pair for pair in everywhere if group.issuperset(pair)]
    yield "row", ["Pairs joined for certain", str(len(inside_group))]
    yield "row", ["Pairs in all", str(len(group) * (len(group) - 1) // 2)]
    alone = len(group.difference(*inside_group))
    yield "row", ["States without a known partner", str(alone)]


def parts(partners: dict[str, set[str]]) -> Iterable[set[str]]:
    """Return the parts of a network: states joined directly or through others."""
    left = set(partners)
    while left:
        part, new = set(), {left.pop()}
        while new:
            part |= new
            new = set().union(*(partners[state] for state in new)) - part
        left -= part
        yield part


def holds(kind: str, wanted: Any, text: str, table: list[list[str]]) -> bool:
    if kind == "text":
        return str(wanted) in text
    if kind == "acts":
        kinds = {act["act"] for act in ACTS}
        return bool(sum(len(r) == 6 and r[1].split(",")[0] in kinds for r in table) == wanted)
    if kind == "end":
        return any(row[0].startswith(wanted[0]) and row[1] == wanted[1] for row in table)
    if kind == "cell":
        name, at, number = wanted
        found = [row[at] for row in table if row[0] == name and len(row) > at]
        return any(re.match(rf"(at least )?{number}\b", cell) for cell in found)
    return any(list(row[: len(wanted)]) == list(wanted) for row in table)


def main() -> int:
    wrong, number = [], 0
    for notebook, counts in (("01", status), ("02", timeline), ("04", capacity), ("07", network)):
        text, table = shown(notebook)
        for kind, wanted in counts():
            number += 1
            if not holds(kind, wanted, text, table):
                wrong.append(f"{notebook}: {kind} {wanted}")
    print(*wrong, f"{number} counts, {len(wrong)} not in the notebooks", sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
