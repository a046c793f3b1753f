"""A person's own settings: the language, and linking a Telegram chat."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from records.chats import ChatChannel
from records.devices import Device
from records.errors import LinkExpired
from records.services.devices import devices_of
from records.services.erasing import ask_to_erase, keep_everything
from records.services.linking import LIFETIMES, LinkPurpose, make_link
from records.services.own_units import choose
from records.services.placing import choose_place, where_it_lies
from records.vocabulary import Language, Role
from records.wording.names import day_words
from records.wording.places import MAY_MOVE, STAY, place_words
from webapp.access import open_to
from webapp.forms.asking import EmptyForm, LanguageForm
from webapp.forms.base import draw_form
from webapp.forms.erasing import WORD, EraseForm
from webapp.forms.placing import PlaceForm
from webapp.forms.units import SAVED, UnitsForm
from webapp.language import language, plain, zone
from webapp.unit import now, person, unit
from webapp.views.pictures import qr_code
from webapp.views.whose import my_own

bp = Blueprint("settings", __name__, url_prefix="/me/settings")


@bp.route("", methods=["GET", "POST"])
@open_to(*Role)
def page() -> ResponseReturnValue:
    """Choose the language; see the chats that are linked."""
    form = LanguageForm(language=str(person().language))
    form.begin()
    if form.validate_on_submit():
        unit().people.put(replace(person(), language=Language(form.language.data)))
        return redirect(url_for(".page"))
    chats = [
        one for one in unit().chats.of_person(person().id) if one.channel is not ChatChannel.WEB
    ]
    return draw_form(
        "patient/settings.html",
        form,
        chats=chats,
        button=EmptyForm(),
        bot=_bot(),
        devices=_devices(),
    )


@bp.route("/units", methods=["GET", "POST"])
@open_to(Role.PATIENT)
def units() -> ResponseReturnValue:
    """Choose the units in which the own numbers are shown."""
    about = my_own()
    form = UnitsForm()
    form.begin(unit().own_units.of(about.record.id))
    if form.validate_on_submit():
        for code, ucum in form.chosen.items():
            choose(unit(), about.record.id, code, ucum, by=person(), now=now())
        flash(plain(SAVED), "good")
        return redirect(url_for(".page"))
    return draw_form("patient/units.html", form)


@bp.route("/place", methods=["GET", "POST"])
@open_to(Role.PATIENT)
def place() -> ResponseReturnValue:
    """See where the own record is kept, and choose whether old parts of it may move."""
    known: dict[str, Any] = {"record_id": my_own().record.id, "by": person(), "now": now()}
    where = where_it_lies(unit(), **known)
    form = PlaceForm(place=STAY if where.stays else MAY_MOVE)
    form.begin()
    if form.validate_on_submit():
        choose_place(unit(), **known, stays=form.stays)
        flash(plain("Saved."), "good")
        return redirect(url_for(".place"))
    return draw_form("patient/place.html", form, said=place_words(where, language()))


@bp.route("/erase", methods=["GET", "POST"])
@open_to(Role.PATIENT)
def erase() -> ResponseReturnValue:
    """Have everything erased in a week, once the word is typed."""
    record = my_own().record
    form = EraseForm()
    form.begin()
    if form.validate_on_submit():
        ask_to_erase(unit(), record_id=record.id, by=person(), now=now())
        return redirect(url_for(".erase"))
    due = unit().erasure_wishes.of(record.id)
    day = day_words(due, zone(), language()) if due else ""
    return draw_form("patient/erase.html", form, day=day, word=plain(WORD))


@bp.post("/keep")
@open_to(Role.PATIENT)
def keep() -> ResponseReturnValue:
    """Change one's mind: nothing is erased."""
    keep_everything(unit(), record_id=my_own().record.id, by=person(), now=now())
    flash(plain("Nothing will be erased. All is as before."), "good")
    return redirect(url_for(".page"))


@bp.post("/link")
@open_to(Role.PATIENT, Role.CAREGIVER)
def link() -> ResponseReturnValue:
    """Make a one-time link that ties a Telegram chat to this person."""
    if _bot():
        session["chat_link"] = make_link(unit(), LinkPurpose.CHAT, now=now(), person=person().id)
    return redirect(url_for(".linking"))


@bp.get("/link")
@open_to(Role.PATIENT, Role.CAREGIVER)
def linking() -> ResponseReturnValue:
    """Show the link just made, and its picture to be scanned."""
    if "chat_link" not in session or not _bot():
        return redirect(url_for(".page"))
    minutes = int(LIFETIMES[LinkPurpose.CHAT].total_seconds() // 60)
    return render_template("patient/linking.html", link=_deep_link(), minutes=minutes)


@bp.get("/link.svg")
@open_to(Role.PATIENT, Role.CAREGIVER)
def picture() -> Response:
    """Draw the link just made as a QR code."""
    if "chat_link" not in session or not _bot():
        raise LinkExpired
    return qr_code(_deep_link())


@bp.post("/chats/<chat_id>/unlink")
@open_to(Role.PATIENT, Role.CAREGIVER)
def unlink(chat_id: str) -> ResponseReturnValue:
    """Untie a chat from this person, at once."""
    for one in unit().chats.of_person(person().id):
        if one.id == chat_id and one.channel is not ChatChannel.WEB:
            unit().chats.put(replace(one, person=None, subject=None, tells=False))
    flash(plain("The chat is no longer linked."), "good")
    return redirect(url_for(".page"))


def _devices() -> Sequence[Device] | None:
    """Return the devices of the own record, or None where there is no own record."""
    own = unit().records.of_patient(person().id)
    return devices_of(unit(), own.id, by=person(), now=now()) if own else None


def _bot() -> str:
    return str(current_app.config["KANGLU"].bot_username)


def _deep_link() -> str:
    return f"https://t.me/{_bot()}?start={session['chat_link']}"
