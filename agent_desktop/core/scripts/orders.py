"""What the desk and the child that works out scripts say to each other: a length, then one of these as MessagePack."""

import struct
from enum import StrEnum
from uuid import UUID

import msgspec

from agent_desktop.core.scripts.findings import Finding
from agent_desktop.core.scripts.model import Program, Script, Value
from agent_desktop.core.scripts.runner import Facts, Run
from agent_desktop.core.scripts.views import StepView

LENGTH = struct.Struct("!I")
MAX_MESSAGE = 32_000_000


class Kind(StrEnum):
    """What is done with a run; all but BEGIN need one."""

    BEGIN = "begin"
    SHOW = "show"  # as it stands
    ANSWER = "answer"  # text: what was typed
    ANSWER_AND_GO = "answer_and_go"
    GO_ON = "go_on"
    GO_TO = "go_to"  # text: a step
    BACK = "back"
    JUMP = "jump"  # text: a place
    DONE = "done"  # text: an action
    LANGUAGE = "language"  # text: "pl"


class Load(msgspec.Struct, frozen=True, tag=True):
    """Have a program at hand under a key. There is no answer."""

    key: str
    program: Program


class Move(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """One move of a run. ``plain``: the texts of the step that is reached are not worked out."""

    number: int
    key: str
    kind: Kind
    facts: Facts
    run: Run | None = None
    text: str = ""
    run_id: UUID | None = None
    language: str = "en"
    plain: bool = False


class Prepare(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Work out the texts of an action of the step where a run stands."""

    number: int
    key: str
    run: Run
    action: str
    facts: Facts


class Weigh(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Work out all conditions and formulas of one step, for whoever writes them."""

    number: int
    key: str
    run: Run
    place: str
    facts: Facts


class Check(msgspec.Struct, frozen=True, tag=True):
    """Look for what is wrong with a script."""

    number: int
    script: Script
    parts: dict[str, Script]


class Moved(msgspec.Struct, frozen=True, tag=True):
    number: int
    run: Run
    view: StepView


class Prepared(msgspec.Struct, frozen=True, tag=True):
    """``texts`` by the field's name ("subject"); ``troubles`` say what could not be worked out."""

    number: int
    texts: dict[str, str]
    troubles: tuple[str, ...] = ()


class Outcome(msgspec.Struct, frozen=True):
    """What a condition or formula comes to; ``unanswered``: names without an answer yet, which it needs."""

    value: Value = None
    trouble: str = ""
    unanswered: tuple[str, ...] = ()


class Weighed(msgspec.Struct, frozen=True, tag=True):
    """``outcomes`` by the place in the step ("compute.third", "next.2.when")."""

    number: int
    outcomes: dict[str, Outcome]


class Checked(msgspec.Struct, frozen=True, tag=True):
    number: int
    findings: tuple[Finding, ...]


class Unable(msgspec.Struct, frozen=True, tag=True):
    """The order could not be carried out at all."""

    number: int
    why: str


Order = Load | Move | Prepare | Weigh | Check
Answer = Moved | Prepared | Weighed | Checked | Unable

_orders = msgspec.msgpack.Decoder(Order)
_answers = msgspec.msgpack.Decoder(Answer)


def packed(message: Order | Answer) -> bytes:
    """With its length before it."""
    body = msgspec.msgpack.encode(message)
    return LENGTH.pack(len(body)) + body


def order(body: bytes) -> Order:
    """Raises msgspec.ValidationError, msgspec.DecodeError."""
    made: Order = _orders.decode(body)
    return made


def answer(body: bytes) -> Answer:
    """Raises msgspec.ValidationError, msgspec.DecodeError."""
    made: Answer = _answers.decode(body)
    return made
