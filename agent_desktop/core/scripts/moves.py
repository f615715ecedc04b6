"""One move of a run and what is seen after it: what the child does, and the desk itself when the child cannot."""

from uuid import UUID

import msgspec

from agent_desktop.core.scripts import runner
from agent_desktop.core.scripts.answers import NotTaken
from agent_desktop.core.scripts.model import Words, said
from agent_desktop.core.scripts.orders import Kind, Move
from agent_desktop.core.scripts.page import Page
from agent_desktop.core.scripts.runner import Evaluator, Ground, Plan, Run, Trouble
from agent_desktop.core.scripts.unevaluated import Unevaluated
from agent_desktop.core.scripts.views import StepView

TOO_SLOW = "it took too long to work out"


def move(plan: Plan, evaluator: Evaluator, asked: Move) -> tuple[Run, StepView]:
    """The run after a move, and its view; where the move was not taken, the run before and why."""
    ground = Ground(plan, asked.facts, evaluator)
    run, trouble, typed = asked.run, "", ""
    try:
        if run is None or asked.kind is Kind.BEGIN:
            assert asked.run_id is not None
            run = runner.begin(ground, asked.run_id, asked.language)
        else:
            run = runner.settled(ground, run)
            if asked.kind is Kind.ANSWER_AND_GO:  # an answer stays when no way leads on
                run = runner.answer(ground, run, asked.text)
                run = runner.go_on(ground, run)
            else:
                run = _moved(ground, run, asked)
    except NotTaken as refused:
        trouble = refused.trouble
        typed = asked.text if asked.kind in (Kind.ANSWER, Kind.ANSWER_AND_GO) else ""
        run = run if run is not None else _nowhere(plan, asked.run_id, asked.language)
    shown = Ground(plan, asked.facts, Unevaluated(TOO_SLOW), ground.troubles) if asked.plain else ground
    return run, Page(shown, run, trouble, typed).view()


def prepare(ground: Ground, run: Run, action: str) -> tuple[dict[str, str], list[str]]:
    """The texts of an action ("place#1") worked out, by field; with what could not be."""
    place, _, at = action.rpartition("#")
    step, script = ground.plan.step(place), ground.plan.script_at(place)
    made: dict[str, str] = {}
    troubles: list[str] = []
    if step is None or script is None or not at.isdecimal() or not 1 <= int(at) <= len(step.actions):
        return made, ["this step has no such action"]
    known = runner.names(ground, run, place)
    for field in ("subject", "body", "note", "url"):
        words: Words = getattr(step.actions[int(at) - 1], field, "")
        template = said(words, run.language, script.languages[0])
        try:
            work_out = ground.evaluator.address if field == "url" else ground.evaluator.text
            made[field] = work_out(template, known)
        except Trouble as error:
            made[field] = template
            troubles.append(str(error))
    return made, troubles


def _moved(ground: Ground, run: Run, asked: Move) -> Run:
    match asked.kind:
        case Kind.ANSWER:
            return runner.answer(ground, run, asked.text)
        case Kind.GO_ON:
            return runner.go_on(ground, run)
        case Kind.GO_TO:
            return runner.go_to(ground, run, asked.text)
        case Kind.BACK:
            return runner.back(run)
        case Kind.JUMP:
            return runner.jump(run, asked.text)
        case Kind.DONE:
            return runner.mark_done(run, asked.text)
        case Kind.LANGUAGE:
            return msgspec.structs.replace(run, language=asked.text)
        case _:
            return run


def _nowhere(plan: Plan, run_id: UUID | None, language: str) -> Run:
    """A run of a script that cannot even be begun."""
    assert run_id is not None
    program = plan.program
    return Run(run_id=run_id, script_id=program.script.id, version=program.version, language=language, finished=True)
