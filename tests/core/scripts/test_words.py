"""Every trouble that the runner names is said in words."""

import re
from pathlib import Path

from agent_desktop.core.scripts import answers, runner, words
from agent_desktop.core.scripts.views import PlaceView, StepView


def test_all_troubles_have_words() -> None:
    sources = "".join(Path(module.__file__ or "").read_text() for module in (answers, runner))
    named = set(re.findall(r'NotTaken\("(\w+)"', sources))
    assert len(named) > 12
    for name in named:
        assert words.say(f"{name} 5") != f"{name} 5"
    assert words.say("too_long 5") == "At most 5 characters."
    assert words.say("") == ""
    assert words.say("of_another_version") == "of_another_version"


def test_yes_and_no_are_said_in_words_where_they_were_answered_and_nowhere_else() -> None:
    passed = (PlaceView("a", "Danger", "no", "yes_no"), PlaceView("b", "Said", "no", "text"), PlaceView("c", "Hello"))
    assert [place.answer for place in words.in_words(StepView(behind=passed)).behind] == ["No", "no", ""]
