"""The words of acts, spells, grades and kinds of states, in their order."""

CONSENTS = (
    "ratification",
    "acceptance",
    "approval",
    "formal confirmation",
    "accession",
    "succession",
    "definitive signature",
    "consent to be bound",
)
SUCCESSION_TO_SIGNATURE = "succession to signature"
SIGNATURES = ("signature", SUCCESSION_TO_SIGNATURE, "confirmation of signature")
# What makes a state one that has signed. A definitive signature is both a signature and a
# consent; a depositary counts it among the parties, not among the signatories.
DEFINITIVE_SIGNATURE, SUCCESSION = "definitive signature", "succession"
SIGNING_ACTS = (*SIGNATURES, DEFINITIVE_SIGNATURE)
SIGNED_BY_CLOSING = ("signature", DEFINITIVE_SIGNATURE)  # a succession or confirmation comes later
# What a signatory alone deposits, a state or an organisation: it shows a signature that no list has
# (Vienna Conventions on the Law of Treaties, 1969, art. 14(1), and 1986, arts. 2(1)(b bis) and 14).
SHOWS_SIGNATURE = ("ratification", "formal confirmation")
# A signature comes before these. Of many treaties acceptance and approval need none (art. 14(2)).
FOLLOWS_SIGNATURE = (*SHOWS_SIGNATURE, "acceptance", "approval")
WITHDRAWAL = "withdrawal"
# A national act that approves a treaty is no instrument deposited, and no consent to be bound.
DOMESTIC_APPROVAL = "domestic approval"
ACTS = (*SIGNATURES, *CONSENTS, WITHDRAWAL, DOMESTIC_APPROVAL)
SIGNATURE, CONSENT = "signature", "consent"  # kinds of spells
# Why a consent has a day from which the convention is in force for its participant, or none; that
# of a successor is its act. The general rule is article 24(3) of the Vienna Convention on the Law
# of Treaties, where the convention's own rule for a later party was not seen.
PUBLISHED, BY_RULE, GENERAL_RULE = "published day", "rule", "general rule"
RULE_NOT_SEEN = "rule not seen"  # of a held treaty: neither for later parties nor for the first
NOT_REACHED, ENDED_BEFORE = "threshold not reached", "ended before entry into force"
GRADES = ("confirmed", "inferred", "reported")  # the best supported first
# Who published a total; relayed: it stands in a text that a machine wrote.
TOTAL_GRADES = DEPOSITARY, REPORTED, RELAYED = ("depositary", "reported", "relayed")
STATE_KINDS = ("member", "observer", "other state", "organization")
# Lists that give states other codes than ISO 3166-1 alpha-3, as the field writes them.
CODE_SYSTEMS = ("iso2", "cow", "gw", "vdem", "un_m49")
