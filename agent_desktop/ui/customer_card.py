"""The caller: who it is, what to mind, account facts, open tickets; or how to find out who it is."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from agent_desktop import clock
from agent_desktop.core.views import PopView
from agent_desktop.data.rows import CustomerCard as CardRow
from agent_desktop.data.rows import CustomerLine, Duplicate, HistoryRow, TicketLine
from agent_desktop.data.words import Channel, MatchKind
from agent_desktop.ui import actions, dates, theme, wording
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.card_parts import CardSkeleton, Fact, NoteLine, PhoneLine, TagFlow, TicketButton
from agent_desktop.ui.consent_lines import ConsentFacts, is_not_to_call
from agent_desktop.ui.duplicate_note import DuplicateNote
from agent_desktop.ui.indicators import Avatar
from agent_desktop.ui.labels import Icon, elided, flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.new_caller_form import NewCallerForm
from agent_desktop.ui.pick_list import PickList

_MOST_TICKETS, _MOST_PRODUCTS, _MOST_NOTES, _MOST_PHONES = 6, 4, 2, 6
_SKELETON_AFTER_MS = 300
_LOW = 640  # px of height below which open tickets come first
_NIGHT = (21, 8)  # local hours from, to: calling back now may wake somebody


class _Found(QWidget):
    """The card of a known customer; every widget exists from the start and is only filled. Signals as below."""

    dial = Signal(str)
    open_ticket = Signal(object)
    all_tickets = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.card: CardRow | None = None
        self._seen: tuple[datetime | None, str] = (None, "")
        self.avatar = Avatar("", 48)
        self.name = elided("", "h1")
        self.since = elided("", "small", "2")
        self.edit = ToolButton("pencil", self.tr("Edit customer"))
        self._match_icon = Icon("badge-check", "ok", 14)
        self._match = flowing("", "caption", "3")
        self._match_row = QWidget()
        match = row(self._match_icon, (self._match, 1), spacing=6)
        match.setAlignment(self._match_icon, Qt.AlignmentFlag.AlignTop)
        self._match_row.setLayout(match)
        self.tags = TagFlow()
        self.alert = flowing("", "body", "warn")
        sign = Icon("triangle-alert", "warn", 18)
        alert = row(sign, (self.alert, 1), spacing=10, margins=(12, 10, 12, 10))
        alert.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self._alert_box = frame(alert, note="warn")
        self._alert_box.setAccessibleName(self.tr("Alert"))
        self.duplicate = DuplicateNote()
        self._build_facts()
        self._tickets_title = label(self.tr("Open tickets"), "body-b")
        self.new = Button(self.tr("New"), "plus", kind="ghost", keys=actions.keys("new_ticket"), height=28)
        self.new.setAccessibleName(self.tr("New ticket"))
        self._no_ticket = label(self.tr("None"), "small", "3")
        self.tickets = [TicketButton() for _ in range(_MOST_TICKETS)]
        for button in self.tickets:
            button.clicked.connect(lambda _on=False, pressed=button: self._open(pressed))
        self.more_tickets = Button("", "ticket", kind="link", height=26)
        self.more_tickets.clicked.connect(self.all_tickets)
        self._notes_title = label(self.tr("Notes"), "body-b")
        self._notes = [NoteLine() for _ in range(_MOST_NOTES)]
        self._lay_out()

    def _build_facts(self) -> None:
        self.account = Fact(self.tr("Account no."))
        self.organisation = Fact(self.tr("Organisation"))
        self.products = [Fact(self.tr("Product")) for _ in range(_MOST_PRODUCTS)]
        self.more_products = Fact(self.tr("More products"))
        self.language = Fact(self.tr("Language"))
        self.local_time = Fact(self.tr("Local time"))
        self.address = Fact(self.tr("Address"))
        self.emails = [Fact(self.tr("E-mail")) for _ in range(2)]
        self.consents = ConsentFacts()
        self.phones = [PhoneLine() for _ in range(_MOST_PHONES)]
        for phone in self.phones:
            phone.button.clicked.connect(lambda _on=False, pressed=phone: self.dial.emit(pressed.number))

    def _lay_out(self) -> None:
        names = column(None, self.name, self.since, None, spacing=1)
        head = row(self.avatar, (names, 1), self.edit, spacing=12)
        head.setAlignment(self.avatar, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(self.edit, Qt.AlignmentFlag.AlignTop)
        facts = column(
            self.account,
            self.organisation,
            *self.products,
            self.more_products,
            self.language,
            self.local_time,
            self.address,
            *self.emails,
            *self.phones,
            self.consents,
            spacing=6,
        )
        tickets = column(
            row(self._tickets_title, None, self.new, spacing=6),
            self._no_ticket,
            *self.tickets,
            self.more_tickets,
            spacing=8,
        )
        notes = column(self._notes_title, *self._notes, spacing=8)
        self._facts_box, self._tickets_box = QWidget(), QWidget()
        self._facts_box.setLayout(column(rule(), facts, spacing=12))
        self._tickets_box.setLayout(column(rule(), tickets, spacing=12))
        self._body = column(
            head,
            self._match_row,
            self.tags,
            self._alert_box,
            self.duplicate,
            self._facts_box,
            self._tickets_box,
            notes,
            None,
            spacing=12,
        )
        self.setLayout(self._body)

    def set_low(self, low: bool) -> None:
        """On a low window the open tickets come before the facts, so that they are seen without scrolling."""
        first, second = (self._tickets_box, self._facts_box) if low else (self._facts_box, self._tickets_box)
        at = min(self._body.indexOf(first), self._body.indexOf(second))
        if self._body.indexOf(first) == at:
            return
        self._body.removeWidget(first)
        self._body.insertWidget(at, first)

    # ------------------------------------------------------------------ filled

    def set(self, view: PopView, card: CardRow) -> None:
        self._head(view, card)
        if self.card is not None and card.id != self.card.id:
            self.duplicate.set(())
        if card != self.card:
            self.card = card
            self._facts(card)
        self._set_tickets(view.pop.tickets)
        self._set_notes(view.pop.history)

    def _head(self, view: PopView, card: CardRow) -> None:
        self.avatar.set_name(card.name)
        self.name.setText(card.name)
        self.since.setText(self._since(card))
        self._seen = (view.as_of, view.reason)
        kind = view.pop.matches[0].kind if view.pop.matches else None
        guess = kind is MatchKind.SUFFIX
        icon = "circle-question-mark" if guess else "badge-check"
        doubt = guess or view.as_of is not None
        self._match_icon.set(icon if view.as_of is None else "cloud-off", "warn" if doubt else "ok")
        self._match.set_tone("warn" if doubt else "3")
        self._say_why()
        tags: list[tuple[str, str]] = [(text, "true") for text in card.tags]
        if is_not_to_call(card.consents):
            tags.insert(0, (self.tr("Do not call"), "bad"))
        if view.pop.tickets:
            tags.append((self.tr("Open tickets: {0}").format(len(view.pop.tickets)), "info"))
        self.tags.set(tuple(tags))
        self.tags.setVisible(bool(tags))
        self.alert.setText(wording.breakable(card.alert))
        self.alert.setAccessibleName(card.alert)
        self._alert_box.setVisible(bool(card.alert))

    def _say_why(self) -> None:
        """Why it matched; while the database is away also how old this is."""
        at, reason = self._seen
        words = reason
        if at is not None:
            age = dates.span((clock.now() - at).total_seconds())
            words = self.tr("From this computer, {0} old").format(age)
        self._match.setText(words)
        self._match_row.setVisible(bool(words))
        self._match_row.setToolTip(plain_tooltip(words))
        why = words if at is not None else self.tr("Why it matched: {0}").format(reason)
        self._match_row.setAccessibleName(why)

    def _since(self, card: CardRow) -> str:
        if card.since is None:
            return card.organisation
        return self.tr("Customer since {0}").format(dates.local(card.since).year)

    def _facts(self, card: CardRow) -> None:
        self.account.set(wording.ltr(card.account_number))
        self.organisation.set(card.organisation if card.since is not None else "")
        for number, fact in enumerate(self.products):
            product = card.products[number] if number < len(card.products) else None
            words = ""
            if product is not None:
                since = self.tr("since {0}").format(dates.local(product.since).year) if product.since else ""
                words = " · ".join(part for part in (product.name, product.status, since) if part)
            fact.set_name(self.tr("Product") if number == 0 else "")
            fact.set(words)
        left = card.products[_MOST_PRODUCTS:]
        self.more_products.set(", ".join(product.name for product in left))
        self.language.set(wording.language(card.language))
        self.tick()
        self.address.set(card.address)
        self.consents.set(card.consents)
        for number, fact in enumerate(self.emails):
            fact.set(wording.ltr(card.emails[number].address) if number < len(card.emails) else "")
        for number, widget in enumerate(self.phones):
            if number < len(card.phones):
                phone = card.phones[number]
                widget.set(phone.e164 or phone.typed, phone.label, card.name)
            widget.setVisible(number < len(card.phones))

    def tick(self) -> None:
        """The customer's own time of day, amber at night; how old an answer of this computer is."""
        if self._seen[0] is not None:
            self._say_why()
        zone = _zone(self.card.time_zone) if self.card is not None else None
        if zone is None:
            self.local_time.set("")
            return
        there = clock.now().astimezone(zone)
        night = there.hour >= _NIGHT[0] or there.hour < _NIGHT[1]
        place = str(zone).rpartition("/")[2].replace("_", " ")
        words = self.tr("{0}, {1}").format(_time_there(there), place)
        self.local_time.set(self.tr("{0} (night)").format(words) if night else words, "warn" if night else "")

    def _set_tickets(self, lines: tuple[TicketLine, ...]) -> None:
        for number, button in enumerate(self.tickets):
            if number < len(lines):
                button.set(lines[number])
            button.setVisible(number < len(lines))
        self._no_ticket.setVisible(not lines)
        self.more_tickets.setText(self.tr("All tickets ({0})").format(len(lines)))
        self.more_tickets.setVisible(len(lines) > _MOST_TICKETS)

    def _set_notes(self, history: tuple[HistoryRow, ...]) -> None:
        found = [line for line in history if line.channel == Channel.NOTE][:_MOST_NOTES]
        for number, widget in enumerate(self._notes):
            if number < len(found):
                widget.set(found[number])
            widget.setVisible(number < len(found))
        self._notes_title.setVisible(bool(found))

    def _open(self, button: TicketButton) -> None:
        if (line := button.line()) is not None:
            self.open_ticket.emit(line.id)


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
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Caller"))
        self._view: PopView | None = None
        self._own_choice: object = None  # the caller for whom "none of these" was said
        self.found, self.pick, self.form = _Found(), PickList(), NewCallerForm()
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
        self.setLayout(column(self._waiting_row, (self.pages, 1), spacing=0, margins=1))
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
        self.pick.chosen.connect(self.chosen)
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
            self._own_choice = None
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
        if view.state == "found" and card is not None:
            self.found.set(view, card)
            self._show(self.found)
        elif view.state == "looking":
            self._fill_looking(view)
        elif view.state == "choose" and self._own_choice != _caller(view):
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

    def _none_of_these(self) -> None:
        if self._view is not None:
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


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _time_there(there: datetime) -> str:
    """The wall time of a moment in its own zone, as the locale writes it."""
    naive_here = there.replace(tzinfo=None).astimezone()
    return dates.clock_time(naive_here)
