"""Who may do what with a record: one decision under every face.

`decide` answers one question; `reach` compiles the same table once a request for lists, and a
property test keeps the two equal.
"""

from records.policy.actions import Action
from records.policy.asking import Ask, Decision, Leave
from records.policy.reading import READS, RELEASED, Reach, reach
from records.policy.relations import RELEASE_PURPOSES, cares_for_the_patient
from records.policy.table import PERMISSIONS, READING, decide

__all__ = [
    "PERMISSIONS",
    "READING",
    "READS",
    "RELEASED",
    "RELEASE_PURPOSES",
    "Action",
    "Ask",
    "Decision",
    "Leave",
    "Reach",
    "cares_for_the_patient",
    "decide",
    "reach",
]
