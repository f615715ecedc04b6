"""The caller: who it is, what to mind, account facts, open tickets; or how to find out who it is."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from agent_desktop.core.views import PopView
from agent_desktop.data.rows import CustomerLine, Duplicate
from agent_desktop.ui import theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.card_parts import CardSkeleton
from agent_desktop.ui.found_customer import FoundCustomer
from agent_desktop.ui.indicators import Avatar
from agent_desktop.ui.ivr_handover import HandoverBox
from agent_desktop.ui.labels import elided, label
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.new_caller_form import NewCallerForm
from agent_desktop.ui.pick_list import PickList
from agent_desktop.ui.toast_place import spare

_SKELETON_AFTER_MS = 300
_LOW = 640  # px of height below which open tickets come first


class CustomerCard(QFrame):
    """The left column of the workspace. Signals:

    chosen(UUID), link(UUID): this customer is the caller. create_customer(NewCustomer). search(str), answered by
    ``set_candidates``. edit(UUID). dial(str). open_ticket(UUID). new_ticket(). all_tickets().
    compare(UUID, UUID), apart(UUID, UUID): this customer and one who looks alike; they come by ``set_duplicates``.
    """

    WIDTH = 326  # at text size 100 %

    chosen = Signal(object)
    create_customer = Signal(object)
    link = Signal(object)
    search = Signal(str)
    edit = Signal(object)
    dial = Signal(str)
    open_ticket = Signal(object)
    new_ticket = Signal()
    all_tickets = Signal()
    compare = Signal(object, object)
    apart = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        spare(self)
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Caller"))
        self._view: PopView | None = None
        self._own_choice: object = None  # the caller for whom "none of these" was said
        self._choosing: object = None  # the caller for whom somebody else is being chosen
        self.found, self.pick, self.form = FoundCustomer(), PickList(), NewCallerForm()
        self.handover = HandoverBox()
        self._looking = self._build_looking()
        self.pages = QStackedWidget()
        self._areas: dict[QWidget, QScrollArea] = {}
        for page in (self._looking, self.found, self.pick, self.form):
            self.pages.addWidget(self._scrolled(page))
        self.waiting = Button("", "user-check", kind="primary", height=32).spread()
        self.waiting.clicked.connect(self._show_waiting)
        self._waiting_row = QWidget()
        self._waiting_row.setLayout(row((self.waiting, 1), margins=(16, 12, 16, 0)))
        self._waiting_row.hide()
        self.setLayout(column(self._waiting_row, (self.pages, 1), self.handover, spacing=0, margins=1))
        self._skeleton_wait = QTimer(self, singleShot=True, interval=_SKELETON_AFTER_MS)
        self._skeleton_wait.timeout.connect(lambda: self._skeleton.setVisible(True))
        self._minute = QTimer(self, interval=20_000)
        self._minute.timeout.connect(self.found.tick)
        self._wire()
        self._size()

    def _build_looking(self) -> QWidget:
        page = QWidget()
        self._looking_avatar = Avatar("", 48)
        self._looking_name, self._looking_number = elided("", "h1"), elided("", "small", "2")
        self._looking_words = label(self.tr("Looking up the caller…"), "small", "3")
        self._skeleton = CardSkeleton()
        names = column(self._looking_name, self._looking_number, self._looking_words, spacing=1)
        page.setLayout(column(row(self._looking_avatar, (names, 1), spacing=12), self._skeleton, None, spacing=16))
        return page

    def _scrolled(self, page: QWidget) -> QScrollArea:
        area = QScrollArea()
        page.setContentsMargins(16, 16, 16, 12)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._areas[page] = area
        return area

    def _wire(self) -> None:
        self.pick.chosen.connect(self._picked)
        self.found.again.clicked.connect(self._choose_again)
        self.pick.none_of_these.connect(self._none_of_these)
        self.form.create_customer.connect(self.create_customer)
        self.form.link.connect(self.link)
        self.form.search.connect(self.search)
        self.found.edit.clicked.connect(self._edit)
        self.found.dial.connect(self.dial)
        self.found.open_ticket.connect(self.open_ticket)
        self.found.new.clicked.connect(self.new_ticket)
        self.found.all_tickets.connect(self.all_tickets)
        for ours, signal in ((self.found.duplicate.compare, self.compare), (self.found.duplicate.apart, self.apart)):
            ours.connect(lambda other, signal=signal: self._about(signal, other))

    # ------------------------------------------------------------------ shown

    def set_pop(self, view: PopView | None) -> None:
        """Show a caller. What somebody types into the form stays on screen; what was found meanwhile is offered."""
        if view == self._view:
            return
        same = view is not None and self._view is not None and _caller(view) == _caller(self._view)
        self._view = view
        if view is None:
            self._show(self._looking)
            self._skeleton_wait.stop()
            return
        if not same:
            self._own_choice = self._choosing = None
            self._waiting_row.hide()
            for area in self._areas.values():
                area.verticalScrollBar().setValue(0)
        busy = same and self._current() is self.form and self.form.is_touched() and _has_focus(self.form)
        if busy and view.state in ("found", "choose"):
            found = view.pop.card.name if view.pop.card is not None else self.tr("several customers")
            self.waiting.setText(self.tr("Found: {0}").format(found))
            self._waiting_row.show()
            return
        self._waiting_row.hide()
        self._fill(view)

    def set_candidates(self, lines: tuple[CustomerLine, ...]) -> None:
        """The answer to ``search``."""
        self.form.set_candidates(lines)

    def set_duplicates(self, customer_id: UUID, found: tuple[Duplicate, ...]) -> None:
        """Who looks like the customer that is shown; those of another one are dropped."""
        if self.found.card is not None and self.found.card.id == customer_id:
            self.found.duplicate.set(found)

    def _about(self, signal: SignalInstance, other: UUID) -> None:
        if self.found.card is not None:
            signal.emit(self.found.card.id, other)

    def focus_first(self) -> None:
        """Focus what the present state asks for: the pick list, the form's name, or the first ticket."""
        page = self._current()
        target: QWidget = self.found.edit
        if page is self.pick or page is self.form:
            target = page
        elif page is self.found and self.found.tickets[0].isVisibleTo(self.found):
            target = self.found.tickets[0]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def state(self) -> str:
        """looking, found, choose or form: what is on screen."""
        names: dict[QWidget, str] = {
            self._looking: "looking",
            self.found: "found",
            self.pick: "choose",
            self.form: "form",
        }
        return names[self._current()]

    def _fill(self, view: PopView) -> None:
        card = view.pop.card
        if view.state != "looking":
            self._skeleton_wait.stop()
        if view.state == "found" and card is not None and self._choosing != _caller(view):
            self.found.set(view, card)
            self._show(self.found)
        elif view.state == "looking":
            self._fill_looking(view)
        elif self._choosing == _caller(view) or (view.state == "choose" and self._own_choice != _caller(view)):
            self.pick.set_matches(_number(view), view.pop.matches)
            self._show(self.pick)
        else:
            self._fill_form(view)

    def _fill_looking(self, view: PopView) -> None:
        name, number = (view.call.name if view.call is not None else ""), _number(view)
        self._looking_avatar.set_name(name)
        self._looking_name.setText(name or number or self.tr("Withheld number"))
        self._looking_number.setText(wording.ltr(number))
        if self._current() is not self._looking or not self._skeleton_wait.isActive():
            self._skeleton.hide()
            self._skeleton_wait.start()
        self._show(self._looking)

    def _fill_form(self, view: PopView) -> None:
        said = view.call.name if view.call is not None else ""
        number = _number(view)
        if said == number or view.state == "withheld":
            said = ""
        self.form.set_words(view.state if view.state in ("withheld", "offline") else "unknown", view.trouble)
        self.form.set_caller(_caller(view), number, said)
        self._show(self.form)

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(self._areas[page])
        if page is self.found:
            self._minute.start()
        else:
            self._minute.stop()

    def _current(self) -> QWidget:
        shown = self.pages.currentWidget()
        return next(page for page, area in self._areas.items() if area is shown)

    def _choose_again(self) -> None:
        if self._view is not None:
            self._choosing = _caller(self._view)
            self._fill(self._view)
            self.pick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self, customer_id: UUID) -> None:
        self._choosing = None
        self.chosen.emit(customer_id)
        if self._view is not None:
            self._fill(self._view)

    def _none_of_these(self) -> None:
        if self._view is not None:
            self._choosing = None
            self._own_choice = _caller(self._view)
            self._fill_form(self._view)
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_waiting(self) -> None:
        self._waiting_row.hide()
        if self._view is not None:
            self._fill(self._view)

    def _edit(self) -> None:
        if self.found.card is not None:
            self.edit.emit(self.found.card.id)

    # ------------------------------------------------------------------- size

    def _size(self) -> None:
        self.setFixedWidth(theme.px(self.WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.found.set_low(self.height() < theme.px(_LOW))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_areas"):
            self._size()


def _caller(view: PopView) -> object:
    """What tells one caller from the next."""
    call = view.call.call_id if view.call is not None else None
    card: UUID | None = view.pop.card.id if view.pop.card is not None and call is None else None
    return view.interaction_id or call or card or view.pop.number


def _number(view: PopView) -> str:
    return (view.call.number if view.call is not None else "") or view.pop.number


def _has_focus(widget: QWidget) -> bool:
    focused = widget.window().focusWidget()
    return focused is not None and widget.isAncestorOf(focused)
