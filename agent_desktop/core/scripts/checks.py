"""What is wrong with a script, before anybody reads it to a customer. Runs in the child: it parses templates."""

import re
from collections.abc import Iterator
from datetime import date

from agent_desktop.core.scripts import answers
from agent_desktop.core.scripts.facts import KNOWN, RESERVED
from agent_desktop.core.scripts.findings import Finding, Wrong
from agent_desktop.core.scripts.model import (
    MAX_DEPTH,
    NAME,
    CallbackAction,
    ChoiceQuestion,
    DateQuestion,
    HandoffAction,
    MoneyQuestion,
    PhoneQuestion,
    Script,
    Step,
    TextQuestion,
    Words,
    YesNoQuestion,
    expressions,
    leads_to,
    texts,
)
from agent_desktop.core.scripts.runner import Trouble
from agent_desktop.core.scripts.templates import Sandbox

PLAIN = ("title",)  # and labels of options: these are no templates


def check(script: Script, parts: dict[str, Script], sandbox: Sandbox) -> tuple[Finding, ...]:
    """Everything found, in the order of the steps."""
    look = _Look(script, parts, sandbox)
    order = {step.id: at for at, step in enumerate(script.steps)}
    found = dict.fromkeys((*look.shape(), *look.roads(), *look.templates(), *look.languages()))
    return tuple(sorted(found, key=lambda each: order.get(each.step, -1)))


class _Look:
    def __init__(self, script: Script, parts: dict[str, Script], sandbox: Sandbox):
        self.script, self.parts, self.sandbox = script, parts, sandbox
        self.steps = {step.id: step for step in script.steps}
        self.asks = {step.answer_name: step.ask for step in script.steps if step.ask is not None}

    # ------------------------------------------------------------ shape

    def shape(self) -> Iterator[Finding]:
        yield from _repeated((step.id for step in self.script.steps), "id")
        asked = [(step.answer_name, step.id) for step in self.script.steps if step.ask is not None]
        formulas = [(name, step.id) for step in self.script.steps for name in step.compute]
        seen: set[str] = set()
        for name, at in asked:
            if name in seen:
                yield Finding(Wrong.TWICE, at, "ask.name", name)
            seen.add(name)
        for name, at in formulas:  # the same one on several ways is wanted
            if name in seen:
                yield Finding(Wrong.TWICE, at, f"compute.{name}", name)
        for name, at in (*asked, *formulas):
            if name in RESERVED or re.fullmatch(NAME, name) is None:
                yield Finding(Wrong.BAD_NAME, at, "ask.name", name)
        if self.script.first not in self.steps:
            yield Finding(Wrong.NO_SUCH_STEP, "", "start", self.script.first)
        for step in self.script.steps:
            yield from self._step(step)
        if _runs_itself(self.script, self.parts):
            yield Finding(Wrong.CIRCLE_OF_SCRIPTS)

    def _step(self, step: Step) -> Iterator[Finding]:
        for way in leads_to(step):
            if way not in self.steps:
                yield Finding(Wrong.NO_SUCH_STEP, step.id, "next", way)
        if step.script and step.script not in self.parts:
            yield Finding(Wrong.NO_SUCH_SCRIPT, step.id, "script", step.script)
        if step.script and (step.id in self.asks or step.id in RESERVED):
            yield Finding(Wrong.BAD_NAME, step.id, "id", step.id)
        ask = step.ask
        if isinstance(ask, ChoiceQuestion):
            yield from _repeated((option.value for option in ask.options), "ask.options", step.id)
        if isinstance(ask, TextQuestion) and ask.pattern:
            try:
                re.compile(ask.pattern)
            except (re.error, RecursionError, OverflowError) as error:
                yield Finding(Wrong.REFUSED, step.id, "ask.pattern", str(error))
        if isinstance(ask, DateQuestion):
            for field, text in (("earliest", ask.earliest), ("latest", ask.latest)):
                if text and answers.day(text, date(2000, 1, 1)) is None:
                    yield Finding(Wrong.REFUSED, step.id, f"ask.{field}", text)
        for at, action in enumerate(step.actions, 1):
            for field in ("subject", "disposition", "url"):
                if not getattr(action, field, "-"):
                    yield Finding(Wrong.MISSING, step.id, f"actions.{at}.{field}", field)
            wants: tuple[tuple[str, str, type], ...] = ()
            if isinstance(action, CallbackAction):
                wants = (("at", action.at, DateQuestion), ("number", action.number, PhoneQuestion))
            elif isinstance(action, HandoffAction):
                wants = (("amount", action.amount, MoneyQuestion),)
            for field, name, kind in wants:
                if name and not isinstance(self.asks.get(name), kind):
                    yield Finding(Wrong.UNKNOWN_FIELD, step.id, f"actions.{at}.{field}", name)

    # ------------------------------------------------------------ roads

    def roads(self) -> Iterator[Finding]:
        reached = _spread({self.script.first} & set(self.steps), {name: leads_to(s) for name, s in self.steps.items()})
        behind: dict[str, list[str]] = {}
        for name, step in self.steps.items():
            for way in leads_to(step):
                behind.setdefault(way, []).append(name)
        ending = _spread({name for name, step in self.steps.items() if _may_end(step)}, behind)
        circling = self._circles()
        for name, step in self.steps.items():
            if name not in reached:
                yield Finding(Wrong.UNREACHABLE, name)
            if name in circling:
                yield Finding(Wrong.CIRCLE, name)
            elif name not in ending:
                yield Finding(Wrong.DEAD_END, name)
            if step.branches and all(branch.when for branch in step.branches):
                yield Finding(Wrong.MAY_STOP, name, "next")
            yield from _leading_nowhere(step)

    def _circles(self) -> set[str]:
        """Steps that lie on a circle of steps without a question."""
        quiet = {n: [w for w in leads_to(s) if not self._asks(w)] for n, s in self.steps.items() if not self._asks(n)}
        return {name for name, ways in quiet.items() if name in _spread(set(ways), quiet)}

    def _asks(self, name: str) -> bool:
        step = self.steps.get(name)
        return step is None or step.ask is not None or bool(step.script)

    # -------------------------------------------------------- templates

    def templates(self) -> Iterator[Finding]:
        for step in self.script.steps:
            for field, words in texts(step):
                if field in PLAIN or field.startswith("ask.options") or field == "ask.unit":
                    continue
                for language, text in _each(words):
                    place = f"{field}.{language}" if language else field
                    if "{" in text:
                        yield from self._template(step.id, place, text, expression=False)
            for field, text in expressions(step):
                yield from self._template(step.id, field, text, expression=True)

    def _template(self, step: str, field: str, text: str, *, expression: bool) -> Iterator[Finding]:
        try:
            if expression:
                self.sandbox.check_expression(text)
            else:
                self.sandbox.check(text)
            asked = self.sandbox.names(text, expression=expression)
        except Trouble as error:
            yield Finding(Wrong.REFUSED, step, field, str(error))
            return
        for path in sorted(asked):
            if not self._known(path):
                yield Finding(Wrong.UNKNOWN_FIELD, step, field, ".".join(path))

    def _known(self, path: tuple[str, ...]) -> bool:
        first, *rest = path
        if first in KNOWN:
            fields = KNOWN[first]
            return fields is None or not rest or rest[0] in fields
        if first in RESERVED:
            return not rest
        return _has_name(self.script, self.parts, path)

    # -------------------------------------------------------- languages

    def languages(self) -> Iterator[Finding]:
        if len(self.script.languages) > 1:
            for step in (None, *self.script.steps):
                named = texts(step) if step is not None else iter((("title", self.script.title),))
                for field, words in named:
                    missing = _missing(words, self.script.languages)
                    if missing and not field.endswith((".url", "ask.unit")):
                        yield Finding(Wrong.NO_TRANSLATION, step.id if step else "", field, ", ".join(missing))


