"""The doctor's page says since when a patient's chat cannot be reached."""

from dataclasses import replace

from records.chats import Chat, ChatChannel
from records.tracking import ChatId, fresh
from records.vocabulary import Language
from tests.webapp.conftest import Site

SAYS = "The patient's chat cannot be reached since"


def test_a_chat_that_is_off_is_told_until_it_is_back(site: Site) -> None:
    cast = site.cast
    chat = Chat(ChatId(fresh()), ChatChannel.TELEGRAM, "9", Language.ENGLISH, cast.amina.id)
    shown = []
    for blocked in (None, site.clock(), None):
        with site.database.begin(True) as unit:
            unit.chats.put(replace(chat, blocked=blocked))
        shown.append(SAYS in site.as_(cast.chen).get(f"/p/{cast.record.id}").text)
    assert shown == [False, True, False]
