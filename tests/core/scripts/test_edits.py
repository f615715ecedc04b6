"""What an author does to a script: names followed, texts in languages, and a step as it is written."""

import msgspec
import pytest

from agent_desktop.core.scripts import edits, files
from agent_desktop.core.scripts.model import Branch, ChoiceQuestion, DateQuestion, Option, Script, Step, YesNoQuestion

OPTIONS = (Option(value="yes", label="Yes", to="end"), Option(value="no", label="No"))
SCRIPT = Script(
    id="bill",
    title="High bill",
    start="greet",
    steps=(
        Step(id="greet", say="Hello", ask=ChoiceQuestion(options=OPTIONS), next="birth"),
        Step(id="birth", ask=DateQuestion(), next=(Branch(to="end", when="birth < today"), Branch(to="greet"))),
        Step(id="really", ask=YesNoQuestion(yes_to="end", no_to="greet")),
        Step(id="end", say="Bye"),
    ),
)


def test_another_name_is_followed_by_all_that_led_there() -> None:
    made = edits.put_step(SCRIPT, "end", msgspec.structs.replace(SCRIPT.steps[3], id="close"))
    greet, birth, really, close = made.steps
    assert isinstance(greet.ask, ChoiceQuestion)
    assert isinstance(really.ask, YesNoQuestion)
    assert [option.to for option in greet.ask.options] == ["close", ""]
    assert birth.branches[0].to == "close"
    assert (really.ask.yes_to, close.id) == ("close", "close")
    renamed = edits.put_step(made, "greet", msgspec.structs.replace(greet, id="hello"))
    assert renamed.start == "hello"
    assert renamed.steps[1].branches[1].to == "hello"
    asked = edits.put_step(SCRIPT, "birth", msgspec.structs.replace(birth, id="born")).steps[1]
    assert asked.answer_name == "birth", "conditions name the answer as before"


def test_steps_are_added_copied_moved_and_removed() -> None:
    made, name = edits.add_step(SCRIPT, "greet")
    assert (name, [step.id for step in made.steps][:2]) == ("step", ["greet", "step"])
    made, name = edits.add_step(made, "birth", SCRIPT.steps[1])
    assert name == "birth_2"
    assert edits.step_of(made, "birth_2") == msgspec.structs.replace(SCRIPT.steps[1], id="birth_2")
    moved = edits.move_step(msgspec.structs.replace(SCRIPT, start=""), "greet", 1)
    assert [step.id for step in moved.steps][:2] == ["birth", "greet"]
    assert moved.first == "greet", "what is said first stays the first"
    assert edits.move_step(SCRIPT, "end", 1) == SCRIPT
    assert [step.id for step in edits.remove_step(SCRIPT, "birth").steps] == ["greet", "really", "end"]
    alone = msgspec.structs.replace(SCRIPT, steps=SCRIPT.steps[:1])
    assert edits.remove_step(alone, "greet") == alone


@pytest.mark.parametrize(
    ("words", "language", "text", "made"),
    [
        ("Hello", "en", "Hi", "Hi"),
        ("Hello", "pl", "Cześć", {"en": "Hello", "pl": "Cześć"}),
        ({"en": "Hello", "pl": "Cześć"}, "pl", "", "Hello"),
        ({"en": "Hello", "pl": "Cześć"}, "en", "Hi", {"en": "Hi", "pl": "Cześć"}),
        ("", "pl", "Cześć", {"pl": "Cześć"}),
        ("Hello", "en", "", ""),
    ],
)
def test_texts_are_written_in_one_language(words: object, language: str, text: str, made: object) -> None:
    assert edits.put_words(words, language, ("en", "pl"), text) == made  # type: ignore[arg-type]
    assert edits.words_in(edits.put_words(words, language, ("en", "pl"), text), language, ("en", "pl")) == text  # type: ignore[arg-type]


def test_a_step_is_read_as_it_was_written_and_refused_where_it_is_none() -> None:
    for step in SCRIPT.steps:
        assert files.read_step(files.written_step(step)) == step
    long = Step(id="long", say="Two lines,\nthe second: with a colon\n\n- and a dash")
    assert files.read_step(files.written_step(long)) == long
    for wrong in ("id: Greet", "id: a\nsays: x", "- a", "id: [", "a: &x {b: *x}", "", "id: a\n-\n id: b"):
        with pytest.raises(files.FileWrong):
            files.read_step(wrong)


def test_a_difference_names_what_was_changed() -> None:
    lines = edits.difference(SCRIPT, edits.put_step(SCRIPT, "end", Step(id="end", say="Good bye")))
    assert [line for line in lines if line[0] in "+-"] == ["-    say: Bye", "+    say: Good bye"]
    assert edits.difference(SCRIPT, SCRIPT) == ()


def test_a_steps_source_that_would_hold_the_interface_is_not_read() -> None:
    assert files.read_step("id: hello\nsay: |\n  Hello\n").say
    with pytest.raises(files.FileWrong, match="20,000"):
        files.read_step("id: hello\nsay: " + "x" * files.MAX_STEP)
