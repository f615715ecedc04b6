"""A script that is being written, walked through with a made-up caller; nothing of it is kept."""

from functools import partial
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Signal

from agent_desktop import clock
from agent_desktop.core.scripts import facts, words
from agent_desktop.core.scripts.evaluation import Evaluation
from agent_desktop.core.scripts.findings import Finding
from agent_desktop.core.scripts.model import Program, Script, said
from agent_desktop.core.scripts.orders import Answer, Check, Checked, Kind, Move, Moved, Weigh, Weighed
from agent_desktop.core.scripts.runner import Facts, Run
from agent_desktop.core.scripts.views import ScriptState, ScriptView

_RUN_ID = UUID(int=0)
CALLER = """\
customer.name = Marta Kowalczyk
customer.first_name = Marta
customer.last_name = Kowalczyk
customer.account_number = 4471 0932
customer.organisation = Kowalczyk & Syn
customer.language = en
customer.address = ul. Lipowa 14/3, 81-340 Gdynia
customer.open_tickets = 2
call.direction = inbound
call.number = +48 601 442 190
call.queue = Billing
call.intent = high_bill
agent.name = Dana Okafor
company.name = Brightline Energy
"""


def caller(text: str, region: str) -> Facts:
    """A made-up call of lines like "customer.name = Marta"; lines that say nothing are left out."""
    given: dict[str, dict[str, object]] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        group, dot, field = name.strip().partition(".")
        if equals and dot and group in facts.KNOWN and field:
            known = value.strip()
            given.setdefault(group, {})[field] = int(known) if known.isdecimal() else known
    return Facts(names=facts.named(**given), region=region, today=clock.now().astimezone().date())


class Tryout(QObject):
    """Signals: changed(ScriptView) where the walk stands; checked(tuple[Finding]); weighed(step id, {place: Outcome})
    what the conditions and formulas of a step come to; failed(str) nothing can be tried.
    """

    changed = Signal(object)
    checked = Signal(object)
    weighed = Signal(str, object)
    failed = Signal(str)

    def __init__(self, region: str, parent: QObject | None = None):
        super().__init__(parent)
        self.evaluation = Evaluation(self)
        self.region, self.facts = region, caller(CALLER, region)
        self._program: Program | None = None
        self._key = ""
        self._turn = 0
        self._run: Run | None = None
        self._language = "en"

    def stop(self) -> None:
        self.evaluation.stop()

    def set_caller(self, text: str) -> None:
        """Another made-up call; the walk goes on with it."""
        self.facts = caller(text, self.region)
        self._move(Kind.SHOW)

    def load(self, script: Script | None, parts: dict[str, Script], language: str) -> None:
        """The script as it is written now."""
        self._turn += 1
        self._key, self._language = f"draft {self._turn}", language
        if self._run is not None and self._program is not None and script is not None:
            self._run = _fitting(self._run, self._program.script, script)
        self._program = Program(script=script, parts=parts) if script is not None else None
        if script is None or (self._run is not None and self._run.script_id != script.id):
            self._run = None

    def look_at(self, step_id: str) -> None:
        """Stand at a step, with the answers that were given in this walk."""
        program = self._program
        if program is None:
            return
        base = self._run or Run(run_id=_RUN_ID, script_id=program.script.id, version=0)
        if base.place != step_id or base.finished:
            base = msgspec.structs.replace(base, path=(step_id,), finished=False)
        self._run = msgspec.structs.replace(base, language=self._language)
        self._move(Kind.SHOW)

    def show(self) -> None:
        """Stay where the walk stands."""
        self._move(Kind.SHOW)

    def begin(self) -> None:
        """From the first step, without answers."""
        self._run = None
        self._move(Kind.BEGIN)

    def answer(self, _place: str, text: str) -> None:
        self._move(Kind.ANSWER_AND_GO, text)

    def go_on(self, _place: str = "") -> None:
        self._move(Kind.GO_ON)

    def go_to(self, place: str) -> None:
        self._move(Kind.GO_TO, place)

    def back(self) -> None:
        self._move(Kind.BACK)

    def jump(self, place: str) -> None:
        self._move(Kind.JUMP, place)

    def act(self, _place: str, key: str) -> None:
        """Nothing is done; it only looks so."""
        self._move(Kind.DONE, key)

    def check(self) -> None:
        """What is wrong with the script; ``checked`` follows."""
        program, turn = self._program, self._turn
        if program is None:
            self.checked.emit(())
            return

        def take(answer: Answer) -> None:
            if isinstance(answer, Checked) and turn == self._turn:
                self.checked.emit(answer.findings)

        self.evaluation.ask(lambda number: Check(number, program.script, program.parts), take, self.failed.emit)

    def weigh(self, step_id: str) -> None:
        """What the conditions and formulas of a step come to with the answers of this walk; ``weighed`` follows."""
        program, turn = self._program, self._turn
        if program is None:
            return
        run = self._run or Run(run_id=_RUN_ID, script_id=program.script.id, version=0)
        make = partial(Weigh, key=self._key, run=run, place=step_id, facts=self.facts)

        def take(answer: Answer) -> None:
            if isinstance(answer, Weighed) and turn == self._turn:
                self.weighed.emit(step_id, answer.outcomes)

        self.evaluation.ask(lambda number: make(number=number), take, lambda _why: None, (self._key, program))

    # ------------------------------------------------------------------ asked

    def _move(self, kind: Kind, text: str = "") -> None:
        program, run, turn = self._program, self._run, self._turn
        if program is None:
            return
        if run is None:
            kind = Kind.BEGIN
        make = partial(Move, key=self._key, kind=kind, facts=self.facts, run=run, text=text, run_id=_RUN_ID,
                       language=self._language)  # fmt: skip

        def take(answer: Answer) -> None:
            if isinstance(answer, Moved) and turn == self._turn:
                self._run = answer.run
                self.changed.emit(self._view(program.script, answer))

        def failed(why: str) -> None:
            if turn == self._turn:
                self.failed.emit(why)

        self.evaluation.ask(lambda number: make(number=number), take, failed, (self._key, program))

    def _view(self, script: Script, answer: Moved) -> ScriptView:
        state = ScriptState.FINISHED if answer.view.finished else ScriptState.STEP
        title = said(script.title, self._language, script.languages[0])
        step = words.in_words(answer.view)
        return ScriptView(state, script.id, title, language=self._language, step=step, kept=False)


def forbidding(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those with which a script cannot be published."""
    return tuple(each for each in findings if each.forbids)


def _fitting(run: Run, before: Script, now: Script) -> Run:
    """Without answers to questions that have become others: what is kept of a day is no amount."""
    was, kinds = ({step.answer_name: type(step.ask) for step in script.steps if step.ask} for script in (before, now))
    answers = {name: value for name, value in run.answers.items() if was.get(name) is kinds.get(name)}
    return run if answers == run.answers else msgspec.structs.replace(run, answers=answers)
