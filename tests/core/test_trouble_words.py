"""Everything the engine can say has words of its own, which are the agent's language."""

from PySide6.QtCore import QCoreApplication, QTranslator

from agent_desktop.core import trouble_words
from agent_desktop.telephony.trouble import Trouble


def test_each_trouble_has_words_of_its_own_and_shows_its_detail() -> None:
    said = {trouble: trouble_words.say(trouble, "K7") for trouble in Trouble}
    assert len(set(said.values())) == len(Trouble)
    assert all(
        words.endswith((".", "?", "K7")) and words[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZK" for words in said.values()
    )
    assert all("{" not in words for words in said.values())
    for trouble in (Trouble.SOUND_MISSING, Trouble.LIBRARY, Trouble.PORT_TAKEN, Trouble.ENGINE_ENDED):
        assert "K7" in said[trouble]


def test_nothing_and_what_another_version_says() -> None:
    assert trouble_words.say("") == ""
    assert trouble_words.say("new_in_the_next", "version") == "new_in_the_next version"


class Shouting(QTranslator):
    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return text.upper() if context == "trouble" else ""


def test_it_is_said_in_the_agents_language(qapp: object) -> None:
    translator = Shouting()
    assert QCoreApplication.installTranslator(translator)
    try:
        assert trouble_words.say(Trouble.HOLD_REFUSED).startswith("THE OTHER SIDE")
        assert trouble_words.say(Trouble.SOUND_MISSING, "Jabra").startswith("Jabra IS NOT CONNECTED")
    finally:
        QCoreApplication.removeTranslator(translator)
