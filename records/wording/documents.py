"""What the chat says of a clinical document: whose it is, what was found, what was added."""

from records.chats import Button, Card, Tap, TapName
from records.services.receiving import Offer
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.imports import CAN_BE_UNDONE
from records.wording.menus import menu_button

ADD = "document"
LONGEST = 40  # letters of a name in a card
ONE_FOUND = later("I found 1 new entry. Add it?")
SEVERAL_FOUND = later("I found {n} new entries. Add them?")
ONE_ADDED = later("✅ 1 entry added.")
SEVERAL_ADDED = later("✅ {n} entries added.")


def found_card(offer: Offer, *, language: Language) -> Card:
    """Return "📄 A document about Amina, from … I found 12 new entries. Add them?"."""
    text = say(
        language,
        "📄 A document about {patient}, from {place}.",
        patient=offer.reading.patient[:LONGEST] or "?",
        place=offer.reading.custodian[:LONGEST] or say(language, "an unnamed place"),
    )
    count = len(offer.understood)
    if not count:
        text += "\n" + say(language, "I found nothing new in it that I can add. The file is kept.")
        return Card(text, ((menu_button(language),),))
    text += "\n" + say(language, ONE_FOUND if count == 1 else SEVERAL_FOUND, n=count)
    add = Button(say(language, "Add"), _tap(ADD, offer.id))
    no = Button(say(language, "No"), _tap("no", offer.id))
    return Card(text, ((add, no),))


def adding_card(count: int, *, language: Language) -> Card:
    """Return that a long document is being added; what is added is told at the end."""
    text = say(language, "{n} entries are being added. This takes a few minutes.", n=count)
    return Card(text, ((menu_button(language),),))


def added_card(added: int, *, attachment: str, language: Language) -> Card:
    """Return "✅ 12 entries added." with [Undo] where one tap can take them back."""
    text = say(language, ONE_ADDED if added == 1 else SEVERAL_ADDED, n=added)
    if not 0 < added <= CAN_BE_UNDONE:
        return Card(text, ((menu_button(language),),))
    return Card(text, ((Button(say(language, "Undo"), _tap("undo", attachment)),),))


def _tap(what: str, attachment: str) -> Tap:
    return Tap(TapName.CHOOSE, f"import.{what}.{attachment}")
