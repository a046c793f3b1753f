"""Whether an open page is still true: asked by its script again and again, answered in a word."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from records.services.live import mark_of_record
from records.services.worklist import mark_of_list
from records.tracking import RecordId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.unit import now, person, unit
from webapp.views.whose import whose

bp = Blueprint("live", __name__)

door = open_to(Role.DOCTOR, Role.NURSE)


@bp.get("/p/<record_id>/live")
@door
def record(record_id: str) -> ResponseReturnValue:
    """Say whether a patient's page is still what this reader would see."""
    mark = mark_of_record(unit(), RecordId(record_id), by=person(), now=now())
    return _answer(mark.word, sorted(mark.kinds))


@bp.get("/me/live")
@open_to(Role.PATIENT, Role.CAREGIVER)
def mine() -> ResponseReturnValue:
    """Say whether a page about the own record, or that of one helped, is still true."""
    mark = mark_of_record(unit(), whose().record.id, by=person(), now=now())
    return _answer(mark.word, sorted(mark.kinds))


@bp.get("/today/live")
@door
def today() -> ResponseReturnValue:
    """Say whether the list is still what this reader would see."""
    return _answer(mark_of_list(unit(), by=person(), now=now()), [])


def _answer(word: str, kinds: list[str]) -> Response:
    """Return the mark with its tag; 304 without a body where the page has it already."""
    answer = jsonify(mark=word, kinds=kinds)
    answer.set_etag(word)
    answer.make_conditional(request)
    return answer
