"""What a clinic's doctors write for all its patients: guideline, advice, templates of orders."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.chats import Card
from records.errors import NotFound
from records.findings.guidelines import Guideline
from records.findings.reasons import Situation
from records.findings.rules import ALERT_RULES, CAUSES, source_of
from records.orders import Order, OrderKind
from records.practice import USUAL
from records.services.clinic import (
    choose_guideline,
    clinic_of,
    take_away,
    template_of,
    templates_of,
    write_advice,
    write_template,
)
from records.tracking import OccurrenceId, OrderId, RecordId, TemplateId
from records.vocabulary import Language, Role
from records.wording.orders import order_card
from webapp.access import open_to
from webapp.forms.asking import REPEATS, EmptyForm
from webapp.forms.base import draw_form
from webapp.forms.clinic import AdviceForm, TemplateForm, rhythm_of, version_in
from webapp.language import plain
from webapp.unit import now, person, unit

bp = Blueprint("clinic", __name__, url_prefix="/clinic")

door = open_to(Role.DOCTOR)


@bp.get("")
@door
def page() -> ResponseReturnValue:
    """Show what the clinic has written."""
    clinic = clinic_of(unit(), person())
    guideline, templates = clinic.guideline or USUAL, templates_of(unit(), person())
    return render_template(
        "doctor/clinic.html",
        clinic=clinic,
        guideline=guideline,
        causes=CAUSES,
        sources={one: source_of(one, guideline) for one in ALERT_RULES},
        advices=unit().clinic_texts.advices(clinic.id),
        templates=templates,
        rhythms={one.id: plain(REPEATS[rhythm_of(one)][0]) for one in templates},
        form=EmptyForm(),
    )


@bp.post("/guideline")
@door
def guideline() -> ResponseReturnValue:
    """Keep by which guideline the clinic works."""
    chosen = request.form.get("guideline", "")
    if chosen not in set(Guideline):
        raise NotFound
    choose_guideline(unit(), Guideline(chosen), by=person())
    flash(plain("The clinic works by it from now on."), "good")
    return redirect(url_for(".page"))


@bp.route("/advice/<cause>", methods=["GET", "POST"])
@door
def advice(cause: str) -> ResponseReturnValue:
    """Write what patients are told when a rule opens an alert."""
    clinic = clinic_of(unit(), person())
    if cause not in ALERT_RULES:
        raise NotFound
    rule = Situation(cause)
    form = AdviceForm()
    form.begin(unit().clinic_texts.advices(clinic.id).get(rule))
    if form.validate_on_submit():
        write = partial(write_advice, unit(), rule, form.texts, held=form.held.data == "held")
        version = version_in(form.version)
        if form.attempt(lambda: write(version=version, by=person(), now=now())):
            flash(plain("Written. It holds from now on."), "good")
            return redirect(url_for(".page"))
    words = {Language.ENGLISH: form.texts.english, Language.CHINESE: form.texts.chinese}
    return draw_form(
        "doctor/advice.html",
        form,
        cause=CAUSES[rule],
        source=source_of(rule, clinic.guideline or USUAL),
        cards=_cards(OrderKind.ADVICE, words),
    )


@bp.route("/templates/new", methods=["GET", "POST"])
@door
def new() -> ResponseReturnValue:
    """Write a new template of an order."""
    return _template(None)


@bp.route("/templates/<template_id>", methods=["GET", "POST"])
@door
def template(template_id: str) -> ResponseReturnValue:
    """Change a template."""
    return _template(TemplateId(template_id))


@bp.post("/templates/<template_id>/away")
@door
def away(template_id: str) -> ResponseReturnValue:
    """Take a template away."""
    take_away(unit(), TemplateId(template_id), by=person(), now=now())
    flash(plain("The template is gone. Orders stay as they are."), "good")
    return redirect(url_for(".page"))


def _template(over: TemplateId | None) -> ResponseReturnValue:
    clinic_of(unit(), person())
    before = template_of(unit(), over, person()) if over else None
    form = TemplateForm()
    form.begin(before)
    if form.validate_on_submit() and form.attempt(
        lambda: write_template(unit(), form.draft, by=person(), now=now(), over=over)
    ):
        flash(plain("The template is ready."), "good")
        return redirect(url_for(".page"))
    words = {
        Language.ENGLISH: str(form.english.data or ""),
        Language.CHINESE: str(form.chinese.data or ""),
    }
    kind = OrderKind(form.kind.data) if form.kind.data in set(OrderKind) else OrderKind.MEASURE
    return draw_form("doctor/template.html", form, before=before, cards=_cards(kind, words))


def _cards(kind: OrderKind, words: dict[Language, str]) -> dict[Language, Card | None]:
    """Return the card in each language exactly as a chat will show it."""
    return {one: _card(kind, text.strip(), one) for one, text in words.items()}


def _card(kind: OrderKind, text: str, language: Language) -> Card | None:
    if not text:
        return None
    by = person()
    order = Order(OrderId(""), RecordId(""), by.id, kind, text, language, now(), now())
    return order_card(order, OccurrenceId(""), doctor=by.name, language=language, full=True)