def _repeated(names: Iterator[str], field: str, step: str = "") -> Iterator[Finding]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield Finding(Wrong.TWICE, step or name, field, name)
        seen.add(name)


def _spread(known: set[str], ways: "dict[str, list[str]] | dict[str, tuple[str, ...]]") -> set[str]:
    """All that can be reached from what is known, with it."""
    reached, waiting = set(known), list(known)
    while waiting:
        for way in ways.get(waiting.pop(), ()):
            if way not in reached:
                reached.add(way)
                waiting.append(way)
    return reached


def _may_end(step: Step) -> bool:
    return not leads_to(step) or (not step.branches and any(True for _ in _leading_nowhere(step)))


def _leading_nowhere(step: Step) -> Iterator[Finding]:
    """Answers that lead nowhere while others of the same question lead on."""
    ways: list[tuple[str, str]] = []
    if isinstance(step.ask, ChoiceQuestion):
        ways = [(option.value, option.to) for option in step.ask.options]
    elif isinstance(step.ask, YesNoQuestion):
        ways = [("yes", step.ask.yes_to), ("no", step.ask.no_to)]
    if not step.branches and any(to for _, to in ways):
        yield from (Finding(Wrong.DEAD_END, step.id, "ask", value) for value, to in ways if not to)


def _each(words: Words) -> list[tuple[str, str]]:
    return [("", words)] if isinstance(words, str) else list(words.items())


def _missing(words: Words, languages: tuple[str, ...]) -> list[str]:
    """The languages that a text is not there in; numbers and merge fields alone need no translation."""
    if isinstance(words, str):
        bare = re.sub(r"\{\{.*?\}\}", "", words, flags=re.DOTALL)
        return list(languages[1:]) if any(sign.isalpha() for sign in bare) else []
    return [language for language in languages if not words.get(language)] if words else []


def _runs_itself(script: Script, parts: dict[str, Script], above: tuple[str, ...] = ()) -> bool:
    if script.id in above or len(above) > MAX_DEPTH:
        return True
    runs = {step.script for step in script.steps if step.script in parts}
    return any(_runs_itself(parts[name], parts, (*above, script.id)) for name in runs)


def _has_name(script: Script, parts: dict[str, Script], path: tuple[str, ...], depth: int = 0) -> bool:
    """Whether a script's own names, or those of a script that it runs ("verify.birth"), have this one."""
    first, *rest = path
    for step in script.steps:
        if not rest and (first == step.answer_name or first in step.compute):
            return True
        if step.script in parts and step.id == first and depth < MAX_DEPTH:
            return not rest or _has_name(parts[step.script], parts, tuple(rest), depth + 1)
    return False
