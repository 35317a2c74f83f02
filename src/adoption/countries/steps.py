"""Each step of one participant on some treaties: signed, consented to be bound, in force for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from adoption.core.acts import DEFINITIVE_SIGNATURE, DOMESTIC_APPROVAL, SHOWS_SIGNATURE, WITHDRAWAL
from adoption.core.vocabulary import BY_RULE, GENERAL_RULE, SIGNATURE
from adoption.core.vocabulary import CONSENT as CONSENT_SPELL
from adoption.countries.profiles import row_of
from adoption.law.evidence import last_not_in_force
from adoption.law.panel import NO_ACT, NOT_KNOWN, POSSIBLY_WITHDRAWN, UNABLE, WITHDRAWN
from adoption.tables.rows import records, with_dtypes

if TYPE_CHECKING:
    from adoption.law.status import Row, Status

SIGN, CONSENT, FORCE = "signed", "ratified or acceded", "in force"
STEPS = (SIGN, CONSENT, FORCE)
# What is known of a step, beside the words of a status: NO_ACT, NOT_KNOWN, WITHDRAWN, UNABLE.
DONE = "done"
POSSIBLE = "possible"  # by the day; it may have been done later
WITHOUT_SIGNATURE = "without signature"  # joined as one that needs none
NOT_LISTED = "not listed"  # its ratification shows that it had signed; the list has no day of it
APPROVED = "approved at home"
UNCLEAR = "not known whether it could join"
NO_CONSENT = "no consent known"  # of one that has signed
NOT_IN_FORCE = "treaty not in force"
TO_COME = "to come"  # in force for it by a later day, which is known
OPENED = {"begins_earliest": "earliest", "begins_latest": "latest"}
FACTS = ("act", "earliest", "latest", "open_ended", "grade", "source")


def steps_of(iso3: str, statuses: Sequence[Status], acts: pd.DataFrame) -> pd.DataFrame:
    """Return what a participant did on some treaties, step by step, and since when each binds it.

    The day in force for it is that of the law: the treaty's own for those that made up its
    threshold, and for others what its rule for later parties makes of their deposit
    (`adoption.law.entry_into_force.in_force`).

    Parameters
    ----------
    iso3 : str
        The participant.
    statuses : sequence of Status
        The treaties on a day.
    acts : DataFrame
        Of `adoption.countries.profiles.acts_of_state`: an approval at home is taken from it.

    Returns
    -------
    DataFrame
        One row a treaty and step: convention, label, step (of `STEPS`), known (what is known of
        it: `DONE`, or why there is no day), act, earliest, latest (days; of a treaty that is not
        in force the last day for which that is known), open_ended (boolean), grade, source, why
        (of a day in force, where it comes from). A step that can have been done after the day,
        too, is `POSSIBLE`.

    Examples
    --------
    >>> from adoption.law.status import load_status
    >>> steps = steps_of("KEN", [load_status("untoc", "2026-11-24")], pd.DataFrame())
    >>> steps[["step", "known", "earliest"]].astype({"earliest": "str"}).to_numpy().tolist()[1:]
    [['ratified or acceded', 'done', '2004-06-16'], ['in force', 'done', '2004-07-16']]
    """
    rows, approvals = [], _approvals(acts)
    for status in statuses:
        convention = status.convention
        names = {"convention": convention.convention, "label": convention.label}
        steps = _steps(row_of(iso3, status), status, approvals.get(convention.convention))
        rows += [{**names, "step": step, **known} for step, known in zip(STEPS, steps, strict=True)]
    frame = pd.DataFrame(rows, columns=["convention", "label", "step", "known", *FACTS, "why"])
    days = dict.fromkeys(("earliest", "latest"), "datetime64[us]")
    return with_dtypes(frame, {**days, "open_ended": "boolean"})


def _approvals(acts: pd.DataFrame) -> dict[str, Mapping[Any, Any]]:
    """Return the last approval at home on each treaty."""
    if acts.empty:
        return {}
    return {row["convention"]: row for row in records(acts) if row["act"] == DOMESTIC_APPROVAL}


def _steps(row: Row, status: Status, at_home: Mapping[Any, Any] | None) -> list[dict[str, Any]]:
    if row["status"] in UNABLE:
        is_clear = row["status"] != NOT_KNOWN  # of a step that word says that its day is not
        return [{"known": row["status"] if is_clear else UNCLEAR}] * len(STEPS)
    consent = _last(status, row["iso3"], CONSENT_SPELL)
    signature = _last(status, row["iso3"], SIGNATURE)
    signed = _signed(signature, consent, status)
    consented = _consented(row, consent, status.as_of)
    has_signed = signed["known"] in (DONE, POSSIBLE)
    if consented["known"] == NO_ACT and at_home is not None:
        consented = {"known": APPROVED, **{name: at_home[name] for name in FACTS}}
    elif consented["known"] == NO_ACT and has_signed:
        consented = {"known": NO_CONSENT}
    return [signed, consented, _in_force(consent, consented, status)]


def _last(status: Status, iso3: str, kind: str) -> Mapping[Any, Any] | None:
    """Return the last spell of a participant that can have begun by a day."""
    spell = status.history.last_by(iso3, kind, status.as_of)
    return spell and {OPENED.get(name, name): value for name, value in spell.items()}


def _done(spell: Mapping[Any, Any], as_of: date) -> dict[str, Any]:
    certainty = DONE if spell["latest"] <= pd.Timestamp(as_of) else POSSIBLE
    return {"known": certainty, **{name: spell[name] for name in FACTS}}


def _signed(
    signature: Mapping[Any, Any] | None, consent: Mapping[Any, Any] | None, status: Status
) -> dict[str, Any]:
    if signature is not None:
        return _done(signature, status.as_of)
    if consent is None:
        return {"known": NO_ACT}
    if consent["act"] == DEFINITIVE_SIGNATURE:
        return _done(consent, status.as_of)
    # An amendment is ratified as well, and nobody signs it.
    has_signatures = (status.history.spells["kind"] == SIGNATURE).any()
    opened_for_signature = has_signatures or not status.convention.signatories_listed
    shows_signature = opened_for_signature and consent["act"] in SHOWS_SIGNATURE
    return {"known": NOT_LISTED if shows_signature else WITHOUT_SIGNATURE, "act": consent["act"]}


def _consented(row: Row, consent: Mapping[Any, Any] | None, as_of: date) -> dict[str, Any]:
    if consent is None:
        return {"known": NO_ACT}
    if row["status"] == WITHDRAWN:
        ends = {name: consent[f"ends_{name}"] for name in ("earliest", "latest", "grade", "source")}
        return {"known": WITHDRAWN, "act": WITHDRAWAL, "open_ended": False, **ends}
    done = _done(consent, as_of)
    is_over = row["status"] == POSSIBLY_WITHDRAWN
    return done | {"known": POSSIBLY_WITHDRAWN} if is_over else done


def _in_force(
    consent: Mapping[Any, Any] | None, consented: Mapping[str, Any], status: Status
) -> dict[str, Any]:
    """Return since when a treaty is in force for a participant, or why no day is given."""
    if consented["known"] == WITHDRAWN:
        return dict(consented)
    seen = last_not_in_force(status)
    not_yet = status.known_in_force is False or seen is not None
    is_to_come = consent is not None and status.entry_into_force is not None
    if not_yet and not is_to_come:
        day = pd.Timestamp(seen.day if seen else status.as_of)
        grade = "reported" if seen and seen.by_report else "confirmed"
        return {"known": NOT_IN_FORCE, "earliest": day, "latest": day, "grade": grade}
    if consent is None:
        is_approved = consented["known"] == APPROVED
        return {"known": NO_CONSENT if is_approved else consented["known"]}
    earliest, latest = consent["in_force_earliest"], consent["in_force_latest"]
    if pd.isna(earliest):
        return {"known": NOT_KNOWN, "why": consent["in_force_why"]}
    days = {"earliest": earliest, "latest": latest, "open_ended": bool(consent["open_ended"])}
    if pd.isna(latest):
        days |= {"latest": earliest, "open_ended": True}
    is_day = days["earliest"] == days["latest"] and not days["open_ended"]
    by_law = consent["in_force_why"] == GENERAL_RULE
    grade = consent["grade"]
    if grade == "confirmed" and (by_law or not is_day):
        grade = "inferred"
    facts = {"grade": grade, "source": consent["source"], "why": consent["in_force_why"] or BY_RULE}
    known = consented["known"]
    if known == DONE and days["latest"] > pd.Timestamp(status.as_of) and not days["open_ended"]:
        known = TO_COME
    return {"known": known, "act": consent["act"], **days, **facts}
