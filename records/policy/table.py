"""Who may do what: one table of actions and predicates under every face.

Default deny: what no clause grants is refused. What is hidden goes before every leave to read.
"""

from collections.abc import Sequence

from records.policy import relations as who
from records.policy.actions import Action
from records.policy.asking import Ask, Decision, Predicate
from records.policy.reading import READS, RELEASED, Way, hidden_from, holds_an_open_grant

READING: dict[Action, tuple[Way, ...]] = {
    Action.READ_SEGMENT: READS,
    Action.HAND_OUT: READS,
    Action.READ_RELEASED: RELEASED,
}


def was_given_leave(ask: Ask) -> bool:
    """Some open grant names this person, or the own organisation, for this purpose."""
    return bool(holds_an_open_grant(ask))


PERMISSIONS: dict[Action, tuple[tuple[Predicate, ...], ...]] = {
    Action.SEE_RECORD: (
        (who.is_the_patient,),
        (who.treats_the_patient,),
        (who.nurses_the_patient,),
        (who.helps_at_all,),
        (who.is_of_the_care_team,),
        (who.is_a_doctor, who.opened_this_in_an_emergency),
    ),
    Action.IMPORT_DOCUMENT: (
        (who.is_the_patient,),
        (who.helps_by_recording,),
        (who.treats_the_patient,),
    ),
    Action.FILE_OBSERVATION: ((who.is_the_patient,), (who.helps_by_recording,)),
    Action.FILE_FROM_DEVICE: ((who.is_the_patient,),),
    Action.TIE_DEVICE: ((who.is_the_patient,),),
    Action.FILE_DESCRIPTION: ((who.treats_the_patient,),),
    Action.COMMENT_ON_NOTE: (
        (who.is_the_patient,),
        (who.guards_the_patient, who.is_no_stand_in),
    ),
    Action.GIVE_GRANT: (
        (who.is_the_patient,),
        (who.guards_the_patient, who.is_no_stand_in, who.asks_for_treatment),
    ),
    Action.ASK_FOR_LEAVE: (
        (who.treats_the_patient, who.asks_for_treatment),
        (who.is_a_third_party, who.asks_for_research_or_service, was_given_leave),
    ),
    Action.CHOOSE_HELP: ((who.is_the_patient,), (who.guards_the_patient,)),
    Action.HAND_OVER: ((who.guards_the_patient,), (who.guarded_the_patient,)),
    Action.SEE_ACCESS: ((who.is_the_patient,), (who.guards_the_patient, who.is_no_stand_in)),
    Action.PLACE_ORDER: ((who.treats_the_patient,),),
    Action.SEE_ORDERS: (
        (who.is_the_patient,),
        (who.treats_the_patient,),
        (who.nurses_the_patient,),
        (who.helps_by_answering,),
    ),
    Action.ANSWER_ORDER: ((who.is_the_patient,), (who.helps_by_answering,)),
    Action.CHOOSE_PROMPTS: (
        (who.is_the_patient,),
        (who.guards_the_patient, who.is_no_stand_in),
    ),
    Action.ERASE: ((who.is_the_patient,),),
    Action.SET_LIMITS: ((who.treats_the_patient,),),
    Action.ACKNOWLEDGE_ALERT: ((who.treats_the_patient,), (who.nurses_the_patient,)),
    Action.NOTE_DEATH: ((who.treats_the_patient,),),
    Action.CHOOSE_UNITS: ((who.is_the_patient,), (who.helps_by_recording,)),
    Action.CHOOSE_PLACE: (
        (who.is_the_patient,),
        (who.guards_the_patient, who.is_no_stand_in),
    ),
    Action.OPEN_IN_EMERGENCY: ((who.is_a_doctor, who.asks_in_an_emergency),),
    Action.REVIEW_EMERGENCY: (
        (who.is_an_operator,),
        (who.is_a_doctor, who.shares_the_clinic_of_an_emergency),
    ),
    Action.WRITE_BACK: ((who.is_a_third_party, who.asks_for_research_or_service, was_given_leave),),
}


def decide(ask: Ask) -> Decision:
    """Return whether the first clause that holds allows it, or that none does."""
    if ask.action in READING:
        return _decide_reading(ask, READING[ask.action])
    for clause in PERMISSIONS[ask.action]:
        if all(predicate(ask) for predicate in clause):
            return Decision(True, "+".join(predicate.__name__ for predicate in clause))
    return Decision(False, "no_clause")


def _decide_reading(ask: Ask, ways: Sequence[Way]) -> Decision:
    part = ask.part
    if part is not None and any(one.holds(part) for one in hidden_from(ask)):
        return Decision(False, "hidden")
    for way in ways:
        openings = way.openings(ask)
        if openings and (
            part is None or any(one.admits(part, ask.label, ask.at) for one in openings)
        ):
            return Decision(True, way.rule)
    return Decision(False, "no_clause")
