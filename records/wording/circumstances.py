"""Where on the body, and how the body was held: what people read of it."""

from records.observations import Observation
from records.vocabulary import Language
from records.wording.catalogue import later, say

SITE_NAMES = {
    "left arm": later("left arm"),
    "right arm": later("right arm"),
    "wrist": later("wrist"),
}
POSITION_NAMES = {
    "sitting": later("sitting"),
    "standing": later("standing"),
    "lying": later("lying"),
}


def circumstance_words(observation: Observation, language: Language) -> str:
    """Return "left arm, sitting", or nothing where nothing was said; other words stay as told."""
    site = SITE_NAMES.get(observation.site, observation.site)
    position = POSITION_NAMES.get(observation.position, observation.position)
    return say(language, ", ").join(say(language, one) for one in (site, position) if one)
