"""That a script was given back, told to who wrote it: across the window until it is opened, and outside of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from agent_desktop.core.scripts.returned import Returned
from agent_desktop.data.script_rows import ReturnedLine
from agent_desktop.ui import dates

if TYPE_CHECKING:
    from agent_desktop.ui.main_window import MainWindow

_KEY = "script_returned"
_SHORT = 160  # of a note, across the window; the page says all of it


class ReturnedWiring(QObject):
    """``open_script`` goes to the page, which says who gave it back and why."""

    def __init__(self, window: "MainWindow", core: Returned, open_script: Callable[[UUID], None]):
        super().__init__(window)
        self.window_, self.core, self._open = window, core, open_script
        self._seen: set[ReturnedLine] = set()  # opened since the start
        self._told: set[ReturnedLine] = set()
        core.changed.connect(self._changed)
        window.session.centre_changed.connect(core.look)
        window.shell.banners.acted.connect(self._acted)

    def _waiting(self) -> list[ReturnedLine]:
        return [line for line in self.core.lines if line not in self._seen]

    @Slot(object)
    def _changed(self, lines: tuple[ReturnedLine, ...]) -> None:
        new = [line for line in lines if line not in self._told]
        self._told.update(new)
        if new:
            self.window_.desktop.notice.say(self.tr("Script given back"), new[0].title)
        self._show()

    def _show(self) -> None:
        banners, waiting = self.window_.shell.banners, self._waiting()
        if not waiting:
            banners.clear(_KEY)
            return
        first, more = waiting[0], len(waiting) - 1
        by = ", ".join(part for part in (first.agent, dates.moment(first.at)) if part)
        note = f"{first.note[:_SHORT].rstrip()}…" if len(first.note) > _SHORT else first.note
        advice = self.tr("{0}: {1}").format(by, " ".join(note.split())) if note else by
        if more:
            advice = self.tr("{0} · {1} more").format(advice, more)
        text = self.tr("Your script “{0}” was given back").format(first.title)
        banners.set(_KEY, text, kind="info", advice=advice, action=self.tr("Open"))

    @Slot(str)
    def _acted(self, key: str) -> None:
        waiting = self._waiting()
        if key == _KEY and waiting:
            self._seen.add(waiting[0])
            self._show()
            self._open(waiting[0].script_id)
