"""What `check` tries: each part by itself, with what to do where it does not work."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session

from records.services.storing import DocumentStore, NoSuchDocument, StoreUnavailable
from storage.cloud.emptiness import is_unfinished
from storage.migrations import is_current
from storage.pictures import check_fonts
from storage.stores.address import UnreadableSetting, is_this_machine, web_address
from storage.stores.probing import PROBED

NO_CHINESE = (
    "Chart pictures in chat will lack Chinese. Install fonts-noto-cjk or set CARE_FONT_DIR."
)
_SHARED = "OVERFLOW_STORE and {}_STORE are one place by two addresses; give it a bucket of its own."
UNFINISHED = "A restore was broken off. Run: flask --app wsgi restore"
ADDRESSES = ("BASE_URL", "TELEGRAM_API_BASE")  # a store's are refused where it is opened


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried: whether it works, and if not what to do."""

    name: str
    works: bool
    advice: str


def check_database(engine: Engine) -> Check:
    """Try the database and look whether its schema is the newest."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        current = is_current(engine)
    except OperationalError:
        return Check("database", False, "Start the database, or correct DATABASE_URL.")
    if not current:
        return Check("database", False, "Run: flask --app wsgi db upgrade")
    with Session(engine) as session:
        whole = not is_unfinished(session)
    return Check("database", whole, "" if whole else UNFINISHED)


def check_store(name: str, store: DocumentStore) -> Check:
    """Write, read and remove one document."""
    try:
        store.check()
    except StoreUnavailable as error:
        return Check(name, False, str(error))
    return Check(name, True, "")


def check_apart(stores: Mapping[str, DocumentStore]) -> Sequence[Check]:
    """Look whether what flows over can be seen in a store it must not share; silent where fine.

    Two addresses may lead to one bucket, which no setting shows.
    """
    overflow, name = stores.get("overflow"), secrets.token_hex(16)
    if overflow is None:
        return []
    try:
        overflow.put(PROBED, name, secrets.token_bytes(64))
        try:
            shared = [one for one in ("public", "private") if _has(stores[one], name)]
        finally:
            overflow.remove(PROBED, name)
    except StoreUnavailable:
        return []  # its own check says so
    return [Check("overflow store", False, _SHARED.format(role.upper())) for role in shared]


def _has(store: DocumentStore, name: str) -> bool:
    try:
        store.get(PROBED, name)
    except (NoSuchDocument, StoreUnavailable):
        return False
    return True


def check_drawing() -> Check:
    """Look whether charts can be written in Chinese."""
    works = check_fonts()
    return Check("fonts", works, "" if works else NO_CHINESE)


def check_lines(settings: Mapping[str, str]) -> Sequence[Check]:
    """Look whether every line to another machine is TLS, and verified."""
    open_lines = [*_open_addresses(settings), *_open_database(settings)]
    return [Check("lines", False, advice) for advice in open_lines] or [Check("lines", True, "")]


def _open_addresses(settings: Mapping[str, str]) -> Iterator[str]:
    for name in ADDRESSES:
        if settings.get(name):
            try:
                web_address(name, settings[name])
            except UnreadableSetting as error:
                yield str(error)


def _open_database(settings: Mapping[str, str]) -> Iterator[str]:
    try:
        url = make_url(settings.get("DATABASE_URL") or "sqlite://")
    except ArgumentError:
        yield "DATABASE_URL is not an address that can be read."
        return
    if url.get_backend_name() != "postgresql":
        return
    hosts = [url.host, *_listed(url.query.get("host"))]
    away = [one for one in hosts if one and not one.startswith("/") and not is_this_machine(one)]
    mode = url.query.get("sslmode") or settings.get("PGSSLMODE")
    if away and mode != "verify-full":
        yield (
            "DATABASE_URL leads to another machine without sslmode=verify-full, which anybody "
            "between can read; add ?sslmode=verify-full&sslrootcert=system, or your authority's "
            "file."
        )


def _listed(value: str | tuple[str, ...] | None) -> list[str]:
    values = (value,) if isinstance(value, str) else value or ()
    return [host.rpartition(":")[0] or host for one in values for host in one.split(",")]
