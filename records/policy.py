"""Who may do what: one table of actions and predicates under every face.

`decide` answers one question; `readable` compiles the same table once a request for lists, and a
property test keeps the two equal. Default deny: what no clause grants is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from records.consent import Grant
from records.people import Basis, Person, Record, Relationship, Scope, Tie
from records.vocabulary import NEVER_PUBLIC, Purpose, Role, SegmentKind


class Action(StrEnum):
    """What somebody may want to do with a record."""

    SEE_RECORD = "see_record"
    """Know that this record exists and whose it is."""
    READ_SEGMENT = "read_segment"
    """Read what a kind of segment holds."""
    HAND_OUT = "hand_out"
    """Take a copy of segments: what may be read may be kept."""
    IMPORT_DOCUMENT = "import_document"
    """File what somebody's clinical document says."""
    FILE_OBSERVATION = "file_observation"
    """Tell or correct what is the patient's to tell."""
    FILE_FROM_DEVICE = "file_from_device"
    """File what a device of the patient measured."""
    TIE_DEVICE = "tie_device"
    """Give a device its token, or take it away."""
    FILE_DESCRIPTION = "file_description"
    """Write a doctor's note into the record."""
    GIVE_GRANT = "give_grant"
    """Give, narrow or withdraw the patient's leave."""
    CHOOSE_HELP = "choose_help"
    """Invite helpers, choose what they may do, and end their help."""
    SEE_ACCESS = "see_access"
    """See who looked at the record."""
    PLACE_ORDER = "place_order"
    """Ask something of the patient."""
    SEE_ORDERS = "see_orders"
    """See the orders of this record and their answers."""
    ANSWER_ORDER = "answer_order"
    """Answer an order for the patient."""
    CHOOSE_PROMPTS = "choose_prompts"
    """Choose when the house asks for readings, and whom it may tell of silence."""
    READ_RELEASED = "read_released"
    """Read what was published for one's own organisation."""
    WRITE_BACK = "write_back"
    """Send the patient a third-party description, by pseudonym."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to the policy, with the facts it needs.

    `relationships` are this person's to this record; `grants` are all of this record.
    """

    action: Action
    by: Person
    record: Record
    now: datetime
    kind: SegmentKind | None = None
    purpose: Purpose = Purpose.TREATMENT
    relationships: tuple[Relationship, ...] = field(default=())
    grants: tuple[Grant, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether it is allowed, and the clause that decided, for the audit line and for "why?"."""

    allowed: bool
    rule: str


Predicate = Callable[[Ask], bool]


def is_the_patient(ask: Ask) -> bool:
    """The record is this person's own."""
    return ask.by.id == ask.record.patient


def _tied(ask: Ask, *ties: Tie) -> tuple[Relationship, ...]:
    return tuple(
        one
        for one in ask.relationships
        if one.tie in ties
        and one.person == ask.by.id
        and one.record == ask.record.id
        and one.holds(ask.now)
    )


def treats_the_patient(ask: Ask) -> bool:
    """A doctor in a care relationship confirmed by both."""
    return Role.DOCTOR in ask.by.roles and bool(_tied(ask, Tie.DOCTOR))


def nurses_the_patient(ask: Ask) -> bool:
    """A nurse in a care relationship confirmed by both."""
    return Role.NURSE in ask.by.roles and bool(_tied(ask, Tie.NURSE))


def _helps_by(ask: Ask, scope: Scope) -> bool:
    return any(scope in one.scopes for one in _tied(ask, Tie.CAREGIVER))


def helps_by_recording(ask: Ask) -> bool:
    """A caregiver whom the patient lets record."""
    return _helps_by(ask, Scope.RECORD)


def helps_by_seeing(ask: Ask) -> bool:
    """A caregiver whom the patient lets see."""
    return _helps_by(ask, Scope.SEE)


def helps_by_answering(ask: Ask) -> bool:
    """A caregiver whom the patient lets answer orders."""
    return _helps_by(ask, Scope.ANSWER_ORDERS)


def guards_the_patient(ask: Ask) -> bool:
    """Somebody who decides for a patient without a chat or an account of the own."""
    return any(one.guards(ask.now) for one in _tied(ask, Tie.CAREGIVER))


def is_no_stand_in(ask: Ask) -> bool:
    """The guardian is one of the family, not the clinic that only began the profile."""
    return any(
        one.guards(ask.now) and one.basis is not Basis.CLINIC for one in _tied(ask, Tie.CAREGIVER)
    )


def helps_at_all(ask: Ask) -> bool:
    """A caregiver of this patient, whatever the scopes."""
    return bool(_tied(ask, Tie.CAREGIVER))


def _covers(grant: Grant, ask: Ask) -> bool:
    named = grant.person == ask.by.id or (
        grant.organisation is not None and grant.organisation == ask.by.organisation
    )
    mine = grant.record == ask.record.id and grant.purpose is ask.purpose
    return named and mine and grant.open(ask.now)


def holds_an_open_grant(ask: Ask) -> bool:
    """Some open grant names this person, or the own organisation, for this purpose and kind."""
    return any(
        _covers(one, ask) and (ask.kind is None or ask.kind in one.kinds) for one in ask.grants
    )


def asks_for_treatment(ask: Ask) -> bool:
    """The stated purpose is treatment."""
    return ask.purpose is Purpose.TREATMENT


def is_a_third_party(ask: Ask) -> bool:
    """Somebody of a research institution or service provider."""
    return Role.THIRD_PARTY in ask.by.roles and ask.by.organisation is not None


def asks_for_research_or_service(ask: Ask) -> bool:
    """The stated purpose is one a release is given for."""
    return ask.purpose in (Purpose.RESEARCH, Purpose.SERVICE)


def may_be_public(ask: Ask) -> bool:
    """The kind is not one that never leaves the private cloud."""
    return ask.kind not in NEVER_PUBLIC


READS: tuple[tuple[Predicate, ...], ...] = (
    (is_the_patient,),
    (helps_by_seeing,),
    (treats_the_patient, asks_for_treatment, holds_an_open_grant),
    (nurses_the_patient, asks_for_treatment, holds_an_open_grant),
)

PERMISSIONS: dict[Action, tuple[tuple[Predicate, ...], ...]] = {
    Action.SEE_RECORD: (
        (is_the_patient,),
        (treats_the_patient,),
        (nurses_the_patient,),
        (helps_at_all,),
    ),
    Action.READ_SEGMENT: READS,
    Action.HAND_OUT: READS,
    Action.IMPORT_DOCUMENT: ((is_the_patient,), (helps_by_recording,), (treats_the_patient,)),
    Action.FILE_OBSERVATION: ((is_the_patient,), (helps_by_recording,)),
    Action.FILE_FROM_DEVICE: ((is_the_patient,),),
    Action.TIE_DEVICE: ((is_the_patient,),),
    Action.FILE_DESCRIPTION: ((treats_the_patient,),),
    Action.GIVE_GRANT: (
        (is_the_patient,),
        (guards_the_patient, is_no_stand_in, asks_for_treatment),
    ),
    Action.CHOOSE_HELP: ((is_the_patient,), (guards_the_patient,)),
    Action.SEE_ACCESS: ((is_the_patient,), (guards_the_patient, is_no_stand_in)),
    Action.PLACE_ORDER: ((treats_the_patient,),),
    Action.SEE_ORDERS: (
        (is_the_patient,),
        (treats_the_patient,),
        (nurses_the_patient,),
        (helps_by_answering,),
    ),
    Action.ANSWER_ORDER: ((is_the_patient,), (helps_by_answering,)),
    Action.CHOOSE_PROMPTS: ((is_the_patient,),),
    Action.READ_RELEASED: (
        (is_a_third_party, asks_for_research_or_service, may_be_public, holds_an_open_grant),
    ),
    Action.WRITE_BACK: ((is_a_third_party, asks_for_research_or_service, holds_an_open_grant),),
}


def decide(ask: Ask) -> Decision:
    """Return whether the first clause that holds allows it, or that none does."""
    for clause in PERMISSIONS[ask.action]:
        if all(predicate(ask) for predicate in clause):
            return Decision(True, "+".join(predicate.__name__ for predicate in clause))
    return Decision(False, "no_clause")


def readable(
    by: Person,
    record: Record,
    now: datetime,
    *,
    relationships: tuple[Relationship, ...],
    grants: tuple[Grant, ...],
    purpose: Purpose = Purpose.TREATMENT,
) -> frozenset[SegmentKind]:
    """Return the kinds this person may read now: `decide` for a whole list at once."""
    ask = Ask(Action.READ_SEGMENT, by, record, now, None, purpose, relationships, grants)
    for clause in PERMISSIONS[Action.READ_SEGMENT]:
        if holds_an_open_grant not in clause and all(predicate(ask) for predicate in clause):
            return frozenset(SegmentKind)
    if not any(all(p(ask) for p in c) for c in PERMISSIONS[Action.READ_SEGMENT]):
        return frozenset()
    return frozenset().union(*(one.kinds for one in grants if _covers(one, ask)))
