"""Above the panel of a call that somebody sent on: who, how long they had talked, and what they noted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from agent_desktop.core.views import ArrivalView
from agent_desktop.data.rows import NoteRow
from agent_desktop.ui import dates
from agent_desktop.ui.labels import Icon, flowing, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.wording import breakable, ltr

_NOTES = 2
_LONG = 180  # characters of a note; the whole is in the tooltip


class ArrivalBox(QWidget):
    """Hidden for a call that came by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: ArrivalView | None = None
        self._icon = Icon("phone-forwarded", "info", 16)
        self._who, self._before = flowing("", "small-b", "info"), flowing("", "small", "2")
        self._notes = [flowing("", "small") for _ in range(_NOTES)]
        words = column(self._who, self._before, *self._notes, spacing=4)
        head = row(self._icon, (words, 1), spacing=10, margins=(12, 9, 12, 9))
        head.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(frame(head, note="info"), margins=(12, 10, 12, 0)))
        self.hide()

    def set(self, view: ArrivalView | None) -> None:
        """Show what is known of it now; None: nobody sent it on."""
        if view == self._shown:
            return
        self._shown = view
        self.setVisible(view is not None)
        if view is None:
            return
        who = self._line(view)
        self._who.setText(who)
        before = self._earlier(view)
        self._before.setText(before)
        self._before.setVisible(bool(before))
        newest = view.notes[-_NOTES:]
        for label, note in zip(self._notes, (*newest, *[None] * (_NOTES - len(newest))), strict=True):
            label.setVisible(note is not None)
            if note is not None:
                label.setText(breakable(_short(note)))
                label.setToolTip(plain_tooltip(f"{note.agent}: {note.text}"))
        self.setAccessibleName(". ".join(part for part in (who, before, *(_short(note) for note in newest)) if part))

    def _line(self, view: ArrivalView) -> str:
        by = view.by or self.tr("a colleague")
        words = self.tr("{0} asks you about this caller") if view.consult else self.tr("Transferred by {0}")
        line = words.format(by)
        if view.talked_s is None:
            return line
        return f"{line}, {self.tr('talked {0}').format(ltr(dates.duration(view.talked_s)))}"

    def _earlier(self, view: ArrivalView) -> str:
        """Who had the call before whoever sent it."""
        others = [one for one in view.before if not view.by.startswith(one.agent)]
        parts = [
            f"{one.agent} {ltr(dates.duration(one.talked_s))}" if one.talked_s is not None else one.agent
            for one in others
        ]
        return self.tr("Before: {0}").format(", ".join(parts)) if parts else ""


def _short(note: NoteRow) -> str:
    text = " ".join(note.text.split())
    return f"{note.agent}: {text if len(text) <= _LONG else text[: _LONG - 1] + '…'}"
