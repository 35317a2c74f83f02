"""The words that columns may hold."""

from __future__ import annotations

CONSENTS = (
    "ratification", "acceptance", "approval", "formal confirmation", "accession", "succession",
    "definitive signature", "consent to be bound",
)  # fmt: skip
SIGNATURES = ("signature", "succession to signature", "confirmation of signature")
# What makes a state one that has signed. A definitive signature is both a signature and a
# consent; a depositary counts it among the parties, not among the signatories.
SIGNING_ACTS = (*SIGNATURES, "definitive signature")
WITHDRAWAL = "withdrawal"
ACTS = (*SIGNATURES, *CONSENTS, WITHDRAWAL)
GRADES = ("confirmed", "inferred", "reported")  # the best supported first
STATE_KINDS = ("member", "observer", "other state", "organization")
STATEMENTS = (
    "declaration", "objection", "notification", "territorial application", "end note",
    "other text",
)  # fmt: skip
