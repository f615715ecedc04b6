"""What the script panel paints and what it sends: frozen values without templates, everything already plain text."""

from dataclasses import dataclass
from enum import StrEnum


class ScriptState(StrEnum):
    NONE = "none"  # no call on the screen
    LOADING = "loading"
    NO_SCRIPT = "no_script"  # none is meant for this call; one may be chosen
    UNAVAILABLE = "unavailable"  # the database is away and none was kept here; ``why`` says so
    STEP = "step"
    FINISHED = "finished"


@dataclass(frozen=True)
class ChoiceView:
    value: str
    label: str
    key: str = ""  # "1".."9", empty beyond
    chosen: bool = False


@dataclass(frozen=True)
class QuestionView:
    """``kind``: choice, yes_no, text, number, date, money, phone, email (also ``choices`` for yes_no)."""

    name: str
    kind: str
    label: str = ""
    help: str = ""
    required: bool = False
    choices: tuple[ChoiceView, ...] = ()
    value: str = ""  # as it was typed, or as it is kept
    error: str = ""  # why the last word was not taken
    unit: str = ""  # or the currency
    several_lines: bool = False


@dataclass(frozen=True)
class ActionView:
    """``kind``: open_ticket, set_disposition, schedule_callback, start_handoff, call_url."""

    key: str
    kind: str
    label: str
    detail: str = ""  # the subject, the address, the note
    done: bool = False
    why_not: str = ""


@dataclass(frozen=True)
class LinkView:
    article: str
    label: str


@dataclass(frozen=True)
class PlaceView:
    """A step that was passed: ``answer`` in words, ``place`` for ``jump``, ``kind`` as of its question."""

    place: str
    title: str
    answer: str = ""
    kind: str = ""


@dataclass(frozen=True)
class OfferView:
    """A script that could be taken instead."""

    script_id: str
    title: str
    why: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class StepView:
    """Where a run stands, in the language of the call."""

    place: str = ""
    title: str = ""
    number: int = 1
    about: int = 1  # how many steps it will about be; never less than ``number``
    say: str = ""
    say_error: str = ""  # why ``say`` is shown as it is written
    hint: str = ""
    question: QuestionView | None = None
    next: tuple[str, ...] = ()  # titles of what is likely to come
    behind: tuple[PlaceView, ...] = ()
    links: tuple[LinkView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    can_go_back: bool = False
    finished: bool = False
    error: str = ""  # why it did not go on
    ways: tuple[PlaceView, ...] = ()  # where ``error`` is that no condition holds: steps to choose from, for ``go_to``


@dataclass(frozen=True)
class ScriptView:
    state: ScriptState = ScriptState.NONE
    script_id: str = ""
    title: str = ""
    version: int = 0
    why: str = ""  # why this script, in words
    language: str = ""
    languages: tuple[str, ...] = ()
    step: StepView = StepView()
    resumed_from: str = ""  # who got how far, and when
    offers: tuple[OfferView, ...] = ()
    kept: bool = True  # answers of this run are kept; not so of a test run
