"""The card that tells of a look in an emergency, to the patient and to those who help."""

from records.chats import Button, Card, Tap, TapName
from records.consent import Emergency
from records.vocabulary import Language
from records.wording.catalogue import say
from records.wording.names import shortened
from records.wording.orders import clock_time


def emergency_card(
    emergency: Emergency,
    *,
    doctor: str,
    patient: str,
    zone: str,
    full: bool,
    language: Language,
) -> Card:
    """Return who opened the record, why and until when; without names where none may stand.

    `patient` is the name of whom it is about, for somebody else than the patient.
    """
    site = Button(say(language, "🌐 Open the site"), Tap(TapName.MENU, "sign_in"))
    if not full:
        text = say(language, "🚨 A doctor opened a record in an emergency. Please look.")
        return Card(text, ((site,),))
    until = clock_time(emergency.until, zone)
    text = say(
        language,
        "🚨 Emergency: now {name} can see your record until {time}.",
        name=doctor,
        time=until,
    )
    if patient:
        text = say(
            language,
            "🚨 Emergency: {name} sees the record of {patient} until {time}.",
            name=doctor,
            patient=patient,
            time=until,
        )
    text += "\n" + say(language, "Why: {reason}", reason=shortened(emergency.reason))
    looked = Button(say(language, "👀 Who looked"), Tap(TapName.MENU, "looked"))
    return Card(text, ((looked, site) if not patient else (site,),))
