"""The units a record is shown in: their names, the choice of them, and that one was learned."""

from records.chats import Button, Card, Tap, TapName
from records.measures import CHOICES, Measures
from records.vocabulary import Code, Language
from records.wording.catalogue import later, say
from records.wording.menus import menu_button

UNIT_NAMES = {
    "mmol/L": "mmol/L",
    "mg/dL": "mg/dL",
    "kg": "kg",
    "[lb_av]": later("lb"),
    "斤": later("jin"),
    "Cel": "°C",
    "[degF]": "°F",
}
MEASURED = {
    Code.GLUCOSE: later("Sugar: {unit}"),
    Code.WEIGHT: later("Weight: {unit}"),
    Code.TEMPERATURE: later("Temperature: {unit}"),
}


def unit_name(ucum: str, language: Language) -> str:
    """Return what people call a unit."""
    return say(language, UNIT_NAMES[ucum])


def units_button(language: Language) -> Button:
    """Return the button that leads to the choice of units."""
    return Button(say(language, "📏 Units"), Tap(TapName.MENU, "units"))


def units_card(measures: Measures, language: Language) -> Card:
    """Return the units things are shown in, with a button for each other one."""
    rows: list[tuple[Button, ...]] = []
    shown = []
    for code, choices in CHOICES.items():
        now = measures.unit_of(code)
        shown.append(_measured(code, now, language))
        others = [(place, ucum) for place, ucum in enumerate(choices) if ucum != now]
        rows.append(
            tuple(
                Button(
                    _measured(code, ucum, language),
                    Tap(TapName.CHOOSE, f"units.{code}.{place}"),
                )
                for place, ucum in others
            )
        )
    return Card("📏 " + " · ".join(shown), (*rows, (menu_button(language),)))


def learned_card(code: Code, ucum: str, language: Language) -> Card:
    """Return in which unit something is shown from now on."""
    text = say(
        language,
        "👌 {unit}. I will show it like this from now on.",
        unit=_measured(code, ucum, language),
    )
    return Card(text, ((units_button(language),),))


def _measured(code: Code, ucum: str, language: Language) -> str:
    return say(language, MEASURED[code], unit=unit_name(ucum, language))
