"""The child that works out other people's templates: little memory, little time, no files, killed without a loss.

It reads orders from its standard input, one after the other, and answers on its standard output; first of all it says
that it is ready. It ends with its input.
"""

import math
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

from agent_desktop import numbers
from agent_desktop.core.scripts import checks, moves, orders, weighing
from agent_desktop.core.scripts.findings import Finding, Wrong
from agent_desktop.core.scripts.model import Value
from agent_desktop.core.scripts.orders import (
    Answer,
    Check,
    Checked,
    Load,
    Move,
    Moved,
    Order,
    Prepare,
    Prepared,
    Unable,
    Weigh,
    Weighed,
)
from agent_desktop.core.scripts.runner import Ground, Plan, Trouble
from agent_desktop.core.scripts.templates import CPU_S, Sandbox, TooLong, within

T = TypeVar("T")

LIMITS = sys.platform != "win32"  # there the desk's deadline alone ends what takes too long
if LIMITS:
    import resource

MEMORY = 512 * 1024 * 1024
HARD_S = 1  # of the processor for one order, in whole seconds; what ends in Python itself ends after CPU_S
ORDER_S = 0.2
CHECK_S = 5
MAX_PROGRAMS = 50
MAX_SLOW = 1_000


class Timed:
    """A sandbox in which each text may take CPU_S, and all of an order ORDER_S. ``slow`` are those not tried again."""

    def __init__(self, sandbox: Sandbox, slow: set[str]):
        self._sandbox, self._slow = sandbox, slow
        self._until = time.process_time() + ORDER_S

    def text(self, template: str, names: dict[str, Any]) -> str:
        return self._in_time(template, lambda: self._sandbox.text(template, names))

    def address(self, template: str, names: dict[str, Any]) -> str:
        return self._in_time(template, lambda: self._sandbox.address(template, names))

    def holds(self, expression: str, names: dict[str, Any]) -> bool:
        return self._in_time(expression, lambda: self._sandbox.holds(expression, names))

    def value(self, expression: str, names: dict[str, Any]) -> Value:
        return self._in_time(expression, lambda: self._sandbox.value(expression, names))

    def matches(self, pattern: str, text: str) -> bool:
        return self._in_time(pattern, lambda: self._sandbox.matches(pattern, text))

    def _in_time(self, source: str, work: Callable[[], T]) -> T:
        left = min(CPU_S, self._until - time.process_time())
        if left <= 0 or source in self._slow:
            raise Trouble(moves.TOO_SLOW)
        try:
            with within(left):
                return work()
        except TooLong as error:
            if left == CPU_S and len(self._slow) < MAX_SLOW:
                self._slow.add(source)
            raise Trouble(moves.TOO_SLOW) from error


class Worker:
    """Carries out orders; keeps the programs it was given."""

    def __init__(self) -> None:
        self._sandbox = Sandbox()
        self._slow: set[str] = set()
        self._plans: dict[str, Plan] = {}

    def carry_out(self, order: Order) -> Answer | None:
        match order:
            case Load():
                while len(self._plans) >= MAX_PROGRAMS:
                    del self._plans[next(iter(self._plans))]
                self._plans[order.key] = Plan(order.program)
                return None
            case Check():
                _allow(CHECK_S)
                return Checked(order.number, self._checked(order))
            case Move() | Prepare() | Weigh():
                plan = self._plans.get(order.key)
                if plan is None:
                    return Unable(order.number, "not loaded")
                _allow(HARD_S)
                evaluator = Timed(self._sandbox, self._slow)
                if isinstance(order, Move):
                    return Moved(order.number, *moves.move(plan, evaluator, order))
                if isinstance(order, Weigh):
                    ground = Ground(plan, order.facts, evaluator)
                    return Weighed(order.number, weighing.weigh(ground, self._sandbox, order.run, order.place))
                texts, troubles = moves.prepare(Ground(plan, order.facts, evaluator), order.run, order.action)
                return Prepared(order.number, texts, tuple(troubles))

    def _checked(self, order: Check) -> tuple[Finding, ...]:
        try:
            with within(CHECK_S):
                return checks.check(order.script, order.parts, self._sandbox)
        except TooLong:
            return (Finding(Wrong.REFUSED, "", "", moves.TOO_SLOW),)


def limit() -> None:
    """Take from this process what it does not need: memory, files, children, a picture of its memory on a crash."""
    if not LIMITS:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def _allow(seconds: int) -> None:
    """The system ends this process when it has used so much more of the processor."""
    if LIMITS:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def serve(orders_in: BinaryIO, answers_out: BinaryIO) -> None:
    """Until the input ends."""
    worker = Worker()
    answers_out.write(orders.packed(Unable(0, "")))
    answers_out.flush()
    while len(head := orders_in.read(orders.LENGTH.size)) == orders.LENGTH.size:
        (length,) = orders.LENGTH.unpack(head)
        if length > orders.MAX_MESSAGE:
            return
        order = orders.order(orders_in.read(length))
        answer = worker.carry_out(order)
        if answer is not None:
            try:
                said = orders.packed(answer)
            except (ValueError, OverflowError) as error:  # half a sign from a template, in what is told of it
                said = orders.packed(Unable(answer.number, f"what came of it cannot be told: {type(error).__name__}"))
            answers_out.write(said)
            answers_out.flush()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl C in a terminal is meant for the desktop
    templates_in, answers_out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but answers may get between them
    numbers.warm_up("GB")
    limit()
    serve(templates_in, answers_out)


if __name__ == "__main__":
    main()
