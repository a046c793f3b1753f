"""The paper's forms: a patient, or a caregiver for one, enters and corrects what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.consent import Part
from records.errors import NotFound
from records.observations import Channel, Observation
from records.people import Scope
from records.segments import Segment, find
from records.services.alarming import tell_helpers, urgent_among
from records.services.attaching import Enclosed, enclosed_in
from records.services.correcting import amend, reinstate, retract
from records.services.intake import Draft, Filed, file_observations
from records.services.live import mark_of_record
from records.services.viewing import RecordView, open_record, open_segment
from records.tracking import ObservationId
from records.vocabulary import MEANINGS, Code, Role, SegmentKind
from webapp.access import open_to
from webapp.forms.asking import EmptyForm
from webapp.forms.base import draw_form
from webapp.forms.entries import ONLY_ONE, TOLD_BY_PATIENTS, codes_of, entry_form, may_be_told
from webapp.language import plain
from webapp.unit import now, person, unit
from webapp.views.whose import Whose, all_of_mine, whose

bp = Blueprint("readings", __name__, url_prefix="/me/readings")

NEWEST = 40  # entries of a kind on one page
door = open_to(Role.PATIENT, Role.CAREGIVER)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of the record with what may be told of it and what was told last."""

    kind: SegmentKind
    codes: tuple[Code, ...]
    entries: tuple[Observation, ...]


@bp.get("")
@door
def overview() -> ResponseReturnValue:
    """Show the record by its kinds, with a button for each thing that may be told."""
    about = whose()
    view = open_record(unit(), about.record.id, by=person(), now=now())
    shelves = [Shelf(kind, codes_of(kind), entries_of(view, kind)[:3]) for kind in TOLD_BY_PATIENTS]
    written = [
        Shelf(kind, (), entries_of(view, kind)[:3])
        for kind in (SegmentKind.DOCTOR_DESCRIPTION, SegmentKind.THIRD_PARTY_DESCRIPTION)
    ]
    return render_template(
        "patient/readings.html",
        about=about,
        mine=all_of_mine(),
        shelves=shelves,
        written=written,
        files=_files(view),
        hidden=_hidden(about, view),
        mark=mark_of_record(unit(), about.record.id, by=person(), now=now()),
    )


@bp.get("/of/<kind>")
@door
def of_kind(kind: str) -> ResponseReturnValue:
    """Show every entry of one kind, what was taken back included, each with its way to correct."""
    about = whose()
    wanted = _known(kind)
    view = open_record(unit(), about.record.id, by=person(), now=now())
    told = wanted in TOLD_BY_PATIENTS
    shelf = Shelf(wanted, codes_of(wanted) if told else (), entries_of(view, wanted)[:NEWEST])
    return render_template(
        "patient/kind.html",
        about=about,
        shelf=shelf,
        files=_files(view),
        hidden=_hidden(about, view),
    )


@bp.route("/new/<code>", methods=["GET", "POST"])
@door
def new(code: str) -> ResponseReturnValue:
    """Enter one thing."""
    about, told = whose(), _may_tell(code)
    there = _only_one(about, told)
    if there is not None:
        return redirect(url_for(".correct", observation_id=there.id, **about.asks))
    form = entry_form(told)
    form.begin()
    if form.validate_on_submit() and form.attempt(lambda: _file(about, form.drafts())):
        flash(plain("Saved. Thank you."), "good")
        return redirect(url_for(".of_kind", kind=MEANINGS[told].kind, **about.asks))
    return draw_form("patient/entry.html", form, about=about, code=told)


@bp.route("/<observation_id>", methods=["GET", "POST"])
@door
def correct(observation_id: str) -> ResponseReturnValue:
    """Correct one entry, and see what it said before."""
    about = whose()
    segment, entry = _entry(observation_id)
    form = entry_form(entry.code)
    if not form.is_submitted():
        form.show(entry)
    if form.validate_on_submit():
        corrected, *others = form.drafts()
        amend(unit(), entry.id, corrected, by=person(), now=now())
        if others:
            file_observations(
                unit(),
                others,
                record_id=segment.record,
                by=person(),
                channel=Channel.FORM,
                now=now(),
            )
        flash(plain("Corrected. What it said before is kept in the history."), "good")
        return redirect(url_for(".of_kind", kind=entry.kind, **about.asks))
    return draw_form(
        "patient/correct.html",
        form,
        about=about,
        entry=entry,
        back=EmptyForm(),
        history=_history(segment, entry),
    )


