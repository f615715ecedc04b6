"""A form for a call that was taken elsewhere: on a mobile, at a colleague's desk, before the program ran."""

import re
from uuid import UUID

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QFrame, QLineEdit, QScrollArea, QWidget

from agent_desktop import clock
from agent_desktop.core.views import ManualInteraction
from agent_desktop.data.centre_rows import DispositionRow
from agent_desktop.data.rows import CustomerLine
from agent_desktop.data.words import Direction
from agent_desktop.ui import dates, fields, layouts, reach_lines, theme
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.fields import field
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import Icon, elided, label
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.note_box import NoteField
from agent_desktop.ui.pick_list import CustomerList, second_line
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.setting_controls import inset_text
from agent_desktop.ui.theme import restyle

_SEARCH_MS = 120
_DIRECTIONS = (Direction.INBOUND, Direction.OUTBOUND)
_LONGEST_S = 24 * 3600


def read_duration(typed: str) -> int | None:
    """Seconds of ``6``, ``6:24``, ``1:02:03``, ``90 s``, ``6 min``; a bare number is minutes. None: not understood."""
    text = typed.strip().casefold()
    if match := re.fullmatch(r"(\d+)(?::(\d\d))?(?::(\d\d))?", text):
        parts = [int(part) for part in match.groups() if part is not None]
        if any(part > 59 for part in parts[1:]):
            return None
        seconds = parts[0] * 60 if len(parts) == 1 else sum(n * 60**place for place, n in enumerate(reversed(parts)))
    elif match := re.fullmatch(r"(\d+)\s*(s|sec|min|m|h)", text):
        seconds = int(match[1]) * {"s": 1, "sec": 1, "min": 60, "m": 60, "h": 3600}[match[2]]
    else:
        return None
    return seconds if seconds <= _LONGEST_S else None


