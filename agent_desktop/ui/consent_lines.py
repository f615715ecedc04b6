"""What a customer agreed to, channel by channel: as lines of their card, as fields of the editor, and as history."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from uuid import UUID

import msgspec
from PySide6.QtCore import QCoreApplication, QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QFrame, QLineEdit, QScrollArea, QWidget

from agent_desktop import clock
from agent_desktop.data import operations as op
from agent_desktop.data.consent_rows import ConsentRow, ConsentWord
from agent_desktop.data.words import ConsentChannel
from agent_desktop.ui import dates, theme, wording
from agent_desktop.ui.buttons import Button, ToolButton
from agent_desktop.ui.card_parts import Fact
from agent_desktop.ui.labels import Icon, elided, key_hint, label, plain_tooltip
from agent_desktop.ui.layouts import column, row, rule
from agent_desktop.ui.segments import Segments
from agent_desktop.ui.setting_controls import inset_text


class ConsentSaid(msgspec.Struct, frozen=True):
    """What a customer says now; ``at`` None: just now."""

    channel: str
    given: bool
    source: str = ""
    at: datetime | None = None


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConsentLines", text)


def channel_name(channel: str) -> str:
    """A channel in words; one of a newer program as it is stored."""
    names: dict[str, str] = {
        ConsentChannel.CALL: _tr("Calls"),
        ConsentChannel.RECORDING: _tr("Recording"),
        ConsentChannel.EMAIL: _tr("E-mail"),
        ConsentChannel.SMS: _tr("SMS"),
        ConsentChannel.CHAT: _tr("Messenger"),
        ConsentChannel.POST: _tr("Post"),
    }
    return names.get(channel, channel)


def yes_or_no(given: bool) -> str:
    return _tr("yes") if given else _tr("no")


def is_not_to_call(rows: tuple[ConsentRow, ...]) -> bool:
    """Whether these say that the customer is not to be called."""
    return any(one.channel == ConsentChannel.CALL and not one.given for one in rows)


def _when(at: datetime, source: str) -> str:
    return " · ".join(part for part in (dates.day(at), source) if part)


# ------------------------------------------------------------------ on the card


class ConsentFacts(QWidget):
    """A line for each channel that something was said about: yes or no, when and where. Hidden without any."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [Fact("") for _ in ConsentChannel]
        self.setLayout(column(*self.lines, spacing=6))
        self.hide()

    def set(self, rows: tuple[ConsentRow, ...]) -> None:
        order = list(ConsentChannel)
        shown = sorted(rows, key=lambda one: order.index(ConsentChannel(one.channel)) if one.channel in order else 9)
        for number, line in enumerate(self.lines):
            said = shown[number] if number < len(shown) else None
            line.set_name(self.tr("Consent") if number == 0 else "")
            words = ""
            if said is not None:
                answer = f"{channel_name(said.channel)}: {yes_or_no(said.given)}"
                words = " · ".join((answer, _when(said.at, said.source)))
                line.setToolTip(plain_tooltip(f"{answer}\n{said.source}\n{dates.exact(said.at)}".replace("\n\n", "\n")))
            line.set(words, "" if said is None or said.given else "bad")
        self.setVisible(bool(shown))


# ------------------------------------------------------------------ in the editor


class _Line(QWidget):
    """One channel: yes, no, or nothing said; where and when, once that is another answer than the stored one."""

    changed = Signal()

    def __init__(self, channel: str):
        super().__init__()
        self.channel = channel
        self._stored: ConsentRow | None = None
        self._filling = False
        name = channel_name(channel)
        self.answer = Segments([_tr("Yes"), _tr("No")], None, _tr("Consent: {0}").format(name))
        self.undo = ToolButton("undo-2", _tr("As it was: {0}").format(name))
        self.stored = elided("", "caption", "3")
        self.source, self.day = QLineEdit(), QDateEdit()
        self.source.setPlaceholderText(_tr("Where they said so: a call, a letter, a form"))
        self.source.setAccessibleName(_tr("Where they said so: {0}").format(name))
        self.day.setAccessibleName(_tr("When they said so: {0}").format(name))
        self.day.setDisplayFormat(_tr("d MMM yyyy"))
        inset_text(self.day)
        self._details = QWidget()
        self._details.setLayout(row((self.source, 1), self.day, spacing=6))
        keep = self.undo.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.undo.setSizePolicy(keep)
        title = label(name, "body")
        theme.size(title, minimum_width=84)
        self.setLayout(
            column(row(title, (self.stored, 1), self.answer, self.undo, spacing=8), self._details, spacing=4)
        )
        self.answer.changed.connect(lambda _index: self._edited())
        self.source.textChanged.connect(lambda _text: self._edited())
        self.day.dateChanged.connect(lambda _day: self._edited())
        self.undo.clicked.connect(lambda _checked=False: self._take_back())

    def set(self, stored: ConsentRow | None, said: ConsentSaid | None) -> None:
        self._stored = stored
        self._filling = True
        shown = said if said is not None else stored
        self.answer.set_chosen((0 if shown.given else 1) if shown is not None else None)
        self.source.setText(said.source if said is not None else "")
        today = dates.today()
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        at = dates.local(said.at).date() if said is not None and said.at is not None else today
        self.day.setDate(QDate(at.year, at.month, at.day))
        self._filling = False
        self._tell()

    def said(self) -> ConsentSaid | None:
        """What is new here; None where nothing is."""
        chosen = self.answer.chosen()
        if chosen is None:
            return None
        given, source, at = chosen == 0, self.source.text().strip(), self._at()
        if self._stored is not None and self._stored.given == given and not source and at is None:
            return None
        return ConsentSaid(self.channel, given, source, at)

    def _at(self) -> datetime | None:
        """Noon of a day before; today is now."""
        day = self.day.date()
        chosen = datetime(day.year(), day.month(), day.day()).date()  # noqa: DTZ001 - a day on the wall
        if chosen >= dates.today():
            return None
        return datetime.combine(chosen, time(12)).astimezone(UTC)

    def _take_back(self) -> None:
        self.set(self._stored, None)
        self.answer.setFocus()
        self.changed.emit()

    def _edited(self) -> None:
        if not self._filling:
            self._tell()
            self.changed.emit()

    def _tell(self) -> None:
        new = self.said() is not None
        stored = self._stored
        self.stored.setText(_when(stored.at, stored.source) if stored is not None else _tr("nothing said"))
        self._details.setVisible(new)
        self.undo.setVisible(new)


