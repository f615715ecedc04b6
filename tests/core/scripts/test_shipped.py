"""The ten shipped scripts: read, written, found right, and any way through each can be left and taken up again."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_desktop import paths
from agent_desktop.core.scripts import checks, facts, files, model, runner
from agent_desktop.core.scripts.model import texts
from agent_desktop.core.scripts.page import Page
from agent_desktop.core.scripts.runner import Facts, Ground, Plan
from agent_desktop.core.scripts.templates import Sandbox
from agent_desktop.data import seed_scripts
from tests.core.scripts.walks import ways_through

NAMES = (
    *("appointment", "billing", "collections", "complaint", "identity_check", "outage", "retention"),
    *("sales_qualification", "support", "survey"),
)
SANDBOX = Sandbox()
CALLER = facts.named(
    customer={
        "name": "Marta Kowalczyk",
        "last_name": "Kowalczyk",
        "tags": [],
        "verified": False,
    },
    call={"queue": "Billing", "waited_s": 48},
    agent={"name": "Dana"},
    company={"name": "Brightline Energy"},
)


def path(name: str) -> Path:
    return paths.resource("scripts", f"{name}.yaml")


SCRIPTS = {name: files.read(path(name).read_text(encoding="utf-8")) for name in NAMES}
PLANS = {
    name: Plan(model.Program(script=script, version=1, parts={k: v for k, v in SCRIPTS.items() if k != name}))
    for name, script in SCRIPTS.items()
}


def test_there_are_no_others() -> None:
    assert sorted(file.stem for file in paths.resource("scripts").glob("*.yaml")) == sorted(NAMES)
    assert all(script.id == name for name, script in SCRIPTS.items())


LANGUAGES = ("en", "pl", "de")


def test_every_text_of_each_stands_in_every_language() -> None:
    for name, script in SCRIPTS.items():
        assert script.languages == LANGUAGES
        found = [("title", script.title), ("about", script.about), *(t for step in script.steps for t in texts(step))]
        for place, words in found:
            if isinstance(words, str):  # the same in every language
                assert words in UNITS, (name, place)
            else:
                assert tuple(words) == LANGUAGES, (name, place)
                assert all(words.values()), (name, place)


UNITS = ("", "kWh", "MWh", "h")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_it_and_files_say_the_same_again(name: str) -> None:
    script = SCRIPTS[name]
    others = {other: each for other, each in SCRIPTS.items() if other != name}
    assert checks.check(script, others, SANDBOX) == ()
    assert files.read(files.written(script)) == script
    assert msgspec.convert(seed_scripts.shipped()[name], model.Script) == script, "both readers mean the same"


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_way_can_be_left_and_taken_up_again(name: str, data: st.DataObject) -> None:
    """Left after each move, written down, read again: the same place, answers and picture; nothing raw on the way."""
    on = Ground(PLANS[name], Facts(names=CALLER, region="PL", today=date(2026, 11, 22)), SANDBOX)
    run = runner.begin(on, UUID(int=1), data.draw(st.sampled_from(SCRIPTS[name].languages)))
    for _ in range(data.draw(st.integers(1, 25))):
        run = ways_through(on, run, data)
        again = runner.decode(runner.encode(run))
        assert again == run
        assert runner.settled(on, again) is again
        view = Page(on, again).view()
        assert view == Page(on, run).view()
        assert view.say_error == ""
        assert not on.troubles
        if run.finished:
            break


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_valid_script_can_be_left_and_taken_up_again(data: st.DataObject) -> None:
    """Made-up scripts: any types of questions, any ways between the steps, conditions on what was answered."""
    count = data.draw(st.integers(1, 6))
    ids = [f"s{at}" for at in range(count)]
    steps: list[dict[str, Any]] = []
    for name in ids:
        ask = data.draw(st.sampled_from(QUESTIONS))
        step: dict[str, Any] = {"id": name, "say": f"At {{{{ {name} }}}}", "ask": ask}
        if data.draw(st.booleans()):
            wanted = data.draw(st.sampled_from(ids))
            way = {"to": wanted, "when": f"{data.draw(st.sampled_from(ids))} is none"}
            step["next"] = [way, {"to": data.draw(st.sampled_from(ids))}]
        elif data.draw(st.booleans()):
            step["next"] = data.draw(st.sampled_from(ids))
        steps.append(step)
    script = msgspec.convert({"id": "any", "title": "Any", "steps": steps}, model.Script)
    on = Ground(Plan(model.Program(script=script)), Facts(names=CALLER, today=date(2026, 11, 22)), SANDBOX)
    run = runner.begin(on, UUID(int=1), "en")
    for _ in range(12):
        before = dict(run.answers)
        run = ways_through(on, run, data)
        assert len({*before} - {*run.answers}) <= 1, "at most the one that was taken back"
        again = runner.decode(runner.encode(run))
        assert Page(on, again).view() == Page(on, run).view()
        assert runner.settled(on, again) == run
        if run.finished:
            break


QUESTIONS = (
    {"type": "choice", "options": [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]},
    {"type": "yes_no"},
    {"type": "text", "max_length": 40},
    {"type": "number", "minimum": -5},
    {"type": "date"},
    {"type": "money", "required": True},
    {"type": "phone"},
    {"type": "email"},
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("id: [", "line 1"),
        ("a: &x 1\nb: *x", "anchors"),
        ("id: a\ntitle: A\nsteps: [{id: b, sey: x}]", "Step “b”: Object contains unknown field `sey`"),
        ("id: A B\ntitle: A\nsteps: [{id: b}]", "regex"),
        ("!!python/object/apply:os.system ['id']", "tags (!)"),
        *((f"id: a\ntitle: !!{tag}\nsteps: [{{id: b}}]", "tags (!)") for tag in ("int ''", "bool x", "timestamp x")),
        ("%TAG ! tag:yaml.org,2002:\n---\nid: !bool x", "tags (!)"),
        ("!!merge <<: {id: a}\ntitle: A\nsteps: [{id: b}]", "tags (!)"),
        ("id: a\nid: b\ntitle: A\nsteps: [{id: b}]", "line 2: “id” stands twice"),
        *((f'id: a\ntitle: "{sign}"\nsteps: [{{id: b}}]', "cannot be seen") for sign in (r"\ud800", r"\0", r"\e[2J")),
        ("just words", "Expected `object`"),
        ("[" * 3000, "too deeply nested"),
    ],
)
def test_files_that_are_no_scripts(text: str, why: str) -> None:
    with pytest.raises(files.FileWrong, match=r".*") as wrong:
        files.read(text)
    assert why in str(wrong.value)


@pytest.mark.parametrize("title", ["1" + ":1" * 500, "1:30", "010", "0x1F", "1_000", "9" * 5_000, ".inf", "=", "1e3"])
def test_what_is_no_plain_number_is_text(title: str) -> None:
    assert files.read(f"id: a\ntitle: {title}\nsteps: [{{id: b}}]").title == title


def test_what_yaml_would_guess_stays_a_word() -> None:
    options = [{"value": "no", "label": "No"}, {"value": "2026-11-22", "label": "on"}]
    text = "id: a\ntitle: Yes\nsteps:\n- id: b\n  ask: {type: choice, options: [{value: no, label: No}, "
    script = files.read(text + "{value: 2026-11-22, label: on}]}\n")
    assert isinstance(script.steps[0].ask, model.ChoiceQuestion)
    assert msgspec.to_builtins(script.steps[0].ask.options) == tuple(options)
    assert files.read(files.written(script)) == script
