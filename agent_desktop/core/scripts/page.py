"""A run as the panel shows it: the step's words worked out, its question with what was answered, the way behind and
ahead. What is wrong with an answer stays a name (``answers.NotTaken``) until ``words`` says it."""

from typing import Any

from agent_desktop.core.scripts import answers, road
from agent_desktop.core.scripts.model import (
    Action,
    CallbackAction,
    ChoiceQuestion,
    HandoffAction,
    MoneyQuestion,
    NumberQuestion,
    OpenTicketAction,
    SetDispositionAction,
    Step,
    TextQuestion,
    UrlAction,
    Words,
    YesNoQuestion,
    leads_to,
    said,
)
from agent_desktop.core.scripts.runner import Ground, Run, Trouble, names, scope
from agent_desktop.core.scripts.views import ActionView, ChoiceView, LinkView, PlaceView, QuestionView, StepView
from agent_desktop.told import told

TITLES_AHEAD = 4
PLACES_BEHIND = 60
# What is painted at once, whatever a script says: more than this would hold up the window.
MAX_SAID, MAX_HINT, MAX_HELP, MAX_LABEL, MAX_OPTION = 3_000, 1_000, 400, 160, 80  # characters
MAX_LINES, MAX_LINKS, MAX_WAYS = 100, 12, 30


class Page:
    """Makes the view of a run; ``trouble`` and ``typed`` are of an answer that was not taken."""

    def __init__(self, ground: Ground, run: Run, trouble: str = "", typed: str = ""):
        self.ground, self.run, self.trouble, self.typed = ground, run, trouble, typed
        script = ground.plan.script_at(run.place)
        self.fallback = script.languages[0] if script is not None else "en"
        self._known: dict[str, Any] | None = None

    def view(self) -> StepView:
        run, plan = self.run, self.ground.plan
        step = plan.step(run.place)
        if step is None:
            return StepView(finished=True, error=self.trouble)
        said, wrong = self._worked_out(step.say)
        hint, hint_wrong = self._worked_out(step.hint)
        say = _cut(said, MAX_SAID)
        wrong = wrong or ("" if say == said else told("only the beginning is shown"))
        ahead = road.ahead(plan, run)
        of_answer = step.ask is not None and not self.trouble.startswith(("no_way", "no_such_step", "circle"))
        return StepView(
            place=run.place,
            title=road.title(plan, run.place, run.language),
            number=len(run.path),
            about=len(run.path) + len(ahead),
            say=say,
            say_error=wrong or hint_wrong or next(iter(self.ground.troubles), ""),
            hint=_cut(hint, MAX_HINT),
            question=self._question(step) if step.ask is not None else None,
            next=tuple(road.title(plan, place, run.language) for place in ahead[:TITLES_AHEAD]),
            behind=tuple(self._passed(place) for place in run.path[-PLACES_BEHIND - 1 : -1]),
            links=tuple(
                LinkView(link.article, _cut(self._said(link.label) or link.article, MAX_LABEL))
                for link in step.knowledge[:MAX_LINKS]
            ),
            actions=tuple(view for at, each in enumerate(step.actions, 1) if (view := self._action(at, each))),
            can_go_back=len(run.path) > 1 or run.finished,
            finished=run.finished,
            error="" if of_answer else self.trouble,
            ways=self._ways(step) if self.trouble.startswith("no_way") else (),
        )

    def _said(self, words: Words) -> str:
        return said(words, self.run.language, self.fallback)

    def _worked_out(self, words: Words, *, address: bool = False) -> tuple[str, str]:
        """The text; where it cannot be worked out as it is written, and why."""
        template = self._said(words)
        if "{" not in template:
            return template, ""
        if self._known is None:
            self._known = names(self.ground, self.run, self.run.place)
        try:
            evaluator = self.ground.evaluator
            return (evaluator.address if address else evaluator.text)(template, self._known), ""
        except Trouble as error:
            return template, str(error)

    def _question(self, step: Step) -> QuestionView:
        ask = step.ask
        assert ask is not None
        value = self.run.answers.get(scope(self.run.place) + step.answer_name)
        text = self.typed or answers.typed_again(ask, value)
        choices: tuple[ChoiceView, ...] = ()
        if isinstance(ask, ChoiceQuestion):
            choices = tuple(
                ChoiceView(
                    each.value,
                    _cut(self._said(each.label), MAX_OPTION),
                    str(at) if at <= 9 else "",
                    each.value == value,
                )
                for at, each in enumerate(ask.options, 1)
            )
        elif isinstance(ask, YesNoQuestion):
            choices = (ChoiceView("yes", "yes", "1", value is True), ChoiceView("no", "no", "2", value is False))
        unit = ask.currency if isinstance(ask, MoneyQuestion) else ""
        return QuestionView(
            name=scope(self.run.place) + step.answer_name,
            kind=answers.kind(ask),
            label=_cut(self._worked_out(ask.label)[0], MAX_LABEL),
            help=_cut(self._worked_out(ask.help)[0], MAX_HELP),
            required=ask.required,
            choices=choices,
            value=text,
            error="" if self.trouble.startswith(("no_way", "no_such_step", "circle")) else self.trouble,
            unit=self._said(ask.unit) if isinstance(ask, NumberQuestion) else unit,
            several_lines=isinstance(ask, TextQuestion) and ask.several_lines,
        )

    def _passed(self, place: str) -> PlaceView:
        step = self.ground.plan.step(place)
        heading = road.title(self.ground.plan, place, self.run.language)
        if step is None or step.ask is None:
            return PlaceView(place, heading)
        value = self.run.answers.get(scope(place) + step.answer_name)
        text = answers.in_words(step.ask, value, self.run.language) if value is not None else ""
        return PlaceView(place, heading, _cut(text, MAX_LABEL), answers.kind(step.ask))

    def _ways(self, step: Step) -> tuple[PlaceView, ...]:
        outer = self.run.place.rpartition("/")[0]
        places = [(way, f"{outer}/{way}" if outer else way) for way in leads_to(step)[:MAX_WAYS]]
        return tuple(PlaceView(way, road.title(self.ground.plan, place, self.run.language)) for way, place in places)

    def _action(self, at: int, action: Action) -> ActionView | None:
        """None where it is not offered."""
        wrong = ""
        if action.when:
            try:
                if not self.ground.evaluator.holds(action.when, names(self.ground, self.run, self.run.place)):
                    return None
            except Trouble as error:
                wrong = str(error)
        key = f"{self.run.place}#{at}"
        detail, troubled = self._worked_out(_detail(action), address=isinstance(action, UrlAction))
        why_not = wrong or (troubled if isinstance(action, UrlAction) else "")
        label = _cut(self._worked_out(action.label)[0], MAX_LABEL)
        detail = _cut(detail, 2 * MAX_LABEL)
        return ActionView(key, str(action.__struct_config__.tag), label, detail, key in self.run.done, why_not)


def _cut(text: str, most: int) -> str:
    """As much of a text as can be painted at once."""
    if len(text) <= most and text.count("\n") < MAX_LINES:
        return text
    return "\n".join(text[:most].split("\n")[:MAX_LINES]).rstrip() + " …"


def _detail(action: Action) -> Words:
    match action:
        case OpenTicketAction():
            return action.subject
        case SetDispositionAction():
            return action.disposition
        case CallbackAction() | HandoffAction():
            return action.note
        case UrlAction():
            return action.url
