"""What a call script is made of: steps with words to say, typed questions, branches and actions; the shape of its file.

A script is data, never code: its texts and conditions are templates that only ``templates`` evaluates. docs/scripts.md
describes the file for those who write scripts.
"""

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

import msgspec

MAX_TEXT = 65_536  # characters of one text with its merge fields
MAX_STEPS = 2_000
MAX_DEPTH = 5  # a script in a script in a script ...
NAME = r"^[a-z][a-z0-9_]{0,47}$"

Name = Annotated[str, msgspec.Meta(pattern=NAME)]
Template = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Words = Template | dict[str, Template]  # one text for all languages, or one for each ("en", "pl")
Expression = Annotated[str, msgspec.Meta(max_length=2_000)]
Value = str | int | float | bool | None  # of an answer: money is "12.50", a day "2026-11-22", a number E.164


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base: a key that nobody knows is a mistake in the file."""


class Option(_Part, frozen=True):
    """An answer to choose; ``to`` is the step it leads to, before any branch is asked."""

    value: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    label: Words
    to: str = ""


class _Question(_Part, frozen=True, tag_field="type"):
    """Base of the typed questions. Without a ``name`` the answer has the step's."""

    name: str = ""
    label: Words = ""  # what is asked, shown above the field
    help: Words = ""
    required: bool = False


class ChoiceQuestion(_Question, frozen=True, kw_only=True, tag="choice"):
    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=1, max_length=30)]


class YesNoQuestion(_Question, frozen=True, tag="yes_no"):
    yes_to: str = ""
    no_to: str = ""


class TextQuestion(_Question, frozen=True, tag="text"):
    min_length: Annotated[int, msgspec.Meta(ge=0, le=4_000)] = 0
    max_length: Annotated[int, msgspec.Meta(ge=1, le=4_000)] = 500
    pattern: Annotated[str, msgspec.Meta(max_length=200)] = ""  # a regular expression that the whole answer matches
    several_lines: bool = False


class NumberQuestion(_Question, frozen=True, tag="number"):
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    unit: Words = ""


class DateQuestion(_Question, frozen=True, tag="date"):
    """``earliest`` and ``latest`` are days, "2026-11-22", or counted from now: "today", "today-1", "today+30"."""

    earliest: Annotated[str, msgspec.Meta(max_length=20)] = ""
    latest: Annotated[str, msgspec.Meta(max_length=20)] = ""


class MoneyQuestion(_Question, frozen=True, tag="money"):
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] = "EUR"
    minimum: float | None = None
    maximum: float | None = None


class PhoneQuestion(_Question, frozen=True, tag="phone"):
    pass


class EmailQuestion(_Question, frozen=True, tag="email"):
    pass


Question = (
    ChoiceQuestion
    | YesNoQuestion
    | TextQuestion
    | NumberQuestion
    | DateQuestion
    | MoneyQuestion
    | PhoneQuestion
    | EmailQuestion
)


class Branch(_Part, frozen=True):
    """Where it goes on: the first branch whose condition holds; without one it always does."""

    to: str
    when: Expression = ""


class _Action(_Part, frozen=True, tag_field="do"):
    """Base of what the agent can have done from a step; offered where ``when`` holds."""

    label: Words = ""
    when: Expression = ""


class OpenTicketAction(_Action, frozen=True, kw_only=True, tag="open_ticket"):
    """``queue`` by the PBX's name; empty: the call's own."""

    subject: Words
    body: Words = ""
    priority: Annotated[str, msgspec.Meta(pattern="^(low|normal|high|urgent)$")] = "normal"
    queue: Annotated[str, msgspec.Meta(max_length=120)] = ""


class SetDispositionAction(_Action, frozen=True, kw_only=True, tag="set_disposition"):
    """``disposition`` is a result's code; ``by_itself``: it is chosen for the agent as soon as the step is shown."""

    disposition: str
    by_itself: bool = False


class CallbackAction(_Action, frozen=True, tag="schedule_callback"):
    """``at`` and ``number`` are names of answers (a day, a number); else in ``in_minutes``, to the caller's number."""

    in_minutes: Annotated[int, msgspec.Meta(ge=1, le=60 * 24 * 60)] = 60
    at: str = ""
    number: str = ""
    note: Words = ""


class HandoffAction(_Action, frozen=True, kw_only=True, tag="start_handoff"):
    """Hand the caller to a menu of the PBX (payment, survey); ``amount`` is the name of a money answer."""

    target: Name
    amount: str = ""
    note: Words = ""


