"""Orders: written with a preview exactly as the chat will show it, then sent; withdrawn."""

from functools import partial

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from records.chats import Card
from records.orders import Order
from records.people import Person
from records.policy import Action
from records.services.changing import order_to_change
from records.services.clinic import template_of, templates_of
from records.services.ordering import LONGEST, place_order, withdraw_order
from records.services.repeating import last_day_of, place_again_and_again
from records.services.replying import answer_question
from records.services.viewing import open_to_act
from records.tracking import OccurrenceId, OrderId, RecordId, TemplateId
from records.vocabulary import Language, Role
from records.wording.orders import order_card
from webapp.access import open_to
from webapp.forms.asking import REPEATS, AnswerForm, ChangeForm, OrderForm
from webapp.forms.base import LOCAL, draw_form, wall_time
from webapp.forms.clinic import rhythm_of
from webapp.language import by_the_clock_of, plain
from webapp.unit import now, person, unit

bp = Blueprint("orders", __name__)

door = open_to(Role.DOCTOR)


@bp.route("/p/<record_id>/orders/new", methods=["GET", "POST"])
@door
def new(record_id: str) -> ResponseReturnValue:
    """Write an order, look at it as the patient will, send it."""
    record, todo = RecordId(record_id), Action.PLACE_ORDER
    view = open_to_act(unit(), todo, record, by=person(), now=now())
    by_the_clock_of(view.patient)
    chosen = _chosen(view.patient)
    form = OrderForm(chosen) if chosen else OrderForm()
    form.begin()
    other_language = is_other_language(str(form.text.data or ""), view.patient)
    if not form.is_submitted():
        form.due.data = wall_time(now())
    elif (
        form.validate()
        and "send" in request.form
        and may_go(form, other_language=other_language)
        and form.attempt(partial(_place, form, record_id))
    ):
        say_how_it_goes(view.patient, plain("The order is on its way."))
        return redirect(url_for("doctor.patient", record_id=record_id, _anchor="orders"))
    unsent = set(form.errors) <= {"as_written"}
    looking = form.is_submitted() and unsent and "back" not in request.form
    return draw_form(
        "doctor/order.html",
        form,
        view=view,
        ready=looking or chosen is not None,
        templates=templates_of(unit(), person()),
        card=_as_in_the_chat(form, record_id, view.patient),
        other_language=other_language,
        longest=LONGEST,
        repeats={key: plain(name) for key, (name, _) in REPEATS.items()},
    )


@bp.post("/p/<record_id>/orders/<order_id>/withdraw")
@door
def withdraw(record_id: str, order_id: str) -> ResponseReturnValue:
    """Withdraw an order; its cards in the chat say so."""
    order = order_to_change(
        unit(), OrderId(order_id), within=RecordId(record_id), by=person(), now=now()
    )
    withdraw_order(unit(), order.id, by=person(), now=now())
    if order.withdrawn is None:
        flash(plain("The order is withdrawn."), "good")
    else:
        flash(plain("This order was withdrawn already."), "warn")
    return redirect(url_for("doctor.patient", record_id=record_id, _anchor="orders"))


@bp.post("/p/<record_id>/orders/questions/<occurrence_id>")
@door
def answer(record_id: str, occurrence_id: str) -> ResponseReturnValue:
    """Answer a question about an order; the answer goes to the chat."""
    form = AnswerForm()
    if not form.validate_on_submit():
        flash(plain("Please write an answer first."), "warn")
    elif form.attempt(partial(_answer, form, occurrence_id)):
        flash(plain("The answer is on its way."), "good")
    elif form.errors:
        flash(" ".join(form.words.errors), "warn")
    else:
        flash(plain("Somebody has answered this already. Please look again."), "warn")
    return redirect(url_for("doctor.patient", record_id=record_id, _anchor="orders"))


def _answer(form: AnswerForm, occurrence_id: str) -> bool:
    words, by = str(form.words.data), person()
    return answer_question(unit(), OccurrenceId(occurrence_id), words, by=by, now=now())


def _chosen(patient: Person) -> MultiDict[str, str] | None:
    """Return what a template just chosen fills in, in the patient's language; it is due now."""
    if request.method != "GET" or "template" not in request.args:
        return None
    found = template_of(unit(), TemplateId(request.args["template"]), person())
    due = wall_time(now())
    filled = {
        "kind": str(found.kind),
        "text": found.texts.of(patient.language),
        "due": f"{due:{LOCAL}}",
        "repeat": rhythm_of(found),
    }
    if found.rrule:
        filled["until"] = f"{last_day_of(due.date(), found.days):%Y-%m-%d}"
    return MultiDict(filled)


def may_go(form: OrderForm | ChangeForm, *, other_language: bool) -> bool:
    """Say whether the order is in the patient's language, or is to be sent as written."""
    if other_language and not form.as_written.data:
        form.as_written.errors = [plain("Please write it in the patient's language, or tick this.")]
        return False
    return True


def _place(form: OrderForm, record_id: str) -> Order:
    repeat, once = form.comes_round, partial(place_order, unit())
    place = partial(place_again_and_again, unit(), repeat) if repeat else once
    return place(
        record_id=RecordId(record_id),
        by=person(),
        now=now(),
        kind=form.asked,
        text=str(form.text.data),
        due=form.due.moment,
        urgent=form.urgent.data,
    )


def _as_in_the_chat(form: OrderForm, record_id: str, patient: Person) -> Card | None:
    """Return the card as the patient's chat will show it."""
    text = str(form.text.data or "").strip()
    if not text or form.kind.errors:
        return None
    order = Order(
        OrderId(""),
        RecordId(record_id),
        person().id,
        form.asked,
        text,
        patient.language,
        now(),
        now(),
    )
    return order_card(
        order, OccurrenceId(""), doctor=person().name, language=patient.language, full=True
    )


def is_other_language(text: str, patient: Person) -> bool:
    """Say whether an order seems to be written in a language the patient does not read."""
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    return bool(text) and chinese != (patient.language is Language.CHINESE)


def say_how_it_goes(patient: Person, words: str) -> None:
    """Say that something goes to the patient's chat, or plainly that it does not arrive there."""
    if unit().chats.off_since(patient.id) is None:
        flash(words, "good")
    else:
        flash(plain("It is kept, but the patient's chat cannot be reached. Please call."), "warn")
