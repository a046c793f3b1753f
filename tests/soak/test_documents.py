"""A few changed documents in every run; many more by `python -m tests.soak.documents`."""

from tests.soak.documents import made_documents, run


def test_changed_documents_are_taken_or_refused_without_a_crash() -> None:
    tally = run(range(400), 1, made_documents())
    assert tally.faults == []
    taken = sum(n for outcome, n in tally.outcomes.items() if outcome.startswith("taken"))
    assert taken > 100
    assert len(tally.outcomes) > 8
