"""A script walked through: ways, kept answers, scripts within scripts, circles."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest

from agent_desktop.core.scripts import model, runner
from agent_desktop.core.scripts.answers import NotTaken
from agent_desktop.core.scripts.page import Page
from agent_desktop.core.scripts.runner import Facts, Ground, Plan, Run, Trouble

RUN = UUID(int=7)


class Names:
    """Works out "{{ name }}", "name == value" and names, nothing else."""

    def text(self, template: str, names: dict[str, Any]) -> str:
        before, _, rest = template.partition("{{")
        name, _, after = rest.partition("}}")
        return f"{before}{self.value(name.strip(), names)}{after}" if rest else template

    def address(self, template: str, names: dict[str, Any]) -> str:
        return self.text(template, names)

    def holds(self, expression: str, names: dict[str, Any]) -> bool:
        name, _, wanted = expression.partition(" == ")
        return str(self.value(name, names)) == wanted

    def value(self, expression: str, names: dict[str, Any]) -> model.Value:
        value: Any = names
        for part in expression.split("."):
            if part not in value:
                raise Trouble(f"'{part}' is undefined")
            value = value[part]
        return value

    def matches(self, pattern: str, text: str) -> bool:
        return pattern == text


def ground(*steps: dict[str, Any], parts: tuple[dict[str, Any], ...] = (), **names: Any) -> Ground:
    script = msgspec.convert({"id": "main", "title": "Main", "steps": list(steps)}, model.Script)
    others = {part["id"]: msgspec.convert({"title": "Part", **part}, model.Script) for part in parts}
    plan = Plan(model.Program(script=script, version=3, parts=others))
    return Ground(plan, Facts(names=names, today=date(2026, 11, 22)), Names())


def step(name: str, next: Any = "", **more: Any) -> dict[str, Any]:
    return {"id": name, "say": f"This is {name}", **({"next": next} if next else {}), **more}


def choice(*options: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"type": "choice", "options": [{"value": v, "label": v.title(), "to": to} for v, to in options], **more}


def walk(on: Ground, *typed: str) -> Run:
    run = runner.begin(on, RUN, "en")
    for text in typed:
        run = runner.go_on(on, runner.answer(on, run, text) if text else run)
    return run


def test_answers_lead_on_and_stay_when_going_back_or_another_way() -> None:
    on = ground(
        step("reason", ask=choice(("bill", "amount"), ("move", "where"), required=True)),
        step("amount", "end", ask={"type": "money", "currency": "PLN"}),
        step("where", "end", ask={"type": "text"}),
        step("end"),
    )
    run = runner.begin(on, RUN, "en")
    with pytest.raises(NotTaken, match="required"):
        runner.go_on(on, run)
    with pytest.raises(NotTaken, match="not_offered"):
        runner.answer(on, run, "nonsense")
    run = walk(on, "bill", "412,60")
    assert run.path == ("reason", "amount", "end")
    assert run.answers == {"reason": "bill", "amount": "412.60"}
    run = runner.go_on(on, run)
    assert run.finished
    assert not runner.back(run).finished
    run = runner.jump(run, "reason")
    assert (run.place, run.finished) == ("reason", False)
    run = runner.go_on(on, runner.answer(on, run, "move"))
    assert run.path == ("reason", "where")
    assert run.answers == {"reason": "move", "amount": "412.60"}
    run = runner.go_on(on, runner.answer(on, runner.back(run), "bill"))
    assert Page(on, run).view().question.value == "412.60"  # type: ignore[union-attr]


def test_a_way_back_in_the_script_shortens_the_path_and_keeps_the_answers() -> None:
    on = ground(
        step("restart", "works"),
        step("works", ask={"type": "yes_no", "yes_to": "end", "no_to": "restart"}),
        step("end"),
    )
    run = walk(on, "", "no")
    assert run.path == ("restart",)
    assert run.answers == {"works": False}


def test_conditions_are_asked_in_order_and_silent_steps_are_passed() -> None:
    on = ground(
        step("a", "sort", ask={"type": "text"}),
        {
            "id": "sort",
            "compute": {"kind": "a"},
            "next": [
                {"to": "gold", "when": "kind == gold"},
                {"to": "vip", "when": "customer.level == vip"},
                {"to": "z"},
            ],
        },
        step("gold"),
        step("vip"),
        step("z"),
        customer={"level": "vip"},
    )
    assert walk(on, "gold").path == ("a", "gold")
    run = walk(on, "tin")
    assert run.path == ("a", "vip")
    assert run.computed == {"kind": "tin"}


def test_formulas_that_come_to_too_much_are_left_out() -> None:
    many = {"id": "many", "compute": {f"f{at}": "long" for at in range(1_200)}, "next": "end"}
    on = ground(step("a", "many"), many, step("end"), long="x" * 4_000)
    run = walk(on, "")
    assert run.path == ("a", "end")
    assert [len(str(run.computed[name])) for name in ("f0", "f49", "f50")] == [4_000, 4_000, 4]
    assert len(run.computed) == runner.MAX_FORMULAS
    assert "more than the formulas" in on.troubles[0]


def test_a_condition_that_cannot_be_worked_out_lets_the_agent_choose() -> None:
    on = ground(
        step("a", [{"to": "b", "when": "nobody.knows == 1"}, {"to": "c", "when": "a == 1"}], ask={"type": "number"}),
        step("b"),
        step("c"),
    )
    run = runner.answer(on, runner.begin(on, RUN, "en"), "2")
    with pytest.raises(NotTaken) as refused:
        runner.go_on(on, run)
    view = Page(on, run, refused.value.trouble).view()
    assert view.error == "no_way"
    assert [way.place for way in view.ways] == ["b", "c"]
    assert "undefined" in view.say_error
    assert runner.go_to(on, run, "c").path == ("a", "c")
    with pytest.raises(NotTaken):
        runner.go_to(on, run, "a")


def test_a_script_runs_in_a_script_with_names_of_its_own() -> None:
    check = {
        "id": "check",
        "steps": [step("birth", "sure", ask={"type": "date"}), step("sure", ask={"type": "yes_no"})],
    }
    on = ground(
        step("hello", "verify"),
        {"id": "verify", "script": "check", "next": [{"to": "bad", "when": "verify.sure == False"}, {"to": "good"}]},
        step("good", say="Born {{ verify.birth }}"),
        step("bad"),
        parts=(check,),
    )
    run = walk(on, "", "4.5.1980", "yes")
    assert run.path == ("hello", "verify/birth", "verify/sure", "good")
    assert run.answers == {"verify.birth": "1980-05-04", "verify.sure": True}
    view = Page(on, run).view()
    assert view.say == "Born 1980-05-04"
    assert [place.answer for place in view.behind] == ["", "1980-05-04", "yes"]
    assert walk(on, "", "", "no").place == "bad"
    start = Page(on, walk(on)).view()
    assert (start.number, start.about) == (1, 4)
    assert start.next == ("This is birth", "This is sure", "Born {{ verify.birth }}")


def test_circles_without_anything_to_show_are_found() -> None:
    on = ground(step("a", "b"), {"id": "b", "next": "c"}, {"id": "c", "next": "b"})
    with pytest.raises(NotTaken, match="circle"):
        runner.go_on(on, runner.begin(on, RUN, "en"))
    itself = {"id": "check", "steps": [{"id": "more", "script": "check"}]}
    inside = ground(step("a", "v"), {"id": "v", "script": "check"}, parts=(itself,))
    assert runner.go_on(inside, runner.begin(inside, RUN, "en")).finished


def test_a_text_that_cannot_be_worked_out_is_shown_as_it_is_written() -> None:
    view = Page(*_begun(ground(step("a", say="Dear {{ nobody }}")))).view()
    assert view.say == "Dear {{ nobody }}"
    assert "undefined" in view.say_error


def test_no_more_is_shown_than_can_be_painted_at_once() -> None:
    big = {"say": "w\n" * 30_000, "hint": "x" * 60_000, "knowledge": [{"article": "a", "label": "l" * 999}] * 500}
    on = ground(
        step("long", "big", ask={"type": "text", "max_length": 4_000}),
        step("big", ask=choice(*(("o" * 70 + str(n), "") for n in range(30)), label="x" * 60_000), **big),
    )
    options = [{"value": str(n), "label": "x" * 60_000} for n in range(30)]
    view = Page(on, walk(on, "a" * 4_000)).view()
    assert (view.say.count("\n"), len(view.hint), len(view.links)) == (99, 1_002, 12)
    assert view.say_error == "only the beginning is shown"
    assert len(view.behind[0].answer) == len(view.links[0].label) == 162
    assert view.question is not None
    assert len(view.question.label) == 162
    wide = ground(step("wide", ask={"type": "choice", "options": options}))
    question = Page(*_begun(wide)).view().question
    assert question is not None
    assert {len(each.label) for each in question.choices} == {82}


def test_a_run_that_was_kept_comes_back_as_it_was_and_loses_only_steps_that_are_gone() -> None:
    on = ground(step("a", "b", ask={"type": "text"}), step("b", "c"), step("c"))
    run = runner.mark_done(walk(on, "yes", ""), "b#1")
    again = runner.decode(runner.encode(run))
    assert again == run
    assert runner.settled(on, again) is again
    shorter = ground(step("a", "c", ask={"type": "text"}), step("c"))
    assert runner.settled(shorter, again).path == ("a", "c")
    other = ground(step("x", ask={"type": "text"}))
    assert runner.settled(other, again).path == ("x",)
    assert runner.settled(other, again).answers == {"a": "yes"}


def _begun(on: Ground) -> tuple[Ground, Run]:
    return on, runner.begin(on, RUN, "en")
