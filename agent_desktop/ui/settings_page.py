"""Every setting, made from its declaration: titles, help, bounds and choices come from settings.py."""

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from agent_desktop import server_address
from agent_desktop.settings import Settings
from agent_desktop.ui import labels, setting_controls, theme
from agent_desktop.ui.account_list import AccountList
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.fields import field
from agent_desktop.ui.flow import flow
from agent_desktop.ui.labels import label
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.setting_controls import DEVICES, Control, Picker, Spec
from agent_desktop.ui.sound_check import SoundCheck

GROUPS = ("phone", "numbers", "work", "recording", "look", "desktop", "board", "database")
_WITH_ACCOUNT = (
    *("phone.domain", "phone.auth_user", "phone.transport", "phone.password", "phone.ca_file", "phone.srtp"),
    *("phone.servers", "phone.proxy", "phone.qualify_s", "phone.more_accounts"),
)
_LIVE = ("look.mode", "look.text_size")
_NEXT_START = ("look.language", "database.url", "database.read_from_standbys")
_TRY_MS = 150


class SettingsPage(QWidget):
    """Opened with the present settings. Signals:

    saved(Settings): keep and apply these; told at once when a look is chosen. password_changed(str): for the
    keyring, it is never in Settings; account_password_changed(str, str): of a further account, user@server first.
    database_password_wanted(): of the login in the centre's database.
    try_number(str): answered by ``set_tried``, with ``pending()`` as settings.
    """

    saved = Signal(object)
    password_changed = Signal(str)
    account_password_changed = Signal(str, str)
    database_password_wanted = Signal()
    try_number = Signal(str)

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._stored = settings or Settings()
        self._before_look: tuple[str, int] | None = None
        self._filling = False
        self.controls: dict[str, Control] = {}
        self._specs: dict[str, Spec] = {}
        self._problems: dict[str, labels.Label] = {}
        self._hints: dict[str, labels.Label] = {}
        self._rows: dict[str, tuple[QWidget, QWidget]] = {}
        self.sound_check = SoundCheck()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("Groups of settings"))
        self._pages = QStackedWidget()
        types = {name: type(getattr(self._stored, name)) for name in GROUPS}
        for group in GROUPS:
            self.tabs.addTab(QCoreApplication.translate("settings", types[group].__doc__ or group))
            self._pages.addWidget(self._group(group, setting_controls.specs(group, types[group])))
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._build_foot()
        body = column(
            row(self.tabs, None, margins=(16, 6, 16, 0)), rule(), (self._pages, 1), rule(), self._foot, spacing=0
        )
        self.setLayout(column(frame(body, card=True), margins=12))
        self.revert()

    # ------------------------------------------------------------------ built

    def _group(self, group: str, specs: tuple[Spec, ...]) -> QScrollArea:
        grid = QGridLayout()
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for spec in specs:
            control = setting_controls.make(spec)
            control.setParent(self)
            control.changed.connect(lambda key=spec.key: self._changed(key))
            self.controls[spec.key], self._specs[spec.key] = control, spec
            self._add_row(grid, spec.key, (spec.title, self._help(spec)), control.widget)
            if spec.key == "phone.auth_user":
                self._add_password(grid)
            if spec.key == "phone.echo_number":
                grid.addWidget(self.sound_check, grid.rowCount(), 0, 1, 2)
        if group == "numbers":
            self._add_try(grid)
        if group == "look":
            self._add_undo(grid)
        if group == "database":
            self._add_database_password(grid)
        inner = QWidget()
        theme.size(inner, maximum_width=920)
        inner.setLayout(column(grid, None))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setLayout(row((inner, 1000), None))
        area.setWidget(holder)
        return area

    def _help(self, spec: Spec) -> str:
        more = self.tr("Takes effect at the next start.") if spec.key in _NEXT_START else ""
        text = spec.help.rstrip(".")
        return f"{text}. {more}" if more else text

    def _add_row(self, grid: QGridLayout, key: str, words: tuple[str, str], widget: QWidget) -> None:
        """A title with its help at the left, the input with room for a problem at the right."""
        title = label(words[0], "body-b", wrap=True)
        title.setBuddy(widget)
        help_text = label(words[1], "small", "3", wrap=True)
        left, right = QWidget(), QWidget()
        left.setLayout(column(title, help_text, None, spacing=2))
        problem = label("", "small", "bad", wrap=True)
        problem.hide()
        stretches = isinstance(widget, QLineEdit | QComboBox | AccountList)
        input_row = row((widget, 1)) if stretches else row(widget, None)
        hint = label("", "small", "2", wrap=True)
        hint.hide()
        right.setLayout(column(input_row, problem, hint, None, spacing=3))
        line = grid.rowCount()
        grid.addWidget(left, line, 0)
        grid.addWidget(right, line, 1)
        self._problems[key], self._hints[key], self._rows[key] = problem, hint, (left, right)

    def _add_password(self, grid: QGridLayout) -> None:
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(self.tr("Password"))
        self.password.textEdited.connect(lambda _text: self._tell())
        words = self.tr("Password"), self.tr("Of your PBX account; kept in the system’s keyring, never in a file")
        self._add_row(grid, "phone.password", words, self.password)

    def _add_database_password(self, grid: QGridLayout) -> None:
        self.database_password = Button(self.tr("Change your password"), "key-round")
        self.database_password.clicked.connect(lambda _checked=False: self.database_password_wanted.emit())
        words = self.tr("Password"), self.tr("Of your login there; kept in the system’s keyring, never in a file")
        self._add_row(grid, "database.password", words, self.database_password)

    def _add_try(self, grid: QGridLayout) -> None:
        self.trial = QLineEdit()
        self.trial.setPlaceholderText(self.tr("Type a number as you would dial it"))
        self._tried = label("", "small", "2", wrap=True)
        theme.size(self._tried, minimum_height=36)
        self._ask = QTimer(self, singleShot=True, interval=_TRY_MS)
        self._ask.timeout.connect(lambda: self.try_number.emit(self.trial.text().strip()))
        self.trial.textChanged.connect(lambda _text: self._ask.start())
        box = frame(
            column(field(self.tr("Try a number"), self.trial), self._tried, spacing=6, margins=(14, 10, 14, 10)),
            inset=True,
        )
        grid.addWidget(box, grid.rowCount(), 0, 1, 2)

    def _add_undo(self, grid: QGridLayout) -> None:
        self.undo = Button(self.tr("Undo"), "undo-2", kind="link")
        self.undo.setAccessibleName(self.tr("Undo the change of appearance"))
        self.undo.clicked.connect(self._undo_look)
        self._undo_row = QWidget()
        self._undo_row.setLayout(row(label(self.tr("Applied and saved."), "small", "ok"), self.undo, None))
        self._undo_row.hide()
        grid.addWidget(self._undo_row, grid.rowCount(), 1)

    def _build_foot(self) -> None:
        self.state = label("", "small", "3")
        self.save_button = Button(self.tr("Save"), "check", kind="primary")
        self.revert_button = Button(self.tr("Revert"), "undo-2", kind="ghost")
        self.save_button.clicked.connect(self.save)
        self.revert_button.clicked.connect(self.revert)
        self._foot = QWidget()
        buttons = flow(self.revert_button, self.save_button, spacing=8)
        self._foot.setLayout(row((self.state, 1), buttons, margins=(20, 10, 16, 12)))

    # ----------------------------------------------------------------- filled

    def set_settings(self, settings: Settings) -> None:
        """Show what is stored now; what was changed here and not saved stays as it was typed."""
        before, self._stored = self._stored, settings
        self._filling = True
        for key, control in self.controls.items():
            if control.value() == _get(before, key):
                control.set_value(_get(settings, key))
        self._filling = False
        self._arrange()
        self._tell()

    def set_devices(self, outputs: tuple[str, ...], inputs: tuple[str, ...]) -> None:
        """The names of the sound devices that are connected."""
        for key, kind in DEVICES.items():
            picker = self.controls[key]
            assert isinstance(picker, Picker)
            names = outputs if kind == "output" else inputs
            first = self.tr("The speaker") if key == "phone.ring_device" else self.tr("The system’s choice")
            self._filling = True
            picker.set_options([("", first), *((name, name) for name in names)])
            self._filling = False

    def set_password_known(self, known: bool) -> None:
        """Whether the keyring holds a password already."""
        self.password.setPlaceholderText(self.tr("Stored; type to change it") if known else self.tr("None stored"))

    def set_passwords_known(self, names: Iterable[str]) -> None:
        """Of which further accounts (user@server) the keyring holds one."""
        self._more_accounts().set_known(names)

    def set_hint(self, key: str, words: str) -> None:
        """What is to be known about a setting on this computer: that it is not possible, or that it works."""
        self._hints[key].setText(words)
        self._hints[key].setVisible(bool(words))

    def set_tried(self, result: str) -> None:
        """What a number would be read and dialled as."""
        self._tried.setText(result)

    def pending(self) -> Settings:
        """The settings as they would be saved now; values that cannot be kept stay as stored."""
        groups = {}
        for group in GROUPS:
            values = {key: control.value() for key, control in self.controls.items() if key.startswith(group + ".")}
            good = {key.partition(".")[2]: value for key, value in values.items() if not self.controls[key].problem()}
            groups[group] = msgspec.structs.replace(getattr(self._stored, group), **good)
        return Settings(**groups)

    def is_dirty(self) -> bool:
        """Whether anything was changed and not saved."""
        changed = any(control.value() != _get(self._stored, key) for key, control in self.controls.items())
        return changed or bool(self.password.text()) or bool(self._more_accounts().passwords())

    def open_group(self, group: str) -> None:
        """Show a group: phone, numbers, work, look or database."""
        self.tabs.setCurrentIndex(GROUPS.index(group))

    def focus_first(self) -> None:
        """The tabs: arrows choose a group, Tab goes into it."""
        self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_sound_check(self) -> None:
        """Show the sound test, ready to begin."""
        self.open_group("phone")
        self.sound_check.focus_first()
        area = self._pages.currentWidget()
        assert isinstance(area, QScrollArea)
        QTimer.singleShot(0, self, lambda: area.ensureWidgetVisible(self.sound_check))  # once it is laid out

    # ------------------------------------------------------------------ changed

    def _changed(self, key: str) -> None:
        if self._filling:
            return
        self._show_problem(key, self.controls[key].problem_so_far())
        if key in _LIVE:
            self._apply_look()
        if key.startswith("numbers."):
            self._ask.start()
        self._arrange()
        self._tell()

    def _apply_look(self) -> None:
        """Have the choice kept and applied at once; the rest of what was changed waits for Save."""
        look = self._stored.look
        if self._before_look is None:
            self._before_look = look.mode, look.text_size
        chosen = msgspec.structs.replace(
            look, mode=self.controls["look.mode"].value(), text_size=self.controls["look.text_size"].value()
        )
        self._stored = msgspec.structs.replace(self._stored, look=chosen)
        self._undo_row.setVisible((chosen.mode, chosen.text_size) != self._before_look)
        self.saved.emit(self._stored)

    def _undo_look(self) -> None:
        if self._before_look is None:
            return
        mode, size = self._before_look
        self._filling = True
        self.controls["look.mode"].set_value(mode)
        self.controls["look.text_size"].set_value(size)
        self._filling = False
        self._apply_look()
        self._before_look = None
        self._undo_row.hide()
        self.controls["look.text_size"].widget.setFocus()

    def _arrange(self) -> None:
        """Leave out what the chosen connection does not use."""
        account = self.controls["phone.mode"].value() == "account"
        for key in _WITH_ACCOUNT:
            for part in self._rows[key]:
                part.setVisible(account)
        server = server_address.parse(self._stored.database.url) is not None
        for part in self._rows["database.password"]:
            part.setVisible(server)
        for part in self._rows["work.agent_login"]:
            part.setVisible(not server)  # a server says itself whom a login belongs to
        for part in self._rows["database.whole_exports"]:
            part.setVisible(not server)  # and what its role may take away
        self.sound_check.set_echo(self.controls["phone.echo_number"].value())

    def _tell(self) -> None:
        dirty = self.is_dirty()
        self.save_button.setEnabled(dirty)
        self.revert_button.setEnabled(dirty)
        self.state.setText(self.tr("Not saved yet") if dirty else "")

    def _show_problem(self, key: str, words: str) -> None:
        self._problems[key].setText(words)
        self._problems[key].setVisible(bool(words))
        self.controls[key].show_problem(words)

    # -------------------------------------------------------------------- saved

    def save(self) -> bool:
        """Check and save; False when nothing is to be saved or something is wrong, which then has the focus."""
        if not self.is_dirty():
            return False
        for key, control in self.controls.items():
            control.insist()
            words = control.problem() or self._missing(key)
            self._show_problem(key, words)
            if words:
                self.open_group(key.partition(".")[0])
                control.widget.setFocus()
                return False
        self._stored = self.pending()
        if self.password.text():
            self.password_changed.emit(self.password.text())
            self.password.clear()
            self.set_password_known(True)
        for name, password in self._more_accounts().passwords().items():
            self.account_password_changed.emit(name, password)
        self._more_accounts().clear_passwords()
        self.saved.emit(self._stored)
        self._tell()
        self.state.setText(self.tr("Saved"))
        return True

    def _missing(self, key: str) -> str:
        if self.controls["phone.mode"].value() != "account" or key not in ("phone.domain", "phone.user"):
            return ""
        return "" if self.controls[key].value() else self.tr("A PBX account needs this")

    def revert(self) -> None:
        """Back to what is stored."""
        self._filling = True
        for key, control in self.controls.items():
            control.set_value(_get(self._stored, key))
            self._show_problem(key, "")
        self.password.clear()
        self._more_accounts().clear_passwords()
        self._filling = False
        self._arrange()
        self._tell()

    def _more_accounts(self) -> AccountList:
        accounts = self.controls["phone.more_accounts"].widget
        assert isinstance(accounts, AccountList)
        return accounts


def _get(settings: Settings, key: str) -> Any:
    group, _, name = key.partition(".")
    return getattr(getattr(settings, group), name)
