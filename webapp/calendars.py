"""A patient's calendar as RFC 5545 writes it: times in the patient's zone, and no health words."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar as Written
from icalendar import Event

from records.services.calendar import Calendar, Entry
from records.vocabulary import Language
from records.wording import later, say

REMINDER = later("Reminder")
APPOINTMENT = later("Appointment")
LASTS = {False: timedelta(minutes=15), True: timedelta(minutes=30)}
ASK_AGAIN = timedelta(hours=6)


def written(calendar: Calendar) -> bytes:
    """Return the calendar as a calendar program reads it, with the zone's own rules in it."""
    found = Written()
    found.add("prodid", "-//Kanglu//Calendar//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT6H")
    for one in calendar.entries:
        found.add_component(_event(one, calendar.patient.zone, calendar.patient.language))
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _event(entry: Entry, zone: str, language: Language) -> Event:
    begins = entry.at.astimezone(ZoneInfo(zone))
    event = Event()
    event.add("uid", f"{entry.uid}@kanglu")
    event.add("summary", say(language, APPOINTMENT if entry.comes_in else REMINDER))
    event.add("dtstart", begins)
    event.add("duration", LASTS[entry.comes_in])
    event.add("dtstamp", entry.changed)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if entry.comes_in else "TRANSPARENT")
    return event