@bp.post("/<observation_id>/take-back")
@door
def take_back(observation_id: str) -> ResponseReturnValue:
    """Take an entry back; the history keeps it, and it can be put back."""
    entry = retract(unit(), ObservationId(observation_id), by=person(), now=now())
    flash(entry.id, "taken_back")
    return redirect(url_for(".of_kind", kind=entry.kind, **whose().asks))


@bp.post("/<observation_id>/put-back")
@door
def put_back(observation_id: str) -> ResponseReturnValue:
    """Let an entry count again."""
    entry = reinstate(unit(), ObservationId(observation_id), by=person(), now=now())
    flash(plain("It counts again."), "good")
    return redirect(url_for(".of_kind", kind=entry.kind, **whose().asks))


def _file(about: Whose, drafts: Sequence[Draft]) -> Filed:
    """File what was entered, and tell the chosen helpers of what is urgent in it."""
    record_id = about.record.id
    filed = file_observations(
        unit(), drafts, record_id=record_id, by=person(), channel=Channel.FORM, now=now()
    )
    if not filed.already:
        urgent = urgent_among(filed.observations)
        tell_helpers(unit(), record_id, urgent, by=person(), now=now())
    return filed


def entries_of(view: RecordView, kind: SegmentKind) -> tuple[Observation, ...]:
    """Return the entries of one kind, newest first, with those that do not count."""
    found = (one for segment in view.of(kind) for one in segment.observations)
    return tuple(sorted(found, key=lambda one: (one.effective, one.recorded), reverse=True))


def _files(view: RecordView) -> dict[ObservationId, list[Enclosed]]:
    """Return what came with the entries, by the entry."""
    found: dict[ObservationId, list[Enclosed]] = {}
    for one in enclosed_in(unit(), view, NEWEST):
        found.setdefault(one.observation.id, []).append(one)
    return found


def _hidden(about: Whose, view: RecordView) -> set[ObservationId]:
    """Return which entries of the own record are hidden from somebody now."""
    if not about.own:
        return set()
    found = [one for one in unit().hidings.of_record(about.record.id) if one.open(now())]
    return {
        one.id
        for segment in view.segments
        for one in segment.observations
        if any(hiding.part.holds(Part(one.kind, segment.id, one.id, one.code)) for hiding in found)
    }


def _known(kind: str) -> SegmentKind:
    if kind not in set(SegmentKind):
        raise NotFound
    return SegmentKind(kind)


def _may_tell(code: str) -> Code:
    if code not in set(Code) or not may_be_told(Code(code)):
        raise NotFound
    return Code(code)


def _only_one(about: Whose, code: Code) -> Observation | None:
    """Return what stands already of a code of which there is one, if this person may see it."""
    if code not in ONLY_ONE or not about.may(Scope.SEE):
        return None
    segment = unit().segments.current(about.record.id, MEANINGS[code].kind, None)
    standing = segment.standing if segment else ()
    return next((one for one in standing if one.code is code), None)


def _entry(observation_id: str) -> tuple[Segment, Observation]:
    """Return an entry of the patient's to tell, as this person may read it."""
    tracking_id = unit().series.segment_of(ObservationId(observation_id))
    if tracking_id is None:
        raise NotFound
    segment, _ = open_segment(unit(), tracking_id, by=person(), now=now())
    entry = find(segment, ObservationId(observation_id))
    if entry is None or not may_be_told(entry.code):
        raise NotFound
    return segment, entry


def _history(segment: Segment, entry: Observation) -> list[tuple[Segment, Observation]]:
    """Return each version in which the entry said something else, newest first."""
    told: list[tuple[Segment, Observation]] = []
    for version in unit().segments.versions(segment.id):
        said = find(version, entry.id)
        if said is not None and (not told or told[-1][1] != said):
            told.append((version, said))
    return told[::-1]
