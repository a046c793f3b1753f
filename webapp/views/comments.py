"""The patient's own word to a doctor's note."""

from functools import partial

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from records.observations import Observation
from records.services.commenting import comment_beside, comment_on, note_to_comment
from records.tracking import ObservationId
from records.vocabulary import Code, Role, SegmentKind
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.comments import CommentForm
from webapp.language import plain
from webapp.unit import now, person, unit
from webapp.views.whose import whose

bp = Blueprint("comments", __name__)


@bp.route("/me/notes/<observation_id>/comment", methods=["GET", "POST"])
@open_to(Role.PATIENT, Role.CAREGIVER)
def write(observation_id: str) -> ResponseReturnValue:
    """Say something to a doctor's note, or ask for it to be corrected."""
    about, note_id = whose(), ObservationId(observation_id)
    segment, note = note_to_comment(unit(), note_id, by=person(), now=now())
    before = comment_beside(segment)
    form = CommentForm()
    if before is not None and not form.is_submitted():
        form.words.data = str(before.value)
        form.correction.data = before.code is Code.CORRECTION_ASKED
    if form.validate_on_submit() and form.attempt(partial(_write, form, note_id)):
        flash(plain("Kept beside the note. Whoever reads the note reads it too."), "good")
        there = url_for("readings.of_kind", kind=SegmentKind.DOCTOR_DESCRIPTION, **about.asks)
        return redirect(there)
    return draw_form("patient/comment.html", form, about=about, note=note)


def _write(form: CommentForm, note_id: ObservationId) -> Observation:
    return comment_on(
        unit(),
        note_id,
        str(form.words.data),
        correction=bool(form.correction.data),
        by=person(),
        now=now(),
    )
