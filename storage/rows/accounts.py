"""Accounts of the site: the one module that knows Flask-Security's mixins."""

from flask_security.models import sqla
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows.base import Base, Id

sqla.FsModels.set_db_info(  # type: ignore[no-untyped-call]  # Flask-Security has no types
    base_model=Base,
    user_table_name="accounts",
    role_table_name="account_roles",
    webauthn_table_name="account_passkeys",
)


class User(Base, sqla.FsUserMixin):
    """An account; `person_id` is whom it belongs to."""

    __tablename__ = "accounts"

    person_id: Mapped[str] = mapped_column(Id, unique=True)


class Role(Base, sqla.FsRoleMixin):
    """A role of Flask-Security's; what a person may do is the policy's to say."""

    __tablename__ = "account_roles"


class WebAuthn(Base, sqla.FsWebAuthnMixin):
    """A passkey of an account."""

    __tablename__ = "account_passkeys"
