"""Recount what the notebooks publish and the days in force, with csv and json alone.

    python tests/referee.py [FOLDER OF THE PROJECT]

It imports nothing of the package: a second opinion on the counts of the status map, the timeline,
the capacity page and the cooperation network, on five kinds of score of forecasts (errors, their
ratios with intervals, ranges that held, events before points, the usual wait from the acts), on
five statistics (odds ratios, the widest gaps, borders, two rates, the splits of a group), on the
median waits, and on each day from which a convention is in force for a party, by the acts and the
articles. The scores of states' chances are not recounted: these chances, 40,907 rows of 1.3 MB,
would be twice all of data/reference, and are not kept. It prints each count that the notebook does
not hold and each day that the table has otherwise, and ends with status 1 if there is any.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from html import unescape
from itertools import combinations
from math import comb, exp, log, log2, prod
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, NamedTuple

HOME = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1])
SIGNATURES = ("signature", "succession to signature", "confirmation of signature")
NO_CONSENT = (*SIGNATURES, "withdrawal", "domestic approval")
INSTRUMENTS = ("budapest", "budapest-2ap", "malabo", "arab-2010")
BESIDE = ("hanoi", "untoc", "uncac", "terrorist-financing", "nuclear-terrorism", "budapest")
PILLARS = ("legal", "technical", "organizational", "capacity_development", "cooperation")
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
MEMBERS = sorted(state["iso3"] for state in STATES if state["un_member"] == "true")
SINCE = {state["iso3"]: state.get("state_since", "") for state in STATES}
LATEST = max(row["unchanged_until"] for row in rows("snapshots"))


def shown(notebook: str) -> tuple[str, list[list[str]]]:
    """Return the text that a notebook shows, and the rows of its tables."""
    cells = json.loads(next(HOME.glob(f"notebooks/{notebook}*.ipynb")).read_text("utf-8"))["cells"]
    outputs = [output["data"] for cell in cells for output in cell.get("outputs", ())]
    text = " ".join("".join(data.get("text/markdown", "")) for data in outputs)
    html = " ".join("".join(data.get("text/html", "")) for data in outputs)
    cut = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in re.findall("<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
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
    yield "text", f"{len(sure - {'EUE'})} states and the European Union have signed"
    known = [a for a in ACTS if a["convention"] == "hanoi" and a["latest"] <= LATEST]
    yield "acts", sum(a["act"] != "domestic approval" for a in known)  # which has other words
    for region in sorted({state["region"] for state in STATES if state["region"]}):
        own = {s["iso3"] for s in STATES if s["region"] == region and s["kind"] != "organization"}
        done = own & (signed | bound)
        certain = own & (sure | firm)
        share = f"at least {100 * len(certain) // len(own)}%"  # a lower bound is rounded down
        only = own & (signed - bound)
        counts = (own, only & sure, only - sure, own & firm, own & (bound - firm), own - done)
        yield "row", [region, *(str(len(who)) for who in counts), share]


def timeline() -> Iterable[tuple[str, Any]]:
    age = ordinal(LATEST) - ordinal(RULES["hanoi"]["opens"])
    for name in BESIDE:
        day = date.fromordinal(ordinal(RULES[name]["opens"]) + age).isoformat()
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
    yield "text", f"puts {highest} of {len(whole)} states in the highest tier"
    yield "text", f"{sum(r['tier'] == 'T5' for r in whole)} in the lowest"
    for grade in ("high", "medium"):
        yield "start", [grade, str(sum(r["grade"] == grade for r in whole))]


Ends = tuple[str, str]  # the first and the last day on which something can have been


def in_force_days(convention: str) -> dict[str, Ends]:
    """Return from when a convention is in force for those who consented, by its rule.

    Both ends are empty where the threshold is not reached. Those with a withdrawal are left out.
    """
    rule, own = RULES[convention], [a for a in ACTS if a["convention"] == convention]
    left = {a["iso3"] for a in own if a["act"] == "withdrawal"}
    consents = {a["iso3"]: a for a in own if a["act"] not in NO_CONSENT and a["iso3"] not in left}
    published = {
        r["iso3"]: r["date"] for r in rows("entries_into_force") if r["convention"] == convention
    }
    everybody = rule["excludes_reio"] != "true"
    counted = [a for s, a in consents.items() if everybody or KIND[s] != "organization"]
    needed, begins, days = int(rule["threshold"]), {}, {}
    for end in ("earliest", "latest"):
        deposits = sorted(a[end] for a in counted)
        begins[end] = deposits[needed - 1] if len(deposits) >= needed else ""
    general = {end: after(day, rule["delay_rule"]) for end, day in begins.items()}
    for state, act in consents.items():
        sooner = sum(a["earliest"] < act["latest"] for a in counted if a is not act)
        later = rule["later_rule"] or rule["delay_rule"]  # the general rule: certain by then
        last = general["latest"] if sooner < needed else after(act["latest"], later)
        is_later = rule["later_rule"] and act["earliest"] > begins["latest"]
        first = after(act["earliest"], later) if is_later else act["earliest"]
        if act["act"] == "succession":
            since = SINCE.get(state) or "0001-01-01"
            first, last = since if since <= act["earliest"] else "", act["latest"]
        ends = max(first, general["earliest"]), max(last, general["latest"])
        days[state] = ends if begins["latest"] else ("", "")
        if state in published:
            days[state] = published[state], published[state]
    return days


def after(day: str, rule: str) -> str:
    """Return the day that a rule gives; none of no day."""
    if not day:
        return ""
    start = date.fromisoformat(day)
    if months := re.search(r"after (\d+) months", rule):
        month = start.month + int(months[1])
        return date(start.year + month // 12, month % 12 + 1, 1).isoformat()
    days: Any = re.search(r"(\d+)(?:th|st|nd|rd) day", rule)
    return (start + timedelta(days=int(days[1]))).isoformat()


def spells() -> Iterable[tuple[bool, str]]:
    """Yield whether each day in force of the table is that of the acts and the articles."""
    by_rule = {name: in_force_days(name) for name in RULES}
    for row in rows("spells"):
        if row["kind"] == "consent" and row["iso3"] in by_rule[row["convention"]]:
            ends = by_rule[row["convention"]][row["iso3"]]
            for end, day in zip(("in_force_earliest", "in_force_latest"), ends, strict=True):
                found = f"{row['convention']} {row['iso3']} {end} {row[end]}, not {day}"
                yield row[end] == day, found


def in_force(convention: str) -> set[str]:
    """Return the states for which a convention is certainly in force on the day, reports aside."""
    reports = {
        a["iso3"]
        for a in ACTS
        if (a["convention"], a["grade"]) == (convention, "reported") and a["act"] not in NO_CONSENT
    }
    days = {s: end for s, (_, end) in in_force_days(convention).items() if s not in reports}
    return {s for s, end in days.items() if KIND[s] != "organization" and "" < end <= LATEST}


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
    signed = acted("hanoi", SIGNATURES, LATEST, "reported")
    acting = sorted((signed | acted("hanoi", None, LATEST)) & members)
    with_all = len(joined.keys() | set(combinations(acting, 2)))
    yield "text", f"At least {len(joined) * 100 / in_all:.0f}% of pairs of UN members"
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
        yield (
            "row",
            [
                region,
                str(len(counts)),
                str(counts.count(0)),
                f"{median(counts):g}",
                str(max(counts)),
            ],
        )
    group = {r["iso3"] for r in rows("memberships") if r["organisation"] == "League of Arab States"}
    inside_group = [pair for pair in everywhere if group.issuperset(pair)]
    yield "row", ["Pairs joined for certain", str(len(inside_group))]
    yield "row", ["Pairs in all", str(len(group) * (len(group) - 1) // 2)]
    alone = len(group.difference(*inside_group))
    yield "row", ["States without a known partner", str(alone)]


WAYS = {"forecast": "The forecast", "climatology": "The usual wait", "pace": "Constant pace"}


class Treaty(NamedTuple):
    opened: int
    seen: int  # days from then to the end of its list; so are those of acts
    signed: list[int]
    consented: list[int]


def scores() -> Iterable[tuple[str, Any]]:
    """Yield how good forecasts of the past were, by the cases and by the acts themselves."""
    cases = rows("backtest")
    alike = [
        r
        for r in cases
        if int(r["age"]) in (91, 183)
        and int(r["consents"]) <= 4
        and int(r["signatories"]) >= 50
        and int(r["target"]) >= 30
    ]
    of_acts = base()
    kin = {one: {other for other in of_acts if related(of_acts, one, other)} for one in of_acts}
    package = {one: place for place, part in enumerate(parts(kin)) for one in part}
    usual = usual_errors(cases, of_acts, kin)
    for name, part in (("As young and as widely signed", alike), ("All cases", cases)):
        for way, label in WAYS.items():
            error = [float(r[f"crps_{way}"]) for r in part]
            cells: dict[int, Any] = {2: ([sum(error) / len(part)], 0.0006)}
            if way != "climatology":
                beside = ratio([package[r["treaty"]] for r in part], error, part)
                cells[3] = (beside, 0.02 + 0.02 * beside[0])
            pits = [(float(r[f"pit_{way}"]), bool(r["wait"])) for r in part]
            held = sum(pit <= 0.9 and (pit >= 0.1 or not seen) for pit, seen in pits) / len(part)
            cells[5] = ([100 * held], 0.51)
            before = [max([0.0, *(s for v, s in ended(pits) if v <= p)]) for p in (0.1, 0.5, 0.9)]
            cells[6] = ([100 * before[1]], 0.51)
            cells[7] = ([100 * before[0], 100 * before[2]], 0.51)
            yield "near", ([f"{name} ({len(part):,})", label], cells)
        mean = sum(usual[r["treaty"], r["age"], r["target"]] for r in part) / len(part)
        yield "near", ([f"{name} ({len(part):,})", WAYS["climatology"]], {2: ([mean], 0.005)})


def base() -> dict[str, Treaty]:
    """Return the treaties of the base set, with the first acts of states."""
    acts = [r for r in rows("base_acts") if KIND.get(r["iso3"], "organization") != "organization"]
    acts.sort(key=lambda r: r["date"])
    first = {r["treaty"]: r["date"] for r in reversed(acts) if r["act"] == "signature"}
    of_acts, done = {}, set()
    for r in rows("base_treaties"):
        if r["learnt_from"] == "true" and first.get(r["treaty"], "") >= "1946":
            opened = ordinal(first[r["treaty"]])
            of_acts[r["treaty"]] = Treaty(opened, ordinal(r["as_of"]) - opened, [], [])
    for r in (r for r in acts if r["treaty"] in of_acts):
        treaty = of_acts[r["treaty"]]
        signs = r["act"] in (*SIGNATURES, "definitive signature")
        for days, acted in ((treaty.signed, signs), (treaty.consented, r["act"] not in NO_CONSENT)):
            if acted and (id(days), r["iso3"]) not in done:
                done.add((id(days), r["iso3"]))
                days.append(max(ordinal(r["date"]) - treaty.opened, 0))
    return of_acts


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def related(of_acts: Mapping[str, Treaty], one: str, other: str) -> bool:
    """Return whether two treaties are of one number, or were opened within thirty days."""
    numbers = {re.sub("(-[a-z]+)+$", "", treaty) for treaty in (one, other)}
    return len(numbers) == 1 or abs(of_acts[one].opened - of_acts[other].opened) <= 30


def ratio(package: Sequence[int], error: Sequence[float], part: Sequence[Row]) -> list[float]:
    """Return the ratio to the error of the usual wait, with its interval by drawing packages."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for of, own, r in zip(package, error, part, strict=True):
        sums[of][0] += own
        sums[of][1] += float(r["crps_climatology"])
    draw, pairs = Random(0), [*sums.values()]
    samples = [pairs, *(draw.choices(pairs, k=len(pairs)) for _ in range(1999))]
    whole, *ratios = (sum(o for o, _ in s) / sum(u for _, u in s) for s in samples)
    ratios.sort()
    return [whole, ratios[49], ratios[-50]]


