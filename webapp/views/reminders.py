"""When the house asks a patient for readings: the same choices as in the chat, in one form."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from records.prompts import PromptWishes, Topic
from records.services import prompting
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.reminders import AS_IT_IS, DAILY, OFF, WEEK, RemindersForm, title_of
from webapp.language import plain, zone
from webapp.unit import now, person, unit

bp = Blueprint("reminders", __name__, url_prefix="/me/settings/reminders")


@bp.route("", methods=["GET", "POST"])
@open_to(Role.PATIENT)
def page() -> ResponseReturnValue:
    """Choose the hours, the clock, a pause, and whether the family may hear of silence."""
    wishes = unit().prompting.of(person().id)
    reminders = prompting.reminders_of(unit(), person().id)
    form = RemindersForm(family=bool(wishes.family))
    form.begin(reminders, wishes)
    if form.validate_on_submit() and form.attempt(lambda: _keep(form, wishes)):
        flash(plain("Your reminders are saved."), "good")
        return redirect(url_for(".page"))
    return render_template(
        "patient/reminders.html", form=form, topics=list(Topic), title_of=title_of
    )


def _keep(form: RemindersForm, wishes: PromptWishes) -> bool:
    """Keep what was changed, and nothing else."""
    before = {one.topic: one for one in prompting.reminders_of(unit(), person().id)}
    by = person()
    if form.clock.data != zone():
        by = prompting.choose_zone(unit(), form.clock.data, by=by, now=now())
    for topic in Topic:
        had = before.get(topic)
        hours = form.hours(topic, had.hours if had else ())
        daily = form.part(topic, "often").data == DAILY
        if hours or had:
            prompting.choose_hours(unit(), topic, hours, by=by, now=now(), daily=daily)
    _keep_pause(form, wishes)
    if bool(wishes.family) != form.family.data:
        prompting.choose_family(unit(), by=person(), now=now(), may_hear=form.family.data)
    return True


def _keep_pause(form: RemindersForm, wishes: PromptWishes) -> None:
    if form.pause.data == AS_IT_IS:
        return
    if form.pause.data != OFF:
        prompting.pause(unit(), by=person(), now=now(), week=form.pause.data == WEEK)
    elif wishes.is_paused(now()):
        prompting.resume(unit(), by=person(), now=now())
