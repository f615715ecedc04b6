"""Walking through a script: a run is a value, and each move makes another one of it. Pure: no Qt, no clock, no files.

A place names a step: "reason", or "verify/birth" for the step ``birth`` of the script that the step ``verify`` runs.
The answers of a script that is run within another one are called as the step that runs it: "verify.birth".
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Protocol
from uuid import UUID

import msgspec

from agent_desktop.core.scripts import answers
from agent_desktop.core.scripts.answers import NotTaken
from agent_desktop.core.scripts.model import (
    MAX_DEPTH,
    ChoiceQuestion,
    Program,
    Question,
    Script,
    Step,
    TextQuestion,
    Value,
    YesNoQuestion,
    leads_to,
)

MAX_SILENT = 200  # steps in a row that show nothing, before it is a circle
MAX_PATH = 2_000
MAX_FORMULAS = 1_000  # what formulas have come to, of one run; it goes along with every answer
MAX_COMPUTED = 200_000  # characters of all of it


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """How far somebody got. ``path`` are the places that were shown, the last is where it stands."""

    run_id: UUID
    script_id: str
    version: int
    language: str = "en"
    path: tuple[str, ...] = ()
    answers: dict[str, Value] = {}  # by name; kept also when the path no longer leads over their step
    computed: dict[str, Value] = {}
    done: tuple[str, ...] = ()  # actions, "place#1"
    finished: bool = False

    @property
    def place(self) -> str:
        return self.path[-1] if self.path else ""


def encode(run: Run) -> bytes:
    return msgspec.json.encode(run)


def decode(body: bytes) -> Run:
    """Raises msgspec.ValidationError for what is no run."""
    return msgspec.json.decode(body, type=Run)


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the call, for templates: names of plain texts and numbers, at most one below the other."""

    names: dict[str, Any] = {}
    region: str = "PL"
    today: date = date(2000, 1, 1)


class Trouble(Exception):
    """A template or condition cannot be worked out; the text says why."""


class Evaluator(Protocol):
    """Works out templates. Raises Trouble."""

    def text(self, template: str, names: dict[str, Any]) -> str: ...

    def address(self, template: str, names: dict[str, Any]) -> str: ...

    def holds(self, expression: str, names: dict[str, Any]) -> bool: ...

    def value(self, expression: str, names: dict[str, Any]) -> Value: ...

    def matches(self, pattern: str, text: str) -> bool: ...


class Plan:
    """A program made ready: its steps by place, its names by scope. What was looked up once is kept."""

    def __init__(self, program: Program):
        self.program = program
        self._found: dict[str, Step | None] = {}
        self._named: dict[str, tuple[dict[str, Question | None], dict[str, Any]]] = {}
        scripts = (program.script, *program.parts.values())
        self._steps = {script.id: {step.id: step for step in script.steps} for script in scripts}
        self._scripts = {script.id: script for script in scripts}

    def script_at(self, place: str) -> Script | None:
        """The script that a place belongs to; None where there is none."""
        script: Script | None = self.program.script
        for caller in place.split("/")[:-1]:
            step = self._steps[script.id].get(caller) if script is not None else None
            script = self._scripts.get(step.script) if step is not None else None
        return script

    def step(self, place: str) -> Step | None:
        if place not in self._found:
            script = self.script_at(place)
            found = self._steps[script.id].get(place.rpartition("/")[2]) if script is not None else None
            if script is None or found is None:
                return None  # not kept: there is no end to the places that a program does not have
            self._found[place] = found
        return self._found[place]

    def inside(self, place: str) -> str:
        """The first place of the script that the step at ``place`` runs; empty where it runs none that is there."""
        step = self.step(place)
        part = self._scripts.get(step.script) if step is not None and step.script else None
        return f"{place}/{part.first}" if part is not None and place.count("/") < MAX_DEPTH else ""

    def names_at(self, place: str) -> tuple[dict[str, Question | None], dict[str, Any]]:
        """The names of a place's script, those of scripts within it as "verify.birth", with their questions (None for
        a formula's); and the same as templates see them before anything was answered."""
        own = scope(place)
        if own not in self._named:
            script = self.script_at(place)
            asked = dict(self._questions(script)) if script is not None else {}
            blank: dict[str, Any] = {}
            for name in asked:
                into, last = _inner(blank, name)
                into.setdefault(last, None)
            self._named[own] = asked, blank
        return self._named[own]

    def _questions(self, script: Script, above: str = "") -> Iterator[tuple[str, Question | None]]:
        for step in script.steps:
            if step.ask is not None:
                yield above + step.answer_name, step.ask
            yield from ((above + name, None) for name in step.compute)
            part = self._scripts.get(step.script) if step.script else None
            if part is not None and above.count(".") < MAX_DEPTH:
                yield from self._questions(part, f"{above}{step.id}.")


