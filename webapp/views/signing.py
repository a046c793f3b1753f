"""Signing a person in without a password: after a one-time link, and in the demo."""

from flask_security import current_user, login_user, logout_user

from records.people import Person
from webapp.unit import house


def sign_in(who: Person) -> None:
    """Sign this person in, in a session of its own."""
    if current_user.is_authenticated:
        logout_user()
    login_user(house().account(who.id), remember=False)
