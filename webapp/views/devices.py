"""The patient's devices: made, their token shown once, revoked in one click."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from records.services.devices import make_device, revoke_device
from records.tracking import DeviceId
from records.vocabulary import Role
from webapp.access import open_to
from webapp.forms.asking import DeviceForm
from webapp.forms.base import draw_form
from webapp.language import words
from webapp.unit import now, person, unit
from webapp.views.whose import my_own

bp = Blueprint("devices", __name__, url_prefix="/me/settings/devices")


@bp.route("", methods=["GET", "POST"])
@open_to(Role.PATIENT)
def new() -> ResponseReturnValue:
    """Ask for a name, and answer with the token of a new device: the only time it is seen."""
    own = my_own()
    form = DeviceForm()
    token = None
    if form.validate_on_submit():
        token = form.attempt(
            lambda: make_device(
                unit(), str(form.name.data), record_id=own.record.id, by=person(), now=now()
            )
        )
    return draw_form("patient/device.html", form, token=token)


@bp.post("/<device_id>/revoke")
@open_to(Role.PATIENT)
def revoke(device_id: str) -> ResponseReturnValue:
    """Take a device's token away, at once."""
    own = my_own().record.id
    revoke_device(unit(), DeviceId(device_id), record_id=own, by=person(), now=now())
    flash(str(words("The device can send nothing more.")), "good")
    return redirect(url_for("settings.page"))
