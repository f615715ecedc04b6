"""A known customer: who it is, what to mind, account facts, open tickets, notes."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from agent_desktop import clock
from agent_desktop.core.views import PopView
from agent_desktop.data.rows import CustomerCard as CardRow
from agent_desktop.data.rows import HistoryRow, TicketLine
from agent_desktop.data.words import Channel, MatchKind
from agent_desktop.ui import actions, dates, wording
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.card_parts import Fact, NoteLine, PhoneLine, TagFlow, TicketButton
from agent_desktop.ui.consent_lines import ConsentFacts, is_not_to_call
from agent_desktop.ui.duplicate_note import DuplicateNote
from agent_desktop.ui.identity_box import IdentityBox
from agent_desktop.ui.indicators import Avatar
from agent_desktop.ui.labels import Icon, elided, flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row, rule

_MOST_TICKETS, _MOST_PRODUCTS, _MOST_NOTES, _MOST_PHONES = 6, 4, 2, 6
_NIGHT = (21, 8)  # local hours from, to: calling back now may wake somebody


class FoundCustomer(QWidget):
    """The card of a known customer; every widget exists from the start and is only filled. Signals:

    dial(str), open_ticket(UUID), all_tickets().
    """

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
        self.again = ToolButton("users", self.tr("Somebody else: choose again"))
        self.again.hide()
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
        self.duplicate, self.identity = DuplicateNote(), IdentityBox()
        self.identity.dial.connect(self.dial)
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
        head = row(self.avatar, (names, 1), column(row(self.again, self.edit, spacing=0), None), spacing=12)
        head.setAlignment(self.avatar, Qt.AlignmentFlag.AlignTop)
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
            self.identity,
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
        self.again.setVisible(len(view.pop.matches) > 1)
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


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _time_there(there: datetime) -> str:
    """The wall time of a moment in its own zone, as the locale writes it."""
    naive_here = there.replace(tzinfo=None).astimezone()
    return dates.clock_time(naive_here)
