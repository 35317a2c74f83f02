"""The words of spells, grades and kinds of states, in their order."""

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
