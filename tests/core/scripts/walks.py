"""One move through a script as some agent might make it, drawn by Hypothesis."""

from datetime import timedelta

from hypothesis import strategies as st

from agent_desktop.core.scripts import runner
from agent_desktop.core.scripts.answers import NotTaken
from agent_desktop.core.scripts.model import (
    ChoiceQuestion,
    DateQuestion,
    EmailQuestion,
    MoneyQuestion,
    NumberQuestion,
    PhoneQuestion,
    Question,
    TextQuestion,
    YesNoQuestion,
)
from agent_desktop.core.scripts.runner import Ground, Run


def ways_through(on: Ground, run: Run, data: st.DataObject) -> Run:
    """The run after a move; what is not taken changes nothing."""
    step = on.plan.step(run.place)
    assert step is not None
    move = data.draw(st.sampled_from(("on", "on", "on", "on", "back", "jump", "answer")))
    try:
        if move == "back":
            return runner.back(run)
        if move == "jump":
            return runner.jump(run, data.draw(st.sampled_from(run.path)))
        if step.ask is not None:
            run = runner.answer(on, run, data.draw(typed(step.ask, on)))
        return run if move == "answer" else runner.go_on(on, run)
    except NotTaken as refused:
        if refused.trouble.startswith(("no_way", "no_such_step", "circle")):
            raise
        return run


def typed(ask: Question, on: Ground) -> st.SearchStrategy[str]:
    """What somebody types to a question: mostly an answer, sometimes nothing, sometimes nonsense."""
    today = on.facts.today
    days = st.integers(-40, 90).map(lambda count: (today + timedelta(days=count)).isoformat())
    match ask:
        case ChoiceQuestion():
            right = st.sampled_from([option.value for option in ask.options])
        case YesNoQuestion():
            right = st.sampled_from(("yes", "no"))
        case NumberQuestion():
            low = int(ask.minimum) if ask.minimum is not None else -50
            right = st.integers(low, min(low + 3_000, int(ask.maximum or 10_000))).map(str)
        case MoneyQuestion():
            right = st.decimals(1, 90_000, places=2).map(str)
        case DateQuestion():
            right = days
        case PhoneQuestion():
            right = st.sampled_from(("601 442 190", "+49 30 901820"))
        case EmailQuestion():
            right = st.just("marta@example.org")
        case TextQuestion():
            right = st.text(min_size=1, max_size=40) if not ask.pattern else st.just("4.12.1")
    return st.one_of(right, right, right, st.just(""), st.text(max_size=8))
