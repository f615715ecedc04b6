"""The road ahead of a place: what is likely to come, and how many steps it will about be."""

from agent_desktop.core.scripts.model import ChoiceQuestion, Step, YesNoQuestion, leads_to, said
from agent_desktop.core.scripts.runner import Plan, Run, scope

FAR = 100  # places looked ahead; beyond, the count is that of what was seen


def ahead(plan: Plan, run: Run) -> tuple[str, ...]:
    """The places that follow where a run stands, by kept answers, else by the way that needs no condition."""
    places: list[str] = []
    seen = {run.place}
    place = _after(plan, run, run.place)
    while place and place not in seen and len(seen) < FAR:
        seen.add(place)
        step = plan.step(place)
        if step is None:
            break
        inside = plan.inside(place)
        if inside:
            place = inside
            continue
        if not step.silent:
            places.append(place)
        place = _after(plan, run, place)
    return tuple(places)


def title(plan: Plan, place: str, language: str) -> str:
    """What a place is called; a step without a title by the first line that it says, else by its id."""
    step, script = plan.step(place), plan.script_at(place)
    if step is None or script is None:
        return place
    for words in (step.title, step.say):
        text = said(words, language, script.languages[0]).strip()
        if text:
            return text.splitlines()[0][:80]
    return step.id


def _after(plan: Plan, run: Run, place: str) -> str:
    step = plan.step(place)
    if step is None:
        return ""
    outer = place.rpartition("/")[0]
    target = _likely(step, run.answers.get(scope(place) + step.answer_name) if step.ask is not None else None)
    if target:
        return f"{outer}/{target}" if outer else target
    return _after(plan, run, outer) if outer else ""


def _likely(step: Step, value: object) -> str:
    if isinstance(step.ask, ChoiceQuestion) and value is not None:
        chosen = next((option.to for option in step.ask.options if option.value == value), "")
        if chosen:
            return chosen
    if isinstance(step.ask, YesNoQuestion) and value is not None and (step.ask.yes_to if value else step.ask.no_to):
        return step.ask.yes_to if value else step.ask.no_to
    free = next((branch.to for branch in step.branches if not branch.when), "")
    ways = leads_to(step)
    return free or (ways[0] if ways else "")
