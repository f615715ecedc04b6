"""Administration: what can be kept on the left, its records in a table, the chosen one in a form."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from agent_desktop.data.admin_rows import Administration, Record
from agent_desktop.data.folding import fold
from agent_desktop.ui import admin_forms, icons, theme
from agent_desktop.ui.admin_editor import AdminEditor
from agent_desktop.ui.admin_forms import Section
from agent_desktop.ui.buttons import Button, chip
from agent_desktop.ui.fields import search_field
from agent_desktop.ui.labels import label, plain_tooltip
from agent_desktop.ui.layouts import column, frame, row
from agent_desktop.ui.list_states import ListBanner, ListStates, Message, list_card
from agent_desktop.ui.rows_model import RowsModel, Table

_SECTIONS, _EDITOR = 168, 424  # widths at text size 100


class _Keys(Table):
    """The table with two more keys. Signals: wanted_new() on Insert, wanted_switch() on Delete."""

    wanted_new = Signal()
    wanted_switch = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            self.wanted_new.emit()
        elif event.key() == Qt.Key.Key_Delete and self.chosen() is not None:
            self.wanted_switch.emit()
        else:
            super().keyPressEvent(event)


class SectionPage(QWidget):
    """The records of one section and the form of the chosen one."""

    def __init__(self, section: Section):
        super().__init__()
        self.section = section
        self._now: Administration | None = None
        self.query = search_field(self.tr("Find"), self.tr("Find in {0}").format(section.title))
        self.off = chip(self.tr("Switched off"), "circle-off")
        self.off.setAccessibleName(self.tr("Show what is switched off, too"))
        self.new = Button(section.new or self.tr("New"), "plus")
        if section.fresh is None:
            self.new.hide()
        self._count = label("", "small", "3", tabular=True)
        self.table = _Keys(RowsModel(section.columns(self._current)), section.title)
        self.states = ListStates(self.table)
        about = label(section.help, "small", "3", wrap=True)
        head = column(
            row((self.query, 1), self.new, spacing=8), row((about, 1), self._count, spacing=8), row(self.off, None),
            spacing=8, margins=(14, 12, 14, 6),
        )  # fmt: skip
        self.list = list_card(head, self.states)
        self.editor = AdminEditor(section)
        nothing = Message()
        nothing.set(section.icon, self.tr("Nothing chosen"), self.tr("Choose one in the list, or add one"))
        self._side = QStackedWidget()
        self._side.addWidget(frame(column(nothing), card=True))
        self._side.addWidget(self.editor)
        single = section.key == "centre"
        if single:
            self.list.hide()
        self.setLayout(row((self.list, 1000), (self._side, 1), None, spacing=12))
        self._wire()
        self._arrange()

    def _current(self) -> Administration:
        assert self._now is not None
        return self._now

    def _wire(self) -> None:
        self.query.textChanged.connect(lambda _text: self.fill())
        self.query.returnPressed.connect(self._into_list)
        self.off.toggled.connect(lambda _on: self.fill())
        self.new.clicked.connect(self.add)
        self.table.row_chosen.connect(self._choose)
        self.table.row_activated.connect(lambda _row: self.editor.focus_first())
        self.table.wanted_new.connect(self.add)
        self.table.wanted_switch.connect(self.editor.switch)
        self.editor.changed.connect(self._edited)
        self.editor.left.connect(self.leave)

    # ------------------------------------------------------------------ rows

    def set_now(self, now: Administration) -> None:
        """Everything as it is stored now; the chosen record stays chosen, what is typed stays typed."""
        self._now = now
        self.editor.set_now(now)
        self.fill()
        if self.editor.shown() is None and self.section.key == "centre":
            self._choose(now.centre)

    def fill(self) -> None:
        """The rows that fit what was typed to find."""
        now = self._now
        if now is None:
            return
        every = self.section.rows(now)
        off = [record for record in every if not admin_forms.is_on(record)] if self.section.switches else []
        sought = fold(self.query.text()).split()
        shown = self.editor.shown()
        rows = [
            record
            for record in every
            if (record not in off or self.off.isChecked() or (shown is not None and record.id == shown.id))
            and all(word in fold(admin_forms.searched(record, now)) for word in sought)
        ]
        self.table.set_rows(rows)
        self.off.setVisible(bool(off) or self.off.isChecked())
        self._count.setText(self.tr("{0} of {1}").format(len(rows), len(every)) if len(rows) < len(every)
                            else str(len(every) or ""))  # fmt: skip
        if rows:
            self.states.show_content()
        elif every:
            advice = self.tr("Try other words, or look among what is switched off")
            self.states.show_empty(self.tr("Nothing found"), advice, "search-x")
        else:
            self.states.show_empty(self.tr("Nothing here yet"), self.section.help, self.section.icon)

    def _choose(self, record: Record) -> None:
        self.editor.edit(record)
        self._side.setCurrentWidget(self.editor)

    def choose(self, key: UUID) -> bool:
        """Show a record from elsewhere; False if it is not in the list."""
        return self.table.choose(key)

    def add(self) -> None:
        """The form of a new record."""
        if self.section.fresh is not None and self._now is not None:
            self.table.choose_none()
            self.editor.add()
            self._side.setCurrentWidget(self.editor)

    def _edited(self) -> None:
        if self.editor.shown() is None:
            self._side.setCurrentIndex(0)

    def leave(self) -> None:
        """From the form back to the list."""
        if self.editor.shown() is None:
            self._side.setCurrentIndex(0)
        if self.section.key != "centre":
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_list(self) -> None:
        self.table.setFocus()
        if self.table.chosen() is None:
            self.table.choose_first()

    # ------------------------------------------------------------------ layout

    def _arrange(self) -> None:
        room = self.width() - 12
        width = min(theme.px(_EDITOR), round(room * 0.56))
        if self.section.key == "centre":
            width = min(theme.px(560), room)
        self._side.setFixedWidth(max(width, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class AdminPage(QWidget):
    """All sections, each made when it is first opened. Signals:

    save(Record), password_wanted(Record), history_wanted(Record): for the database, with its answer.
    reload_wanted(): read everything again.
    """

    save = Signal(object)
    switched = Signal(object)
    password_wanted = Signal(object)
    history_wanted = Signal(object)
    reload_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sections = {section.key: section for section in admin_forms.sections()}
        self.pages: dict[str, SectionPage] = {}  # those that have been opened
        self._now: Administration | None = None
        self._state: Callable[[SectionPage], None] | None = None  # what is shown in the place of rows
        self.sections = QListWidget()
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName(self.tr("Sections"))
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.dress(self.sections, "body")
        self._stack = QStackedWidget()
        for section in self._sections.values():
            item = QListWidgetItem(section.title)
            item.setToolTip(plain_tooltip(section.help))
            self.sections.addItem(item)
        self.sections.currentRowChanged.connect(self._show)
        self.sections.setCurrentRow(0)
        title = label(self.tr("Administration"), "title")
        title.setIndent(6)
        side = column(title, (self.sections, 1), spacing=8, margins=(8, 12, 8, 8))
        self._left = frame(side, card=True)
        theme.size(self._left, fixed_width=_SECTIONS)
        self.banner = ListBanner()
        body = row(self._left, (self._stack, 1), spacing=12)
        self.setLayout(column(self.banner, (body, 1), spacing=12, margins=12))
        self._dress()

    def _show(self, number: int) -> None:
        self._stack.setCurrentWidget(self._page(self.keys[number]))

    def _page(self, key: str) -> SectionPage:
        if key not in self.pages:
            page = self.pages[key] = SectionPage(self._sections[key])
            page.editor.save.connect(self.save)
            page.editor.switched.connect(self.switched)
            page.editor.password_wanted.connect(self.password_wanted)
            page.editor.history_wanted.connect(self.history_wanted)
            page.states.retried.connect(self.reload_wanted)
            self._stack.addWidget(page)
            if self._now is not None:
                page.set_now(self._now)
            if self._state is not None:
                self._state(page)
        return self.pages[key]

    def _dress(self) -> None:
        size = theme.px(16)
        self.sections.setIconSize(QSize(size, size))
        for number, section in enumerate(self._sections.values()):
            item = self.sections.item(number)
            item.setIcon(icons.icon(section.icon, "text2", size))
            item.setSizeHint(QSize(0, theme.px(34)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "banner"):
            self._dress()

    # ------------------------------------------------------------------ what comes

    def current(self) -> SectionPage:
        """The section in sight."""
        page = self._stack.currentWidget()
        assert isinstance(page, SectionPage)
        return page

    @property
    def keys(self) -> tuple[str, ...]:
        """People, teams, queues, dispositions, pauses, phones, centre."""
        return tuple(self._sections)

    def open(self, key: str) -> SectionPage:
        """Go to one of the ``keys``."""
        self.sections.setCurrentRow(self.keys.index(key))
        return self.current()

    def set_now(self, now: Administration) -> None:
        """Everything as it is stored now."""
        self._now, self._state = now, None
        for page in self.pages.values():
            page.set_now(now)

    def show_loading(self) -> None:
        self._show_state(lambda page: page.states.show_loading())

    def _show_state(self, state: Callable[[SectionPage], None]) -> None:
        self._state = state
        for page in self.pages.values():
            state(page)

    def set_trouble(self, text: str, advice: str = "") -> None:
        """The database is away: say so above the rows, which stay; empty takes it back."""
        self.banner.set(text, advice)

    def set_error(self, title: str, advice: str) -> None:
        """Nothing could be read: say so above the rows, or in their place where there are none."""
        if self._now is not None:
            self._show_state(lambda page: page.fill())
            self.banner.set(title, advice)
        else:
            self._show_state(lambda page: page.states.show_trouble(title, advice))

    def section_of(self, record: Record) -> SectionPage:
        """Where a record is kept."""
        return self._page(next(key for key, section in self._sections.items() if section.kind is type(record)))

    # ------------------------------------------------------------------ keys

    def focus_filter(self) -> None:
        page = self.current()
        if page.section.key == "centre":
            page.editor.focus_first()
        else:
            page.query.setFocus()
            page.query.selectAll()

    def save_now(self) -> bool:
        """What the save key does here; False when nothing was to be saved."""
        return self.isVisible() and self.current().editor.try_save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.current()
        if event.key() == Qt.Key.Key_Escape and page.editor.isAncestorOf(page.editor.focusWidget() or page):
            page.leave()
        else:
            super().keyPressEvent(event)