def ended(cases: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return Kaplan and Meier's share that has ended by each value at which some end."""
    left, steps, ordered = 1.0, [], sorted(value for value, _ in cases)
    for value, number in sorted(Counter(value for value, ends in cases if ends).items()):
        left *= 1 - number / (len(ordered) - bisect_left(ordered, value))
        steps.append((value, 1 - left))
    return steps


def usual_errors(
    cases: Sequence[Row], of_acts: Mapping[str, Treaty], kin: Mapping[str, set[str]]
) -> dict[tuple[str, str, str], float]:
    """Return the score of the usual wait of each case: the integral over the log of the days."""
    errors = {}
    for r in cases:
        age, target, followed = int(r["age"]), int(r["target"]), int(r["followed"])
        today, pool = of_acts[r["treaty"]].opened + age, []
        for treaty in (of_acts[name] for name in of_acts.keys() - kin[r["treaty"]]):
            seen = min(treaty.seen, today - treaty.opened)
            nth = [*treaty.consented[:target], *[10**9] * target][target - 1]
            if seen > age and nth > age:
                many = bisect_right(treaty.signed, age) >= 30
                pool.append((min(nth, seen) - age, nth <= seen, many))
        alike = [case for case in pool if case[2]] or pool
        steps = [(1.0, 0.0), *ended([case[:2] for case in alike])]
        wait = float(r["wait"] or "inf")
        ends = sorted(
            {
                1.0,
                float(followed),
                min(max(wait, 1.0), followed),
                *(day for day, _ in steps if 1 < day < followed),
            }
        )
        shares = [max(share for day, share in steps if day <= at) for at in ends]
        errors[r["treaty"], r["age"], r["target"]] = sum(
            (share - (wait <= start)) ** 2 * log(end / start)
            for share, start, end in zip(shares, ends, ends[1:], strict=False)
        )
    return errors


def gci(component: str) -> dict[str, float]:
    key = ("GCI", "2024", component)
    own = [r for r in rows("gci") if (r["index"], r["edition"], r["component"]) == key]
    return {r["iso3"]: float(r["value"]) for r in own}


def column(name: str) -> dict[str, str]:
    return {state["iso3"]: state[name] for state in STATES if state[name]}


def organisation(name: str) -> set[str]:
    return {r["iso3"] for r in rows("memberships") if r["organisation"] == name}


def solved(matrix: Sequence[Sequence[float]], values: Sequence[float]) -> list[float]:
    """Solve linear equations by elimination; the diagonal of these is never 0."""
    both = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for at, pivot in enumerate(both):
        both[at] = [value / pivot[at] for value in pivot]
        for row in range(len(both)):
            if row != at:
                times = both[row][at]
                both[row] = [a - times * b for a, b in zip(both[row], both[at], strict=True)]
    return [row[-1] for row in both]


def logit(cases: list[list[float]], outcomes: list[bool]) -> list[float]:
    """Fit log odds by Newton's steps."""
    weights, columns = [0.0] * len(cases[0]), [*zip(*cases, strict=True)]
    for _ in range(20):
        sums = [sum(map(prod, zip(case, weights, strict=True))) for case in cases]
        chances = [1 / (1 + exp(-total)) for total in sums]
        left = [y - p for y, p in zip(outcomes, chances, strict=True)]
        spread = [p * (1 - p) for p in chances]
        slopes = [sum(map(prod, zip(a, left, strict=True))) for a in columns]
        curves = [
            [sum(map(prod, zip(a, b, spread, strict=True))) for b in columns] for a in columns
        ]
        weights = [w + step for w, step in zip(weights, solved(curves, slopes), strict=True)]
    return weights


def association() -> Iterable[tuple[str, Any]]:
    """Yield the odds ratios, and the widest gaps beside those of shuffles."""
    done = acted("hanoi", SIGNATURES, LATEST) | acted("hanoi", None, LATEST)
    votes = {r["iso3"]: r for r in rows("votes") if r["resolution"] == "A/RES/74/247"}
    vote = {s: r["vote"] for s, r in votes.items()}
    party, union = acted("budapest", None, LATEST), organisation("EU")
    score, wealth, sub_region = gci("overall"), column("gdp_per_capita"), column("subregion")
    cases = [s for s in MEMBERS if s in score and s in wealth and s in vote and s in sub_region]
    quartiles = quantiles([score[s] for s in cases], n=4, method="inclusive")
    terms = [
        [
            1,
            score[s] / (quartiles[2] - quartiles[0]),
            log2(float(wealth[s])),
            vote[s] == "yes",
            vote[s] == "no",
            s in party,
            s in union,
        ]
        for s in cases
    ]
    names = (
        "GCI, upper against lower quartile",
        "doubled GDP",
        "vote of yes",
        "vote of no",
        "consent to Budapest",
        "EU member",
    )
    ratios = map(exp, logit(terms, [s in done for s in cases])[1:])
    yield from (("row", row) for row in zip(names, map("{:.2f}".format, ratios), strict=True))
    tiers = {
        r["iso3"]: r["tier"]
        for r in rows("gci")
        if (r["edition"], r["component"]) == ("2024", "overall")
    }
    sure = {s for s in party if s in acted("budapest", None, LATEST, "reported")}
    kinds: list[Mapping[str, Any]] = [tiers, column("income_group"), column("un_group")]
    kinds += [{r["iso3"]: r["status"] for r in rows("regimes")}]
    kinds += [{s: s in sure for s in MEMBERS if s in sure or s not in party}]
    kinds += [{s: v for s, v in vote.items() if votes[s]["grade"] != "inferred"}]
    kinds += [thirds({s: v for s, v in gci(name).items() if s in MEMBERS}) for name in PILLARS]
    classes = [[*classed(kind).values()] for kind in kinds]
    classes = [[c for c in kind if len(c) >= 10] for kind in classes]
    labels = ["GCI tier", "Income group", "UN regional group", "Political regime"]
    labels += ["Budapest Convention", "Vote on A/RES/74/247", *PILLARS]
    yield from (
        ("near", ([label], {4: ([alone], 0.03), 5: ([adjusted], 0.03)}))
        for label, alone, adjusted in min_p(dict(zip(labels, classes, strict=True)), done)
        if label not in PILLARS
    )


def min_p(
    kinds: Mapping[str, list[set[str]]], done: set[str], draws: int = 1999
) -> Iterable[tuple[str, float, float]]:
    """Yield of each kind its p and that adjusted for the number of kinds (Westfall and Young)."""
    draw, acting = Random(0), len(done & {*MEMBERS})
    samples = [done, *(set(draw.sample(MEMBERS, acting)) for _ in range(draws))]
    chances: dict[str, list[float]] = {}
    for kind, classes in kinds.items():
        pairs = [*combinations(classes, 2)]
        scales = [(1 / len(a) + 1 / len(b)) ** 0.5 for a, b in pairs]
        gaps = []
        for sample in samples:
            shares = {id(c): len(sample & c) / len(c) for c in classes}
            sizes = [
                abs(shares[id(a)] - shares[id(b)]) / scale
                for (a, b), scale in zip(pairs, scales, strict=True)
            ]
            gaps.append(round(max(sizes), 9))
        ordered = sorted(gaps)
        chances[kind] = [1 - bisect_left(ordered, gap) / len(gaps) for gap in gaps]
    left, adjusted = sorted(chances, key=lambda kind: chances[kind][0]), 0.0
    while left:
        alone = chances[left[0]][0]
        least = [min(chances[kind][n] for kind in left) for n in range(len(samples))]
        adjusted = max(adjusted, sum(p <= alone + 1e-9 for p in least) / len(samples))
        yield left.pop(0), alone, adjusted


def thirds(values: Mapping[str, float]) -> dict[str, int]:
    """Return the third of each state; equal values stay together, by their middle place."""
    ordered = sorted(values.values())
    middle = {v: ordered.index(v) + ordered.count(v) / 2 for v in set(ordered)}
    places = {s: middle[v] / len(ordered) for s, v in values.items()}
    return {s: (place >= 1 / 3) + (place > 2 / 3) for s, place in places.items()}


def classed(kind: Mapping[str, Any]) -> dict[Any, set[str]]:
    groups: dict[Any, set[str]] = defaultdict(set)
    for state in MEMBERS:
        if kind.get(state) not in (None, ""):
            groups[kind[state]].add(state)
    return groups


def borders() -> Iterable[tuple[str, Any]]:
    """Yield the borders between two that acted, and what three kinds of shuffles give."""
    done = acted("hanoi", SIGNATURES, LATEST) | acted("hanoi", None, LATEST)
    world = json.loads((HOME / "data/reference/geometry/world_50m.json").read_text("utf-8"))
    of_line: dict[int, set[str]] = defaultdict(set)
    for area in world["objects"]["countries"]["geometries"]:
        state = area["id"]
        if KIND.get(state, "organization") != "organization":
            for line in re.findall(r"-?\d+", json.dumps(area["arcs"])):
                of_line[max(int(line), ~int(line))].add(state)
    pairs = {tuple(sorted(ends)) for ends in of_line.values() if len(ends) == 2}
    number = Counter(state for pair in pairs for state in pair)

    def parted(of: Mapping[str, Any]) -> list[set[str]]:
        return [{s for s in number if of[s] == value} for value in {of[s] for s in number}]

    def mixed(part: set[str]) -> bool:
        return bool(part & done and part - done)

    tops = (
        {s: min(n, top) for s, n in number.items()} for top in range(max(number.values()), 0, -1)
    )
    regions = parted(column("subregion"))
    others = {state for part in regions if not mixed(part) for state in part}
    ways = {"among all states": [{*number}]}
    ways["by number of borders"] = next(p for p in map(parted, tops) if all(map(mixed, p)))
    ways["inside sub-regions"] = [part for part in regions if mixed(part)] + [others]
    draw, counted = Random(0), sum(a in done and b in done for a, b in pairs)
    for way, classes in ways.items():
        counts, sizes = [], [(sorted(part), len(done & part)) for part in classes]
        for _ in range(1999):
            acting = {state for part, size in sizes for state in draw.sample(part, size)}
            counts.append(sum(a in acting and b in acting for a, b in pairs))
        p = sum(count >= counted for count in [counted, *counts]) / 2000
        cells = {1: ([counted], 0), 2: ([sum(counts) / 1999], 0.8), 5: ([p], 0.03)}
        yield "near", ([way], cells)


def rates() -> Iterable[tuple[str, Any]]:
    """Yield the consents in ten years of waiting of two halves, and the ratio's exact interval."""
    wealth, rule = column("gdp_per_capita"), RULES["uncac"]
    opens, last = ordinal(rule["opens"]), ordinal(rule["complete_to"])
    first: dict[str, str] = {}
    for row in rows("spells"):
        if (row["convention"], row["kind"]) == ("uncac", "consent"):
            first.setdefault(row["iso3"], row["begins_latest"])
    risk = [s for s in MEMBERS if s in wealth and SINCE[s] <= rule["complete_to"]]
    middle, halves = median(float(wealth[s]) for s in risk), {True: [0, 0], False: [0, 0]}
    for state in risk:
        day = ordinal(first.get(state) or "9999-12-31")
        start = max(opens, ordinal(SINCE[state] or "0001-01-01"))
        half = halves[float(wealth[state]) > middle]
        half[0] += day <= last
        half[1] += min(day, last) - start
    (poor, less), (rich, more) = halves[False], halves[True]
    both, times = poor + rich, less / more

    def end(chance: Callable[[float], float], rising: bool) -> float:
        low, high = 0.0, 1.0
        for _ in range(60):
            half = (low + high) / 2
            low, high = (half, high) if (chance(half) < 0.025) == rising else (low, half)
        return low / (1 - low) * times

    def tail(numbers: Iterable[int]) -> Callable[[float], float]:
        return lambda p: sum(comb(both, n) * p**n * (1 - p) ** (both - n) for n in numbers)

    lower, upper = end(tail(range(rich, both + 1)), True), end(tail(range(rich + 1)), False)
    cells = (3652.5 * poor / less, 3652.5 * rich / more, rich / poor * times, lower, upper)
    yield "near", (["0"], {place: ([cell], 0.0051) for place, cell in enumerate(cells, start=1)})


def splits() -> Iterable[tuple[str, Any]]:
    """Yield which share of Theil's T lies between a part and the rest, and in 95% of all parts."""
    group, inner = organisation("League of Arab States"), organisation("GCC")
    for name in PILLARS:
        values = {s: v for s, v in gci(name).items() if s in group}
        n, total = len(values), sum(values.values())

        def between(part: float, size: int, n: int = n, total: float = total) -> float:
            ends = (part / total, size), (1 - part / total, n - size)
            return sum(share * log(share * n / states) for share, states in ends if share > 1e-12)

        whole = sum(v / total * log(v * n / total) for v in values.values() if v)
        size, own = len(inner & values.keys()), sum(v for s, v in values.items() if s in inner)
        every = sorted(between(sum(part), size) for part in combinations(values.values(), size))
        shares = (between(own, size) / whole, every[int(0.95 * len(every))] / whole)
        cells = {5 + place: ([100 * share], 0.51) for place, share in enumerate(shares)}
        yield "near", ([name.replace("_", " ").capitalize()], cells)


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
    if kind == "near":  # numbers, within what chance and rounding leave
        heads, cells = wanted
        alike = [row for row in table if row[: len(heads)] == heads and len(row) > max(cells)]
        return any(
            all(is_near(row[at], values, by) for at, (values, by) in cells.items()) for row in alike
        )
    if kind == "cell":
        name, at, number = wanted
        found = [row[at] for row in table if row[0] == name and len(row) > at]
        return any(re.match(rf"(at least )?{number}\b", cell) for cell in found)
    return any(list(row[: len(wanted)]) == list(wanted) for row in table)


def is_near(cell: str, values: Sequence[float], by: float) -> bool:
    """Return whether a cell begins with the values; an interval may follow."""
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", cell)]
    pairs = zip(numbers, values, strict=False)
    return len(numbers) >= len(values) and all(abs(n - value) <= by for n, value in pairs)


def waits() -> Iterable[tuple[str, Any]]:
    """Yield Kaplan and Meier's median wait from signature to consent of each convention."""
    first: dict[tuple[str, str, str], Row] = {}
    for r in sorted(rows("spells"), key=lambda r: r["begins_latest"]):
        if r["begins_latest"] and KIND[r["iso3"]] != "organization":
            for kind in {r["kind"], *(["signature"] * (r["act"] == "definitive signature"))}:
                first.setdefault((r["convention"], r["iso3"], kind), r)
    for name in BESIDE:
        last = ordinal(min(RULES[name]["complete_to"], LATEST))
        cases = []
        for (convention, state, kind), r in first.items():
            if convention == name and kind == "signature" and r["begins_latest"] <= LATEST:
                signed, bound = ordinal(r["begins_earliest"]), first.get((name, state, "consent"))
                followed = last - signed
                wait = followed + 1
                if bound and bound["grade"] != "reported":
                    wait = max(ordinal(bound["begins_latest"]) - signed, 0)
                if followed >= 0:
                    cases.append((min(wait, followed), wait <= followed))
        halves = (f"{day / 365.25:.1f}" for day, share in ended(cases) if round(share, 9) >= 0.5)
        half = next(halves, "not reached")
        known = [str(len(cases)), str(sum(acts for _, acts in cases)), half]
        yield "row", [RULES[name]["label"], *known]


PAGES = {
    "01": status,
    "02": timeline,
    "04": capacity,
    "05": association,
    "06": splits,
    "07": network,
    "13": waits,
    "14": scores,
    "16": borders,
    "20": rates,
}


def main() -> int:
    wrong, number = [], 0
    for notebook, counts in PAGES.items():
        text, table = shown(notebook)
        for kind, wanted in counts():
            number += 1
            if not holds(kind, wanted, text, table):
                wrong.append(f"{notebook}: {kind} {wanted}")
    print(*wrong, f"{number} counts, {len(wrong)} not in the notebooks", sep="\n")
    days = [*spells()]
    other = [found for is_same, found in days if not is_same]
    print(*other, f"{len(days):,} days in force, {len(other)} not in spells", sep="\n")
    return int(bool(wrong or other))


if __name__ == "__main__":
    sys.exit(main())
