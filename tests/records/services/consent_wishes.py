"""What the consent machine draws from: mostly what comes to something, and seldom the rest."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

from tests.records.services.consent_house import PEOPLE

T = TypeVar("T")
Grantee = tuple[str | None, str | None, str]  # a person or an organisation, and the purpose
KINDS = ("personal_information", "physical_signs", "non_physical_signs", "record_of_life")


def mostly(usual: Sequence[T], rare: Sequence[T], times: int = 4) -> st.SearchStrategy[T]:
    """Draw from what is usual, and seldom from what is rare."""
    return st.sampled_from([*usual] * times + [*rare])


anybody = st.sampled_from(sorted(PEOPLE))
deciders = mostly(["amina", "amina", "gita"], ["lena", "bela", "chen", "yuri", "otto"])
clinicians = mostly(["chen", "nora"], ["dara", "emil", "gita"], 2)
doctors = mostly(["chen", "dara"], ["emil", "nora"], 2)
grantees: st.SearchStrategy[Grantee] = mostly(
    [
        ("chen", None, "treatment"),
        ("chen", None, "treatment"),
        ("nora", None, "treatment"),
        (None, "clinic", "treatment"),
        (None, "institute", "research"),
    ],
    [
        ("dara", None, "treatment"),
        ("gita", None, "treatment"),
        ("rosa", None, "research"),
        ("chen", None, "care_management"),
        (None, "clinic", "care_management"),
        (None, "institute", "service"),
        (None, "institute", "treatment"),
        (None, "clinic", "research"),
    ],
    3,
)
whom: st.SearchStrategy[tuple[str | None, str | None]] = st.sampled_from(
    [
        *[(None, None), (None, None), ("chen", None), ("bela", None), ("rosa", None)],
        *[(None, "clinic"), (None, "institute")],
    ]
)
kinds = mostly([frozenset({one}) for one in KINDS[1:]] + [frozenset(KINDS[1:])], [frozenset()], 2)
given_kinds = kinds | st.just(frozenset(KINDS))
numbers = st.integers(0, 5)
spans = mostly([None, 3, 24, 24 * 30], [0, 1], 2)
periods = mostly([(None, None)], [(-1, None), (-30, -1), (None, -1), (0, 0)])
scopes = st.frozensets(st.sampled_from(["record", "see", "answer_orders", "urgent", "guardian"]))
times = mostly([1, 2, 3], [20, 24 * 7, 24 * 14, 24 * 30, 24 * 365], 2)
