"""De-identification: a rule for every field, and a document built from what the rules let through.

Nothing is stripped from a copy: a public document is made anew from coded values (SAFETY.md D1),
under a pseudonym of this recipient and purpose (D3), with shifted dates (D4), without words (D5),
and passes a gate that looks for everything that names somebody (D8).
"""

from records.deidentify.documents import public_document, public_facts_of
from records.deidentify.gate import Identifier, identifiers_of, leaks
from records.deidentify.pseudonyms import pseudonym, shift
from records.deidentify.rules import NEVER_PUBLISHED, RULES, Rule

__all__ = [
    "NEVER_PUBLISHED",
    "RULES",
    "Identifier",
    "Rule",
    "identifiers_of",
    "leaks",
    "pseudonym",
    "public_document",
    "public_facts_of",
    "shift",
]
