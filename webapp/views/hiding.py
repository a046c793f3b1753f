"""Hiding on the site: a kind, a day of it or one entry, from whom and until when; and back."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.consent import Hiding, Part
from records.errors import NotFound, NotPermitted
from records.observations import Observation
from records.segments import Segment, find
from records.services.addressing import whom_of
from records.services.concealing import HidingView, hide, hidings_of, show_again
from records.services.viewing import open_segment
from records.tracking import HidingId, ObservationId, TrackingId
from records.vocabulary import Role, SegmentKind
from webapp.access import open_to
from webapp.forms.base import draw_form
from webapp.forms.sharing import HideForm
from webapp.language import plain
from webapp.unit import now, person, unit
from webapp.views.whose import my_own

bp = Blueprint("hiding", __name__, url_prefix="/me/hidden")

door = open_to(Role.PATIENT)
NAMED = ("entry", "segment", "kind")
"""By what an address names what is to be hidden, the narrowest first."""


@bp.get("")
@door
def hidden() -> ResponseReturnValue:
    """Show what is hidden now, from whom and until when, each with its way back."""
    found = hidings_of(unit(), my_own().record.id, by=person(), now=now())
    shown = [(one, _entry_of(one)) for one in found]
    return render_template("patient/hidden.html", hidden=shown)


@bp.route("/new", methods=["GET", "POST"])
@door
def new() -> ResponseReturnValue:
    """Choose from whom a part is hidden and until when; it is hidden when that is sent."""
    record_id = my_own().record.id
    part, segment, entry = _wanted()
    form = HideForm()
    form.begin(whom_of(unit(), record_id, by=person(), now=now()))
    if form.validate_on_submit() and form.attempt(partial(_hide, form, part)):
        flash(plain("Hidden. You can show it again at any time."), "good")
        return redirect(url_for(".hidden"))
    asks = {one: request.args[one] for one in NAMED if one in request.args}
    return draw_form("patient/hide.html", form, part=part, segment=segment, entry=entry, asks=asks)


@bp.post("/<hiding_id>/show")
@door
def show(hiding_id: str) -> ResponseReturnValue:
    """Show again what was hidden."""
    show_again(unit(), HidingId(hiding_id), by=person(), now=now())
    flash(plain("Shown again to whom you had shared it with."), "good")
    return redirect(url_for(".hidden"))


def _hide(form: HideForm, part: Part) -> Hiding:
    wish = form.wish(part)
    return hide(unit(), wish, record_id=my_own().record.id, by=person(), now=now())


def _wanted() -> tuple[Part, Segment | None, Observation | None]:
    """Return the part an address names: `entry`, `segment` or `kind`."""
    asked = request.args
    if "entry" in asked:
        return _of_entry(ObservationId(asked["entry"]))
    if "segment" in asked:
        segment = _own_segment(TrackingId(asked["segment"]))
        return Part(segment.kind, segment.id), segment, None
    if asked.get("kind") in set(SegmentKind):
        return Part(SegmentKind(asked["kind"])), None, None
    raise NotFound


def _of_entry(entry_id: ObservationId) -> tuple[Part, Segment, Observation]:
    tracking_id = unit().series.segment_of(entry_id)
    if tracking_id is None:
        raise NotFound
    segment = _own_segment(tracking_id)
    entry = find(segment, entry_id)
    if entry is None:
        raise NotFound
    return Part(segment.kind, segment.id, entry.id), segment, entry


def _own_segment(tracking_id: TrackingId) -> Segment:
    within = my_own().record.id
    return open_segment(unit(), tracking_id, by=person(), now=now(), within=within)[0]


def _entry_of(one: HidingView) -> Observation | None:
    """Return what a hidden entry says, to the patient alone."""
    part = one.hiding.part
    if part.segment is None or part.entry is None:
        return None
    try:
        return find(_own_segment(part.segment), part.entry)
    except NotPermitted:
        return None
