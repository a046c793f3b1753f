"""What the chat says of a table of readings: what was found, what was added, the way back."""

from collections.abc import Sequence
from datetime import date

from records.chats import Button, Card, Tap, TapName
from records.imports import KeptOut, Order, Table, Why
from records.vocabulary import Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button
from records.wording.names import MONTHS

NAMED = 3  # rows that are kept out and named one by one
CAN_BE_UNDONE = 200  # readings that one tap takes back
WHY = {
    Why.NO_NUMBERS: later("row {row} has no two numbers"),
    Why.NO_TIME: later("row {row} has no day and time"),
    Why.NOT_PLAUSIBLE: later("row {row} cannot be right"),
    Why.NOT_YET: later("row {row} is still to come"),
}


ONE_FOUND = later("📄 I found 1 reading, of {first}.")
SEVERAL_FOUND = later("📄 I found {n} readings from {first} to {last}.")
ADD_IT, ADD_THEM = later("Add it?"), later("Add them?")
ONE_ADDED = later("✅ 1 reading added.")
SEVERAL_ADDED = later("✅ {n} readings added.")


def _here_already(count: int, language: Language) -> str:
    if count == 1:
        return say(language, "One is here already.")
    return say(language, "{n} are here already.", n=count)


def _tap(what: str, attachment: str) -> Tap:
    return Tap(TapName.CHOOSE, f"import.{what}.{attachment}")


def found_card(
    table: Table,
    known: int,
    *,
    attachment: str,
    order: Order | None,
    language: Language,
    today: date,
) -> Card:
    """Return "I found 31 readings from 1 Mar to 30 Apr. Add them?" with [Add] [No]."""
    first, last = (_day(table.measured[i].at.date(), today, language) for i in (0, -1))
    count = len(table.measured)
    phrase = ONE_FOUND if count == 1 else SEVERAL_FOUND
    text = say(language, phrase, n=count, first=first, last=last)
    if known == count:
        text += " " + say(language, "All of this is here already.")
        return Card(_with_kept_out(text, table.kept_out, language), ((menu_button(language),),))
    if known:
        text += " " + _here_already(known, language)
    text += " " + say(language, ADD_IT if count - known == 1 else ADD_THEM)
    add = Button(say(language, "Add"), _tap(f"add{order or ''}", attachment))
    no = Button(say(language, "No"), _tap("no", attachment))
    return Card(_with_kept_out(text, table.kept_out, language), ((add, no),))


def nothing_to_add_card(kept_out: Sequence[KeptOut], *, language: Language) -> Card:
    """Return that not one row of a table can be added, and why."""
    text = say(language, "📄 I kept the file, but found no reading in it that I can add.")
    return Card(_with_kept_out(text, kept_out, language), ((menu_button(language),),))


def _with_kept_out(text: str, kept_out: Sequence[KeptOut], language: Language) -> str:
    if not kept_out:
        return text
    named = [say(language, WHY[one.why], row=one.line) for one in kept_out[:NAMED]]
    rest = len(kept_out) - len(named)
    if rest:
        named.append(say(language, "and {n} more", n=rest))
    rows = say(language, ", ").join(named)
    return f"{text}\n" + say(language, "I leave out: {rows}.", rows=rows)


def which_order_card(
    days: tuple[date, date], *, attachment: str, language: Language, today: date
) -> Card:
    """Return the question which day a table means, with a button for each."""
    buttons = tuple(
        Button(_day(day, today, language, year=True), _tap(str(order), attachment))
        for order, day in zip(Order, days, strict=True)
    )
    return Card(
        say(language, "📄 A day in your file can be read in two ways. Which is right?"), (buttons,)
    )


def adding_card(count: int, *, language: Language) -> Card:
    """Return that a long table is being added."""
    text = say(language, "📄 I am adding {n} readings. I will tell you when it is done.", n=count)
    return Card(text, ((menu_button(language),),))


def added_card(added: int, total: int, *, attachment: str, language: Language) -> Card:
    """Return "✅ 31 readings added." with [Undo] where one tap can take them back."""
    text = say(language, ONE_ADDED if added == 1 else SEVERAL_ADDED, n=added)
    if added < total:
        text += " " + _here_already(total - added, language)
    if not 0 < added <= CAN_BE_UNDONE:
        return Card(text, ((menu_button(language),),))
    return Card(text, ((Button(say(language, "Undo"), _tap("undo", attachment)),),))


def taken_back_card(count: int, *, attachment: str, language: Language) -> Card:
    """Return that the readings of a file were taken back, with [Put back]."""
    text = say(language, "❌ {n} readings taken back.", n=count)
    return Card(text, ((Button(say(language, "Put back"), _tap("back", attachment)),),))


def put_back_card(count: int, *, attachment: str, language: Language) -> Card:
    """Return that the readings of a file count again."""
    text = say(language, "✅ {n} readings are back.", n=count)
    return Card(text, ((Button(say(language, "Undo"), _tap("undo", attachment)),),))


def not_added_card(language: Language) -> Card:
    """Return that nothing was added and the file is kept."""
    text = say(language, "👌 OK. I added nothing. The file is kept.")
    return Card(text, ((menu_button(language),),))


def _day(day: date, today: date, language: Language, *, year: bool = False) -> str:
    month = say(language, MONTHS[day.month - 1])
    if year or day.year != today.year:
        return say(language, "{day} {month} {year}", day=day.day, month=month, year=day.year)
    return say(language, "{day} {month}", day=day.day, month=month)
