"""Doctors and nurses: who needs me today, my patients, one patient's page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.consent import Emergency, Grant
from records.observations import Observation
from records.policy import Action
from records.segments import Segment
from records.services.acknowledging import AlertsView, alerts_of
from records.services.attaching import enclosed_in
from records.services.describing import write_note
from records.services.limiting import Thresholds, thresholds_of
from records.services.live import Mark, mark_of
from records.services.ordering import OrderView, orders_of
from records.services.permitting import ask_policy
from records.services.viewing import RecordView, list_patients, open_record, open_to_act
from records.tracking import PersonId, RecordId
from records.vocabulary import SENT, Code, Purpose, Role, SegmentKind
from webapp.access import open_to
from webapp.forms.asking import EmptyForm, NoteForm
from webapp.forms.base import draw_form
from webapp.language import by_the_clock_of, plain
from webapp.unit import now, person, unit
from webapp.views.figures import DAYS, aim_at, days_wanted, draw_chart, figures_of, finding_of
from webapp.views.pressure import pressure_in

bp = Blueprint("doctor", __name__)

door = open_to(Role.DOCTOR, Role.NURSE)
HEADER = (Code.BLOOD_PRESSURE, Code.HEART_RATE, Code.GLUCOSE, Code.WEIGHT)
SAID_LAST = 5  # messages and notes on the page
SEGMENTS_OF = timedelta(days=365)  # of these days segments are opened; charts reach farther
ALONG = 12  # pictures, voice notes and files on the page
IN_WORDS = (SegmentKind.NON_PHYSICAL_SIGNS, SegmentKind.RECORD_OF_LIFE, SegmentKind.OTHER)


@dataclass(frozen=True, slots=True)
class Page:
    """What a clinician's page of one patient shows."""

    view: RecordView
    orders: tuple[OrderView, ...] | None  # None: not for this reader to see
    until: tuple[Grant, ...]

    @property
    def latest(self) -> list[Observation]:
        """The newest of each number of the header strip."""
        found = (self.view.observations(code) for code in HEADER)
        return [one[-1] for one in found if one]

    @property
    def kinds(self) -> list[SegmentKind]:
        """The kinds of which there is something to show, in the order a reader meets them."""
        return [kind for kind in SegmentKind if self.view.of(kind)]

    @property
    def living(self) -> dict[Code, list[Observation]]:
        """What is told once: birthday, sex, phone, conditions, medicines, allergies."""
        found = {code: list(self.view.observations(code)) for code in LIVING}
        return {code: said for code, said in found.items() if said}

    @property
    def said(self) -> list[Observation]:
        """What the patient last said in words, newest first."""
        segments = [one for kind in IN_WORDS for one in self.view.of(kind)]
        return newest(segments, SAID_LAST, but=SENT)

    @property
    def notes(self) -> list[Observation]:
        """The doctors' own notes, newest first."""
        return newest(self.view.of(SegmentKind.DOCTOR_DESCRIPTION), SAID_LAST)


LIVING = (Code.BIRTH_DATE, Code.SEX, Code.PHONE, Code.CONDITION, Code.MEDICINE, Code.ALLERGY)


def newest(
    segments: Sequence[Segment], limit: int, but: Collection[Code] = ()
) -> list[Observation]:
    """Return the newest of what counts in some segments, without these codes."""
    found = (one for segment in segments for one in segment.standing if one.code not in but)
    return sorted(found, key=lambda one: one.effective, reverse=True)[:limit]


@bp.get("/patients")
@door
def patients() -> ResponseReturnValue:
    """List every patient this clinician cares for, by name, and those open to the care team."""
    found = list_patients(unit(), by=person(), now=now())
    named = [one for one in found if one.named]
    team = [one for one in found if not one.named]
    return render_template("doctor/patients.html", patients=named, team=team)


@bp.get("/p/<record_id>")
@door
def patient(record_id: str) -> ResponseReturnValue:
    """Show one patient: only what is granted, and nothing that tells of the rest."""
    page = page_of(RecordId(record_id))
    by_the_clock_of(page.view.patient)
    aim_at(page.view)
    alerts = alerts_of(unit(), page.view.record.id, by=person(), now=now())
    return render_template(
        "doctor/patient.html",
        page=page,
        view=page.view,
        finding=finding_of(page.view),
        pressure=pressure_in(page.view, days=days_wanted()),
        figures=figures_of(page.view, days=days_wanted()),
        enclosed=enclosed_in(unit(), page.view, ALONG),
        days=days_wanted(),
        spans=DAYS,
        copies=unit().copies.state(page.view.record.id),
        off_since=unit().chats.off_since(page.view.patient.id),
        form=EmptyForm(),
        emergency=_own_emergency(page.view),
        treats=_may(Action.PLACE_ORDER, page.view),
        alerts=alerts,
        mark=_mark(page, alerts),
        told=_limits(page.view),
    )


def _limits(view: RecordView) -> Thresholds | None:
    """Return from where the rules hold, for who sees what they are about."""
    if SegmentKind.PHYSICAL_SIGNS not in view.kinds:
        return None
    return thresholds_of(unit(), view.record.id, person())


@bp.get("/p/<record_id>/chart/<code>.svg")
@door
def chart(record_id: str, code: str) -> Response:
    """Draw the chart of one code."""
    return draw_chart(RecordId(record_id), code)


@bp.route("/p/<record_id>/notes", methods=["GET", "POST"])
@open_to(Role.DOCTOR)
def note(record_id: str) -> ResponseReturnValue:
    """Write a note into the record."""
    record, todo = RecordId(record_id), Action.FILE_DESCRIPTION
    view = open_to_act(unit(), todo, record, by=person(), now=now())
    form = NoteForm()
    if form.validate_on_submit() and form.attempt(
        lambda: write_note(
            unit(), str(form.text.data), record_id=view.record.id, by=person(), now=now()
        )
    ):
        flash(plain("The note is in the record."), "good")
        return redirect(url_for(".patient", record_id=record_id))
    return draw_form("doctor/note.html", form, view=view)


def page_of(record_id: RecordId, *, orders: bool = True) -> Page:
    """Return what this person may see of a record, with its orders where they may see those."""
    since = (now() - SEGMENTS_OF).date()
    view = open_record(unit(), record_id, by=person(), now=now(), since=since)
    found: tuple[OrderView, ...] | None = None
    if orders and _may(Action.SEE_ORDERS, view):
        found = orders_of(unit(), view.record.id, by=person(), now=now())
    return Page(view, found, _shared_with(view, person().id))


def _mark(page: Page, alerts: AlertsView) -> Mark:
    placed = [(one.order, one.occurrences) for one in page.orders or ()]
    return mark_of(page.view.kinds, page.view.segments, placed, alerts, now=now())


def _may(action: Action, view: RecordView) -> bool:
    """Say whether the reader may do this, so that the page offers nothing that is refused."""
    asked = ask_policy(unit(), action, by=person(), record=view.record, now=now(), leave=view.leave)
    return asked.allowed


def _own_emergency(view: RecordView) -> Emergency | None:
    """Return the reader's own emergency that keeps this record open."""
    found = view.leave.emergencies
    return next((one for one in found if one.by == person().id and one.open(now())), None)


def _shared_with(view: RecordView, person_id: PersonId) -> tuple[Grant, ...]:
    """Return the open grants by which this person reads."""
    mine = (person_id, person().organisation)
    return tuple(
        one
        for one in view.leave.grants
        if one.open(now())
        and one.purpose is Purpose.TREATMENT
        and (one.person == mine[0] or (one.organisation and one.organisation == mine[1]))
    )
