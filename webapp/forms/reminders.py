"""The form of prompts: what is asked, when, by which clock, and what silence may bring."""

from collections.abc import Sequence
from datetime import time

from wtforms import BooleanField, SelectField

from records.prompts import PromptWishes, Topic
from records.services.prompting import Reminder
from records.wording import later
from records.wording.reminders import EVENING, MORNING, NONE, TOPICS
from records.zones import all_choices
from webapp.forms.base import Form, offer
from webapp.language import day, language, plain, zone
from webapp.unit import now

NOON = time(12)
DAILY, THREE = "daily", "three"
OFF, WEEK, OPEN, AS_IT_IS = "off", "week", "open", "as_it_is"

NEVER = later("No reminder")
OFTEN = ((DAILY, later("Every day")), (THREE, later("Monday, Wednesday, Friday")))
PAUSES = ((OFF, later("No pause")), (WEEK, later("1 week")), (OPEN, later("Until I say")))


class RemindersForm(Form):
    """Everything a patient chooses of prompts."""

    clock = SelectField(later("What time is it for you now?"))
    pause = SelectField(later("Pause"))
    family = BooleanField(later("Tell my family if I am silent three times in a row"))

    def begin(self, reminders: Sequence[Reminder], wishes: PromptWishes) -> None:
        """Offer what can be chosen; show what is chosen."""
        known = {one.topic: one for one in reminders}
        for topic in Topic:
            one = known.get(topic, Reminder(topic, (), True))
            self._offer(topic, "morning", MORNING, _first(one.hours, before_noon=True))
            self._offer(topic, "evening", EVENING, _first(one.hours, before_noon=False))
            often = self.part(topic, "often")
            offer(often, ((value, plain(name)) for value, name in OFTEN))
            often.data = often.data or (DAILY if one.daily else THREE)
        shown = all_choices(now(), zone(), language())
        offer(self.clock, ((name, f"{at:%H:%M}") for at, name in shown))
        self.clock.data = self.clock.data or zone()
        self._offer_pauses(wishes)

    def _offer(self, topic: Topic, part: str, usual: Sequence[time], chosen: time | None) -> None:
        field = self.part(topic, part)
        hours = sorted({*usual, *([chosen] if chosen else [])})
        shown = [f"{one:%H:%M}" for one in hours]
        offer(field, [(NONE, plain(NEVER)), *zip(shown, shown, strict=True)])
        field.data = field.data or (f"{chosen:%H:%M}" if chosen else NONE)

    def _offer_pauses(self, wishes: PromptWishes) -> None:
        choices = [(value, plain(name)) for value, name in PAUSES]
        paused = wishes.is_paused(now())
        if paused and wishes.paused_until is not None:
            choices.append((AS_IT_IS, plain("Until {day}", day=day(wishes.paused_until))))
        offer(self.pause, choices)
        current = AS_IT_IS if wishes.paused_until is not None else OPEN
        self.pause.data = self.pause.data or (current if paused else OFF)

    def part(self, topic: Topic, name: str) -> SelectField:
        """Return one field of a topic."""
        found: SelectField = self._fields[f"{topic}_{name}"]
        return found

    def hours(self, topic: Topic, before: Sequence[time]) -> list[time]:
        """Return the hours chosen; further ones, chosen in the chat, stay."""
        shown = {_first(before, before_noon=True), _first(before, before_noon=False)}
        kept = [one for one in before if one not in shown]
        chosen = [self.part(topic, name).data for name in ("morning", "evening")]
        return [*kept, *(time.fromisoformat(one) for one in chosen if one != NONE)]


for _topic in Topic:
    setattr(RemindersForm, f"{_topic}_morning", SelectField(later("Morning")))
    setattr(RemindersForm, f"{_topic}_evening", SelectField(later("Evening")))
    setattr(RemindersForm, f"{_topic}_often", SelectField(later("How often")))


def title_of(topic: Topic) -> str:
    """Return what a topic is called, in the page's language."""
    return plain(TOPICS[topic])


def _first(hours: Sequence[time], *, before_noon: bool) -> time | None:
    return next((one for one in sorted(hours) if (one < NOON) is before_noon), None)
