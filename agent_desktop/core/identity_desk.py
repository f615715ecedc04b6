"""The identity check at this desk: of the caller on the screen, by their queue's policy, kept through the journal."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock, data, numbers
from agent_desktop.core import identity_check
from agent_desktop.core.call_book import Call
from agent_desktop.core.identity_check import IdentityMark, IdentityView
from agent_desktop.core.session import Session
from agent_desktop.core.views import PopView
from agent_desktop.data import identity_rows
from agent_desktop.data import operations as op
from agent_desktop.data.errors import DatabaseTrouble, Refused
from agent_desktop.data.identity_rows import KEPT, AttemptRow, CheckLine, Failed, IdentityRecord, LiftLine, Question
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed, CustomerCard

_Read = tuple[tuple[AttemptRow, ...], frozenset[str], LiftLine | None]
_About = tuple[UUID, UUID, Question]  # interaction, customer, question
Marks = Mapping[UUID, IdentityMark]  # by interaction


class IdentityDesk(QObject):
    """Signals: changed(IdentityView | None), None where nobody is to be checked; marked(Marks), of all calls."""

    changed = Signal(object)
    marked = Signal(object)

    def __init__(self, session: Session):
        super().__init__()
        self.view: IdentityView | None = None
        self.marks: Marks = {}
        self._seen: dict[UUID, IdentityMark] = {}  # how it stood with callers when they were last on the screen
        self._session, self._store = session, session.store
        self._attempts: dict[UUID, tuple[AttemptRow, ...]] = {}  # by interaction, as the database has them
        self._own: dict[UUID, list[AttemptRow]] = {}  # ours, which may not be there yet
        self._kept: dict[UUID, frozenset[str]] = {}  # which questions customers have left an answer to
        self._lifted: LiftLine | None = None  # of the customer on the screen
        self._asked: tuple[UUID, UUID] | None = None
        self._expected = ""
        self._looked_at: tuple[_About, str] | None = None  # the one answer that is shown; kept while it is
        self._busy: _About | None = None  # being looked up or compared
        self._why_not: tuple[_About, str] | None = None  # it could not be
        session.pop_painted.connect(self.tell)
        session.calls_changed.connect(self.tell)
        session.centre_changed.connect(self.tell)
        self._store.changed.connect(self._changed)
        self._store.opened.connect(self._opened)

    # ------------------------------------------------------------------ intents

    def show(self) -> None:
        """The question that is on is put: what is on record is wanted, where the agent may see it."""
        about, view = self._about(), self.view
        wanted = view is not None and view.shown and about is not None and about[2] in KEPT
        if not wanted or about is None or self._busy is not None or (self._looked_at or (None,))[0] == about:
            return
        self._begin(about)

        def told(answer: str) -> None:
            self._end(about)
            if self._about() == about:
                self._looked_at = about, answer
                self._why_not = None if answer else (about, self.tr("It is not kept any more."))
            self.tell()

        def asked(_done: None) -> None:
            self._store.write_now(lambda session: data.identity_answers.reveal(session, about), told, failed)

        failed = self._failed(about)
        # That somebody looks is committed before the answer leaves the database.
        self._store.write_now(lambda session: data.identity_answers.ask(session, about), asked, failed)

    def answer(self, right: bool) -> None:
        """The caller was asked the question that is on; whether they knew."""
        call, view, card = self._call(), self.view, self._card()
        if call is None or view is None or view.question is None or view.state != "open":
            return
        if right and not view.expected and view.question in KEPT:
            return  # nobody can tell that without having seen what is on record
        said = op.RecordIdentityAttempt(
            agent_id=self._agent(), interaction_id=call.interaction_id, question=view.question.value, right=right,
            customer_id=card.id if card is not None else None,
        )  # fmt: skip
        row = AttemptRow(said.op_id, clock.from_us(said.at_us), said.agent_id, said.question, right)
        self._own.setdefault(call.interaction_id, []).append(row)
        self._store.put(said)
        self.tell()

    def check(self, said: str) -> None:
        """The same with what the caller said, for desks that do not show what is on record. Words are not kept."""
        view, about = self.view, self._about()
        if view is None or view.question is None or about is None or not said.strip():
            return
        if view.question not in KEPT:  # it stands on the card
            self.answer(identity_check.fits(view.question, self._expected, said))
            return
        if self._busy is not None:
            return
        self._begin(about)
        attempt, agent = new_id(), self._agent()

        def compared(_done: None) -> None:
            self._end(about)
            self._asked = None  # what came of it is in the database
            self.tell()

        self._store.write_now(
            lambda session: data.identity_answers.check(session, attempt, agent, about, said),
            compared,
            self._failed(about),
        )

    def _begin(self, about: _About) -> None:
        self._busy, self._why_not = about, None
        self.tell()

    def _end(self, about: _About) -> None:
        if self._busy == about:
            self._busy = None

    def _failed(self, about: _About) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            self._end(about)
            known = isinstance(error, DatabaseTrouble | Refused)
            self._why_not = about, str(error) if known else self.tr("The database does not answer.")
            self.tell()

        return failed

    def keep(self, question: Question, answer: str) -> str:
        """Put on record what a verified caller wants to be known by; why not, in words, or nothing."""
        card, view = self._card(), self.view
        answer = answer.strip()
        if card is None or view is None or view.state != "verified" or question not in KEPT:
            return self.tr("Only what a verified caller says is put on record.")
        if question not in view.can_keep:
            return self.tr("What is on record already a team lead replaces.")
        if question is Question.BIRTH:
            day = identity_rows.day(answer)
            if day is None:
                return self.tr("A date is written like 12.3.1984 or 1984-03-12.")
            answer = day.isoformat()
        if not identity_rows.compared(question, answer):
            return self.tr("There is nothing to keep.")
        self._store.put(
            op.SetIdentityAnswer(
                agent_id=self._agent(), customer_id=card.id, question=question.value, answer=answer[:80]
            )
        )
        self._kept[card.id] = self._kept.get(card.id, frozenset()) | {question.value}
        self.tell()
        return ""

    def lift(self, customer: UUID, reason: str, then: Callable[[str], None]) -> None:
        """Let answers of a customer be compared again after too many wrong ones; ``then`` hears why not, or nothing."""

        def failed(error: Exception) -> None:
            known = isinstance(error, DatabaseTrouble | Refused)
            then(str(error) if known else self.tr("The database does not answer."))

        lift = data.identity_answers.lift
        self._store.write_now(lambda session: lift(session, customer, reason), lambda _done: then(""), failed)

    # ------------------------------------------------------------------ what is known

    @Slot()
    def _opened(self) -> None:
        self._asked = None
        self.tell()

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        call, card = self._call(), self._card()
        about_call = call is not None and call.interaction_id in changed.interactions
        about_card = card is not None and card.id in changed.customers
        if about_call or about_card or changed.everything:
            self._asked = None
            self.tell()

    def _read(self, interaction: UUID, customer: UUID) -> None:
        if self._asked == (interaction, customer) or not self._store.ready:
            return
        self._asked = interaction, customer

        def question(session: Any) -> _Read:
            asked = data.identity_checks.attempts(session, [interaction]).get(interaction, ())
            answers = data.identity_answers
            return asked, answers.known(session, customer), answers.lifted(session, customer)

        def answer(read: _Read) -> None:
            self._attempts, self._kept = {interaction: read[0]}, {customer: read[1]}
            if read[2] != self._lifted:
                self._lifted, self._why_not = read[2], None  # what was refused may be asked again
            self._own = {interaction: self._own.get(interaction, [])}
            self.tell()

        def failed(_error: Exception) -> None:
            self._asked = None

        self._store.call(question, answer, failed)

    def attempts(self, interaction: UUID) -> tuple[AttemptRow, ...]:
        """What was asked in this interaction, by whomever, the oldest first."""
        rows = {row.id: row for row in (*self._attempts.get(interaction, ()), *self._own.get(interaction, ()))}
        return tuple(sorted(rows.values(), key=lambda row: (row.at, row.id)))

    # ------------------------------------------------------------------ shown

    @Slot()
    def tell(self) -> None:
        """Say how it stands with the caller on the screen, if that is news."""
        view = self._view()
        if view != self.view:
            self.view = view
            self.changed.emit(view)
        marks = self._marks()
        if marks != self.marks:
            self.marks = marks
            self.marked.emit(marks)

    def _marks(self) -> Marks:
        calls = {call.interaction_id for call in self._session.book.calls.values() if not call.is_consult}
        self._seen = {key: mark for key, mark in self._seen.items() if key in calls}
        shown, found = self._call(), {}
        if shown is not None:
            self._seen.pop(shown.interaction_id, None)
            if (mark := self._mark(shown.interaction_id, self._session.pop_view(), self.view)) is not None:
                self._seen[shown.interaction_id] = mark
        for key in sorted(calls):
            if (mark := self._seen.get(key) or self._mark(key, self._session.pop_of(key), None)) is not None:
                found[key] = mark
        return found

    def _mark(self, key: UUID, shown: PopView | None, view: IdentityView | None) -> IdentityMark | None:
        """What is said beside a caller's name, by whichever desk or menu it came about."""
        if shown is None:
            return None
        passed = shown.facts.pin_passed
        state = "" if passed is None else "ivr_passed" if passed else "ivr_failed"
        if view is not None and view.state != "unknown":
            state = view.state
        if not state:
            return None
        names = {agent.id: agent.name for agent in self._session.centre.agents}
        asked = tuple(
            CheckLine(
                row.question, row.right, names.get(row.agent_id, "") if row.agent_id else "", row.at, row.compared
            )
            for row in self.attempts(key)
        )
        said = next((step.at for step in reversed(shown.handoff) if step.name == "pin"), "")
        return IdentityMark(key, state, passed, said, asked)

    def _view(self) -> IdentityView | None:
        call, card, self._expected = self._call(), self._card(), ""
        policy, shown = self._policy(call) if call is not None else None, self._session.pop_view()
        if call is None or card is None or policy is None or shown is None:
            return None
        self._read(call.interaction_id, card.id)
        known = card.id in self._kept and call.interaction_id in self._attempts
        if not known and not self._own.get(call.interaction_id):
            return IdentityView(call.interaction_id, "unknown")
        kept, passed = self._kept.get(card.id, frozenset()), shown.facts.pin_passed
        answers = identity_check.on_record(card, kept, call.e164 or call.number)
        now = identity_check.standing(policy, self.attempts(call.interaction_id), passed, tuple(answers))
        question = now.next if now.state == "open" else None
        self._expected = answers[question] if question is not None else ""
        about = (call.interaction_id, card.id, question) if question is not None else None
        if self._looked_at is not None and self._looked_at[0] != about:
            self._looked_at = None  # it is not on view any more
        if self._looked_at is not None and policy.shows_answer:
            self._expected = self._looked_at[1]
        over = now.state in ("failed", "exhausted")
        return IdentityView(
            interaction_id=call.interaction_id,
            state=now.state,
            right=now.right,
            wrong=now.wrong,
            pin_passed=passed,
            question=question,
            shown=policy.shows_answer,
            expected=self._expected if policy.shows_answer else "",
            left=now.left,
            to_go=now.to_go,
            after=policy.after if over else "",
            lifted=self._lifted,
            call_back=_number_on_record(card) if over and policy.after == Failed.CALL_BACK else "",
            busy=about is not None and self._busy == about,
            why_not=self._why_not[1] if self._why_not is not None and self._why_not[0] == about else "",
            can_keep=tuple(one for one in KEPT if now.state == "verified" and one not in kept),
        )

    def _about(self) -> _About | None:
        """Interaction, customer and the question that is on."""
        card, view = self._card(), self.view
        if card is None or view is None or view.question is None:
            return None
        return view.interaction_id, card.id, view.question

    def _policy(self, call: Call) -> IdentityRecord | None:
        policy = self._session.centre.identity_of(call.queue)
        return policy if policy is not None and policy.active else None

    def _call(self) -> Call | None:
        shown = self._session.pop_view()
        key = shown.interaction_id if shown is not None else None
        calls = self._session.book.calls.values()
        return next((call for call in calls if call.interaction_id == key and not call.is_consult), None)

    def _card(self) -> CustomerCard | None:
        view = self._session.pop_view()
        return view.pop.card if view is not None and view.state == "found" else None

    def _agent(self) -> UUID | None:
        return self._session.agent.id if self._session.agent is not None else None


def _number_on_record(card: CustomerCard) -> str:
    number = next((phone.e164 or phone.typed for phone in card.phones), "")
    return numbers.display(number, "") if number else ""