class UrlAction(_Action, frozen=True, kw_only=True, tag="call_url"):
    """Open a page in the browser when the agent says so, only at an address that the centre's list allows."""

    url: Template


Action = OpenTicketAction | SetDispositionAction | CallbackAction | HandoffAction | UrlAction


class Knowledge(_Part, frozen=True):
    """A link to an article of the knowledge base, by its key."""

    article: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    label: Words = ""


class Step(_Part, frozen=True):
    """One step. With neither words, question nor actions it is passed through: it only computes and branches.

    ``script`` runs another script here, and goes on with ``next`` when that one is through. A step from which nothing
    leads on is an end.
    """

    id: Name
    title: Words = ""
    say: Words = ""
    hint: Words = ""  # for the agent, not to be read aloud
    ask: Question | None = None
    compute: dict[Name, Expression] = {}  # on leaving the step, in the order of the file
    next: tuple[Branch, ...] | str = ()
    script: str = ""
    knowledge: tuple[Knowledge, ...] = ()
    actions: Annotated[tuple[Action, ...], msgspec.Meta(max_length=9)] = ()

    @property
    def branches(self) -> tuple[Branch, ...]:
        if isinstance(self.next, str):
            return (Branch(to=self.next),) if self.next else ()
        return self.next

    @property
    def answer_name(self) -> str:
        """The name under which the answer to its question is kept."""
        return (self.ask.name or self.id) if self.ask is not None else ""

    @property
    def silent(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.say or self.hint or self.ask or self.actions or self.knowledge)


class Script(_Part, frozen=True):
    """A script as its authors write it. ``languages``: the first is the one in which every text stands."""

    id: Name
    title: Words
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1, max_length=MAX_STEPS)]
    languages: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=20)] = ("en",)
    start: str = ""  # the first step, where it is empty
    about: Words = ""

    @property
    def first(self) -> str:
        return self.start or self.steps[0].id


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """What is run: one version of a script, and the scripts it runs, as they were when it was published."""

    script: Script
    version: int = 0  # 0: a draft that is tried out
    version_id: UUID | None = None
    parts: dict[str, Script] = {}


def said(words: Words, language: str, fallback: str = "en") -> str:
    """A text in a language ("pl", "pt-BR"), else its base language's, else the fallback's, else any."""
    if isinstance(words, str):
        return words
    for wish in (language, language.partition("-")[0], fallback):
        if words.get(wish):
            return words[wish]
    return next(iter(words.values()), "")


def leads_to(step: Step) -> tuple[str, ...]:
    """All steps that can follow directly, in the order in which they are asked for; no name twice."""
    ways: list[str] = []
    if isinstance(step.ask, ChoiceQuestion):
        ways += [option.to for option in step.ask.options]
    elif isinstance(step.ask, YesNoQuestion):
        ways += [step.ask.yes_to, step.ask.no_to]
    ways += [branch.to for branch in step.branches]
    return tuple(dict.fromkeys(way for way in ways if way))


def texts(step: Step) -> Iterator[tuple[str, Words]]:
    """All texts of a step with the name of their place in it ("say", "ask.options.2.label")."""
    yield from (("title", step.title), ("say", step.say), ("hint", step.hint))
    if step.ask is not None:
        yield from (("ask.label", step.ask.label), ("ask.help", step.ask.help))
    if isinstance(step.ask, ChoiceQuestion):
        yield from ((f"ask.options.{at}.label", option.label) for at, option in enumerate(step.ask.options, 1))
    if isinstance(step.ask, NumberQuestion):
        yield "ask.unit", step.ask.unit
    yield from ((f"knowledge.{at}.label", link.label) for at, link in enumerate(step.knowledge, 1))
    for at, action in enumerate(step.actions, 1):
        for name in ("label", "subject", "body", "note", "url"):
            words = getattr(action, name, "")
            if words:
                yield f"actions.{at}.{name}", words


def expressions(step: Step) -> Iterator[tuple[str, str]]:
    """All conditions and formulas of a step with the name of their place in it."""
    yield from ((f"compute.{name}", formula) for name, formula in step.compute.items())
    yield from ((f"next.{at}.when", branch.when) for at, branch in enumerate(step.branches, 1) if branch.when)
    yield from ((f"actions.{at}.when", action.when) for at, action in enumerate(step.actions, 1) if action.when)
