"""What a script's actions do at this desk: tickets, results, callbacks; menus and pages are asked for by signal."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from urllib.parse import unquote, urlsplit
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from agent_desktop import clock, numbers
from agent_desktop.core import interaction_ids
from agent_desktop.core.scripts import callers
from agent_desktop.core.scripts.evaluation import Evaluation
from agent_desktop.core.scripts.keeping import Walk
from agent_desktop.core.scripts.model import (
    Action,
    CallbackAction,
    HandoffAction,
    MoneyQuestion,
    OpenTicketAction,
    SetDispositionAction,
    UrlAction,
)
from agent_desktop.core.scripts.orders import Answer, Prepare, Prepared
from agent_desktop.core.scripts.runner import Facts, Plan, scope
from agent_desktop.core.session import Session
from agent_desktop.core.views import NewTicket, Notice, PopView
from agent_desktop.data import operations as op

CALLBACK_AT = time(9)  # of the day that the caller has named


class Actions(QObject):
    """Signals: done(Walk, key), notice(Notice), url_wanted(address).

    ``hand_over(target, amount, currency)`` hands the caller to a menu of the PBX; it says why not, or nothing.
    """

    done = Signal(object, str)
    notice = Signal(object)
    url_wanted = Signal(str)

    def __init__(self, session: Session, evaluation: Evaluation):
        super().__init__()
        self._session, self._evaluation = session, evaluation
        self._under_way: set[tuple[UUID, str]] = set()  # pressed twice it is still done once
        self.hand_over: Callable[[str, str, str], str] = self._no_menu

    def _no_menu(self, _target: str, _amount: str, _currency: str) -> str:
        return self.tr("no menu is there.")

    def arrived(self, walk: Walk, facts: Facts, pop: PopView) -> None:
        """Do what the step has done by itself."""
        for view in walk.step.actions:
            action = _action(walk, view.key)
            if isinstance(action, SetDispositionAction) and action.by_itself and not view.done and not view.why_not:
                self.act(walk, view.key, facts, pop)

    def act(self, walk: Walk, key: str, facts: Facts, pop: PopView) -> None:
        """Do one of the actions that the step offers; ``done`` when it was."""
        offered = next((view for view in walk.step.actions if view.key == key), None)
        action, run = _action(walk, key), walk.run
        if offered is None or offered.why_not or offered.done or action is None or run is None:
            return
        if isinstance(action, SetDispositionAction):
            self._dispose(walk, key, action)
            return
        if (walk.interaction_id, key) in self._under_way:
            return
        self._under_way.add((walk.interaction_id, key))
        self._evaluation.ask(
            lambda number: Prepare(number=number, key=walk.book.key, run=run, action=key, facts=facts),
            partial(self._prepared, walk, key, action, pop),
            partial(self._failed, walk, key),
            (walk.book.key, walk.book.program),
        )

    def _failed(self, walk: Walk, key: str, why: str) -> None:
        self.noted(walk, key)
        self._refuse(why)

    def _refuse(self, why: str) -> None:
        self.notice.emit(Notice(self.tr("The script could not do this: {0}").format(why), "warn"))

    def _dispose(self, walk: Walk, key: str, action: SetDispositionAction) -> None:
        queue = self._queue(walk)
        wanted = action.disposition.casefold()
        rows = self._session.centre.dispositions_for(queue)
        found = next((row for row in rows if row.label.casefold() == wanted), None)
        if found is None:
            self._refuse(self.tr("there is no result “{0}” for this call.").format(action.disposition))
            return
        self._session.wrap_ups.choose(walk.interaction_id, found.id)
        self.done.emit(walk, key)

    def _prepared(self, walk: Walk, key: str, action: Action, pop: PopView, answer: Answer) -> None:
        if isinstance(answer, Prepared) and self._carried_out(walk, key, action, pop, answer):
            self.done.emit(walk, key)
        else:
            self.noted(walk, key)

    def noted(self, walk: Walk, key: str) -> None:
        """It stands in the run that it was done, or it was not: it may be pressed again."""
        self._under_way.discard((walk.interaction_id, key))

    def forget(self, interaction_id: UUID) -> None:
        """The script of this call begins anew."""
        self._under_way = {each for each in self._under_way if each[0] != interaction_id}

    def _carried_out(self, walk: Walk, key: str, action: Action, pop: PopView, answer: Prepared) -> bool:
        if answer.troubles:
            self._refuse(answer.troubles[0])
            return False
        texts = answer.texts
        match action:
            case OpenTicketAction():
                self._open_ticket(walk, action, texts, pop)
                return True
            case CallbackAction():
                return self._call_back(walk, key, action, texts.get("note", ""), pop)
            case HandoffAction():
                why_not = self._hand_over(walk, key, action)
                if why_not:
                    self._refuse(why_not)
                return not why_not
            case UrlAction():
                return self._open_page(texts.get("url", ""))
            case _:
                return False

    def _open_ticket(self, walk: Walk, action: OpenTicketAction, texts: dict[str, str], pop: PopView) -> None:
        card = pop.pop.card
        new = NewTicket(
            subject=" ".join(texts.get("subject", "").split())[:200],
            body=texts.get("body", ""),
            priority=action.priority,
            customer_id=card.id if card is not None else None,
            interaction_id=walk.interaction_id,
            queue=action.queue or self._queue(walk),
        )
        self._session.open_ticket(new)

    def _call_back(self, walk: Walk, key: str, action: CallbackAction, note: str, pop: PopView) -> bool:
        session, card = self._session, pop.pop.card
        said = self._answer(walk, key, action.number) or callers.number_of(pop)
        number = numbers.parse(str(said), session.settings.numbers.region)
        if number.e164 is None:
            self._refuse(self.tr("there is no number to call back."))
            return False
        day = self._answer(walk, key, action.at)
        due = clock.now() + timedelta(minutes=action.in_minutes)
        if isinstance(day, str):
            due = datetime.combine(date.fromisoformat(day), CALLBACK_AT).astimezone().astimezone(UTC)
        session.store.put(
            op.ScheduleCallback(
                agent_id=session.agent.id if session.agent is not None else None,
                work_id=interaction_ids.new_id(),
                number=number.e164,
                due_us=clock.to_us(max(due, clock.now())),
                note=note,
                customer_id=card.id if card is not None else None,
                interaction_id=walk.interaction_id,
                queue=self._queue(walk) or None,
            )
        )
        self.notice.emit(Notice(self.tr("Callback scheduled"), "ok"))
        return True

    def _hand_over(self, walk: Walk, key: str, action: HandoffAction) -> str:
        amount = str(self._answer(walk, key, action.amount) or "")
        asked, _ = Plan(walk.book.program).names_at(key.rpartition("#")[0])
        question = asked.get(action.amount)
        return self.hand_over(action.target, amount, question.currency if isinstance(question, MoneyQuestion) else "")

    def _open_page(self, address: str) -> bool:
        if not allowed(address, self._session.settings.work.script_pages):
            self._refuse(self.tr("“{0}” is none of the pages that scripts may open.").format(address[:120]))
            return False
        self.url_wanted.emit(address)
        return True

    def _queue(self, walk: Walk) -> str:
        draft = self._session.wrap_ups.draft(walk.interaction_id)
        return draft.queue if draft is not None else ""

    @staticmethod
    def _answer(walk: Walk, key: str, name: str) -> object:
        """What was answered to a question of the action's script; None for nothing."""
        place = key.rpartition("#")[0]
        return walk.run.answers.get(scope(place) + name) if walk.run is not None and name else None


