"""The demo's first start: whether there is one, its people brought in once, and how to be them."""

from collections.abc import Callable, Mapping

from records.documents import read, write
from records.services.linking import LinkPurpose, make_link
from storage.demo.filling import DemoPeople, fill
from storage.house import StorageHouse, prepare
from storage.settings import StorageSettings

FILLED, FILLING = "demo.json", "demo.filling"


def is_demo(environ: Mapping[str, str], settings: StorageSettings) -> bool:
    """Say whether this is the demo: nothing real is set, and nothing real was ever kept here."""
    if environ.get("DATABASE_URL") or environ.get("TELEGRAM_BOT_TOKEN"):
        return False
    begun = any((settings.instance / name).exists() for name in (FILLING, FILLED))
    return begun or not (settings.instance / "kanglu.sqlite").exists()


def prepare_demo(settings: StorageSettings) -> None:
    """Mark a demo that is about to be filled; one that was cut off is begun again."""
    if (settings.instance / FILLED).exists():
        return
    prepare(settings)
    if (settings.instance / FILLING).exists():
        for name in ("kanglu.sqlite*", "keys.sqlite*"):
            for path in settings.instance.glob(name):
                path.unlink()
    (settings.instance / FILLING).touch()


def start_demo(storage: StorageHouse, progress: Callable[[str], None]) -> None:
    """Fill an empty demo with its people; `progress` is told a line now and then."""
    instance = storage.settings.instance
    if not (instance / FILLED).exists():
        people = fill(storage.begin, storage.clock, progress)
        (instance / FILLED).write_bytes(write(people))
        (instance / FILLING).unlink()


def sign_in_lines(storage: StorageHouse, url: str) -> list[str]:
    """Return what to print: a one-time sign-in link for each kind of demo person."""
    people = read((storage.settings.instance / FILLED).read_bytes(), DemoPeople)
    shown = {
        "patient": people.patients[0],
        "caregiver": people.caregivers[0],
        "doctor": people.doctors[0],
        "nurse": people.nurse,
        "researcher": people.researcher,
        "service": people.provider,
        "operator": people.operator,
    }
    now = storage.clock()
    lines = [
        f"\nThe demo's people: {url}/demo, or sign in at once (each link works once, 10 minutes):"
    ]
    with storage.begin(True) as unit:
        for who, person in shown.items():
            payload = make_link(unit, LinkPurpose.SIGN_IN, now=now, person=person)
            lines.append(f"  {who:<11}{url}/sign-in/{payload}")
    return lines