class ConsentFields(QWidget):
    """A line for each channel. Signals: changed(), history_wanted(): every word there ever was."""

    changed = Signal()
    history_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = {channel.value: _Line(channel.value) for channel in ConsentChannel}
        self.history = Button(self.tr("History"), "clock", kind="link", height=24)
        self.history.setAccessibleName(self.tr("History of consent"))
        self.history.clicked.connect(lambda _checked=False: self.history_wanted.emit())
        title = row(label(self.tr("Consent"), "small-b", "2"), None, self.history)
        self.setLayout(column(title, *self.lines.values(), spacing=8))
        for line in self.lines.values():
            line.changed.connect(self.changed)

    def set(self, stored: tuple[ConsentRow, ...], said: dict[str, ConsentSaid]) -> None:
        """``said`` is what was typed before and not saved, by channel."""
        known = {one.channel: one for one in stored}
        for channel, line in self.lines.items():
            line.set(known.get(channel), said.get(channel))
        self.history.setVisible(bool(stored))

    def said(self) -> dict[str, ConsentSaid]:
        """What is new, by channel."""
        found = {channel: line.said() for channel, line in self.lines.items()}
        return {channel: one for channel, one in found.items() if one is not None}


def rebased(said: dict[str, ConsentSaid], after: tuple[ConsentRow, ...]) -> dict[str, ConsentSaid]:
    """What is still to be saved once this is stored: not what stands there by now."""
    stored = {(one.channel, one.given, one.source) for one in after}
    return {channel: one for channel, one in said.items() if (channel, one.given, one.source) not in stored}


# ------------------------------------------------------------------ history


class ConsentHistory(QFrame):
    """A card over the window with every word a customer ever said. Signal: closed()."""

    closed = Signal()

    def __init__(self, name: str, words: tuple[ConsentWord, ...]):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = self.tr("What {0} agreed to").format(name)
        self.setAccessibleName(title)
        self.lines = [_Word(word) for word in words]
        inner = QWidget()
        inner.setLayout(column(*self.lines, None, spacing=10, margins=(0, 0, 8, 0)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        theme.size(area, fixed_height=min(360, 56 * max(1, len(words)) + 8))
        close = Button(self.tr("Close"), kind="primary", height=34)
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        head = row((elided(title, "h1"), 1), key_hint(self.tr("Esc")))
        self.setLayout(column(head, rule(), area, row(None, close), spacing=12, margins=(24, 20, 24, 16)))
        theme.size(self, fixed_width=480)
        self.setFocusProxy(close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class _Word(QWidget):
    """One word of the history."""

    def __init__(self, word: ConsentWord):
        super().__init__()
        mark = Icon("check" if word.given else "x", "ok" if word.given else "bad", 16)
        answer = f"{channel_name(word.channel)}: {yes_or_no(word.given)}"
        who = _tr("written down by {0}").format(word.agent) if word.agent else ""
        rest = " · ".join(part for part in (dates.moment(word.at), word.source, who) if part)
        texts = column(label(answer, "body-b"), elided(wording.breakable(rest), "small", "2"), spacing=1)
        line = row(mark, (texts, 1), spacing=10)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setAccessibleName(f"{answer}, {rest}")
        theme.size(self, minimum_height=40)
        self.setToolTip(plain_tooltip(f"{rest}\n{dates.exact(word.at)}"))


def operations(customer_id: UUID, said: Iterable[ConsentSaid], agent_id: UUID | None) -> list[op.SetConsent]:
    """What was said as it is written."""
    return [
        op.SetConsent(
            agent_id=agent_id,
            customer_id=customer_id,
            channel=one.channel,
            given=one.given,
            source=one.source,
            at_us=clock.to_us(one.at) if one.at is not None else clock.now_us(),
        )
        for one in said
    ]
