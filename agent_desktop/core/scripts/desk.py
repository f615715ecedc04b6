"""The script beside the call at this desk: chosen, walked through, written down at each answer, taken up again."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
from PySide6.QtCore import QLocale, QObject, QTimer, Signal, Slot

from agent_desktop import clock, data
from agent_desktop.core import figures
from agent_desktop.core.scripts import callers, choosing, keeping, moves, words
from agent_desktop.core.scripts.actions import Actions
from agent_desktop.core.scripts.evaluation import Evaluation
from agent_desktop.core.scripts.keeping import Walk
from agent_desktop.core.scripts.library import Book, Library
from agent_desktop.core.scripts.orders import Answer, Kind, Move, Moved
from agent_desktop.core.scripts.runner import Facts, Plan, Run
from agent_desktop.core.scripts.unevaluated import Unevaluated
from agent_desktop.core.scripts.views import OfferView, ScriptState, ScriptView, StepView
from agent_desktop.core.session import Session
from agent_desktop.core.views import PopView
from agent_desktop.data.rows import Changed, WorkItem
from agent_desktop.data.script_rows import RunRow

MOST = 30  # walks remembered
WARM_MS = 4_000
_NO_CHANGE = (Kind.BEGIN, Kind.SHOW)


class ScriptDesk(QObject):
    """Signals: changed(ScriptView), notice(Notice), url_wanted(address): the list of pages allows it.

    Every order names the place it is meant for; one that the script has left is dropped. Nothing here waits: templates
    are worked out by the child, and what they say comes with ``changed``.
    """

    changed = Signal(object)

    def __init__(self, session: Session):
        super().__init__()
        self._session, self._store = session, session.store
        self.library = Library(session.store)
        self.evaluation = Evaluation(self)
        self.actions = Actions(session, self.evaluation)
        self.worked_off: Callable[[str], WorkItem | None] = lambda call_id: None  # what a call of ours was promised for
        self.notice, self.url_wanted = self.actions.notice, self.actions.url_wanted
        self._walks: dict[UUID, Walk] = {}
        self._left: dict[tuple[UUID, UUID], Walk] = {}  # by call and script: begun, and another one taken
        self._pops: dict[UUID, PopView] = {}
        self._looked: set[tuple[UUID, UUID | None]] = set()  # calls and customers whose runs were asked for
        self._shown: UUID | None = None
        self._waiting: deque[tuple[Walk, Kind | None, str, str]] = deque()  # walk, move, text, where
        self._busy = False
        self._warm = QTimer(self)
        self._warm.setSingleShot(True)
        self._warm.setInterval(WARM_MS)
        self._warm.timeout.connect(self.evaluation.start)
        self._view = ScriptView()
        session.pop_painted.connect(self.show)
        session.wrap_ups.finished.connect(self._forget)
        session.store.changed.connect(self._stored)
        self.library.changed.connect(self._library_changed)
        self.actions.done.connect(self._action_done)

    def start(self) -> None:
        """Have the scripts ready before a call comes, and the child, but not while the window is being opened."""
        self.library.load()
        self._warm.start()

    def stop(self) -> None:
        self._warm.stop()
        self._waiting.clear()
        self.evaluation.stop()

    def view(self) -> ScriptView:
        return self._view

    # ------------------------------------------------------------- which one

    @Slot(object)
    def show(self, pop: PopView | None) -> None:
        """The call on the screen is this one, as far as it is known by now."""
        key = pop.interaction_id if pop is not None else None
        self._shown = key
        if pop is None or key is None or pop.call is None:
            self._tell()
            return
        self._pops[key] = pop
        walk = self._walks.get(key)
        if walk is not None and (walk.touched or walk.by_hand or walk.resumed_from):
            self._say_again(walk)
        elif walk is not None or pop.state != "looking":
            self._choose(key)
        self._tell()

    def choose(self, script_id: str) -> None:
        """Take another script for the call on the screen; one that was begun in it goes on where it stood."""
        key = self._shown
        book = self.library.books.get(UUID(script_id)) if script_id else None
        if key is None or book is None:
            return
        walk = self._walks.get(key)
        if walk is not None and walk.book.script_id == book.script_id:
            return
        left = self._left.pop((key, book.script_id), None)
        if left is not None and left.run is not None:
            self._leave(walk)
            left.by_hand, left.names = True, self._names(key)
            self._resume(left, left.run, self.tr("You, step {0}").format(len(left.run.path)))
            return
        begun = self._begin(key, book, self.tr("Chosen by you"), by_hand=True)
        self._store.browse(
            lambda session: data.scripts.runs(session, key, None),
            lambda rows: self._begun_before(begun, rows),
            lambda _error: None,
        )

    def start_over(self) -> None:
        """Begin the same script anew, in its newest version; what was answered stays in the database's history."""
        walk = self._walks.get(self._shown) if self._shown is not None else None
        if walk is None:
            return
        book = self.library.books.get(walk.book.script_id, walk.book)
        self._begin(walk.interaction_id, book, walk.why, by_hand=True)

    def _choose(self, key: UUID) -> None:
        """By the rules, from what is known now."""
        pop, known = self._pops[key], self._walks.get(key)
        found = choosing.chosen(self.library.rules, self._asked(pop), self._session.centre.queue_label)
        best = next((each for each in found if each.script_id in self.library.books), None)
        if best is None:
            if known is not None:
                self._walks.pop(key)
            self._look_for_runs(key, pop)
            return
        book = self.library.books[best.script_id]
        if known is not None and known.book == book:
            known.why = best.why
            self._say_again(known)
        else:
            self._begin(key, book, best.why)
        self._look_for_runs(key, pop)

    def _begin(self, key: UUID, book: Book, why: str, *, by_hand: bool = False) -> Walk:
        self.actions.forget(key)
        self._leave(self._walks.get(key))
        self._left.pop((key, book.script_id), None)
        walk = Walk(key, book, why, by_hand=by_hand)
        while len(self._walks) >= MOST:
            self._walks.pop(next(iter(self._walks)))
        self._walks[key] = walk
        walk.names = self._names(key)
        self._ask(walk, Kind.BEGIN)
        self._tell()
        return walk

    def _leave(self, walk: Walk | None) -> None:
        """Another script takes its place: what was answered is kept, should it be taken again."""
        if walk is not None and walk.touched:
            self._left[walk.interaction_id, walk.book.script_id] = walk
            while len(self._left) > MOST:
                self._left.pop(next(iter(self._left)))

    def _names(self, key: UUID) -> dict[str, object]:
        pop, session = self._pops[key], self._session
        queue = pop.call.queue if pop.call is not None else ""
        agent = session.agent.name if session.agent is not None else ""
        label = session.centre.queue_label(queue) if queue else ""
        return callers.names(pop, agent, self.library.company, session.settings.numbers.region, label)

    def _promise(self, pop: PopView) -> WorkItem | None:
        return self.worked_off(pop.call.call_id) if pop.call is not None else None

    def _asked(self, pop: PopView) -> choosing.Asked:
        promise = self._promise(pop)
        return callers.asked(pop, promise.queue if promise is not None else "")

    def _say_again(self, walk: Walk) -> None:
        """More is known of the caller: the words may be others."""
        names = self._names(walk.interaction_id)
        if names != walk.names:
            walk.names = names
            self._ask(walk, Kind.SHOW)

    @Slot()
    def _library_changed(self) -> None:
        if self._shown is not None and self._shown in self._pops:
            self.show(self._pops[self._shown])

    # ---------------------------------------------------------- taken up again

    def _look_for_runs(self, key: UUID, pop: PopView) -> None:
        """Whether somebody, or this desk before a crash, has got somewhere already."""
        kept = keeping.read(self._store.journal.draft(keeping.draft_key(key)))
        if kept is not None:
            self.library.find(kept.script_id, kept.number, partial(self._kept_found, key, kept))
            return
        customer = pop.pop.card.id if pop.pop.card is not None and pop.state == "found" else None
        if (key, customer) in self._looked:
            return
        self._looked.add((key, customer))
        promise = self._promise(pop)
        promised = promise.interaction_id if promise is not None else None
        self._store.browse(
            lambda session: data.scripts.runs(session, key, customer, promised),
            lambda rows: self._runs_found(key, rows, promised),
            lambda _error: self._looked.discard((key, customer)),
        )

    @Slot(object)
    def _stored(self, changed: Changed) -> None:
        """What whoever sent the call on to us did last may be written only now."""
        key = self._shown
        if key is None or key not in changed.interactions or self._is_touched(key):
            return
        self._looked = {each for each in self._looked if each[0] != key}
        if key in self._walks:
            self._look_for_runs(key, self._pops[key])

    def _kept_found(self, key: UUID, kept: keeping.Kept, book: Book | None) -> None:
        if book is not None and not self._is_touched(key):
            walk = Walk(key, book, self.tr("It was open here"), names=self._names(key), begun_us=kept.begun_us)
            self._resume(walk, kept.run, self.tr("You, step {0}").format(len(kept.run.path)))

    def _runs_found(self, key: UUID, rows: tuple[RunRow, ...], promised: UUID | None) -> None:
        """This call's own run goes before that of the call in which we promised it; then the customer's last one."""
        walk = self._walks.get(key)
        chosen = walk.book.script_id if walk is not None else None
        own = next((row for row in rows if row.interaction_id == key), None)
        then = next((row for row in rows if row.interaction_id == promised and not row.finished), None)
        before = next((row for row in rows if row.script_id == chosen and not row.finished), None)
        row = own or then or before
        if row is None or self._is_touched(key):
            return
        self.library.find(row.script_id, row.number, partial(self._run_found, key, row))

    def _begun_before(self, walk: Walk, rows: tuple[RunRow, ...]) -> None:
        """The script that the agent has chosen was begun in this call, by a colleague or before a restart."""
        key, wanted = walk.interaction_id, walk.book.script_id
        row = next((row for row in rows if row.interaction_id == key and row.script_id == wanted), None)
        if row is None:
            return

        def found(book: Book | None) -> None:
            if self._walks.get(key) is walk and not walk.touched:
                walk.by_hand = False
                self._run_found(key, row, book)
                self._walks[key].by_hand = True

        self.library.find(wanted, row.number, found)

    def _run_found(self, key: UUID, row: RunRow, book: Book | None) -> None:
        if book is None or self._is_touched(key) or key not in self._pops:
            return
        try:
            run = msgspec.convert(row.body, Run)
        except msgspec.ValidationError:
            return
        if row.interaction_id != key:
            run = msgspec.structs.replace(run, run_id=keeping.run_id(key, row.script_id), done=())
        before = self._walks.get(key)
        if before is not None and before.run == run:
            return
        why = before.why if before is not None and before.book.script_id == row.script_id else self.tr("Begun before")
        walk = Walk(key, book, why, names=self._names(key))
        who = row.agent or self.tr("Somebody")
        self._resume(walk, run, self.tr("{0}, step {1}, {2}").format(who, row.step, _when(row.at)))

    def _resume(self, walk: Walk, run: Run, resumed_from: str) -> None:
        walk.run, walk.resumed_from = run, resumed_from
        self._walks[walk.interaction_id] = walk
        self._ask(walk, Kind.SHOW)
        self._tell()

    def _is_touched(self, key: UUID) -> bool:
        walk = self._walks.get(key)
        return key not in self._pops or (walk is not None and (walk.touched or walk.by_hand))

    # ----------------------------------------------------------------- moves

    def answer(self, place: str, text: str) -> None:
        """Keep an answer and stay. The value of a choice, "yes" or "no", or what was typed."""
        self._order(Kind.ANSWER, text, place)

    def answer_and_go(self, place: str, text: str) -> None:
        """Keep an answer, and go on where it was taken."""
        self._order(Kind.ANSWER_AND_GO, text, place)

    def go_on(self, place: str) -> None:
        self._order(Kind.GO_ON, "", place)

    def go_to(self, step_id: str) -> None:
        """One of the ways that the view offers where no condition holds."""
        self._order(Kind.GO_TO, step_id)

    def back(self) -> None:
        self._order(Kind.BACK)

    def jump(self, place: str) -> None:
        """Back to a step that was passed; answers stay."""
        self._order(Kind.JUMP, place)

    def set_language(self, language: str) -> None:
        self._order(Kind.LANGUAGE, language)

    def act(self, place: str, key: str) -> None:
        """Have one of the step's actions done."""
        walk = self._current()
        if walk is not None and walk.run is not None:
            self._ask(walk, None, key, place)

    @Slot(object, str)
    def _action_done(self, walk: Walk, key: str) -> None:
        self._ask(walk, Kind.DONE, key)

    def _current(self) -> Walk | None:
        return self._walks.get(self._shown) if self._shown is not None else None

    def _order(self, kind: Kind, text: str = "", place: str = "") -> None:
        walk = self._current()
        if walk is not None and walk.run is not None:
            self._ask(walk, kind, text, place)

    def _ask(self, walk: Walk, kind: Kind | None, text: str = "", place: str = "") -> None:
        """Have a move made, or (None) an action done, when it is its turn."""
        self._waiting.append((walk, kind, text, place))
        self._next()

    def _next(self) -> None:
        while self._waiting and not self._busy:
            walk, kind, text, place = self._waiting.popleft()
            if self._walks.get(walk.interaction_id) is not walk:
                continue  # another script has taken its place
            if place and (walk.run is None or walk.run.place != place):
                continue
            if kind is None:
                self.actions.act(walk, text, self._facts(walk), self._pops[walk.interaction_id])
                continue
            self._busy = True
            self._send(walk, self._move(walk, kind, text))

    def _facts(self, walk: Walk) -> Facts:
        today = clock.now().astimezone().date()
        return Facts(names=walk.names, region=self._session.settings.numbers.region, today=today)

    def _move(self, walk: Walk, kind: Kind, text: str) -> Move:
        return Move(
            number=0,
            key=walk.book.key,
            kind=kind,
            facts=self._facts(walk),
            run=walk.run,
            text=text,
            run_id=keeping.run_id(walk.interaction_id, walk.book.script_id),
            language=walk.language or self._language(walk),
        )

    def _language(self, walk: Walk) -> str:
        """The caller's language where the script has it, else the script's first."""
        spoken = choosing.language_of(self._asked(self._pops[walk.interaction_id]).language)
        there = walk.book.program.script.languages
        return next((each for each in there if each.partition("-")[0] == spoken), there[0])

    def _send(self, walk: Walk, move: Move) -> None:
        self.evaluation.ask(
            lambda number: msgspec.structs.replace(move, number=number),
            partial(self._moved, walk, move),
            partial(self._not_moved, walk, move),
            (walk.book.key, walk.book.program),
        )

    def _not_moved(self, walk: Walk, move: Move, why: str) -> None:
        """Once more without the words; then here, with nothing worked out: a template must not end a call."""
        if not move.plain and move.kind is not Kind.SHOW:
            self._send(walk, msgspec.structs.replace(move, plain=True))
            return
        run, step = moves.move(Plan(walk.book.program), Unevaluated(why), move)
        self._moved(walk, move, Moved(0, run, step))

    def _moved(self, walk: Walk, move: Move, answer: Answer) -> None:
        self._busy = False
        if isinstance(answer, Moved) and self._walks.get(walk.interaction_id) is walk:
            self._take(walk, move, answer.run, words.in_words(answer.view))
        self._next()

    def _take(self, walk: Walk, move: Move, run: Run, step: StepView) -> None:
        if move.kind in _NO_CHANGE or run == walk.run:
            walk.run, walk.step = run, step
        else:
            agent = self._session.agent
            operation = walk.moved(run, step, agent.id if agent is not None else None)
            if move.kind is not Kind.DONE:  # which a step may do of itself
                walk.resumed_from = ""
            with self._store.together():
                self._store.put(operation)
                self._store.keep_draft(keeping.draft_key(walk.interaction_id), walk.kept())
        if move.kind is Kind.DONE:
            self.actions.noted(walk, move.text)
        self.actions.arrived(walk, self._facts(walk), self._pops[walk.interaction_id])
        self._tell()

    @Slot(object)
    def _forget(self, interaction_id: UUID) -> None:
        walk = self._walks.pop(interaction_id, None)
        self._pops.pop(interaction_id, None)
        self._looked = {each for each in self._looked if each[0] != interaction_id}
        self._left = {each: left for each, left in self._left.items() if each[0] != interaction_id}
        if walk is not None and walk.touched:
            self._store.put(finished_draft=keeping.draft_key(interaction_id))
        if self._shown == interaction_id:
            self._shown = None
            self._tell()

    # --------------------------------------------------------------- painted

    def _tell(self) -> None:
        view = self._seen()
        if view != self._view or view.step.question is not None:
            self._view = view
            self.changed.emit(view)

    def _seen(self) -> ScriptView:
        key = self._shown
        if key is None or key not in self._pops:
            return ScriptView()
        walk = self._walks.get(key)
        if walk is None:
            looking = self._pops[key].state == "looking"
            state = ScriptState.LOADING if looking else ScriptState.NO_SCRIPT
            why = ""
            if not self.library.loaded and not looking:
                state = ScriptState.LOADING if self._store.ready else ScriptState.UNAVAILABLE
                why = "" if self._store.ready else self.tr("Scripts come with the database, which is away.")
            return ScriptView(state=state, why=why, offers=self._offers(key))
        if walk.run is None:
            return ScriptView(state=ScriptState.LOADING)
        script = walk.book.program.script
        return ScriptView(
            state=ScriptState.FINISHED if walk.run.finished else ScriptState.STEP,
            script_id=str(walk.book.script_id),
            title=walk.book.title(walk.run.language),
            version=walk.run.version,
            why=walk.why,
            language=walk.run.language,
            languages=script.languages,
            step=replace(walk.step, finished=walk.run.finished),
            resumed_from=walk.resumed_from,
            offers=self._offers(key),
        )

    def _offers(self, key: UUID) -> tuple[OfferView, ...]:
        """All scripts, those that fit the call first."""
        asked = self._asked(self._pops[key])
        fitting = {each.script_id: each.why for each in choosing.chosen(self.library.rules, asked)}
        walk = self._walks.get(key)
        at_work = walk.book.script_id if walk is not None else None
        language = choosing.language_of(asked.language) or "en"
        order = {script_id: at for at, script_id in enumerate(fitting)}
        offers = [
            OfferView(str(each), book.title(language), fitting.get(each, ""), each == at_work)
            for each, book in self.library.books.items()
        ]
        return tuple(sorted(offers, key=lambda offer: (order.get(UUID(offer.script_id), len(order)), offer.title)))


def _when(at: datetime) -> str:
    local = at.astimezone()
    day = QLocale().standaloneDayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{day} {figures.moment_text(local)}"
