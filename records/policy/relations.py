"""Who somebody is to the patient: the predicates of the policy."""

from dataclasses import replace

from records.people import Basis, Relationship, Scope, Tie
from records.policy.asking import Ask
from records.vocabulary import Purpose, Role

CARE = frozenset({Purpose.TREATMENT, Purpose.CARE_MANAGEMENT})
RELEASE_PURPOSES = frozenset({Purpose.RESEARCH, Purpose.SERVICE})


def is_the_patient(ask: Ask) -> bool:
    """The record is this person's own."""
    return ask.by.id == ask.record.patient


def _tied(ask: Ask, tie: Tie) -> tuple[Relationship, ...]:
    return tuple(
        one
        for one in ask.leave.relationships
        if one.tie is tie
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


def is_of_the_care_team(ask: Ask) -> bool:
    """A doctor or nurse of a clinic to which the patient opened the record."""
    clinician = not ask.by.roles.isdisjoint({Role.DOCTOR, Role.NURSE})
    return clinician and any(
        one.organisation is not None
        and one.organisation == ask.by.organisation
        and one.record == ask.record.id
        and one.purpose in CARE
        and one.open(ask.now)
        for one in ask.leave.grants
    )


def cares_for_the_patient(ask: Ask) -> bool:
    """A doctor or nurse who is tied to the patient, or of the care team."""
    return treats_the_patient(ask) or nurses_the_patient(ask) or is_of_the_care_team(ask)


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


def helps_at_all(ask: Ask) -> bool:
    """A caregiver of this patient, whatever the scopes."""
    return bool(_tied(ask, Tie.CAREGIVER))


def guards_the_patient(ask: Ask) -> bool:
    """Somebody who decides for a patient without a chat or an account of the own."""
    return any(one.guards(ask.now) for one in _tied(ask, Tie.CAREGIVER))


def guarded_the_patient(ask: Ask) -> bool:
    """Somebody who decided until the patient came of age, and now may only hand over."""
    return any(
        one.tie is Tie.CAREGIVER
        and Scope.GUARDIAN in one.scopes
        and one.person == ask.by.id
        and one.record == ask.record.id
        and one.suspended is not None
        and replace(one, suspended=None).holds(ask.now)
        for one in ask.leave.relationships
    )


def is_no_stand_in(ask: Ask) -> bool:
    """The guardian is one of the family, not the clinic that only began the profile."""
    return any(
        one.guards(ask.now) and one.basis is not Basis.CLINIC for one in _tied(ask, Tie.CAREGIVER)
    )


def is_a_doctor(ask: Ask) -> bool:
    """A doctor, tied to the patient or not."""
    return Role.DOCTOR in ask.by.roles


def is_an_operator(ask: Ask) -> bool:
    """Somebody who runs the house and reads nobody's record."""
    return Role.OPERATOR in ask.by.roles


def shares_the_clinic_of_an_emergency(ask: Ask) -> bool:
    """A colleague, in the same organisation, of a doctor who opened the record in an emergency."""
    return any(
        one.by != ask.by.id
        and one.organisation is not None
        and one.organisation == ask.by.organisation
        and one.record == ask.record.id
        for one in ask.leave.emergencies
    )


def is_a_third_party(ask: Ask) -> bool:
    """Somebody of a research institution or service provider."""
    return Role.THIRD_PARTY in ask.by.roles and ask.by.organisation is not None


def opened_this_in_an_emergency(ask: Ask) -> bool:
    """Somebody whose emergency access to this record has not ended."""
    return any(
        one.by == ask.by.id and one.record == ask.record.id and one.open(ask.now)
        for one in ask.leave.emergencies
    )


def asks_for_treatment(ask: Ask) -> bool:
    """The stated purpose is treatment, or care management, which is part of it."""
    return ask.purpose in CARE


def asks_in_an_emergency(ask: Ask) -> bool:
    """The stated purpose is emergency treatment."""
    return ask.purpose is Purpose.EMERGENCY


def asks_for_research_or_service(ask: Ask) -> bool:
    """The stated purpose is one a release is given for."""
    return ask.purpose in RELEASE_PURPOSES