class Ground(msgspec.Struct, frozen=True):
    """What a move stands on."""

    plan: Plan
    facts: Facts
    evaluator: Evaluator
    troubles: list[str] = msgspec.field(default_factory=list)  # conditions and formulas that could not be worked out


def scope(place: str) -> str:
    """What the names of a place's script begin with: "verify." for "verify/birth"."""
    return "".join(f"{caller}." for caller in place.split("/")[:-1])


def names(ground: Ground, run: Run, place: str) -> dict[str, Any]:
    """Everything that templates at a place can name; what was not answered yet is None."""
    own = scope(place)
    asked, blank = ground.plan.names_at(place)
    known = {name: _copied(each) if isinstance(each, dict) else each for name, each in blank.items()}
    for name, value in (*run.computed.items(), *run.answers.items()):
        inner = name.removeprefix(own)
        if inner in asked and name.startswith(own):
            question = asked[inner]
            into, last = _inner(known, inner)
            into[last] = value if question is None else answers.for_templates(question, value)
    return known | ground.facts.names | {"today": ground.facts.today}


def _inner(into: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    """The dictionary in which "verify.birth" stands, made where it is not there yet, and "birth"."""
    *outer, last = name.split(".")
    for each in outer:
        inner = into.get(each)
        if not isinstance(inner, dict):
            inner = into[each] = {}
        into = inner
    return into, last


def _copied(names: dict[str, Any]) -> dict[str, Any]:
    return {name: _copied(each) if isinstance(each, dict) else each for name, each in names.items()}


# ------------------------------------------------------------------- moves


def begin(ground: Ground, run_id: UUID, language: str) -> Run:
    """A new run that stands at the first step which shows something."""
    program = ground.plan.program
    run = Run(run_id=run_id, script_id=program.script.id, version=program.version, language=language)
    return _arrive(ground, run, program.script.first)


def answer(ground: Ground, run: Run, typed: str) -> Run:
    """The answer to the question where it stands; the others stay. Raises NotTaken."""
    step = ground.plan.step(run.place)
    if step is None or step.ask is None:
        return run
    value = answers.read(step.ask, typed, ground.facts.region, ground.facts.today)
    if isinstance(step.ask, TextQuestion) and step.ask.pattern and value is not None:
        _match(ground, step.ask.pattern, str(value))
    kept = {**run.answers, scope(run.place) + step.answer_name: value}
    return msgspec.structs.replace(run, answers={name: each for name, each in kept.items() if each is not None})


def go_on(ground: Ground, run: Run) -> Run:
    """On to the next step, or to the end. Raises NotTaken (a required answer is missing, no way leads on)."""
    step = ground.plan.step(run.place)
    if step is None or run.finished:
        return run
    if step.ask is not None and step.ask.required and scope(run.place) + step.answer_name not in run.answers:
        raise NotTaken("required")
    return _leave(ground, run, run.place, step, 0)


def go_to(ground: Ground, run: Run, step_id: str) -> Run:
    """On to a step that can follow this one, chosen by hand. Raises NotTaken."""
    step = ground.plan.step(run.place)
    if step is None or step_id not in leads_to(step):
        raise NotTaken("no_way")
    return _arrive(ground, run, _beside(run.place, step_id))


def back(run: Run) -> Run:
    """To the step before; from the end to the last one. Answers stay."""
    if run.finished:
        return msgspec.structs.replace(run, finished=False)
    return msgspec.structs.replace(run, path=run.path[:-1]) if len(run.path) > 1 else run


def jump(run: Run, place: str) -> Run:
    """Back to a place that was passed; answers stay."""
    if place not in run.path:
        return run
    return msgspec.structs.replace(run, path=run.path[: run.path.index(place) + 1], finished=False)


def mark_done(run: Run, action: str) -> Run:
    return run if action in run.done else msgspec.structs.replace(run, done=(*run.done, action))


def settled(ground: Ground, run: Run) -> Run:
    """A run that was kept, as its program has it: places that there are not any more are left out."""
    path = tuple(place for place in run.path if ground.plan.step(place) is not None)
    if not path:
        fresh = begin(ground, run.run_id, run.language)
        return msgspec.structs.replace(fresh, answers=run.answers, computed=run.computed, done=run.done)
    return run if path == run.path else msgspec.structs.replace(run, path=path, finished=False)


def _match(ground: Ground, pattern: str, text: str) -> None:
    """Other people's patterns may take for ever, so they are matched where that does no harm. Raises NotTaken."""
    try:
        matches = ground.evaluator.matches(pattern, text)
    except Trouble as error:
        ground.troubles.append(f"{pattern}: {error}")
        return
    if not matches:
        raise NotTaken("not_as_wanted")


def _beside(place: str, step_id: str) -> str:
    outer, _, _ = place.rpartition("/")
    return f"{outer}/{step_id}" if outer else step_id


def _arrive(ground: Ground, run: Run, place: str, hops: int = 0) -> Run:
    """Stand at a place, or where it leads when it shows nothing."""
    step = ground.plan.step(place)
    if step is None:
        raise NotTaken("no_such_step", place)
    if hops > MAX_SILENT or len(run.path) >= MAX_PATH:
        raise NotTaken("circle", place)
    within = ground.plan.inside(place)
    if within:
        return _arrive(ground, run, within, hops + 1)
    if step.silent:
        return _leave(ground, run, place, step, hops + 1)
    if place in run.path:
        return jump(run, place)
    return msgspec.structs.replace(run, path=(*run.path, place))


def _leave(ground: Ground, run: Run, place: str, step: Step, hops: int) -> Run:
    run = _compute(ground, run, place, step)
    target = _way(ground, run, place, step)
    if target:
        return _arrive(ground, run, _beside(place, target), hops)
    caller = place.rpartition("/")[0]
    outer = ground.plan.step(caller) if caller else None
    if outer is not None:
        return _leave(ground, run, caller, outer, hops + 1)
    return msgspec.structs.replace(run, finished=True)


def _way(ground: Ground, run: Run, place: str, step: Step) -> str:
    """The step to go on with; empty at an end. Raises NotTaken where no branch holds."""
    value = run.answers.get(scope(place) + step.answer_name) if step.ask is not None else None
    chosen = ""
    if isinstance(step.ask, ChoiceQuestion):
        chosen = next((option.to for option in step.ask.options if option.value == value), "")
    elif isinstance(step.ask, YesNoQuestion) and value is not None:
        chosen = step.ask.yes_to if value else step.ask.no_to
    if chosen or not step.branches:
        return chosen
    known: dict[str, Any] | None = None
    for branch in step.branches:
        if not branch.when:
            return branch.to
        known = known if known is not None else names(ground, run, place)
        try:
            if ground.evaluator.holds(branch.when, known):
                return branch.to
        except Trouble as error:
            ground.troubles.append(f"{branch.when}: {error}")
    if step.silent:
        return step.branches[-1].to  # nobody can be asked at a step that is not shown
    raise NotTaken("no_way")


def _compute(ground: Ground, run: Run, place: str, step: Step) -> Run:
    if not step.compute:
        return run
    known, computed = names(ground, run, place), dict(run.computed)
    room = MAX_COMPUTED - sum(len(str(value)) for value in computed.values())
    for name, formula in step.compute.items():
        try:
            value = ground.evaluator.value(formula, known)
            room -= len(str(value))
            if room < 0 or len(computed) >= MAX_FORMULAS:
                raise Trouble("more than the formulas of one script may come to")
        except Trouble as error:
            ground.troubles.append(f"{name}: {error}")
            value = None
        if len(computed) < MAX_FORMULAS:
            known[name] = computed[scope(place) + name] = value
    return msgspec.structs.replace(run, computed=computed)