class ManualEntry(QFrame):
    """An overlay. Signals: entered(ManualInteraction), closed() when it is given up, search(str) for the customer,
    answered by ``set_candidates``.
    """

    entered = Signal(object)
    closed = Signal()
    search = Signal(str)

    def __init__(self, region: str = "") -> None:
        super().__init__()
        self.setProperty("overlay", True)
        self._region = region
        self._lines: dict[UUID, CustomerLine] = {}
        self._customer: CustomerLine | None = None
        self._build_call()
        self._build_customer()
        self.note = NoteField(self.tr("Note"), self.tr("What it was about"))
        self.save_button = Button(self.tr("Save call"), "check", kind="primary")
        self.cancel_button = Button(self.tr("Cancel"), kind="ghost")
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.closed)
        self._lay_out()
        self.setFocusProxy(self.direction)
        self.start()

    def _build_call(self) -> None:
        self.direction = Segments([self.tr("Incoming"), self.tr("Outgoing")], 0, self.tr("Direction"))
        self.number, self.length = QLineEdit(), QLineEdit()
        self.number.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.length.setPlaceholderText(self.tr("6:24 or 6 min"))
        self._number_words = label("", "caption", "3", wrap=True)
        self.started = QDateTimeEdit()
        self.started.setDisplayFormat(self.tr("ddd d MMM yyyy  HH:mm"))
        inset_text(self.started)
        self.disposition = QComboBox()
        self.disposition.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.disposition.setMinimumContentsLength(10)
        self._error = label("", "small", "bad", wrap=True)
        self.number.textChanged.connect(self._number_typed)
        self.length.textChanged.connect(lambda _text: self._complain(None, ""))

    def _build_customer(self) -> None:
        self.query = fields.search_field(self.tr("Name, number or account"), self.tr("Find the customer"))
        self.candidates = CustomerList(self.tr("Customers found"))
        self._none_found = label(self.tr("Nobody found"), "small", "3")
        self._chosen_name, self._chosen_detail = elided("", "body-b"), elided("", "small", "3")
        drop = ToolButton("x", self.tr("Another customer"))
        drop.clicked.connect(self._drop_customer)
        self._chosen = layouts.frame(
            row(
                Icon("contact", "text2"),
                (column(self._chosen_name, self._chosen_detail, spacing=0), 1),
                drop,
                spacing=10,
                margins=(12, 7, 6, 7),
            ),
            inset=True,
        )
        self._typing = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._typing.timeout.connect(self._ask)
        self.query.textChanged.connect(lambda _text: self._typing.start())
        self.query.returnPressed.connect(lambda: self.candidates.pick(0))
        self.candidates.picked.connect(self._picked)

    def _lay_out(self) -> None:
        self._customer_label = label(self.tr("Customer"), "small-b", "2")
        self._customer_label.setBuddy(self.query)
        title = label(self.tr("A call taken elsewhere"), "title", wrap=True)
        body = column(
            row(self.direction, None),
            row((column(field(self.tr("Number"), self.number), self._number_words, spacing=2), 1), spacing=12),
            row(
                (field(self.tr("Began"), self.started, required=True), 3),
                (field(self.tr("Length"), self.length, required=True), 2),
                spacing=12,
            ),
            column(self._customer_label, self.query, self._none_found, self.candidates, self._chosen, spacing=5),
            field(self.tr("Disposition"), self.disposition),
            field(self.tr("Note"), self.note),
            None,
            spacing=12,
            margins=(20, 4, 20, 12),
        )
        inner = QWidget()
        inner.setLayout(body)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        head = row(Icon("phone", "text2", 18), (title, 1), margins=(20, 16, 20, 10))
        foot = row((self._error, 1), flow(self.cancel_button, self.save_button, spacing=8), margins=(20, 10, 20, 16))
        self.setLayout(column(head, (scroll, 1), rule(), foot, spacing=0, margins=1))
        self.setMinimumSize(theme.px(420), 360)
        self.setMaximumWidth(theme.px(620))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(640))

    # ----------------------------------------------------------------- filled

    def set_region(self, region: str) -> None:
        """The country numbers without a country code are read in."""
        self._region = region
        self._number_typed(self.number.text())

    def start(
        self, dispositions: tuple[DispositionRow, ...] = (), customer: CustomerLine | None = None, number: str = ""
    ) -> None:
        """An empty form, now as its time; with a customer where it is about one."""
        self._set_dispositions(dispositions)
        self.direction.choose(0)
        self.started.setDateTime(dates.to_edit(clock.now().replace(second=0, microsecond=0)))
        self.number.setText(number or (customer.phone if customer else ""))
        for edit in (self.length, self.query):
            edit.clear()
        self.note.clear()
        self._typing.stop()
        self._show_customer(customer)
        self._complain(None, "")

    def _set_dispositions(self, dispositions: tuple[DispositionRow, ...]) -> None:
        self.disposition.clear()
        self.disposition.addItem(self.tr("None"), None)
        for line in dispositions:
            self.disposition.addItem(line.label, line.id)

    def set_candidates(self, lines: tuple[CustomerLine, ...]) -> None:
        """The answer to the last ``search``, best first; dropped once a customer is chosen or the field is empty."""
        asked = bool(self.query.text().strip())
        if self._customer is not None or (lines and not asked):
            return
        self.candidates.set_lines(lines[:5], sought=self.query.text())
        self.candidates.setVisible(bool(lines))
        self.candidates.setFixedHeight(self.candidates.sizeHint().height())
        self._lines = {line.id: line for line in lines}
        self._none_found.setVisible(asked and not lines)

    def _ask(self) -> None:
        asked = self.query.text().strip()
        if asked:
            self.search.emit(asked)
        else:
            self.set_candidates(())

    def _picked(self, customer_id: UUID) -> None:
        self._show_customer(self._lines[customer_id])
        self.disposition.setFocus()

    def _drop_customer(self) -> None:
        self._show_customer(None)
        self.query.setFocus()

    def _show_customer(self, customer: CustomerLine | None) -> None:
        self._customer = customer
        self._chosen.setVisible(customer is not None)
        self.query.setVisible(customer is None)
        self.candidates.setVisible(False)
        self._none_found.setVisible(False)
        if customer is not None:
            self._chosen_name.setText(customer.name)
            self._chosen_detail.setText(second_line(customer))
            if not self.number.text():
                self.number.setText(customer.phone)

    def _number_typed(self, text: str) -> None:
        words, tone = reach_lines.read_number(text, self._region) if text.strip() else ("", "")
        self._number_words.setText(words)
        self._number_words.set_tone(tone or "3")
        self._complain(None, "")

    # ------------------------------------------------------------------- told

    def save(self) -> None:
        """Check and emit ``entered``; what is wrong gets the focus and words."""
        length = read_duration(self.length.text())
        began = dates.from_edit(self.started.dateTime())
        number = self.number.text().strip()
        if number and reach_lines.read_number(number, self._region)[1] == "bad":
            self._complain(self.number, self.tr("This is not a phone number"))
        elif not number and self._customer is None:
            self._complain(self.number, self.tr("Enter the number or choose the customer"))
        elif began > clock.now():
            self._complain(self.started, self.tr("The call cannot have begun in the future"))
        elif length is None:
            self._complain(self.length, self.tr("Write the length as 6:24 or 6 min"))
        else:
            self._complain(None, "")
            self.entered.emit(
                ManualInteraction(
                    direction=_DIRECTIONS[self.direction.chosen() or 0].value,
                    number=number,
                    started_at=began,
                    duration_s=length,
                    customer_id=self._customer.id if self._customer else None,
                    note=self.note.toPlainText().strip(),
                    disposition_id=self.disposition.currentData(),
                )
            )

    def _complain(self, widget: QWidget | None, words: str) -> None:
        self._error.setText(words)
        for edit in (self.number, self.length, self.started):
            restyle(edit, error="true" if edit is widget else "")
            edit.setAccessibleDescription(words if edit is widget else "")
        if widget is not None:
            widget.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.query.hasFocus() and self.candidates.count():
            self.candidates.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
