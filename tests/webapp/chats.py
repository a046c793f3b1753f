"""What everybody of the rules is told in the chat, for each thing that can be asked there."""

from collections.abc import Iterator, Sequence

from tests.bot.talking import Talk
from tests.webapp.peopling import Scene
from tests.webapp.rules import CANARIES, PERSONS, ZOES, sees

LINES = (
    *("/start", "/menu", "/help", "/today", "/share", "/settings", "/stop", "/who"),
    *("my numbers", "orders", "who looked", "family", "sign in", "units", "language"),
    *("what was my blood pressure?", "how is my mood this week", "📋 My numbers", "☰ Menu"),
    *("show Amina's numbers", "Amina 血压多少", "what did Amina eat", "hide pain from my doctor"),
    *("share everything with Dr Chen until Friday", "for Amina: my numbers", "check in"),
)
"""What is typed: commands, keys, places of the menu, questions, and wishes about sharing."""


EVERYBODY = tuple(name for name, one in PERSONS.items() if one["role"])


def told_wrongly(scene: Scene, people: Sequence[str] = EVERYBODY) -> Iterator[tuple[str, str]]:
    """Say each line as each person; return (what was said, what of it is not theirs or "")."""
    for who in people:
        talk = scene.site.desk.talk(scene.people[who])
        for line in LINES:
            talk.post({"kind": "text", "text": line, "sent": scene.site.clock().isoformat()})
            scene.site.desk.work()
            said = f"{scene.state}: {who} says {line!r}"
            yield said, ", ".join(sorted(_foreign(talk, who, scene.state)))
            scene.site.clock.pass_(seconds=1)


def _foreign(talk: Talk, who: str, state: str) -> set[str]:
    """Return what stands in somebody's chat that they may not read."""
    said = "\n".join(_words(talk)).casefold()
    own = set() if who == "zoe" else set(ZOES.values())
    return {one for one in own | (set(CANARIES) - sees(who, state)) if one in said}


def _words(talk: Talk) -> Iterator[str]:
    for line in talk.lines:
        yield line.text
        for row in line.rows:
            yield from (button.label for button in row)
