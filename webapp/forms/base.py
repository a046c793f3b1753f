"""What every form of the site has in common: the token, the words, and room for a refusal."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, DateTimeLocalField, Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs know 3.2
from wtforms.validators import StopValidation

from records.errors import NotValid
from records.walltime import moment_of
from records.wording import later
from webapp.errors import reason_words
from webapp.language import plain, zone
from webapp.unit import now

T = TypeVar("T")
LOCAL = "%Y-%m-%dT%H:%M"
NOT_OFFERED = later("Please choose one from the list.")


class Filled:
    """Ask for something in this field, with one sentence of our own."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it from the class

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: object, field: Field) -> None:
        """Stop here when there is nothing in the field."""
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors = []
            raise StopValidation(plain(self.sentence))


class DayField(DateField):
    """A calendar day, asked for in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say so in our words."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(plain("Please choose a day.")) from None


class LocalTimeField(DateTimeLocalField):
    """A wall time in the reader's zone; `moment` is the same in the world's time."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, format=[LOCAL, "%Y-%m-%dT%H:%M:%S"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the wall time, or say so in our words."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(plain("Please choose a day and a time.")) from None

    @property
    def moment(self) -> datetime:
        """The moment meant by the wall time."""
        if self.data is None:
            raise ValueError("ask for the moment only of a form found good")
        return moment_of(self.data, zone())


def offer(field: SelectField, choices: Iterable[tuple[str, str]]) -> None:
    """Offer these values with their words; what is not among them is refused in our words."""
    field.choices = [SelectChoice(value, label) for value, label in choices]
    field.invalid_choice_message = plain(NOT_OFFERED)  # type: ignore[attr-defined]  # as above


def wall_time(moment: datetime) -> datetime:
    """Return a moment as the reader's clock shows it."""
    return moment.astimezone(ZoneInfo(zone())).replace(tzinfo=None, second=0, microsecond=0)


class Form(FlaskForm):  # type: ignore[misc]  # untyped
    """A form that can carry what the core refuses back to its field."""

    def attempt(self, change: Callable[[], T]) -> T | None:
        """Return what the change gives, or None with the refusal beside its field."""
        try:
            return change()
        except NotValid as refused:
            field = self._fields.get(refused.field) or next(iter(self._fields.values()))
            field.errors = [*field.errors, plain(reason_words(refused))]
            return None

    def not_in_the_future(self, field: LocalTimeField) -> None:
        """Refuse a moment that has not come."""
        if field.data and field.moment > now().replace(second=59):
            raise StopValidation(plain("Please choose a time that has already been."))


def draw_form(template: str, form: Form, **values: Any) -> ResponseReturnValue:
    """Draw a page with a form: its status says whether something in it wants mending."""
    return render_template(template, form=form, **values), 422 if form.errors else 200