def allowed(address: str, pages: str) -> bool:
    """Whether an address is http(s), of a host and below a path that the list names; nobody's name in it."""
    try:
        wanted = urlsplit(address)
        port = wanted.port
    except ValueError:
        return False
    odd = any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in address)
    if odd or wanted.scheme not in ("http", "https") or not wanted.hostname or "@" in wanted.netloc:
        return False
    if any(part in (".", "..") for part in re.split(r"[/\\]", unquote(wanted.path))):
        return False
    for page in pages.split():
        try:
            known = urlsplit(page)
            same = (known.scheme, known.hostname, known.port) == (wanted.scheme, wanted.hostname, port)
        except ValueError:  # somebody mistyped it
            continue
        below = known.path.rstrip("/")
        inside = wanted.path == below or wanted.path.startswith(f"{below}/")
        if same and inside:
            return True
    return False


def may_be_allowed(template: str, pages: str) -> bool:
    """Whether an address that is still to be worked out can become one of those that the list allows."""
    before, merged, _ = template.partition("{")
    if not merged:
        return allowed(template.strip(), pages)
    try:
        whole = bool(urlsplit(before).path)  # the host is over, so what is merged in stands behind it
    except ValueError:
        return False
    return whole and (allowed(f"{before}x", pages) or any(page.startswith(before) for page in pages.split()))


def _action(walk: Walk, key: str) -> Action | None:
    place, _, at = key.rpartition("#")
    step = Plan(walk.book.program).step(place)
    if step is None or not at.isdecimal() or not 1 <= int(at) <= len(step.actions):
        return None
    return step.actions[int(at) - 1]
