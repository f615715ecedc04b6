"""Changes that an author makes to a script, each of which makes another script of it; and what differs."""

from difflib import unified_diff

from msgspec.structs import replace

from agent_desktop.core.scripts import files
from agent_desktop.core.scripts.model import Branch, ChoiceQuestion, Question, Script, Step, Words, YesNoQuestion


def index_of(script: Script, step_id: str) -> int:
    """The place of a step in the list; -1 if there is none of that name."""
    return next((at for at, step in enumerate(script.steps) if step.id == step_id), -1)


def step_of(script: Script, step_id: str) -> Step | None:
    at = index_of(script, step_id)
    return script.steps[at] if at >= 0 else None


def free_name(script: Script, wish: str = "step") -> str:
    """A name that no step has, like the one wished for."""
    taken = {step.id for step in script.steps}
    base = wish.rstrip("0123456789").rstrip("_") or "step"
    number = 2 if base in taken else 0
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"[:48] if number else base


def put_step(script: Script, step_id: str, step: Step) -> Script:
    """``step`` in the place of the one named ``step_id``; one with another name is followed by all that led there."""
    at = index_of(script, step_id)
    if at < 0:
        return script
    if step.id != step_id:
        step = _keep_answer_name(step, step_id)
    steps = (*script.steps[:at], step, *script.steps[at + 1 :])
    if step.id == step_id or any(other.id == step.id for other in script.steps):
        return replace(script, steps=steps)
    start = step.id if script.start == step_id else script.start
    return replace(script, steps=tuple(_led(each, step_id, step.id) for each in steps), start=start)


def add_step(script: Script, after: str, step: Step | None = None) -> tuple[Script, str]:
    """The script with one more step behind ``after`` (at the end without it), and the new one's name."""
    name = free_name(script, step.id if step is not None else "step")
    made = replace(step, id=name) if step is not None else Step(id=name, say="…")
    at = index_of(script, after) + 1 or len(script.steps)
    return replace(script, steps=(*script.steps[:at], made, *script.steps[at:])), name


def remove_step(script: Script, step_id: str) -> Script:
    """Without a step; what led there still names it, which the checks tell. The last one stays."""
    if len(script.steps) < 2:
        return script
    return replace(script, steps=tuple(step for step in script.steps if step.id != step_id))


def move_step(script: Script, step_id: str, by: int) -> Script:
    """A step further down the list, or up; the first step stays the first that is said."""
    at = index_of(script, step_id)
    if at < 0 or not 0 <= at + by < len(script.steps):
        return script
    steps = list(script.steps)
    steps.insert(at + by, steps.pop(at))
    return replace(script, steps=tuple(steps), start=script.first)


def words_in(words: Words, language: str, languages: tuple[str, ...]) -> str:
    """A text in exactly this language; one for all languages is the first one's."""
    if isinstance(words, str):
        return words if language == languages[0] else ""
    return words.get(language, "")


def put_words(words: Words, language: str, languages: tuple[str, ...], text: str) -> Words:
    """``words`` with ``text`` in one language."""
    known = {languages[0]: words} if isinstance(words, str) else dict(words)
    known[language] = text
    kept = {each: known[each] for each in known if known[each]}
    if not kept:
        return ""
    return kept[languages[0]] if list(kept) == [languages[0]] else kept


def difference(before: Script | None, after: Script) -> tuple[str, ...]:
    """What differs between two versions, a line each as ``diff -u`` writes it."""
    old = files.written(before).splitlines() if before is not None else []
    new = files.written(after).splitlines()
    return tuple(line for line in unified_diff(old, new, lineterm="", n=2) if not line.startswith(("---", "+++")))


def _keep_answer_name(step: Step, before: str) -> Step:
    """Formulas name the answer as the step was called."""
    if step.ask is None or step.ask.name:
        return step
    ask: Question = replace(step.ask, name=before)
    return replace(step, ask=ask)


def _led(step: Step, before: str, after: str) -> Step:
    """A step with all its ways to ``before`` leading to ``after``."""
    ask = step.ask
    if isinstance(ask, ChoiceQuestion):
        options = tuple(replace(each, to=after) if each.to == before else each for each in ask.options)
        ask = replace(ask, options=options)
    elif isinstance(ask, YesNoQuestion):
        ask = replace(ask, yes_to=after if ask.yes_to == before else ask.yes_to,
                      no_to=after if ask.no_to == before else ask.no_to)  # fmt: skip
    way: tuple[Branch, ...] | str = step.next
    if isinstance(way, str):
        way = after if way == before else way
    else:
        way = tuple(replace(each, to=after) if each.to == before else each for each in way)
    return replace(step, ask=ask, next=way)
