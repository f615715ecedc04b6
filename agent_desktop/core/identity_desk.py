"""The identity check at this desk: of the caller on the screen, by their queue's policy, kept through the journal."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from agent_desktop import clock, data, numbers
from agent_desktop.core import identity_check
from agent_desktop.core.call_book import Call
from agent_desktop.core.identity_check import IdentityView
from agent_desktop.core.session import Session
from agent_desktop.data import operations as op
from agent_desktop.data.identity_rows import KEPT, NO_QUEUE, AttemptRow, Failed, IdentityRecord, Question
from agent_desktop.data.rows import Changed, CustomerCard

_Read = tuple[tuple[AttemptRow, ...], dict[str, str]]


class IdentityDesk(QObject):
    """Signal: changed(IdentityView | None), None where nobody is to be checked."""

    changed = Signal(object)

    def __init__(self, session: Session):
        super().__init__()
        self.view: IdentityView | None = None
        self._session, self._store = session, session.store
        self._attempts: dict[UUID, tuple[AttemptRow, ...]] = {}  # by interaction, as the database has them
        self._own: dict[UUID, list[AttemptRow]] = {}  # ours, which may not be there yet
        self._kept: dict[UUID, dict[str, str]] = {}  # what customers have left, by customer
        self._asked: tuple[UUID, UUID] | None = None
        self._expected = ""
        session.pop_changed.connect(self.tell)
        session.calls_changed.connect(self.tell)
        session.centre_changed.connect(self.tell)
        self._store.changed.connect(self._changed)
        self._store.opened.connect(self._opened)

    # ------------------------------------------------------------------ intents

    def answer(self, right: bool) -> None:
        """The caller was asked the question that is on; whether they knew."""
        call, view, card = self._call(), self.view, self._card()
        if call is None or view is None or view.question is None or view.state != "open":
            return
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
        view = self.view
        if view is not None and view.question is not None and said.strip():
            self.answer(identity_check.fits(view.question, self._expected, said))

    def keep(self, question: Question, answer: str) -> str:
        """Put on record what a verified caller wants to be known by; why not, in words, or nothing."""
        card, view = self._card(), self.view
        answer = answer.strip()
        if card is None or view is None or view.state != "verified" or question not in KEPT:
            return self.tr("Only what a verified caller says is put on record.")
        if question is Question.BIRTH:
            day = identity_check.day(answer)
            if day is None:
                return self.tr("A date is written like 12.3.1984 or 1984-03-12.")
            answer = day.isoformat()
        if not answer:
            return self.tr("There is nothing to keep.")
        self._store.put(
            op.SetIdentityAnswer(
                agent_id=self._agent(), customer_id=card.id, question=question.value, answer=answer[:80]
            )
        )
        self._kept.setdefault(card.id, {})[question.value] = answer
        self.tell()
        return ""

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
            found = data.identity_checks
            return found.attempts(session, [interaction]).get(interaction, ()), found.answers(session, customer)

        def answer(read: _Read) -> None:
            self._attempts, self._kept = {interaction: read[0]}, {customer: read[1]}
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

    def _view(self) -> IdentityView | None:
        call, card, self._expected = self._call(), self._card(), ""
        policy, shown = self._policy(call) if call is not None else None, self._session.pop_view()
        if call is None or card is None or policy is None or shown is None:
            return None
        self._read(call.interaction_id, card.id)
        known = card.id in self._kept and call.interaction_id in self._attempts
        if not known and not self._own.get(call.interaction_id):
            return IdentityView(call.interaction_id, "unknown")
        kept, passed = self._kept.get(card.id, {}), shown.facts.pin_passed
        answers = identity_check.on_record(card, kept, call.e164 or call.number)
        now = identity_check.standing(policy, self.attempts(call.interaction_id), passed, tuple(answers))
        question = now.next if now.state == "open" else None
        self._expected = answers[question] if question is not None else ""
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
            call_back=_number_on_record(card) if over and policy.after == Failed.CALL_BACK else "",
            can_keep=tuple(one for one in KEPT if now.state == "verified" and one not in kept),
        )

    def _policy(self, call: Call) -> IdentityRecord | None:
        centre = self._session.centre
        queue = centre.queue(call.queue) if call.queue else None
        key = queue.id if queue is not None else NO_QUEUE
        return next((one for one in centre.identity if one.id == key and one.active), None)

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
