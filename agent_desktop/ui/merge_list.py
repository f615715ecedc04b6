"""Merges that were made, each to be undone or why it cannot be, and who was told apart."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from agent_desktop.data.rows import ApartLine, MergeLine
from agent_desktop.ui import dates, theme
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.labels import Icon, flowing, key_hint, label
from agent_desktop.ui.layouts import Item, clear_layout, column, frame, row, rule, settle
from agent_desktop.ui.wording import breakable


class MergeList(QFrame):
    """A card over the window. Signals: undo(UUID of the merge), ask_again(UUID, UUID), open_customer(UUID),
    closed()."""

    undo = Signal(object)
    ask_again = Signal(object, object)
    open_customer = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Merged customers"))
        self.undo_buttons: dict[UUID, Button] = {}
        self.again_buttons: dict[tuple[UUID, UUID], Button] = {}
        self._lines = column(spacing=8)
        self._holder = QWidget()
        self._holder.setLayout(column(self._lines, None, spacing=0, margins=(0, 0, 8, 0)))
        self._area = QScrollArea()
        self._area.setWidget(self._holder)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = row(label(self.tr("Merged customers"), "h1"), None, key_hint(self.tr("Esc")))
        close = Button(self.tr("Close"), height=30)
        close.clicked.connect(self.closed)
        foot = row(None, close)
        self.setLayout(column(title, rule(), (self._area, 1), foot, spacing=12, margins=(24, 20, 24, 16)))
        theme.size(self, fixed_width=700)
        self.say(self.tr("One moment…"))

    def say(self, words: str) -> None:
        """Words instead of the lists."""
        self._empty()
        self._lines.addWidget(flowing(words, "body", "2"))
        self._fit()

    def set_rows(self, merges: Sequence[MergeLine], aparts: Sequence[ApartLine]) -> None:
        """What was merged and who was told apart, the newest first."""
        focused = self.window().focusWidget() if self.isVisible() else None
        kept_focus = focused.objectName() if focused is not None and self._holder.isAncestorOf(focused) else ""
        self._empty()
        if not merges and not aparts:
            self._lines.addWidget(flowing(self.tr("Nobody has been merged yet."), "body", "2"))
        for merge in merges:
            self._lines.addWidget(self._merge(merge))
        if aparts:
            self._lines.addWidget(label(self.tr("Two people, somebody said"), "title"))
        for apart in aparts:
            self._lines.addWidget(self._apart(apart))
        self._fit()
        if kept_focus:
            found = self._holder.findChildren(Button, kept_focus)
            (found[-1] if found else self).setFocus()

    def _empty(self) -> None:
        self.undo_buttons.clear()
        self.again_buttons.clear()
        clear_layout(self._lines)

    # ------------------------------------------------------------------- lines

    def _merge(self, merge: MergeLine) -> QFrame:
        title = flowing(breakable(self.tr("{0} became {1}").format(merge.gone, merge.kept)), "body-b")
        parts: list[Item] = [title, flowing(breakable(" · ".join(self._said(merge))), "small", "2")]
        why = self.why_not(merge)
        if why:
            parts.append(flowing(breakable(why), "small", "3"))
        undo = Button(self.tr("Undo"), "undo-2", height=28)
        undo.setObjectName(f"undo {merge.id}")
        undo.setAccessibleName(self.tr("Undo: {0}").format(title.text()))
        undo.clicked.connect(lambda _checked=False: self.undo.emit(merge.id))
        if why:
            undo.hide()
        else:
            self.undo_buttons[merge.id] = undo
        show = Button(self.tr("Show"), "contact", kind="ghost", height=28)
        show.setObjectName(f"show {merge.id}")
        show.setAccessibleName(self.tr("Show {0}").format(merge.kept))
        show.clicked.connect(lambda _checked=False: self.open_customer.emit(merge.kept_id))
        return self._line("git-merge", parts, [show, undo])

    def _said(self, merge: MergeLine) -> list[str]:
        """Who did it, when, and how much moved."""
        words = {
            "interaction": self.tr("Contacts: {0}"),
            "ticket": self.tr("Tickets: {0}"),
            "work_item": self.tr("To do: {0}"),
            "phone": self.tr("Numbers: {0}"),
            "email": self.tr("E-mail addresses: {0}"),
            "product": self.tr("Products: {0}"),
        }
        moved = [words[kind].format(QLocale().toString(count)) for kind, count in merge.moved.items()]
        return [part for part in (merge.agent, dates.moment(merge.at)) if part] + moved

    def why_not(self, merge: MergeLine) -> str:
        """Why it cannot be undone, or what became of it; empty if it can be."""
        if merge.undone_at is not None:
            words = self.tr("Undone {0}.").format(dates.moment(merge.undone_at, inside=True))
            return f"{words} {left_alone(merge)}".strip()
        if merge.merged_since:
            words = self.tr("{0} has been merged with {1} since: undo that first.")
            return words.format(merge.kept, merge.merged_since)
        return ""

    def _apart(self, apart: ApartLine) -> QFrame:
        title = flowing(breakable(self.tr("{0} and {1}").format(apart.one, apart.other)), "body-b")
        said = " · ".join(part for part in (apart.agent, dates.moment(apart.at)) if part)
        again = Button(self.tr("Ask again"), "undo-2", height=28)
        again.setObjectName(f"again {apart.one_id} {apart.other_id}")
        again.setAccessibleName(self.tr("Ask again: {0}").format(title.text()))
        again.clicked.connect(lambda _checked=False: self.ask_again.emit(apart.one_id, apart.other_id))
        self.again_buttons[apart.one_id, apart.other_id] = again
        return self._line("users", [title, flowing(said, "small", "2")], [again])

    @staticmethod
    def _line(icon: str, parts: list[Item], buttons: list[Item]) -> QFrame:
        mark = column(Icon(icon, "text2", 16), None, spacing=0, margins=(0, 2, 0, 0))
        end = column(row(*buttons, spacing=4), None, spacing=0)
        whole = row(mark, (column(*parts, spacing=3), 1), end, spacing=10, margins=(12, 9, 10, 9))
        return frame(whole, inset=True)

    # ------------------------------------------------------------------- size

    def _fit(self) -> None:
        for place in range(self._lines.count()):  # a layout counts only what is shown, which new ones are later
            item = self._lines.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and widget.parentWidget() is not None:
                widget.show()
        settle(self)
        body = self._holder.layout()
        height = body.heightForWidth(self.width() - 48 - 14) if body is not None else 0
        self._area.setMinimumHeight(min(theme.px(420), height + 4))
        settle(self)
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def left_alone(merge: MergeLine) -> str:
    """What undoing a merge found changed since, in words; empty if nothing."""
    names = {
        "name": _tr("Name"),
        "account_number": _tr("Account no."),
        "organisation_id": _tr("Organisation"),
        "language": _tr("Language"),
        "time_zone": _tr("Time zone"),
        "address": _tr("Address"),
        "alert": _tr("Alert"),
        "since": _tr("Customer since"),
        "tags": _tr("Tags"),
        "consents": _tr("Consent"),
        "no_calls": _tr("Consent"),
        "phone": _tr("Numbers"),
        "email": _tr("E-mail addresses"),
        "product": _tr("Products"),
        "interaction": _tr("Contacts"),
        "ticket": _tr("Tickets"),
        "work_item": _tr("Work list"),
        "signpost": _tr("Earlier merges"),
    }
    if not merge.left_alone:
        return ""
    said = list(dict.fromkeys(names.get(name, name) for name in merge.left_alone))
    return _tr("Changed since and left as it is: {0}.").format(QLocale().createSeparatedList(said))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MergeList", text)
